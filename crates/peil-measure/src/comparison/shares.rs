//! Comparing a share over several groups.

use super::pairs::all_pairs;
use super::{GroupComparison, freedom, require_groups};
use crate::distributions::{chi_squared_upper_tail, normal_two_sided_p};
use crate::error::MeasureError;
use crate::exact::real_product;
use crate::histogram::Histogram;
use crate::not_measurable::NotMeasurable;
use crate::prop_diff::{difference, pooled_z};

/// Compares the share of the `top` highest scores in two or more groups, as fractions.
///
/// Pearson's χ² of the groups against one common share, with one degree of freedom fewer than
/// groups; pairs by χ² of two by two without continuity correction, p = 1 when both shares are 0
/// or both are 1.
///
/// ```
/// use peil_measure::{Histogram, compare_shares};
///
/// let branches = [
///     Histogram::from_counts(1, vec![3, 28, 15, 5, 1])?,
///     Histogram::from_counts(1, vec![12, 11, 3, 23, 11])?,
/// ];
/// let outcome = compare_shares(&branches, 2)?;
/// // With two groups the test over all and the only pair are the same.
/// assert!((outcome.p - outcome.pairs[0].p).abs() < 1e-12);
/// assert!((outcome.pairs[0].diff - 0.451).abs() < 0.001);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable`]: too few groups, an empty group, or no spread because nobody or everybody
/// gave a top score; [`MeasureError::TopOutsideScale`].
///
/// # Sources
/// Pearson (1900), *Philosophical Magazine* 50, 157-175; Fleiss, Levin and Paik (2003),
/// *Statistical Methods for Rates and Proportions*, chapter 9.
pub fn compare_shares(groups: &[Histogram], top: usize) -> Result<GroupComparison, MeasureError> {
    require_groups(groups)?;
    let mut sides = Vec::with_capacity(groups.len());
    let (mut hits, mut total) = (0_i128, 0_i128);
    for group in groups {
        let (x, n) = (group.top_count(top)?, group.n());
        hits += i128::from(x);
        total += i128::from(n);
        sides.push((x, n));
    }
    if hits == 0 || hits == total {
        return Err(NotMeasurable::ZeroVariance.into());
    }
    // (x/n - X/N)² n / (P Q) with P = X/N, over one denominator.
    let spread = real_product(hits) * real_product(total - hits);
    let statistic = sides
        .iter()
        .map(|(x, n)| {
            let off = real_product(i128::from(*x) * total - i128::from(*n) * hits);
            off / spread * off / real_product(i128::from(*n))
        })
        .sum();
    let df = freedom(&sides);
    let pairs = all_pairs(&sides, |a, b| {
        let diff = difference(*a, *b);
        (diff, pooled_z(diff, *a, *b).map_or(1.0, normal_two_sided_p))
    })?;
    Ok(GroupComparison {
        statistic,
        df: vec![df],
        p: chi_squared_upper_tail(statistic, df),
        ranks: None,
        pairs,
    })
}
