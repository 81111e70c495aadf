//! Multiplies matrices: in one order of additions, so that every machine gives the same bits, with the widest
//! instructions that this processor has.

use fearless_simd::{Level, dispatch};

use super::file::Values;

/// Columns that are computed together.
const PANEL: usize = 16;
/// Rows that are computed together.
const TILE: usize = 6;

/// A matrix to multiply with from the right, laid out in panels of columns, each row after row.
pub(super) struct Weights {
    height: usize,
    width: usize,
    panels: Vec<[f32; PANEL]>,
}

impl Weights {
    /// Matrices of equal height beside each other.
    pub(super) fn beside(parts: &[Values]) -> Self {
        let height = parts.first().map_or(0, |part| part.height);
        let width = parts.iter().map(|part| part.width).sum::<usize>();
        let mut panels = vec![[0.0; PANEL]; width.div_ceil(PANEL) * height];
        let mut before = 0;
        for part in parts {
            for (row, values) in part.all.chunks_exact(part.width.max(1)).enumerate() {
                for (column, value) in values.iter().enumerate() {
                    let column = before + column;
                    let place = panels
                        .get_mut(column / PANEL * height + row)
                        .and_then(|panel| panel.get_mut(column % PANEL));
                    if let Some(place) = place {
                        *place = *value;
                    }
                }
            }
            before += part.width;
        }
        Self {
            height,
            width,
            panels,
        }
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Adds the product of rows and this matrix to `sums`, which has as many rows.
    pub(super) fn add_product(&self, rows: &[f32], sums: &mut [f32]) {
        dispatch!(Level::new(), _ => self.add_product_here(rows, sums));
    }

    #[expect(
        clippy::inline_always,
        reason = "only code that is part of the dispatched function uses its instructions"
    )]
    #[inline(always)]
    fn add_product_here(&self, rows: &[f32], sums: &mut [f32]) {
        let (height, width) = (self.height.max(1), self.width.max(1));
        let tiles = rows.chunks(height * TILE);
        for (rows, sums) in tiles.zip(sums.chunks_mut(width * TILE)) {
            let mut lines: [&[f32]; TILE] = [&[]; TILE];
            for (line, row) in lines.iter_mut().zip(rows.chunks_exact(height)) {
                *line = row;
            }
            let is_full = rows.len() == height * TILE;
            for (number, panel) in self.panels.chunks_exact(height).enumerate() {
                let found = if is_full {
                    tile(lines, panel)
                } else {
                    let mut found = [[0.0; PANEL]; TILE];
                    for (sum, line) in found.iter_mut().zip(lines) {
                        *sum = single(line, panel);
                    }
                    found
                };
                for (sum, found) in sums.chunks_exact_mut(width).zip(&found) {
                    let columns = sum.iter_mut().skip(number * PANEL);
                    for (sum, found) in columns.zip(found) {
                        *sum += found;
                    }
                }
            }
        }
    }
}

#[expect(
    clippy::inline_always,
    reason = "only code that is part of the dispatched function uses its instructions"
)]
#[inline(always)]
fn tile(lines: [&[f32]; TILE], panel: &[[f32; PANEL]]) -> [[f32; PANEL]; TILE] {
    let [one, two, three, four, five, six] = lines;
    let mut sums = [[0.0_f32; PANEL]; TILE];
    let values = one.iter().zip(two).zip(three).zip(four).zip(five).zip(six);
    for ((((((one, two), three), four), five), six), weights) in values.zip(panel) {
        for (sum, value) in sums.iter_mut().zip([one, two, three, four, five, six]) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
    }
    sums
}

#[expect(
    clippy::inline_always,
    reason = "only code that is part of the dispatched function uses its instructions"
)]
#[inline(always)]
fn single(line: &[f32], panel: &[[f32; PANEL]]) -> [f32; PANEL] {
    let mut sums = [0.0_f32; PANEL];
    for (value, weights) in line.iter().zip(panel) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += value * weight;
        }
    }
    sums
}

/// Makes the mean of every row 0 and its spread 1, then stretches and shifts it.
pub(super) fn normalise(rows: &mut [f32], stretch: &[f32], shift: &[f32], smallest: f32) {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a row has at most some thousand values"
    )]
    let count = stretch.len().max(1) as f32;
    for row in rows.chunks_exact_mut(stretch.len().max(1)) {
        let mean = sum(row.iter().copied()) / count;
        for value in row.iter_mut() {
            *value -= mean;
        }
        let spread = sum(row.iter().map(|value| value * value)) / count;
        let factor = (spread + smallest).sqrt().recip();
        for ((value, stretch), shift) in row.iter_mut().zip(stretch).zip(shift) {
            *value = *value * factor * stretch + shift;
        }
    }
}

/// A sum in double precision, where the order hardly matters.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the result goes back to the precision of the values"
)]
pub(super) fn sum(values: impl Iterator<Item = f32>) -> f32 {
    values.map(f64::from).sum::<f64>() as f32
}

/// Leaves nothing below 0.
pub(super) fn rectify(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_the_same_for_full_tiles_and_for_the_rest() {
        let (height, width) = (5, 19);
        let values: Vec<f32> = (0_u8..95).map(|value| f32::from(value) - 40.0).collect();
        let weights = Weights::beside(&[Values {
            height,
            width,
            all: values.clone(),
        }]);
        let rows: Vec<f32> = (0_u8..40).map(|value| f32::from(value % 7) - 3.0).collect();
        let mut sums = vec![1.0; 8 * width];
        weights.add_product(&rows, &mut sums);
        for row in 0..8 {
            for column in 0..width {
                let wanted: f32 = (0..height)
                    .map(|k| rows[row * height + k] * values[k * width + column])
                    .sum();
                assert!((sums[row * width + column] - wanted - 1.0).abs() < 1e-3);
            }
        }
    }
}
