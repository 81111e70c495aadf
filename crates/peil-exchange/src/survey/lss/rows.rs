//! Sub-questions of LimeSurvey as rows: their keys, texts and conditions.

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Question, QuestionKind},
};

use super::{
    content::{Asking, Part},
    reading::{Reading, is_always},
};
use crate::survey::{Effect, Reason, draft::Asked};

/// Says the text of a question whose parts are asked one by one.
pub(super) fn heading(reading: &mut Reading<'_>, asked: &Asked) {
    let mut statement = Question::new(
        asked.key.clone(),
        asked.text.clone(),
        QuestionKind::Statement,
    );
    statement.help.clone_from(&asked.help);
    reading.made.push(statement);
}

/// The conditions of every row: its own, and what filters by other questions ask. Each is where it
/// stands and what it says.
pub(super) fn row_conditions(reading: &Reading<'_>, asking: &Asking) -> Vec<Vec<(String, String)>> {
    let path = format!("questions/{}", asking.title);
    asking
        .parts_of(0)
        .map(|part| {
            let mut found = Vec::new();
            if !is_always(&part.relevance) {
                found.push((
                    format!("{path}/{}/relevance", part.code),
                    part.relevance.clone(),
                ));
            }
            for (name, negation) in [("array_filter", "!"), ("array_filter_exclude", "")] {
                let sources = asking.attribute(name).split([';', ',']).map(str::trim);
                // Rows that the other question does not have are always there.
                let sources = sources.filter(|source| reading.has_part(source, &part.code));
                let tests: Vec<String> = sources
                    .map(|source| format!("{negation}is_empty({source}_{}.NAOK)", part.code))
                    .collect();
                if !tests.is_empty() {
                    let glue = if negation.is_empty() { " and " } else { " or " };
                    found.push((format!("{path}/attributes/{name}"), tests.join(glue)));
                }
            }
            found
        })
        .collect()
}

/// Tells that the conditions of rows have no place in what was made.
pub(super) fn note_row_conditions(reading: &mut Reading<'_>, asking: &Asking) {
    let lost: Vec<String> = row_conditions(reading, asking)
        .into_iter()
        .flatten()
        .map(|(path, text)| format!("{path}: {text}"))
        .collect();
    if !lost.is_empty() {
        reading.note("", Effect::Lost, Reason::RowCondition, &lost.join("; "));
    }
}

/// What of a sub-question has no place.
pub(super) fn part_rest(reading: &mut Reading<'_>, part: &Part) {
    let code = &part.code;
    if !part.pattern.is_empty() {
        reading.note(
            &format!("{code}/preg"),
            Effect::Lost,
            Reason::Validation,
            &part.pattern,
        );
    }
    if part.help.values().any(|help| !help.trim().is_empty()) {
        let help = part.help.values().next().map_or("", String::as_str);
        reading.note(&format!("{code}/help"), Effect::Lost, Reason::Message, help);
    }
}

/// A row with its key.
pub(super) struct Line<'b> {
    pub(super) part: &'b Part,
    pub(super) key: QuestionKey,
    pub(super) text: Localized,
}

/// The rows with their keys, which begin with `name`.
pub(super) fn lines<'b>(
    reading: &mut Reading<'_>,
    asking: &'b Asking,
    name: &str,
    behind: &str,
) -> Option<Vec<Line<'b>>> {
    let mut found = Vec::new();
    for part in asking.parts_of(0) {
        let path = format!("{}/{}", reading.path, part.code);
        found.push(Line {
            part,
            key: reading.key(&format!("{name}_{}{behind}", part.code))?,
            text: reading.named(&part.text, &part.code, &path),
        });
        part_rest(reading, part);
    }
    Some(found)
}
