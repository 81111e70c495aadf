//! `McDonald`'s omega: one common factor, fitted by maximum likelihood.
//!
//! Nothing keeps residual variances above zero while fitting. A fit that ends below zero is not
//! a measurement, and an estimate forced to zero would hide that.

use core::iter::zip;

use crate::exact::real;
use crate::linear::{Symmetric, dot};

/// Where the likelihood runs into the border, residual variances end as rounding above zero.
const SMALLEST_RESIDUAL: f64 = 1e-8;

/// Omega; nothing when one factor does not fit or a residual variance is not above zero.
///
/// The fit is done on correlations, which changes nothing but the units; `lengths` brings them back.
pub(super) fn omega(correlations: &Symmetric, lengths: &[f64]) -> Option<f64> {
    let factor = fit(correlations).filter(Factor::is_proper)?;
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

/// The factor with the highest likelihood.
///
/// From the longest axis of the correlations nearly every scale gets there; where that ends nowhere,
/// or with a residual variance below zero, other starts are tried before that is believed.
fn fit(sample: &Symmetric) -> Option<Factor> {
    const OTHER_STARTS: usize = 3;
    let first = climb(along_longest_axis(sample), sample);
    if let Some((factor, _)) = first.as_ref().filter(|(factor, _)| factor.is_proper()) {
        return Some(factor.clone());
    }
    let size = sample.rows().len();
    let equal = Factor::with_loadings(vec![0.5; size]);
    let around = sample.rows().iter().take(OTHER_STARTS).map(|row| {
        // An item stands for the factor: others load as they correlate with it.
        Factor::with_loadings(row.iter().map(|correlation| 0.8 * correlation).collect())
    });
    let others = core::iter::once(equal).chain(around);
    let found = first
        .into_iter()
        .chain(others.filter_map(|start| climb(start, sample)));
    let best = found.min_by(|(_, a), (_, b)| a.total_cmp(b));
    best.map(|(factor, _)| factor)
}

/// The factor with its misfit that is reached from a start; nothing when it runs away.
///
/// Newton's steps as long as they lead down, else Fisher's, shortened after Levenberg and Marquardt.
fn climb(start: Factor, sample: &Symmetric) -> Option<(Factor, f64)> {
    const MAX_STEPS: usize = 200;
    const SETTLED: f64 = 1e-9;
    const STRONGEST: f64 = 1e12;
    const FARTHEST: f64 = 3.0;
    let mut factor = start;
    let mut state = State::of(&factor, sample)?;
    let mut damping = 0.0_f64;
    for _ in 0..MAX_STEPS {
        let slope = state.slope(&factor);
        if slope.iter().all(|part| part.abs() <= SETTLED) {
            return Some((factor, state.misfit));
        }
        let newton = State::step(&state.observed_curvature(&factor), &slope, 0.0);
        let fisher = State::step(&state.expected_curvature(&factor), &slope, damping);
        let lower = [newton, fisher].into_iter().flatten().find_map(|step| {
            let moved = factor.moved(&step);
            let tried = State::of(&moved, sample)?;
            // At the bottom the misfit only changes by rounding.
            (tried.misfit <= state.misfit + 1e-14).then_some((moved, tried))
        });
        if let Some(lower) = lower {
            (factor, state) = lower;
            damping = if damping > 1e-6 { damping / 10.0 } else { 0.0 };
        } else if damping > STRONGEST {
            return None;
        } else {
            damping = (damping * 10.0).max(1e-4);
        }
        if factor
            .residuals
            .iter()
            .any(|residual| residual.abs() > FARTHEST)
        {
            return None;
        }
    }
    None
}

/// Loadings along the longest axis of the correlations, found by repeated multiplication.
fn along_longest_axis(sample: &Symmetric) -> Factor {
    const ROUNDS: usize = 50;
    // Not quite equal, so that no axis is at right angles to it by design.
    let mut loadings: Vec<f64> = (1..)
        .map(real)
        .take(sample.rows().len())
        .map(|place| 1.0 + 0.1 / place)
        .collect();
    for _ in 0..ROUNDS {
        let turned = sample.times(&loadings);
        let length = dot(&turned, &turned).sqrt().max(f64::MIN_POSITIVE);
        loadings = turned.into_iter().map(|value| value / length).collect();
    }
    let along = dot(&loadings, &sample.times(&loadings)).max(0.0).sqrt();
    Factor::with_loadings(
        loadings
            .into_iter()
            .map(|loading| 0.8 * loading * along)
            .collect(),
    )
}

impl Factor {
    /// What of each item the loadings leave unexplained becomes its residual variance.
    fn with_loadings(loadings: Vec<f64>) -> Self {
        let loadings: Vec<f64> = loadings
            .into_iter()
            .map(|loading| loading.clamp(-0.9, 0.9))
            .collect();
        let residuals = loadings
            .iter()
            .map(|loading| 1.0 - loading * loading)
            .collect();
        Self {
            loadings,
            residuals,
        }
    }

    fn moved(&self, step: &[f64]) -> Self {
        let mut step = step.iter();
        let mut add = |value: &f64| value + step.next().copied().unwrap_or(0.0);
        Self {
            loadings: self.loadings.iter().map(&mut add).collect(),
            residuals: self.residuals.iter().map(&mut add).collect(),
        }
    }

    /// Whether every item has variance of its own left.
    fn is_proper(&self) -> bool {
        self.residuals
            .iter()
            .all(|residual| *residual > SMALLEST_RESIDUAL)
    }
}

/// What a factor implies, for correlations Σ = λλ' + Θ and those of the sample S.
struct State {
    /// P = Σ⁻¹.
    inverse: Symmetric,
    /// Q = P S P.
    through: Symmetric,
    /// ln |Σ| + tr(S P): twice the negative log likelihood per row but for a constant.
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
        let half: Vec<Vec<f64>> = inverse.rows().iter().map(|row| sample.times(row)).collect();
        let through = Symmetric::from_lower(half.len(), |i, j| {
            let pair = half.get(i).zip(inverse.rows().get(j));
            pair.map_or(0.0, |(half, row)| dot(half, row))
        });
        Some(Self {
            misfit: triangle.log_determinant() + trace,
            inverse,
            through,
        })
    }

    /// P - Q: nothing where the factor explains everything.
    fn excess(&self, i: usize, j: usize) -> f64 {
        self.inverse.at(i, j) - self.through.at(i, j)
    }

    /// How the misfit changes with each loading, then with each residual variance.
    fn slope(&self, factor: &Factor) -> Vec<f64> {
        let inverse = self.inverse.times(&factor.loadings);
        let through = self.through.times(&factor.loadings);
        let with_loadings =
            zip(inverse, through).map(|(inverse, through)| 2.0 * (inverse - through));
        let with_residuals = (0..factor.residuals.len()).map(|item| self.excess(item, item));
        with_loadings.chain(with_residuals).collect()
    }

    /// The curvature of the misfit if the factor were true.
    fn expected_curvature(&self, factor: &Factor) -> Symmetric {
        self.products_with(&self.inverse, factor)
    }

    /// The curvature of the misfit.
    fn observed_curvature(&self, factor: &Factor) -> Symmetric {
        let size = factor.loadings.len();
        let expected = self.expected_curvature(factor);
        let mixed = self.products_with(&self.through, factor);
        Symmetric::from_lower(2 * size, |i, j| {
            let bend = if i < size { self.excess(i, j) } else { 0.0 };
            2.0 * (mixed.at(i, j) + bend) - expected.at(i, j)
        })
    }

    /// tr(P Eᵢ X Eⱼ), where E is how Σ changes with each loading, then with each residual variance.
    fn products_with(&self, other: &Symmetric, factor: &Factor) -> Symmetric {
        let size = factor.loadings.len();
        let inverse = &self.inverse;
        let (ours, theirs) = (
            inverse.times(&factor.loadings),
            other.times(&factor.loadings),
        );
        let common = dot(&ours, &factor.loadings);
        let others_common = dot(&theirs, &factor.loadings);
        let element = |vector: &[f64], item: usize| vector.get(item).copied().unwrap_or(0.0);
        Symmetric::from_lower(2 * size, |row, column| {
            // Rows and columns from `size` on belong to residual variances; column <= row.
            match (row.checked_sub(size), column.checked_sub(size)) {
                (Some(i), Some(j)) => inverse.at(i, j) * other.at(i, j),
                (Some(i), None) => {
                    other.at(i, column) * element(&ours, i)
                        + inverse.at(i, column) * element(&theirs, i)
                }
                _ => {
                    element(&ours, row) * element(&theirs, column)
                        + element(&theirs, row) * element(&ours, column)
                        + others_common * inverse.at(row, column)
                        + common * other.at(row, column)
                }
            }
        })
    }

    /// The step to the bottom that slope and curvature point to, with the diagonal of the curvature
    /// strengthened; nothing when the curvature points to no bottom.
    fn step(curvature: &Symmetric, slope: &[f64], damping: f64) -> Option<Vec<f64>> {
        let stronger = Symmetric::from_lower(slope.len(), |i, j| {
            let times = if i == j { 1.0 + damping } else { 1.0 };
            times * curvature.at(i, j)
        });
        let downhill: Vec<f64> = slope.iter().map(|part| -part).collect();
        Some(stronger.cholesky(1e-14)?.solve(&downhill))
    }
}
