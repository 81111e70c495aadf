//! Do several groups differ, and which pairs: one test over all groups, then every pair with
//! p-values adjusted for the number of pairs.

mod kruskal;
mod means;
mod pairs;
mod scores;
mod shares;

use serde::Serialize;

pub use means::compare_means;
pub use pairs::Pair;
pub use scores::compare_nps;
pub use shares::compare_shares;

use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::{Histogram, MAX_ANSWERS};
use crate::not_measurable::NotMeasurable;

/// The outcome of a comparison of groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupComparison {
    /// The statistic of the test over all groups: Cochran's Q, Pearson's χ², or Welch's F.
    pub statistic: f64,
    /// Its degrees of freedom: one number for χ², two for F.
    pub df: Vec<f64>,
    /// The probability of at least this statistic when the groups do not differ.
    pub p: f64,
    /// The test on ranks, which does not suppose equal steps between scores; means only.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub ranks: Option<RankTest>,
    /// Every pair of groups: (0, 1), (0, 2) and so on.
    pub pairs: Vec<Pair>,
}

/// The test of Kruskal and Wallis, corrected for ties.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RankTest {
    /// H, which is χ² with one degree of freedom fewer than there are groups.
    pub kruskal_h: f64,
    /// The probability of at least this H when the groups do not differ.
    pub kruskal_p: f64,
}

/// How many groups there are, as degrees of freedom.
fn freedom<T>(groups: &[T]) -> f64 {
    real(u64::try_from(groups.len()).unwrap_or(u64::MAX)) - 1.0
}

/// Refuses fewer than two groups, groups without answers, groups on different scales and more
/// answers than can be counted exactly.
fn require_groups(groups: &[Histogram]) -> Result<(), MeasureError> {
    let [first, _, ..] = groups else {
        return Err(NotMeasurable::TooFewGroups.into());
    };
    let mut total = 0_u64;
    for (group, histogram) in groups.iter().enumerate() {
        first.require_same_scale(histogram)?;
        if histogram.n() == 0 {
            return Err(NotMeasurable::EmptyGroup { group }.into());
        }
        total = total
            .checked_add(histogram.n())
            .filter(|total| *total <= MAX_ANSWERS)
            .ok_or(MeasureError::TooManyAnswers {
                input: "groups",
                limit: MAX_ANSWERS,
            })?;
    }
    Ok(())
}
