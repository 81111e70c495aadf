//! What Peil knows before anybody taught it: a classifier per theme and one of tone, learned from answers that were
//! written for this purpose (`data/answers`), on top of what the word lists say. `cargo dev base` learns it anew.

mod answers;
mod file;
mod judge;
mod learn;
mod looks;
mod thresholds;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use looks::{GROUPS, Looks, Values, group_of};

pub use file::BaseError;
pub(crate) use judge::{Judged, Themes, Wider};

/// The classes that are tones; all others are themes.
pub(crate) const TONES: [&str; 4] = ["tone -", "tone 0", "tone +", "tone ±"];
/// Languages that it knows.
pub(crate) const LANGUAGES: [Language; 2] = [Language::Dutch, Language::English];
/// Features are looked up by their first bits.
const BUCKET: u32 = 14;

static SHIPPED: LazyLock<Option<Base>> =
    LazyLock::new(|| Base::read(include_bytes!("../../data/base.bin").as_slice()).ok());

/// Classifiers that were learned.
#[derive(Clone, Debug)]
pub struct Base {
    file: Cow<'static, [u8]>,
    head: Head,
    /// Where in the file the numbers of the features stand, how rare they are, and their weights.
    features: Range<usize>,
    rarities: Range<usize>,
    weights: Range<usize>,
    /// The first feature of every bucket.
    buckets: Vec<u32>,
}

/// What stands before the weights.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    /// Of what it was learned from.
    learned_from: String,
    classes: Vec<Class>,
    features: usize,
    /// What the sums of tones are multiplied by, so that probabilities are what they say.
    sharpness: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Class {
    name: String,
    bias: f32,
    /// What a weight is worth in each group of features.
    scales: [f32; GROUPS],
    /// From this sum on it is given where no word list says so.
    give_from: f32,
    /// From this sum on it is kept where a word list says so; where another theme is given to the clause, from the other
    /// one on.
    keep_from: f32,
    keep_beside_from: f32,
}

/// The sum of every class, and what a feature of each group counted.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    of_class: Vec<f32>,
    factors: [f32; GROUPS],
}

impl Sums {
    pub(crate) fn of(&self, class: usize) -> f32 {
        self.of_class.get(class).copied().unwrap_or(f32::MIN)
    }
}

impl Base {
    /// The one that comes with this crate.
    #[must_use]
    pub fn shipped() -> Option<&'static Self> {
        SHIPPED.as_ref()
    }

    fn class(&self, name: &str) -> Option<usize> {
        let mut classes = self.head.classes.iter();
        classes.position(|class| class.name == name)
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.file.get(range.clone()).unwrap_or_default()
    }

    /// Column and rarity of a feature that it knows.
    fn find(&self, feature: u32) -> Option<(u32, f32)> {
        let (features, _) = self.part(&self.features).as_chunks::<4>();
        let bucket = (feature >> BUCKET) as usize;
        let from = *self.buckets.get(bucket)? as usize;
        let until = *self.buckets.get(bucket + 1)? as usize;
        let place = features
            .get(from..until)?
            .binary_search_by_key(&feature, |bytes| u32::from_le_bytes(*bytes))
            .ok()?;
        let column = from + place;
        let rarity = *self.part(&self.rarities).get(column)?;
        Some((u32::try_from(column).ok()?, from_byte(rarity)))
    }

    fn feature(&self, column: u32) -> u32 {
        let (features, _) = self.part(&self.features).as_chunks::<4>();
        let bytes = features.get(column as usize).copied();
        bytes.map_or(0, u32::from_le_bytes)
    }

    fn weights(&self, column: u32) -> &[u8] {
        let classes = self.head.classes.len();
        let start = column as usize * classes;
        let all = self.part(&self.weights);
        all.get(start..start + classes).unwrap_or_default()
    }

    /// The sums of all classes for a stretch.
    pub(crate) fn sums(&self, looks: &Looks) -> Sums {
        let Values { columns, factors } = looks.values(|feature| self.find(feature));
        let classes = self.head.classes.len();
        let mut by_group = vec![0.0_f32; classes * GROUPS];
        for (column, value) in columns {
            let group = group_of(self.feature(column)) * classes;
            let Some(sums) = by_group.get_mut(group..group + classes) else {
                continue;
            };
            for (sum, weight) in sums.iter_mut().zip(self.weights(column)) {
                *sum += value * f32::from(weight.cast_signed());
            }
        }
        let of_class = self.head.classes.iter().enumerate().map(|(index, class)| {
            let sums = by_group.iter().skip(index).step_by(classes.max(1));
            let scaled = sums.zip(class.scales).map(|(sum, scale)| sum * scale);
            class.bias + scaled.sum::<f32>()
        });
        Sums {
            of_class: of_class.collect(),
            factors,
        }
    }
}

/// How rare a feature is, in steps of a sixteenth.
fn from_byte(rarity: u8) -> f32 {
    f32::from(rarity) / 16.0
}
