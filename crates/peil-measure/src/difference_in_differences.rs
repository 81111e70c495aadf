//! Did it work: the change of a group in which something was done, against one in which nothing was.

use serde::Serialize;

use crate::distributions::{normal_two_sided_p, student_two_sided_p};
use crate::error::MeasureError;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::metric::{Metric, Padding, Sample};

/// The answers of one group in two periods.
#[derive(Debug, Clone, Copy)]
pub struct BeforeAfter<'a> {
    /// The first period.
    pub before: &'a Histogram,
    /// The second period.
    pub after: &'a Histogram,
}

/// A difference with what can be said of it, in the unit of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Contrast {
    /// The difference.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// value / se; `None` when there is no spread.
    pub statistic: Option<f64>,
    /// The degrees of freedom of Student's t; `None` when the statistic is normal or absent.
    pub df: Option<f64>,
    /// The probability of a statistic at least as far from 0 by chance; `None` like the statistic.
    pub p: Option<f64>,
    /// The interval; `None` like the statistic.
    pub ci: Option<Interval>,
}

/// The outcome of [`difference_in_differences`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DifferenceInDifferences {
    /// The change of the group in which something was done; `None` when one of its periods is empty.
    pub change: Option<f64>,
    /// The change of the other group, alike.
    pub change_elsewhere: Option<f64>,
    /// The first change minus the second, by Wald, or for means by Welch; `None` when a period is
    /// empty.
    pub plain: Option<Contrast>,
    /// The same after adding imaginary answers; `None` for means, and when a period is empty.
    pub adjusted: Option<Contrast>,
}

impl DifferenceInDifferences {
    /// The contrast to print: the adjusted one where there is one.
    ///
    /// ```
    /// use peil_measure::{BeforeAfter, Histogram, Level, Metric, difference_in_differences};
    ///
    /// let shop = Histogram::from_counts(1, vec![10, 90])?;
    /// let same = BeforeAfter { before: &shop, after: &shop };
    /// let share = Metric::TopShare { top: 1 };
    /// let outcome = difference_in_differences(share, same, same, Level::default())?;
    /// assert_eq!(outcome.printed(), outcome.adjusted);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn printed(&self) -> Option<Contrast> {
        self.adjusted.or(self.plain)
    }
}

/// Compares two changes: (after - before) of a group in which something was done, minus the same of
/// a group in which nothing was.
///
/// Four independent samples, so that the squared standard errors add up. An NPS or a share is a sum
/// of counts: Wald with z, and the same after adding ⅜ promoter, ¾ passive and ⅜ detractor, or half
/// a success and half a failure, to each of the four, which holds up in small groups. A mean: the
/// t of Welch with the degrees of freedom of Satterthwaite over all four.
///
/// It answers *did it work?* only if without the action both groups would have changed alike. That
/// cannot be computed; it has to be argued, for instance from the periods before.
///
/// ```
/// use peil_measure::{BeforeAfter, Histogram, Level, Metric, difference_in_differences};
///
/// let treated = (Histogram::from_counts(1, vec![9, 14, 30, 40, 27])?,
///                Histogram::from_counts(1, vec![4, 8, 25, 50, 41])?);
/// let elsewhere = (Histogram::from_counts(1, vec![11, 19, 52, 80, 60])?,
///                  Histogram::from_counts(1, vec![10, 21, 50, 84, 55])?);
/// let outcome = difference_in_differences(
///     Metric::Mean,
///     BeforeAfter { before: &treated.0, after: &treated.1 },
///     BeforeAfter { before: &elsewhere.0, after: &elsewhere.1 },
///     Level::default(),
/// )?;
/// let effect = outcome.printed().ok_or("a period is empty")?;
/// assert!((effect.value - 0.410).abs() < 0.001);
/// assert!((effect.p.unwrap_or(1.0) - 0.0195).abs() < 0.0001);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::ScalesDiffer`]; what the [`Metric`] refuses.
///
/// # Sources
/// Angrist and Pischke (2009), *Mostly Harmless Econometrics*, chapter 5; Price and Bonett (2004),
/// *Computational Statistics & Data Analysis* 45, 449-456; Satterthwaite (1946), *Biometrics
/// Bulletin* 2, 110-114.
pub fn difference_in_differences(
    metric: Metric,
    group: BeforeAfter<'_>,
    elsewhere: BeforeAfter<'_>,
    level: Level,
) -> Result<DifferenceInDifferences, MeasureError> {
    let scale = group.before;
    for histogram in [group.after, elsewhere.before, elsewhere.after] {
        scale.require_same_scale(histogram)?;
    }
    let samples = Four {
        before: metric.sample(group.before)?,
        after: metric.sample(group.after)?,
        before_elsewhere: metric.sample(elsewhere.before)?,
        after_elsewhere: metric.sample(elsewhere.after)?,
    };
    let range = metric.range(scale);
    let widest = 2.0 * (range.high - range.low);
    let (plain, adjusted) = match metric {
        Metric::Mean => (samples.welch(level), None),
        Metric::Nps | Metric::TopShare { .. } => (
            samples.wald(level),
            samples
                .padded()
                .and_then(|padded| padded.wald(level))
                .map(|contrast| Contrast {
                    ci: contrast.ci.map(|ci| ci.clipped(widest)),
                    ..contrast
                }),
        ),
    };
    Ok(DifferenceInDifferences {
        change: change(&samples.before, &samples.after),
        change_elsewhere: change(&samples.before_elsewhere, &samples.after_elsewhere),
        plain,
        adjusted,
    })
}

