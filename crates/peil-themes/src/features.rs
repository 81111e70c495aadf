//! What the classifiers look at: words and pairs of words, pieces of words, parts of compounds, seed themes, tone.
//! Every feature is a number between 0 and 2^26 made of its name; the values of a sentence vector follow after those.

use std::collections::BTreeMap;

use crate::reading::Reading;
use crate::words::Word;

/// Features are told apart by so many bits of their hash.
const BITS: u32 = 26;
/// The number of the first value of a sentence vector; no name has it or a higher one.
pub(crate) const FIRST_OF_VECTOR: u32 = 1 << BITS;
/// Pieces of words have from two to five letters, the spaces around the word included.
const PIECES: std::ops::RangeInclusive<usize> = 2..=5;
/// Longer words are cut into pieces up to here.
const LONGEST_WORD: usize = 32;

/// What the words near the target of an opinion weigh against all words.
const SHARE_OF_NEAR: f64 = 0.8;

/// A group of features that is brought to length one by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// Stems and pairs of stems.
    Words,
    /// Pieces of words.
    Pieces,
    /// What the word lists say; not brought to length one.
    Lists,
    /// A sentence vector; not brought to length one.
    Vector,
    /// Words near the target of an opinion.
    Near,
}

/// Counts or weights of features by group.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Features {
    groups: BTreeMap<Group, BTreeMap<u32, f64>>,
}

/// A deterministic hash (FNV-1a) of the pieces of a name.
pub(crate) fn hash(pieces: &[&str]) -> u32 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for piece in pieces {
        for byte in piece.bytes().chain([0xff]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let mixed = state ^ (state >> 29);
    u32::try_from(mixed & ((1 << BITS) - 1)).unwrap_or(0)
}

impl Features {
    /// Adds to a feature.
    pub(crate) fn add(&mut self, group: Group, name: &[&str], value: f64) {
        *self
            .groups
            .entry(group)
            .or_default()
            .entry(hash(name))
            .or_default() += value;
    }

    /// Adds a sentence vector.
    pub(crate) fn add_vector(&mut self, vector: &[f32]) {
        let numbered = (FIRST_OF_VECTOR..).zip(vector.iter().copied().map(f64::from));
        self.groups
            .entry(Group::Vector)
            .or_default()
            .extend(numbered);
    }

    /// The words of a text.
    pub(crate) fn add_text(&mut self, reading: &Reading) {
        for clause in &reading.clauses {
            let mut before: Option<&Word> = None;
            for word in &clause.words {
                self.add_word(word);
                let first = before.map_or("^", |word| word.stem.as_str());
                self.add(Group::Words, &["2", first, &word.stem], 1.0);
                before = Some(word);
            }
        }
    }

    fn add_word(&mut self, word: &Word) {
        self.add(Group::Words, &["1", &word.stem], 1.0);
        for part in &word.parts {
            self.add(Group::Words, &["1", part], 1.0);
        }
        let mut letters: Vec<char> = vec![' '];
        letters.extend(word.form.chars().take(LONGEST_WORD));
        letters.push(' ');
        for length in PIECES {
            for piece in letters.windows(length) {
                let piece: String = piece.iter().collect();
                self.add(Group::Pieces, &["c", &piece], 1.0);
            }
        }
    }

    /// Every feature with its weight after damping of counts, rarity, and bringing each group to its length.
    pub(crate) fn weighted(&self, rarity: impl Fn(u32) -> Option<f64>) -> Vec<(u32, f64)> {
        let mut weighted: Vec<(u32, f64)> = Vec::new();
        for (group, features) in &self.groups {
            let is_counted = matches!(group, Group::Words | Group::Pieces | Group::Near);
            let mut of_group: Vec<(u32, f64)> = features
                .iter()
                .filter_map(|(feature, value)| {
                    let rarity = rarity(*feature)?;
                    Some((
                        *feature,
                        if is_counted {
                            (1.0 + value.max(0.01).ln()).max(0.1) * rarity
                        } else {
                            *value
                        },
                    ))
                })
                .collect();
            if is_counted {
                let length = of_group
                    .iter()
                    .map(|(_, value)| value * value)
                    .sum::<f64>()
                    .sqrt()
                    .max(1e-9);
                let share = if *group == Group::Near {
                    SHARE_OF_NEAR
                } else {
                    1.0
                };
                for (_, value) in &mut of_group {
                    *value *= share / length;
                }
            }
            weighted.extend(of_group);
        }
        weighted.sort_by_key(|(feature, _)| *feature);
        weighted
    }

    /// Every feature, and whether its rarity counts.
    pub(crate) fn all(&self) -> impl Iterator<Item = u32> {
        self.groups
            .values()
            .flat_map(|features| features.keys().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_pieces_have_length_one() {
        let mut features = Features::default();
        features.add_text(&Reading::new("Snelle levering", None, None));
        let weighted = features.weighted(|_| Some(1.0));
        let length: f64 = weighted.iter().map(|(_, value)| value * value).sum();
        assert!((length - 2.0).abs() < 1e-9);
    }
}
