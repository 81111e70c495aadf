//! What the use cases need from the outside world, as traits that other crates fill in.
//! Responsible for the shape of the conversation only; nothing here talks to a network.

mod survey_files;
mod survey_texts;

use std::borrow::Cow;

use async_trait::async_trait;
use peil_domain::{shared::Language, themes::SignalKind};

pub use survey_files::{
    ReadSurvey, SurveyFileEffect, SurveyFileError, SurveyFileItem, SurveyFileReport, SurveyFiles,
    SurveyFormat,
};
pub use survey_texts::{ReadText, ReadTexts, TextRow, TextSheet, TextsFormat};

/// How a connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// Plain text; for a relay on the same machine only.
    None,
    /// Plain text first, then `STARTTLS`; refused when the server does not offer it.
    Starttls,
    /// TLS from the first byte.
    Tls,
}

/// Where and as whom mail is sent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SmtpSettings {
    /// Host name or address of the mail server.
    pub host: String,
    /// TCP port, usually 25, 465 or 587.
    pub port: u16,
    /// Protection of the connection.
    pub security: SmtpSecurity,
    /// Account name, when the server asks for one.
    pub username: Option<String>,
    /// Its password.
    pub password: Option<String>,
    /// Name that recipients see.
    pub from_name: String,
    /// Address that mail comes from.
    pub from_address: String,
    /// Address that replies go to, when it differs.
    pub reply_to: Option<String>,
}

/// One mail, as structured content; the mailer makes the sentences around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// `Message-ID` without angle brackets; the same mail keeps the same id over retries.
    pub message_id: String,
    /// Address of the recipient.
    pub to_address: String,
    /// Name of the recipient, when known.
    pub to_name: Option<String>,
    /// Language of the fixed sentences.
    pub language: Language,
    /// What it says.
    pub content: MailContent,
}

/// The kinds of mail that Peil sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailContent {
    /// Asks a customer to answer a survey.
    Invitation(Box<InvitationContent>),
    /// Shows an administrator that the mail settings work.
    Test {
        /// Name of the organisation.
        organisation: String,
    },
    /// Tells a colleague what needs a look since the mail before.
    Signals {
        /// Name of the organisation.
        organisation: String,
        /// What is new, the newest first; never empty.
        signals: Vec<SignalLine>,
        /// Page with all of them.
        page_link: String,
    },
}

/// One signal in a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalLine {
    /// What it is about.
    pub kind: SignalKind,
    /// Name of the theme, questionnaire or goal; empty when it is about all answers.
    pub name: String,
    /// Page of the signal.
    pub link: String,
}

/// What an invitation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationContent {
    /// Name of the organisation that asks.
    pub organisation: String,
    /// Subject line, written by the user.
    pub subject: String,
    /// Personal opening text, written by the user; blank lines separate paragraphs.
    pub message: String,
    /// Accent colour of the organisation as `#rrggbb`.
    pub accent: String,
    /// Picture of the organisation, shown instead of its name.
    pub logo: Option<MailLogo>,
    /// First question, answered by clicking in the mail.
    pub first_question: Option<MailQuestion>,
    /// Link to the survey.
    pub survey_link: String,
    /// Page on which the recipient can say "no more of this".
    pub opt_out_link: String,
    /// Target of the one-click `POST` of RFC 8058.
    pub one_click_link: String,
    /// Last day on which the link works, written in the recipient's language.
    pub valid_until: String,
    /// Roughly how long answering takes, in whole minutes (at least 1).
    pub minutes: u32,
}

/// A picture above a mail; the name of the organisation is its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLogo {
    /// Where it is.
    pub link: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A scale question inside a mail: every choice is a link with a text label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailQuestion {
    /// The question.
    pub text: String,
    /// Label at the low end.
    pub low_label: String,
    /// Label at the high end.
    pub high_label: String,
    /// The choices from low to high: label and link.
    pub choices: Vec<(String, String)>,
}

/// Why a mail did not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// The server could not be reached or the connection broke; try again later.
    #[error("mail server unreachable: {0}")]
    Unreachable(String),
    /// The server refused the account or the connection settings.
    #[error("mail settings refused: {0}")]
    Settings(String),
    /// The server refused this mail for now (4xx).
    #[error("mail refused for now: {0}")]
    Transient(String),
    /// The server refused this mail for good (5xx), or the address is malformed.
    #[error("mail refused: {0}")]
    Permanent(String),
}

