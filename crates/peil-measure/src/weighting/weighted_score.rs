//! A figure of weighted answers beside that of the same answers unweighted.

use serde::Serialize;

use super::kish::effective_size;
use super::numbers::require_size;
use crate::distributions::student_two_sided_p;
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::metric::Metric;

/// Answers that weigh the same.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedAnswers {
    /// What each of them weighs.
    pub weight: f64,
    /// How often each score was given.
    pub answers: Histogram,
}

/// The outcome of [`weighted_score`], in the unit of the metric; everything but n is `None`
/// without weight, errors and intervals also with a single answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WeightedScore {
    /// How many answers there are, those of weight 0 included.
    pub n: u64,
    /// The weighted figure.
    pub value: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// value ± t · se, cut off at the ends of the scale.
    pub ci: Option<Interval>,
    /// The figure in which every answer weighs the same.
    pub unweighted: Option<f64>,
    /// The weighted figure less the unweighted one.
    pub diff: Option<f64>,
    /// The standard error of the difference, both being of the same answers.
    pub diff_se: Option<f64>,
    /// diff ± t · `diff_se`.
    pub diff_ci: Option<Interval>,
    /// The probability of at least this difference when weighting changes nothing; `None` also
    /// when the weights make no difference to any answer.
    pub p: Option<f64>,
    /// Kish's design effect over the weights above 0.
    pub deff: Option<f64>,
    /// How many answers of equal weight tell as much.
    pub n_eff: Option<f64>,
}

/// An NPS, share or mean of weighted answers, and what the weights change about it.
///
/// ȳ = Σ w y / Σ w over answers worth y. Linearised, u = w (y - ȳ) / Σ w per answer and
/// V = n/(n-1) Σ u², with t of n - 1 degrees of freedom. The difference with the plain mean m has
/// d = u - (y - m) / n in the place of u. The weights count as fixed.
///
/// ```
/// use peil_measure::{Histogram, Level, Metric, WeightedAnswers, weighted_score};
///
/// let part = |weight, counts| {
///     let answers = Histogram::from_counts(1, counts)?;
///     Ok::<_, peil_measure::MeasureError>(WeightedAnswers { weight, answers })
/// };
/// let parts = [part(0.5, vec![0, 0, 0, 10, 10])?, part(1.5, vec![0, 10, 10, 0, 0])?];
/// let outcome = weighted_score(&parts, Metric::Mean, Level::default())?;
/// assert_eq!(outcome.unweighted, Some(3.5));
/// assert!((outcome.value.unwrap_or_default() - 3.0).abs() < 1e-12);
/// assert!((outcome.n_eff.unwrap_or_default() - 32.0).abs() < 1e-12);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] for a negative or endless weight;
/// [`MeasureError::NotRecommendationScale`]; [`MeasureError::TopOutsideScale`]; histograms of
/// different scales.
///
/// # Sources
/// Binder (1983), *International Statistical Review* 51, 279-292; Lumley (2010), *Complex Surveys*,
/// chapter 2.
pub fn weighted_score(
    parts: &[WeightedAnswers],
    metric: Metric,
    level: Level,
) -> Result<WeightedScore, MeasureError> {
    let Some(first) = parts.first() else {
        return Ok(WeightedScore::default());
    };
    let mut whole = Histogram::empty(first.answers.scale_min(), first.answers.scale_max())?;
    for part in parts {
        require_size("weights", part.weight)?;
        whole.merge(&part.answers)?;
    }
    let worth = worth(metric, &whole)?;
    let n = whole.n();
    let rows = || {
        parts.iter().flat_map(|part| {
            let worth = &worth;
            let counted = part.answers.iter().filter(|(_, count)| *count > 0);
            counted.map(move |(score, count)| (part.weight, worth(score), real(count)))
        })
    };
    let sum: f64 = rows().map(|(weight, _, count)| weight * count).sum();
    let nothing = WeightedScore {
        n,
        ..WeightedScore::default()
    };
    if n == 0 || sum <= 0.0 {
        return Ok(nothing);
    }
    let value = rows().map(|(w, y, count)| w / sum * y * count).sum::<f64>();
    let plain = rows().map(|(_, y, count)| y * count).sum::<f64>() / real(n);
    let squares = rows().fold((0.0, 0.0), |(own, changed): (f64, f64), (w, y, count)| {
        let u = w / sum * (y - value);
        let d = u - (y - plain) / real(n);
        (own + count * u * u, changed + count * d * d)
    });
    let size = effective_size(parts.iter().map(|part| (part.weight, part.answers.n())));
    let error = |squares: f64| (n > 1).then(|| (real(n) / (real(n) - 1.0) * squares).sqrt());
    let (se, diff_se) = (error(squares.0), error(squares.1));
    let df = real(n) - 1.0;
    let t = (n > 1).then(|| level.t(df));
    let around = |center: f64, se: Option<f64>| se.zip(t).map(|(se, t)| (center, t * se));
    let range = metric.range(&whole);
    let diff = value - plain;
    // What is left of rounding when all weights are alike is no difference.
    let is_same = diff_se.is_none_or(|se| se <= f64::EPSILON * (range.high - range.low));
    Ok(WeightedScore {
        value: Some(value),
        se,
        ci: around(value, se).map(|(center, margin)| Interval {
            low: (center - margin).max(range.low),
            high: (center + margin).min(range.high),
        }),
        unweighted: Some(plain),
        diff: Some(diff),
        diff_se,
        diff_ci: around(diff, diff_se).map(|(center, margin)| Interval::around(center, margin)),
        p: diff_se
            .filter(|_| !is_same)
            .map(|se| student_two_sided_p(diff / se, df)),
        deff: size.deff,
        n_eff: size.n_eff,
        ..nothing
    })
}

