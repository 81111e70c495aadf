//! What is learned from labelled answers: any set of categories, polarity, and the polarity of given opinions.

use serde::{Deserialize, Serialize};

use crate::classifier::{Classifier, Example, Settings};
use crate::engine::Engine;
use crate::features::{Features, Group};
use crate::language::Language;
use crate::reading::{ReadClause, Reading};
use crate::sentiment::{self, Tone};
use crate::span::Span;
use crate::words::Word;

/// The version of the form of a saved model.
const FORMAT: u32 = 2;
/// Words this far from the target of an opinion are near it.
const NEAR: usize = 6;
/// What the probabilities of what was learned before weigh.
const WEIGHT_OF_BEFORE: f64 = 0.7;
const CATEGORIES: Settings = Settings {
    cost: 4.0,
    with_thresholds: true,
};
const POLARITY: Settings = Settings {
    cost: 2.0,
    with_thresholds: false,
};
const OPINIONS: Settings = Settings {
    cost: 3.0,
    with_thresholds: false,
};

/// An answer with what people said about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// What the answer is called elsewhere.
    #[serde(default)]
    pub id: String,
    /// The words of the answer.
    pub text: String,
    /// The language of the respondent as a code, which decides where the words do not.
    #[serde(default)]
    pub lang: Option<String>,
    /// The categories that it belongs to, of any set.
    #[serde(default)]
    pub categories: Vec<String>,
    /// `positive`, `negative`, `neutral` or `mixed`.
    #[serde(default)]
    pub polarity: Option<String>,
    /// What it says about single things.
    #[serde(default)]
    pub opinions: Vec<LabelledOpinion>,
    /// What the label weighs against others; a correction by a person weighs more than 1.
    #[serde(default = "one")]
    pub weight: f64,
}

fn one() -> f64 {
    1.0
}

/// An opinion within an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelledOpinion {
    /// What kind of thing it is about.
    #[serde(default)]
    pub category: Option<String>,
    /// The words for the thing, when there are any.
    #[serde(default)]
    pub target: Option<String>,
    /// `positive`, `negative` or `neutral`.
    #[serde(default)]
    pub polarity: Option<String>,
}

/// What was learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    format: u32,
    /// The sentence vectors that were used.
    vectors: Option<String>,
    categories: Option<Classifier>,
    polarity: Option<Classifier>,
    opinions: Option<Classifier>,
}

/// Why a saved model cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// It is no model, or only a part of one.
    #[error("not a model of themes")]
    Form(#[from] serde_json::Error),
    /// It was made by another version.
    #[error("the model has form {found}, this version reads form {FORMAT}")]
    Version {
        /// The form that was found.
        found: u32,
    },
    /// It was learned with other sentence vectors than those installed.
    #[error("the model needs the sentence vectors {needed}")]
    Vectors {
        /// The name of the vectors.
        needed: String,
    },
}

impl Model {
    /// Reads a model as [`Model::save`] wrote it.
    ///
    /// # Errors
    /// When it is no model or made by another version.
    pub fn load(saved: &str) -> Result<Self, ModelError> {
        let model: Self = serde_json::from_str(saved)?;
        if model.format == FORMAT {
            Ok(model)
        } else {
            Err(ModelError::Version {
                found: model.format,
            })
        }
    }

    /// The model as text.
    ///
    /// # Errors
    /// When a weight is no number, which does not happen with models that were trained here.
    pub fn save(&self) -> Result<String, ModelError> {
        Ok(serde_json::to_string(self)?)
    }

    /// The sentence vectors that it was learned with.
    #[must_use]
    pub fn vectors(&self) -> Option<&str> {
        self.vectors.as_deref()
    }

    pub(crate) fn train(engine: &Engine, labels: &[Label]) -> Self {
        let readings = crate::parallel::map(labels, |label| {
            Reading::new(
                &label.text,
                None,
                label.lang.as_deref().and_then(Language::from_code),
            )
        });
        let read: Vec<(&Label, &Reading)> = labels.iter().zip(&readings).collect();
        let categories = crate::parallel::map(&read, |(label, reading)| Example {
            features: category_features(engine, reading),
            classes: label.categories.clone(),
            importance: label.weight,
        });
        let with_polarity: Vec<(&Label, &Reading)> = read
            .iter()
            .filter(|(label, _)| label.polarity.is_some())
            .copied()
            .collect();
        let polarity = crate::parallel::map(&with_polarity, |(label, reading)| Example {
            features: polarity_features(engine, reading),
            classes: label.polarity.iter().cloned().collect(),
            importance: label.weight,
        });
        let opinions: Vec<Example> = crate::parallel::map(&read, |(label, reading)| {
            opinion_examples(engine, label, reading)
        })
        .into_iter()
        .flatten()
        .collect();
        Self {
            format: FORMAT,
            vectors: engine.vectors_name().map(str::to_owned),
            categories: Classifier::train(&categories, CATEGORIES),
            polarity: Classifier::train(&polarity, POLARITY),
            opinions: Classifier::train(&opinions, OPINIONS),
        }
    }

