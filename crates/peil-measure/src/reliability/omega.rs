//! `McDonald`'s omega: one common factor, fitted by maximum likelihood.
//!
//! Nothing keeps residual variances above zero while fitting. A fit that ends below zero is not
//! a measurement, and an estimate forced to zero would hide that.

use core::iter::zip;

use crate::linear::{Symmetric, dot};

/// Where the likelihood runs into the border, residual variances end as rounding above zero.
const SMALLEST_RESIDUAL: f64 = 1e-8;

/// Omega; nothing when one factor does not fit or a residual variance is not above zero.
///
/// The fit is done on correlations, which changes nothing but the units; `lengths` brings them back.
pub(super) fn omega(correlations: &Symmetric, lengths: &[f64]) -> Option<f64> {
    let factor = fit(correlations)?;
    if factor
        .residuals
        .iter()
        .any(|residual| *residual <= SMALLEST_RESIDUAL)
    {
        return None;
    }
    let common: f64 = zip(&factor.loadings, lengths)
        .map(|(loading, length)| loading * length)
        .sum();
    let own: f64 = zip(&factor.residuals, lengths)
        .map(|(residual, length)| residual * length * length)
        .sum();
    Some(common * common / (common * common + own))
}

/// Loadings and residual variances of one factor.
#[derive(Clone)]
struct Factor {
    loadings: Vec<f64>,
    residuals: Vec<f64>,
}

/// The factor with the highest likelihood, by Fisher's scoring with halved steps.
fn fit(sample: &Symmetric) -> Option<Factor> {
    const MAX_STEPS: usize = 1000;
    const MAX_HALVINGS: usize = 40;
    const SETTLED: f64 = 1e-11;
    let mut factor = start(sample);
    let mut state = State::of(&factor, sample)?;
    for _ in 0..MAX_STEPS {
        let step = state.step(&factor, sample)?;
        let longest = step
            .iter()
            .fold(0.0_f64, |longest, part| longest.max(part.abs()));
        if longest <= SETTLED {
            return Some(factor);
        }
        let mut length = 1.0;
        let mut is_better = false;
        for _ in 0..MAX_HALVINGS {
            let moved = factor.moved(&step, length);
            let tried = State::of(&moved, sample);
            if let Some(tried) = tried.filter(|tried| tried.misfit <= state.misfit + 1e-13) {
                (factor, state, is_better) = (moved, tried, true);
                break;
            }
            length /= 2.0;
        }
        if !is_better {
            return (longest < SETTLED.sqrt()).then_some(factor);
        }
    }
    None
}

/// Loadings along the longest axis of the correlations, found by repeated multiplication.
fn start(sample: &Symmetric) -> Factor {
    const ROUNDS: usize = 50;
    let size = sample.rows().len();
    let mut loadings = vec![1.0; size];
    for _ in 0..ROUNDS {
        let turned = sample.times(&loadings);
        let length = dot(&turned, &turned).sqrt();
        // At right angles to the longest axis: any other direction will do.
        if length <= 1e-9 {
            loadings = (0..size)
                .map(|place| if place == 0 { 1.0 } else { 0.1 })
                .collect();
            continue;
        }
        loadings = turned.into_iter().map(|value| value / length).collect();
    }
    let along = dot(&loadings, &sample.times(&loadings)).max(0.0).sqrt();
    for loading in &mut loadings {
        *loading = (*loading * along * 0.8).clamp(-0.95, 0.95);
    }
    let residuals = loadings
        .iter()
        .map(|loading| 1.0 - loading * loading)
        .collect();
    Factor {
        loadings,
        residuals,
    }
}

impl Factor {
    fn moved(&self, step: &[f64], length: f64) -> Self {
        let mut step = step.iter();
        let mut add = |value: &f64| value + length * step.next().copied().unwrap_or(0.0);
        Self {
            loadings: self.loadings.iter().map(&mut add).collect(),
            residuals: self.residuals.iter().map(&mut add).collect(),
        }
    }
}

/// What a factor implies.
struct State {
    /// The inverse P of the implied correlations λλ' + Θ.
    inverse: Symmetric,
    /// ln |implied| + tr(sample · P): twice the negative log likelihood per row but for a constant.
    misfit: f64,
}

impl State {
    /// Nothing when the implied correlations are not positive definite.
    fn of(factor: &Factor, sample: &Symmetric) -> Option<Self> {
        let loading = |item: usize| factor.loadings.get(item).copied().unwrap_or(0.0);
        let implied = Symmetric::from_lower(factor.loadings.len(), |i, j| {
            let own = factor.residuals.get(i).filter(|_| i == j);
            loading(i) * loading(j) + own.copied().unwrap_or(0.0)
        });
        let triangle = implied.cholesky(1e-14)?;
        let inverse = triangle.inverse();
        let trace: f64 = zip(inverse.rows(), sample.rows())
            .map(|(inverse, sample)| dot(inverse, sample))
            .sum();
        Some(Self {
            misfit: triangle.log_determinant() + trace,
            inverse,
        })
    }

    /// Fisher's step: the expected curvature into the slope, loadings first.
    fn step(&self, factor: &Factor, sample: &Symmetric) -> Option<Vec<f64>> {
        let size = factor.loadings.len();
        let inverse = &self.inverse;
        // u = Pλ, c = λ'Pλ and M = P - P S P.
        let turned = inverse.times(&factor.loadings);
        let common = dot(&turned, &factor.loadings);
        let through: Vec<Vec<f64>> = inverse.rows().iter().map(|row| sample.times(row)).collect();
        let excess = Symmetric::from_lower(size, |i, j| {
            let (Some(through), Some(row)) = (through.get(i), inverse.rows().get(j)) else {
                return 0.0;
            };
            inverse.at(i, j) - dot(through, row)
        });
        let along = excess.times(&factor.loadings);
        let slope: Vec<f64> = along
            .iter()
            .map(|value| -2.0 * value)
            .chain(excess.diagonal().map(|value| -value))
            .collect();
        let u = |item: usize| turned.get(item).copied().unwrap_or(0.0);
        let curvature = Symmetric::from_lower(2 * size, |i, j| {
            // Rows and columns from `size` on belong to residual variances; j <= i.
            match (i.checked_sub(size), j.checked_sub(size)) {
                (Some(i), Some(j)) => inverse.at(i, j).powi(2),
                (Some(i), None) => 2.0 * inverse.at(i, j) * u(i),
                _ => 2.0 * (u(i) * u(j) + inverse.at(i, j) * common),
            }
        });
        Some(curvature.cholesky(1e-14)?.solve(&slope))
    }
}
