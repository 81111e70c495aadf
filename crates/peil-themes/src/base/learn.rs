//! Learns a base from labelled answers. What is decided by thresholds is tried on answers of writers that were not
//! learned from.

use std::collections::BTreeMap;

use super::file::write;
use super::judge::{Seen, looks};
use super::looks::{GROUPS, LISTS, Looks, MEANING, group_of};
use super::thresholds::{self, Tried};
use super::{Base, Class, Head, TONES, from_byte};
use crate::engine::Engine;
use crate::language::Language;
use crate::logistic::{self, Rows, Search, Weights};
use crate::matcher::{GIVEN_FROM, Match};
use crate::model::Label;
use crate::parallel;
use crate::reading::Reading;
use crate::taxonomy::Taxonomy;

/// Features of words and pieces in fewer answers are left out.
const RARE: u32 = 3;
/// The price of a mistake against the penalty on weights.
const COST: f64 = 3.0;
const SMALL_STEP: f64 = 5e-3;
const SEED: u64 = 20_240_229;
/// The share of a writer's answers that one fold holds when nobody else wrote in that language: every other so many.
const BLOCK: usize = 40;
/// Says that an answer is about nothing that has a name.
const NONE: &str = "none";
/// Themes that bring a wider one along: whether that is meant as well, their labels do not say.
const WITH_SERVICE: (&str, [&str; 3]) =
    ("customer_service", ["staff", "expertise", "waiting_time"]);

/// A labelled answer that was looked at.
struct Example<'a> {
    label: &'a Label,
    writer: String,
    looks: Vec<Looks>,
    whole: Looks,
    found: Vec<Vec<Match>>,
}

/// What all folds share.
struct Material<'a> {
    examples: Vec<Example<'a>>,
    features: Vec<(u32, u8)>,
    rows: Rows,
    names: Vec<String>,
}

impl Base {
    /// Learns from labelled answers: categories are themes (or `none`), polarity is their tone. The part of an id before
    /// a colon is its writer. Nothing when there is nothing to learn from.
    #[must_use]
    pub fn learn(labels: &[Label]) -> Option<Self> {
        let material = Material::new(labels);
        let folds = material.folds();
        let mut tried: Vec<Tried> = Vec::new();
        let mut names: Vec<&String> = folds.iter().collect();
        names.sort();
        names.dedup();
        for name in names {
            let base = material.solve(|index| folds.get(index) != Some(name))?;
            let held = material.examples.iter().zip(&folds);
            let held: Vec<&Example> = held
                .filter(|(_, fold)| *fold == name)
                .map(|(example, _)| example)
                .collect();
            tried.extend(parallel::map(&held, |example| tried_on(&base, example)));
        }
        let mut base = material.solve(|_| true)?;
        let head = thresholds::decide(base.head.clone(), &tried);
        base.file = base.with_head(&head).into();
        Self::read(base.file).ok()
    }

    /// What [`Base::learned_from`] says after learning from these labels, without learning.
    #[must_use]
    pub fn fingerprint(labels: &[Label]) -> String {
        Material::new(labels).fingerprint()
    }

    fn with_head(&self, head: &Head) -> Vec<u8> {
        let (numbers, _) = self.part(&self.features).as_chunks::<4>();
        let features: Vec<(u32, u8)> = numbers
            .iter()
            .map(|bytes| u32::from_le_bytes(*bytes))
            .zip(self.part(&self.rarities).iter().copied())
            .collect();
        let weights: Vec<i8> = self
            .part(&self.weights)
            .iter()
            .map(|byte| byte.cast_signed())
            .collect();
        write(head, &features, &weights)
    }
}

