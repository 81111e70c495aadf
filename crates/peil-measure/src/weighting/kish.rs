//! What unequal weights cost: the design effect of Kish.

use serde::Serialize;

use super::numbers::require_sizes;
use crate::error::MeasureError;
use crate::exact::real;

/// The outcome of [`kish`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EffectiveSize {
    /// How many weights are above zero.
    pub n: u64,
    /// 1 + the squared coefficient of variation of the weights; 1 when all are equal, `None`
    /// without weights.
    pub deff: Option<f64>,
    /// How many answers with equal weights tell as much; `None` without weights.
    pub n_eff: Option<f64>,
}

/// The design effect of unequal weights, and the effective number of answers.
///
/// deff = n Σw² / (Σw)² and `n_eff` = (Σw)² / Σw², over the weights above zero.
///
/// ```
/// use peil_measure::kish;
///
/// let size = kish(&[1.0, 2.0, 3.0, 4.0, 0.0])?;
/// assert_eq!((size.n, size.deff), (4, Some(1.2)));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] for a negative or endless weight.
///
/// # Sources
/// Kish (1965), *Survey Sampling*, section 11.7; Kish (1992), *Journal of Official Statistics* 8,
/// 183-200.
pub fn kish(weights: &[f64]) -> Result<EffectiveSize, MeasureError> {
    require_sizes("weights", weights)?;
    Ok(effective_size(weights.iter().map(|weight| (*weight, 1))))
}

/// The same for weights that are shared by several people each.
pub(super) fn effective_size(weights: impl Iterator<Item = (f64, u64)> + Clone) -> EffectiveSize {
    let largest = weights
        .clone()
        .fold(0.0_f64, |largest, (w, _)| largest.max(w));
    let (mut n, mut sum, mut squares) = (0_u64, 0.0, 0.0);
    for (weight, people) in weights.filter(|(weight, _)| *weight > 0.0) {
        // In units of the largest, so that squares stay within the floats.
        let part = weight / largest;
        n = n.saturating_add(people);
        sum += part * real(people);
        squares += part * part * real(people);
    }
    let n_eff = (n > 0).then(|| sum * sum / squares);
    EffectiveSize {
        n,
        deff: n_eff.map(|n_eff| real(n) / n_eff),
        n_eff,
    }
}