/// What a recipient gets to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPreview {
    /// Subject line.
    pub subject: String,
    /// The plain-text part.
    pub text: String,
    /// The HTML part: one complete page.
    pub html: String,
}

/// Opens connections to a mail server, and shows what would go over them.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Makes a mail without sending it.
    fn preview(&self, content: &MailContent, language: Language) -> Result<MailPreview, MailError>;

    /// Connects, greets and signs in.
    async fn connect(&self, settings: &SmtpSettings) -> Result<Box<dyn MailConnection>, MailError>;
}

/// One open connection. A mail is offered first and handed over second, so that the moment after
/// which it may have been delivered lies between two calls and can be recorded durably.
#[async_trait]
pub trait MailConnection: Send {
    /// Sends envelope and `DATA`. When this fails, nothing was delivered and the connection may be
    /// used again unless the error is `Unreachable` or `Settings`.
    async fn offer(&mut self, mail: &Mail) -> Result<(), MailError>;
    /// Sends the text of the mail that was offered last. `Ok` means that the server took it.
    async fn hand_over(&mut self) -> Result<(), MailError>;
    /// Says goodbye.
    async fn close(self: Box<Self>);
}

/// What kind of table file to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values in UTF-8.
    Csv,
    /// Comma-separated values as a Dutch Excel opens them: `;`, byte order mark, decimal comma.
    CsvExcel,
    /// An Excel workbook.
    Xlsx,
}

/// What is wrong with a table file or one of its rows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct TableProblem {
    /// A stable word, such as `table.empty` or `row.too_many_cells`.
    pub code: &'static str,
    /// What a programmer needs to find it, in English.
    pub detail: String,
    /// The row as a person sees it in the file, when it is about one.
    pub row: Option<u64>,
    /// The column, counted from 1, when it is about one.
    pub column: Option<usize>,
    /// The cells of that row, as far as they could be read.
    pub cells: Vec<String>,
    /// Whether nothing behind this row can be read.
    pub ends_the_table: bool,
}

/// One row of a table file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its number as a person sees it in the file.
    pub number: u64,
    /// Its cells, as many as the header has.
    pub cells: Vec<String>,
}

/// What the first rows of a file show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePreview {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The first rows.
    pub rows: Vec<TableRow>,
    /// What each column seems to hold, judged by those rows.
    pub columns: Vec<peil_domain::shared::values::ColumnGuess>,
    /// How the file was read, for people: kind, delimiter, encoding or sheet.
    pub format: String,
}

/// A table file being read.
pub trait TableSource: Send {
    /// Names of the columns.
    fn header(&self) -> &[String];
    /// The next row; a refused row does not end the reading.
    fn next_row(&mut self) -> Option<Result<TableRow, TableProblem>>;
    /// How far the reading is, 0 to 1.
    fn progress(&self) -> f64;
}

/// One cell to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell<'a> {
    /// Words; never taken for a formula by the program that opens the file.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// A moment, shown in UTC.
    Moment(jiff::Timestamp),
    /// A calendar day.
    Day(jiff::civil::Date),
    /// Nothing.
    Empty,
}

/// A table file being written.
pub trait TableSink: Send {
    /// Writes one row.
    fn row(&mut self, cells: &[TableCell<'_>]) -> Result<(), TableProblem>;
    /// Writes what is left. A file that was not finished is not complete.
    fn finish(self: Box<Self>) -> Result<(), TableProblem>;
}

/// Reads and writes table files.
pub trait TableFiles: Send + Sync {
    /// Reads the header and the first `rows` rows.
    fn preview(&self, path: &std::path::Path, rows: usize) -> Result<TablePreview, TableProblem>;
    /// Opens a file for reading.
    fn open(&self, path: &std::path::Path) -> Result<Box<dyn TableSource>, TableProblem>;
    /// Starts a file with this header.
    fn create(
        &self,
        format: TableFormat,
        to: Box<dyn std::io::Write + Send>,
        header: &[String],
    ) -> Result<Box<dyn TableSink>, TableProblem>;
}
