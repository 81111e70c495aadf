//! Questions that are answered row by row.

use peil_domain::{
    response::{AnswerProblem, NOT_APPLICABLE},
    survey::{ContactField, Question, QuestionKind, Row},
};

use super::{
    question::Around,
    shape::{Card, Given, Line, text_of},
};
use crate::{admin::detail_name, edge::problem::answer_problem};

/// The cards of a matrix, in the order of this respondent.
pub(super) fn cards<'a>(question: &'a Question, around: &Around<'a>) -> Vec<Card<'a>> {
    let QuestionKind::Matrix { labels, .. } = &question.kind else {
        return Vec::new();
    };
    let t = around.t;
    let card = |row: &'a Row| {
        let given = Given {
            key: row.key.as_str(),
            answers: around.answers,
        };
        let words = (1..).zip(labels);
        let picks = words.map(|(score, label): (i32, _)| {
            given.pick(score.to_string(), around.say(label.get(t.language)))
        });
        let apart = question
            .allows_not_applicable
            .then(|| given.pick(NOT_APPLICABLE, t.s("respond-not-applicable")));
        Card {
            key: row.key.as_str(),
            text: around.say(row.text.get(t.language)),
            options: picks.chain(apart).collect(),
            problem: around.problem(&row.key, question),
        }
    };
    around.flow.rows(question).into_iter().map(card).collect()
}

/// The lines of a ranking, in the order of this respondent.
pub(super) fn places<'a>(
    question: &'a Question,
    around: &Around<'a>,
) -> Vec<(Line<'a>, Option<String>)> {
    let most = question.kind.rows().len();
    let place = |row: &'a Row| {
        let line = Line {
            name: row.key.as_str().into(),
            label: around.say(row.text.get(around.t.language)),
            value: text_of(around.answers, row.key.as_str()),
            kind: "number",
            keys: "numeric",
            fills: "off",
            limits: vec![("min", "1".into()), ("max", most.to_string())],
        };
        (line, around.problem(&row.key, question))
    };
    around.flow.rows(question).into_iter().map(place).collect()
}

/// The lines of details of a person.
pub(super) fn details<'a>(
    question: &'a Question,
    fields: &[ContactField],
    around: &Around<'a>,
) -> Vec<(Line<'a>, Option<String>)> {
    let detail = |field: &ContactField| {
        let name = format!("{}__{}", question.key, field.code());
        let (kind, fills) = match field {
            ContactField::Name => ("text", "name"),
            ContactField::Email => ("email", "email"),
            ContactField::Phone => ("tel", "tel"),
            ContactField::Organisation => ("text", "organization"),
            ContactField::Remark => ("text", "off"),
        };
        let line = Line {
            value: text_of(around.answers, &name),
            label: around.t.s(detail_name(*field)).into(),
            name: name.into(),
            kind,
            keys: "",
            fills,
            limits: Vec::new(),
        };
        let is_wrong = *field == ContactField::Email && around.is_no_address(&question.key);
        let problem = is_wrong.then(|| answer_problem(&AnswerProblem::NotAnAddress, around.t).1);
        (line, problem)
    };
    fields.iter().map(detail).collect()
}