fn change(before: &Sample, after: &Sample) -> Option<f64> {
    Some(after.value()? - before.value()?)
}

/// The four samples of a difference in differences.
struct Four {
    before: Sample,
    after: Sample,
    before_elsewhere: Sample,
    after_elsewhere: Sample,
}

impl Four {
    fn all(&self) -> [&Sample; 4] {
        [
            &self.before,
            &self.after,
            &self.before_elsewhere,
            &self.after_elsewhere,
        ]
    }

    fn padded(&self) -> Option<Self> {
        let pad = |sample: &Sample| sample.padded(Padding::Half);
        Some(Self {
            before: pad(&self.before)?,
            after: pad(&self.after)?,
            before_elsewhere: pad(&self.before_elsewhere)?,
            after_elsewhere: pad(&self.after_elsewhere)?,
        })
    }

    fn value(&self) -> Option<f64> {
        let elsewhere = change(&self.before_elsewhere, &self.after_elsewhere)?;
        Some(change(&self.before, &self.after)? - elsewhere)
    }

    fn wald(&self, level: Level) -> Option<Contrast> {
        let value = self.value()?;
        let squared_se: f64 = self.all().iter().filter_map(|one| one.squared_se()).sum();
        let se = squared_se.sqrt();
        let statistic = (se > 0.0).then(|| value / se);
        Some(Contrast {
            value,
            se,
            statistic,
            df: None,
            p: statistic.map(normal_two_sided_p),
            ci: statistic.map(|_| Interval::around(value, level.z() * se)),
        })
    }

    /// With n - 1 instead of n, because a t stands on the sample variance.
    fn welch(&self, level: Level) -> Option<Contrast> {
        let value = self.value()?;
        let mut parts = Vec::new();
        for sample in self.all() {
            let freedom = sample.size() - 1.0;
            // One answer has no spread of its own: then there is no interval.
            let part = (freedom > 0.0).then(|| (sample.variance(), freedom));
            parts.push(part.and_then(|(variance, freedom)| Some((variance? / freedom, freedom))));
        }
        let parts: Option<Vec<(f64, f64)>> = parts.into_iter().collect();
        let squared_se = parts
            .as_ref()
            .map_or(0.0, |parts| parts.iter().map(|part| part.0).sum());
        let df = parts.filter(|_| squared_se > 0.0).map(|parts| {
            let share = |part: &(f64, f64)| (part.0 / squared_se).powi(2) / part.1;
            1.0 / parts.iter().map(share).sum::<f64>()
        });
        let se = squared_se.sqrt();
        Some(Contrast {
            value,
            se,
            statistic: df.map(|_| value / se),
            df,
            p: df.map(|df| student_two_sided_p(value / se, df)),
            ci: df.map(|df| Interval::around(value, level.t(df) * se)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(counts: &[u64]) -> Histogram {
        Histogram::from_counts(1, counts.to_vec()).unwrap()
    }

    #[test]
    fn an_empty_period_gives_no_effect_but_the_other_change() {
        let (some, none) = (histogram(&[1, 4, 5]), histogram(&[0, 0, 0]));
        let group = BeforeAfter {
            before: &some,
            after: &none,
        };
        let elsewhere = BeforeAfter {
            before: &some,
            after: &some,
        };
        let outcome =
            difference_in_differences(Metric::Mean, group, elsewhere, Level::default()).unwrap();
        assert_eq!(outcome.printed(), None);
        assert_eq!(
            (outcome.change, outcome.change_elsewhere),
            (None, Some(0.0))
        );
    }

    #[test]
    fn unanimous_groups_are_not_certain_of_a_share() {
        let (low, high) = (histogram(&[6, 0]), histogram(&[0, 6]));
        let group = BeforeAfter {
            before: &low,
            after: &high,
        };
        let elsewhere = BeforeAfter {
            before: &low,
            after: &low,
        };
        let metric = Metric::TopShare { top: 1 };
        let outcome =
            difference_in_differences(metric, group, elsewhere, Level::default()).unwrap();
        assert_eq!(outcome.plain.unwrap().p, None);
        let printed = outcome.printed().unwrap().ci.unwrap();
        assert!(printed.low < 1.0 && printed.half_width() > 0.2);
    }

    #[test]
    fn groups_on_different_scales_are_refused() {
        let (two, three) = (histogram(&[1, 1]), histogram(&[1, 1, 1]));
        let group = BeforeAfter {
            before: &two,
            after: &two,
        };
        let elsewhere = BeforeAfter {
            before: &two,
            after: &three,
        };
        let refused = difference_in_differences(Metric::Mean, group, elsewhere, Level::default());
        assert!(matches!(refused, Err(MeasureError::ScalesDiffer { .. })));
    }
}
