//! Rows gathered into blocks by chance, so that resampling need not touch the rows again.

use core::iter::zip;

use crate::chance::Chance;
use crate::complete_rows::CompleteRows;
use crate::exact::real;

/// More blocks than this add nothing that one would see in an interval: its ends rest on the spread
/// of this many numbers, which is good to 3 %.
const MOST_BLOCKS: usize = 500;

/// Sums of rows and of products of their columns, taken from the middle of each column.
#[derive(Debug, Clone)]
struct Sums {
    n: f64,
    columns: Vec<f64>,
    /// The lower triangle, row after row.
    products: Vec<f64>,
}

impl Sums {
    fn nothing(width: usize) -> Self {
        Self {
            n: 0.0,
            columns: vec![0.0; width],
            products: vec![0.0; width * (width + 1) / 2],
        }
    }

    fn add_row(&mut self, row: &[f64]) {
        self.n += 1.0;
        for (sum, value) in zip(&mut self.columns, row) {
            *sum += value;
        }
        let mut products = self.products.iter_mut();
        for (place, own) in row.iter().enumerate() {
            for (other, sum) in zip(row.iter().take(place + 1), &mut products) {
                *sum += own * other;
            }
        }
    }

    fn add(&mut self, other: &Self) {
        self.n += other.n;
        for (sum, value) in zip(&mut self.columns, &other.columns) {
            *sum += value;
        }
        for (sum, value) in zip(&mut self.products, &other.products) {
            *sum += value;
        }
    }

    /// Pearson's correlations: row i holds those with the columns 0 to i. Nothing when a column has
    /// the same value everywhere.
    fn correlations(&self) -> Option<Vec<Vec<f64>>> {
        let mut products = self.products.iter();
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(self.columns.len());
        for (place, own) in self.columns.iter().enumerate() {
            let others = self.columns.iter().take(place + 1);
            let row = zip(others, &mut products).map(|(other, sum)| sum - own * other / self.n);
            rows.push(row.collect());
        }
        // Rounding leaves some 1e-16 of what is subtracted; anything near that is no spread.
        let smallest = 1e-12 * self.n;
        let roots: Vec<f64> = rows.iter().filter_map(|row| row.last()).copied().collect();
        if roots.iter().any(|square| *square <= smallest) {
            return None;
        }
        let roots: Vec<f64> = roots.into_iter().map(f64::sqrt).collect();
        for (row, own) in zip(&mut rows, &roots) {
            for (value, other) in zip(row, &roots) {
                *value = (*value / own / other).clamp(-1.0, 1.0);
            }
        }
        Some(rows)
    }
}

/// Blocks of rows, dealt by chance.
pub(crate) struct MomentBlocks {
    blocks: Vec<Sums>,
    width: usize,
}

impl MomentBlocks {
    /// Deals the rows; each is its own block while there are few. Nothing when a column has the same
    /// value in all rows.
    pub(crate) fn deal(rows: &CompleteRows, chance: &mut Chance) -> Option<Self> {
        let scales = rows.scales()?;
        let count = rows.len().min(MOST_BLOCKS);
        let mut places: Vec<usize> = (0..rows.len()).map(|row| row % count.max(1)).collect();
        chance.shuffle(&mut places);
        let mut blocks = vec![Sums::nothing(rows.width()); count];
        let mut scaled = vec![0.0; rows.width()];
        for (row, place) in zip(rows.rows(), places) {
            for ((value, raw), (mean, reach)) in zip(zip(&mut scaled, row), &scales) {
                *value = (raw - mean) / reach;
            }
            if let Some(block) = blocks.get_mut(place) {
                block.add_row(&scaled);
            }
        }
        Some(Self {
            blocks,
            width: rows.width(),
        })
    }

    /// The correlations of as many blocks, drawn with replacement; nothing when a column came out
    /// without spread.
    pub(crate) fn resampled(&self, chance: &mut Chance) -> Option<Vec<Vec<f64>>> {
        let mut sums = Sums::nothing(self.width);
        for _ in &self.blocks {
            if let Some(block) = self.blocks.get(chance.below(self.blocks.len())) {
                sums.add(block);
            }
        }
        sums.correlations()
    }

    /// How many blocks there are.
    pub(crate) fn len(&self) -> u64 {
        u64::try_from(self.blocks.len()).unwrap_or(u64::MAX)
    }
}

/// The value below which a part of the sorted values lies, straight between neighbours; nothing of
/// nothing.
pub(crate) fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = part * real(u64::try_from(last).unwrap_or(u64::MAX));
    // Places are few enough to find by counting, which needs no cast from a float.
    let below = (0..last).take_while(|place| real(u64::try_from(place + 1).unwrap_or(0)) <= at);
    let place = below.count();
    let low = sorted.get(place)?;
    let high = sorted.get(place + 1).unwrap_or(low);
    let rest = at - real(u64::try_from(place).unwrap_or(0));
    Some(low + (high - low) * rest.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_straight_between_neighbours() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        assert_eq!(quantile(&sorted, 0.0), Some(1.0));
        assert_eq!(quantile(&sorted, 0.5), Some(4.0));
        assert_eq!(quantile(&sorted, 0.625), Some(6.0));
        assert_eq!(quantile(&sorted, 1.0), Some(16.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn all_blocks_together_have_the_correlations_of_the_rows() {
        let mut rows = CompleteRows::new(2);
        for value in 0..700_u32 {
            let x = f64::from(value % 11);
            let y = x + f64::from(value % 7);
            rows.push([Some(x), Some(y)].iter()).unwrap();
        }
        let blocks = MomentBlocks::deal(&rows, &mut Chance::seeded(1)).unwrap();
        assert_eq!(blocks.len(), 500);
        let mut all = Sums::nothing(2);
        for block in &blocks.blocks {
            all.add(block);
        }
        let expected = rows.spread().unwrap().correlations();
        let found = all.correlations().unwrap();
        assert!((found[1][0] - expected[1][0]).abs() < 1e-12);
    }
}
