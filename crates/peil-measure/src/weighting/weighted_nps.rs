//! The NPS of a sample with weights, clusters and strata.

use std::iter;

use serde::Serialize;

use super::design::{SurveyDesign, Units};
use crate::error::MeasureError;
use crate::exact::real;
use crate::level::Level;
use crate::measured::Interval;

/// The outcome of [`weighted_nps`]; everything but n is `None` without weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WeightedNps {
    /// How many answers there are, those of weight 0 included.
    pub n: u64,
    /// The weighted NPS, in points.
    pub nps: Option<f64>,
    /// Its standard error, in points; `None` with a single cluster.
    pub se: Option<f64>,
    /// Clusters minus strata.
    pub df: Option<u64>,
    /// nps ± t · se, in points, not cut off; `None` without degrees of freedom.
    pub ci: Option<Interval>,
    /// The weighted share of promoters, a fraction.
    pub promoter_share: Option<f64>,
    /// Its standard error.
    pub promoter_share_se: Option<f64>,
    /// Its interval, symmetric in the log-odds; `None` at 0 and 1.
    pub promoter_share_ci: Option<Interval>,
}

/// What one answer counts: for the NPS and for the share of promoters.
#[derive(Clone, Copy)]
struct Counted {
    net: f64,
    promoter: f64,
}

impl Counted {
    const ZERO: Self = Self {
        net: 0.0,
        promoter: 0.0,
    };

    fn of(score: i32) -> Self {
        let (net, promoter) = match score {
            9.. => (1.0, 1.0),
            7.. => (0.0, 0.0),
            _ => (-1.0, 0.0),
        };
        Self { net, promoter }
    }
}

/// The NPS and the share of promoters of a sample that is not a simple one.
///
/// Linearised: u = w (y - ȳ) / Σw per answer, z its sum per cluster, and the variance
/// Σ m/(m-1) Σ (z - z̄)² over strata with m clusters each, drawn with replacement. A cluster that is
/// alone in its stratum is compared with the mean of all clusters. Answers of weight 0 keep their
/// place in the design.
///
/// ```
/// use peil_measure::{Level, SurveyDesign, weighted_nps};
///
/// let scores = [9, 10, 3, 8, 9, 6];
/// let design = SurveyDesign {
///     weights: Some(&[1.0, 1.0, 2.0, 1.0, 1.0, 2.0]),
///     clusters: Some(&["a", "a", "b", "b", "c", "c"]),
///     strata: None,
/// };
/// let outcome = weighted_nps(&scores, &design, Level::default())?;
/// assert_eq!((outcome.n, outcome.nps, outcome.df), (6, Some(-12.5), Some(2)));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::ScoreOutsideScale`]; [`MeasureError::LengthsDiffer`];
/// [`MeasureError::NumberOutOfRange`] for a negative or endless weight.
///
/// # Sources
/// Binder (1983), *International Statistical Review* 51, 279-292; Lumley (2010), *Complex Surveys*,
/// chapters 2 and 3.
pub fn weighted_nps(
    scores: &[i32],
    design: &SurveyDesign<'_>,
    level: Level,
) -> Result<WeightedNps, MeasureError> {
    design.require_fits(scores.len())?;
    if let Some(score) = scores.iter().find(|score| !(0..=10).contains(*score)) {
        return Err(MeasureError::ScoreOutsideScale {
            score: *score,
            scale_min: 0,
            scale_max: 10,
        });
    }
    let n = u64::try_from(scores.len()).unwrap_or(u64::MAX);
    let largest = design
        .weights
        .map_or(1.0, |weights| weights.iter().copied().fold(0.0, f64::max));
    let nothing = WeightedNps {
        n,
        ..WeightedNps::default()
    };
    if scores.is_empty() || largest <= 0.0 {
        return Ok(nothing);
    }
    let answers = Answers {
        scores,
        weights: design.weights,
        largest,
    };
    let (mean, total) = answers.mean();
    let units = design.units(scores.len());
    let totals = answers.unit_totals(&units, mean, total);
    let variance = (units.count > 1).then(|| variance(&totals, &units));
    let df = count(units.count.saturating_sub(units.strata));
    let t = (df > 0).then(|| level.t(real(df)));
    let se = variance.map(|variance| 100.0 * variance.net.sqrt());
    let share_se = variance.map(|variance| variance.promoter.sqrt());
    let nps = 100.0 * mean.net;
    Ok(WeightedNps {
        nps: Some(nps),
        se,
        df: Some(df),
        ci: se.zip(t).map(|(se, t)| Interval::around(nps, t * se)),
        promoter_share: Some(mean.promoter),
        promoter_share_se: share_se,
        promoter_share_ci: share_se
            .zip(t)
            .and_then(|(se, t)| log_odds_interval(mean.promoter, t * se)),
        ..nothing
    })
}

