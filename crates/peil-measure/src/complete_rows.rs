//! Rows of numbers in which nothing is missing, and how their columns vary together.

use core::iter::zip;

use crate::error::MeasureError;
use crate::exact::real;

/// Rows of equal width, one after the other. A row with something missing is left out as a whole.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CompleteRows {
    width: usize,
    values: Vec<f64>,
}

impl CompleteRows {
    /// No rows yet.
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width,
            values: Vec::new(),
        }
    }

    /// Adds a row that is as wide as the table; kept only when none of it is missing.
    pub(crate) fn push<'a>(
        &mut self,
        row: impl Iterator<Item = &'a Option<f64>> + Clone,
    ) -> Result<(), MeasureError> {
        let length = row.clone().count();
        if length != self.width {
            return Err(MeasureError::LengthsDiffer {
                input: "a row",
                length,
                expected: self.width,
            });
        }
        if let Some(value) = row.clone().flatten().find(|value| !value.is_finite()) {
            return Err(MeasureError::NumberOutOfRange {
                input: "the score",
                value: *value,
                expected: "finite",
            });
        }
        if row.clone().all(Option::is_some) {
            self.values.extend(row.flatten());
        }
        Ok(())
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many rows are complete.
    pub(crate) fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// How the columns vary; nothing without rows, or when a column has the same value in all.
    pub(crate) fn spread(&self) -> Option<Spread> {
        let columns = self.measure_columns()?;
        // Row i holds the sums of products with the columns 0 to i.
        let mut products: Vec<Vec<f64>> = (1..=self.width).map(|width| vec![0.0; width]).collect();
        let mut deviations = vec![0.0; self.width];
        for row in self.rows() {
            for ((deviation, value), column) in zip(zip(&mut deviations, row), &columns) {
                *deviation = (value - column.mean) / column.reach;
            }
            for (sums, own) in zip(&mut products, &deviations) {
                for (sum, other) in zip(sums, &deviations) {
                    *sum += own * other;
                }
            }
        }
        Some(Spread {
            reaches: columns.iter().map(|column| column.reach).collect(),
            products,
        })
    }

    /// The rows, one after the other.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.width.max(1))
    }

    /// The mean of every column with half the distance between its ends; nothing when a column has
    /// the same value in all rows.
    pub(crate) fn scales(&self) -> Option<Vec<(f64, f64)>> {
        let columns = self.measure_columns()?;
        Some(
            columns
                .iter()
                .map(|column| (column.mean, column.reach))
                .collect(),
        )
    }

    fn measure_columns(&self) -> Option<Vec<Column>> {
        let first = self.rows().next()?;
        let mut lowest = first.to_vec();
        let mut highest = first.to_vec();
        for row in self.rows() {
            for ((low, high), value) in zip(zip(&mut lowest, &mut highest), row) {
                *low = value.min(*low);
                *high = value.max(*high);
            }
        }
        // From the middle, so that large scores with small differences keep their digits.
        let middles: Vec<f64> = zip(&lowest, &highest)
            .map(|(low, high)| low.midpoint(*high))
            .collect();
        let mut sums = vec![0.0; self.width];
        for row in self.rows() {
            for ((sum, value), middle) in zip(zip(&mut sums, row), &middles) {
                *sum += value - middle;
            }
        }
        let n = real(u64::try_from(self.len()).ok()?);
        zip(zip(lowest, highest), zip(sums, middles))
            .map(|((low, high), (sum, middle))| {
                let reach = high / 2.0 - low / 2.0;
                (low < high && reach > 0.0).then_some(Column {
                    mean: middle + sum / n,
                    reach,
                })
            })
            .collect()
    }
}

/// What a column is measured by before it is multiplied.
struct Column {
    mean: f64,
    /// Half the distance between its ends, so that products stay in range.
    reach: f64,
}

/// Sums of products of the columns' deviations, each in units of its reach.
#[derive(Debug, Clone)]
pub(crate) struct Spread {
    reaches: Vec<f64>,
    products: Vec<Vec<f64>>,
}

impl Spread {
    /// Pearson's correlations: row i holds those with the columns 0 to i.
    pub(crate) fn correlations(&self) -> Vec<Vec<f64>> {
        let roots: Vec<f64> = self.squares().map(f64::sqrt).collect();
        zip(&self.products, &roots)
            .map(|(sums, own)| {
                zip(sums, &roots)
                    .map(|(sum, other)| (sum / own / other).clamp(-1.0, 1.0))
                    .collect()
            })
            .collect()
    }

    /// The roots of the sums of squared deviations: standard deviations but for √(n-1).
    pub(crate) fn lengths(&self) -> Vec<f64> {
        zip(self.squares(), &self.reaches)
            .map(|(square, reach)| square.sqrt() * reach)
            .collect()
    }

    fn squares(&self) -> impl Iterator<Item = f64> {
        self.products.iter().filter_map(|sums| sums.last()).copied()
    }
}
