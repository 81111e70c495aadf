//! How a command speaks: sentences in the user's language, or JSON.

use std::io::{Read, Write};

use peil_domain::shared::Language;
use serde_json::{Value, json};

use super::place::environment;
use crate::Failure;

/// Where a command puts what it has to say.
pub(super) struct Output {
    /// Whether a program reads it.
    pub(super) is_json: bool,
    /// The language of sentences.
    pub(super) language: Language,
    /// The language that the environment names, when it names one of ours.
    pub(super) named_language: Option<Language>,
}

impl Output {
    /// Takes the language from the locale of the environment.
    pub(super) fn new(is_json: bool) -> Self {
        let environment = environment();
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| environment.get(*name).filter(|value| !value.is_empty()));
        let named_language = locale.and_then(|text| text.parse().ok());
        Self {
            is_json,
            language: named_language.unwrap_or(Language::En),
            named_language,
        }
    }

    /// One of two sentences, by language.
    pub(super) fn words<'a>(&self, nl: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Nl => nl,
            Language::En => en,
        }
    }

    /// Prints `value` when a program reads, else `text`.
    pub(super) fn say(&self, text: &str, value: &Value) -> Result<(), Failure> {
        if self.is_json {
            line(&value.to_string())
        } else {
            line(text)
        }
    }

    /// Tells why a command did not do what was asked.
    pub(super) fn failure(&self, failure: &Failure) {
        if matches!(failure, Failure::Reported) {
            return;
        }
        let sentence = failure.sentence(self.language);
        if self.is_json {
            let value = json!({ "error": { "code": failure.code(), "message": sentence } });
            // Nobody is left to tell when standard output is gone.
            drop(line(&value.to_string()));
        }
        eprintln!("peil: {sentence}");
    }
}

/// Prints a text and a line break.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush());
    written.map_err(|error| Failure::Other(format!("standard output: {error}")))
}

/// The first line of standard input: a password, which must not stand in the list of processes.
pub(super) fn read_password() -> Result<String, Failure> {
    let mut text = String::new();
    // Longer than any password may be, and not endless.
    let read = std::io::stdin().take(10_000).read_to_string(&mut text);
    read.map_err(|error| Failure::Input(format!("standard input: {error}")))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
