//! Cutting off extreme weights without losing their sum.

use serde::Serialize;

use super::kish::effective_size;
use super::numbers::{require_size, require_sizes};
use crate::error::MeasureError;
use crate::exact::real;
use crate::not_measurable::NotMeasurable;

/// The most passes; each shrinks what is left to spread, so more would not end at all.
const MAX_PASSES: usize = 20_000;

/// How far beyond a bound a weight may be through rounding, as a part of the bound.
const ROUNDING: f64 = 1e-13;

/// The outcome of [`trim_weights`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trimmed {
    /// The weights in the order of the input.
    pub weights: Vec<f64>,
    /// Kish's design effect afterwards; `None` without weights.
    pub deff: Option<f64>,
    /// The effective number of answers afterwards; `None` without weights.
    pub n_eff: Option<f64>,
}

/// Brings weights within bounds and spreads what was cut off.
///
/// In each pass weights beyond a bound are put on it, and what they lost or gained is spread
/// equally over the weights that were within the bounds; until none is beyond. When there was none
/// within the bounds to spread over, the sum changes.
///
/// ```
/// use peil_measure::trim_weights;
///
/// let trimmed = trim_weights(&[1.0, 1.0, 1.0, 1.0, 6.0], None, Some(3.0))?;
/// assert_eq!(trimmed.weights, [1.75, 1.75, 1.75, 1.75, 3.0]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable::Infeasible`] when the upper bound times the number of weights is less than
/// their sum, or when the passes do not end; [`MeasureError::NumberOutOfRange`] for a negative or
/// endless weight or bound, or an upper bound below the lower one.
///
/// # Sources
/// Lumley (2010), *Complex Surveys*, section 7.5; Potter (1990), *Proceedings of the Survey Research
/// Methods Section, ASA*, 225-230.
pub fn trim_weights(
    weights: &[f64],
    lower: Option<f64>,
    upper: Option<f64>,
) -> Result<Trimmed, MeasureError> {
    require_sizes("weights", weights)?;
    lower.map_or(Ok(()), |bound| require_size("lower", bound))?;
    upper.map_or(Ok(()), |bound| require_size("upper", bound))?;
    let low = lower.unwrap_or(0.0);
    let high = upper.unwrap_or(f64::INFINITY);
    if high < low {
        return Err(MeasureError::NumberOutOfRange {
            input: "upper",
            value: high,
            expected: "at least the lower bound",
        });
    }
    let n = real(u64::try_from(weights.len()).unwrap_or(u64::MAX));
    let sum: f64 = weights.iter().sum();
    if high * n < sum * (1.0 - ROUNDING) {
        return Err(NotMeasurable::Infeasible.into());
    }
    let mut weights = weights.to_vec();
    for _ in 0..MAX_PASSES {
        if !pass(&mut weights, low, high) {
            let size = effective_size(weights.iter().map(|weight| (*weight, 1)));
            return Ok(Trimmed {
                weights,
                deff: size.deff,
                n_eff: size.n_eff,
            });
        }
    }
    Err(NotMeasurable::Infeasible.into())
}

/// One pass; false when no weight was beyond a bound.
fn pass(weights: &mut [f64], low: f64, high: f64) -> bool {
    let is_within =
        |weight: f64| weight >= low * (1.0 - ROUNDING) && weight <= high * (1.0 + ROUNDING);
    let (mut cut, mut within) = (0.0, 0_u64);
    for weight in weights.iter() {
        if is_within(*weight) {
            within += 1;
        } else {
            cut += weight - weight.clamp(low, high);
        }
    }
    let is_done = u64::try_from(weights.len()).is_ok_and(|n| n == within);
    if is_done {
        return false;
    }
    let share = if within > 0 { cut / real(within) } else { 0.0 };
    for weight in weights {
        if is_within(*weight) {
            *weight += share;
        } else {
            *weight = weight.clamp(low, high);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_that_leave_exactly_one_answer_give_it() {
        let trimmed = trim_weights(&[1.0, 1.0, 6.0], None, Some(8.0 / 3.0)).unwrap();
        assert!(trimmed.weights.iter().all(|w| (w - 8.0 / 3.0).abs() < 1e-9));
    }

    #[test]
    fn a_lower_bound_that_asks_for_more_than_there_is_does_not_run_forever() {
        let refused = trim_weights(&[1.0, 1.0, 5.0], Some(3.0), None);
        assert_eq!(refused, Err(NotMeasurable::Infeasible.into()));
    }

    #[test]
    fn no_weights_stay_no_weights() {
        let nothing = trim_weights(&[], Some(1.0), Some(2.0)).unwrap();
        assert_eq!((nothing.weights.len(), nothing.deff), (0, None));
    }
}