/// What an answer with a score is worth.
fn worth(metric: Metric, whole: &Histogram) -> Result<impl Fn(i32) -> f64 + use<>, MeasureError> {
    // Refuses scales and tops that do not fit.
    metric.sample(whole)?;
    let from = match metric {
        Metric::TopShare { top } => {
            let top = i32::try_from(top).unwrap_or(i32::MAX);
            whole.scale_max().saturating_sub(top)
        }
        Metric::Nps | Metric::Mean => whole.scale_max(),
    };
    Ok(move |score: i32| match metric {
        Metric::Nps if score >= 9 => 100.0,
        Metric::Nps if score >= 7 => 0.0,
        Metric::Nps => -100.0,
        Metric::TopShare { .. } => f64::from(u8::from(score > from)),
        Metric::Mean => f64::from(score),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SurveyDesign, weighted_nps};

    fn part(weight: f64, scale_min: i32, counts: Vec<u64>) -> WeightedAnswers {
        let answers = Histogram::from_counts(scale_min, counts).unwrap();
        WeightedAnswers { weight, answers }
    }

    fn close(got: Option<f64>, expected: f64) {
        let got = got.unwrap();
        assert!((got - expected).abs() < 1e-9, "{got} is not {expected}");
    }

    #[test]
    fn an_nps_equals_that_of_the_answers_one_by_one() {
        let parts = [
            part(2.0, 0, vec![1, 0, 0, 0, 0, 0, 2, 3, 0, 4, 1]),
            part(0.4, 0, vec![0, 2, 0, 1, 0, 0, 0, 1, 1, 0, 6]),
        ];
        let mut scores = Vec::new();
        let mut weights = Vec::new();
        for part in &parts {
            for (score, count) in part.answers.iter() {
                for _ in 0..count {
                    scores.push(score);
                    weights.push(part.weight);
                }
            }
        }
        let design = SurveyDesign {
            weights: Some(&weights),
            ..SurveyDesign::default()
        };
        let one_by_one = weighted_nps(&scores, &design, Level::default()).unwrap();
        let outcome = weighted_score(&parts, Metric::Nps, Level::default()).unwrap();
        assert_eq!(outcome.n, one_by_one.n);
        close(outcome.value, one_by_one.nps.unwrap());
        close(outcome.se, one_by_one.se.unwrap());
        close(
            outcome.ci.map(|ci| ci.low),
            one_by_one.ci.unwrap().low.max(-100.0),
        );
    }

    #[test]
    fn a_mean_and_what_weights_change_about_it_equal_those_of_r() {
        // y <- rep(c(4, 5, 2, 3), each = 10); w <- rep(c(.5, .5, 1.5, 1.5), each = 10); n <- 40
        // m <- weighted.mean(y, w); u <- w * (y - m) / sum(w); d <- u - (y - mean(y)) / n
        // sqrt(n / (n - 1) * sum(u^2)); sqrt(n / (n - 1) * sum(d^2))
        // 2 * pt(-.5 / sqrt(n / (n - 1) * sum(d^2)), n - 1)
        let parts = [
            part(0.5, 1, vec![0, 0, 0, 10, 10]),
            part(1.5, 1, vec![0, 10, 10, 0, 0]),
        ];
        let outcome = weighted_score(&parts, Metric::Mean, Level::default()).unwrap();
        close(outcome.se, 0.149_786_172_378_819_53);
        close(outcome.diff_se, 0.056_613_851_707_229_78);
        assert!((outcome.p.unwrap() / 7.632_270_779_839_658e-11 - 1.0).abs() < 1e-6);
    }

    #[test]
    fn equal_weights_change_nothing_and_no_weight_is_no_figure() {
        let same = [
            part(3.0, 1, vec![1, 2, 3, 4, 5]),
            part(3.0, 1, vec![0, 0, 0, 2, 7]),
        ];
        let top = Metric::TopShare { top: 2 };
        let outcome = weighted_score(&same, top, Level::default()).unwrap();
        close(outcome.value, 18.0 / 24.0);
        close(outcome.diff, 0.0);
        assert_eq!(outcome.p, None);
        let none = weighted_score(&[part(0.0, 1, vec![1, 2])], Metric::Mean, Level::default());
        assert_eq!(none.unwrap().value, None);
        assert!(
            weighted_score(&[part(1.0, 1, vec![1, 2])], Metric::Nps, Level::default()).is_err()
        );
        let below = weighted_score(&[part(-1.0, 1, vec![1])], Metric::Mean, Level::default());
        assert!(below.is_err());
    }
}
