//! Comparing the means of several groups.

use super::kruskal::rank_test;
use super::pairs::all_pairs;
use super::{GroupComparison, freedom, require_groups};
use crate::distributions::{f_upper_tail, student_two_sided_p};
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::{Histogram, Moments};
use crate::mean_diff::welch_test;
use crate::not_measurable::NotMeasurable;

/// One group in Welch's analysis.
struct Group {
    moments: Moments,
    mean: f64,
    /// n over the sample variance.
    weight: f64,
}

/// Compares the means of two or more groups on one scale, in scale units.
///
/// Welch's analysis of variance, which does not suppose equal spread, beside the rank test of
/// Kruskal and Wallis, which does not suppose equal steps between scores; pairs by Welch's t test.
///
/// ```
/// use peil_measure::{Histogram, compare_means};
///
/// let teams = [
///     Histogram::from_counts(1, vec![0, 12, 8, 12, 15, 8, 2])?,
///     Histogram::from_counts(1, vec![3, 10, 1, 0, 0, 4, 4])?,
///     Histogram::from_counts(1, vec![6, 1, 3, 13, 8, 1, 4])?,
/// ];
/// let outcome = compare_means(&teams)?;
/// assert!((outcome.statistic - 0.512).abs() < 0.001 && (outcome.p - 0.603).abs() < 0.001);
/// let ranks = outcome.ranks.ok_or("means have a rank test")?;
/// assert!((ranks.kruskal_p - 0.420).abs() < 0.001);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NotMeasurable`]: too few groups, an empty group, or a group without spread;
/// [`MeasureError::ScalesDiffer`].
///
/// # Sources
/// Welch (1951), *Biometrika* 38, 330-336; Kruskal and Wallis (1952), *Journal of the American
/// Statistical Association* 47, 583-621.
pub fn compare_means(groups: &[Histogram]) -> Result<GroupComparison, MeasureError> {
    require_groups(groups)?;
    let mut sides = Vec::with_capacity(groups.len());
    for group in groups {
        let moments = group.moments();
        let spread = moments.variance().filter(|variance| *variance > 0.0);
        let Some((mean, variance)) = moments.mean().zip(spread) else {
            return Err(NotMeasurable::ZeroVariance.into());
        };
        let weight = real(moments.n) / variance;
        sides.push(Group {
            moments,
            mean,
            weight,
        });
    }
    let between = freedom(&sides);
    let (statistic, within) = welch_anova(&sides, between);
    let pairs = all_pairs(&sides, |a, b| {
        // Both have spread, so there always is a test.
        welch_test(&a.moments, &b.moments).map_or((b.mean - a.mean, 1.0), |test| {
            (test.diff, student_two_sided_p(test.t, test.df))
        })
    })?;
    Ok(GroupComparison {
        statistic,
        df: vec![between, within],
        p: f_upper_tail(statistic, between, within),
        ranks: Some(rank_test(groups, between)),
        pairs,
    })
}

/// Welch's F and its second degrees of freedom.
fn welch_anova(groups: &[Group], between: f64) -> (f64, f64) {
    let count = between + 1.0;
    let total: f64 = groups.iter().map(|group| group.weight).sum();
    let mean = groups.iter().map(|g| g.weight * g.mean).sum::<f64>() / total;
    let spread: f64 = groups
        .iter()
        .map(|g| g.weight * (g.mean - mean).powi(2))
        .sum();
    let imbalance: f64 = groups
        .iter()
        .map(|g| (1.0 - g.weight / total).powi(2) / (real(g.moments.n) - 1.0))
        .sum::<f64>()
        / (count * count - 1.0);
    let statistic = spread / (between * (1.0 + 2.0 * (count - 2.0) * imbalance));
    (statistic, (3.0 * imbalance).recip())
}
