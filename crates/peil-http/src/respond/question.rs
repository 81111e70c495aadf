//! A question as a template shows it.

use std::borrow::Cow;

use peil_domain::{
    response::{AnswerProblem, Flow, NOT_APPLICABLE, RawAnswers, Refused, Wording},
    shared::QuestionKey,
    survey::{Formula, Question, QuestionKind},
};

use super::shape::{Pick, Shape};
use crate::edge::{problem::answer_problem, text::Text};

/// A question with what was answered so far.
pub(super) struct Ask<'a> {
    pub(super) key: &'a str,
    pub(super) text: Cow<'a, str>,
    pub(super) hint: Cow<'a, str>,
    /// Whether it must or need not be answered, where that is worth saying.
    pub(super) duty: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) picture: Option<PictureView<'a>>,
    /// The condition, when it depends on answers on the same page.
    pub(super) condition: Option<String>,
    /// Whether a condition on the same page may look at its answer.
    pub(super) is_live: bool,
    /// What its answer is in conditions.
    pub(super) value: &'static str,
    /// "Not applicable", for what is typed.
    pub(super) not_applicable: Option<Pick<'a>>,
    pub(super) shape: Shape<'a>,
}

/// A picture above a question.
pub(super) struct PictureView<'a> {
    pub(super) href: String,
    pub(super) description: Cow<'a, str>,
}

/// What every question of a page is shown with.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) flow: &'a Flow<'a>,
    pub(super) page: usize,
    pub(super) answers: &'a RawAnswers,
    pub(super) refused: &'a Refused,
    pub(super) marking: Marking,
    pub(super) words: Wording<'a>,
    pub(super) t: Text,
    /// Where pictures are found.
    pub(super) pictures: &'a str,
    /// Whether anything on the page depends on answers on it.
    pub(super) is_live: bool,
}

impl<'a> Around<'a> {
    /// A text for this respondent.
    pub(super) fn say(&self, text: &'a str) -> Cow<'a, str> {
        if text.contains("{{") {
            self.flow.fill(text, self.words).into()
        } else {
            text.into()
        }
    }

    /// A condition that depends on answers on this page, for the page itself.
    pub(super) fn condition(&self, condition: Option<&Formula>) -> Option<String> {
        let tree = self.flow.tree_on(self.page, condition)?;
        Some(tree.to_string())
    }

    /// What is wrong with the answer under a key.
    pub(super) fn problem(&self, key: &QuestionKey, question: &Question) -> Option<String> {
        let (_, problem) = self.refused.iter().find(|(refused, _)| refused == key)?;
        if *problem == AnswerProblem::NotAnAddress {
            // Said beside the field for the address.
            return None;
        }
        let said = match (problem, &question.rules.pattern) {
            (AnswerProblem::NotInPattern, Some(pattern)) => {
                pattern.message.get(self.t.language).to_owned()
            }
            _ => String::new(),
        };
        Some(if said.is_empty() {
            answer_problem(problem, self.t).1
        } else {
            said
        })
    }
}

impl Around<'_> {
    /// Whether something else than an address was given where one was asked.
    pub(super) fn is_no_address(&self, key: &QuestionKey) -> bool {
        let mut refused = self.refused.iter();
        refused.any(|(refused, problem)| refused == key && *problem == AnswerProblem::NotAnAddress)
    }
}

impl<'a> Ask<'a> {
    /// Prepares `question`.
    pub(super) fn new(question: &'a Question, around: &Around<'a>) -> Self {
        let t = around.t;
        let shape = Shape::of(question, around);
        let is_typed = matches!(shape, Shape::Line { .. } | Shape::Area(_));
        Self {
            key: question.key.as_str(),
            text: around.say(question.text.get(t.language)),
            hint: hint(question, around),
            duty: around.marking.of(question).map(|key| t.s(key)),
            problem: around.problem(&question.key, question),
            picture: question.picture.as_ref().map(|picture| PictureView {
                href: format!("{}/{}", around.pictures, picture.file),
                description: around.say(picture.description.get(t.language)),
            }),
            condition: around.condition(question.show_if.as_ref()),
            is_live: around.is_live,
            value: value_name(&question.kind),
            not_applicable: (question.allows_not_applicable && is_typed).then(|| {
                let given = around.answers.get(question.key.as_str());
                Pick {
                    value: NOT_APPLICABLE.into(),
                    label: t.s("respond-not-applicable").into(),
                    is_chosen: given
                        .into_iter()
                        .flatten()
                        .any(|value| value == NOT_APPLICABLE),
                    condition: None,
                }
            }),
            shape,
        }
    }

