//! Why well-formed data give no statistic, with the code that programs read.

use thiserror::Error;

/// Data that are readable but do not allow the statistic that was asked for.
///
/// Unlike other refusals these say something about the data, not about the caller: a page explains
/// them, and [`cases`](crate::cases) answers them as `{"error": code}`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NotMeasurable {
    /// A comparison needs more groups than there are.
    #[error("there are too few groups")]
    TooFewGroups,
    /// Nobody answered in one of the groups.
    #[error("nobody answered in group {group}")]
    EmptyGroup {
        /// Its 0-based place.
        group: usize,
    },
    /// All answers agree where a spread is needed.
    #[error("the answers have no spread")]
    ZeroVariance,
    /// A trend needs at least three periods with answers at different times.
    #[error("there are fewer than three periods with answers")]
    TooFewPeriods,
    /// A trend test needs at least three points.
    #[error("there are fewer than three points")]
    TooFewPoints,
    /// A sample cannot be larger than the population that it is from.
    #[error("{n} answers exceed the population of {population}")]
    SampleExceedsPopulation {
        /// How many answered.
        n: u64,
        /// How many there are.
        population: u64,
    },
    /// Somebody answered in a category that the population does not have.
    #[error("the population has no category {category}")]
    UnknownCategory {
        /// The category, as it was named or by its 0-based place.
        category: String,
    },
    /// Nobody answered in a category that the population does have.
    #[error("nobody answered in category {category}")]
    EmptyCategory {
        /// The category.
        category: String,
    },
    /// The margins of two variables add up to different populations.
    #[error("the margins of {variable} add up to another total than those before it")]
    MarginTotalsDiffer {
        /// The first variable that differs.
        variable: String,
    },
    /// More people responded than were invited.
    #[error("{responded} responded of {n} invited")]
    RespondedExceedsInvited {
        /// How many responded.
        responded: u64,
        /// How many were invited.
        n: u64,
    },
    /// Everyone responded, or nobody.
    #[error("everyone responded, or nobody did")]
    NoResponseVariation,
    /// No weights within the bounds have the sum that has to be kept.
    #[error("no weights within the bounds keep the sum")]
    Infeasible,
    /// Nobody answered in a stratum that the population does have.
    #[error("nobody answered in stratum {stratum}")]
    EmptyStratum {
        /// The name of the stratum.
        stratum: String,
    },
    /// Somebody answered in a stratum without population.
    #[error("stratum {stratum} has answers but no population")]
    UnknownStratum {
        /// The name of the stratum.
        stratum: String,
    },
    /// A scale or a reliability needs at least two items.
    #[error("there are too few items")]
    TooFewItems,
    /// Fewer rows without anything missing than the method needs.
    #[error("there are {rows} complete rows where {needed} are needed")]
    TooFewRows {
        /// How many rows are complete.
        rows: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A column is a sum of the others.
    #[error("one column follows from the others")]
    Singular,
    /// No group has two values, or there is one group only.
    #[error("spread within groups cannot be told from spread between groups")]
    NotIdentified,
}

impl NotMeasurable {
    /// The code that programs read, in lower case with underscores.
    ///
    /// ```
    /// assert_eq!(peil_measure::NotMeasurable::ZeroVariance.code(), "zero_variance");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooFewGroups => "too_few_groups",
            Self::EmptyGroup { .. } => "empty_group",
            Self::ZeroVariance => "zero_variance",
            Self::TooFewPeriods => "too_few_periods",
            Self::TooFewPoints => "too_few_points",
            Self::SampleExceedsPopulation { .. } => "n_exceeds_population",
            Self::UnknownCategory { .. } => "unknown_category",
            Self::EmptyCategory { .. } => "empty_category",
            Self::MarginTotalsDiffer { .. } => "margin_totals_differ",
            Self::RespondedExceedsInvited { .. } => "responded_exceeds_n",
            Self::NoResponseVariation => "no_response_variation",
            Self::Infeasible => "infeasible",
            Self::EmptyStratum { .. } => "empty_stratum",
            Self::UnknownStratum { .. } => "unknown_stratum",
            Self::TooFewItems => "too_few_items",
            Self::TooFewRows { .. } => "too_few_rows",
            Self::Singular => "singular",
            Self::NotIdentified => "not_identified",
        }
    }
}
