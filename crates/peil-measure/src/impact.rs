//! What a theme costs or brings: the score of all answers against the score without it.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::metric::{Metric, Padding, Sample};

/// The outcome of [`impact`], in the unit of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Impact {
    /// All answers.
    pub n: u64,
    /// The answers that mention the theme.
    pub mentions: u64,
    /// The figure of all answers; `None` without answers.
    pub all: Option<f64>,
    /// The figure of the answers that do not mention the theme; `None` when there are none.
    pub without: Option<f64>,
    /// `all - without`: below zero when the theme pulls the figure down. `None` when nobody, or
    /// everybody, mentions the theme.
    pub impact: Option<f64>,
    /// The standard error of the impact by the delta method; `None` like impact.
    pub se: Option<f64>,
    /// impact ± z times a standard error that does not trust the spread of a handful of answers;
    /// `None` like impact.
    pub ci: Option<Interval>,
}

/// How much a theme moves a figure: the figure of all answers minus that of the answers without it.
///
/// All answers contain those without the theme, so the two figures are not independent. With π the
/// share that mentions the theme and μ₁, μ₀ the figures with and without it, the impact is
/// π (μ₁ - μ₀), and its squared standard error
/// (μ₁ - μ₀)² π(1 - π)/n + π² (σ₁²/n₁ + σ₀²/n₀): from chance in who mentions it, and from chance in
/// the two figures. The interval takes π from one mention and one silence more, and σ² after adding
/// imaginary answers (an NPS ¾ promoter, 1½ passive, ¾ detractor; a share one success and one
/// failure; a mean half an answer at each end of the scale). It does not say that the theme *causes*
/// the difference.
///
/// ```
/// use peil_measure::{Histogram, Level, Metric, impact};
///
/// let all = Histogram::from_counts(0, vec![4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75])?;
/// let about_waiting = Histogram::from_counts(0, vec![3, 3, 1, 4, 5, 10, 4, 6, 4, 2, 1])?;
/// let outcome = impact(Metric::Nps, &all, &about_waiting, Level::default())?;
///
/// assert!((outcome.impact.unwrap_or(0.0) + 14.853).abs() < 0.01);
/// let interval = outcome.ci.ok_or("nobody mentions it")?;
/// assert!((interval.low + 19.912).abs() < 0.01 && (interval.high + 9.795).abs() < 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::ScalesDiffer`]; [`MeasureError::PartExceedsWhole`] when the theme is mentioned
/// more often than there are answers; what the [`Metric`] refuses.
///
/// # Sources
/// Efron and Tibshirani (1993), *An Introduction to the Bootstrap*, chapters 11 and 21 (leaving out,
/// and the delta method as the infinitesimal jackknife).
pub fn impact(
    metric: Metric,
    all: &Histogram,
    mentioning: &Histogram,
    level: Level,
) -> Result<Impact, MeasureError> {
    let rest = metric.sample(&all.without(mentioning)?)?;
    let with = metric.sample(mentioning)?;
    let figures = Impact {
        n: all.n(),
        mentions: mentioning.n(),
        all: metric.sample(all)?.value(),
        without: rest.value(),
        impact: None,
        se: None,
        ci: None,
    };
    let Some(difference) = with
        .value()
        .zip(rest.value())
        .map(|(with, rest)| with - rest)
    else {
        return Ok(figures);
    };
    let n = real(all.n());
    let share = real(mentioning.n()) / n;
    let impact = share * difference;
    let plain = delta(difference, share, n, spread_of_means(&with, &rest, None));
    let careful_share = (real(mentioning.n()) + 1.0) / (n + 2.0);
    let careful_spread = spread_of_means(&with, &rest, Some(Padding::Whole));
    let careful = delta(difference, careful_share, n, careful_spread);
    Ok(Impact {
        impact: Some(impact),
        se: Some(plain),
        ci: Some(Interval::around(impact, level.z() * careful)),
        ..figures
    })
}

/// The standard error of share × difference.
fn delta(difference: f64, share: f64, n: f64, spread_of_means: f64) -> f64 {
    let from_share = difference * difference * share * (1.0 - share) / n;
    (from_share + share * share * spread_of_means).sqrt()
}

/// σ₁²/n₁ + σ₀²/n₀, with the variances of answers to which imaginary ones may have been added.
fn spread_of_means(with: &Sample, rest: &Sample, padding: Option<Padding>) -> f64 {
    let of = |sample: &Sample| {
        let seen = padding.map_or(Some(*sample), |padding| sample.padded(padding));
        seen.and_then(|seen| seen.variance())
            .map_or(0.0, |variance| variance / sample.size())
    };
    of(with) + of(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_that_nobody_or_everybody_mentions_has_no_impact() {
        let all = Histogram::from_counts(0, vec![2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 6]).unwrap();
        for mentioning in [Histogram::recommendation(), all.clone()] {
            let outcome = impact(Metric::Nps, &all, &mentioning, Level::default()).unwrap();
            assert_eq!((outcome.impact, outcome.ci), (None, None));
            assert!(outcome.all.is_some());
        }
    }

    #[test]
    fn one_mention_does_not_give_a_certain_impact() {
        let all = Histogram::from_counts(1, vec![1, 0, 0, 5, 5]).unwrap();
        let one = Histogram::from_counts(1, vec![1, 0, 0, 0, 0]).unwrap();
        let outcome = impact(Metric::Mean, &all, &one, Level::default()).unwrap();
        assert!(outcome.ci.unwrap().contains(0.0));
    }

    #[test]
    fn a_theme_mentioned_more_often_than_answered_is_refused() {
        let all = Histogram::from_counts(1, vec![1, 2]).unwrap();
        let more = Histogram::from_counts(1, vec![2, 2]).unwrap();
        let refused = impact(Metric::Mean, &all, &more, Level::default());
        let expected = MeasureError::PartExceedsWhole {
            score: 1,
            part: 2,
            whole: 1,
        };
        assert_eq!(refused, Err(expected));
    }
}
