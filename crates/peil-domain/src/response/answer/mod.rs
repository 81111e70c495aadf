//! Answers, and why one is refused.

mod choose;
mod raw;
mod read;
mod row;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use raw::raw_answers;
pub use read::{Reading, field_names, read_answers, read_question};

use crate::{shared::QuestionKey, survey::ContactField};

/// Field values by name, as a form or API call sends them.
pub type RawAnswers = BTreeMap<String, Vec<String>>;

/// Questions or rows whose answers are refused, each with the reason.
pub type Refused = Vec<(QuestionKey, AnswerProblem)>;

/// One answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub key: QuestionKey,
    /// What was answered.
    pub value: AnswerValue,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// A score on the scale of the question; 1 for yes; of a number how many of its last decimal
    /// it is; of a date the number of the day.
    Score(i32),
    /// Codes of the chosen options, in the order of the question, and the words of "other".
    Choices {
        /// Codes of the chosen options; `other` when "other" was chosen.
        codes: Vec<QuestionKey>,
        /// The words behind "other, namely".
        other: Option<String>,
    },
    /// The respondent's own words.
    Text(String),
    /// Who the respondent is: personal data.
    Details(BTreeMap<ContactField, String>),
    /// The question does not apply to the respondent; counted in no figure.
    NotApplicable,
}

/// Why an answer is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "problem")]
#[non_exhaustive]
pub enum AnswerProblem {
    /// The question must be answered.
    #[error("answer missing")]
    Missing,
    /// The score is not on the scale.
    #[error("score not on the scale {min} to {max}")]
    NotOnScale {
        /// Lowest score.
        min: i32,
        /// Highest score.
        max: i32,
    },
    /// The option does not exist.
    #[error("unknown option")]
    UnknownOption,
    /// Several answers where one is asked.
    #[error("more than one answer")]
    TooMany,
    /// The text is too long.
    #[error("text longer than {most} characters")]
    TooLong {
        /// Greatest number of characters.
        most: usize,
    },
    /// The text is too short.
    #[error("text shorter than {least} characters")]
    TooShort {
        /// Least number of characters.
        least: u32,
    },
    /// Fewer options chosen than asked.
    #[error("fewer than {least} options chosen")]
    TooFewChosen {
        /// Least number of options.
        least: u32,
    },
    /// More options chosen than asked.
    #[error("more than {most} options chosen")]
    TooManyChosen {
        /// Greatest number of options.
        most: u32,
    },
    /// An option such as "none of these" beside another.
    #[error("an option that excludes others chosen beside another")]
    NotAlone,
    /// The text does not look as it must; the question has words for it.
    #[error("text does not match the pattern")]
    NotInPattern,
    /// The text is no number with so many decimals.
    #[error("no number with at most {decimals} decimals")]
    NotANumber {
        /// Greatest number of decimals.
        decimals: u8,
    },
    /// The number is too low or too high.
    #[error("number not between {min} and {max}")]
    NotBetween {
        /// Lowest number.
        min: i32,
        /// Highest number.
        max: i32,
    },
    /// The text is no day.
    #[error("no day as 2026-01-31")]
    NotADay,
    /// The day is too early or too late.
    #[error("day not between {earliest:?} and {latest:?}")]
    DayNotBetween {
        /// First day, if there is one.
        earliest: Option<Date>,
        /// Last day, if there is one.
        latest: Option<Date>,
    },
    /// The text is no mail address.
    #[error("no mail address")]
    NotAnAddress,
    /// Two things have the same place in a ranking.
    #[error("place {place} given twice")]
    PlaceTwice {
        /// The place.
        place: i32,
    },
    /// The field belongs to no question of this version.
    #[error("unknown question")]
    UnknownQuestion,
}

/// Code under which "other, namely" is stored.
pub const OTHER: &str = "other";
/// What is sent for "not applicable". It cannot be the code of an option.
pub const NOT_APPLICABLE: &str = "n/a";
/// Longest open answer in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// Longest short text in characters.
pub const LONGEST_LINE: usize = 500;
