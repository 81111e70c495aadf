//! The indicator of one model, with what chance adds to it and its standard error.

use core::iter::zip;

use super::frame::Frame;
use super::propensity::Propensities;

/// Below this distance from 1 the propensities do not differ.
const NO_SPREAD: f64 = 1e-9;

pub(super) struct Indicator {
    size: f64,
    mean: f64,
    /// V: Σ (ρ-ρ̄)² / (N-1).
    variance: f64,
    /// The part of V that is chance.
    bias: f64,
    /// `r_se`² times V with divisor N.
    squared_se_times_variance: f64,
}

impl Indicator {
    pub(super) fn of(frame: &Frame, fit: &Propensities) -> Self {
        let size = frame.size();
        let mean = zip(&frame.cells, &fit.rho)
            .map(|(c, rho)| c.n * rho)
            .sum::<f64>()
            / size;
        let squares: f64 = zip(&frame.cells, &fit.rho)
            .map(|(cell, rho)| cell.n * (rho - mean).powi(2))
            .sum();
        let width = fit.covariance.len();
        let weights = || fit.rho.iter().map(|rho| Propensities::information_of(*rho));
        let sums = |factors: &mut dyn Iterator<Item = f64>| {
            let mut sums = vec![0.0; width];
            for (factor, columns) in factors.zip(&fit.columns) {
                for column in columns {
                    if let Some(sum) = sums.get_mut(*column) {
                        *sum += factor / size;
                    }
                }
            }
            sums
        };
        // A = cov(ρ, g) and the mean of g.
        let people = || zip(&frame.cells, weights());
        let a = sums(&mut zip(people(), &fit.rho).map(|((c, w), rho)| c.n * (rho - mean) * w));
        let mean_g = sums(&mut people().map(|(cell, w)| cell.n * w));
        // Σ g g' / N, which less the product of the means is B.
        let products = fit.weighted_products(people().map(|(c, w)| c.n * w * w / size), width);
        let bias = elementwise(&products, &fit.covariance);
        let mut b = products;
        for (row, first) in zip(&mut b, &mean_g) {
            for (value, second) in zip(row, &mean_g) {
                *value -= first * second;
            }
        }
        let along: Vec<f64> = fit.covariance.iter().map(|row| dot(row, &a)).collect();
        let product = times(&b, &fit.covariance);
        Self {
            size,
            mean,
            variance: squares / (size - 1.0),
            bias,
            squared_se_times_variance: 4.0 * dot(&a, &along)
                + 2.0 * elementwise(&product, &transposed(&product)),
        }
    }

    pub(super) fn r_unadjusted(&self) -> f64 {
        1.0 - 2.0 * self.variance.sqrt()
    }

    /// The part of V that is not chance, as a fraction.
    pub(super) fn kept_spread(&self) -> f64 {
        if self.variance > 0.0 {
            (1.0 - self.bias / self.variance).max(0.0)
        } else {
            0.0
        }
    }

    fn adjusted_deviation(&self) -> f64 {
        (self.kept_spread() * self.variance).sqrt()
    }

    pub(super) fn r(&self) -> f64 {
        1.0 - 2.0 * self.adjusted_deviation()
    }

    pub(super) fn cv_unadjusted(&self) -> f64 {
        self.variance.sqrt() / self.mean
    }

    pub(super) fn cv(&self) -> f64 {
        self.adjusted_deviation() / self.mean
    }

    fn squared_r_se(&self) -> Option<f64> {
        if 2.0 * self.variance.sqrt() < NO_SPREAD {
            return None;
        }
        let variance = self.variance * (self.size - 1.0) / self.size;
        Some(self.squared_se_times_variance.max(0.0) / variance)
    }

    pub(super) fn r_se(&self) -> Option<f64> {
        self.squared_r_se().map(f64::sqrt)
    }

    pub(super) fn cv_se(&self) -> Option<f64> {
        let from_r = self.squared_r_se()? / (4.0 * self.mean * self.mean);
        Some((from_r + self.cv().powi(4) / self.size).sqrt())
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b).map(|(a, b)| a * b).sum()
}

/// The sum of the products of all elements in the same place.
fn elementwise(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    zip(a, b).map(|(a, b)| dot(a, b)).sum()
}

fn transposed(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..matrix.len())
        .map(|column| {
            matrix
                .iter()
                .filter_map(|row| row.get(column).copied())
                .collect()
        })
        .collect()
}

/// A matrix times a symmetric one.
fn times(matrix: &[Vec<f64>], symmetric: &[Vec<f64>]) -> Vec<Vec<f64>> {
    matrix
        .iter()
        .map(|row| symmetric.iter().map(|column| dot(row, column)).collect())
        .collect()
}
