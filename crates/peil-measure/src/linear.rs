//! Small dense symmetric matrices: solving, inverting, taking the square root.
//!
//! Meant for the few dozen columns of a survey. Nothing here is tuned for large matrices.

use core::iter::zip;

/// A symmetric matrix.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Symmetric {
    rows: Vec<Vec<f64>>,
}

impl Symmetric {
    /// The matrix whose element in row `i`, column `j` is `element(i, j)`; only `j <= i` is asked.
    pub(crate) fn from_lower(size: usize, element: impl Fn(usize, usize) -> f64) -> Self {
        let mut rows = vec![vec![0.0; size]; size];
        for i in 0..size {
            for j in 0..=i {
                let value = element(i, j);
                set(&mut rows, i, j, value);
                set(&mut rows, j, i, value);
            }
        }
        Self { rows }
    }

    /// The element in row `i`, column `j`; zero outside the matrix.
    pub(crate) fn at(&self, i: usize, j: usize) -> f64 {
        self.rows
            .get(i)
            .and_then(|row| row.get(j))
            .copied()
            .unwrap_or(0.0)
    }

    /// The elements from the upper left to the lower right.
    pub(crate) fn diagonal(&self) -> impl Iterator<Item = f64> {
        (0..self.rows.len()).map(|place| self.at(place, place))
    }

    /// The rows from top to bottom.
    pub(crate) fn rows(&self) -> &[Vec<f64>] {
        &self.rows
    }

    /// The matrix times a vector.
    pub(crate) fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|row| dot(row, vector)).collect()
    }

    /// The factor L with L L' = self.
    ///
    /// Nothing when the matrix is not positive definite: when what a row adds to the rows above it
    /// (the square of its pivot) is not above `smallest`.
    pub(crate) fn cholesky(&self, smallest: f64) -> Option<Cholesky> {
        let mut lower: Vec<Vec<f64>> = Vec::with_capacity(self.rows.len());
        for (place, row) in self.rows.iter().enumerate() {
            let mut factor = Vec::with_capacity(place + 1);
            for (above, value) in zip(&lower, row) {
                let explained = dot(above, &factor);
                factor.push((value - explained) / above.last()?);
            }
            let square = row.get(place)? - dot(&factor, &factor);
            if square <= smallest || !square.is_finite() {
                return None;
            }
            factor.push(square.sqrt());
            lower.push(factor);
        }
        Some(Cholesky { lower })
    }
}

/// The lower triangle L of a positive definite matrix L L'.
#[derive(Debug, Clone)]
pub(crate) struct Cholesky {
    /// Row `i` holds its first `i + 1` elements, the last of which is above zero.
    lower: Vec<Vec<f64>>,
}

impl Cholesky {
    /// The x with L L' x = `right`.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(right.len());
        for (row, value) in zip(&self.lower, right) {
            let known = dot(row, &x);
            x.push((value - known) / row.last().unwrap_or(&1.0));
        }
        for row in self.lower.iter().rev() {
            let Some((pivot, before)) = row.split_last() else {
                continue;
            };
            let Some((own, earlier)) = x.get_mut(..=before.len()).and_then(<[f64]>::split_last_mut)
            else {
                continue;
            };
            *own /= pivot;
            for (value, factor) in zip(earlier, before) {
                *value -= factor * *own;
            }
        }
        x
    }

    /// The inverse of L L'.
    pub(crate) fn inverse(&self) -> Symmetric {
        let size = self.lower.len();
        let rows = (0..size)
            .map(|column| {
                let mut unit = vec![0.0; size];
                if let Some(one) = unit.get_mut(column) {
                    *one = 1.0;
                }
                self.solve(&unit)
            })
            .collect();
        Symmetric { rows }
    }

    /// ln |L L'|.
    pub(crate) fn log_determinant(&self) -> f64 {
        let pivots = self.lower.iter().filter_map(|row| row.last());
        2.0 * pivots.map(|pivot| pivot.ln()).sum::<f64>()
    }

    /// The eigenvalues and eigenvectors of L L', in no particular order.
    ///
    /// One-sided Jacobi: columns of L' are rotated two by two until all are at right angles. Their
    /// lengths are then the square roots of the eigenvalues, also of the smallest ones, to nearly
    /// full relative precision (Demmel and Veselić 1992, *SIAM Journal on Matrix Analysis and
    /// Applications* 13, 1204-1245).
    pub(crate) fn eigen(&self) -> Vec<Eigen> {
        const MAX_SWEEPS: usize = 60;
        let size = self.lower.len();
        // Column j of L' is row j of L, filled up with zeros.
        let mut pairs: Vec<Rotated> = Vec::with_capacity(size);
        for (place, row) in self.lower.iter().enumerate() {
            let mut column = row.clone();
            column.resize(size, 0.0);
            let mut vector = vec![0.0; size];
            if let Some(one) = vector.get_mut(place) {
                *one = 1.0;
            }
            pairs.push(Rotated { column, vector });
        }
        for _ in 0..MAX_SWEEPS {
            let mut is_settled = true;
            for second in 1..size {
                for first in 0..second {
                    if let Ok([a, b]) = pairs.get_disjoint_mut([first, second]) {
                        is_settled &= !a.turn_apart_from(b);
                    }
                }
            }
            if is_settled {
                break;
            }
        }
        pairs.into_iter().map(Rotated::into_eigen).collect()
    }
}

