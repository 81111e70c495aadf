//! Response propensities by logistic regression on main effects.
//!
//! Newton's method on cells. Cells in which a category settles everything (all responded, or none)
//! are taken out first: their propensity is 1 or 0 and they carry no information, which is the limit
//! that an iteration without end would reach.

use core::iter::zip;

use super::frame::{Cell, Frame};
use super::sweep::inverse;

const MAX_STEPS: usize = 100;

/// Propensities have settled when none moves more than this.
const SETTLED: f64 = 1e-14;

/// The fitted model.
pub(super) struct Propensities {
    /// The propensity of each cell of the frame.
    pub(super) rho: Vec<f64>,
    /// For each cell the columns of the model in which it is 1; none when its outcome is settled.
    pub(super) columns: Vec<Vec<usize>>,
    /// The covariance of the coefficients.
    pub(super) covariance: Vec<Vec<f64>>,
}

impl Propensities {
    /// Fits the main effects of some of the variables.
    pub(super) fn fit(frame: &Frame, variables: &[usize]) -> Self {
        let mut rho: Vec<Option<f64>> = vec![None; frame.cells.len()];
        while settle(frame, variables, &mut rho) {}
        let (columns, width) = columns(frame, variables, &rho);
        let mut fit = Self {
            rho: rho
                .into_iter()
                .map(|settled| settled.unwrap_or(0.5))
                .collect(),
            columns,
            covariance: Vec::new(),
        };
        let mut coefficients = vec![0.0; width];
        fit.covariance = inverse(fit.information(&frame.cells, width));
        let mut likelihood = fit.log_likelihood(&frame.cells);
        for _ in 0..MAX_STEPS {
            let step = fit.newton_step(&frame.cells, width);
            let before = fit.rho.clone();
            let mut part = 1.0;
            loop {
                let tried: Vec<f64> = zip(&coefficients, &step)
                    .map(|(c, s)| c + part * s)
                    .collect();
                fit.predict(&tried);
                let now = fit.log_likelihood(&frame.cells);
                // Down to a step that moves nothing, a rise must be found; near the top only
                // rounding is left, which counts as one.
                if now >= likelihood - 1e-12 * likelihood.abs() || part < 1e-6 {
                    (coefficients, likelihood) = (tried, now);
                    break;
                }
                part /= 2.0;
            }
            fit.covariance = inverse(fit.information(&frame.cells, width));
            let moved = zip(&before, &fit.rho).map(|(a, b)| (a - b).abs());
            if moved.fold(0.0, f64::max) <= SETTLED {
                break;
            }
        }
        fit
    }

    /// ρ(1-ρ): how much one person of a cell tells about its propensity.
    pub(super) fn information_of(rho: f64) -> f64 {
        rho * (1.0 - rho)
    }

    /// Sets the propensities of the cells that are not settled.
    fn predict(&mut self, coefficients: &[f64]) {
        for (rho, columns) in zip(&mut self.rho, &self.columns) {
            if !columns.is_empty() {
                let log_odds: f64 = columns.iter().filter_map(|at| coefficients.get(*at)).sum();
                *rho = (1.0 + (-log_odds).exp()).recip();
            }
        }
    }

    fn log_likelihood(&self, cells: &[Cell]) -> f64 {
        let open = zip(cells, &self.rho).zip(&self.columns);
        open.filter(|(_, columns)| !columns.is_empty())
            .map(|((cell, rho), _)| {
                let missed = cell.n - cell.responded;
                let term = |count: f64, p: f64| if count > 0.0 { count * p.ln() } else { 0.0 };
                term(cell.responded, *rho) + term(missed, 1.0 - rho)
            })
            .sum()
    }

    fn newton_step(&self, cells: &[Cell], width: usize) -> Vec<f64> {
        let mut score = vec![0.0; width];
        for ((cell, rho), columns) in zip(cells, &self.rho).zip(&self.columns) {
            for column in columns {
                if let Some(sum) = score.get_mut(*column) {
                    *sum += cell.responded - cell.n * rho;
                }
            }
        }
        let along = |row: &Vec<f64>| zip(row, &score).map(|(a, b)| a * b).sum();
        self.covariance.iter().map(along).collect()
    }

    fn information(&self, cells: &[Cell], width: usize) -> Vec<Vec<f64>> {
        let weights = zip(cells, &self.rho).map(|(cell, rho)| cell.n * Self::information_of(*rho));
        self.weighted_products(weights, width)
    }

    /// Σ weight · x x' over the cells that are not settled.
    pub(super) fn weighted_products(
        &self,
        weights: impl Iterator<Item = f64>,
        width: usize,
    ) -> Vec<Vec<f64>> {
        let mut products = vec![vec![0.0; width]; width];
        for (weight, columns) in weights.zip(&self.columns) {
            for first in columns {
                let Some(row) = products.get_mut(*first) else {
                    continue;
                };
                for second in columns {
                    if let Some(sum) = row.get_mut(*second) {
                        *sum += weight;
                    }
                }
            }
        }
        products
    }
}

/// Settles the cells of categories in which all open people responded, or none; false when there
/// are none.
fn settle(frame: &Frame, variables: &[usize], rho: &mut [Option<f64>]) -> bool {
    let mut is_changed = false;
    // Without variables, or with one category, everyone is in it.
    for variable in variables {
        let categories = frame.categories.get(*variable).map_or(0, Vec::len);
        let mut sums = vec![(0.0, 0.0); categories];
        for (cell, settled) in zip(&frame.cells, &*rho) {
            if settled.is_none()
                && let Some((n, responded)) = sums.get_mut(cell.category(*variable))
            {
                *n += cell.n;
                *responded += cell.responded;
            }
        }
        for (cell, settled) in zip(&frame.cells, rho.iter_mut()) {
            if settled.is_some() {
                continue;
            }
            let Some((n, responded)) = sums.get(cell.category(*variable)) else {
                continue;
            };
            if *responded <= 0.0 || responded >= n {
                *settled = Some(if *responded <= 0.0 { 0.0 } else { 1.0 });
                is_changed = true;
            }
        }
    }
    is_changed
}

/// The columns of each cell, and how many there are: one for all, and one per category but the
/// best filled of each variable, to which the others are compared.
fn columns(frame: &Frame, variables: &[usize], rho: &[Option<f64>]) -> (Vec<Vec<usize>>, usize) {
    let mut columns: Vec<Vec<usize>> = rho
        .iter()
        .map(|settled| {
            if settled.is_none() {
                vec![0]
            } else {
                Vec::new()
            }
        })
        .collect();
    let mut width = 1;
    for variable in variables {
        let categories = frame.categories.get(*variable).map_or(0, Vec::len);
        let mut filled = vec![0.0; categories];
        for (cell, columns) in zip(&frame.cells, &columns) {
            if let Some(sum) = filled.get_mut(cell.category(*variable))
                && !columns.is_empty()
            {
                *sum += cell.n;
            }
        }
        let best = filled.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        let reference = best.map_or(0, |(place, _)| place);
        for (cell, columns) in zip(&frame.cells, &mut columns) {
            let category = cell.category(*variable);
            if columns.is_empty() || category == reference {
                continue;
            }
            columns.push(width + category - usize::from(category > reference));
        }
        width += categories.saturating_sub(1);
    }
    (columns, width)
}
