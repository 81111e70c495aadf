//! What a series does in quiet times: its rate, and how much it varies.

use core::iter::zip;

use super::counts::{count_limit, count_upper_tail};
use super::tally::{PriorRate, Tally};
use crate::error::MeasureError;
use crate::exact::real;

/// Residuals above this are outbreaks of their own and weigh less (Noufaily and others 2013).
const OUTLYING: f64 = 2.58;
/// Rounds of weighing; the weights stand still well before.
const ROUNDS: usize = 6;
/// So many periods of this overdispersion are added to those seen, because a handful of periods says
/// little of how much a series varies.
const ASSUMED_PERIODS: f64 = 12.0;
const ASSUMED_DISPERSION: f64 = 0.005;
/// Overdispersion beyond so many standard errors is no chance ...
const CERTAIN_ERRORS: f64 = 1.0;
/// ... and what stands out beyond them counts once more: it is found too small more often than too
/// large, because what varies most is weighed down.
const STANDING_OUT: f64 = 1.0;
/// Half a mention, so that a series in which nothing was ever said does not expect nothing for ever.
const HALF_A_MENTION: f64 = 0.5;
/// Where the error of a dispersion is divided by a mean, the mean is no smaller.
const SMALLEST_MEAN: f64 = 0.01;
/// From so many periods on a series speaks for itself.
const GROWN_UP: f64 = 13.0;

/// What is expected of a series, from the periods that were given.
///
/// ```
/// use peil_measure::{Tally, expectation};
///
/// let quiet = [Tally::new(5, 100), Tally::new(11, 200), Tally::new(4, 90)].repeat(8);
/// let expected = expectation(&quiet, None).ok_or("no answers")?;
/// assert_eq!(format!("{:.1} a week", expected.mentions(100)), "5.1 a week");
/// // Three times the answers, three times the mentions: nothing to see.
/// assert!(15 <= expected.limit(300, 0.995)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expectation {
    /// Mentions per answer.
    pub rate: f64,
    /// How much more than chance the counts vary: their variance is mean + dispersion · mean².
    pub dispersion: f64,
    /// The relative standard error of the rate.
    pub uncertainty: f64,
    /// How many periods it was made from.
    pub periods: usize,
}

impl Expectation {
    /// The mentions expected among so many answers.
    ///
    /// ```
    /// # use peil_measure::{Tally, expectation};
    /// let expected = expectation(&[Tally::new(10, 100); 26], None).ok_or("no answers")?;
    /// assert_eq!(expected.mentions(50).round(), 5.0);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn mentions(&self, answers: u64) -> f64 {
        self.rate * real(answers)
    }

    /// The variance of a new count among so many answers: that of the count and that of the rate.
    ///
    /// ```
    /// # use peil_measure::{Tally, expectation};
    /// let expected = expectation(&[Tally::new(10, 100); 26], None).ok_or("no answers")?;
    /// assert!(expected.variance(100) > expected.mentions(100));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn variance(&self, answers: u64) -> f64 {
        let mean = self.mentions(answers);
        mean + (self.dispersion + self.uncertainty.powi(2)) * mean * mean
    }

    /// The number of mentions that is exceeded with a chance of at most 1 - `within`; 0 among no
    /// answers.
    ///
    /// ```
    /// # use peil_measure::{Tally, expectation};
    /// let expected = expectation(&[Tally::new(10, 100); 26], None).ok_or("no answers")?;
    /// assert_eq!(expected.limit(100, 0.995)?, 19);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`count_limit`].
    pub fn limit(&self, answers: u64, within: f64) -> Result<u64, MeasureError> {
        if answers == 0 {
            return Ok(0);
        }
        count_limit(self.mentions(answers), self.variance(answers), within)
    }

    /// The chance of so many mentions or more while nothing is going on; 1 among no answers.
    ///
    /// ```
    /// # use peil_measure::{Tally, expectation};
    /// let expected = expectation(&[Tally::new(10, 100); 26], None).ok_or("no answers")?;
    /// assert!(expected.chance(&Tally::new(25, 100))? < 0.001);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`count_upper_tail`].
    pub fn chance(&self, period: &Tally) -> Result<f64, MeasureError> {
        if period.answers == 0 {
            return Ok(1.0);
        }
        let mean = self.mentions(period.answers);
        count_upper_tail(period.mentions, mean, self.variance(period.answers))
    }
}

