//! The NPS when the make-up of the population is known.

use serde::Serialize;

use super::kish::effective_size;
use super::numbers::require_size;
use crate::error::MeasureError;
use crate::exact::{real, real_product};
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::not_measurable::NotMeasurable;
use crate::nps::Split;

/// A part of the population of known size, with the answers from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// What it is called.
    pub name: String,
    /// Its size, or its share of the population.
    pub population: f64,
    /// What was answered in it.
    pub answers: Histogram,
}

/// The outcome of [`post_stratify`]; NPS figures in points, `None` without population.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostStratified {
    /// The weighted NPS.
    pub nps: Option<f64>,
    /// Its standard error; also `None` with one answer in all.
    pub se: Option<f64>,
    /// nps ± z · se, not cut off.
    pub ci: Option<Interval>,
    /// The weight of one answer, for each stratum with population, in their order.
    pub weights: Vec<f64>,
    /// Kish's design effect over the answers.
    pub deff: Option<f64>,
    /// The effective number of answers.
    pub n_eff: Option<f64>,
    /// The NPS of all answers alike.
    pub nps_unweighted: Option<f64>,
}

/// The NPS with every stratum at its share of the population.
///
/// Weights `N_h` / `n_h`; se² = n/(n-1) Σ `W_h`² `v_h` / `n_h`, with `W_h` the share of the population
/// and `v_h` the variance of one answer (divisor `n_h`).
///
/// ```
/// use peil_measure::{Histogram, Level, Stratum, post_stratify};
///
/// let stratum = |name: &str, population, counts| {
///     let answers = Histogram::from_counts(0, counts)?;
///     Ok::<_, peil_measure::MeasureError>(Stratum { name: name.into(), population, answers })
/// };
/// let large = stratum("large", 500.0, vec![0, 1, 1, 0, 0, 1, 3, 16, 12, 15, 11])?;
/// let small = stratum("small", 1500.0, vec![5, 4, 1, 0, 4, 7, 1, 0, 7, 10, 1])?;
/// let outcome = post_stratify(&[large, small], Level::default())?;
/// assert_eq!(outcome.nps_unweighted, Some(9.0));
/// assert!((outcome.nps.unwrap_or(0.0) + 12.29).abs() < 0.01);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable::EmptyStratum`], [`NotMeasurable::UnknownStratum`];
/// [`MeasureError::NotRecommendationScale`]; [`MeasureError::NumberOutOfRange`] for a negative or
/// endless population.
///
/// # Sources
/// Holt and Smith (1979), *Journal of the Royal Statistical Society A* 142, 33-46; Lumley (2010),
/// *Complex Surveys*, section 7.2.
pub fn post_stratify(strata: &[Stratum], level: Level) -> Result<PostStratified, MeasureError> {
    let mut parts = Vec::with_capacity(strata.len());
    for stratum in strata {
        require_size("population", stratum.population)?;
        parts.push((stratum, Split::of(&stratum.answers)?));
    }
    let named = |stratum: &Stratum| stratum.name.clone();
    for (stratum, split) in &parts {
        if stratum.population > 0.0 && split.n == 0 {
            let stratum = named(stratum);
            return Err(NotMeasurable::EmptyStratum { stratum }.into());
        }
    }
    for (stratum, split) in &parts {
        if stratum.population <= 0.0 && split.n > 0 {
            let stratum = named(stratum);
            return Err(NotMeasurable::UnknownStratum { stratum }.into());
        }
    }
    parts.retain(|(stratum, _)| stratum.population > 0.0);
    let population: f64 = parts.iter().map(|(stratum, _)| stratum.population).sum();
    let (mut nps, mut squared_se, mut n, mut net) = (0.0, 0.0, 0_u64, 0_i128);
    let mut weights = Vec::with_capacity(parts.len());
    for (stratum, split) in &parts {
        let part = stratum.population / population;
        if let Some(wald) = split.wald() {
            nps += part * wald.nps;
            squared_se += (part * wald.se).powi(2);
        }
        n = n.saturating_add(split.n);
        net += i128::from(split.promoters) - i128::from(split.detractors);
        weights.push(stratum.population / real(split.n));
    }
    let nps = (n > 0).then_some(nps);
    let se = (n > 1).then(|| (squared_se * (real(n) / (real(n) - 1.0))).sqrt());
    let people = parts.iter().map(|(_, split)| split.n);
    let size = effective_size(weights.iter().copied().zip(people));
    Ok(PostStratified {
        nps,
        se,
        ci: nps
            .zip(se)
            .map(|(nps, se)| Interval::around(nps, level.z() * se)),
        deff: size.deff,
        n_eff: size.n_eff,
        nps_unweighted: (n > 0).then(|| 100.0 * real_product(net) / real(n)),
        weights,
    })
}
