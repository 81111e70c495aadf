//! `peil survey`: questionnaires in files.

mod lint;

use clap::Subcommand;

use super::output::Output;
use crate::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Survey {
    /// Reviews a questionnaire or single questions: leading words, two questions in one, scales
    /// out of balance and the like. Exit code 0 when it was reviewed, 1 when the input cannot be
    /// read or a finding is as serious as --deny says, 2 for wrong usage.
    Lint(lint::Lint),
}

impl Survey {
    pub(super) fn run(self, output: &Output) -> Result<(), Failure> {
        let Self::Lint(lint) = self;
        lint.run(output)
    }
}