/// The expectation from quiet periods; nothing when there is neither an answer nor a prior.
///
/// The rate is that of all answers together, made robust: periods whose Anscombe residual
/// 1.5 (y^⅔ - μ^⅔) / (μ^⅙ √(1 + dispersion · μ)) is above 2.58 weigh (2.58/residual)², and the fit is
/// repeated. The dispersion is the moment estimate Σw((y-μ)² - μ) / Σwμ², drawn to 0.005 by twelve
/// periods; what of it lies beyond a standard error counts twice. Half a mention is added, or the
/// prior, whose weight fades until the thirteenth period.
///
/// ```
/// use peil_measure::{Tally, expectation};
///
/// let mut weeks = [Tally::new(10, 100); 26];
/// weeks[20] = Tally::new(60, 100);
/// let expected = expectation(&weeks, None).ok_or("no answers")?;
/// assert!(expected.mentions(100) < 11.5);
/// assert_eq!(expectation(&[], None), None);
/// # Ok::<(), &str>(())
/// ```
///
/// # Sources
/// Farrington and others (1996), *Journal of the Royal Statistical Society A* 159, 547-563; Noufaily and
/// others (2013), *Statistics in Medicine* 32, 1206-1222.
#[must_use]
pub fn expectation(history: &[Tally], prior: Option<PriorRate>) -> Option<Expectation> {
    let used: Vec<&Tally> = history.iter().filter(|period| period.answers > 0).collect();
    let periods = real(u64::try_from(used.len()).unwrap_or(u64::MAX));
    let fading = (1.0 - periods / GROWN_UP).max(0.0);
    let (said, among) = match prior {
        Some(prior) if fading > 0.0 => {
            let among = prior.answers * fading;
            (prior.rate * among, among)
        }
        _ => (HALF_A_MENTION, 0.0),
    };
    let mut weights = vec![1.0; used.len()];
    let mut found = weighed(&used, &weights, said, among)?;
    for _ in 0..ROUNDS {
        let mut is_still = true;
        for (weight, period) in zip(&mut weights, &used) {
            let residual = residual(period, &found);
            let next: f64 = if residual > OUTLYING {
                (OUTLYING / residual).powi(2)
            } else {
                1.0
            };
            is_still &= next.to_bits() == weight.to_bits();
            *weight = next;
        }
        // The same weights give the same again.
        if is_still {
            break;
        }
        found = weighed(&used, &weights, said, among)?;
    }
    Some(found)
}

/// As [`expectation`], with the rate of the `recent` first periods of a history that begins with the
/// newest, and the dispersion of all of them: how much a series varies takes longer to learn than how
/// high it is.
pub(super) fn recent_expectation(
    newest_first: &[Tally],
    recent: usize,
    prior: Option<PriorRate>,
) -> Option<Expectation> {
    let all = expectation(newest_first, prior)?;
    let near = newest_first.get(..recent).unwrap_or(newest_first);
    let near = expectation(near, prior)?;
    Some(Expectation {
        dispersion: all.dispersion,
        ..near
    })
}

fn residual(period: &Tally, expected: &Expectation) -> f64 {
    let mean = expected.mentions(period.answers);
    let spread = (1.0 + expected.dispersion * mean).sqrt();
    let (count, root) = (real(period.mentions).cbrt(), mean.cbrt());
    1.5 * (count * count - root * root) / (root.sqrt() * spread)
}

fn weighed(used: &[&Tally], weights: &[f64], said: f64, among: f64) -> Option<Expectation> {
    let (mut mentions, mut answers, mut weight) = (said, among, 0.0);
    for (period, share) in zip(used, weights) {
        mentions += share * real(period.mentions);
        answers += share * real(period.answers);
        weight += share;
    }
    if answers <= 0.0 {
        return None;
    }
    let rate = mentions / answers;
    let (mut beyond, mut squares) = (0.0, 0.0);
    // A mean made from the same counts lies closer to them than the true one.
    let freed = if weight > 1.5 {
        weight / (weight - 1.0)
    } else {
        2.0
    };
    for (period, share) in zip(used, weights) {
        let mean = rate * real(period.answers);
        beyond += share * ((real(period.mentions) - mean).powi(2) * freed - mean);
        squares += share * mean * mean;
    }
    let typical = if weight > 0.0 { squares / weight } else { 1.0 };
    let dispersion = (beyond + ASSUMED_PERIODS * ASSUMED_DISPERSION * typical)
        / (squares + ASSUMED_PERIODS * typical);
    let dispersion = dispersion.max(0.0);
    let mean = typical.sqrt();
    let error = (2.0 / (weight + ASSUMED_PERIODS)).sqrt() * (1.0 + dispersion * mean)
        / mean.max(SMALLEST_MEAN);
    let dispersion = dispersion + STANDING_OUT * (dispersion - CERTAIN_ERRORS * error).max(0.0);
    Some(Expectation {
        rate,
        dispersion,
        uncertainty: ((1.0 + dispersion * mean) / mentions).sqrt(),
        periods: used.len(),
    })
}
