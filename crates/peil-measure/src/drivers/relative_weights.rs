//! R² divided after Johnson: by way of the orthogonal variables closest to the drivers.

use core::iter::zip;

use crate::linear::{Cholesky, dot};

/// The part of each driver, from the factor of the correlations among them.
///
/// With R = V S² V': R^½ = V S V' takes drivers to orthogonal variables and β = V S⁻¹ V' r is how
/// those go with the outcome; driver j gets Σ (R^½)²ⱼₖ β²ₖ over k.
pub(super) fn split(factor: &Cholesky, outcome: &[f64]) -> Vec<f64> {
    let eigen = factor.eigen();
    let mut beta = vec![0.0; outcome.len()];
    for pair in &eigen {
        let along = dot(&pair.vector, outcome) / pair.root;
        for (coefficient, element) in zip(&mut beta, &pair.vector) {
            *coefficient += along * element;
        }
    }
    let root_row = |driver: usize| {
        let mut row = vec![0.0; outcome.len()];
        for pair in &eigen {
            let along = pair.vector.get(driver).map_or(0.0, |own| own * pair.root);
            for (value, element) in zip(&mut row, &pair.vector) {
                *value += along * element;
            }
        }
        row
    };
    (0..outcome.len())
        .map(|driver| {
            zip(root_row(driver), &beta)
                .map(|(loading, coefficient)| (loading * coefficient).powi(2))
                .sum()
        })
        .collect()
}
