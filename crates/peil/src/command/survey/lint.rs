//! `peil survey lint`: what a better questionnaire would ask otherwise.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
};

use clap::{Args, ValueEnum};
use peil_domain::{
    shared::Language,
    survey::{
        Definition, Place, excesses,
        review::{
            Channel, Finding, Remark, Role, Severity, detect_language, review_survey, review_text,
        },
    },
};
use peil_http::review_sentence;
use serde_json::{Value, json};

use crate::{Failure, command::output::Output};

/// Most bytes of a questionnaire.
const LARGEST_FILE: u64 = 10_000_000;

#[derive(Debug, Args)]
pub(in crate::command) struct Lint {
    /// Questionnaire as JSON, as the API gives its draft; - is standard input.
    #[arg(default_value = "-")]
    file: String,
    /// Language of the texts; recognised per question when absent.
    #[arg(long, value_parser = language)]
    lang: Option<Language>,
    /// Reads one question per line, and prints one line of JSON for each.
    #[arg(long)]
    questions: bool,
    /// Where people meet the questionnaire, which decides how long it may be.
    #[arg(long, value_enum, default_value_t)]
    channel: Where,
    /// Ends with exit code 1 when something is at least so serious.
    #[arg(long, value_enum)]
    deny: Option<Serious>,
}

/// Where people meet a questionnaire.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Where {
    /// A page of its own.
    #[default]
    Page,
    /// A small window on a website.
    Popup,
    /// A screen at the exit.
    Kiosk,
    /// A text message.
    Sms,
}

