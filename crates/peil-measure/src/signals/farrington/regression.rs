//! The overdispersed Poisson regression of counts on time, with outbreaks weighed down.
//!
//! Fitted by iterated weighted least squares from the same start and to the same stop as R's `glm`,
//! so that also where counts are nearly all zero and the estimate never settles, both end alike.

use core::iter::zip;

use crate::distributions::student_two_sided_p;
use crate::exact::real;

/// A period with its count.
#[derive(Clone, Copy)]
pub(super) struct Week {
    /// In periods from today, so below zero.
    pub(super) time: f64,
    pub(super) count: f64,
}

/// A fit after weighing down outbreaks.
pub(super) struct Fit {
    line: Line,
    /// Pearson's statistic over its degrees of freedom; nothing when there are none.
    dispersion: Option<f64>,
    degrees: f64,
}

impl Fit {
    /// The fit with a trend; nothing when it does not settle or time does not vary.
    pub(super) fn with_trend(weeks: &[Week]) -> Option<Self> {
        Self::reweighted(weeks, true)
    }

    /// The fit of a constant level; nothing without weeks.
    pub(super) fn without_trend(weeks: &[Week]) -> Option<Self> {
        Self::reweighted(weeks, false)
    }

    fn reweighted(weeks: &[Week], has_trend: bool) -> Option<Self> {
        let equal = vec![1.0; weeks.len()];
        let first = Self::weighted(weeks, &equal, has_trend)?;
        if has_trend && !first.line.is_settled {
            return None;
        }
        let weights = first.outbreak_weights(weeks);
        Self::weighted(weeks, &weights, has_trend)
    }

    fn weighted(weeks: &[Week], weights: &[f64], has_trend: bool) -> Option<Self> {
        let line = Line::fitted(weeks, weights, has_trend)?;
        let parameters = if has_trend { 2.0 } else { 1.0 };
        let degrees = real(u64::try_from(weeks.len()).ok()?) - parameters;
        let pearson: f64 = zip(zip(weeks, &line.weights), &line.fitted)
            .map(|((week, weight), fitted)| weight * ((week.count - fitted) / fitted).powi(2))
            .sum();
        Some(Self {
            line,
            dispersion: (degrees > 0.0).then(|| pearson / degrees),
            degrees,
        })
    }

    /// The expected count today.
    pub(super) fn level(&self) -> f64 {
        self.line.at(0.0)
    }

    /// The squared standard error of the level.
    pub(super) fn level_variance(&self) -> f64 {
        self.overdispersion() * self.line.leverage(0.0) * self.level().powi(2)
    }

    /// φ: how many times as large as Poisson's the variance is, at least 1.
    pub(super) fn overdispersion(&self) -> f64 {
        self.dispersion.unwrap_or(1.0).max(1.0)
    }

    /// How often chance explains the trend; nothing when that cannot be said.
    pub(super) fn trend_p(&self) -> Option<f64> {
        let slope_error = (self.dispersion? / self.line.time_spread).sqrt();
        let t = self.line.slope / slope_error;
        (!t.is_nan()).then(|| student_two_sided_p(t, self.degrees))
    }

    /// Weights that add up to the number of weeks: less for weeks far above the fit.
    fn outbreak_weights(&self, weeks: &[Week]) -> Vec<f64> {
        let overdispersion = self.overdispersion();
        let raw: Vec<f64> = zip(zip(weeks, &self.line.weights), &self.line.fitted)
            .map(|((week, weight), fitted)| {
                let hat = weight * self.line.leverage(week.time);
                let anscombe =
                    1.5 * (week.count.cbrt().powi(2) * fitted.powf(-1.0 / 6.0) - fitted.sqrt());
                let standardised = anscombe / (overdispersion * (1.0 - hat)).sqrt();
                if standardised > 1.0 {
                    standardised.powi(-2)
                } else {
                    1.0
                }
            })
            .collect();
        let scale = real(u64::try_from(raw.len()).unwrap_or(u64::MAX)) / raw.iter().sum::<f64>();
        raw.into_iter().map(|weight| weight * scale).collect()
    }
}