/// The answers with their weights, in units of the largest weight, so that sums stay within the
/// floats.
struct Answers<'a> {
    scores: &'a [i32],
    weights: Option<&'a [f64]>,
    largest: f64,
}

impl Answers<'_> {
    fn iter(&self) -> impl Iterator<Item = (Counted, f64)> {
        let scale = self.largest.recip();
        // Without weights everyone weighs as much as the heaviest.
        let weights = self.weights.unwrap_or_default().iter().copied();
        let weights = weights.chain(iter::repeat(self.largest));
        let scores = self.scores.iter().map(|score| Counted::of(*score));
        scores.zip(weights.map(move |weight| weight * scale))
    }

    /// The weighted mean, and the sum of the weights.
    fn mean(&self) -> (Counted, f64) {
        let (mut sum, mut total) = (Counted::ZERO, 0.0);
        for (counted, weight) in self.iter() {
            total += weight;
            sum.net += weight * counted.net;
            sum.promoter += weight * counted.promoter;
        }
        let mean = Counted {
            net: sum.net / total,
            promoter: sum.promoter / total,
        };
        (mean, total)
    }

    /// Per unit the sum of w (y - mean) / Σw.
    fn unit_totals(&self, units: &Units, mean: Counted, total: f64) -> Vec<Counted> {
        let parts = self.iter().map(|(counted, weight)| {
            let part = weight / total;
            Counted {
                net: part * (counted.net - mean.net),
                promoter: part * (counted.promoter - mean.promoter),
            }
        });
        let Some(unit_of_answer) = &units.unit_of_answer else {
            return parts.collect();
        };
        let mut totals = vec![Counted::ZERO; units.count];
        for (part, unit) in parts.zip(unit_of_answer) {
            if let Some(sum) = totals.get_mut(*unit) {
                sum.net += part.net;
                sum.promoter += part.promoter;
            }
        }
        totals
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// The variance of the sum of all unit totals.
fn variance(totals: &[Counted], units: &Units) -> Counted {
    let stratum_of = |unit: usize| {
        let of_unit = units.stratum_of_unit.as_ref();
        of_unit.map_or(0, |of_unit| of_unit.get(unit).copied().unwrap_or(0))
    };
    let mut strata = vec![(0_u64, Counted::ZERO); units.strata];
    let mut whole = Counted::ZERO;
    for (unit, total) in totals.iter().enumerate() {
        whole.net += total.net;
        whole.promoter += total.promoter;
        if let Some((members, sum)) = strata.get_mut(stratum_of(unit)) {
            *members += 1;
            sum.net += total.net;
            sum.promoter += total.promoter;
        }
    }
    let all = real(count(totals.len()));
    let mut variance = Counted::ZERO;
    for (unit, total) in totals.iter().enumerate() {
        let Some((members, sum)) = strata.get(stratum_of(unit)) else {
            continue;
        };
        let m = real(*members);
        let (center, factor) = if *members > 1 {
            let center = Counted {
                net: sum.net / m,
                promoter: sum.promoter / m,
            };
            (center, m / (m - 1.0))
        } else {
            (
                Counted {
                    net: whole.net / all,
                    promoter: whole.promoter / all,
                },
                1.0,
            )
        };
        variance.net += factor * (total.net - center.net).powi(2);
        variance.promoter += factor * (total.promoter - center.promoter).powi(2);
    }
    variance
}

/// A share with the same margin to both sides in the log-odds; nothing at 0 and 1.
fn log_odds_interval(share: f64, margin: f64) -> Option<Interval> {
    if share <= 0.0 || share >= 1.0 {
        return None;
    }
    let log_odds = share.ln() - (-share).ln_1p();
    let reach = margin / (share * (1.0 - share));
    let back = |log_odds: f64| 1.0 / (1.0 + (-log_odds).exp());
    Some(Interval {
        low: back(log_odds - reach),
        high: back(log_odds + reach),
    })
}
