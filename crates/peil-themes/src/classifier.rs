//! A set of classes that an example can belong to, each with its own logistic regression and threshold.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::features::{FIRST_OF_VECTOR, Features};
use crate::logistic::{self, Rows, SMALL_ENOUGH_STEP, SMALL_STEP, Search, Weights};
use crate::parallel;

/// Parts into which the labels are divided to find thresholds.
const FOLDS: usize = 5;
/// Features that occur in fewer examples are left out, once there are so many examples.
const RARE: (u32, usize) = (2, 300);
/// So many positive examples weigh a threshold of their own as heavily as the threshold of all classes together.
const FOR_OWN_THRESHOLD: f64 = 60.0;
/// Thresholds that are tried.
const THRESHOLDS: std::ops::Range<u32> = 8..80;
const SEED: u64 = 20_240_229;

/// Classes with their weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Classifier {
    /// The features in order, with their rarity.
    features: Vec<(u32, f32)>,
    classes: Vec<Class>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Class {
    name: String,
    threshold: f64,
    bias: f32,
    /// One per feature.
    weights: Vec<f32>,
}

/// Something to learn from.
pub(crate) struct Example {
    pub(crate) features: Features,
    pub(crate) classes: Vec<String>,
    /// Corrected labels weigh more than others.
    pub(crate) importance: f64,
}

/// How to learn.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// The price of a mistake against the penalty on weights.
    pub(crate) cost: f64,
    /// Whether an example can have several classes, so that thresholds are needed.
    pub(crate) with_thresholds: bool,
}

impl Settings {
    fn search(self, small_step: f64) -> Search {
        Search {
            cost: self.cost,
            small_step,
            seed: SEED,
        }
    }
}

impl Classifier {
    /// Learns every class that occurs; nothing when there are none.
    pub(crate) fn train(examples: &[Example], settings: Settings) -> Option<Self> {
        let names: Vec<String> = {
            let mut names: Vec<&String> = examples
                .iter()
                .flat_map(|example| &example.classes)
                .collect();
            names.sort();
            names.dedup();
            names.into_iter().cloned().collect()
        };
        if names.is_empty() {
            return None;
        }
        let features = choose_features(examples);
        let index = Index::new(&features);
        let rows = Rows::new(
            parallel::map(examples, |example| index.row(&example.features)),
            features.len(),
            features.partition_point(|(feature, _)| *feature < FIRST_OF_VECTOR),
        );
        let solved = parallel::map(&names, |name| {
            solve(&rows, examples, name, settings.search(SMALL_STEP), |_| true)
        });
        let thresholds = if settings.with_thresholds {
            thresholds(&rows, examples, &names, settings)
        } else {
            vec![0.5; names.len()]
        };
        let classes = names
            .into_iter()
            .zip(solved)
            .zip(thresholds)
            .map(|((name, weights), threshold)| Class {
                name,
                threshold,
                bias: rounded(weights.bias),
                weights: weights.columns.into_iter().map(rounded).collect(),
            })
            .collect();
        Some(Self { features, classes })
    }

    /// The probability of every class and whether it reaches its threshold, in order of their names.
    pub(crate) fn probabilities(&self, features: &Features) -> Vec<(&str, f64, bool)> {
        let row = self.row(features);
        self.classes
            .iter()
            .map(|class| {
                let sum = f64::from(class.bias)
                    + row
                        .iter()
                        .map(|(column, value)| {
                            f64::from(
                                class.weights.get(*column as usize).copied().unwrap_or(0.0) * value,
                            )
                        })
                        .sum::<f64>();
                let probability = logistic::probability(sum);
                (
                    class.name.as_str(),
                    probability,
                    probability >= class.threshold,
                )
            })
            .collect()
    }

    /// The most probable class, with its share of all probabilities.
    pub(crate) fn best(&self, features: &Features) -> Option<(&str, f64)> {
        let all = self.probabilities(features);
        let total: f64 = all.iter().map(|(_, probability, _)| probability).sum();
        let best = all
            .into_iter()
            .max_by(|first, second| first.1.total_cmp(&second.1).then(second.0.cmp(first.0)))?;
        Some((best.0, best.1 / total.max(1e-12)))
    }

    /// What each feature of an example adds to the sum of a class.
    pub(crate) fn contributions(&self, class: &str, features: &Features) -> Vec<(u32, f64)> {
        let Some(class) = self.classes.iter().find(|known| known.name == class) else {
            return Vec::new();
        };
        self.row(features)
            .into_iter()
            .filter_map(|(column, value)| {
                let column = column as usize;
                let (feature, _) = self.features.get(column)?;
                Some((*feature, f64::from(class.weights.get(column)? * value)))
            })
            .collect()
    }

    /// What the classes look at: columns in order, with their values.
    pub(crate) fn row(&self, features: &Features) -> Vec<(u32, f32)> {
        let place = |feature: u32| {
            self.features
                .binary_search_by_key(&feature, |(known, _)| *known)
                .ok()
        };
        let rarity = |feature: u32| {
            place(feature)
                .and_then(|index| self.features.get(index))
                .map(|(_, rarity)| f64::from(*rarity))
        };
        to_row(features.weighted(rarity), place)
    }
}

