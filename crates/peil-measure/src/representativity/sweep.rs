//! Inverting an information matrix that may hold columns that say nothing new.

use core::iter::zip;

/// A pivot below this part of its diagonal is rounding: the column repeats others.
const REPEATS: f64 = 1e-11;

/// The inverse of a symmetric positive semidefinite matrix, by Goodnight's sweep; rows and columns
/// that repeat earlier ones are zero in it, as if they had been left out.
///
/// Goodnight (1979), *The American Statistician* 33, 149-158.
pub(super) fn inverse(mut matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let diagonal = |matrix: &[Vec<f64>], place: usize| {
        let row = matrix.get(place);
        row.and_then(|row| row.get(place)).copied().unwrap_or(0.0)
    };
    let original: Vec<f64> = (0..matrix.len()).map(|at| diagonal(&matrix, at)).collect();
    for (place, whole) in original.iter().enumerate() {
        let pivot = diagonal(&matrix, place);
        if pivot <= REPEATS * whole || pivot <= 0.0 {
            clear(&mut matrix, place);
            continue;
        }
        let Some(row) = matrix.get_mut(place) else {
            continue;
        };
        for value in row.iter_mut() {
            *value /= pivot;
        }
        let swept = row.clone();
        for (other, row) in matrix.iter_mut().enumerate() {
            let Some(factor) = row.get(place).copied() else {
                continue;
            };
            if other == place {
                if let Some(own) = row.get_mut(place) {
                    *own = pivot.recip();
                }
                continue;
            }
            for (value, own) in zip(row.iter_mut(), &swept) {
                *value -= factor * own;
            }
            if let Some(own) = row.get_mut(place) {
                *own = -factor / pivot;
            }
        }
    }
    matrix
}

fn clear(matrix: &mut [Vec<f64>], place: usize) {
    for (at, row) in matrix.iter_mut().enumerate() {
        if at == place {
            row.fill(0.0);
        } else if let Some(value) = row.get_mut(place) {
            *value = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_matrix_times_its_inverse_is_one() {
        let inverse = inverse(vec![vec![4.0, 2.0], vec![2.0, 3.0]]);
        let expected = [[0.375, -0.25], [-0.25, 0.5]];
        for (row, expected) in zip(&inverse, expected) {
            for (got, expected) in zip(row, expected) {
                assert!((got - expected).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn a_repeated_column_is_left_out() {
        let matrix = vec![
            vec![2.0, 2.0, 1.0],
            vec![2.0, 2.0, 1.0],
            vec![1.0, 1.0, 1.0],
        ];
        let inverse = inverse(matrix);
        assert!(inverse[1].iter().all(|value| value.abs() <= 0.0));
        assert!((inverse[0][0] - 1.0).abs() < 1e-14 && (inverse[2][2] - 2.0).abs() < 1e-14);
    }
}
