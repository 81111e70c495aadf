//! Importance against performance: which drivers to work on first.

use core::iter::zip;

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::real;

/// Where a driver lies in the importance-performance chart. Serialised in `snake_case`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Important and low: work on this first.
    Concentrate,
    /// Important and high: keep it up.
    KeepUp,
    /// Unimportant and low.
    LowPriority,
    /// Unimportant and high: perhaps more than is needed.
    PossibleOverkill,
}

/// The outcome of [`quadrants`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quadrants {
    /// From here on up a driver is important; `None` without drivers.
    pub importance_cut: Option<f64>,
    /// From here on up a driver performs high; `None` without drivers.
    pub performance_cut: Option<f64>,
    /// A quadrant per driver, in the order of the input.
    pub quadrants: Vec<Quadrant>,
}

/// Places drivers in the importance-performance chart.
///
/// A cut that is not given is the mean of its axis. On the cut counts as high; numbers that differ
/// by rounding only are on the cut.
///
/// ```
/// use peil_measure::{Quadrant, quadrants};
///
/// let outcome = quadrants(&[0.3, 0.1], &[6.0, 8.0], None, Some(7.5))?;
/// assert_eq!(outcome.quadrants, [Quadrant::Concentrate, Quadrant::PossibleOverkill]);
/// assert_eq!(outcome.importance_cut, Some(0.2));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::LengthsDiffer`] unless every driver has both numbers;
/// [`MeasureError::NumberOutOfRange`] for a number that is infinite or not a number.
///
/// # Sources
/// Martilla and James (1977), *Journal of Marketing* 41, 77-79.
pub fn quadrants(
    importance: &[f64],
    performance: &[f64],
    importance_cut: Option<f64>,
    performance_cut: Option<f64>,
) -> Result<Quadrants, MeasureError> {
    if importance.len() != performance.len() {
        return Err(MeasureError::LengthsDiffer {
            input: "performance",
            length: performance.len(),
            expected: importance.len(),
        });
    }
    let cuts = importance_cut.iter().chain(&performance_cut);
    let mut numbers = importance.iter().chain(performance).chain(cuts);
    if let Some(value) = numbers.find(|value| !value.is_finite()) {
        return Err(MeasureError::NumberOutOfRange {
            input: "the number",
            value: *value,
            expected: "finite",
        });
    }
    let importance_cut = importance_cut.or_else(|| mean(importance));
    let performance_cut = performance_cut.or_else(|| mean(performance));
    let quadrants = zip(importance, performance)
        .map(|(importance, performance)| {
            let is_important = reaches(*importance, importance_cut);
            match (is_important, reaches(*performance, performance_cut)) {
                (true, false) => Quadrant::Concentrate,
                (true, true) => Quadrant::KeepUp,
                (false, false) => Quadrant::LowPriority,
                (false, true) => Quadrant::PossibleOverkill,
            }
        })
        .collect();
    Ok(Quadrants {
        importance_cut,
        performance_cut,
        quadrants,
    })
}

fn reaches(value: f64, cut: Option<f64>) -> bool {
    const ROUNDING: f64 = 1e-12;
    cut.is_some_and(|cut| value >= cut - ROUNDING * cut.abs())
}

/// Divided before it is added, so that no sum leaves the range of floats; the rest of that division
/// comes second.
fn mean(values: &[f64]) -> Option<f64> {
    let n = real(u64::try_from(values.len()).ok()?);
    let rough: f64 = values.iter().map(|value| value / n).sum();
    let rest: f64 = values.iter().map(|value| (value - rough) / n).sum();
    (!values.is_empty()).then_some(rough + rest)
}
