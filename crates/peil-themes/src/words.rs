//! Cuts text into words after UAX 29, with their stem and, in Dutch, the words that they are made of.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use crate::compounds;
use crate::known_words;
use crate::language::{self, Language};
use crate::normalise::Normalised;
use crate::span::Span;

/// Longer words are no words: they are kept, but not stemmed or taken apart.
const LONGEST_WORD: usize = 64;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text that was given.
    pub span: Span,
    /// In lower case, with playful spelling undone.
    pub form: String,
    /// Without its endings.
    pub stem: String,
    /// The stems of the words that it is made of, when it is a compound.
    pub parts: Vec<String>,
    /// Says whether it only holds the sentence together.
    pub is_function_word: bool,
}

/// Cuts texts of one language into words.
pub struct Words {
    language: Language,
    stemmer: Option<Stemmer>,
}

const STEMMERS: [(Language, Algorithm); 4] = [
    (Language::Dutch, Algorithm::Dutch),
    (Language::English, Algorithm::English),
    (Language::German, Algorithm::German),
    (Language::French, Algorithm::French),
];

/// The languages that write compounds as one word, as far as we have a word list.
const WITH_COMPOUNDS: [Language; 1] = [Language::Dutch];

impl Words {
    /// For texts of this language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let stemmer = STEMMERS
            .iter()
            .find(|(of, _)| *of == language)
            .map(|(_, algorithm)| Stemmer::create(*algorithm));
        Self { language, stemmer }
    }

    /// The words of a text in normal form, in order.
    #[must_use]
    pub fn of(&self, text: &str) -> Vec<Word> {
        text.unicode_word_indices()
            .map(|(at, word)| self.word(word.to_lowercase(), Span::new(at, at + word.len())))
            .collect()
    }

    /// The words of a stretch of an answer, in order; letters that were repeated for effect are undone.
    #[must_use]
    pub fn of_stretch(&self, answer: &Normalised, stretch: Span) -> Vec<Word> {
        stretch
            .of(answer.text())
            .unicode_word_indices()
            .map(|(at, word)| {
                let span = Span::new(stretch.start + at, stretch.start + at + word.len());
                let lower = word.to_lowercase();
                let plain = if answer.is_shortened(span) {
                    known_words::undo_stretching(&lower)
                } else {
                    None
                };
                self.word(plain.unwrap_or(lower), span)
            })
            .collect()
    }

    /// A word without its endings.
    #[must_use]
    pub fn stem(&self, form: &str) -> String {
        let is_plain = form.len() <= LONGEST_WORD
            && form
                .chars()
                .all(|letter| letter.is_alphabetic() || letter == '\'');
        match &self.stemmer {
            Some(stemmer) if is_plain => self.unvoiced(stemmer.stem(form).into_owned()),
            _ => form.to_owned(),
        }
    }

    /// "Prijzen" and "prijs", "brieven" and "brief" are one word.
    fn unvoiced(&self, mut stem: String) -> String {
        if WITH_COMPOUNDS.contains(&self.language) && stem.len() > 3 {
            for (voiced, plain) in [('z', 's'), ('v', 'f')] {
                if stem.ends_with(voiced) {
                    stem.pop();
                    stem.push(plain);
                }
            }
        }
        stem
    }

    fn word(&self, form: String, span: Span) -> Word {
        let parts = if WITH_COMPOUNDS.contains(&self.language) {
            compounds::split(&form)
        } else {
            Vec::new()
        };
        Word {
            span,
            stem: self.stem(&form),
            parts: parts.into_iter().map(|part| self.stem(part)).collect(),
            is_function_word: language::is_function_word(&form, self.language),
            form,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_stems_and_parts() {
        let words = Words::new(Language::Dutch).of("De klantenservicemedewerkers hielpen");
        let stems: Vec<_> = words.iter().map(|word| word.stem.as_str()).collect();
        assert_eq!(stems, ["de", "klantenservicemedewerker", "hielp"]);
        assert_eq!(words[1].parts, ["klant", "servic", "medewerker"]);
        assert!(words[0].is_function_word);
    }
}
