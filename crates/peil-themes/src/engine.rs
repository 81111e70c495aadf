//! Everything together: an answer in; language, clauses, themes, tone, signals, learned categories out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Base, Judged, Themes, Wider};
use crate::features::Features;
use crate::language::Language;
use crate::mask::{self, Personal};
use crate::matcher::{Match, Matcher};
use crate::model::{Label, Model, ModelError};
use crate::reading::{ReadClause, Reading};
use crate::sentiment::Probabilities;
use crate::signals::{self, Signal};
use crate::span::Span;
use crate::taxonomy::Taxonomy;
use crate::vectors::SentenceVectors;

/// The version of these rules and word lists; results carry it.
pub const ENGINE_VERSION: u32 = 4;
/// Languages that have words in the taxonomy.
const LANGUAGES: [Language; 2] = [Language::Dutch, Language::English];
/// The theme of answers that say nothing.
const NO_CONTENT: &str = "no_content";

/// An answer to read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What the answer is called elsewhere.
    #[serde(default)]
    pub id: String,
    /// Its words.
    pub text: String,
    /// The language of the respondent as a code, which decides where the words do not.
    #[serde(default)]
    pub lang: Option<String>,
    /// Opinions of which the polarity is asked.
    #[serde(default)]
    pub opinions: Vec<Opinion>,
}

/// An opinion within an answer: what it is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// What kind of thing it is about.
    #[serde(default)]
    pub category: Option<String>,
    /// The words for the thing.
    #[serde(default)]
    pub target: Option<String>,
    /// How it is judged, once it has been read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<String>,
}

/// What was read in an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// What the answer is called elsewhere.
    pub id: String,
    /// The code of its language.
    pub language: &'static str,
    /// Its clauses in order.
    pub clauses: Vec<Clause>,
    /// The themes of all clauses together, each once.
    pub themes: Vec<String>,
    /// The learned categories, the most probable first; empty without a model.
    pub categories: Vec<String>,
    /// `positive`, `negative`, `neutral` or `mixed`.
    pub polarity: String,
    /// How probable that polarity is.
    pub polarity_confidence: f64,
    /// The opinions that were asked for, judged.
    pub opinions: Vec<Opinion>,
    /// What it is besides its themes.
    pub signals: Vec<Signal>,
    /// Where it holds personal data.
    pub personal: Vec<Personal>,
    /// By which rules and which themes it was read.
    pub version: (u32, u32),
}

/// A clause of an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clause {
    /// Its first byte in the answer.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What it is about.
    pub themes: Vec<ClauseTheme>,
    /// `positive`, `negative` or `neutral`.
    pub sentiment: &'static str,
    /// How probable that is.
    pub confidence: f64,
    /// Says whether the sentiment may be shown as a fact.
    pub is_sure: bool,
}

/// A theme of a clause.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClauseTheme {
    /// The code of the theme.
    pub theme: String,
    /// The code of the sub-theme that fits best.
    pub part: String,
    /// Between 0 and 1.
    pub confidence: f64,
    /// Where the words stand that show it.
    pub evidence: Vec<Span>,
}

/// Reads answers by a taxonomy, and by what was learned.
pub struct Engine {
    taxonomy_version: u32,
    matchers: Vec<Matcher>,
    /// The codes of the themes, and the wider themes that go with some.
    codes: Vec<String>,
    wider: Vec<Wider>,
    base: Option<Arc<Base>>,
    model: Option<Model>,
    vectors: Option<Box<dyn SentenceVectors>>,
}

