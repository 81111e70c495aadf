//! Reads open answers of customers, in Dutch first and in English: what language, which clauses, what they are
//! about, in which tone, what is personal; and groups what nobody gave a name yet. Everything happens on this
//! machine, with the word lists of this crate, and gives the same result every time.

mod classifier;
mod clauses;
mod compounds;
mod corrections;
mod discovery;
mod emoji;
mod encoder;
mod engine;
mod entities;
mod features;
mod known_words;
mod language;
mod lexicon;
mod logistic;
mod mask;
mod matcher;
mod model;
mod nearest;
mod normalise;
mod parallel;
mod phrases;
mod reading;
mod sector;
mod sentiment;
mod signals;
mod span;
mod taxonomy;
mod vectors;
mod wordbook;
mod words;

pub use clauses::clauses;
pub use compounds::split as split_compound;
pub use corrections::Corrections;
pub use discovery::{Cluster, Granularity, KnownCluster, discover, keep_ids};
pub use encoder::{EncoderError, SentenceEncoder};
pub use engine::{Analysis, Answer, Clause, ClauseTheme, ENGINE_VERSION, Engine, Opinion};
pub use language::{Language, detect as detect_language, is_function_word};
pub use lexicon::number_of_entries as lexicon_entries;
pub use mask::{Personal, PersonalKind, find as find_personal, masked};
pub use model::{Label, LabelledOpinion, Model, ModelError};
pub use nearest::{KnownAnswers, NearAnswer};
pub use normalise::{Normalised, normalise};
pub use parallel::use_threads;
pub use phrases::Phrases;
pub use sector::Sector;
pub use sentiment::{Probabilities, Sentiment, Tone, of_answer as sentiment_of_answer, tone};
pub use signals::{Signal, signals};
pub use span::Span;
pub use taxonomy::{Name, SubTheme, Taxonomy, TaxonomyError, Theme, ThemeWords};
pub use vectors::SentenceVectors;
pub use words::{Word, Words};
