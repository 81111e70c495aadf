//! The trend of the NPS over periods.

use serde::Serialize;

use super::periods::{Period, with_answers};
use crate::distributions::{chi_squared_upper_tail, normal_two_sided_p};
use crate::error::MeasureError;
use crate::exact::real;
use crate::level::Level;
use crate::measured::Interval;
use crate::not_measurable::NotMeasurable;
use crate::nps::Split;

/// The outcome of [`nps_trend`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NpsTrend {
    /// Points per unit of time.
    pub slope: f64,
    /// The standard error of the slope.
    pub se: f64,
    /// slope / se.
    pub z: f64,
    /// P(|Z| >= |z|).
    pub p: f64,
    /// slope ± z · se.
    pub ci: Interval,
    /// Σ w (y - fitted)²: how much the periods stray from the line.
    pub q_residual: f64,
    /// Two fewer than there are periods with answers.
    pub q_df: u64,
    /// P(χ² >= `q_residual`): when small, more moves than sampling and a straight line.
    pub q_p: f64,
}

/// One period as the regression sees it.
struct Point {
    time: f64,
    nps: f64,
    weight: f64,
}

/// The straight line through the NPS of periods, in points per unit of time.
///
/// Least squares weighted by 1 / se² of Wald, which is taken as known: the standard error does not
/// depend on how well the line fits. Periods without answers are left out; several periods may
/// have the same time.
///
/// ```
/// use peil_measure::{Histogram, Level, Period, nps_trend};
///
/// let mut weeks = Vec::new();
/// for (time, promoters) in [(1.0, 20), (2.0, 26), (3.0, 30), (4.0, 38)] {
///     let counts = vec![0, 0, 0, 0, 0, 0, 20, 0, 40, 0, promoters];
///     weeks.push(Period { time, answers: Histogram::from_counts(0, counts)? });
/// }
/// let trend = nps_trend(&weeks, Level::default())?;
/// assert!((trend.slope - 5.93).abs() < 0.01 && (trend.p - 0.086).abs() < 0.001);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable`]: fewer than three different times with answers, or a period in which everyone
/// is of the same kind; [`MeasureError::NotRecommendationScale`].
///
/// # Sources
/// Inverse-variance regression with known variances: Hedges and Olkin (1985), *Statistical Methods
/// for Meta-Analysis*, chapter 8.
pub fn nps_trend(periods: &[Period], level: Level) -> Result<NpsTrend, MeasureError> {
    let mut points = Vec::with_capacity(periods.len());
    for (time, answers) in with_answers(periods)? {
        if let Some(wald) = Split::of(answers)?.wald() {
            let weight = (wald.se * wald.se).recip();
            points.push(Point {
                time,
                nps: wald.nps,
                weight,
            });
        }
    }
    if !points.iter().all(|point| point.weight.is_finite()) {
        return Err(NotMeasurable::ZeroVariance.into());
    }
    let total: f64 = points.iter().map(|p| p.weight).sum();
    let mean_time = points.iter().map(|p| p.weight * p.time).sum::<f64>() / total;
    let mean_nps = points.iter().map(|p| p.weight * p.nps).sum::<f64>() / total;
    let spread: f64 = points
        .iter()
        .map(|p| p.weight * (p.time - mean_time).powi(2))
        .sum();
    let slope = points
        .iter()
        .map(|p| p.weight * (p.time - mean_time) * (p.nps - mean_nps))
        .sum::<f64>()
        / spread;
    let q_residual = points
        .iter()
        .map(|p| p.weight * (p.nps - mean_nps - slope * (p.time - mean_time)).powi(2))
        .sum();
    let se = spread.sqrt().recip();
    let z = slope / se;
    let q_df = u64::try_from(points.len()).unwrap_or(u64::MAX) - 2;
    Ok(NpsTrend {
        slope,
        se,
        z,
        p: normal_two_sided_p(z),
        ci: Interval::around(slope, level.z() * se),
        q_residual,
        q_df,
        q_p: chi_squared_upper_tail(q_residual, real(q_df)),
    })
}
