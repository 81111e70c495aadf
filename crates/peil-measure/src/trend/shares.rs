//! The trend of a share over periods.

use serde::Serialize;

use super::periods::{Period, with_answers};
use crate::distributions::normal_two_sided_p;
use crate::error::MeasureError;
use crate::exact::{real, real_product};
use crate::histogram::MAX_ANSWERS;
use crate::not_measurable::NotMeasurable;

/// The outcome of [`share_trend`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ShareTrend {
    /// The statistic, χ² with one degree of freedom.
    pub chi2: f64,
    /// P(χ² >= chi2).
    pub p: f64,
}

/// Whether the share of the `top` highest scores rises or falls over time.
///
/// The test of Cochran and Armitage with the times as scores:
/// χ² = (Σ (t - t̄)(x - n p))² / (p (1-p) Σ n (t - t̄)²), with p the share over all periods.
///
/// ```
/// use peil_measure::{Histogram, Period, share_trend};
///
/// let mut months = Vec::new();
/// for (time, satisfied) in [(1.0, 30), (2.0, 36), (3.0, 44)] {
///     let answers = Histogram::from_counts(1, vec![10, 10, 10, 10, satisfied])?;
///     months.push(Period { time, answers });
/// }
/// let trend = share_trend(&months, 1)?;
/// assert!((trend.chi2 - 1.396).abs() < 0.001 && (trend.p - 0.237).abs() < 0.001);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable`]: fewer than three different times with answers, or nobody or everybody gave a
/// top score; [`MeasureError::TopOutsideScale`].
///
/// # Sources
/// Cochran (1954), *Biometrics* 10, 417-451; Armitage (1955), *Biometrics* 11, 375-386.
pub fn share_trend(periods: &[Period], top: usize) -> Result<ShareTrend, MeasureError> {
    let mut points = Vec::with_capacity(periods.len());
    let (mut hits, mut total) = (0_u64, 0_u64);
    for (time, answers) in with_answers(periods)? {
        let (x, n) = (answers.top_count(top)?, answers.n());
        hits = hits.saturating_add(x);
        total = total.saturating_add(n);
        points.push((time, x, n));
    }
    if total > MAX_ANSWERS {
        return Err(MeasureError::TooManyAnswers {
            input: "periods",
            limit: MAX_ANSWERS,
        });
    }
    if hits == 0 || hits == total {
        return Err(NotMeasurable::ZeroVariance.into());
    }
    let mean_time = points.iter().map(|(t, _, n)| t * real(*n)).sum::<f64>() / real(total);
    let product = |a: u64, b: u64| i128::from(a) * i128::from(b);
    // N (x - n X/N), subtracted before dividing.
    let drift: f64 = points
        .iter()
        .map(|(t, x, n)| (t - mean_time) * real_product(product(*x, total) - product(*n, hits)))
        .sum();
    let spread: f64 = points
        .iter()
        .map(|(t, _, n)| real(*n) * (t - mean_time).powi(2))
        .sum();
    let z = drift / (real_product(product(hits, total - hits)) * spread).sqrt();
    Ok(ShareTrend {
        chi2: z * z,
        p: normal_two_sided_p(z),
    })
}
