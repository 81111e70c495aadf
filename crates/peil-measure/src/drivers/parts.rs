//! One analysis of the correlations between an outcome and its drivers.

use super::{lmg, relative_weights};
use crate::linear::{Symmetric, dot};

/// A driver of which less than this part of its variance is its own follows from the others.
const SMALLEST_OWN_PART: f64 = 1e-11;

/// What the drivers explain, and how it is divided over them.
pub(super) struct Parts {
    pub(super) r2: f64,
    pub(super) correlation: Vec<f64>,
    pub(super) beta: Vec<f64>,
    pub(super) lmg: Option<Vec<f64>>,
    pub(super) relative_weight: Vec<f64>,
}

/// Divides R²; nothing when a driver follows from the others. The outcome is the first column.
pub(super) fn divide(correlations: &[Vec<f64>]) -> Option<Parts> {
    let (among, outcome) = separate(correlations);
    let factor = among.cholesky(SMALLEST_OWN_PART)?;
    let beta = factor.solve(&outcome);
    Some(Parts {
        r2: dot(&beta, &outcome).clamp(0.0, 1.0),
        lmg: lmg::split(&among, &outcome),
        relative_weight: relative_weights::split(&factor, &outcome),
        correlation: outcome,
        beta,
    })
}

/// The correlations among drivers, and those with the outcome, which is the first column.
fn separate(correlations: &[Vec<f64>]) -> (Symmetric, Vec<f64>) {
    let below = correlations.get(1..).unwrap_or_default();
    let outcome = below
        .iter()
        .filter_map(|row| row.first())
        .copied()
        .collect();
    let among = Symmetric::from_lower(below.len(), |i, j| {
        let row = below.get(i).and_then(|row| row.get(j + 1));
        row.filter(|_| i != j).copied().unwrap_or(1.0)
    });
    (among, outcome)
}
