//! Gauss-Legendre quadrature: nodes and weights for integrals over an interval.

use core::f64::consts::PI;

use crate::exact::real;

/// `size` nodes with their weights; the sum of weight · f(node) is the integral of f from `low` to
/// `high`, exactly for polynomials of degree below 2 · `size`.
pub(super) fn gauss_legendre(size: u64, low: f64, high: f64) -> Vec<(f64, f64)> {
    const MAX_STEPS: usize = 100;
    let (middle, half) = (low.midpoint(high), (high - low) / 2.0);
    (0..size)
        .map(|place| {
            let mut x = (PI * (real(place) + 0.75) / (real(size) + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..MAX_STEPS {
                let value;
                (value, slope) = legendre(size, x);
                let step = value / slope;
                x -= step;
                if step.abs() <= 1e-15 {
                    break;
                }
            }
            let weight = 2.0 / ((1.0 - x * x) * slope * slope);
            (middle + half * x, half * weight)
        })
        .collect()
}

/// The Legendre polynomial of a degree, and its slope, inside (-1, 1).
fn legendre(degree: u64, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for step in (1..=degree).map(real) {
        (before, value) = (
            value,
            ((2.0 * step - 1.0) * x * value - (step - 1.0) * before) / step,
        );
    }
    (value, real(degree) * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_are_integrated_exactly_and_exponentials_nearly() {
        let integral = |size, power: i32| -> f64 {
            gauss_legendre(size, 0.0, 2.0)
                .into_iter()
                .map(|(node, weight)| weight * node.powi(power))
                .sum()
        };
        assert!((integral(3, 5) - 64.0 / 6.0).abs() < 1e-13);
        assert!((integral(200, 0) - 2.0).abs() < 1e-13);
    }
}
