//! The distribution of counts that vary more than chance alone.

use super::super::baseline::require;
use crate::distributions::negative_binomial_upper_tail;
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::MAX_ANSWERS;

/// So large a size is a Poisson distribution to eleven digits.
const POISSON: f64 = 1e12;

/// P(Y >= `count`) when Y is a count with this mean and variance: negative binomial, or Poisson when
/// the variance is not above the mean.
///
/// ```
/// use peil_measure::count_upper_tail;
///
/// assert_eq!(format!("{:.4}", count_upper_tail(19, 10.0, 10.0)?), "0.0072");
/// assert_eq!(format!("{:.4}", count_upper_tail(19, 10.0, 20.0)?), "0.0436");
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] unless mean and variance are finite and the mean is above zero.
///
/// # Sources
/// Johnson, Kemp and Kotz (2005), *Univariate Discrete Distributions*, section 5.6: the tail is an
/// incomplete beta function.
pub fn count_upper_tail(count: u64, mean: f64, variance: f64) -> Result<f64, MeasureError> {
    let size = size(mean, variance)?;
    Ok(negative_binomial_upper_tail(real(count), mean, size))
}

/// The smallest count that a count with this mean and variance exceeds with a chance of at most
/// 1 - `within`: its prediction limit.
///
/// ```
/// use peil_measure::count_limit;
///
/// assert_eq!(count_limit(10.0, 10.0, 0.995)?, 19);
/// assert_eq!(count_limit(10.0, 20.0, 0.995)?, 24);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// As [`count_upper_tail`], and unless `within` is strictly between 0 and 1. Limits above
/// [`MAX_ANSWERS`] are refused.
pub fn count_limit(mean: f64, variance: f64, within: f64) -> Result<u64, MeasureError> {
    let size = size(mean, variance)?;
    require(
        "within",
        within,
        "strictly between 0 and 1",
        within > 0.0 && within < 1.0,
    )?;
    let exceeds =
        |limit: u64| negative_binomial_upper_tail(real(limit) + 1.0, mean, size) <= 1.0 - within;
    let mut high = 1_u64;
    while !exceeds(high) {
        high = high.saturating_mul(2);
        require(
            "the limit",
            real(high),
            "a count of answers",
            high <= 2 * MAX_ANSWERS,
        )?;
    }
    let mut low = 0;
    while low < high {
        let middle = low + (high - low) / 2;
        if exceeds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(high)
}

fn size(mean: f64, variance: f64) -> Result<f64, MeasureError> {
    require(
        "the mean",
        mean,
        "above zero",
        mean > 0.0 && mean.is_finite(),
    )?;
    require("the variance", variance, "finite", variance.is_finite())?;
    let beyond = variance - mean;
    let size = if beyond > 0.0 {
        mean * (mean / beyond)
    } else {
        POISSON
    };
    Ok(size.clamp(f64::MIN_POSITIVE, POISSON))
}

/// ln of how much likelier a count is when its mean is `other` than when it is `mean`; negative
/// binomial with a variance of mean + `dispersion` · mean².
pub(super) fn likelier(count: u64, mean: f64, other: f64, dispersion: f64) -> f64 {
    let count = real(count);
    let surprise = if count > 0.0 {
        count * (other / mean).ln()
    } else {
        0.0
    };
    if dispersion * mean.max(other) < 1e-9 {
        return surprise - (other - mean);
    }
    // (y + k) ln((k + other)/(k + mean)) with k = 1/dispersion.
    let size = 1.0 / dispersion;
    surprise - (count + size) * ((other - mean) / (size + mean)).ln_1p()
}
