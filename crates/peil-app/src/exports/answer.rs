//! The columns of one question in an export, and its part of an object.

use std::borrow::Cow;

use peil_domain::{
    response::OTHER,
    shared::{Language, LocalDay},
    survey::{Choice, Question, QuestionKind},
};
use peil_store::response::{LineAnswer, Words};
use serde_json::{Value, json};

use crate::{ports::TableCell, themes::without_personal_data};

/// What was asked, and in which words and to whom it is told.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    pub(super) question: &'a Question,
    pub(super) language: Language,
    /// Whether details of people are told.
    pub(super) shows_contacts: bool,
    /// Whether personal data in words is left out.
    pub(super) masks_words: bool,
}

impl<'a> Column<'a> {
    /// Adds the names of the columns; `key` is the first.
    pub(super) fn names(self, key: String, names: &mut Vec<String>) {
        let behind = |part: &str| format!("{key}__{part}");
        let not_applicable = behind("not_applicable");
        match &self.question.kind {
            QuestionKind::Choice {
                options,
                is_multiple: true,
                has_other,
                ..
            } => {
                names.extend(options.iter().map(|option| behind(option.code.as_str())));
                if *has_other {
                    names.extend([behind(OTHER), behind("other_text")]);
                }
            }
            QuestionKind::Choice { has_other, .. } => {
                names.extend([key.clone(), format!("{key}_label")]);
                if *has_other {
                    names.push(behind("other_text"));
                }
            }
            QuestionKind::Matrix { .. } => names.extend([key.clone(), format!("{key}_label")]),
            QuestionKind::Contact { fields } if self.shows_contacts => {
                names.extend(fields.iter().map(|field| behind(field.code())));
            }
            QuestionKind::Contact { .. } => {}
            _ => names.push(key),
        }
        if self.question.allows_not_applicable {
            names.push(not_applicable);
        }
    }

    /// Adds the cells of an answer, as many as there are names.
    pub(super) fn cells(self, answer: Option<&'a LineAnswer<'_>>, cells: &mut Vec<TableCell<'a>>) {
        let codes = answer.and_then(LineAnswer::codes);
        let other = answer
            .and_then(LineAnswer::words)
            .filter(|_| codes.is_some());
        let ticked = |code: &str| {
            codes.map_or(TableCell::Empty, |codes| {
                TableCell::Integer(codes.iter().any(|chosen| chosen.as_str() == code).into())
            })
        };
        match &self.question.kind {
            QuestionKind::Choice {
                options,
                is_multiple: true,
                has_other,
                ..
            } => {
                cells.extend(options.iter().map(|option| ticked(option.code.as_str())));
                if *has_other {
                    cells.extend([ticked(OTHER), said(other, self.masks_words)]);
                }
            }
            QuestionKind::Choice {
                options, has_other, ..
            } => {
                let code = codes.and_then(|codes| codes.first()).map(Words::as_str);
                cells.push(maybe(code));
                let label = code.and_then(|code| label_of(options, code, self.language));
                cells.push(maybe(label));
                if *has_other {
                    cells.push(said(other, self.masks_words));
                }
            }
            QuestionKind::Contact { fields } => {
                if self.shows_contacts {
                    let given = |code| answer.and_then(|answer| answer.detail(code));
                    cells.extend(fields.iter().map(|field| maybe(given(field.code()))));
                }
            }
            kind => {
                cells.push(answer.map_or(TableCell::Empty, |answer| {
                    cell(kind, answer, self.masks_words)
                }));
                if let QuestionKind::Matrix { labels, .. } = kind {
                    let score = answer.and_then(LineAnswer::score);
                    let place = score.and_then(|score| usize::try_from(score).ok()?.checked_sub(1));
                    let label = place.and_then(|place| labels.get(place));
                    cells.push(maybe(label.map(|label| label.get(self.language))));
                }
            }
        }
        if self.question.allows_not_applicable {
            cells.push(answer.map_or(TableCell::Empty, |answer| {
                TableCell::Integer(answer.is_not_applicable().into())
            }));
        }
    }
}

/// The one cell of an answer that is one value.
fn cell<'a>(kind: &QuestionKind, answer: &'a LineAnswer<'_>, masks_words: bool) -> TableCell<'a> {
    let Some(kept) = answer.score() else {
        let words = answer.words().filter(|_| answer.codes().is_none());
        return said(words, masks_words);
    };
    if matches!(kind, QuestionKind::Date { .. }) {
        return TableCell::Day(LocalDay(kept).date());
    }
    match kind.number_range() {
        Some(range) if range.decimals > 0 => TableCell::Number(range.number(kept)),
        _ => integer(Some(kept)),
    }
}

/// An answer in an object. `column` is absent for a question that no version knows.
pub(super) fn object(
    column: Option<Column<'_>>,
    answer: &LineAnswer<'_>,
    masks_words: bool,
) -> Value {
    let words = answer.words().map(|words| told(words, masks_words));
    let kind = column.map(|column| &column.question.kind);
    if let Some(kept) = answer.score() {
        if matches!(kind, Some(QuestionKind::Date { .. })) {
            return json!({ "date": LocalDay(kept).date() });
        }
        return match kind.and_then(QuestionKind::number_range) {
            Some(range) => json!({ "number": range.number(kept) }),
            None => json!({ "score": kept }),
        };
    }
    if let Some(codes) = answer.codes() {
        let options = match kind {
            Some(QuestionKind::Choice { options, .. }) => options.as_slice(),
            _ => &[],
        };
        let language = column.map(|column| column.language);
        let label = |code| language.and_then(|language| label_of(options, code, language));
        let codes: Vec<&str> = codes.iter().map(Words::as_str).collect();
        let labels = codes.iter().map(|code| label(code).unwrap_or(code));
        let labels: Vec<&str> = labels.collect();
        return json!({ "codes": codes, "labels": labels, "other": words });
    }
    if let Some(words) = words {
        return json!({ "text": words });
    }
    let Some(details) = answer.details() else {
        return json!({ "not_applicable": true });
    };
    if column.is_some_and(|column| column.shows_contacts) {
        let details = details.map(|(field, given)| (field.to_owned(), given.into()));
        json!({ "details": details.collect::<serde_json::Map<String, Value>>() })
    } else {
        json!({ "details": null })
    }
}

fn label_of<'a>(options: &'a [Choice], code: &str, language: Language) -> Option<&'a str> {
    options
        .iter()
        .find(|option| option.code.as_str() == code)
        .map(|option| option.label.get(language))
}

/// Words as they may be told.
fn told(words: &str, masks_words: bool) -> Cow<'_, str> {
    if masks_words {
        without_personal_data(words).into()
    } else {
        words.into()
    }
}

/// The cell of what someone wrote.
fn said(words: Option<&str>, masks_words: bool) -> TableCell<'_> {
    words.map_or(TableCell::Empty, |words| {
        TableCell::Text(told(words, masks_words))
    })
}

pub(super) fn text(text: &str) -> TableCell<'_> {
    TableCell::Text(text.into())
}

pub(super) fn maybe(value: Option<&str>) -> TableCell<'_> {
    value.map_or(TableCell::Empty, text)
}

pub(super) fn integer(value: Option<i32>) -> TableCell<'static> {
    value.map_or(TableCell::Empty, |number| TableCell::Integer(number.into()))
}
