//! Logistic regression with a quadratic penalty, solved by coordinate descent in the dual: deterministic and fast on
//! sparse features. Source: Yu, Huang and Lin, Dual coordinate descent methods for logistic regression and maximum
//! entropy models, 2011.

/// Rounds over all examples at most.
const ROUNDS: usize = 60;
/// The largest step of a round below which a solution stands.
pub(crate) const SMALL_STEP: f64 = 2e-3;
/// The same where only the order of probabilities matters, as for thresholds.
pub(crate) const SMALL_ENOUGH_STEP: f64 = 2e-2;
/// Newton steps per coordinate at most.
const STEPS: usize = 30;
/// What a coordinate shrinks by when a step would leave its range.
const SHRINK: f64 = 0.1;

/// Numbers that are added side by side, always in the same order.
const LANES: usize = 16;

/// Examples as rows of (column, value), of which the last columns are full.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    all: Vec<Row>,
    columns: usize,
    /// The first full column.
    full_from: usize,
}

#[derive(Clone, Debug, Default)]
struct Row {
    sparse: Vec<(u32, f32)>,
    /// The values of the full columns; none for an example without them.
    full: Vec<f32>,
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
    /// Takes rows in the order of their columns; from `full_from` on a row has every column or none.
    pub(crate) fn new(rows: Vec<Vec<(u32, f32)>>, columns: usize, full_from: usize) -> Self {
        let all = rows
            .into_iter()
            .map(|mut sparse| {
                let full = sparse.partition_point(|(column, _)| (*column as usize) < full_from);
                let full = sparse.split_off(full).into_iter().map(|(_, value)| value);
                Row {
                    full: full.collect(),
                    sparse,
                }
            })
            .collect();
        Self {
            all,
            columns,
            full_from,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The sum of weights of a row, before it becomes a probability.
    pub(crate) fn sum(&self, weights: &Weights, index: usize) -> f64 {
        let Some(row) = self.all.get(index) else {
            return f64::from(weights.bias);
        };
        let full = weights.columns.get(self.full_from..).unwrap_or_default();
        let sum = sparse_product(&weights.columns, &row.sparse) + full_product(full, &row.full);
        f64::from(weights.bias) + f64::from(sum)
    }

    fn square(&self, index: usize) -> f64 {
        let Some(row) = self.all.get(index) else {
            return 0.0;
        };
        let sparse: f32 = row.sparse.iter().map(|(_, value)| value * value).sum();
        f64::from(sparse + full_product(&row.full, &row.full))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "weights are kept in single precision to halve the memory"
    )]
    fn add(&self, weights: &mut Weights, index: usize, step: f64) {
        let step = step as f32;
        weights.bias += step;
        let Some(row) = self.all.get(index) else {
            return;
        };
        for (column, value) in &row.sparse {
            if let Some(weight) = weights.columns.get_mut(*column as usize) {
                *weight += step * value;
            }
        }
        let full = weights
            .columns
            .get_mut(self.full_from..)
            .unwrap_or_default();
        for (weight, value) in full.iter_mut().zip(&row.full) {
            *weight += step * value;
        }
    }
}

fn sparse_product(weights: &[f32], row: &[(u32, f32)]) -> f32 {
    row.iter()
        .map(|(column, value)| weights.get(*column as usize).copied().unwrap_or(0.0) * value)
        .sum()
}

fn full_product(weights: &[f32], values: &[f32]) -> f32 {
    let (weights, more_weights) = weights.as_chunks::<LANES>();
    let (values, more_values) = values.as_chunks::<LANES>();
    let mut sums = [0.0_f32; LANES];
    for (weights, values) in weights.iter().zip(values) {
        for ((sum, weight), value) in sums.iter_mut().zip(weights).zip(values) {
            *sum += weight * value;
        }
    }
    let rest = more_weights.iter().zip(more_values);
    sums.iter().sum::<f32>() + rest.map(|(weight, value)| weight * value).sum::<f32>()
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

/// How a solution is looked for.
#[derive(Clone, Copy)]
pub(crate) struct Search {
    /// The price of a mistake against the penalty.
    pub(crate) cost: f64,
    /// The largest step of a round below which the solution stands.
    pub(crate) small_step: f64,
    /// What the order of the examples is mixed by.
    pub(crate) seed: u64,
}

/// Solves for examples `(row, is_positive, importance)`.
pub(crate) fn solve(rows: &Rows, examples: &[(usize, bool, f64)], search: Search) -> Weights {
    let mut weights = Weights {
        columns: vec![0.0; rows.columns],
        bias: 0.0,
    };
    let mut duals: Vec<Dual> = examples
        .iter()
        .map(|(row, is_positive, importance)| {
            let cost = (search.cost * importance).max(1e-6);
            let lower = (0.001 * cost).min(1e-8);
            Dual {
                row: *row,
                is_positive: *is_positive,
                cost,
                square: rows.square(*row) + 1.0,
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
        rows.add(&mut weights, dual.row, sign);
    }
    let mut order: Vec<usize> = (0..duals.len()).collect();
    let mut chance = Chance(search.seed);
    for _ in 0..ROUNDS {
        chance.shuffle(&mut order);
        let mut largest: f64 = 0.0;
        for index in &order {
            if let Some(dual) = duals.get_mut(*index) {
                let step = dual.improve(rows.sum(&weights, dual.row));
                if step != 0.0 {
                    let signed = if dual.is_positive { step } else { -step };
                    rows.add(&mut weights, dual.row, signed);
                    largest = largest.max((step / dual.cost).abs());
                }
            }
        }
        if largest < search.small_step {
            break;
        }
    }
    weights
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

    const EXAMPLES: [(usize, bool, f64); 4] = [
        (0, true, 1.0),
        (1, true, 1.0),
        (2, false, 1.0),
        (3, false, 1.0),
    ];

    const SEARCH: Search = Search {
        cost: 5.0,
        small_step: SMALL_STEP,
        seed: 1,
    };

    fn texts() -> Vec<Vec<(u32, f32)>> {
        vec![
            vec![(0, 1.0), (2, 0.5)],
            vec![(0, 1.0), (1, 1.0), (2, -0.5)],
            vec![(1, 1.0), (2, 1.0)],
            vec![(2, 0.1)],
        ]
    }

    #[test]
    fn the_solution_is_where_the_slope_is_zero() {
        let rows = Rows::new(texts(), 3, 2);
        let weights = solve(&rows, &EXAMPLES, SEARCH);
        let mut slope: Vec<f64> = weights.columns.iter().copied().map(f64::from).collect();
        let mut slope_of_bias = f64::from(weights.bias);
        for (index, is_positive, _) in EXAMPLES {
            let probability = probability(rows.sum(&weights, index));
            let wrong = 5.0 * (probability - f64::from(u8::from(is_positive)));
            slope_of_bias += wrong;
            for (column, value) in &texts()[index] {
                slope[*column as usize] += wrong * f64::from(*value);
            }
        }
        assert!(
            slope_of_bias.abs() < 0.05 && slope.iter().all(|slope| slope.abs() < 0.05),
            "{slope_of_bias} {slope:?}"
        );
    }

    #[test]
    fn full_columns_make_no_difference() {
        let of = |full_from| solve(&Rows::new(texts(), 3, full_from), &EXAMPLES, SEARCH);
        let (sparse, full) = (of(3), of(2));
        for (first, second) in sparse.columns.iter().zip(&full.columns) {
            assert!((first - second).abs() < 1e-4, "{sparse:?} {full:?}");
        }
        let values: Vec<f32> = (0_u8..37).map(f32::from).collect();
        let squares = (0_u8..37).map(|value| f32::from(value) * f32::from(value));
        assert!((full_product(&values, &values) - squares.sum::<f32>()).abs() < 0.5);
    }
}
