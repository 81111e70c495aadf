//! Estimates for a customer base so small that the sample is a large part of it.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::{real, real_product};
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::not_measurable::NotMeasurable;
use crate::nps::Split;

/// What is estimated from a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampledMeasure {
    /// The Net Promoter Score, in points.
    Nps,
    /// The share of the `top` highest scores, a fraction.
    Share {
        /// How many of the highest scores count.
        top: usize,
    },
    /// The mean score, in scale units.
    Mean,
}

/// The outcome of [`finite_population`], in the unit of the measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FinitePopulation {
    /// How many answered.
    pub n: u64,
    /// The estimate; `None` without answers.
    pub estimate: Option<f64>,
    /// √((1 - n/N) s² / n); `None` with one answer out of several, exactly 0 when all answered.
    pub se: Option<f64>,
    /// estimate ± t · se with n - 1 degrees of freedom; `None` like se.
    pub ci: Option<Interval>,
}

/// An estimate from a simple random sample of a population of known size.
///
/// The more of the population answered, the less is left to chance: with everyone in, the interval
/// has no width. Without a `population` it is taken to be endless.
///
/// ```
/// use peil_measure::{Histogram, Level, SampledMeasure, finite_population};
///
/// let accounts = Histogram::from_counts(0, vec![0, 2, 0, 3, 4, 2, 3, 9, 13, 13, 11])?;
/// let some = finite_population(&accounts, SampledMeasure::Nps, Some(140), Level::default())?;
/// let all = finite_population(&accounts, SampledMeasure::Nps, Some(60), Level::default())?;
/// assert!((some.se.unwrap_or(0.0) - 7.658).abs() < 0.001);
/// assert_eq!(all.se, Some(0.0));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable::SampleExceedsPopulation`]; [`MeasureError::NotRecommendationScale`];
/// [`MeasureError::TopOutsideScale`].
///
/// # Sources
/// Cochran (1977), *Sampling Techniques*, section 2.6.
pub fn finite_population(
    answers: &Histogram,
    measure: SampledMeasure,
    population: Option<u64>,
    level: Level,
) -> Result<FinitePopulation, MeasureError> {
    let n = answers.n();
    let (estimate, variance) = moments(answers, measure)?;
    let left_out = match population {
        Some(population) if population < n => {
            return Err(NotMeasurable::SampleExceedsPopulation { n, population }.into());
        }
        Some(population) => {
            real_product(i128::from(population) - i128::from(n))
                / real_product(i128::from(population.max(1)))
        }
        None => 1.0,
    };
    let everyone_answered = n > 0 && population == Some(n);
    let se = if everyone_answered {
        Some(0.0)
    } else {
        variance.map(|variance| (left_out * variance / real(n)).sqrt())
    };
    let ci = estimate.zip(se).map(|(estimate, se)| {
        let margin = if se > 0.0 {
            level.t(real(n) - 1.0) * se
        } else {
            0.0
        };
        Interval::around(estimate, margin)
    });
    Ok(FinitePopulation {
        n,
        estimate,
        se,
        ci,
    })
}

/// The estimate and the sample variance (divisor n - 1).
fn moments(
    answers: &Histogram,
    measure: SampledMeasure,
) -> Result<(Option<f64>, Option<f64>), MeasureError> {
    let n = i128::from(answers.n());
    // Answers that count 1, 0 or -1, in units of `size`.
    let of_signs = |plus: u64, minus: u64, size: f64| {
        let (sum, squares) = (
            i128::from(plus) - i128::from(minus),
            i128::from(plus) + i128::from(minus),
        );
        let mean = (n > 0).then(|| size * real_product(sum) / real_product(n));
        let spread = real_product(n * squares - sum * sum);
        let variance = (n > 1).then(|| size * size * spread / real_product(n * (n - 1)));
        (mean, variance)
    };
    match measure {
        SampledMeasure::Nps => {
            let split = Split::of(answers)?;
            Ok(of_signs(split.promoters, split.detractors, 100.0))
        }
        SampledMeasure::Share { top } => Ok(of_signs(answers.top_count(top)?, 0, 1.0)),
        SampledMeasure::Mean => {
            let moments = answers.moments();
            Ok((moments.mean(), moments.variance()))
        }
    }
}
