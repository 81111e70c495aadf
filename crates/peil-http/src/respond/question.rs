//! A question as a template shows it.

use std::borrow::Cow;

use peil_domain::{
    response::{AnswerProblem, OTHER, RawAnswers},
    shared::{Language, QuestionKey},
    survey::{CesVersion, Choice, CsatLook, Question, QuestionKind},
};

use super::fields::OTHER_SUFFIX;
use crate::edge::{problem::answer_problem, text::Text};

/// A question with what was answered so far.
pub(super) struct Ask<'a> {
    pub(super) key: &'a str,
    pub(super) text: &'a str,
    pub(super) hint: Cow<'a, str>,
    /// Whether it must or need not be answered, where that is worth saying.
    pub(super) duty: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) shape: Shape<'a>,
}

/// What it looks like.
pub(super) enum Shape<'a> {
    /// Text without a question.
    Statement,
    /// Numbers in a row, with words at both ends.
    Scale {
        class: &'static str,
        options: Vec<Pick<'a>>,
        low: Cow<'a, str>,
        high: Cow<'a, str>,
    },
    /// Five faces with words.
    Faces(Vec<Pick<'a>>),
    /// Five stars with words.
    Stars(Vec<Pick<'a>>),
    /// Answers below each other.
    List {
        kind: &'static str,
        options: Vec<Pick<'a>>,
        other: Option<Other<'a>>,
    },
    /// One line.
    Line(&'a str),
    /// Room to write.
    Area(&'a str),
}

/// One answer to choose.
pub(super) struct Pick<'a> {
    pub(super) value: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    pub(super) is_chosen: bool,
}

/// "Other, namely ...".
pub(super) struct Other<'a> {
    pub(super) is_chosen: bool,
    pub(super) words: &'a str,
}

impl<'a> Ask<'a> {
    /// Prepares `question` in the language of `t`.
    pub(super) fn new(
        question: &'a Question,
        answers: &'a RawAnswers,
        refused: &[(QuestionKey, AnswerProblem)],
        marking: Marking,
        t: Text,
    ) -> Self {
        let problem = refused.iter().find(|(key, _)| *key == question.key);
        let given = Given {
            key: question.key.as_str(),
            answers,
        };
        Self {
            key: question.key.as_str(),
            text: question.text.get(t.language),
            hint: hint(question, t),
            duty: marking.of(question).map(|key| t.s(key)),
            problem: problem.map(|(_, problem)| answer_problem(problem, t).1),
            shape: shape(question, &given, t),
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

/// The words from very dissatisfied to very satisfied.
const SATISFACTION: [&str; 5] = [
    "respond-csat-1",
    "respond-csat-2",
    "respond-csat-3",
    "respond-csat-4",
    "respond-csat-5",
];

/// What came along for one question.
struct Given<'a> {
    key: &'a str,
    answers: &'a RawAnswers,
}

impl<'a> Given<'a> {
    fn has(&self, value: &str) -> bool {
        let values = self.answers.get(self.key).into_iter().flatten();
        values.map(|given| given.trim()).any(|given| given == value)
    }

    fn text(&self) -> &'a str {
        self.answers
            .get(self.key)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }

    fn other_words(&self) -> &'a str {
        let name = format!("{}{OTHER_SUFFIX}", self.key);
        self.answers
            .get(&name)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }

    fn pick(&self, value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Pick<'a> {
        let value = value.into();
        Pick {
            is_chosen: self.has(&value),
            label: label.into(),
            value,
        }
    }
}

fn hint(question: &Question, t: Text) -> Cow<'_, str> {
    let written = question.help.get(t.language);
    if !written.is_empty() {
        return written.into();
    }
    match &question.kind {
        QuestionKind::Choice {
            is_multiple: true, ..
        } => t.s("respond-several").into(),
        QuestionKind::Text { is_long: true } => t.s("respond-no-names").into(),
        _ => "".into(),
    }
}

