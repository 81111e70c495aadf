//! Comparing the NPS of several groups.

use super::pairs::all_pairs;
use super::{GroupComparison, freedom, require_groups};
use crate::distributions::{chi_squared_upper_tail, normal_two_sided_p};
use crate::error::MeasureError;
use crate::histogram::Histogram;
use crate::not_measurable::NotMeasurable;
use crate::nps::{NpsEstimate, Split};

/// Compares the NPS of two or more groups, in points.
///
/// Cochran's Q = Σ w (y - ȳ)² with w = 1 / se² of Wald and ȳ the mean weighted by w: χ² with one
/// degree of freedom fewer than groups. Pairs by z = diff / √(`se_i`² + `se_j`²).
///
/// ```
/// use peil_measure::{Histogram, compare_nps};
///
/// let shops = [
///     Histogram::from_counts(0, vec![3, 0, 1, 0, 1, 3, 6, 14, 32, 28, 16])?,
///     Histogram::from_counts(0, vec![3, 0, 1, 5, 2, 3, 1, 16, 27, 17, 10])?,
///     Histogram::from_counts(0, vec![9, 4, 8, 5, 9, 7, 8, 12, 6, 5, 2])?,
/// ];
/// let outcome = compare_nps(&shops)?;
/// assert!(outcome.p < 0.000_1);
/// let differing: Vec<_> = outcome.pairs.iter().filter(|pair| pair.p_holm < 0.05)
///     .map(|pair| (pair.i, pair.j)).collect();
/// assert_eq!(differing, [(0, 2), (1, 2)]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable`]: too few groups, an empty group, or a group in which everyone is of the same
/// kind; [`MeasureError::NotRecommendationScale`].
///
/// # Sources
/// Cochran (1954), *Biometrics* 10, 101-129.
pub fn compare_nps(groups: &[Histogram]) -> Result<GroupComparison, MeasureError> {
    require_groups(groups)?;
    let mut estimates = Vec::with_capacity(groups.len());
    for group in groups {
        estimates.extend(Split::of(group)?.wald());
    }
    if estimates.iter().any(|estimate| estimate.se <= 0.0) {
        return Err(NotMeasurable::ZeroVariance.into());
    }
    let weight = |estimate: &NpsEstimate| (estimate.se * estimate.se).recip();
    let total: f64 = estimates.iter().map(weight).sum();
    let mean = estimates.iter().map(|y| weight(y) * y.nps).sum::<f64>() / total;
    let statistic = estimates
        .iter()
        .map(|y| weight(y) * (y.nps - mean).powi(2))
        .sum();
    let df = freedom(&estimates);
    let pairs = all_pairs(&estimates, |a, b| {
        let diff = b.nps - a.nps;
        (diff, normal_two_sided_p(diff / a.se.hypot(b.se)))
    })?;
    Ok(GroupComparison {
        statistic,
        df: vec![df],
        p: chi_squared_upper_tail(statistic, df),
        ranks: None,
        pairs,
    })
}
