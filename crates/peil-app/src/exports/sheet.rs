//! The columns of an export of answers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};
use peil_domain::{
    shared::{Language, LocalDay, QuestionKey, VersionId},
    survey::{Question, QuestionKind},
};
use peil_store::response::Line;

use super::answer::{self, Column, integer, maybe, text};
use crate::ports::TableCell;

/// The columns of an export.
pub(super) struct Sheet {
    language: Language,
    zone: TimeZone,
    /// Whether it says who answered, and for which organisation.
    pub(super) shows_contacts: bool,
    /// Whether personal data in words is left out.
    pub(super) masks_words: bool,
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
            masks_words: false,
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
                Some(known) => add_parts(known, question),
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
            self.column(question).names(key, &mut names);
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
            self.column(question).cells(answer, &mut cells);
        }
        cells
    }

    fn number_of(&self, line: &Line<'_>) -> Option<i32> {
        self.versions.get(&VersionId(line.version())).copied()
    }

    fn column<'a>(&self, question: &'a Question) -> Column<'a> {
        Column {
            question,
            language: self.language,
            shows_contacts: self.shows_contacts,
            masks_words: self.masks_words,
        }
    }

    /// A submission as an object.
    pub(super) fn object(&self, line: &Line<'_>) -> serde_json::Value {
        let answers = line.answers().iter().map(|answer| {
            let mut questions = self.questions.iter();
            let question = questions.find(|known| known.key.as_str() == answer.question());
            let column = question.map(|question| self.column(question));
            (
                answer.question().to_owned(),
                answer::object(column, answer, self.masks_words),
            )
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
}

/// Adds what an older version of a question offered and the newest does not.
fn add_parts(known: &mut Question, older: &Question) {
    known.allows_not_applicable |= older.allows_not_applicable;
    match (&mut known.kind, &older.kind) {
        (
            QuestionKind::Choice {
                options, has_other, ..
            },
            QuestionKind::Choice {
                options: old,
                has_other: had_other,
                ..
            },
        ) => {
            *has_other |= had_other;
            for option in old {
                if options.iter().all(|known| known.code != option.code) {
                    options.push(option.clone());
                }
            }
        }
        (QuestionKind::Contact { fields }, QuestionKind::Contact { fields: old }) => {
            for field in old {
                if !fields.contains(field) {
                    fields.push(*field);
                }
            }
        }
        _ => {}
    }
}
