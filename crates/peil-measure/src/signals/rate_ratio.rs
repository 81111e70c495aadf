//! Two rates of events compared: is this more than usual?

use serde::{Serialize, Serializer};

use super::baseline::require;
use crate::distributions::binomial::Binomial;
use crate::distributions::{beta_lower_quantile, beta_upper_quantile};
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::MAX_ANSWERS;
use crate::level::Level;

/// Events in so much exposure: complaints in so many weeks, or among so many customers.
///
/// ```
/// use peil_measure::Rate;
///
/// assert_eq!(Rate::new(30, 7.0)?.count(), 30);
/// assert!(Rate::new(30, 0.0).is_err());
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    count: u64,
    exposure: f64,
}

impl Rate {
    /// Takes the number of events and the exposure, in any unit that both rates share.
    ///
    /// ```
    /// use peil_measure::Rate;
    ///
    /// assert!(Rate::new(0, 7.0).is_ok() && Rate::new(3, -7.0).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NumberOutOfRange`] unless the exposure is above zero;
    /// [`MeasureError::TooManyAnswers`] above [`MAX_ANSWERS`] events.
    pub fn new(count: u64, exposure: f64) -> Result<Self, MeasureError> {
        require(
            "the exposure",
            exposure,
            "above zero",
            exposure > 0.0 && exposure.is_finite(),
        )?;
        if count > MAX_ANSWERS {
            return Err(MeasureError::TooManyAnswers {
                input: "the count",
                limit: MAX_ANSWERS,
            });
        }
        Ok(Self { count, exposure })
    }

    /// The events.
    ///
    /// ```
    /// assert_eq!(peil_measure::Rate::new(30, 7.0)?.count(), 30);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// The exposure.
    ///
    /// ```
    /// assert_eq!(peil_measure::Rate::new(30, 7.0)?.exposure(), 7.0);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn exposure(self) -> f64 {
        self.exposure
    }
}

/// Both ends of an interval for a ratio. Serialised as `[low, high]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioInterval {
    /// The lower end.
    pub low: f64,
    /// The upper end; `None` when the ratio has none.
    pub high: Option<f64>,
}

impl Serialize for RatioInterval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.low, self.high).serialize(serializer)
    }
}

/// The outcome of [`rate_ratio`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RateRatio {
    /// The current rate over the baseline rate; `None` when the baseline saw no events.
    pub ratio: Option<f64>,
    /// The probability of so many current events or more, if the rates were equal.
    pub p_greater: f64,
    /// The probability of anything at most as likely as what was seen, if the rates were equal.
    pub p_two_sided: f64,
    /// The exact interval for the ratio; `None` when there were no events at all.
    pub ci: Option<RatioInterval>,
}

/// Compares a current rate of events with that of a baseline, exactly.
///
/// If both are Poisson with the same rate, the current count given the sum of both is binomial with
/// a chance of exposure / (exposure + baseline exposure). The interval is Clopper and Pearson's for
/// that chance, as odds times the ratio of exposures.
///
/// ```
/// use peil_measure::{Level, Rate, rate_ratio};
///
/// let outcome = rate_ratio(Rate::new(30, 7.0)?, Rate::new(40, 52.0)?, Level::default());
/// assert!((outcome.ratio.unwrap_or(0.0) - 5.57).abs() < 0.01 && outcome.p_greater < 1e-9);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Sources
/// Przyborowski and Wilenski (1940), *Biometrika* 31, 313-323; as R's `poisson.test`.
#[must_use]
pub fn rate_ratio(current: Rate, baseline: Rate, level: Level) -> RateRatio {
    let events = current.count + baseline.count;
    if events == 0 {
        return RateRatio {
            ratio: None,
            p_greater: 1.0,
            p_two_sided: 1.0,
            ci: None,
        };
    }
    // By the larger one, so that a sum of two huge exposures stays in range.
    let largest = current.exposure.max(baseline.exposure);
    let (ours, theirs) = (current.exposure / largest, baseline.exposure / largest);
    let split = Binomial {
        trials: events,
        p: ours / (ours + theirs),
        q: theirs / (ours + theirs),
    };
    let times = theirs / ours;
    let ratio = (baseline.count > 0).then(|| real(current.count) / real(baseline.count) * times);
    RateRatio {
        ratio: ratio.filter(|ratio| ratio.is_finite()),
        p_greater: split.at_least(current.count),
        p_two_sided: split.two_sided_p(current.count),
        ci: Some(RatioInterval {
            low: (lowest_odds(current.count, baseline.count, level) * times).min(f64::MAX),
            high: highest_odds(current.count, baseline.count, level)
                .map(|odds| odds * times)
                .filter(|odds| odds.is_finite()),
        }),
    }
}

/// The lower end of Clopper and Pearson's interval, as odds.
fn lowest_odds(hits: u64, misses: u64, level: Level) -> f64 {
    if hits == 0 {
        return 0.0;
    }
    if let Some(odds) = highest_odds(misses, hits, level) {
        return 1.0 / odds;
    }
    0.0
}

/// The upper end, as odds; nothing without misses.
fn highest_odds(hits: u64, misses: u64, level: Level) -> Option<f64> {
    let tail = level.outside() / 2.0;
    let (more, misses) = (real(hits) + 1.0, (misses > 0).then(|| real(misses))?);
    if hits == 0 {
        return Some((-tail.ln() / misses).exp_m1());
    }
    // The share and its complement are each found to all their digits.
    let start = more / (more + misses);
    let share = beta_upper_quantile(tail, more, misses, start);
    let rest = beta_lower_quantile(tail, misses, more, 1.0 - start);
    Some(share / rest)
}
