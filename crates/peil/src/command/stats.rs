//! `peil stats`: one statistic from JSON to JSON, for programs and for checking our arithmetic; and
//! how it is computed, for people.
//!
//! It needs no data folder and no settings, so that it starts at once and runs anywhere.

mod pages;
mod plain;

use std::io::Read;

use clap::Args;
use peil_measure::cases::{self, ComputeError, Family};
use serde_json::{Value, json};

use super::output::{Output, line};
use crate::Failure;

#[derive(Debug, Args)]
pub(super) struct Stats {
    /// Name of the statistic, such as nps.
    #[arg(required_unless_present = "list")]
    family: Option<String>,
    /// Lists all statistics.
    #[arg(long)]
    list: bool,
    /// Prints how the statistic is computed, instead of computing it.
    #[arg(long)]
    explain: bool,
}

impl Stats {
    pub(super) fn run(self, output: &Output) -> Result<(), Failure> {
        let Some(name) = self.family.filter(|_| !self.list) else {
            return output.say(&list(), &list_for_programs());
        };
        let mut known = cases::families().iter().chain(cases::own_families());
        let Some(family) = known.find(|known| known.name == name) else {
            return Err(Failure::Usage(format!(
                "no statistic is named {name}; there are:\n{}",
                list()
            )));
        };
        if self.explain {
            return explain(family, output);
        }
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| Failure::Input(format!("standard input: {error}")))?;
        let input: Value = serde_json::from_str(&text)
            .map_err(|error| Failure::Input(format!("the input is not JSON: {error}")))?;
        match cases::compute_noting(family.name, &input) {
            Ok(computed) => {
                note_unread(family.name, &computed.unread);
                line(&computed.answer.to_string())
            }
            Err(error @ ComputeError::UnknownFamily { .. }) => {
                Err(Failure::Usage(error.to_string()))
            }
            Err(error) => Err(Failure::Input(error.to_string())),
        }
    }
}

/// A misspelt field would go unnoticed when it is an optional one.
fn note_unread(family: &str, fields: &[String]) {
    if !fields.is_empty() {
        eprintln!("peil: {family} does not use {}", fields.join(", "));
    }
}

/// One line per statistic; those that no other package computes as a whole stand apart.
fn list() -> String {
    let lines = |families: &[Family]| -> Vec<String> {
        let one = |family: &Family| format!("{:<25}  {}", family.name, family.summary);
        families.iter().map(one).collect()
    };
    format!(
        "{}\n\nMade for Peil, where no other package gives the whole figure:\n{}",
        lines(cases::families()).join("\n"),
        lines(cases::own_families()).join("\n")
    )
}

/// All statistics, with whether they are Peil's own.
fn list_for_programs() -> Value {
    let one = |family: &Family, is_own: bool| {
        json!({
            "name": family.name,
            "summary": family.summary,
            "input": family.input,
            "own": is_own,
        })
    };
    let shared = cases::families().iter().map(|family| one(family, false));
    let own = cases::own_families().iter().map(|family| one(family, true));
    shared.chain(own).collect()
}

/// The page about a statistic, below what to ask it with.
fn explain(family: &Family, output: &Output) -> Result<(), Failure> {
    let Some(page) = pages::of(family.name) else {
        return Err(Failure::Other(format!("{} has no page", family.name)));
    };
    let text = format!(
        "{}: {}\ninput: {}\n\n{}",
        family.name,
        family.summary,
        family.input,
        plain::text(page.markdown)
    );
    let value = json!({
        "name": family.name,
        "summary": family.summary,
        "input": family.input,
        "page": format!("docs/methods/{}.md", page.name),
        "markdown": page.markdown,
    });
    output.say(text.trim_end(), &value)
}