/// ln of the expected count as a straight line in time.
struct Line {
    /// The weighted mean of time, where the line is anchored.
    middle: f64,
    /// ln of the expected count there.
    height: f64,
    slope: f64,
    /// The sum of the weights, and of weighted squared distances of time from its middle.
    weight: f64,
    time_spread: f64,
    /// Per week: the weight in the last round, and the expected count after it.
    weights: Vec<f64>,
    fitted: Vec<f64>,
    is_settled: bool,
}

impl Line {
    fn fitted(weeks: &[Week], prior: &[f64], has_trend: bool) -> Option<Self> {
        const MAX_ROUNDS: usize = 25;
        const SETTLED: f64 = 1e-8;
        let mut fitted: Vec<f64> = weeks.iter().map(|week| week.count + 0.1).collect();
        let mut logs: Vec<f64> = fitted.iter().map(|count| count.ln()).collect();
        let mut before = deviance(weeks, prior, &fitted);
        let mut line = None;
        for _ in 0..MAX_ROUNDS {
            let round = Self::round(weeks, prior, &fitted, &logs, has_trend)?;
            logs = weeks.iter().map(|week| round.log_at(week.time)).collect();
            fitted.clone_from(&round.fitted);
            let now = deviance(weeks, prior, &fitted);
            let is_settled = (now - before).abs() / (now.abs() + 0.1) < SETTLED;
            before = now;
            line = Some(Self {
                is_settled,
                ..round
            });
            if is_settled {
                break;
            }
        }
        line
    }

    /// One round of weighted least squares on the counts as they look from the current fit.
    fn round(
        weeks: &[Week],
        prior: &[f64],
        fitted: &[f64],
        logs: &[f64],
        has_trend: bool,
    ) -> Option<Self> {
        let weights: Vec<f64> = zip(prior, fitted)
            .map(|(prior, fitted)| prior * fitted)
            .collect();
        let targets: Vec<f64> = zip(zip(weeks, fitted), logs)
            .map(|((week, fitted), log)| log + (week.count - fitted) / fitted)
            .collect();
        let weight: f64 = weights.iter().sum();
        let mean = |values: &mut dyn Iterator<Item = f64>| -> f64 {
            zip(&weights, values)
                .map(|(weight, value)| weight * value)
                .sum::<f64>()
                / weight
        };
        let middle = mean(&mut weeks.iter().map(|week| week.time));
        let height = mean(&mut targets.iter().copied());
        let spread = mean(&mut weeks.iter().map(|week| (week.time - middle).powi(2))) * weight;
        let slope = if has_trend {
            let together =
                zip(weeks, &targets).map(|(week, target)| (week.time - middle) * (target - height));
            mean(&mut together.into_iter()) * weight / spread
        } else {
            0.0
        };
        let line = Self {
            middle,
            height,
            slope,
            weight,
            time_spread: if has_trend { spread } else { f64::INFINITY },
            weights,
            fitted: Vec::new(),
            is_settled: false,
        };
        (height.is_finite() && slope.is_finite()).then(|| Self {
            fitted: weeks.iter().map(|week| line.at(week.time)).collect(),
            ..line
        })
    }

    fn log_at(&self, time: f64) -> f64 {
        self.height + self.slope * (time - self.middle)
    }

    /// The expected count; never quite zero, as in R.
    fn at(&self, time: f64) -> f64 {
        self.log_at(time).exp().max(f64::EPSILON)
    }

    /// How much the line's height at a time varies: x'(X'WX)⁻¹x.
    fn leverage(&self, time: f64) -> f64 {
        1.0 / self.weight + (time - self.middle).powi(2) / self.time_spread
    }
}

/// Twice the log likelihood that is missing to a perfect fit.
fn deviance(weeks: &[Week], prior: &[f64], fitted: &[f64]) -> f64 {
    zip(zip(weeks, prior), fitted)
        .map(|((week, prior), fitted)| {
            let logarithmic = if week.count > 0.0 {
                week.count * (week.count / fitted).ln()
            } else {
                0.0
            };
            2.0 * prior * (logarithmic - (week.count - fitted))
        })
        .sum()
}
