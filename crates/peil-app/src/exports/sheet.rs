//! The columns of an export of answers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};
use peil_domain::{
    response::OTHER,
    shared::{Language, LocalDay, QuestionKey, VersionId},
    survey::{Choice, Question, QuestionKind},
};
use peil_store::response::{Line, LineAnswer, Words};

use crate::ports::TableCell;

/// The columns of an export.
pub(super) struct Sheet {
    language: Language,
    zone: TimeZone,
    /// Whether it says who answered, and for which organisation.
    pub(super) shows_contacts: bool,
    questions: Vec<Question>,
    /// Numbers of versions.
    pub(super) versions: BTreeMap<VersionId, i32>,
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
            versions: BTreeMap::new(),
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
    pub(super) fn cells<'a>(&'a self, line: &'a Line<'_>) -> Vec<TableCell<'a>> {
        let mut cells = vec![
            TableCell::Text(line.id().to_string().into()),
            Timestamp::from_microsecond(line.micros()).map_or(TableCell::Empty, TableCell::Moment),
            TableCell::Day(LocalDay(line.local_day()).date()),
            integer(self.number_of(line)),
            text(line.channel()),
            text(line.language()),
            maybe(line.touchpoint()),
        ];
        if self.shows_contacts {
            cells.push(maybe(line.contact()));
            cells.push(maybe(line.account()));
        }
        cells.push(text(line.completion()));
        cells.push(integer(line.seconds()));
        let flags: Vec<&str> = line.flags().collect();
        cells.push(TableCell::Text(flags.join(" ").into()));
        for key in &self.segments {
            let found = line.segments().find(|(name, _)| *name == key.as_str());
            cells.push(maybe(found.map(|(_, value)| value)));
        }
        for question in &self.questions {
            let mut answers = line.answers().iter();
            let answer = answers.find(|answer| answer.question() == question.key.as_str());
            self.answer_cells(question, answer, &mut cells);
        }
        cells
    }

    fn number_of(&self, line: &Line<'_>) -> Option<i32> {
        self.versions.get(&VersionId(line.version())).copied()
    }

    fn answer_cells<'a>(
        &'a self,
        question: &'a Question,
        answer: Option<&'a LineAnswer<'_>>,
        cells: &mut Vec<TableCell<'a>>,
    ) {
        let codes = answer.and_then(|answer| answer.codes());
        let other = answer
            .and_then(LineAnswer::words)
            .filter(|_| codes.is_some());
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
                    cells.push(maybe(other));
                }
            }
            QuestionKind::Choice {
                options, has_other, ..
            } => {
                let code = codes.and_then(|codes| codes.first()).map(Words::as_str);
                cells.push(maybe(code));
                cells.push(maybe(
                    code.and_then(|code| label_of(options, code, self.language)),
                ));
                if *has_other {
                    cells.push(maybe(other));
                }
            }
            _ => cells.push(match answer.filter(|_| codes.is_none()) {
                Some(answer) => answer
                    .score()
                    .map_or_else(|| maybe(answer.words()), |score| integer(Some(score))),
                None => TableCell::Empty,
            }),
        }
    }

    /// A submission as an object.
    pub(super) fn object(&self, line: &Line<'_>) -> serde_json::Value {
        let answers = line.answers().iter().map(|answer| {
            let mut questions = self.questions.iter();
            let question = questions.find(|known| known.key.as_str() == answer.question());
            let object = self.answer_object(question, answer);
            (answer.question().to_owned(), object)
        });
        let answers: serde_json::Map<String, serde_json::Value> = answers.collect();
        let submitted_at = Timestamp::from_microsecond(line.micros()).unwrap_or_default();
        let mut object = serde_json::json!({
            "id": line.id(),
            "submitted_at": submitted_at,
            "date": LocalDay(line.local_day()).date(),
            "local_time": submitted_at.to_zoned(self.zone.clone()).time().to_string(),
            "version": self.number_of(line),
            "channel": line.channel(),
            "language": line.language(),
            "touchpoint": line.touchpoint(),
            "completion": line.completion(),
            "seconds": line.seconds(),
            "flags": line.flags().collect::<Vec<_>>(),
            "answers": answers,
        });
        if let (Some(fields), true) = (object.as_object_mut(), self.shows_contacts) {
            let segments: BTreeMap<&str, &str> = line.segments().collect();
            fields.insert("contact".into(), line.contact().into());
            fields.insert("account".into(), line.account().into());
            fields.insert("segments".into(), serde_json::json!(segments));
        }
        object
    }

    fn answer_object(
        &self,
        question: Option<&Question>,
        answer: &LineAnswer<'_>,
    ) -> serde_json::Value {
        if let Some(score) = answer.score() {
            return serde_json::json!({ "score": score });
        }
        let Some(codes) = answer.codes() else {
            return serde_json::json!({ "text": answer.words().unwrap_or_default() });
        };
        let options = match question.map(|question| &question.kind) {
            Some(QuestionKind::Choice { options, .. }) => options.as_slice(),
            _ => &[],
        };
        let codes: Vec<&str> = codes.iter().map(Words::as_str).collect();
        let labels: Vec<&str> = codes
            .iter()
            .map(|code| label_of(options, code, self.language).unwrap_or(code))
            .collect();
        serde_json::json!({ "codes": codes, "labels": labels, "other": answer.words() })
    }
}

fn text(text: &str) -> TableCell<'_> {
    TableCell::Text(text.into())
}

fn maybe(value: Option<&str>) -> TableCell<'_> {
    value.map_or(TableCell::Empty, text)
}

fn integer(value: Option<i32>) -> TableCell<'static> {
    value.map_or(TableCell::Empty, |number| TableCell::Integer(number.into()))
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

fn label_of<'a>(options: &'a [Choice], code: &str, language: Language) -> Option<&'a str> {
    options
        .iter()
        .find(|option| option.code.as_str() == code)
        .map(|option| option.label.get(language))
}
