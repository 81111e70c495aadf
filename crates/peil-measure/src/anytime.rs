//! A comparison that may be looked at every day: an interval that holds at all times at once.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::metric::{Metric, Padding, Sample};

/// The outcome of [`anytime`], in the unit of the metric; all `None` when a group is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Anytime {
    /// Second minus first.
    pub diff: Option<f64>,
    /// The interval at this moment of a sequence that, with the probability of the level, holds the
    /// true difference at *every* moment.
    pub ci: Option<Interval>,
    /// A p-value that may be looked at as often as one likes: the chance that it *ever* falls below
    /// α without a difference is at most α.
    pub p: Option<f64>,
}

/// Compares two independent groups so that looking every day, and stopping when it looks good, does
/// not produce false alarms.
///
/// A fixed interval is right 95 % of the time for *one* look; who looks every day finds a
/// "difference" sooner or later, also where there is none. This is one moment of a confidence
/// sequence: with t answers, standard error s of the difference, and α = 1 - level,
///
/// diff ± s √( 2 (tρ² + 1)/(tρ²) · ln( √(tρ² + 1) / α ) )
///
/// with ρ² = (-2 ln α + ln(1 - 2 ln α)) / `planned`, which makes it narrowest when both groups
/// together have `planned` answers. It holds when `planned` is not met as well, but `planned`
/// and `level` must stay the same over all looks. There it is about half as wide again as a fixed
/// interval. The histograms hold all answers since the start. The sequence is asymptotic; that it
/// also holds from the first answers on is owed to the imaginary answers that each group gets
/// before (an NPS ¾ promoter, 1½ passive, ¾ detractor; a share one success and one failure; a mean
/// half an answer at each end of the scale), and is tested by simulation.
///
/// ```
/// use peil_measure::{Histogram, Level, Metric, anytime, nps_diff};
///
/// let a = Histogram::from_counts(0, vec![3, 1, 2, 3, 4, 9, 8, 19, 24, 32, 30])?;
/// let b = Histogram::from_counts(0, vec![2, 1, 1, 2, 2, 6, 5, 16, 25, 38, 39])?;
/// let now = anytime(Metric::Nps, &a, &b, 500, Level::default())?;
/// let fixed = nps_diff(&a, &b, Level::default())?;
/// // For one look at a date set beforehand this would be called a difference.
/// assert!(fixed.p_adjusted.is_some_and(|p| p < 0.05));
/// assert!(now.p.is_some_and(|p| p > 0.4) && now.ci.is_some_and(|ci| ci.contains(0.0)));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] when no answers are planned; [`MeasureError::ScalesDiffer`];
/// what the [`Metric`] refuses.
///
/// # Sources
/// Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), *The Annals of Statistics* 52(6),
/// theorem 2.2 and equation for ρ in appendix B; Robbins (1970), *The Annals of Mathematical
/// Statistics* 41, 1397-1409; Howard, Ramdas, `McAuliffe` and Sekhon (2021), *The Annals of
/// Statistics* 49, 1055-1080.
pub fn anytime(
    metric: Metric,
    a: &Histogram,
    b: &Histogram,
    planned: u64,
    level: Level,
) -> Result<Anytime, MeasureError> {
    a.require_same_scale(b)?;
    if planned == 0 {
        return Err(MeasureError::NumberOutOfRange {
            input: "planned",
            value: 0.0,
            expected: "at least 1",
        });
    }
    let range = metric.range(a);
    let (a, b) = (metric.sample(a)?, metric.sample(b)?);
    let Some(diff) = difference(&a, &b) else {
        return Ok(Anytime::default());
    };
    let outcome = Anytime {
        diff: Some(diff),
        ..Anytime::default()
    };
    let padded = a.padded(Padding::Whole).zip(b.padded(Padding::Whole));
    let moment = padded.and_then(|(a, b)| Moment::of(&a, &b, planned, level));
    Ok(moment.map_or(outcome, |moment| Anytime {
        ci: Some(moment.interval().clipped(range.high - range.low)),
        p: Some(moment.p()),
        ..outcome
    }))
}

fn difference(a: &Sample, b: &Sample) -> Option<f64> {
    Some(b.value()? - a.value()?)
}

/// One moment of the sequence.
struct Moment {
    diff: f64,
    squared_se: f64,
    /// tρ²: how far along the plan we are.
    progress: f64,
    /// -ln α.
    strictness: f64,
}

impl Moment {
    fn of(a: &Sample, b: &Sample, planned: u64, level: Level) -> Option<Self> {
        let strictness = -level.outside().ln();
        let rho_squared = (2.0 * strictness + (2.0 * strictness).ln_1p()) / real(planned);
        Some(Self {
            diff: difference(a, b)?,
            squared_se: a.squared_se()? + b.squared_se()?,
            progress: (a.size() + b.size()) * rho_squared,
            strictness,
        })
    }

    fn interval(&self) -> Interval {
        let stretch = 2.0 * (1.0 + self.progress.recip());
        let logarithm = 0.5 * self.progress.ln_1p() + self.strictness;
        Interval::around(self.diff, (self.squared_se * stretch * logarithm).sqrt())
    }

    /// The α at which the interval just reaches 0.
    fn p(&self) -> f64 {
        if self.squared_se <= 0.0 {
            // Only a scale of a single score has no spread after padding, and no difference either.
            return 1.0;
        }
        let distance = self.diff * self.diff / self.squared_se;
        let exponent = 0.5 * self.progress.ln_1p() - distance / 2.0 / (1.0 + self.progress.recip());
        exponent.exp().min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_p_value_is_below_alpha_exactly_when_the_interval_leaves_zero_out() {
        for hits in 0..200_u64 {
            let a = Histogram::from_counts(0, vec![100, 100]).unwrap();
            let b = Histogram::from_counts(0, vec![200 - hits, hits]).unwrap();
            let metric = Metric::TopShare { top: 1 };
            let outcome = anytime(metric, &a, &b, 300, Level::default()).unwrap();
            let is_out = !outcome.ci.unwrap().contains(0.0);
            assert_eq!(is_out, outcome.p.unwrap() < 0.05, "{hits}");
        }
    }

    #[test]
    fn an_empty_group_compares_with_nothing_and_no_plan_is_refused() {
        let none = Histogram::recommendation();
        let outcome = anytime(Metric::Nps, &none, &none, 100, Level::default());
        assert_eq!(outcome, Ok(Anytime::default()));
        let refused = anytime(Metric::Nps, &none, &none, 0, Level::default());
        assert!(matches!(
            refused,
            Err(MeasureError::NumberOutOfRange { .. })
        ));
    }

    #[test]
    fn a_scale_of_one_score_never_differs() {
        let all = Histogram::from_counts(3, vec![40]).unwrap();
        let outcome = anytime(Metric::Mean, &all, &all, 100, Level::default()).unwrap();
        assert_eq!((outcome.diff, outcome.p), (Some(0.0), Some(1.0)));
    }
}
