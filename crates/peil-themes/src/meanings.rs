//! What words mean, as far as a few dozen numbers can say it: words that are used alike have vectors that are alike,
//! also across languages. The table was made once from a published encoder of sentences, word by word
//! (`docs/methods/themes.md` tells which); a text is where its words are on average, rare words counting most.

use crate::features::hash;
use crate::language::Language;
use crate::reading::Reading;
use crate::words::Word;

mod pack;

pub use pack::{WordMeaning, pack as pack_meanings};

const FILE: &[u8] = include_bytes!("../data/meanings.bin");
const MAGIC: &[u8; 8] = b"PEILMEAN";
/// Numbers per word.
pub(crate) const DIMENSIONS: usize = 64;
/// What a word that only stands in a compound weighs.
const SHARE_OF_PART: (i32, i32) = (1, 2);

/// A sum of the vectors of words, in whole numbers so that their order makes no difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning([i64; DIMENSIONS]);

impl Default for Meaning {
    fn default() -> Self {
        Self([0; DIMENSIONS])
    }
}

impl Meaning {
    /// Adds a word, or the words that it is made of when it is not known as a whole.
    pub(crate) fn add(&mut self, word: &Word, language: Language) {
        if self.add_stem(&word.stem, language, (1, 1)) {
            return;
        }
        for part in &word.parts {
            self.add_stem(part, language, SHARE_OF_PART);
        }
    }

    fn add_stem(&mut self, stem: &str, language: Language, share: (i32, i32)) -> bool {
        let Some((weight, values)) = TABLE.find(stem, language) else {
            return false;
        };
        let weight = i32::from(weight) * share.0 / share.1;
        for (sum, value) in self.0.iter_mut().zip(values) {
            *sum += i64::from(weight * i32::from(value.cast_signed()));
        }
        true
    }

    /// Adds the words of another stretch.
    pub(crate) fn add_all(&mut self, other: &Self) {
        for (sum, value) in self.0.iter_mut().zip(other.0) {
            *sum += value;
        }
    }

    /// The sums, as numbers; nothing when no word was known.
    #[expect(
        clippy::cast_precision_loss,
        reason = "vectors are kept in single precision"
    )]
    pub(crate) fn numbers(&self) -> Option<[f32; DIMENSIONS]> {
        let numbers = self.0.map(|value| value as f32);
        self.0.iter().any(|value| *value != 0).then_some(numbers)
    }
}

/// The direction of what a text means, of length one; nothing when no word was known.
pub(crate) fn of(reading: &Reading) -> Option<Vec<f32>> {
    let mut meaning = Meaning::default();
    for word in reading.words() {
        meaning.add(word, reading.language);
    }
    let numbers = meaning.numbers()?;
    let length = length(&numbers);
    Some(numbers.iter().map(|number| number / length).collect())
}

/// The length of a vector.
pub(crate) fn length(numbers: &[f32]) -> f32 {
    numbers
        .iter()
        .map(|value| value * value)
        .sum::<f32>()
        .sqrt()
}

/// The table, as it lies in the program.
struct Table {
    keys: &'static [u8],
    weights: &'static [u8],
    values: &'static [u8],
}

static TABLE: std::sync::LazyLock<Table> = std::sync::LazyLock::new(|| {
    Table::read(FILE).unwrap_or(Table {
        keys: &[],
        weights: &[],
        values: &[],
    })
});

fn key(stem: &str, language: Language) -> u32 {
    hash(&["meaning", language.code(), stem])
}

impl Table {
    fn read(file: &'static [u8]) -> Option<Self> {
        let rest = file.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let (keys, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (weights, values) = rest.split_at_checked(count)?;
        (values.len() == count.checked_mul(DIMENSIONS)?).then_some(Self {
            keys,
            weights,
            values,
        })
    }

    fn find(&self, stem: &str, language: Language) -> Option<(u8, &'static [u8])> {
        let (keys, _) = self.keys.as_chunks::<4>();
        let wanted = key(stem, language);
        let place = keys
            .binary_search_by_key(&wanted, |bytes| u32::from_le_bytes(*bytes))
            .ok()?;
        let values = self
            .values
            .get(place * DIMENSIONS..(place + 1) * DIMENSIONS)?;
        Some((*self.weights.get(place)?, values))
    }
}
