//! `peil survey import` and `export`: questionnaires between files, other programs and Peil.

use std::{
    fmt::Display,
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use peil_app::AppError;
use peil_domain::{
    shared::{Language, Slug},
    survey::{Definition, excesses},
};
use peil_exchange::survey::{Format, Imported, Options, json as own, read};
use serde_json::json;

use crate::{
    Failure,
    command::{output::Output, place::Place, token::only_organisation},
    wiring,
};

/// A little more than the largest file that is read, so that a larger one is refused as such.
const ROOM_BYTES: u64 = (32 << 20) + 1;

#[derive(Debug, Args)]
pub(in crate::command) struct Import {
    /// The file; - is standard input.
    file: PathBuf,
    /// What the file is; recognised by what stands in it when absent.
    #[arg(long, value_enum)]
    format: Option<Kind>,
    /// Where the questionnaire is written, as JSON of Peil; - is standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where is written what became of every part of the file, as JSON; - is standard output.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Questionnaire of Peil, as JSON, behind whose questions those of the file come; names that both
    /// use get a number. What is written is the whole.
    #[arg(long, value_name = "FILE")]
    behind: Option<PathBuf>,
    /// Language that texts stand in when the file has none that Peil speaks; that of the
    /// environment when absent.
    #[arg(long)]
    language: Option<Language>,
}

/// A format of questionnaires.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// `LimeSurvey` survey structure.
    Lss,
    /// Qualtrics survey file.
    Qsf,
    /// `SurveyJS` model.
    Surveyjs,
    /// `XLSForm` workbook of ODK, `KoBo` and others.
    Xlsform,
    /// JSON of Peil.
    Json,
}

impl Kind {
    const fn format(self) -> Format {
        match self {
            Self::Lss => Format::Lss,
            Self::Qsf => Format::Qsf,
            Self::Surveyjs => Format::SurveyJs,
            Self::Xlsform => Format::XlsForm,
            Self::Json => Format::Json,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::command) struct Export {
    #[command(flatten)]
    place: Place,
    /// Name of the questionnaire in addresses.
    #[arg(long)]
    survey: Slug,
    /// The file; - is standard output.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Import {
    pub(in crate::command) fn run(&self, output: &Output) -> Result<(), Failure> {
        let bytes = contents(&self.file)?;
        let language = self.language.unwrap_or(output.language);
        let refused = |error| Failure::Input(format!("{}: {error}", self.file.display()));
        let format = match self.format {
            Some(kind) => kind.format(),
            None => Format::recognise(&bytes).map_err(refused)?,
        };
        let imported = read(format, &bytes, Options { language }).map_err(refused)?;
        let Imported {
            mut definition,
            report,
        } = imported;
        if let Some(path) = &self.behind {
            definition = behind(path, &definition, Options { language })?;
        }
        let text = own::write(&definition).map_err(|error| Failure::Other(error.to_string()))?;
        if let Some(path) = &self.out {
            put(path, &text)?;
        }
        if let Some(path) = &self.report {
            let report = serde_json::to_string_pretty(&report);
            put(
                path,
                &report.map_err(|error| Failure::Other(error.to_string()))?,
            )?;
        }
        let is_taken = [&self.out, &self.report]
            .into_iter()
            .flatten()
            .any(|path| path == Path::new("-"));
        if is_taken {
            return Ok(());
        }
        let (kept, all, items) = (
            report.questions_kept,
            report.questions_in,
            report.items.len(),
        );
        let said = match output.language {
            Language::Nl => format!("{kept} van {all} vragen overgenomen, {items} opmerkingen"),
            Language::En => format!("{kept} of {all} questions kept, {items} remarks"),
        };
        let value = json!({
            "questions_in": all,
            "questions_kept": kept,
            "remarks": items,
        });
        output.say(&said, &value)
    }
}

impl Export {
    pub(in crate::command) async fn run(self, output: &Output) -> Result<(), Failure> {
        let settings = self.place.settings()?;
        let opened = wiring::open_present(&settings).await?;
        let actor = only_organisation(&opened, &settings.data).await?;
        let found = opened.app.find_survey_named(&actor, &self.survey).await;
        let id = found.map_err(|error| match error {
            AppError::NotFound => Failure::Input(format!("--survey {}: not found", self.survey)),
            other => other.into(),
        })?;
        let found = opened.app.get_survey(&actor, id).await?;
        let text =
            own::write(&found.survey.draft).map_err(|error| Failure::Other(error.to_string()))?;
        put(&self.out, &text)?;
        if self.out == Path::new("-") {
            return Ok(());
        }
        let path = self.out.display();
        let said = match output.language {
            Language::Nl => format!("{path}: {} bytes geschreven", text.len()),
            Language::En => format!("{path}: {} bytes written", text.len()),
        };
        output.say(
            &said,
            &json!({ "file": path.to_string(), "bytes": text.len() }),
        )
    }
}

/// Prints the JSON Schema of the questionnaires that are written.
pub(in crate::command) fn print_schema() -> Result<(), Failure> {
    put(Path::new("-"), own::SCHEMA)
}

/// The questionnaire in a file of Peil with what was read behind it.
fn behind(path: &Path, read_before: &Definition, options: Options) -> Result<Definition, Failure> {
    let refused =
        |error: &dyn Display| Failure::Input(format!("--behind {}: {error}", path.display()));
    let first = read(Format::Json, &contents(path)?, options).map_err(|error| refused(&error))?;
    let whole = first.definition.with_behind(read_before);
    match excesses(&whole).first() {
        Some(excess) => Err(refused(excess)),
        None => Ok(whole),
    }
}

/// The bytes of a file, as far as any questionnaire is read.
fn contents(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::Input(format!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let standard = std::io::stdin().lock();
        standard
            .take(ROOM_BYTES)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    } else {
        let file = File::open(path).map_err(failed)?;
        file.take(ROOM_BYTES)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    }
    Ok(bytes)
}

fn put(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Other(format!("{}: {error}", path.display()));
    if path == Path::new("-") {
        let mut out = std::io::stdout().lock();
        return writeln!(out, "{}", text.trim_end())
            .and_then(|()| out.flush())
            .map_err(failed);
    }
    std::fs::write(path, text).map_err(failed)
}
