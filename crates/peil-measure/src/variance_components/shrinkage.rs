//! Empirical Bayes: the best guess for each of many groups, from estimates that are each uncertain.

use core::iter::zip;

use serde::Serialize;

use super::optimum::lowest;
use crate::distributions::chi_squared_upper_tail;
use crate::error::MeasureError;
use crate::exact::real;
use crate::level::Level;
use crate::measured::Interval;
use crate::not_measurable::NotMeasurable;

/// How the variance between groups is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeterogeneityMethod {
    /// `DerSimonian` and Laird's moments.
    DerSimonianLaird,
    /// Restricted maximum likelihood.
    Reml,
}

/// The outcome of [`shrinkage`], in units of the estimates; variances in squared units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shrinkage {
    /// The variance between groups that their own uncertainty does not explain.
    pub tau2: f64,
    /// The mean over groups, each weighed by 1/(τ² + its variance).
    pub mu: f64,
    /// The standard error of `mu`.
    pub mu_se: f64,
    /// mu ± 1.96 standard errors.
    pub mu_ci: Interval,
    /// Cochran's Q: how far the estimates lie apart for their variances.
    pub q: f64,
    /// How often chance alone gives a Q so large.
    pub q_p: f64,
    /// The part of the variance of an estimate of typical uncertainty that lies between groups.
    pub i2: f64,
    /// The best guess per group: pulled towards `mu`, the more so the less certain it was.
    pub estimates: Vec<f64>,
    /// The standard error of each guess.
    pub se: Vec<f64>,
}

/// Pulls uncertain estimates of groups towards their common mean.
///
/// The guess for a group is B·estimate + (1-B)·μ with B = τ²/(τ² + its variance), and its squared
/// standard error B·variance + (1-B)²·se(μ)². A list of groups ordered by such guesses is not headed
/// by whoever has three answers.
///
/// ```
/// use peil_measure::{HeterogeneityMethod, shrinkage};
///
/// let outcome = shrinkage(&[60.0, 20.0, 35.0], &[400.0, 25.0, 25.0], HeterogeneityMethod::Reml)?;
/// // Few answers gave 60: it moves a long way, the other two hardly move.
/// assert!(outcome.estimates[0] < 40.0 && (outcome.estimates[1] - 20.0).abs() < 4.0);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// In this order: [`MeasureError::LengthsDiffer`] unless every estimate has a variance;
/// [`MeasureError::NumberOutOfRange`] for an estimate that is not finite or a variance below zero;
/// [`NotMeasurable::TooFewGroups`] below two; [`NotMeasurable::ZeroVariance`] when a variance is zero.
///
/// # Sources
/// `DerSimonian` and Laird (1986), *Controlled Clinical Trials* 7, 177-188; Raudenbush and Bryk
/// (1985), *Journal of Educational Statistics* 10, 75-98; Higgins and Thompson (2002), *Statistics in
/// Medicine* 21, 1539-1558.
pub fn shrinkage(
    estimates: &[f64],
    variances: &[f64],
    method: HeterogeneityMethod,
) -> Result<Shrinkage, MeasureError> {
    check(estimates, variances)?;
    let fixed = Pooled::of(estimates, variances, 0.0);
    let degrees = real(u64::try_from(estimates.len()).unwrap_or(u64::MAX)) - 1.0;
    let spare = fixed.weight - fixed.squared_weight / fixed.weight;
    let tau2 = match method {
        HeterogeneityMethod::DerSimonianLaird => ((fixed.squares - degrees) / spare).max(0.0),
        HeterogeneityMethod::Reml => reml(estimates, variances),
    };
    let pooled = Pooled::of(estimates, variances, tau2);
    let mu_se = pooled.weight.sqrt().recip();
    let typical = degrees / spare;
    let trust = |variance: &f64| tau2 / (tau2 + variance);
    Ok(Shrinkage {
        tau2,
        mu: pooled.mean,
        mu_se,
        mu_ci: Interval::around(pooled.mean, Level::default().z() * mu_se),
        q: fixed.squares,
        q_p: chi_squared_upper_tail(fixed.squares, degrees),
        i2: tau2 / (tau2 + typical),
        estimates: zip(estimates, variances)
            .map(|(estimate, variance)| {
                let trust = trust(variance);
                trust * estimate + (1.0 - trust) * pooled.mean
            })
            .collect(),
        se: variances
            .iter()
            .map(|variance| {
                let trust = trust(variance);
                (trust * variance + ((1.0 - trust) * mu_se).powi(2)).sqrt()
            })
            .collect(),
    })
}

fn check(estimates: &[f64], variances: &[f64]) -> Result<(), MeasureError> {
    if estimates.len() != variances.len() {
        return Err(MeasureError::LengthsDiffer {
            input: "variances",
            length: variances.len(),
            expected: estimates.len(),
        });
    }
    let refuse = |input, value: f64, expected| {
        Err(MeasureError::NumberOutOfRange {
            input,
            value,
            expected,
        })
    };
    if let Some(estimate) = estimates.iter().find(|estimate| !estimate.is_finite()) {
        return refuse("the estimate", *estimate, "finite");
    }
    let is_variance = |variance: &&f64| **variance >= 0.0 && variance.is_finite();
    if let Some(variance) = variances.iter().find(|variance| !is_variance(variance)) {
        return refuse("the variance", *variance, "finite and from zero up");
    }
    if estimates.len() < 2 {
        return Err(NotMeasurable::TooFewGroups.into());
    }
    if variances.iter().any(|variance| *variance <= 0.0) {
        return Err(NotMeasurable::ZeroVariance.into());
    }
    Ok(())
}

/// Sums with weights 1/(τ² + variance).
struct Pooled {
    weight: f64,
    squared_weight: f64,
    mean: f64,
    /// Σ w (estimate - mean)².
    squares: f64,
    /// Σ w² (estimate - mean)².
    weighted_squares: f64,
}

impl Pooled {
    fn of(estimates: &[f64], variances: &[f64], tau2: f64) -> Self {
        let weights: Vec<f64> = variances
            .iter()
            .map(|variance| (tau2 + variance).recip())
            .collect();
        let weight: f64 = weights.iter().sum();
        let mean = zip(estimates, &weights)
            .map(|(estimate, weight)| weight * estimate)
            .sum::<f64>()
            / weight;
        let squares =
            zip(estimates, &weights).map(|(estimate, weight)| (weight, (estimate - mean).powi(2)));
        Self {
            weight,
            squared_weight: weights.iter().map(|weight| weight * weight).sum(),
            mean,
            squares: squares
                .clone()
                .map(|(weight, square)| weight * square)
                .sum(),
            weighted_squares: squares
                .map(|(weight, square)| weight * weight * square)
                .sum(),
        }
    }
}

/// The variance between groups with the highest restricted likelihood.
fn reml(estimates: &[f64], variances: &[f64]) -> f64 {
    const FINEST: f64 = 1e-10;
    let low = estimates.iter().copied().fold(f64::INFINITY, f64::min);
    let high = estimates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let smallest = variances.iter().copied().fold(f64::INFINITY, f64::min);
    // Groups cannot vary by more than the square of how far they lie apart.
    let widest = ((high - low) / 2.0).powi(2).max(smallest) * 100.0;
    lowest(smallest * FINEST, widest, |tau2| {
        let pooled = Pooled::of(estimates, variances, tau2);
        let logs: f64 = variances
            .iter()
            .map(|variance| (tau2 + variance).ln())
            .sum();
        (
            logs + pooled.weight.ln() + pooled.squares,
            pooled.weight - pooled.squared_weight / pooled.weight - pooled.weighted_squares,
        )
    })
}
