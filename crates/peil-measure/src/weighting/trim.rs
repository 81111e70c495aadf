//! Cutting off extreme weights without losing their sum.

use serde::Serialize;

use super::kish::effective_size;
use super::numbers::require_size;
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
    let groups: Vec<(f64, u64)> = weights.iter().map(|weight| (*weight, 1)).collect();
    trim_groups(&groups, lower, upper)
}

/// The same as [`trim_weights`] for groups of people with one weight each: `(weight, people)`. A
/// million people cost no more than the number of groups.
///
/// ```
/// use peil_measure::trim_groups;
///
/// let trimmed = trim_groups(&[(1.0, 4), (6.0, 1)], None, Some(3.0))?;
/// assert_eq!(trimmed.weights, [1.75, 3.0]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// As [`trim_weights`].
pub fn trim_groups(
    groups: &[(f64, u64)],
    lower: Option<f64>,
    upper: Option<f64>,
) -> Result<Trimmed, MeasureError> {
    groups
        .iter()
        .try_for_each(|(weight, _)| require_size("weights", *weight))?;
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
    let n = real(people(groups));
    let sum: f64 = groups.iter().map(|(weight, n)| weight * real(*n)).sum();
    if high * n < sum * (1.0 - ROUNDING) {
        return Err(NotMeasurable::Infeasible.into());
    }
    let mut groups = groups.to_vec();
    for _ in 0..MAX_PASSES {
        if !pass(&mut groups, low, high) {
            let size = effective_size(groups.iter().copied());
            return Ok(Trimmed {
                weights: groups.into_iter().map(|(weight, _)| weight).collect(),
                deff: size.deff,
                n_eff: size.n_eff,
            });
        }
    }
    Err(NotMeasurable::Infeasible.into())
}

fn people(groups: &[(f64, u64)]) -> u64 {
    groups.iter().fold(0, |sum, (_, n)| sum.saturating_add(*n))
}

/// One pass; false when no weight was beyond a bound.
fn pass(groups: &mut [(f64, u64)], low: f64, high: f64) -> bool {
    let is_within =
        |weight: f64| weight >= low * (1.0 - ROUNDING) && weight <= high * (1.0 + ROUNDING);
    let (mut cut, mut within) = (0.0, 0_u64);
    for (weight, n) in groups.iter() {
        if is_within(*weight) {
            within = within.saturating_add(*n);
        } else {
            cut += (weight - weight.clamp(low, high)) * real(*n);
        }
    }
    if within == people(groups) {
        return false;
    }
    let share = if within > 0 { cut / real(within) } else { 0.0 };
    for (weight, _) in groups {
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