    /// The categories of an answer with their probability, the most probable first.
    pub(crate) fn categories(&self, engine: &Engine, reading: &Reading) -> Vec<(String, f64)> {
        let Some(classifier) = &self.categories else {
            return Vec::new();
        };
        let features = category_features(engine, reading);
        let mut given: Vec<(String, f64)> = classifier
            .probabilities(&features)
            .into_iter()
            .filter(|(_, _, is_given)| *is_given)
            .map(|(name, probability, _)| (name.to_owned(), probability))
            .collect();
        given.sort_by(|first, second| {
            second
                .1
                .total_cmp(&first.1)
                .then_with(|| first.0.cmp(&second.0))
        });
        given
    }

    /// What answers are compared by: their words, pieces of words, what lists say, and sentence vectors.
    pub(crate) fn category_row(&self, engine: &Engine, reading: &Reading) -> Vec<(u32, f32)> {
        self.categories
            .as_ref()
            .map(|classifier| classifier.row(&words_and_lists(engine, reading)))
            .unwrap_or_default()
    }

    /// The polarity of an answer, when it was learned.
    pub(crate) fn polarity(&self, engine: &Engine, reading: &Reading) -> Option<(String, f64)> {
        let (name, probability) = self
            .polarity
            .as_ref()?
            .best(&polarity_features(engine, reading))?;
        Some((name.to_owned(), probability))
    }

    /// The polarity of an opinion, when it was learned.
    pub(crate) fn opinion(
        &self,
        engine: &Engine,
        reading: &Reading,
        category: Option<&str>,
        target: Option<&str>,
    ) -> Option<String> {
        let features = opinion_features(engine, reading, category, target);
        Some(self.opinions.as_ref()?.best(&features)?.0.to_owned())
    }

    /// The words of an answer that speak most for a category, with their weight.
    pub(crate) fn reasons(
        &self,
        engine: &Engine,
        reading: &Reading,
        category: &str,
        most: usize,
    ) -> Vec<(String, f64)> {
        let Some(classifier) = &self.categories else {
            return Vec::new();
        };
        let weights = classifier.contributions(category, &category_features(engine, reading));
        let weight_of = |feature: u32| {
            // In order of their features, as the classifier keeps them.
            weights
                .binary_search_by_key(&feature, |(known, _)| *known)
                .ok()
                .and_then(|place| weights.get(place))
                .map_or(0.0, |(_, weight)| *weight)
        };
        let mut reasons: Vec<(String, f64)> = reading
            .words()
            .map(|word| {
                (
                    word.form.clone(),
                    weight_of(crate::features::hash(&["1", &word.stem])),
                )
            })
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        reasons.sort_by(|first, second| {
            second
                .1
                .total_cmp(&first.1)
                .then_with(|| first.0.cmp(&second.0))
        });
        reasons.dedup();
        reasons.truncate(most);
        reasons
    }
}

fn words_and_lists(engine: &Engine, reading: &Reading) -> Features {
    let mut features = Features::default();
    features.add_text(reading);
    for (theme, part, confidence) in engine.seed_matches(reading) {
        features.add(Group::Lists, &["t", &theme], 0.5 * confidence);
        features.add(Group::Lists, &["s", &theme, &part], 0.5 * confidence);
    }
    engine.add_vector(reading, &mut features);
    features
}

fn category_features(engine: &Engine, reading: &Reading) -> Features {
    let mut features = words_and_lists(engine, reading);
    engine.add_meaning(reading, &mut features);
    add_known_before(engine, reading, &mut features);
    features
}