fn tried_on(base: &Base, example: &Example) -> Tried {
    let whole = base.sums(&example.whole);
    let clauses = example.looks.iter().map(|looks| base.sums(looks)).collect();
    let seen = Seen { clauses, whole };
    let classes = base.head.classes.iter().enumerate();
    let themes = classes
        .filter(|(_, class)| !TONES.contains(&class.name.as_str()))
        .map(|(index, class)| {
            let is_listed =
                |found: &Match| found.theme == class.name && found.confidence >= GIVEN_FROM;
            thresholds::Theme {
                class: index,
                sum: seen.highest(index),
                is_listed: example.found.iter().flatten().any(is_listed),
                is_wanted: wanted(example.label, &class.name),
            }
        });
    Tried {
        themes: themes.collect(),
        tone: example.label.polarity.clone().unwrap_or_default(),
        of_tones: TONES.map(|tone| base.class(tone).map_or(0.0, |class| seen.whole.of(class))),
    }
}

/// Whether an answer belongs to a class; nothing when its label does not say.
fn wanted(label: &Label, class: &str) -> Option<bool> {
    if let Some(place) = TONES.iter().position(|tone| *tone == class) {
        let tone = label.polarity.as_deref()?;
        let polarities = ["negative", "neutral", "positive", "mixed"];
        let is_mixed = tone == "mixed";
        return (place == 3 || !is_mixed).then(|| polarities.get(place) == Some(&tone));
    }
    let has = |theme: &str| label.categories.iter().any(|known| known == theme);
    let (wide, narrow) = WITH_SERVICE;
    let is_open = class == wide && !has(wide) && narrow.iter().any(|theme| has(theme));
    (!is_open).then(|| has(class))
}

impl<'a> Material<'a> {
    fn new(labels: &'a [Label]) -> Self {
        let engine = Engine::new(&Taxonomy::seed());
        let all: Vec<&'a Label> = labels.iter().collect();
        let examples: Vec<Example<'a>> = parallel::map(&all, |label| example(&engine, label))
            .into_iter()
            .flatten()
            .collect();
        let features = choose_features(&examples);
        let rows = parallel::map(&examples, |example| row(&example.whole, &features));
        let full_from = features.partition_point(|(feature, _)| *feature < MEANING);
        let mut names: Vec<String> = labels
            .iter()
            .flat_map(|label| label.categories.iter().cloned())
            .filter(|name| name != NONE)
            .collect();
        names.sort();
        names.dedup();
        names.extend(TONES.map(str::to_owned));
        Self {
            rows: Rows::new(rows, features.len(), full_from),
            examples,
            features,
            names,
        }
    }

