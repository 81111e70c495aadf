//! A trend test that only looks at what is higher than what came before.

use serde::Serialize;

use crate::distributions::normal_two_sided_p;
use crate::error::MeasureError;
use crate::exact::{real, real_product};
use crate::not_measurable::NotMeasurable;

/// The most points [`mann_kendall`] takes: it looks at every pair of them.
pub const MAX_TREND_POINTS: usize = 5_000;

/// The outcome of [`mann_kendall`]; z, p and tau are `None` for a constant series.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MannKendall {
    /// Pairs that rise minus pairs that fall.
    pub s: i64,
    /// The variance of s without a trend, corrected for ties.
    pub var_s: f64,
    /// (s - sign s) / √`var_s`.
    pub z: Option<f64>,
    /// P(|Z| >= |z|).
    pub p: Option<f64>,
    /// Kendall's tau-b with the order in time, from -1 to 1.
    pub tau: Option<f64>,
    /// The median slope over all pairs, in units of x per step.
    pub sen_slope: f64,
}

/// Whether a series of equally spaced values goes up or down, whatever its shape.
///
/// Mann and Kendall's test with tie-corrected variance and continuity correction, tau-b, and the
/// slope of Theil and Sen.
///
/// ```
/// use peil_measure::mann_kendall;
///
/// let trend = mann_kendall(&[31.0, 34.0, 30.0, 36.0, 38.0, 37.0, 41.0])?;
/// assert_eq!(trend.s, 15);
/// assert!((trend.p.unwrap_or(1.0) - 0.0355).abs() < 0.0001);
/// assert!((trend.sen_slope - 1.667).abs() < 0.001);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable::TooFewPoints`] below three values; [`MeasureError::NumberOutOfRange`] for a
/// value that is not finite; [`MeasureError::TooManyAnswers`] above [`MAX_TREND_POINTS`].
///
/// # Sources
/// Mann (1945), *Econometrica* 13, 245-259; Kendall (1975), *Rank Correlation Methods*; Sen (1968),
/// *Journal of the American Statistical Association* 63, 1379-1389.
pub fn mann_kendall(x: &[f64]) -> Result<MannKendall, MeasureError> {
    require_series(x)?;
    let mut s = 0_i64;
    let mut slopes = Vec::with_capacity(x.len() * (x.len() - 1) / 2);
    for (start, first) in x.iter().enumerate() {
        let later = x.iter().skip(start + 1);
        for (steps, second) in (1_u64..).zip(later) {
            // Halved, so that the ends of the floats do not run over.
            let rise = second / 2.0 - first / 2.0;
            s += i64::from(second > first) - i64::from(second < first);
            slopes.push(rise / real(steps) * 2.0);
        }
    }
    let n = i128::try_from(x.len()).unwrap_or(i128::MAX);
    let (mut tied_spread, mut tied_pairs) = (0_i128, 0_i128);
    for t in tie_lengths(x) {
        tied_spread += t * (t - 1) * (2 * t + 5);
        tied_pairs += t * (t - 1) / 2;
    }
    let var_s = real_product(n * (n - 1) * (2 * n + 5) - tied_spread) / 18.0;
    let pairs = n * (n - 1) / 2;
    let varies = tied_pairs < pairs;
    let signed = real_product(i128::from(s));
    let z = varies.then(|| real_product(i128::from(s - s.signum())) / var_s.sqrt());
    Ok(MannKendall {
        s,
        var_s,
        z,
        p: z.map(normal_two_sided_p),
        tau: varies.then(|| signed / real_product(pairs * (pairs - tied_pairs)).sqrt()),
        sen_slope: median(&mut slopes),
    })
}

fn require_series(x: &[f64]) -> Result<(), MeasureError> {
    if x.len() < 3 {
        return Err(NotMeasurable::TooFewPoints.into());
    }
    if x.len() > MAX_TREND_POINTS {
        return Err(MeasureError::TooManyAnswers {
            input: "x",
            limit: u64::try_from(MAX_TREND_POINTS).unwrap_or(u64::MAX),
        });
    }
    match x.iter().find(|value| !value.is_finite()) {
        None => Ok(()),
        Some(value) => Err(MeasureError::NumberOutOfRange {
            input: "x",
            value: *value,
            expected: "a finite number",
        }),
    }
}

/// How often each different value occurs.
fn tie_lengths(x: &[f64]) -> Vec<i128> {
    // Adding zero makes -0 and 0 the same.
    let mut sorted: Vec<f64> = x.iter().map(|value| value + 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    sorted
        .chunk_by(|a, b| a.total_cmp(b).is_eq())
        .map(|run| i128::try_from(run.len()).unwrap_or(i128::MAX))
        .collect()
}

/// The middle value, or the mean of the two in the middle; 0 for an empty list.
fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if middle >= values.len() {
        return 0.0;
    }
    let is_even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let upper = *upper;
    if !is_even {
        return upper;
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    lower.midpoint(upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_series_has_no_trend_and_no_test() {
        let flat = mann_kendall(&[0.0, -0.0, 0.0]).unwrap();
        assert_eq!((flat.s, flat.z, flat.p, flat.tau), (0, None, None, None));
        assert!(flat.var_s.abs() <= 0.0 && flat.sen_slope.abs() <= 0.0);
    }

    #[test]
    fn endless_and_too_many_values_are_refused() {
        assert!(mann_kendall(&[1.0, f64::INFINITY, 2.0]).is_err());
        assert!(mann_kendall(&vec![1.0; MAX_TREND_POINTS + 1]).is_err());
        assert_eq!(
            mann_kendall(&[1.0, 2.0]),
            Err(NotMeasurable::TooFewPoints.into())
        );
    }
}
