//! `peil import`: brings earlier answers in, beside a running server or without one.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use peil_app::{
    AppError,
    imports::{AnswersFile, AnswersMap, RefusedRow, Tally},
};
use peil_domain::shared::Language;
use peil_exchange::{
    table::{self, OpenOptions},
    writer::{CsvStyle, RefusedRowsWriter, csv_writer},
};
use serde_json::json;

use super::{output::Output, place::Place, token::only_organisation};
use crate::{Failure, wiring};

/// Refused rows that are told one by one.
const MOST_TOLD: usize = 20;

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Imports earlier answers from a CSV or XLSX file. Running it again adds nothing twice. Exit
    /// code 0 when every row had its turn, also when some were refused; 1 when the file or the map
    /// was refused as a whole, or the file breaks off: the rows before are in then.
    Answers(Answers),
}

#[derive(Debug, Args)]
pub(super) struct Answers {
    #[command(flatten)]
    place: Place,
    /// The file with answers.
    file: PathBuf,
    /// The map file (TOML) that says what the columns mean.
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// Only reads and checks every row.
    #[arg(long)]
    dry_run: bool,
    /// Where the refused rows are written, as CSV with row number and reason.
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
}

impl Import {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        match self {
            // Large: it holds what the rows of two groups need.
            Self::Answers(answers) => Box::pin(answers.run(output)).await,
        }
    }
}

impl Answers {
    async fn run(self, output: &Output) -> Result<(), Failure> {
        let map = read_map(&self.map)?;
        let mut refused = Refused::new(self.refused.as_deref(), &self.file, output)?;
        let settings = self.place.settings()?;
        let opened = wiring::open_present(&settings).await?;
        let actor = only_organisation(&opened, &settings.data).await?;
        let bar = bar();
        let file = AnswersFile {
            path: self.file.clone(),
            map,
            is_trial: self.dry_run,
        };
        let done = opened
            .app
            .import_answers_file(
                &actor,
                file,
                &mut |tally| {
                    bar.set_length(u64::try_from(tally.total).unwrap_or_default());
                    bar.set_position(u64::try_from(tally.done).unwrap_or_default());
                },
                &mut |row| bar.suspend(|| refused.add(row)),
            )
            .await;
        bar.finish_and_clear();
        let tally = done.map_err(|error| told(error, &self.file))?;
        let last = refused.finish()?;
        say(output, tally, self.dry_run)?;
        opened.close().await?;
        match last.filter(|_| tally.is_broken) {
            Some(last) => Err(broken(output, &self.file, &last)),
            None => Ok(()),
        }
    }
}

/// What to do with a file that breaks off.
fn broken(output: &Output, file: &Path, last: &RefusedRow) -> Failure {
    let (row, column) = (last.row, &last.column);
    let place = match (output.language, column.is_empty()) {
        (Language::Nl, true) => format!("rij {row}"),
        (Language::Nl, false) => format!("rij {row}, kolom {column}"),
        (Language::En, true) => format!("row {row}"),
        (Language::En, false) => format!("row {row}, column {column}"),
    };
    let why = if last.code == "row.unclosed_quote" {
        output.words(
            "een aanhalingsteken wordt niet gesloten",
            "a quote is never closed",
        )
    } else {
        output.words(
            "het bestand is vanaf hier beschadigd",
            "the file is damaged from here on",
        )
    };
    let advice = output.words(
        "Verbeter het bestand en lees het opnieuw in: wat er al in is, komt niet dubbel.",
        "Repair the file and import it again: what is in already is not doubled.",
    );
    Failure::Input(format!("{}: {place}: {why}. {advice}", file.display()))
}

fn read_map(path: &Path) -> Result<AnswersMap, Failure> {
    let say = |reason: &dyn std::fmt::Display| {
        Failure::Input(format!(
            "{}: {}",
            path.display(),
            reason.to_string().trim_end()
        ))
    };
    let text = std::fs::read_to_string(path).map_err(|error| say(&error))?;
    toml::from_str(&text).map_err(|error| say(&error))
}