fn shape<'a>(question: &'a Question, given: &Given<'a>, t: Text) -> Shape<'a> {
    let ends = |low: &str, high: &str| (Cow::Owned(t.s(low)), Cow::Owned(t.s(high)));
    match &question.kind {
        QuestionKind::Statement => Shape::Statement,
        QuestionKind::Text { is_long: false } => Shape::Line(given.text()),
        QuestionKind::Text { is_long: true } => Shape::Area(given.text()),
        QuestionKind::Choice {
            options,
            is_multiple,
            has_other,
        } => list(options, *is_multiple, *has_other, given, t.language),
        QuestionKind::YesNo => {
            let options = vec![
                given.pick("1", t.s("respond-yes")),
                given.pick("0", t.s("respond-no")),
            ];
            Shape::List {
                kind: "radio",
                options,
                other: None,
            }
        }
        QuestionKind::Csat { look } => {
            let words = (1..).zip(SATISFACTION);
            let picks = words.map(|(score, key): (i32, _)| given.pick(score.to_string(), t.s(key)));
            let options = picks.collect();
            match look {
                CsatLook::Smileys => Shape::Faces(options),
                CsatLook::Stars => Shape::Stars(options),
                CsatLook::Words => Shape::List {
                    kind: "radio",
                    options,
                    other: None,
                },
            }
        }
        QuestionKind::Nps => scale(question, given, ends("respond-nps-low", "respond-nps-high")),
        QuestionKind::Mark => scale(
            question,
            given,
            ends("respond-mark-low", "respond-mark-high"),
        ),
        QuestionKind::Ces {
            version: CesVersion::V2,
        } => scale(question, given, ends("respond-ces-low", "respond-ces-high")),
        QuestionKind::Ces {
            version: CesVersion::V1,
        } => scale(
            question,
            given,
            ends("respond-effort-low", "respond-effort-high"),
        ),
        QuestionKind::Rating {
            min,
            max,
            low_label,
            high_label,
            ..
        } => {
            let end = |score: &i32, label: &str| match label {
                "" => Cow::Borrowed(""),
                words => Cow::Owned(format!("{score} = {words}")),
            };
            let low = end(min, low_label.get(t.language));
            scale(question, given, (low, end(max, high_label.get(t.language))))
        }
    }
}

fn scale<'a>(
    question: &'a Question,
    given: &Given<'a>,
    (low, high): (Cow<'a, str>, Cow<'a, str>),
) -> Shape<'a> {
    let scores = question
        .kind
        .scale()
        .into_iter()
        .flat_map(|scale| scale.scores());
    let options: Vec<_> = scores
        .map(|score| given.pick(score.to_string(), score.to_string()))
        .collect();
    // How the numbers break over two rows on a phone.
    let class = match options.len() {
        11.. => "scale n11",
        9 | 10 => "scale n10",
        7 | 8 => "scale n7",
        _ => "scale",
    };
    Shape::Scale {
        class,
        options,
        low,
        high,
    }
}

fn list<'a>(
    options: &'a [Choice],
    is_multiple: bool,
    has_other: bool,
    given: &Given<'a>,
    language: Language,
) -> Shape<'a> {
    let picks = options
        .iter()
        .map(|option| given.pick(option.code.as_str(), option.label.get(language)));
    let other = has_other.then(|| Other {
        is_chosen: given.has(OTHER),
        words: given.other_words(),
    });
    let kind = if is_multiple { "checkbox" } else { "radio" };
    Shape::List {
        kind,
        options: picks.collect(),
        other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use peil_domain::shared::Localized;

    fn questions(required: &[bool]) -> Vec<Question> {
        let question = |is_required: &bool| Question {
            key: "vraag".parse().unwrap(),
            text: Localized::default(),
            help: Localized::default(),
            is_required: *is_required,
            kind: QuestionKind::Nps,
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
