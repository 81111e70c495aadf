//! The tabular cumulative sum chart: notices small lasting shifts.

use serde::Serialize;

use super::baseline::{Baseline, require, require_finite};
use crate::error::MeasureError;

/// The outcome of [`cusum`]; everything per point, in standard deviations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cusum {
    /// The upper sum: what has gathered above the centre, from 0 up.
    pub pos: Vec<f64>,
    /// The lower sum: what has gathered below the centre, from 0 down.
    pub neg: Vec<f64>,
    /// 0-based places where the upper sum is above h.
    pub alarms_up: Vec<usize>,
    /// 0-based places where the lower sum is below -h.
    pub alarms_down: Vec<usize>,
}

/// Gathers deviations from the centre that exceed an allowance of `k` standard deviations, and
/// signals when more than `h` have gathered.
///
/// With z = (x - center)/sd: C⁺ = max(0, C⁺ + z - k) and C⁻ = min(0, C⁻ + z + k), both from 0. There
/// is no reset after an alarm. [`cusum_run_length`](crate::cusum_run_length) says how often
/// a pair of `k` and `h` alarms for nothing.
///
/// ```
/// use peil_measure::{Baseline, cusum};
///
/// let weeks = [41.0, 38.0, 33.0, 32.0, 31.0, 30.0];
/// let chart = cusum(&weeks, Baseline::new(40.0, 4.0)?, 0.5, 4.0)?;
/// assert_eq!(chart.alarms_down, [4, 5]);
/// assert!(chart.alarms_up.is_empty());
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] for `k` or `h` below zero, and points that are not finite.
///
/// # Sources
/// Page (1954), *Biometrika* 41, 100-115; Montgomery, *Introduction to Statistical Quality Control*,
/// chapter 9.
pub fn cusum(points: &[f64], baseline: Baseline, k: f64, h: f64) -> Result<Cusum, MeasureError> {
    require("k", k, "from zero up", k >= 0.0 && k.is_finite())?;
    require("h", h, "from zero up", h >= 0.0 && h.is_finite())?;
    require_finite(points)?;
    let (mut upper, mut lower) = (0.0_f64, 0.0_f64);
    let mut chart = Cusum {
        pos: Vec::with_capacity(points.len()),
        neg: Vec::with_capacity(points.len()),
        alarms_up: Vec::new(),
        alarms_down: Vec::new(),
    };
    for (place, point) in points.iter().enumerate() {
        let z = (point - baseline.center()) / baseline.sd();
        upper = (upper + (z - k)).max(0.0);
        lower = (lower + (z + k)).min(0.0);
        chart.pos.push(upper);
        chart.neg.push(lower);
        if upper > h {
            chart.alarms_up.push(place);
        }
        if lower < -h {
            chart.alarms_down.push(place);
        }
    }
    Ok(chart)
}