fn told(error: AppError, file: &Path) -> Failure {
    match error {
        AppError::Import(error) => Failure::Input(format!("{}: {error}", file.display())),
        other => other.into(),
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

fn say(output: &Output, tally: Tally, is_trial: bool) -> Result<(), Failure> {
    let value = json!({ "dry_run": is_trial, "result": tally });
    let Tally {
        done,
        added,
        known,
        refused,
        unlinked,
        ..
    } = tally;
    let mut text = match (output.language, is_trial) {
        (Language::Nl, false) => format!(
            "{done} rijen gelezen: {added} antwoorden erbij, {known} waren er al, {refused} geweigerd"
        ),
        (Language::Nl, true) => format!(
            "{done} rijen gelezen: {added} antwoorden zouden erbij komen, {known} zijn er al, {refused} geweigerd"
        ),
        (Language::En, false) => format!(
            "{done} rows read: {added} answers added, {known} were in already, {refused} refused"
        ),
        (Language::En, true) => format!(
            "{done} rows read: {added} answers would be added, {known} are in already, {refused} refused"
        ),
    };
    if unlinked > 0 {
        let words = output.words("zonder bekende klant", "without a known customer");
        text.push_str(&format!("\n{unlinked} {words}"));
    }
    output.say(&text, &value)
}

/// Rows that were refused, told on standard error and written to a file when one is named.
struct Refused {
    file: Option<RefusedRowsWriter<Box<dyn Write + Send>>>,
    told: usize,
    last: Option<RefusedRow>,
    row_word: &'static str,
    more_words: &'static str,
}

impl Refused {
    fn new(path: Option<&Path>, table: &Path, output: &Output) -> Result<Self, Failure> {
        let nl = output.language == Language::Nl;
        let mut new = Self {
            file: None,
            told: 0,
            last: None,
            row_word: if nl { "rij" } else { "row" },
            more_words: if nl {
                "er zijn er meer; noem een bestand met --refused"
            } else {
                "there are more; name a file with --refused"
            },
        };
        if let Some(path) = path {
            let say = |reason: String| Failure::Input(format!("{}: {reason}", path.display()));
            let source = table::open(table, &OpenOptions::default())
                .map_err(|error| Failure::Input(format!("{}: {error}", table.display())))?;
            let file = File::create(path).map_err(|error| say(error.to_string()))?;
            let to: Box<dyn Write + Send> = Box::new(BufWriter::new(file));
            let writer = csv_writer(to, CsvStyle::default());
            let reason = if nl { "reden" } else { "reason" };
            let rows = RefusedRowsWriter::new(writer, source.header(), new.row_word, reason);
            new.file = Some(rows.map_err(|error| say(error.to_string()))?);
        }
        Ok(new)
    }

    fn add(&mut self, row: &RefusedRow) -> Result<(), AppError> {
        let reason = if row.column.is_empty() {
            row.code.clone()
        } else {
            format!("{} ({})", row.code, row.column)
        };
        if self.told < MOST_TOLD {
            eprintln!("{} {}: {reason}", self.row_word, row.row);
        } else if self.told == MOST_TOLD && self.file.is_none() {
            eprintln!("{}", self.more_words);
        }
        self.told += 1;
        self.last = Some(row.clone());
        match &mut self.file {
            Some(file) => file
                .write(row.row, &row.cells, &reason)
                .map_err(|error| AppError::Folder(error.to_string())),
            None => Ok(()),
        }
    }

    /// Writes what is left and gives the row that was refused last.
    fn finish(self) -> Result<Option<RefusedRow>, Failure> {
        if let Some(file) = self.file {
            let written = file.finish();
            written.map_err(|error| Failure::Other(error.to_string()))?;
        }
        Ok(self.last)
    }
}
