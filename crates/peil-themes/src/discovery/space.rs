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
/// More texts than this teach nothing new about words and directions.
const LEARNED_FROM: usize = 20_000;
/// What a sentence vector weighs against words.
const WEIGHT_OF_VECTOR: f32 = 1.5;
/// What the meanings of words weigh against words where there is no sentence vector.
const WEIGHT_OF_MEANING: f32 = 1.0;

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

/// A row of length one per text. What is rare and in which directions texts differ is learned from at most [`LEARNED_FROM`]
/// of them, spread evenly, so that memory does not grow with what every text says.
pub(super) fn place(
    number: usize,
    read: &(dyn Fn(usize) -> Reading + Sync),
    vectors: Option<&dyn SentenceVectors>,
    seed: u64,
) -> Dense {
    let all: Vec<usize> = (0..number).collect();
    let learned_from = LEARNED_FROM.min(number);
    let sample: Vec<usize> = (0..learned_from)
        .map(|place| place * number / learned_from)
        .collect();
    let words = WordSpace::learn(
        &parallel::map(&sample, |index| words_of(&read(*index))),
        seed,
    );
    let rows = parallel::map(&all, |index| {
        let reading = read(*index);
        let mut row = words.place(&words_of(&reading));
        let (vector, weight) = match vectors {
            Some(vectors) => (
                reading.vector(vectors).map(<[f32]>::to_vec),
                WEIGHT_OF_VECTOR,
            ),
            None => (crate::meanings::of(&reading), WEIGHT_OF_MEANING),
        };
        if let Some(vector) = vector {
            row.extend(vector.iter().map(|value| value * weight));
        }
        to_length_one(&mut row);
        row
    });
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut placed = Dense::new(number, width);
    for (index, row) in rows.into_iter().enumerate() {
        add_scaled(placed.row_mut(index), &row, 1.0);
    }
    placed
}

fn words_of(reading: &Reading) -> Features {
    let mut features = Features::default();
    features.add_text(reading);
    features
}

/// What places a text by its words.
struct WordSpace {
    /// The column and rarity of every feature that texts share.
    columns: HashMap<u32, (usize, f64)>,
    axes: Axes,
}

impl WordSpace {
    fn learn(features: &[Features], seed: u64) -> Self {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for feature in features.iter().flat_map(Features::all) {
            *counts.entry(feature).or_default() += 1;
        }
        let total = f64::from(u32::try_from(features.len()).unwrap_or(u32::MAX));
        let columns: HashMap<u32, (usize, f64)> = counts
            .into_iter()
            .filter(|(_, count)| *count >= RARE)
            .enumerate()
            .map(|(column, (feature, count))| {
                (feature, (column, (total / f64::from(count)).ln() + 0.1))
            })
            .collect();
        let rows = parallel::map(features, |features| weighted(features, &columns));
        let wished =
            (rows.len() / TEXTS_PER_DIMENSION).clamp(*DIMENSIONS.start(), *DIMENSIONS.end());
        let width = wished.min(rows.len()).min(columns.len());
        let axes = Axes::learn(&rows, columns.len(), width, seed);
        Self { columns, axes }
    }

    /// The place of a text, of length one.
    fn place(&self, features: &Features) -> Vec<f32> {
        let mut row = self.axes.place(&weighted(features, &self.columns));
        to_length_one(&mut row);
        row
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "weights are kept in single precision to halve the memory"
)]
fn weighted(features: &Features, columns: &HashMap<u32, (usize, f64)>) -> Vec<(usize, f32)> {
    features
        .weighted(|feature| columns.get(&feature).map(|(_, rarity)| *rarity))
        .into_iter()
        .filter_map(|(feature, value)| {
            columns
                .get(&feature)
                .map(|(column, _)| (*column, value as f32))
        })
        .collect()
}

/// The directions in which rows differ most.
struct Axes {
    directions: Dense,
    turned: Dense,
    width: usize,
}

impl Axes {
    fn learn(rows: &Sparse, columns: usize, width: usize, seed: u64) -> Self {
        let wide = (width + SPARE).min(rows.len()).min(columns);
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
        let turned = main_directions(&times(rows, &directions));
        Self {
            directions,
            turned,
            width,
        }
    }

    /// How far a row goes in every direction; one value where there are no directions.
    fn place(&self, row: &[(usize, f32)]) -> Vec<f32> {
        let placed = product(row, &self.directions);
        let mut sum = vec![0.0_f32; self.turned.width];
        for (axis, value) in placed.iter().enumerate() {
            add_scaled(&mut sum, self.turned.row(axis), *value);
        }
        sum.resize(self.width.max(1), 0.0);
        sum
    }
}

fn times(rows: &Sparse, directions: &Dense) -> Dense {
    let products = parallel::map(rows, |row| product(row, directions));
    Dense {
        width: directions.width,
        values: products.concat(),
    }
}

fn product(row: &[(usize, f32)], directions: &Dense) -> Vec<f32> {
    let mut sum = vec![0.0_f32; directions.width];
    for (column, value) in row {
        add_scaled(&mut sum, directions.row(*column), *value);
    }
    sum
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

/// The main directions of placed rows, the largest first, by a few rounds of orthogonal iteration on the small matrix of
/// products.
fn main_directions(placed: &Dense) -> Dense {
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
    axes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_survive_when_nothing_is_left_out() {
        let rows: Sparse = vec![vec![(0, 3.0)], vec![(1, 2.0)], vec![(0, 1.0), (2, 1.0)]];
        let axes = Axes::learn(&rows, 3, 3, 5);
        for (row, length) in rows.iter().zip([9.0, 4.0, 2.0]) {
            let placed = axes.place(row);
            let found = dot(&placed, &placed);
            assert!((found - length).abs() < 1e-3, "{found} {length}");
        }
    }
}
