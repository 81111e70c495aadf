//! What the use cases need from the outside world, as traits that other crates fill in.
//! Responsible for the shape of the conversation only; nothing here talks to a network.

use async_trait::async_trait;
use peil_domain::shared::Language;

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
    Invitation(InvitationContent),
    /// Shows an administrator that the mail settings work.
    Test {
        /// Name of the organisation.
        organisation: String,
    },
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

/// Opens connections to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync {
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
