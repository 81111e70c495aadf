//! Every pair of groups, with p-values adjusted for looking at all of them.

use serde::Serialize;

use crate::error::MeasureError;
use crate::p_adjust::p_adjust;

/// Two groups and how they differ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pair {
    /// The 0-based place of the first group.
    pub i: usize,
    /// The 0-based place of the second group.
    pub j: usize,
    /// Second minus first, in the unit of the measure.
    pub diff: f64,
    /// The two-sided p-value of this pair alone.
    pub p: f64,
    /// Adjusted by Holm: the chance of any false alarm over all pairs stays below the limit.
    pub p_holm: f64,
    /// Adjusted by Benjamini and Hochberg: the expected share of false alarms does.
    pub p_bh: f64,
}

/// Compares every pair; `compare` gives the difference and its p-value.
pub(super) fn all_pairs<T>(
    groups: &[T],
    compare: impl Fn(&T, &T) -> (f64, f64),
) -> Result<Vec<Pair>, MeasureError> {
    let mut pairs = Vec::with_capacity(groups.len() * groups.len().saturating_sub(1) / 2);
    for (i, first) in groups.iter().enumerate() {
        for (j, second) in groups.iter().enumerate().skip(i + 1) {
            let (diff, p) = compare(first, second);
            pairs.push(Pair {
                i,
                j,
                diff,
                p,
                p_holm: p,
                p_bh: p,
            });
        }
    }
    let p_values: Vec<f64> = pairs.iter().map(|pair| pair.p).collect();
    let adjusted = p_adjust(&p_values)?;
    let methods = adjusted.holm.into_iter().zip(adjusted.bh);
    for (pair, (holm, bh)) in pairs.iter_mut().zip(methods) {
        pair.p_holm = holm;
        pair.p_bh = bh;
    }
    Ok(pairs)
}
