//! Makes the table of what words mean from the vectors of an encoder of sentences: the directions in which words
//! differ most are kept, each number in one byte.

use std::collections::BTreeMap;

use super::{DIMENSIONS, MAGIC, key};
use crate::language::Language;
use crate::logistic::Chance;

/// Rounds in which large directions win from small ones.
const ROUNDS: usize = 40;
const SEED: u64 = 20_240_229;

/// A word with the vector of an encoder.
#[derive(Clone, Debug, PartialEq)]
pub struct WordMeaning {
    /// The language of the word.
    pub language: Language,
    /// The word without its endings.
    pub stem: String,
    /// What it weighs among other words, the rarer the more.
    pub weight: u8,
    /// Where the encoder places it.
    pub vector: Vec<f32>,
}

/// The table as it is kept in a file; the first of two words with the same key counts.
#[must_use]
pub fn pack(words: &[WordMeaning]) -> Vec<u8> {
    let mean = mean(words);
    let directions = directions(words, &mean);
    let mut rows: BTreeMap<u32, (u8, Vec<f64>)> = BTreeMap::new();
    for word in words {
        let row = directions
            .iter()
            .map(|direction| product(&centred(&word.vector, &mean), direction));
        rows.entry(key(&word.stem, word.language))
            .or_insert_with(|| (word.weight, row.collect()));
    }
    let largest = rows
        .values()
        .flat_map(|(_, row)| row)
        .fold(1e-9_f64, |largest, value| largest.max(value.abs()));
    let mut file = MAGIC.to_vec();
    file.extend(u32::try_from(rows.len()).unwrap_or(0).to_le_bytes());
    file.extend(rows.keys().flat_map(|key| key.to_le_bytes()));
    file.extend(rows.values().map(|(weight, _)| *weight));
    for value in rows.values().flat_map(|(_, row)| row) {
        file.push(byte(value / largest));
    }
    file
}

/// A number between -1 and 1 as one signed byte; the few largest are cut, so that the others keep their detail.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is brought into the range first"
)]
fn byte(value: f64) -> u8 {
    ((value * 254.0).round().clamp(-127.0, 127.0) as i8).cast_unsigned()
}

fn mean(words: &[WordMeaning]) -> Vec<f64> {
    let width = words.first().map_or(0, |word| word.vector.len());
    let mut mean = vec![0.0; width];
    for word in words {
        for (sum, value) in mean.iter_mut().zip(&word.vector) {
            *sum += f64::from(*value);
        }
    }
    let count = f64::from(u32::try_from(words.len()).unwrap_or(u32::MAX)).max(1.0);
    for sum in &mut mean {
        *sum /= count;
    }
    mean
}

fn centred(vector: &[f32], mean: &[f64]) -> Vec<f64> {
    let pairs = vector.iter().zip(mean);
    pairs
        .map(|(value, mean)| f64::from(*value) - mean)
        .collect()
}

fn product(first: &[f64], second: &[f64]) -> f64 {
    first
        .iter()
        .zip(second)
        .map(|(one, other)| one * other)
        .sum()
}

/// The directions with the largest variance, by orthogonal iteration.
fn directions(words: &[WordMeaning], mean: &[f64]) -> Vec<Vec<f64>> {
    let width = mean.len();
    let mut spread = vec![vec![0.0_f64; width]; width];
    for word in words {
        let row = centred(&word.vector, mean);
        for (sums, first) in spread.iter_mut().zip(&row) {
            for (sum, second) in sums.iter_mut().zip(&row) {
                *sum += first * second;
            }
        }
    }
    let mut chance = Chance(SEED);
    let mut random = || f64::from(u32::try_from(chance.next() >> 40).unwrap_or(0)) / 1e7 - 0.8;
    let mut found: Vec<Vec<f64>> = (0..DIMENSIONS)
        .map(|_| (0..width).map(|_| random()).collect())
        .collect();
    for _ in 0..ROUNDS {
        for direction in &mut found {
            *direction = spread.iter().map(|row| product(row, direction)).collect();
        }
        make_orthogonal(&mut found);
    }
    found
}

fn make_orthogonal(directions: &mut [Vec<f64>]) {
    for index in 0..directions.len() {
        let (before, from) = directions.split_at_mut(index);
        let Some(direction) = from.first_mut() else {
            return;
        };
        for known in before.iter() {
            let along = product(known, direction);
            for (value, known) in direction.iter_mut().zip(known) {
                *value -= along * known;
            }
        }
        let length = product(direction, direction).sqrt().max(1e-12);
        for value in direction {
            *value /= length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_row_per_word() {
        let word = |stem: &str, vector: [f32; 3]| WordMeaning {
            language: Language::Dutch,
            stem: stem.to_owned(),
            weight: 9,
            vector: vector.to_vec(),
        };
        let words = [
            word("fiets", [1.0, 0.0, 0.1]),
            word("brommer", [0.9, 0.1, 0.0]),
            word("soep", [0.0, 1.0, 0.2]),
        ];
        let file = pack(&words);
        assert_eq!(file.len(), 12 + 3 * (4 + 1 + DIMENSIONS));
        assert_eq!(pack(&words), file);
    }
}
