//! Names of the fields that a form carries besides its answers, and reading them back. They begin
//! with `_`, which no question key does.

use std::collections::BTreeSet;

use peil_app::collect::Sheet;
use peil_domain::{
    outreach::Channel,
    response::{Flow, Move, RawAnswers, field_names},
    shared::{Language, QuestionKey},
    survey::Definition,
};

use crate::edge::fields::Fields;

/// The token of the form.
pub(super) const FORM: &str = "_form";
/// The page, counted from 0.
pub(super) const PAGE: &str = "_page";
/// The language it is shown in.
pub(super) const LANGUAGE: &str = "_lang";
/// The channel, for a public link.
pub(super) const VIA: &str = "_via";
/// The button that was pressed.
pub(super) const GO: &str = "_go";
/// The field that people cannot see.
pub(super) const TRAP: &str = "_website";
/// What follows the key of a question in the name of the field behind "other, namely".
pub(super) const OTHER_SUFFIX: &str = "__other";

/// Most values of one field that travel along: every option of the longest list.
const MOST_VALUES: usize = 102;

/// Reads a page that came back.
pub(super) fn read_sheet(fields: &Fields) -> Sheet {
    let go = fields.get(GO);
    let switch: Option<Language> = go.parse().ok();
    let chosen = match go {
        "back" => Move::Back,
        _ if switch.is_some() => Move::Stay,
        _ => Move::Next,
    };
    Sheet {
        form: fields.get(FORM).to_owned(),
        page: fields.get(PAGE).parse().unwrap_or(0),
        chosen,
        answers: answers_of(fields),
        language: switch.or_else(|| fields.get(LANGUAGE).parse().ok()),
        channel: read_channel(fields.get(VIA)),
        robot_field_filled: fields.some(TRAP).is_some(),
        answered_before: None,
        is_one_too_many: false,
    }
}

/// The channel of a public link: a printed code says so in its address.
pub(super) fn read_channel(via: &str) -> Channel {
    if via == Channel::Qr.code() {
        Channel::Qr
    } else {
        Channel::Link
    }
}

fn answers_of(fields: &Fields) -> RawAnswers {
    let mut answers = fields.grouped();
    answers.retain(|name, _| !name.starts_with('_'));
    answers
}

/// The scores in an address, such as `?nps=9` of a link in a mail, as far as this questionnaire
/// knows them. Words are never taken from an address.
pub(super) fn clicked_scores(query: &Fields, definition: &Definition) -> RawAnswers {
    let mut clicked = RawAnswers::new();
    for item in definition.items() {
        let Some(scale) = item.scale else {
            continue;
        };
        let score = query.get(item.key.as_str()).parse().ok();
        if let Some(score) = score.filter(|score| scale.holds(*score)) {
            clicked.insert(item.key.to_string(), vec![score.to_string()]);
        }
    }
    clicked
}

/// The answers to questions that are not on the page, which travel along unseen.
pub(super) fn travelling<'a>(
    definition: &'a Definition,
    flow: &Flow<'_>,
    page: usize,
    answers: &'a RawAnswers,
) -> Vec<(&'a str, &'a str)> {
    let here: BTreeSet<&QuestionKey> = flow
        .questions(page)
        .iter()
        .map(|question| &question.what.key)
        .collect();
    let others = definition
        .questions()
        .filter(|question| !here.contains(&question.key));
    let mut fields = Vec::new();
    for name in others.flat_map(field_names) {
        if let Some((name, values)) = answers.get_key_value(&name) {
            let filled = values
                .iter()
                .filter(|value| !value.is_empty())
                .take(MOST_VALUES);
            fields.extend(filled.map(|value| (name.as_str(), value.as_str())));
        }
    }
    fields
}