/// An eigenvector of length one with the square root of its eigenvalue.
#[derive(Debug, Clone)]
pub(crate) struct Eigen {
    pub(crate) root: f64,
    pub(crate) vector: Vec<f64>,
}

/// A column on its way to right angles, with the rotations it went through.
struct Rotated {
    column: Vec<f64>,
    vector: Vec<f64>,
}

impl Rotated {
    /// Rotates two columns to a right angle; false when they already are at one.
    fn turn_apart_from(&mut self, other: &mut Self) -> bool {
        let (a, b) = (
            dot(&self.column, &self.column),
            dot(&other.column, &other.column),
        );
        let overlap = dot(&self.column, &other.column);
        if overlap.abs() <= f64::EPSILON * (a * b).sqrt() {
            return false;
        }
        let zeta = (b - a) / (2.0 * overlap);
        let tangent = zeta.signum() / (zeta.abs() + zeta.hypot(1.0));
        let cosine = 1.0 / tangent.hypot(1.0);
        let sine = cosine * tangent;
        for (mine, yours) in [
            (&mut self.column, &mut other.column),
            (&mut self.vector, &mut other.vector),
        ] {
            for (x, y) in zip(mine, yours) {
                (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
            }
        }
        true
    }

    fn into_eigen(self) -> Eigen {
        Eigen {
            root: dot(&self.column, &self.column).sqrt(),
            vector: self.vector,
        }
    }
}

/// The sum of products, over the shorter of the two.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b).map(|(a, b)| a * b).sum()
}

fn set(rows: &mut [Vec<f64>], i: usize, j: usize, value: f64) {
    if let Some(place) = rows.get_mut(i).and_then(|row| row.get_mut(j)) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The Hilbert matrix of size 5: badly conditioned, with a known integer inverse.
    fn hilbert() -> Symmetric {
        Symmetric::from_lower(5, |i, j| 1.0 / f64::from(u32::try_from(i + j + 1).unwrap()))
    }

    #[test]
    fn the_inverse_of_a_hilbert_matrix_is_whole() {
        let inverse = hilbert().cholesky(0.0).unwrap().inverse();
        assert!((inverse.at(0, 0) - 25.0).abs() < 1e-8);
        assert!((inverse.at(3, 3) - 179_200.0).abs() < 1e-4);
        assert!((inverse.at(4, 1) + 12_600.0).abs() < 1e-5);
    }

    #[test]
    fn a_solution_solves_and_the_determinant_is_known() {
        let factor = hilbert().cholesky(0.0).unwrap();
        let x = factor.solve(&[1.0, 0.0, 2.0, 0.0, -1.0]);
        let back = hilbert().times(&x);
        for (got, expected) in zip(back, [1.0, 0.0, 2.0, 0.0, -1.0]) {
            assert!((got - expected).abs() < 1e-10);
        }
        assert!((factor.log_determinant() + 266_716_800_000.0_f64.ln()).abs() < 1e-9);
    }

    #[test]
    fn eigenvalues_keep_their_digits_down_to_the_smallest() {
        // mpmath, 30 digits.
        let expected = [
            3.287_928_772_171_863e-6,
            3.058_980_401_511_917_5e-4,
            1.140_749_162_341_980_7e-2,
            0.208_534_218_611_013_33,
            1.567_050_691_098_230_8,
        ];
        let mut eigen = hilbert().cholesky(0.0).unwrap().eigen();
        eigen.sort_by(|a, b| a.root.total_cmp(&b.root));
        for (got, expected) in zip(&eigen, expected) {
            let value = got.root * got.root;
            assert!((value / expected - 1.0).abs() < 1e-9, "{value}");
            for (a, b) in zip(hilbert().times(&got.vector), &got.vector) {
                assert!((a - value * b).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn a_matrix_with_a_doubled_column_has_no_factor() {
        let doubled = Symmetric::from_lower(2, |_, _| 1.0);
        assert!(doubled.cholesky(1e-12).is_none());
    }
}
