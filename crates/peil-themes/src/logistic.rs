//! Logistic regression with a quadratic penalty, solved by coordinate descent in the dual: deterministic and fast on
//! sparse features. Source: Yu, Huang and Lin, Dual coordinate descent methods for logistic regression and maximum
//! entropy models, 2011.

/// Rounds over all examples at most.
const ROUNDS: usize = 60;
/// The largest step of a round below which the solution stands.
const SMALL_STEP: f64 = 2e-3;
/// Newton steps per coordinate at most.
const STEPS: usize = 30;
/// What a coordinate shrinks by when a step would leave its range.
const SHRINK: f64 = 0.1;

/// Examples as rows of (column, value).
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    rows: Vec<Vec<(u32, f32)>>,
    columns: usize,
}

/// A solved classifier.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weights {
    /// One per column.
    pub(crate) columns: Vec<f32>,
    /// What is added to every sum.
    pub(crate) bias: f32,
}

/// The probability of a sum of weights.
pub(crate) fn probability(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

impl Rows {
    pub(crate) fn new(rows: Vec<Vec<(u32, f32)>>, columns: usize) -> Self {
        Self { rows, columns }
    }

    pub(crate) fn row(&self, index: usize) -> &[(u32, f32)] {
        self.rows.get(index).map_or(&[][..], Vec::as_slice)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl Weights {
    /// The sum of weights of a row, before it becomes a probability.
    pub(crate) fn sum(&self, row: &[(u32, f32)]) -> f64 {
        f64::from(self.bias) + dot(&self.columns, row)
    }
}

fn dot(weights: &[f32], row: &[(u32, f32)]) -> f64 {
    let sum: f32 = row
        .iter()
        .map(|(column, value)| weights.get(*column as usize).copied().unwrap_or(0.0) * value)
        .sum();
    f64::from(sum)
}

/// One example in the dual.
struct Dual {
    row: usize,
    is_positive: bool,
    cost: f64,
    square: f64,
    lower: f64,
    upper: f64,
}

/// Solves for examples `(row, is_positive, importance)`; `cost` is the price of a mistake against the penalty.
pub(crate) fn solve(rows: &Rows, examples: &[(usize, bool, f64)], cost: f64, seed: u64) -> Weights {
    let mut weights = Weights {
        columns: vec![0.0; rows.columns],
        bias: 0.0,
    };
    let mut duals: Vec<Dual> = examples
        .iter()
        .map(|(row, is_positive, importance)| {
            let cost = (cost * importance).max(1e-6);
            let lower = (0.001 * cost).min(1e-8);
            let square: f32 = rows.row(*row).iter().map(|(_, value)| value * value).sum();
            Dual {
                row: *row,
                is_positive: *is_positive,
                cost,
                square: f64::from(square) + 1.0,
                lower,
                upper: cost - lower,
            }
        })
        .collect();
    for dual in &duals {
        let sign = if dual.is_positive {
            dual.lower
        } else {
            -dual.lower
        };
        add(&mut weights, rows.row(dual.row), sign);
    }
    let mut order: Vec<usize> = (0..duals.len()).collect();
    let mut chance = Chance(seed);
    for _ in 0..ROUNDS {
        chance.shuffle(&mut order);
        let mut largest: f64 = 0.0;
        for index in &order {
            if let Some(dual) = duals.get_mut(*index) {
                let row = rows.row(dual.row);
                let step = dual.improve(weights.sum(row));
                if step != 0.0 {
                    add(
                        &mut weights,
                        row,
                        if dual.is_positive { step } else { -step },
                    );
                    largest = largest.max((step / dual.cost).abs());
                }
            }
        }
        if largest < SMALL_STEP {
            break;
        }
    }
    weights
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "weights are kept in single precision to halve the memory"
)]
fn add(weights: &mut Weights, row: &[(u32, f32)], step: f64) {
    let step = step as f32;
    weights.bias += step;
    for (column, value) in row {
        if let Some(weight) = weights.columns.get_mut(*column as usize) {
            *weight += step * value;
        }
    }
}

impl Dual {
    /// Moves this coordinate to its best value and says by how much its weight changed.
    fn improve(&mut self, sum: f64) -> f64 {
        let signed = if self.is_positive { sum } else { -sum };
        let is_upper = 0.5 * self.square * (self.upper - self.lower) + signed < 0.0;
        let (old, sign) = if is_upper {
            (self.upper, -1.0)
        } else {
            (self.lower, 1.0)
        };
        let mut value = if self.cost - old < 0.5 * self.cost {
            SHRINK * old
        } else {
            old
        };
        let slope = |value: f64| {
            self.square * (value - old) + sign * signed + (value / (self.cost - value)).ln()
        };
        let mut gradient = slope(value);
        for _ in 0..STEPS {
            if gradient.abs() < 1e-3 {
                break;
            }
            let curvature = self.square + self.cost / (self.cost - value) / value;
            let next = value - gradient / curvature;
            value = if next <= 0.0 {
                value * SHRINK
            } else {
                next.min(self.cost * (1.0 - 1e-12))
            };
            gradient = slope(value);
        }
        let step = sign * (value - old);
        if is_upper {
            self.upper = value;
            self.lower = self.cost - value;
        } else {
            self.lower = value;
            self.upper = self.cost - value;
        }
        step
    }
}

/// A small generator of numbers that only serves to mix an order (xorshift64*).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.max(1);
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from((self.next() >> 11) % (limit.max(1) as u64)).unwrap_or(0)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_solution_is_where_the_slope_is_zero() {
        let rows = Rows::new(
            vec![
                vec![(0, 1.0)],
                vec![(0, 1.0), (1, 1.0)],
                vec![(1, 1.0)],
                vec![],
            ],
            2,
        );
        let examples = [
            (0, true, 1.0),
            (1, true, 1.0),
            (2, false, 1.0),
            (3, false, 1.0),
        ];
        let weights = solve(&rows, &examples, 5.0, 1);
        let mut slope = [
            f64::from(weights.columns[0]),
            f64::from(weights.columns[1]),
            f64::from(weights.bias),
        ];
        for (row, is_positive, _) in examples {
            let wrong = probability(weights.sum(rows.row(row))) - f64::from(u8::from(is_positive));
            slope[2] += 5.0 * wrong;
            for (column, value) in rows.row(row) {
                slope[*column as usize] += 5.0 * wrong * f64::from(*value);
            }
        }
        assert!(slope.iter().all(|slope| slope.abs() < 0.05), "{slope:?}");
    }
}
