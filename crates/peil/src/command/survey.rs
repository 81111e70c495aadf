//! `peil survey`: questionnaires in files.

mod lint;
mod transfer;

use clap::Subcommand;

use super::output::Output;
use crate::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Survey {
    /// Reviews a questionnaire or single questions: leading words, two questions in one, scales
    /// out of balance and the like. Exit code 0 when it was reviewed, 1 when the input cannot be
    /// read or a finding is as serious as --deny says, 2 for wrong usage.
    Lint(lint::Lint),
    /// Reads a questionnaire of another program, or of Peil, and says what became of every part of it.
    /// Exit code 0 when it was read, 1 when it was refused, 2 for wrong usage.
    Import(transfer::Import),
    /// Writes a questionnaire as it is being edited, as JSON of Peil.
    Export(transfer::Export),
    /// Prints the JSON Schema of questionnaires as JSON of Peil.
    Schema,
}

impl Survey {
    /// Whether it needs no data folder.
    pub(super) const fn is_about_files(&self) -> bool {
        !matches!(self, Self::Export(_))
    }

    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Export(export) => export.run(output).await,
            other => other.run_on_files(output),
        }
    }

    pub(super) fn run_on_files(self, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Lint(lint) => lint.run(output),
            Self::Import(import) => import.run(output),
            Self::Schema => transfer::print_schema(),
            Self::Export(_) => Ok(()),
        }
    }
}
