//! Marks on submissions that deserve a second look. They never remove an answer by themselves:
//! figures leave out what is marked as automatic until they are asked to take it along.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Answer, AnswerValue};
use crate::survey::{Definition, QuestionKind};

/// One mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Filled in faster than the questions can be read.
    TooFast,
    /// The same score on every scale.
    StraightLine,
    /// The field that people cannot see was filled in.
    Robot,
    /// There were enough answers of its kind already; it is kept as stopped on the way.
    OverQuota,
}

impl Flag {
    /// Every mark.
    pub const ALL: [Self; 4] = [
        Self::TooFast,
        Self::StraightLine,
        Self::Robot,
        Self::OverQuota,
    ];

    /// The mark as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooFast => "too_fast",
            Self::StraightLine => "straight_line",
            Self::Robot => "robot",
            Self::OverQuota => "over_quota",
        }
    }

    /// The mark with this word, if there is one.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.code() == code)
    }

    /// Whether no person can have caused it. People can be fast or answer all alike, with a score
    /// that they clicked in a mail for example; they cannot fill in what they cannot see.
    #[must_use]
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::Robot)
    }
}

/// The marks of one submission.
pub type Flags = BTreeSet<Flag>;

/// Seconds in which nobody reads and answers one question.
const FASTEST_SECONDS_PER_QUESTION: f64 = 0.8;
/// From how many scales on the same score everywhere is remarkable.
const LEAST_SCALES: usize = 5;

/// Marks a submission. `seconds` is the time between showing and sending the page, when known.
#[must_use]
pub fn flags(
    definition: &Definition,
    answers: &[Answer],
    seconds: Option<f64>,
    robot_field_filled: bool,
) -> Flags {
    let mut found = Flags::new();
    let count = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    if seconds.is_some_and(|seconds| seconds < f64::from(count) * FASTEST_SECONDS_PER_QUESTION) {
        found.insert(Flag::TooFast);
    }
    let scores: Vec<i32> = answers
        .iter()
        .filter(|answer| {
            definition.item(&answer.key).is_some_and(|item| {
                // A ranking never has the same score twice.
                let is_ranking = matches!(item.question.kind, QuestionKind::Ranking { .. });
                item.scale.is_some() && !is_ranking
            })
        })
        .filter_map(|answer| match answer.value {
            AnswerValue::Score(score) => Some(score),
            _ => None,
        })
        .collect();
    let is_straight = scores
        .iter()
        .zip(scores.iter().skip(1))
        .all(|(a, b)| a == b);
    if scores.len() >= LEAST_SCALES && is_straight {
        found.insert(Flag::StraightLine);
    }
    if robot_field_filled {
        found.insert(Flag::Robot);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        shared::{Language, Localized},
        survey::{Page, Question},
    };

    fn sheet(scores: &[i32]) -> (Definition, Vec<Answer>) {
        let key = |number: usize| format!("q{number}").parse().unwrap();
        let questions = (0..scores.len())
            .map(|number| {
                Question::new(
                    key(number),
                    Localized::one(Language::Nl, "?"),
                    QuestionKind::Mark,
                )
            })
            .collect();
        let definition = Definition {
            languages: vec![Language::Nl],
            title: Localized::default(),
            pages: vec![Page {
                title: Localized::default(),
                questions,
                ..Page::default()
            }],
            ..Definition::default()
        };
        let answers = scores
            .iter()
            .enumerate()
            .map(|(number, score)| Answer {
                key: key(number),
                value: AnswerValue::Score(*score),
            })
            .collect();
        (definition, answers)
    }

    #[test]
    fn only_what_no_person_can_do_is_automatic() {
        let automatic = Flag::ALL.into_iter().filter(|flag| flag.is_automatic());
        assert_eq!(automatic.collect::<Vec<_>>(), [Flag::Robot]);
        for flag in Flag::ALL {
            let stored = serde_json::to_value(flag).unwrap();
            assert_eq!(stored, flag.code());
            assert_eq!(Flag::of_code(flag.code()), Some(flag));
        }
    }

    #[test]
    fn five_equal_scores_are_a_straight_line_and_four_are_not() {
        let (definition, answers) = sheet(&[8; 5]);
        assert!(flags(&definition, &answers, Some(60.0), false).contains(&Flag::StraightLine));
        let (definition, answers) = sheet(&[8; 4]);
        assert!(flags(&definition, &answers, Some(60.0), false).is_empty());
    }

    #[test]
    fn faster_than_reading_is_marked() {
        let (definition, answers) = sheet(&[8, 7, 9]);
        assert!(flags(&definition, &answers, Some(1.0), false).contains(&Flag::TooFast));
        assert!(!flags(&definition, &answers, None, false).contains(&Flag::TooFast));
    }
}
