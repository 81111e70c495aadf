//! The columns of an export of answers.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use peil_domain::{
    response::{AnswerValue, Completion, OTHER, Response},
    shared::{Language, QuestionKey},
    survey::{Choice, Question, QuestionKind},
};

use crate::ports::TableCell;

/// What a submission only refers to.
pub(super) struct Around<'a> {
    pub(super) version: Option<i32>,
    pub(super) contact: Option<&'a str>,
    pub(super) account: Option<&'a str>,
}

/// The columns of an export.
pub(super) struct Sheet {
    language: Language,
    zone: TimeZone,
    /// Whether it says who answered, and for which organisation.
    pub(super) shows_contacts: bool,
    questions: Vec<Question>,
    /// Attributes whose values are shown.
    pub(super) segments: Vec<QuestionKey>,
}

impl Sheet {
    /// An export without questions.
    pub(super) fn new(language: Language, shows_contacts: bool, zone: TimeZone) -> Self {
        Self {
            language,
            zone,
            shows_contacts,
            questions: Vec::new(),
            segments: Vec::new(),
        }
    }

    /// Adds questions of an older version, and options that newer versions no longer offer.
    pub(super) fn add_questions<'a>(&mut self, older: impl Iterator<Item = &'a Question>) {
        for question in older.filter(|question| question.kind.asks()) {
            match self
                .questions
                .iter_mut()
                .find(|known| known.key == question.key)
            {
                Some(known) => add_options(&mut known.kind, &question.kind),
                None => self.questions.push(question.clone()),
            }
        }
    }

    /// Names of the columns.
    pub(super) fn header(&self) -> Vec<String> {
        let mut names: Vec<String> = [
            "response_id",
            "submitted_at",
            "date",
            "version",
            "channel",
            "language",
            "touchpoint",
        ]
        .map(str::to_owned)
        .to_vec();
        if self.shows_contacts {
            names.extend(["contact", "account"].map(str::to_owned));
        }
        names.extend(["completion", "seconds", "flags"].map(str::to_owned));
        let fixed: BTreeSet<String> = names.iter().cloned().collect();
        names.extend(self.segments.iter().map(|key| format!("segment_{key}")));
        for question in &self.questions {
            let own = question.key.to_string();
            let key = if fixed.contains(&own) {
                format!("answer_{own}")
            } else {
                own
            };
            match &question.kind {
                QuestionKind::Choice {
                    options,
                    is_multiple: true,
                    has_other,
                } => {
                    names.extend(
                        options
                            .iter()
                            .map(|option| format!("{key}__{}", option.code)),
                    );
                    if *has_other {
                        names.extend([format!("{key}__other"), format!("{key}__other_text")]);
                    }
                }
                QuestionKind::Choice { has_other, .. } => {
                    names.extend([key.clone(), format!("{key}_label")]);
                    if *has_other {
                        names.push(format!("{key}__other_text"));
                    }
                }
                _ => names.push(key),
            }
        }
        names
    }

    /// The cells of a submission, as many as the header has.
    pub(super) fn cells(&self, response: &Response, around: &Around<'_>) -> Vec<TableCell> {
        let text = |text: &str| TableCell::Text(text.to_owned());
        let maybe = |value: Option<&str>| value.map_or(TableCell::Empty, text);
        let integer = |value: Option<i32>| {
            value.map_or(TableCell::Empty, |number| TableCell::Integer(number.into()))
        };
        let mut cells = vec![
            text(&response.id.to_string()),
            TableCell::Moment(response.submitted_at),
            TableCell::Day(response.local_day.date()),
            integer(around.version),
            text(response.channel.code()),
            text(response.language.code()),
            maybe(response.touchpoint.as_ref().map(QuestionKey::as_str)),
        ];
        if self.shows_contacts {
            cells.push(maybe(around.contact));
            cells.push(maybe(around.account));
        }
        cells.push(text(completion_code(response.completion)));
        cells.push(integer(response.seconds));
        cells.push(text(&flag_codes(response).join(" ")));
        let segments = self.segments.iter();
        cells.extend(segments.map(|key| maybe(response.segments.get(key).map(String::as_str))));
        for question in &self.questions {
            let answer = response
                .answers
                .iter()
                .find(|answer| answer.key == question.key);
            self.answer_cells(question, answer.map(|answer| &answer.value), &mut cells);
        }
        cells
    }

    fn answer_cells(
        &self,
        question: &Question,
        value: Option<&AnswerValue>,
        cells: &mut Vec<TableCell>,
    ) {
        let text = |text: &str| TableCell::Text(text.to_owned());
        let (codes, other) = match value {
            Some(AnswerValue::Choices { codes, other }) => (Some(codes), other.as_deref()),
            _ => (None, None),
        };
        let ticked = |code: &str| {
            codes.map_or(TableCell::Empty, |codes| {
                TableCell::Integer(codes.iter().any(|chosen| chosen.as_str() == code).into())
            })
        };
        match &question.kind {
            QuestionKind::Choice {
                options,
                is_multiple: true,
                has_other,
            } => {
                cells.extend(options.iter().map(|option| ticked(option.code.as_str())));
                if *has_other {
                    cells.push(ticked(OTHER));
                    cells.push(other.map_or(TableCell::Empty, text));
                }
            }
            QuestionKind::Choice {
                options, has_other, ..
            } => {
                let code = codes.and_then(|codes| codes.first());
                cells.push(code.map_or(TableCell::Empty, |code| text(code.as_str())));
                let label = code.and_then(|code| label_of(options, code, self.language));
                cells.push(label.map_or(TableCell::Empty, text));
                if *has_other {
                    cells.push(other.map_or(TableCell::Empty, text));
                }
            }
            _ => cells.push(match value {
                Some(AnswerValue::Score(score)) => TableCell::Integer((*score).into()),
                Some(AnswerValue::Text(words)) => text(words),
                _ => TableCell::Empty,
            }),
        }
    }

    /// A submission as an object.
    pub(super) fn object(&self, response: &Response, around: &Around<'_>) -> serde_json::Value {
        let answers: serde_json::Map<String, serde_json::Value> = response
            .answers
            .iter()
            .map(|answer| {
                let question = self
                    .questions
                    .iter()
                    .find(|question| question.key == answer.key);
                (
                    answer.key.to_string(),
                    self.answer_object(question, &answer.value),
                )
            })
            .collect();
        let mut object = serde_json::json!({
            "id": response.id,
            "submitted_at": response.submitted_at,
            "date": response.local_day.date(),
            "local_time": response.submitted_at.to_zoned(self.zone.clone()).time().to_string(),
            "version": around.version,
            "channel": response.channel.code(),
            "language": response.language.code(),
            "touchpoint": response.touchpoint,
            "completion": completion_code(response.completion),
            "seconds": response.seconds,
            "flags": flag_codes(response),
            "answers": answers,
        });
        if let (Some(fields), true) = (object.as_object_mut(), self.shows_contacts) {
            fields.insert("contact".into(), around.contact.into());
            fields.insert("account".into(), around.account.into());
            fields.insert("segments".into(), serde_json::json!(response.segments));
        }
        object
    }

    fn answer_object(&self, question: Option<&Question>, value: &AnswerValue) -> serde_json::Value {
        match value {
            AnswerValue::Score(score) => serde_json::json!({ "score": score }),
            AnswerValue::Text(text) => serde_json::json!({ "text": text }),
            AnswerValue::Choices { codes, other } => {
                let options = match question.map(|question| &question.kind) {
                    Some(QuestionKind::Choice { options, .. }) => options.as_slice(),
                    _ => &[],
                };
                let labels: Vec<&str> = codes
                    .iter()
                    .map(|code| label_of(options, code, self.language).unwrap_or(code.as_str()))
                    .collect();
                serde_json::json!({ "codes": codes, "labels": labels, "other": other })
            }
        }
    }
}

fn add_options(known: &mut QuestionKind, older: &QuestionKind) {
    let (
        QuestionKind::Choice {
            options, has_other, ..
        },
        QuestionKind::Choice {
            options: old,
            has_other: had_other,
            ..
        },
    ) = (known, older)
    else {
        return;
    };
    *has_other |= had_other;
    for option in old {
        if options.iter().all(|known| known.code != option.code) {
            options.push(option.clone());
        }
    }
}

fn label_of<'a>(options: &'a [Choice], code: &QuestionKey, language: Language) -> Option<&'a str> {
    options
        .iter()
        .find(|option| option.code == *code)
        .map(|option| option.label.get(language))
}

fn completion_code(completion: Completion) -> &'static str {
    match completion {
        Completion::Complete => "complete",
        Completion::Partial => "partial",
    }
}

fn flag_codes(response: &Response) -> Vec<&'static str> {
    response.flags.iter().map(|flag| flag.code()).collect()
}
