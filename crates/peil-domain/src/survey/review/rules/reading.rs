//! How heavy a sentence is to read.
//!
//! The reading load of a sentence is counted in words: every word counts 1, every letter beyond the
//! length of a common word counts a half more, and every formal word counts 2 more. It says how
//! much a reader has to hold until the end of the sentence; not whether the words are known, nor
//! whether the order is clear.

use super::{
    super::{
        finding::{Rule, Severity},
        lexicon::{Class, Lexicon},
        token::{Sentence, sentences},
    },
    Draft,
};
use crate::shared::Language;

/// From this load on a sentence is reported.
pub const READING_LIMIT: usize = 26;

/// Letters of a word that is no extra load, in half words beyond it.
const COMMON_LENGTH: usize = 10;

/// The load of the heaviest sentence of `text`, in words.
#[must_use]
pub fn reading_load(text: &str, language: Language) -> usize {
    sentences(text, Lexicon::of(language))
        .iter()
        .map(load)
        .max()
        .unwrap_or(0)
}

/// Reports the sentence when it is heavy; half as heavy again is an error.
pub(super) fn find(sentence: &Sentence) -> Option<Draft> {
    let load = load(sentence);
    let severity = if load >= READING_LIMIT * 3 / 2 {
        Severity::Error
    } else if load >= READING_LIMIT {
        Severity::Warning
    } else {
        return None;
    };
    Some(Draft::new(Rule::ReadingLevel, severity, sentence.span()))
}

fn load(sentence: &Sentence) -> usize {
    let halves: usize = sentence
        .tokens
        .iter()
        .filter(|token| token.is_word())
        .map(|token| {
            let extra = token.letters().saturating_sub(COMMON_LENGTH);
            let formal = if token.is(Class::Formal) { 4 } else { 0 };
            2 + extra + formal
        })
        .sum();
    halves / 2
}
