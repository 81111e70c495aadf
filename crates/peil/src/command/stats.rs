//! `peil stats`: one statistic from JSON to JSON, for programs and for checking our arithmetic.

use std::io::Read;

use clap::Args;
use peil_measure::cases::{self, ComputeError};
use serde_json::{Value, json};

use super::output::{Output, line};
use crate::Failure;

#[derive(Debug, Args)]
pub(super) struct Stats {
    /// Name of the statistic, such as nps.
    #[arg(required_unless_present = "list")]
    family: Option<String>,
    /// Lists all statistics with their input.
    #[arg(long)]
    list: bool,
}

impl Stats {
    pub(super) fn run(self, output: &Output) -> Result<(), Failure> {
        let Some(family) = self.family.filter(|_| !self.list) else {
            return list(output);
        };
        if !cases::families().iter().any(|known| known.name == family) {
            return Err(Failure::Usage(format!(
                "no family is named {family}; see `peil stats --list`"
            )));
        }
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| Failure::Input(format!("standard input: {error}")))?;
        let input: Value = serde_json::from_str(&text)
            .map_err(|error| Failure::Input(format!("the input is not JSON: {error}")))?;
        match cases::compute(&family, &input) {
            Ok(answer) => line(&answer.to_string()),
            Err(error @ ComputeError::UnknownFamily { .. }) => {
                Err(Failure::Usage(error.to_string()))
            }
            Err(error) => Err(Failure::Input(error.to_string())),
        }
    }
}

fn list(output: &Output) -> Result<(), Failure> {
    let lines: Vec<String> = cases::families()
        .iter()
        .map(|family| {
            format!(
                "{:<18} {}\n{:<18} input: {}",
                family.name, family.summary, "", family.input
            )
        })
        .collect();
    output.say(&lines.join("\n"), &json!(cases::families()))
}