/// Where each feature stands while learning.
struct Index {
    columns: HashMap<u32, (usize, f64)>,
}

impl Index {
    fn new(features: &[(u32, f32)]) -> Self {
        let columns = features
            .iter()
            .enumerate()
            .map(|(column, (feature, rarity))| (*feature, (column, f64::from(*rarity))))
            .collect();
        Self { columns }
    }

    fn row(&self, features: &Features) -> Vec<(u32, f32)> {
        let weighted =
            features.weighted(|feature| self.columns.get(&feature).map(|(_, rarity)| *rarity));
        to_row(weighted, |feature| {
            self.columns.get(&feature).map(|(column, _)| *column)
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "values are kept in single precision to halve the memory"
)]
fn to_row(weighted: Vec<(u32, f64)>, column: impl Fn(u32) -> Option<usize>) -> Vec<(u32, f32)> {
    weighted
        .into_iter()
        .filter_map(|(feature, value)| Some((u32::try_from(column(feature)?).ok()?, value as f32)))
        .collect()
}

fn rounded(weight: f32) -> f32 {
    (weight * 10_000.0).round() / 10_000.0
}

/// The features that occur often enough, with the logarithm of how rare they are.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rarities are kept in single precision"
)]
fn choose_features(examples: &[Example]) -> Vec<(u32, f32)> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for example in examples {
        for feature in example.features.all() {
            *counts.entry(feature).or_default() += 1;
        }
    }
    let least = if examples.len() >= RARE.1 { RARE.0 } else { 1 };
    let total = f64::from(u32::try_from(examples.len()).unwrap_or(u32::MAX));
    counts
        .into_iter()
        .filter(|(_, count)| *count >= least)
        .map(|(feature, count)| {
            (
                feature,
                (((1.0 + total) / (1.0 + f64::from(count))).ln() + 1.0) as f32,
            )
        })
        .collect()
}

fn solve(
    rows: &Rows,
    examples: &[Example],
    name: &str,
    search: Search,
    is_used: impl Fn(usize) -> bool,
) -> Weights {
    let used: Vec<(usize, bool, f64)> = examples
        .iter()
        .enumerate()
        .filter(|(index, _)| is_used(*index))
        .map(|(index, example)| {
            (
                index,
                example.classes.iter().any(|class| class == name),
                example.importance,
            )
        })
        .collect();
    logistic::solve(rows, &used, search)
}

/// The fold of an example; neighbours, which often are of one person, stay together.
fn fold_of(index: usize, total: usize) -> usize {
    let blocks = (total / 10).clamp(FOLDS, 400);
    (index * blocks / total.max(1)) % FOLDS
}

/// For every class the threshold with the best F1 on examples that were not learned from, drawn towards the best
/// threshold for all classes together, the more so the fewer positive examples it has.
fn thresholds(rows: &Rows, examples: &[Example], names: &[String], settings: Settings) -> Vec<f64> {
    let total = rows.len();
    let tasks: Vec<(&String, usize)> = names
        .iter()
        .flat_map(|name| (0..FOLDS).map(move |fold| (name, fold)))
        .collect();
    let judged = parallel::map(&tasks, |(name, fold)| {
        let search = settings.search(SMALL_ENOUGH_STEP);
        let weights = solve(rows, examples, name, search, |index| {
            fold_of(index, total) != *fold
        });
        examples
            .iter()
            .enumerate()
            .filter(|(index, _)| fold_of(*index, total) == *fold)
            .map(|(index, example)| {
                let is_positive = example.classes.iter().any(|class| class == *name);
                (
                    logistic::probability(rows.sum(&weights, index)),
                    is_positive,
                )
            })
            .collect::<Vec<_>>()
    });
    let together: Vec<(f64, bool)> = judged.iter().flatten().copied().collect();
    let of_all = best_threshold(&together);
    judged
        .chunks(FOLDS)
        .map(|folds| {
            let of_class: Vec<(f64, bool)> = folds.iter().flatten().copied().collect();
            let positive = of_class
                .iter()
                .filter(|(_, is_positive)| *is_positive)
                .count();
            let positive = f64::from(u32::try_from(positive).unwrap_or(u32::MAX));
            (best_threshold(&of_class) * positive + of_all * FOR_OWN_THRESHOLD)
                / (positive + FOR_OWN_THRESHOLD)
        })
        .collect()
}

/// The middle of the thresholds with the best F1.
fn best_threshold(judged: &[(f64, bool)]) -> f64 {
    let mut best = (0.0, 0.5, 0.5);
    for percent in THRESHOLDS {
        let threshold = f64::from(percent) / 100.0;
        let (mut right, mut given, mut wanted) = (0_u32, 0_u32, 0_u32);
        for (probability, is_positive) in judged {
            let is_given = *probability >= threshold;
            right += u32::from(is_given && *is_positive);
            given += u32::from(is_given);
            wanted += u32::from(*is_positive);
        }
        let f1 = 2.0 * f64::from(right) / f64::from((given + wanted).max(1));
        if f1 > best.0 {
            best = (f1, threshold, threshold);
        } else if f1 >= best.0 && f1 > 0.0 {
            best.2 = threshold;
        }
    }
    f64::midpoint(best.1, best.2)
}