impl Where {
    fn channel(self) -> Channel {
        match self {
            Self::Page => Channel::Page,
            Self::Popup => Channel::PopUp,
            Self::Kiosk => Channel::Kiosk,
            Self::Sms => Channel::Sms,
        }
    }
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Serious {
    /// Worth a second look.
    Hint,
    /// Likely to harm the answers.
    Warning,
    /// Harms the answers.
    Error,
}

impl Serious {
    fn severity(self) -> Severity {
        match self {
            Self::Hint => Severity::Hint,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

fn language(text: &str) -> Result<Language, String> {
    text.parse()
        .map_err(|error: peil_domain::shared::UnknownLanguage| error.to_string())
}

impl Lint {
    pub(in crate::command) fn run(self, output: &Output) -> Result<(), Failure> {
        let worst = if self.questions {
            self.review_lines(output)?
        } else {
            self.review_file(output)?
        };
        let denied = self.deny.map(Serious::severity);
        match (worst, denied) {
            (Some(worst), Some(denied)) if worst >= denied => Err(Failure::Reported),
            _ => Ok(()),
        }
    }

    fn open(&self) -> Result<Box<dyn Read>, Failure> {
        if self.file == "-" {
            return Ok(Box::new(std::io::stdin()));
        }
        let opened = File::open(&self.file);
        let file = opened.map_err(|error| Failure::Input(format!("{}: {error}", self.file)))?;
        Ok(Box::new(file))
    }

    /// One line of JSON per line of text; gives the most serious severity.
    fn review_lines(&self, output: &Output) -> Result<Option<Severity>, Failure> {
        let mut input = BufReader::new(self.open()?);
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let failed = |error: std::io::Error| Failure::Other(format!("standard output: {error}"));
        let mut worst = None;
        let mut bytes = Vec::new();
        let mut number = 0;
        loop {
            bytes.clear();
            let read = input.read_until(b'\n', &mut bytes);
            if read.map_err(|error| Failure::Input(format!("{}: {error}", self.file)))? == 0 {
                break;
            }
            number += 1;
            let line = String::from_utf8_lossy(&bytes);
            let mut text = line.trim_end_matches(['\r', '\n']);
            if number == 1 {
                text = text.trim_start_matches('\u{feff}');
            }
            let language = self
                .lang
                .or_else(|| detect_language(text))
                .unwrap_or(Language::Nl);
            let findings = review_text(text, language, Role::Question);
            worst = worst.max(findings.iter().map(|finding| finding.severity).max());
            let reader = output.named_language.unwrap_or(language);
            let findings: Vec<Value> = findings
                .iter()
                .map(|finding| shown(finding, reader, None))
                .collect();
            let value = json!({
                "line": number,
                "language": language,
                "findings": findings,
            });
            writeln!(out, "{value}").map_err(failed)?;
        }
        out.flush().map_err(failed)?;
        Ok(worst)
    }

    /// Remarks on a questionnaire; gives the most serious severity.
    fn review_file(&self, output: &Output) -> Result<Option<Severity>, Failure> {
        let mut text = String::new();
        let read = self.open()?.take(LARGEST_FILE).read_to_string(&mut text);
        read.map_err(|error| Failure::Input(format!("{}: {error}", self.file)))?;
        let mut definition =
            definition(&text).map_err(|error| Failure::Input(format!("{}: {error}", self.file)))?;
        if let Some(excess) = excesses(&definition).first() {
            return Err(Failure::Input(format!("{}: {excess}", self.file)));
        }
        if let Some(language) = self.lang {
            definition.languages.retain(|known| *known == language);
        }
        let remarks = review_survey(&definition, self.channel.channel());
        let reader = output.named_language;
        let values: Vec<Value> = remarks
            .iter()
            .map(|remark| placed(remark, reader.unwrap_or(remark.language)))
            .collect();
        let lines: Vec<String> = remarks
            .iter()
            .map(|remark| sentence(remark, reader.unwrap_or(remark.language)))
            .collect();
        let value = json!({
            "questions": definition.questions().filter(|question| question.kind.asks()).count(),
            "minutes": definition.estimated_minutes(),
            "findings": values,
        });
        let nothing = output.words("niets aan te merken", "nothing to remark");
        let text = if lines.is_empty() {
            nothing.to_owned()
        } else {
            lines.join("\n")
        };
        output.say(&text, &value)?;
        Ok(remarks.iter().map(|remark| remark.finding.severity).max())
    }
}

/// A questionnaire: its content by itself, or inside what the API gives for a questionnaire.
fn definition(text: &str) -> Result<Definition, serde_json::Error> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let inside = ["draft", "definition"]
        .into_iter()
        .find_map(|name| value.get(name))
        .unwrap_or(&value);
    serde_json::from_value(inside.clone())
}

fn shown(finding: &Finding, reader: Language, count: Option<usize>) -> Value {
    let mut value = json!({
        "rule": finding.rule,
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "words": finding.words,
        "why": review_sentence(reader, finding.rule, count),
    });
    if let (Some(rewrite), Some(fields)) = (&finding.rewrite, value.as_object_mut()) {
        fields.insert("rewrite".to_owned(), json!(rewrite));
    }
    value
}

fn placed(remark: &Remark, reader: Language) -> Value {
    let mut value = shown(&remark.finding, reader, remark.count);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("language".to_owned(), json!(remark.language));
        match &remark.place {
            Place::Survey
            | Place::Page(_)
            | Place::Calculation(_)
            | Place::Quota(_)
            | Place::Ending(_) => {}
            Place::Question(key) => {
                fields.insert("question".to_owned(), json!(key));
            }
            Place::Option(key, number) => {
                fields.insert("question".to_owned(), json!(key));
                fields.insert("option".to_owned(), json!(number));
            }
            Place::Row(key, number) => {
                fields.insert("question".to_owned(), json!(key));
                fields.insert("row".to_owned(), json!(number));
            }
        }
    }
    value
}

/// A remark as a line for people.
fn sentence(remark: &Remark, reader: Language) -> String {
    let finding = &remark.finding;
    let place = match &remark.place {
        Place::Survey
        | Place::Page(_)
        | Place::Calculation(_)
        | Place::Quota(_)
        | Place::Ending(_) => "*".to_owned(),
        Place::Question(key) => key.to_string(),
        Place::Option(key, number) | Place::Row(key, number) => format!("{key}[{number}]"),
    };
    let why = review_sentence(reader, finding.rule, remark.count);
    let words = if finding.words.is_empty() {
        String::new()
    } else {
        format!(" \"{}\"", finding.words)
    };
    let rewrite = finding
        .rewrite
        .as_ref()
        .map(|text| format!("\n    > {}", text.replace('\n', "\n    > ")))
        .unwrap_or_default();
    format!(
        "{place} ({}): {} {}{words}: {why}{rewrite}",
        remark.language,
        finding.severity.code(),
        finding.rule
    )
}
