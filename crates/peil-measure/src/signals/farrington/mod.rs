//! Farrington's method: is a weekly count higher than these weeks of other years explain?

mod regression;

use serde::Serialize;

use super::baseline::require;
use crate::distributions::normal_critical_value;
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::MAX_ANSWERS;
use regression::{Fit, Week};

/// A trend is believed from so many years of data on.
const YEARS_FOR_TREND: usize = 3;
/// A trend is believed when chance explains it less often than this.
const SIGNIFICANT: f64 = 0.05;
/// No alarm below so many counts in the last weeks, the current one included.
const FEWEST_COUNTS: u64 = 5;
const LAST_WEEKS: usize = 4;

/// What [`farrington`] compares a week with.
///
/// ```
/// use peil_measure::FarringtonSettings;
///
/// assert!(FarringtonSettings::new(52, 4, 3, 0.01).is_ok());
/// assert!(FarringtonSettings::new(52, 0, 3, 0.01).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FarringtonSettings {
    periods_per_year: usize,
    years: usize,
    half_window: usize,
    alpha: f64,
}

impl FarringtonSettings {
    /// Takes the periods in a year (52 for weeks, 12 for months), how many years to look back, how
    /// many periods before and after the same one of those years count too, and the probability
    /// (both sides together) with which a count may lie outside its limits by chance.
    ///
    /// ```
    /// use peil_measure::FarringtonSettings;
    ///
    /// assert!(FarringtonSettings::new(52, 5, 3, 0.01).is_ok());
    /// assert!(FarringtonSettings::new(52, 5, 52, 0.01).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NumberOutOfRange`] unless there is a year to look back, the window is shorter
    /// than a year, and alpha lies strictly between 0 and 1.
    pub fn new(
        periods_per_year: usize,
        years: usize,
        half_window: usize,
        alpha: f64,
    ) -> Result<Self, MeasureError> {
        let number = |number: usize| real(u64::try_from(number).unwrap_or(u64::MAX));
        require(
            "b",
            number(years),
            "from 1 to 1000",
            (1..=1000).contains(&years),
        )?;
        require(
            "freq",
            number(periods_per_year),
            "from 1 to 100 000",
            (1..=100_000).contains(&periods_per_year),
        )?;
        require(
            "w",
            number(half_window),
            "shorter than a year",
            half_window < periods_per_year,
        )?;
        require(
            "alpha",
            alpha,
            "strictly between 0 and 1",
            alpha > 0.0 && alpha < 1.0,
        )?;
        Ok(Self {
            periods_per_year,
            years,
            half_window,
            alpha,
        })
    }

    /// The periods to compare with, oldest year first; those before the data are left out.
    fn reference(self, current: usize) -> impl Iterator<Item = usize> {
        (1..=self.years).rev().flat_map(move |year| {
            let back = year * self.periods_per_year;
            let from = back + self.half_window;
            (0..=2 * self.half_window).filter_map(move |step| (current + step).checked_sub(from))
        })
    }
}

/// The outcome of [`farrington`], per evaluated period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Farrington {
    /// The count above which there is an alarm; 0 when there are too few counts to alarm at all,
    /// `None` when no period to compare with is in the data.
    pub upper: Vec<Option<f64>>,
    /// Whether the count is above it.
    pub alarm: Vec<bool>,
}

/// Says for each period of `evaluate` whether its count is exceptionally high.
///
/// The counts of the same weeks of other years are fitted by an overdispersed Poisson regression on
/// time; weeks far above it (outbreaks of their own) are given less weight and the fit is repeated.
/// The trend is kept only if it is significant, there are three years and it does not lead above
/// everything seen before. The limit is (μ^⅔ + z √(4/9 μ^⅓ τ))^{3/2} with τ = φ + se²/μ. Fewer than
/// five counts in the last four periods never alarm.
///
/// ```
/// use peil_measure::{FarringtonSettings, farrington};
///
/// let mut counts = [9, 11, 10, 12, 8, 10].repeat(30);
/// counts[179] = 40;
/// let outcome = farrington(&counts, FarringtonSettings::new(52, 3, 3, 0.01)?, &[178, 179])?;
/// assert_eq!(outcome.alarm, [false, true]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] for a period outside the data; [`MeasureError::TooManyAnswers`]
/// for a count above [`MAX_ANSWERS`].
///
/// # Sources
/// Farrington, Andrews, Beale and Catchpole (1996), *Journal of the Royal Statistical Society A* 159,
/// 547-563; as `farrington` of the R package surveillance.
pub fn farrington(
    counts: &[u64],
    settings: FarringtonSettings,
    evaluate: &[usize],
) -> Result<Farrington, MeasureError> {
    for place in evaluate {
        let number = real(u64::try_from(*place).unwrap_or(u64::MAX));
        require(
            "the period",
            number,
            "within the counts",
            *place < counts.len(),
        )?;
    }
    if counts.iter().any(|count| *count > MAX_ANSWERS) {
        return Err(MeasureError::TooManyAnswers {
            input: "counts",
            limit: MAX_ANSWERS,
        });
    }
    let mut outcome = Farrington {
        upper: Vec::with_capacity(evaluate.len()),
        alarm: Vec::with_capacity(evaluate.len()),
    };
    for place in evaluate {
        let recent = counts.get((place + 1).saturating_sub(LAST_WEEKS)..=*place);
        let recent = recent.unwrap_or_default();
        let (upper, is_alarm) = if recent.iter().sum::<u64>() < FEWEST_COUNTS {
            (Some(0.0), false)
        } else {
            let upper = limit(counts, settings, *place);
            let now = recent.last().map(|count| real(*count));
            (
                upper,
                now.zip(upper).is_some_and(|(now, upper)| now > upper),
            )
        };
        outcome.upper.push(upper);
        outcome.alarm.push(is_alarm);
    }
    Ok(outcome)
}

/// The upper limit for one period; nothing when there is nothing to compare with.
fn limit(counts: &[u64], settings: FarringtonSettings, current: usize) -> Option<f64> {
    // Time runs from the current period, so that the fit's level is that of today.
    let weeks: Vec<Week> = settings
        .reference(current)
        .filter_map(|place| {
            let before = u64::try_from(current.checked_sub(place)?).ok()?;
            counts.get(place).map(|count| Week {
                time: -real(before),
                count: real(*count),
            })
        })
        .collect();
    let highest = weeks.iter().map(|week| week.count).fold(0.0, f64::max);
    let believed = Fit::with_trend(&weeks).filter(|fit| {
        settings.years >= YEARS_FOR_TREND
            && fit.trend_p().is_some_and(|p| p < SIGNIFICANT)
            && fit.level() <= highest
    });
    let fit = match believed {
        Some(fit) => fit,
        None => Fit::without_trend(&weeks)?,
    };
    let level = fit.level();
    let tau = fit.overdispersion() + fit.level_variance() / level;
    let reach = normal_critical_value(settings.alpha) * (4.0 / 9.0 * level.cbrt() * tau).sqrt();
    let upper = (level.powf(2.0 / 3.0) + reach).powf(1.5);
    upper.is_finite().then_some(upper)
}
