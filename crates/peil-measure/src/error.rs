//! What this crate refuses, named after the input that was wrong.

use thiserror::Error;

use crate::not_measurable::NotMeasurable;

/// An input that no measure can be computed from.
///
/// *No answers* is not an error: measures then carry `None`.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// A confidence level is a number strictly between 0 and 1.
    #[error("level {level} is not strictly between 0 and 1")]
    LevelOutOfRange {
        /// The level that was given.
        level: f64,
    },
    /// A scale has a lowest and a highest score and at most
    /// [`MAX_CATEGORIES`](crate::MAX_CATEGORIES) scores in all.
    #[error(
        "a scale of {categories} scores from {scale_min} is not between 1 and {limit} scores long"
    )]
    ScaleLength {
        /// The lowest score.
        scale_min: i32,
        /// How many scores were asked for; 0 when the highest is below the lowest.
        categories: u64,
        /// The largest number of scores.
        limit: usize,
    },
    /// A score was recorded that the scale does not have.
    #[error("score {score} is outside the scale {scale_min} to {scale_max}")]
    ScoreOutsideScale {
        /// The score that was given.
        score: i32,
        /// The lowest score of the scale.
        scale_min: i32,
        /// The highest score of the scale.
        scale_max: i32,
    },
    /// Two histograms can only be merged or compared on the same scale.
    #[error("scale {other_min} to {other_max} differs from scale {scale_min} to {scale_max}")]
    ScalesDiffer {
        /// The lowest score of the first scale.
        scale_min: i32,
        /// The highest score of the first scale.
        scale_max: i32,
        /// The lowest score of the other scale.
        other_min: i32,
        /// The highest score of the other scale.
        other_max: i32,
    },
    /// More answers than [`MAX_ANSWERS`](crate::MAX_ANSWERS).
    #[error("{input} holds more than {limit} answers")]
    TooManyAnswers {
        /// The input that is too large.
        input: &'static str,
        /// The largest number of answers.
        limit: u64,
    },
    /// The NPS is defined for the scores 0 to 10 only.
    #[error("scale {scale_min} to {scale_max} is not the recommendation scale 0 to 10")]
    NotRecommendationScale {
        /// The lowest score of the scale.
        scale_min: i32,
        /// The highest score of the scale.
        scale_max: i32,
    },
    /// The number of highest scores that count as success is at least 1 and at most all.
    #[error("top {top} is not between 1 and the {categories} scores of the scale")]
    TopOutsideScale {
        /// How many highest scores were to count.
        top: usize,
        /// How many scores the scale has.
        categories: usize,
    },
    /// There were more successes than trials.
    #[error("{successes} successes exceed the total of {n}")]
    SuccessesExceedTotal {
        /// The successes.
        successes: u64,
        /// The total.
        n: u64,
    },
    /// A probability is a number from 0 up to and including 1.
    #[error("{input} {value} is not between 0 and 1")]
    NotProbability {
        /// The input that holds the number.
        input: &'static str,
        /// The number.
        value: f64,
    },
    /// A number is outside the range in which it means something.
    #[error("{input} {value} is not {expected}")]
    NumberOutOfRange {
        /// The input that holds the number.
        input: &'static str,
        /// The number.
        value: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// Two lists that belong together are not equally long.
    #[error("{input} has {length} items where {expected} belong")]
    LengthsDiffer {
        /// The list that does not fit.
        input: &'static str,
        /// How long it is.
        length: usize,
        /// How long it should be.
        expected: usize,
    },
    /// A part was given that is not a part of its whole.
    #[error("score {score} is given {part} times in a part of a whole with {whole}")]
    PartExceedsWhole {
        /// The score.
        score: i32,
        /// How often the part has it.
        part: u64,
        /// How often the whole has it.
        whole: u64,
    },
    /// The data are readable, but allow no such statistic.
    #[error(transparent)]
    NotMeasurable(#[from] NotMeasurable),
    /// Letters are for as many groups as someone can compare by eye.
    #[error("{groups} groups are more than the {limit} that get letters")]
    TooManyGroups {
        /// How many groups there were.
        groups: usize,
        /// The largest number of groups.
        limit: usize,
    },
    /// A pair is two different groups of those that are compared.
    #[error("{first} and {second} are not a pair of {groups} groups")]
    NotPair {
        /// The first of the pair.
        first: usize,
        /// The second of the pair.
        second: usize,
        /// How many groups there are.
        groups: usize,
    },
    /// A cell is one category of every axis of its table.
    #[error("the table has no such cell")]
    NoSuchCell,
}
