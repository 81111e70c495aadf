//! A share of a total, with two intervals.

use serde::Serialize;

use crate::distributions::{beta_lower_quantile, beta_upper_quantile};
use crate::error::MeasureError;
use crate::exact::{real, share};
use crate::histogram::MAX_ANSWERS;
use crate::level::Level;
use crate::measured::{Interval, Measured};

/// The outcome of [`proportion`]: fractions from 0 to 1, `None` when there were no trials.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Proportion {
    /// How many succeeded.
    pub successes: u64,
    /// Out of how many.
    pub n: u64,
    /// successes / n.
    pub share: Option<f64>,
    /// Wilson's score interval, without continuity correction: the one to print.
    pub ci_wilson: Option<Interval>,
    /// The exact interval of Clopper and Pearson: never too narrow, usually too wide.
    pub ci_exact: Option<Interval>,
}

impl Proportion {
    /// What a page may print: the share with Wilson's interval, from `needed` answers on.
    ///
    /// ```
    /// use peil_measure::{Level, Measured, proportion};
    ///
    /// let tile = proportion(3, 4, Level::default())?.measured(5);
    /// assert_eq!(tile, Measured::TooFew { n: 4, needed: 5 });
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn measured(&self, needed: u64) -> Measured {
        Measured::decide(self.n, needed, self.share.zip(self.ci_wilson))
    }
}

/// A share with the intervals of Wilson and of Clopper and Pearson.
///
/// Wilson: every π with |p - π| <= z √(π(1-π)/n). Clopper-Pearson: every π under which neither tail
/// of the binomial distribution beyond the observed count is below (1 - level)/2.
///
/// ```
/// use peil_measure::{Level, proportion};
///
/// let solved = proportion(37, 52, Level::default())?;
/// let wilson = solved.ci_wilson.ok_or("no trials")?;
/// assert!((wilson.low - 0.5773).abs() < 1e-4 && (wilson.high - 0.8167).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::SuccessesExceedTotal`]; [`MeasureError::TooManyAnswers`] above
/// [`MAX_ANSWERS`].
///
/// # Sources
/// Wilson (1927), *Journal of the American Statistical Association* 22, 209-212; Clopper and
/// Pearson (1934), *Biometrika* 26, 404-413.
pub fn proportion(successes: u64, n: u64, level: Level) -> Result<Proportion, MeasureError> {
    require_part_of_total(successes, n)?;
    let wilson = (n > 0).then(|| wilson(successes, n, level.z()));
    Ok(Proportion {
        successes,
        n,
        share: share(successes, n),
        ci_wilson: wilson,
        ci_exact: wilson.map(|wilson| clopper_pearson(successes, n, level, wilson)),
    })
}

pub(crate) fn require_part_of_total(successes: u64, n: u64) -> Result<(), MeasureError> {
    if successes > n {
        return Err(MeasureError::SuccessesExceedTotal { successes, n });
    }
    if n > MAX_ANSWERS {
        return Err(MeasureError::TooManyAnswers {
            input: "n",
            limit: MAX_ANSWERS,
        });
    }
    Ok(())
}

/// Wilson's interval; needs `n > 0`.
///
/// The ends are the roots of a quadratic. The larger one is a sum; the smaller one follows from
/// the product of the two, so that no digits are lost near 0.
pub(crate) fn wilson(successes: u64, n: u64, z: f64) -> Interval {
    let (x, total, z_squared) = (real(successes), real(n), z * z);
    let spread = x * real(n - successes) / total + z_squared / 4.0;
    let larger = (x + z_squared / 2.0 + z * spread.sqrt()) / (total + z_squared);
    let high = if successes == n { 1.0 } else { larger };
    Interval {
        low: x * (x / total) / ((total + z_squared) * high),
        high,
    }
}

/// The exact interval; `wilson` is close to it and is where the search starts.
fn clopper_pearson(successes: u64, n: u64, level: Level, wilson: Interval) -> Interval {
    let tail = level.outside() / 2.0;
    let (hits, misses, total) = (real(successes), real(n - successes), real(n));
    let low = match successes {
        0 => 0.0,
        all if all == n => (tail.ln() / total).exp(),
        _ => beta_lower_quantile(tail, hits, misses + 1.0, wilson.low),
    };
    let high = match successes {
        0 => -(tail.ln() / total).exp_m1(),
        all if all == n => 1.0,
        _ => beta_upper_quantile(tail, hits + 1.0, misses, wilson.high),
    };
    Interval { low, high }
}
