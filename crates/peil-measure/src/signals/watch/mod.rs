//! Watching how often something is said: incident, structural, resolved, or nothing at all.

mod counts;
mod course;
mod expectation;
mod found;
mod settings;
mod tally;
mod watching;

pub use counts::{count_limit, count_upper_tail};
pub use expectation::{Expectation, expectation};
pub use found::{Reason, Standing, WatchPoint, Watched};
pub use settings::WatchSettings;
pub use tally::{PriorRate, Tally};
pub use watching::Watching;

use crate::error::MeasureError;

/// Watches one series of periods, oldest first.
///
/// Of each period the mentions are compared with those of the 26 quiet periods before it, per answer, so
/// that more answers alone raise nothing. A count of at least five above its negative-binomial
/// prediction limit (0.995) is an *incident*. The log-likelihood ratio of twice the baseline against the
/// baseline is gathered from 0 up (a negative-binomial CUSUM); beyond 4.5, from three people over two
/// periods with five mentions in the last four, the problem is *structural*, and so it is after three
/// incidents in six periods, at thirty mentions where at most ten are expected, and when the share is above
/// the organisation's own limit. From 3 on it is *emerging*; a rise that came to nothing in 26 periods joins the
/// baseline. While a problem lasts the baseline stands still, and
/// the ratio of the baseline against the raised rate is gathered; beyond 4.5 it is *resolved*. What brings
/// fewer than five mentions in eight periods is no lasting problem any more.
///
/// ```
/// use peil_measure::{Standing, Tally, WatchSettings, watch};
///
/// let quiet = [Tally::new(9, 200), Tally::new(12, 210), Tally::new(8, 190)].repeat(9);
/// let raised = [Tally::new(24, 205), Tally::new(22, 195), Tally::new(26, 200)];
/// let weeks: Vec<Tally> = quiet.iter().chain(&raised).copied().collect();
/// let watched = watch(&weeks, &WatchSettings::default())?;
/// let last = watched.last().ok_or("no weeks")?;
/// assert_eq!((last.standing, last.since), (Standing::Structural, Some(27)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] when a count is beyond what the distribution can be computed for.
///
/// # Sources
/// Page (1954), *Biometrika* 41, 100-115; Höhle and Paul (2008), *Computational Statistics & Data
/// Analysis* 52, 4357-4368 (likelihood-ratio charts of counts); Farrington and others (1996) for the
/// baseline.
pub fn watch(periods: &[Tally], settings: &WatchSettings) -> Result<Watched, MeasureError> {
    let watched = watch_many(&[periods], settings)?;
    Ok(watched
        .into_iter()
        .next()
        .unwrap_or(Watched { points: Vec::new() }))
}

/// Watches many series over the same periods, so that looking at many raises no more than a stated
/// share of false alarms.
///
/// Every series is judged as by [`watch`]. In each period the chances of all of them (that of the count,
/// or e to the power of minus the gathered evidence when that is smaller) are adjusted by Benjamini and
/// Hochberg; what stays above 0.05 is called *emerging* with the reason [`Reason::OneOfMany`], until it
/// passes. A chronic share is a fact and not a matter of chance: it is not adjusted.
///
/// ```
/// use peil_measure::{Standing, Tally, WatchSettings, watch_many};
///
/// let quiet = vec![Tally::new(9, 200); 30];
/// let mut burst = quiet.clone();
/// burst[29] = Tally::new(40, 200);
/// let watched = watch_many(&[&quiet, &burst], &WatchSettings::default())?;
/// let standings: Vec<_> = watched.iter().filter_map(|series| Some(series.last()?.standing)).collect();
/// assert_eq!(standings, [Standing::Quiet, Standing::Structural]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::LengthsDiffer`] unless all series have as many periods; else as [`watch`].
///
/// # Sources
/// Benjamini and Hochberg (1995), *Journal of the Royal Statistical Society B* 57, 289-300.
pub fn watch_many(
    series: &[&[Tally]],
    settings: &WatchSettings,
) -> Result<Vec<Watched>, MeasureError> {
    let periods = series.first().map_or(0, |periods| periods.len());
    if let Some(other) = series.iter().find(|other| other.len() != periods) {
        return Err(MeasureError::LengthsDiffer {
            input: "a series",
            length: other.len(),
            expected: periods,
        });
    }
    let mut watching = Watching::new(series.len(), settings);
    for place in 0..periods {
        let of_all = series.iter().map(|periods| periods.get(place).copied());
        let of_all: Vec<Tally> = of_all.map(Option::unwrap_or_default).collect();
        let is_last = place + 1 == periods;
        watching.advance(&of_all, if is_last { settings.looks } else { 1 })?;
    }
    Ok(watching.watched)
}