impl Engine {
    /// An engine that knows a taxonomy, with what Peil learned before.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self::of_lists(taxonomy).with_base(Base::shipped().cloned())
    }

    /// An engine that only knows the word lists and a taxonomy.
    #[must_use]
    pub fn of_lists(taxonomy: &Taxonomy) -> Self {
        Self {
            taxonomy_version: taxonomy.version,
            matchers: LANGUAGES
                .into_iter()
                .map(|language| Matcher::new(taxonomy, language))
                .collect(),
            codes: taxonomy
                .themes
                .iter()
                .filter(|theme| !theme.parts.is_empty())
                .map(|theme| theme.code.clone())
                .collect(),
            wider: Wider::of(taxonomy),
            base: None,
            model: None,
            vectors: None,
        }
    }

    /// Reads with another base of what was learned before, or with none.
    #[must_use]
    pub fn with_base(mut self, base: Option<Base>) -> Self {
        self.base = base.map(Arc::new);
        self
    }

    /// Takes sentence vectors into account as well.
    #[must_use]
    pub fn with_vectors(mut self, vectors: Box<dyn SentenceVectors>) -> Self {
        self.vectors = Some(vectors);
        self
    }

    /// Adds what was learned. Sentence vectors that it was not learned with are let go.
    ///
    /// # Errors
    /// When the model was learned with sentence vectors that this engine has not.
    pub fn with_model(mut self, model: Model) -> Result<Self, ModelError> {
        match model.vectors() {
            None => self.vectors = None,
            Some(needed) if self.vectors_name() == Some(needed) => {}
            Some(needed) => {
                return Err(ModelError::Vectors {
                    needed: needed.to_owned(),
                });
            }
        }
        self.model = Some(model);
        Ok(self)
    }

    /// Learns from labelled answers.
    #[must_use]
    pub fn train(&self, labels: &[Label]) -> Model {
        Model::train(self, labels)
    }

    /// Reads many answers on all processors; the results are in the order of the answers.
    #[must_use]
    pub fn analyse_all(&self, answers: &[Answer], language: Option<Language>) -> Vec<Analysis> {
        crate::parallel::map(answers, |answer| self.analyse(answer, language))
    }

    /// Reads an answer; in this language, or in the one that it seems to be in.
    #[must_use]
    pub fn analyse(&self, answer: &Answer, language: Option<Language>) -> Analysis {
        let prior = answer.lang.as_deref().and_then(Language::from_code);
        let reading = Reading::new(&answer.text, language, prior);
        let words: Vec<_> = reading.words().cloned().collect();
        let signals = signals::signals(&words, reading.language);
        let judged = self.judged(&reading);
        let clauses: Vec<Clause> = reading
            .clauses
            .iter()
            .zip(judged.clauses)
            .map(|(clause, (themes, tone))| told(&reading, clause, themes, tone))
            .collect();
        let learned = self
            .model
            .as_ref()
            .and_then(|model| model.polarity(self, &reading));
        let (sentiment, probability) = judged.polarity;
        let (polarity, polarity_confidence) =
            learned.unwrap_or_else(|| (sentiment.code().to_owned(), probability));
        let categories = self
            .model
            .as_ref()
            .map(|model| model.categories(self, &reading))
            .unwrap_or_default();
        Analysis {
            id: answer.id.clone(),
            language: reading.language.code(),
            themes: themes_of(&clauses, &signals),
            clauses,
            categories: categories.into_iter().map(|(name, _)| name).collect(),
            polarity,
            polarity_confidence: rounded(polarity_confidence),
            opinions: answer
                .opinions
                .iter()
                .map(|opinion| self.judge(&reading, opinion, sentiment.code()))
                .collect(),
            signals,
            personal: mask::find(&reading.normalised),
            version: (ENGINE_VERSION, self.taxonomy_version),
        }
    }

    /// The words of an answer that speak most for a learned category, with their weight.
    #[must_use]
    pub fn reasons(&self, answer: &Answer, category: &str, most: usize) -> Vec<(String, f64)> {
        let reading = Reading::new(
            &answer.text,
            None,
            answer.lang.as_deref().and_then(Language::from_code),
        );
        self.model
            .as_ref()
            .map(|model| model.reasons(self, &reading, category, most))
            .unwrap_or_default()
    }

    /// Themes and tone of every clause, and the tone of the whole.
    fn judged(&self, reading: &Reading) -> Judged {
        let found = self.found(reading);
        let themes = Themes {
            codes: &self.codes,
            wider: &self.wider,
        };
        let base = self.base.as_ref();
        base.and_then(|base| base.judge(reading, &found, &themes))
            .unwrap_or_else(|| Judged::by_lists(reading, found))
    }

    /// What the word lists find in every clause, however little.
    pub(crate) fn found(&self, reading: &Reading) -> Vec<Vec<Match>> {
        let clauses = reading.clauses.iter();
        clauses
            .map(|clause| self.matches(reading.language, clause))
            .collect()
    }

    fn matches(&self, language: Language, clause: &ReadClause) -> Vec<Match> {
        let matcher = self
            .matchers
            .iter()
            .find(|matcher| matcher.language() == language);
        matcher
            .map(|matcher| matcher.find(&clause.words))
            .unwrap_or_default()
    }

    /// Theme, sub-theme and confidence of everything that the word lists find, each theme at its best.
    pub(crate) fn seed_matches(&self, reading: &Reading) -> Vec<(String, String, f64)> {
        let mut best: Vec<(String, String, f64)> = Vec::new();
        for found in self.found(reading).into_iter().flatten() {
            match best.iter_mut().find(|known| known.0 == found.theme) {
                Some(known) if known.2 >= found.confidence => {}
                Some(known) => *known = (found.theme, found.part, found.confidence),
                None => best.push((found.theme, found.part, found.confidence)),
            }
        }
        best
    }

    pub(crate) fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    pub(crate) fn vectors_name(&self) -> Option<&str> {
        self.vectors.as_deref().map(SentenceVectors::name)
    }

    /// Adds the sentence vector, where there are any.
    pub(crate) fn add_vector(&self, reading: &Reading, features: &mut Features) {
        let vector = self
            .vectors
            .as_deref()
            .and_then(|vectors| reading.vector(vectors));
        if let Some(vector) = vector {
            features.add_vector(vector);
        }
    }

    /// Adds the sentence vector, or else what the words mean.
    pub(crate) fn add_meaning(&self, reading: &Reading, features: &mut Features) {
        if self.vectors.is_some() {
            self.add_vector(reading, features);
        } else if let Some(meaning) = crate::meanings::of(reading) {
            features.add_vector(&meaning);
        }
    }

    /// What was learned before says of every theme and tone, by name.
    pub(crate) fn known_before(&self, reading: &Reading) -> Vec<(&str, f64)> {
        let base = self.base.as_ref();
        base.and_then(|base| base.probabilities(reading, &self.found(reading)))
            .unwrap_or_default()
    }

    fn judge(&self, reading: &Reading, opinion: &Opinion, otherwise: &str) -> Opinion {
        let learned = self.model.as_ref().and_then(|model| {
            model.opinion(
                self,
                reading,
                opinion.category.as_deref(),
                opinion.target.as_deref(),
            )
        });
        let polarity = learned.unwrap_or_else(|| otherwise.to_owned());
        Opinion {
            polarity: Some(polarity),
            ..opinion.clone()
        }
    }
}