/// What was learned before anybody taught anything, which weighs less than what the words themselves say.
fn add_known_before(engine: &Engine, reading: &Reading, features: &mut Features) {
    for (name, probability) in engine.known_before(reading) {
        features.add(
            Group::Lists,
            &["before", name],
            WEIGHT_OF_BEFORE * probability,
        );
    }
}

fn tone_features(reading: &Reading, features: &mut Features) {
    let tones: Vec<Tone> = reading
        .clauses
        .iter()
        .map(|clause| sentiment::tone_of_words(&clause.words, reading.language))
        .collect();
    let good: f64 = tones.iter().map(|tone| tone.good).sum();
    let bad: f64 = tones.iter().map(|tone| tone.bad).sum();
    features.add(Group::Lists, &["good"], good.min(3.0) * 0.5);
    features.add(Group::Lists, &["bad"], bad.min(3.0) * 0.5);
    features.add(Group::Lists, &["net"], (good - bad).tanh());
    features.add(
        Group::Lists,
        &["silent"],
        if good + bad < 0.1 { 0.7 } else { 0.0 },
    );
    if let Some(last) = tones.last() {
        features.add(Group::Lists, &["last"], (last.good - last.bad).tanh() * 0.5);
    }
    for sign in ['!', '?'] {
        if reading.normalised.text().contains(sign) {
            features.add(Group::Lists, &[sign.encode_utf8(&mut [0; 4])], 0.4);
        }
    }
}

fn polarity_features(engine: &Engine, reading: &Reading) -> Features {
    let mut features = Features::default();
    features.add_text(reading);
    tone_features(reading, &mut features);
    engine.add_meaning(reading, &mut features);
    add_known_before(engine, reading, &mut features);
    features
}

fn opinion_examples(engine: &Engine, label: &Label, reading: &Reading) -> Vec<Example> {
    label
        .opinions
        .iter()
        .filter_map(|opinion| {
            let polarity = opinion.polarity.clone()?;
            Some(Example {
                features: opinion_features(
                    engine,
                    reading,
                    opinion.category.as_deref(),
                    opinion.target.as_deref(),
                ),
                classes: vec![polarity],
                importance: label.weight,
            })
        })
        .collect()
}

fn opinion_features(
    engine: &Engine,
    reading: &Reading,
    category: Option<&str>,
    target: Option<&str>,
) -> Features {
    let mut features = polarity_features(engine, reading);
    let category = category.unwrap_or_default();
    let entity = category.split('#').next().unwrap_or_default();
    features.add(Group::Lists, &["category", category], 0.5);
    features.add(Group::Lists, &["entity", entity], 0.3);
    let Some(place) = target.and_then(|target| find_target(reading, target)) else {
        return features;
    };
    for clause in &reading.clauses {
        if let Some(at) = clause
            .words
            .iter()
            .position(|word| word.span.overlaps(place))
        {
            add_surroundings(clause, at, reading.language, &mut features);
        }
    }
    features
}

/// The words around the target of an opinion, the nearer the heavier, and their tone.
fn add_surroundings(clause: &ReadClause, at: usize, language: Language, features: &mut Features) {
    let far = |index: usize| f64::from(u32::try_from(index.abs_diff(at)).unwrap_or(u32::MAX));
    for (index, word) in clause
        .words
        .iter()
        .enumerate()
        .filter(|(index, _)| index.abs_diff(at) <= NEAR)
    {
        add_near(word, 1.0 / (1.0 + 0.3 * far(index)), features);
    }
    let tone = sentiment::tone_of_words(&clause.words, language);
    features.add(
        Group::Lists,
        &["clause"],
        (tone.good - tone.bad).tanh() * 1.2,
    );
    let near: f64 = sentiment::toned_words(&clause.words, language)
        .into_iter()
        .map(|(index, value)| value / (1.0 + 0.25 * far(index)))
        .sum();
    features.add(Group::Lists, &["near"], (1.5 * near).tanh() * 1.2);
}

fn add_near(word: &Word, weight: f64, features: &mut Features) {
    features.add(Group::Near, &["n", &word.stem], weight);
}

/// Where the words of a target stand in the normal form of the text.
fn find_target(reading: &Reading, target: &str) -> Option<Span> {
    let target = crate::normalise::normalise(target).text().to_lowercase();
    let text = reading.normalised.text().to_lowercase();
    let start = text
        .find(&target)
        .filter(|_| !target.is_empty() && text.len() == reading.normalised.text().len())?;
    Some(Span::new(start, start + target.len()))
}