    /// The ids of what explains the question, for screen readers.
    pub(super) fn described_by(&self) -> String {
        let has_ends = matches!(&self.shape, Shape::Scale { low, high, .. }
            if !low.is_empty() || !high.is_empty());
        let parts = [
            (!self.hint.is_empty(), "h"),
            (self.problem.is_some(), "e"),
            (has_ends, "x"),
        ];
        let ids = parts.iter().filter(|(is_there, _)| *is_there);
        ids.map(|(_, letter)| format!("{}-{letter}", self.key))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// What is wrong with it: where, and in which question or row.
    pub(super) fn wrong(&self) -> Vec<(&str, &str)> {
        let own = self.problem.is_some().then(|| (self.key, &*self.text));
        let rows = self.shape.wrong();
        own.into_iter().chain(rows).collect()
    }
}

/// What an answer to a question of this kind is in conditions.
const fn value_name(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::YesNo | QuestionKind::Consent => "truth",
        QuestionKind::Date { .. } => "date",
        QuestionKind::Number { .. } => "number",
        QuestionKind::Choice {
            is_multiple: true, ..
        } => "list",
        QuestionKind::Choice { .. } | QuestionKind::Text { .. } => "text",
        QuestionKind::Contact { .. } | QuestionKind::Statement => "none",
        _ => "score",
    }
}

/// Which questions say whether they must be answered: the fewer of the two, so that a page does not
/// repeat itself. When all are alike there is nothing to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marking {
    /// Those that must be answered.
    Required,
    /// Those that need not be answered.
    Optional,
    /// None.
    Nothing,
}

impl Marking {
    /// The marking of a whole questionnaire, so that all its pages do the same.
    pub(super) fn for_questions<'a>(questions: impl Iterator<Item = &'a Question>) -> Self {
        let mut required = 0;
        let mut optional = 0;
        for question in questions.filter(|question| question.kind.asks()) {
            *(if question.is_required {
                &mut required
            } else {
                &mut optional
            }) += 1;
        }
        match (required, optional) {
            (0, _) | (_, 0) => Self::Nothing,
            _ if required < optional => Self::Required,
            _ => Self::Optional,
        }
    }

    fn of(self, question: &Question) -> Option<&'static str> {
        match self {
            Self::Required if question.is_required => Some("respond-required"),
            Self::Optional if !question.is_required && question.kind.asks() => {
                Some("respond-optional")
            }
            _ => None,
        }
    }
}

fn hint<'a>(question: &'a Question, around: &Around<'a>) -> Cow<'a, str> {
    let t = around.t;
    let written = question.help.get(t.language);
    if !written.is_empty() {
        return around.say(written);
    }
    let rules = &question.rules;
    match &question.kind {
        QuestionKind::Choice {
            is_multiple: true, ..
        } => match (rules.least, rules.most) {
            (_, Some(most)) => t.a("respond-at-most", &[("n", most.into())]),
            (Some(least), None) => t.a("respond-at-least", &[("n", least.into())]),
            (None, None) => t.s("respond-several"),
        }
        .into(),
        QuestionKind::Text { is_long: true } => t.s("respond-no-names").into(),
        QuestionKind::Ranking { rows, .. } => {
            t.a("respond-rank", &[("n", rows.len().into())]).into()
        }
        QuestionKind::Slider { min, max, .. }
            if matches!(Shape::of(question, around), Shape::Line { .. }) =>
        {
            t.a(
                "respond-between",
                &[("min", (*min).into()), ("max", (*max).into())],
            )
            .into()
        }
        QuestionKind::Number {
            min: Some(min),
            max: Some(max),
            ..
        } => t
            .a(
                "respond-between",
                &[("min", (*min).into()), ("max", (*max).into())],
            )
            .into(),
        _ => "".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use peil_domain::{shared::Localized, survey::QuestionKind};

    fn questions(required: &[bool]) -> Vec<Question> {
        let question = |is_required: &bool| Question {
            is_required: *is_required,
            ..Question::new(
                "vraag".parse().unwrap(),
                Localized::default(),
                QuestionKind::Nps,
            )
        };
        required.iter().map(question).collect()
    }

    #[test]
    fn only_the_fewer_of_required_and_optional_questions_are_marked() {
        let cases: [(&[bool], Marking); 5] = [
            (&[true, false, false], Marking::Required),
            (&[true, true, false], Marking::Optional),
            (&[true, false], Marking::Optional),
            (&[false, false], Marking::Nothing),
            (&[true], Marking::Nothing),
        ];
        for (required, marking) in cases {
            assert_eq!(
                Marking::for_questions(questions(required).iter()),
                marking,
                "{required:?}"
            );
        }
    }
}
