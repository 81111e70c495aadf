//! An answer after the steps that every later step needs: normal form, language, clauses and their words.

use std::sync::OnceLock;

use crate::clauses;
use crate::language::{self, Language};
use crate::normalise::{Normalised, normalise};
use crate::span::Span;
use crate::vectors::SentenceVectors;
use crate::words::{Word, Words};

/// A text that has been read.
pub(crate) struct Reading {
    pub(crate) normalised: Normalised,
    pub(crate) language: Language,
    pub(crate) clauses: Vec<ReadClause>,
    /// Computed when it is first asked for.
    vector: OnceLock<Option<Vec<f32>>>,
}

/// A clause with its words; their spans are in the normal form of the whole text.
pub(crate) struct ReadClause {
    pub(crate) span: Span,
    pub(crate) words: Vec<Word>,
}

impl Reading {
    /// Reads a text in a known language, or in the one that it seems to be in.
    pub(crate) fn new(text: &str, known: Option<Language>, prior: Option<Language>) -> Self {
        let normalised = normalise(text);
        let language = known.unwrap_or_else(|| language::detect(normalised.text(), prior));
        let words = Words::new(language);
        let clauses = clauses::clauses(normalised.text(), language)
            .into_iter()
            .map(|span| ReadClause {
                span,
                words: words.of_stretch(&normalised, span),
            })
            .collect();
        Self {
            normalised,
            language,
            clauses,
            vector: OnceLock::new(),
        }
    }

    /// The sentence vector of the text; every reading is only asked with one encoder.
    pub(crate) fn vector(&self, vectors: &dyn SentenceVectors) -> Option<&[f32]> {
        self.vector
            .get_or_init(|| vectors.vector(self.normalised.text()))
            .as_deref()
    }

    /// All words of the text in order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        self.clauses.iter().flat_map(|clause| &clause.words)
    }
}
