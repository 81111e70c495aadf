//! Reads open answers of customers, in Dutch first and in English: what language, which clauses, what they are
//! about, in which tone, what is personal; and groups what nobody gave a name yet. Everything happens on this
//! machine, with the word lists of this crate, and gives the same result every time.

mod clauses;
mod compounds;
mod emoji;
mod entities;
mod known_words;
mod language;
mod lexicon;
mod mask;
mod normalise;
mod phrases;
mod sentiment;
mod signals;
mod span;
mod wordbook;
mod words;

pub use clauses::clauses;
pub use compounds::split as split_compound;
pub use language::{Language, detect as detect_language, is_function_word};
pub use lexicon::number_of_entries as lexicon_entries;
pub use mask::{Personal, PersonalKind, find as find_personal, masked};
pub use normalise::{Normalised, normalise};
pub use phrases::Phrases;
pub use sentiment::{Probabilities, Sentiment, Tone, of_answer as sentiment_of_answer, tone};
pub use signals::{Signal, signals};
pub use span::Span;
pub use words::{Word, Words};