    /// A checksum (FNV-1a) of everything that is learned from.
    fn fingerprint(&self) -> String {
        let mut state: u64 = 0xcbf2_9ce4_8422_2325;
        let mut take = |bytes: &[u8]| {
            for byte in bytes {
                state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        for (feature, rarity) in &self.features {
            take(&feature.to_le_bytes());
            take(&[*rarity]);
        }
        for example in &self.examples {
            for (column, value) in row(&example.whole, &self.features) {
                take(&column.to_le_bytes());
                take(&value.to_bits().to_le_bytes());
            }
            take(example.label.categories.join(",").as_bytes());
            take(
                example
                    .label
                    .polarity
                    .as_deref()
                    .unwrap_or_default()
                    .as_bytes(),
            );
        }
        format!("{state:016x}")
    }

    /// In which fold each example is held back: with all of its writer, or with half of them when nobody else wrote in
    /// that language.
    fn folds(&self) -> Vec<String> {
        let mut writers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for example in &self.examples {
            let language = example.label.lang.as_deref().unwrap_or_default();
            let of = writers.entry(language).or_default();
            if !of.contains(&example.writer.as_str()) {
                of.push(&example.writer);
            }
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let fold = |example: &Example<'a>| -> String {
            let language = example.label.lang.as_deref().unwrap_or_default();
            let count = counts.entry(example.writer.clone()).or_default();
            *count += 1;
            let half = match writers.get(language).map_or(0, Vec::len) {
                1 => *count / BLOCK % 2,
                _ => 0,
            };
            format!("{} {half}", example.writer)
        };
        self.examples.iter().map(fold).collect()
    }

    /// Learns every class from the examples that are used.
    fn solve(&self, is_used: impl Fn(usize) -> bool + Sync) -> Option<Base> {
        let search = Search {
            cost: COST,
            small_step: SMALL_STEP,
            seed: SEED,
        };
        let solved = parallel::map(&self.names, |name| {
            let examples: Vec<(usize, bool, f64)> = self
                .examples
                .iter()
                .enumerate()
                .filter(|(index, _)| is_used(*index))
                .filter_map(|(index, example)| {
                    Some((index, wanted(example.label, name)?, example.label.weight))
                })
                .collect();
            logistic::solve(&self.rows, &examples, search)
        });
        let packed: Vec<(Class, Vec<i8>)> = self
            .names
            .iter()
            .zip(&solved)
            .map(|(name, weights)| self.pack(name, weights))
            .collect();
        let mut weights = Vec::with_capacity(self.features.len() * packed.len());
        for column in 0..self.features.len() {
            let of_classes = packed.iter().map(|(_, weights)| weights.get(column));
            weights.extend(of_classes.map(|weight| weight.copied().unwrap_or_default()));
        }
        let head = Head {
            learned_from: self.fingerprint(),
            classes: packed.into_iter().map(|(class, _)| class).collect(),
            features: self.features.len(),
            sharpness: 1.0,
        };
        Base::read(write(&head, &self.features, &weights)).ok()
    }

    /// Weights in one byte each, with what that is worth in each group.
    fn pack(&self, name: &str, weights: &Weights) -> (Class, Vec<i8>) {
        let mut largest = [1e-6_f32; GROUPS];
        for ((feature, _), weight) in self.features.iter().zip(&weights.columns) {
            if let Some(largest) = largest.get_mut(group_of(*feature)) {
                *largest = largest.max(weight.abs());
            }
        }
        let scales = largest.map(|largest| largest / 127.0);
        let packed = self.features.iter().zip(&weights.columns);
        let packed = packed.map(|((feature, _), weight)| {
            let scale = scales.get(group_of(*feature)).copied().unwrap_or(1.0);
            to_byte(weight / scale)
        });
        let class = Class {
            name: name.to_owned(),
            bias: weights.bias,
            scales,
            give_from: 0.0,
            keep_from: 0.0,
            keep_beside_from: 0.0,
        };
        (class, packed.collect())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is brought into the range first"
)]
fn to_byte(number: f32) -> i8 {
    number.round().clamp(-127.0, 127.0) as i8
}

fn example<'a>(engine: &Engine, label: &'a Label) -> Option<Example<'a>> {
    let language = label.lang.as_deref().and_then(Language::from_code);
    let reading = Reading::new(&label.text, language, None);
    let found = engine.found(&reading);
    let looks = looks(&reading, &found)?;
    let writer = label.id.split(':').next().unwrap_or_default();
    Some(Example {
        label,
        writer: writer.to_owned(),
        whole: Looks::together(&looks),
        looks,
        found,
    })
}

fn row(looks: &Looks, features: &[(u32, u8)]) -> Vec<(u32, f32)> {
    let known = |feature: u32| {
        let place = features
            .binary_search_by_key(&feature, |(known, _)| *known)
            .ok()?;
        let (_, rarity) = features.get(place)?;
        Some((u32::try_from(place).ok()?, from_byte(*rarity)))
    };
    looks.values(known).columns
}

/// The features that occur often enough, with the logarithm of how rare they are.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is brought into the range first"
)]
fn choose_features(examples: &[Example]) -> Vec<(u32, u8)> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in examples.iter().flat_map(|example| example.whole.all()) {
        *counts.entry(feature).or_default() += 1;
    }
    let total = f64::from(u32::try_from(examples.len()).unwrap_or(u32::MAX));
    let rarity = |feature: u32, count: u32| {
        if feature >= LISTS {
            return 16;
        }
        let rarity = ((1.0 + total) / (1.0 + f64::from(count))).ln() + 1.0;
        (rarity * 16.0).round().clamp(1.0, 255.0) as u8
    };
    counts
        .into_iter()
        .filter(|(_, count)| *count >= RARE)
        .map(|(feature, count)| (feature, rarity(feature, count)))
        .collect()
}
