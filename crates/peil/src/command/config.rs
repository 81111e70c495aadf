//! `peil config`: which settings hold, and where they come from.

use clap::{Args, Subcommand};
use serde_json::json;

use super::{
    output::Output,
    place::{Place, Reach},
};
use crate::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Prints every setting with its value and where that comes from; no secrets.
    Show(Show),
}

#[derive(Debug, Args)]
pub(super) struct Show {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    reach: Reach,
}

impl Config {
    pub(super) fn run(self, output: &Output) -> Result<(), Failure> {
        let Self::Show(show) = self;
        let shown = show.place.load(&show.reach)?.shown;
        let nothing = output.words("(niet ingesteld)", "(not set)");
        let lines: Vec<String> = shown
            .iter()
            .map(|line| {
                let value = line.value.as_deref().unwrap_or(nothing);
                format!("{:<18} {value:<28} {}", line.key, line.source)
            })
            .collect();
        output.say(&lines.join("\n"), &json!(shown))
    }
}