/// What was found in a clause, by the places where it stands in the answer.
fn told(reading: &Reading, clause: &ReadClause, themes: Vec<Match>, tone: Probabilities) -> Clause {
    let span = reading.normalised.original(clause.span);
    let (sentiment, confidence) = tone.best();
    let themes = themes.into_iter().map(|found| ClauseTheme {
        evidence: found
            .evidence
            .iter()
            .filter_map(|place| evidence(reading, clause, *place))
            .collect(),
        theme: found.theme,
        part: found.part,
        confidence: rounded(found.confidence),
    });
    Clause {
        start: span.start,
        end: span.end,
        themes: themes.collect(),
        sentiment: sentiment.code(),
        confidence: rounded(confidence),
        is_sure: tone.is_sure(),
    }
}

fn evidence(reading: &Reading, clause: &ReadClause, (first, end): (usize, usize)) -> Option<Span> {
    let start = clause.words.get(first)?.span.start;
    let end = clause.words.get(end.checked_sub(1)?)?.span.end;
    Some(reading.normalised.original(Span::new(start, end)))
}

fn themes_of(clauses: &[Clause], signals: &[Signal]) -> Vec<String> {
    if signals.contains(&Signal::NoContent) {
        return vec![NO_CONTENT.to_owned()];
    }
    let mut themes: Vec<String> = clauses
        .iter()
        .flat_map(|clause| &clause.themes)
        .map(|theme| theme.theme.clone())
        .collect();
    themes.sort();
    themes.dedup();
    themes
}

fn rounded(confidence: f64) -> f64 {
    (confidence * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str, category: &str, polarity: &str) -> Label {
        Label {
            text: text.to_owned(),
            categories: vec![category.to_owned()],
            polarity: Some(polarity.to_owned()),
            weight: 1.0,
            ..Label::default()
        }
    }

    #[test]
    fn evidence_points_at_the_words_of_the_answer() {
        let text = "Heeeel vriendelijk personeel, maar de bezorging was te laat";
        let engine = Engine::new(&Taxonomy::seed());
        let read = engine.analyse(
            &Answer {
                text: text.to_owned(),
                ..Answer::default()
            },
            None,
        );
        assert_eq!((read.language, read.polarity.as_str()), ("nl", "mixed"));
        assert_eq!(read.themes, ["customer_service", "delivery", "staff"]);
        let last = read.clauses.last().unwrap();
        let delivery = last
            .themes
            .iter()
            .find(|theme| theme.theme == "delivery")
            .unwrap();
        assert!(
            delivery
                .evidence
                .iter()
                .any(|span| span.of(text) == "bezorging")
        );
    }

    #[test]
    fn what_is_learned_is_used_and_survives_a_file() {
        let engine = Engine::new(&Taxonomy::seed());
        let labels: Vec<Label> = (0..8)
            .flat_map(|_| {
                [
                    label("de hond blaft vrolijk", "dieren", "positive"),
                    label("het regent weer", "weer", "negative"),
                ]
            })
            .collect();
        let model = engine.train(&labels);
        let again = Model::load(&model.save().unwrap()).unwrap();
        assert_eq!(again, model);
        let engine = engine.with_model(again).unwrap();
        let read = engine.analyse(
            &Answer {
                text: "een hond die blaft".to_owned(),
                ..Answer::default()
            },
            None,
        );
        assert_eq!(
            (read.categories, read.polarity),
            (vec!["dieren".to_owned()], "positive".to_owned())
        );
        let reasons = engine.reasons(
            &Answer {
                text: "een hond die blaft".to_owned(),
                ..Answer::default()
            },
            "dieren",
            2,
        );
        assert_eq!(
            reasons.first().map(|(word, _)| word.as_str()),
            Some("blaft")
        );
    }

    #[test]
    fn answers_without_content_have_that_theme_only() {
        let engine = Engine::new(&Taxonomy::seed());
        let read = engine.analyse(
            &Answer {
                text: "nvt".to_owned(),
                ..Answer::default()
            },
            None,
        );
        assert_eq!(read.themes, ["no_content"]);
    }
}
