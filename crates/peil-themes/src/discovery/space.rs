//! Places texts in a space where texts with the same words are near: weighted words, reduced by a truncated singular
//! value decomposition (randomised, seeded). Source: Halko, Martinsson and Tropp, Finding structure with randomness, 2011.

use std::collections::{BTreeMap, HashMap};

use crate::features::Features;
use crate::logistic::Chance;
use crate::parallel;
use crate::reading::Reading;
use crate::vectors::SentenceVectors;

/// Dimensions of the space: more for more texts, which differ in more ways.
const DIMENSIONS: std::ops::RangeInclusive<usize> = 96..=160;
/// So many texts earn one dimension.
const TEXTS_PER_DIMENSION: usize = 12;
/// More than that are computed, so that the first ones are exact.
const SPARE: usize = 12;
/// Rounds in which large directions win from small ones.
const ROUNDS: usize = 3;
/// Features in fewer texts say nothing about what texts share.
const RARE: u32 = 2;
/// What a sentence vector weighs against words.
const WEIGHT_OF_VECTOR: f32 = 1.5;

/// A matrix with all values.
pub(crate) struct Dense {
    width: usize,
    values: Vec<f32>,
}

type Sparse = Vec<Vec<(usize, f32)>>;

impl Dense {
    pub(super) fn new(height: usize, width: usize) -> Self {
        Self {
            width,
            values: vec![0.0; height * width],
        }
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    pub(super) fn row(&self, index: usize) -> &[f32] {
        self.values
            .get(index * self.width..(index + 1) * self.width)
            .unwrap_or_default()
    }

    /// Makes a row the direction of the sum of others.
    pub(super) fn set_mean<'a>(&mut self, index: usize, rows: impl Iterator<Item = &'a [f32]>) {
        let mean = self.row_mut(index);
        for row in rows {
            add_scaled(mean, row, 1.0);
        }
        to_length_one(mean);
    }

    fn row_mut(&mut self, index: usize) -> &mut [f32] {
        self.values
            .get_mut(index * self.width..(index + 1) * self.width)
            .unwrap_or_default()
    }
}

/// The sum of products.
pub(super) fn dot(first: &[f32], second: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (first_chunks, second_chunks) = (first.chunks_exact(8), second.chunks_exact(8));
    let rest: f32 = first_chunks
        .remainder()
        .iter()
        .zip(second_chunks.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (a, b) in first_chunks.zip(second_chunks) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}

fn add_scaled(to: &mut [f32], from: &[f32], factor: f32) {
    for (sum, value) in to.iter_mut().zip(from) {
        *sum += factor * value;
    }
}

fn to_length_one(values: &mut [f32]) {
    let length = dot(values, values).sqrt();
    if length > 1e-9 {
        for value in values {
            *value /= length;
        }
    }
}

/// A row of length one per text.
pub(super) fn place(
    readings: &[Reading],
    vectors: Option<&dyn SentenceVectors>,
    seed: u64,
) -> Dense {
    let (rows, columns) = weighted_words(readings);
    let wished = (rows.len() / TEXTS_PER_DIMENSION).clamp(*DIMENSIONS.start(), *DIMENSIONS.end());
    let width = wished.min(rows.len()).min(columns);
    let mut words = reduce(&rows, columns, width, seed);
    for index in 0..words.height() {
        to_length_one(words.row_mut(index));
    }
    let Some(vectors) = vectors else {
        return words;
    };
    let found = parallel::map(readings, |reading| {
        vectors
            .vector(reading.normalised.text())
            .unwrap_or_default()
    });
    let wide = found.iter().map(Vec::len).max().unwrap_or(0);
    let mut both = Dense::new(rows.len(), words.width + wide);
    for (index, vector) in found.iter().enumerate() {
        let row = both.row_mut(index);
        let split = words.width.min(row.len());
        let (left, right) = row.split_at_mut(split);
        add_scaled(left, words.row(index), 1.0);
        add_scaled(right, vector, WEIGHT_OF_VECTOR);
        to_length_one(both.row_mut(index));
    }
    both
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "weights are kept in single precision to halve the memory"
)]
fn weighted_words(readings: &[Reading]) -> (Sparse, usize) {
    let features = parallel::map(readings, |reading| {
        let mut features = Features::default();
        features.add_text(reading);
        features
    });
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in features.iter().flat_map(Features::all) {
        *counts.entry(feature).or_default() += 1;
    }
    let total = f64::from(u32::try_from(readings.len()).unwrap_or(u32::MAX));
    let kept: HashMap<u32, (usize, f64)> = counts
        .into_iter()
        .filter(|(_, count)| *count >= RARE)
        .enumerate()
        .map(|(column, (feature, count))| {
            (feature, (column, (total / f64::from(count)).ln() + 0.1))
        })
        .collect();
    let rows = parallel::map(&features, |features| {
        features
            .weighted(|feature| kept.get(&feature).map(|(_, rarity)| *rarity))
            .into_iter()
            .filter_map(|(feature, value)| {
                kept.get(&feature)
                    .map(|(column, _)| (*column, value as f32))
            })
            .collect()
    });
    (rows, kept.len())
}

