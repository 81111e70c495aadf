//! `peil export`: writes answers to a file, beside a running server or without one.

use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use futures::StreamExt;
use peil_app::{AppError, exports::ExportFormat};
use peil_domain::shared::{Language, Slug};
use serde_json::json;

use super::{output::Output, place::Place, token::only_organisation};
use crate::{Failure, wiring};

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Writes every answer to a questionnaire to a file.
    Answers(Answers),
}

#[derive(Debug, Args)]
pub(super) struct Answers {
    #[command(flatten)]
    place: Place,
    /// Name of the questionnaire in addresses.
    #[arg(long)]
    survey: Slug,
    /// csv, csv-excel (as a Dutch Excel opens it), xlsx or json.
    #[arg(long, default_value = "csv")]
    format: ExportFormat,
    /// Language of labels; that of the environment when absent.
    #[arg(long)]
    language: Option<Language>,
    /// The file; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Export {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Answers(answers) => answers.run(output).await,
        }
    }
}

impl Answers {
    async fn run(self, output: &Output) -> Result<(), Failure> {
        let settings = self.place.settings()?;
        let opened = wiring::open_present(&settings).await?;
        let actor = only_organisation(&opened, &settings.data).await?;
        let found = opened.app.find_survey_named(&actor, &self.survey).await;
        let survey = found.map_err(|error| match error {
            AppError::NotFound => Failure::Input(format!("--survey {}: not found", self.survey)),
            other => other.into(),
        })?;
        let language = self.language.unwrap_or(output.language);
        let export = opened
            .app
            .export_responses(&actor, survey, self.format, language)
            .await?;
        let is_standard = self.out == Path::new("-");
        let say =
            |error: std::io::Error| Failure::Other(format!("{}: {error}", self.out.display()));
        let mut to: Box<dyn Write> = if is_standard {
            Box::new(std::io::stdout().lock())
        } else {
            Box::new(BufWriter::new(
                std::fs::File::create(&self.out).map_err(say)?,
            ))
        };
        let mut content = export.content;
        let mut bytes = 0;
        while let Some(piece) = content.next().await {
            let piece = piece?;
            to.write_all(&piece).map_err(say)?;
            bytes += piece.len();
        }
        to.flush().map_err(say)?;
        drop(to);
        if !is_standard {
            let path = self.out.display();
            let text = match output.language {
                Language::Nl => format!("{path}: {bytes} bytes geschreven"),
                Language::En => format!("{path}: {bytes} bytes written"),
            };
            output.say(&text, &json!({ "file": path.to_string(), "bytes": bytes }))?;
        }
        opened.close().await
    }
}
