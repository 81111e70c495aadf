//! What each of several themes costs or brings when one answer may mention more of them.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::metric::{Metric, Padding};

/// The outcome of [`shared_impact`], in the unit of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SharedImpact {
    /// All answers.
    pub n: u64,
    /// The answers that mention the theme.
    pub mentions: u64,
    /// The figure of the answers that mention no theme at all; `None` when there are none.
    pub none: Option<f64>,
    /// The part of `all - none` that falls to the theme: below zero when it pulls the figure down.
    /// `None` when nobody mentions it, or everybody mentions something.
    pub impact: Option<f64>,
    /// Its standard error by the delta method; `None` like impact.
    pub se: Option<f64>,
    /// impact ± z times a standard error that does not trust the spread of a handful of answers;
    /// `None` like impact.
    pub ci: Option<Interval>,
}

/// The share of one theme in what all themes together do to a figure.
///
/// What an answer is worth more or less than the mean μ of those that mention nothing is shared out
/// evenly over the m themes that it mentions. Of a theme that is
/// φ = (1/n) Σ (x - μ)/m over the answers that mention it. The shares of all themes add up to the
/// figure of all answers minus μ. `mentioning[k]` holds the answers that mention the theme and k others.
///
/// With W = (1/n) Σ 1/m, the squared standard error is Var(z)/n + W² σ₀²/n₀, where z is (x - μ)/m of an
/// answer that mentions the theme and 0 of any other, and σ₀² the variance of the n₀ answers that
/// mention nothing. The interval takes one mention more and both variances of scores after adding
/// imaginary answers, as [`impact`](crate::impact()) does.
///
/// ```
/// use peil_measure::{Histogram, Level, Metric, shared_impact};
///
/// // Scores 1 to 5. Nothing is mentioned in 60 answers; delivery alone in 20, with price in 10.
/// let none = Histogram::from_counts(1, vec![0, 0, 10, 30, 20])?;
/// let delivery = Histogram::from_counts(1, vec![5, 5, 5, 5, 0])?;
/// let both = Histogram::from_counts(1, vec![4, 3, 3, 0, 0])?;
/// let price = Histogram::from_counts(1, vec![0, 2, 4, 4, 0])?;
/// let mut all = none.clone();
/// for part in [&delivery, &both, &price] {
///     all.merge(part)?;
/// }
/// let level = Level::default();
/// let of_delivery = shared_impact(Metric::Mean, &all, &none, &[delivery, both.clone()], level)?;
/// let of_price = shared_impact(Metric::Mean, &all, &none, &[price, both], level)?;
///
/// let (delivery, price) = (of_delivery.impact.unwrap_or(0.0), of_price.impact.unwrap_or(0.0));
/// assert_eq!(format!("{delivery:.3} {price:.3}"), "-0.447 -0.210");
/// let whole = all.mean().unwrap_or(0.0) - none.mean().unwrap_or(0.0);
/// assert!((delivery + price - whole).abs() < 1e-12);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::ScalesDiffer`]; [`MeasureError::PartExceedsWhole`] when more answers mention the theme
/// than there are that mention something; what the [`Metric`] refuses.
///
/// # Sources
/// Sharing out evenly is the Shapley value of a sum over answers: Shapley (1953), *Contributions to the
/// Theory of Games* II, 307-317. The delta method: Efron and Tibshirani (1993), *An Introduction to the
/// Bootstrap*, chapter 21.
pub fn shared_impact(
    metric: Metric,
    all: &Histogram,
    none: &Histogram,
    mentioning: &[Histogram],
    level: Level,
) -> Result<SharedImpact, MeasureError> {
    let silent = metric.sample(none)?;
    let mut about = Histogram::empty(all.scale_min(), all.scale_max())?;
    for part in mentioning {
        about.merge(part)?;
    }
    all.without(none)?.without(&about)?;
    let found = SharedImpact {
        n: all.n(),
        mentions: about.n(),
        none: silent.value(),
        impact: None,
        se: None,
        ci: None,
    };
    let Some(mean) = silent.value().filter(|_| about.n() > 0) else {
        return Ok(found);
    };
    let n = real(all.n());
    let pooled = metric.sample(&about)?;
    let padded = pooled.padded(Padding::Whole);
    let padded = padded.and_then(|sample| sample.variance());
    // How much more the scores may vary than a handful of them shows.
    let unseen = padded.zip(pooled.variance());
    let unseen = unseen.map_or(0.0, |(careful, seen)| (careful - seen).max(0.0));
    let (mut sum, mut weight, mut squares, mut weights) = (0.0, 0.0, 0.0, 0.0);
    for (others, part) in (0_u64..).zip(mentioning) {
        let sample = metric.sample(part)?;
        let Some((value, variance)) = sample.value().zip(sample.variance()) else {
            continue;
        };
        let (count, themes) = (real(part.n()), real(others + 1));
        let more = value - mean;
        sum += count * more / themes;
        weight += count / themes;
        squares += count * (variance + more * more) / themes.powi(2);
        weights += count / themes.powi(2);
    }
    let (impact, weight) = (sum / n, weight / n);
    let of_mean = |padding: Option<Padding>| {
        let seen = padding.map_or(Some(silent), |padding| silent.padded(padding));
        let variance = seen.and_then(|seen| seen.variance()).unwrap_or_default();
        weight * weight * variance / silent.size()
    };
    let squared = |squares: f64, of_mean: f64| {
        let spread = (squares / n - impact * impact).max(0.0);
        (spread / n + of_mean).sqrt()
    };
    // One mention more than there were.
    let mentions = real(about.n());
    let careful_squares =
        (squares + weights * unseen) * (mentions + 1.0) / mentions * n / (n + 2.0);
    let careful = squared(careful_squares, of_mean(Some(Padding::Whole)));
    Ok(SharedImpact {
        impact: Some(impact),
        se: Some(squared(squares, of_mean(None))),
        ci: Some(Interval::around(impact, level.z() * careful)),
        ..found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_that_nobody_mentions_or_answers_that_all_mention_something_have_no_share() {
        let all = Histogram::from_counts(1, vec![2, 3, 5]).unwrap();
        let nobody = Histogram::empty(1, 3).unwrap();
        let level = Level::default();
        let found = shared_impact(Metric::Mean, &all, &all, &[], level).unwrap();
        assert_eq!((found.impact, found.mentions), (None, 0));
        let some = Histogram::from_counts(1, vec![2, 3, 5]).unwrap();
        let found = shared_impact(Metric::Mean, &all, &nobody, &[some], level).unwrap();
        assert_eq!((found.impact, found.none), (None, None));
    }

    #[test]
    fn more_mentions_than_answers_that_mention_something_are_refused() {
        let all = Histogram::from_counts(1, vec![2, 3]).unwrap();
        let none = Histogram::from_counts(1, vec![1, 3]).unwrap();
        let about = Histogram::from_counts(1, vec![1, 1]).unwrap();
        let refused = shared_impact(Metric::Mean, &all, &none, &[about], Level::default());
        assert!(matches!(
            refused,
            Err(MeasureError::PartExceedsWhole { .. })
        ));
    }
}