/// The rows in the directions in which they differ most, times how much they differ there.
fn reduce(rows: &Sparse, columns: usize, width: usize, seed: u64) -> Dense {
    let wide = (width + SPARE).min(rows.len()).min(columns);
    if wide == 0 {
        return Dense::new(rows.len(), 1);
    }
    let mut chance = Chance(seed);
    let mut directions = Dense::new(columns, wide);
    for value in &mut directions.values {
        *value = if chance.next() >> 63 == 0 { 1.0 } else { -1.0 };
    }
    for _ in 0..ROUNDS {
        let mut placed = times(rows, &directions);
        orthonormalise(&mut placed);
        directions = transposed_times(rows, &placed, columns);
        orthonormalise(&mut directions);
    }
    let placed = times(rows, &directions);
    rotate(&placed, width)
}

fn times(rows: &Sparse, directions: &Dense) -> Dense {
    let products = parallel::map(rows, |row| {
        let mut sum = vec![0.0_f32; directions.width];
        for (column, value) in row {
            add_scaled(&mut sum, directions.row(*column), *value);
        }
        sum
    });
    Dense {
        width: directions.width,
        values: products.concat(),
    }
}

fn transposed_times(rows: &Sparse, placed: &Dense, columns: usize) -> Dense {
    let mut sum = Dense::new(columns, placed.width);
    for (index, row) in rows.iter().enumerate() {
        for (column, value) in row {
            add_scaled(sum.row_mut(*column), placed.row(index), *value);
        }
    }
    sum
}

/// Makes the columns orthogonal and of length one (modified Gram-Schmidt, on the transpose).
fn orthonormalise(matrix: &mut Dense) {
    let (height, width) = (matrix.height(), matrix.width);
    let mut columns = Dense::new(width, height);
    for (index, row) in matrix.values.chunks(width.max(1)).enumerate() {
        for (column, value) in row.iter().enumerate() {
            if let Some(place) = columns.row_mut(column).get_mut(index) {
                *place = *value;
            }
        }
    }
    for index in 0..width {
        let (before, rest) = columns.values.split_at_mut(index * height);
        let Some(column) = rest.get_mut(..height) else {
            continue;
        };
        for other in before.chunks(height.max(1)) {
            let shared = dot(column, other);
            add_scaled(column, other, -shared);
        }
        to_length_one(column);
    }
    for (column, values) in columns.values.chunks(height.max(1)).enumerate() {
        for (index, value) in values.iter().enumerate() {
            if let Some(place) = matrix.row_mut(index).get_mut(column) {
                *place = *value;
            }
        }
    }
}

/// Turns the axes to the main directions and keeps the first `width`, by a few rounds of orthogonal iteration on the
/// small matrix of products.
fn rotate(placed: &Dense, width: usize) -> Dense {
    let wide = placed.width;
    let mut products = Dense::new(wide, wide);
    for row in placed.values.chunks(wide.max(1)) {
        for (column, value) in row.iter().enumerate() {
            add_scaled(products.row_mut(column), row, *value);
        }
    }
    let mut axes = Dense::new(wide, wide);
    for index in 0..wide {
        if let Some(value) = axes.row_mut(index).get_mut(index) {
            *value = 1.0;
        }
    }
    for _ in 0..30 {
        let mut next = Dense::new(wide, wide);
        for index in 0..wide {
            let weights = products.row(index).to_vec();
            for (other, weight) in weights.iter().enumerate() {
                add_scaled(next.row_mut(index), axes.row(other), *weight);
            }
        }
        orthonormalise(&mut next);
        axes = next;
    }
    let mut turned = Dense::new(placed.height(), width);
    for index in 0..placed.height() {
        let mut sum = vec![0.0_f32; wide];
        for (axis, value) in placed.row(index).iter().enumerate() {
            add_scaled(&mut sum, axes.row(axis), *value);
        }
        for (place, value) in turned.row_mut(index).iter_mut().zip(sum) {
            *place = value;
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_survive_when_nothing_is_left_out() {
        let rows: Sparse = vec![vec![(0, 3.0)], vec![(1, 2.0)], vec![(0, 1.0), (2, 1.0)]];
        let placed = reduce(&rows, 3, 3, 5);
        for (row, length) in rows.iter().zip([9.0, 4.0, 2.0]) {
            let index = rows.iter().position(|other| other == row).unwrap();
            let found = dot(placed.row(index), placed.row(index));
            assert!((found - length).abs() < 1e-3, "{found} {length}");
        }
    }
}
