//! The chart of the exponentially weighted moving average.

use core::iter::{repeat_n, zip};

use serde::Serialize;

use super::baseline::{Baseline, require, require_finite};
use crate::error::MeasureError;
use crate::exact::real;

/// The outcome of [`ewma`]; everything per point, in the units of the series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ewma {
    /// The moving average.
    pub z: Vec<f64>,
    /// The lower control limit.
    pub lcl: Vec<f64>,
    /// The upper control limit.
    pub ucl: Vec<f64>,
    /// 0-based places where the average lies outside the limits.
    pub alarms: Vec<usize>,
}

/// Follows a moving average in which older points weigh less and less, and signals when it leaves
/// its limits.
///
/// `z_t` = λ `x_t` + (1-λ) `z_{t-1}` from the centre, with the exact limits center ± nsigmas ·
/// sd/√size · √(λ/(2-λ) (1 - (1-λ)²ᵗ)). `sizes` are the answers behind each point when the points
/// are means of different numbers of answers; without them each point counts as one.
///
/// ```
/// use peil_measure::{Baseline, ewma};
///
/// let weeks = [41.0, 38.0, 33.0, 32.0, 31.0, 30.0];
/// let chart = ewma(&weeks, Baseline::new(40.0, 4.0)?, 0.2, 3.0, None)?;
/// assert_eq!(chart.alarms, [4, 5]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] unless 0 < λ <= 1, `nsigmas` is not below zero, sizes are above
/// zero and points are finite; [`MeasureError::LengthsDiffer`] unless every point has a size.
///
/// # Sources
/// Roberts (1959), *Technometrics* 1, 239-250; Lucas and Saccucci (1990), *Technometrics* 32, 1-12.
pub fn ewma(
    points: &[f64],
    baseline: Baseline,
    lambda: f64,
    nsigmas: f64,
    sizes: Option<&[f64]>,
) -> Result<Ewma, MeasureError> {
    require(
        "lambda",
        lambda,
        "above 0 and at most 1",
        lambda > 0.0 && lambda <= 1.0,
    )?;
    require(
        "nsigmas",
        nsigmas,
        "from zero up",
        nsigmas >= 0.0 && nsigmas.is_finite(),
    )?;
    require_finite(points)?;
    let sizes = match sizes {
        Some(sizes) => sizes.to_vec(),
        None => repeat_n(1.0, points.len()).collect(),
    };
    if sizes.len() != points.len() {
        return Err(MeasureError::LengthsDiffer {
            input: "sizes",
            length: sizes.len(),
            expected: points.len(),
        });
    }
    for size in &sizes {
        require(
            "the size",
            *size,
            "above zero",
            *size > 0.0 && size.is_finite(),
        )?;
    }
    let mut average = baseline.center();
    let mut chart = Ewma {
        z: Vec::with_capacity(points.len()),
        lcl: Vec::with_capacity(points.len()),
        ucl: Vec::with_capacity(points.len()),
        alarms: Vec::new(),
    };
    for (place, ((point, size), time)) in zip(zip(points, sizes), (1..).map(real)).enumerate() {
        average = lambda * point + (1.0 - lambda) * average;
        // 1 - (1-λ)²ᵗ, to all digits also for a small λ.
        let settled = -(2.0 * time * (-lambda).ln_1p()).exp_m1();
        let variance = baseline.sd().powi(2) / size * (lambda / (2.0 - lambda) * settled);
        let reach = nsigmas * variance.sqrt();
        let (low, high) = (baseline.center() - reach, baseline.center() + reach);
        if average < low || average > high {
            chart.alarms.push(place);
        }
        chart.z.push(average);
        chart.lcl.push(low);
        chart.ucl.push(high);
    }
    Ok(chart)
}
