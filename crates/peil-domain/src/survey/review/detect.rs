//! Which language a text is in, by the small words that every sentence has.

use super::{
    lexicon::{Class, Lexicon},
    token::{Token, sentences},
};
use crate::shared::Language;

/// Most bytes that are looked at.
const LONGEST_SAMPLE: usize = 2_000;

/// The language of `text` when its small words tell, else nothing.
#[must_use]
pub fn detect_language(text: &str) -> Option<Language> {
    let end = (0..=LONGEST_SAMPLE.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end))?;
    let sample = text.get(..end)?;
    let counts = Language::ALL.map(|language| (small_words(sample, language), language));
    let (most, language) = counts.into_iter().max_by_key(|(count, _)| *count)?;
    let is_alone = counts.iter().filter(|(count, _)| *count == most).count() == 1;
    (most > 0 && is_alone).then_some(language)
}

fn small_words(sample: &str, language: Language) -> usize {
    let is_small = |token: &&Token| token.is(Class::Function);
    sentences(sample, Lexicon::of(language))
        .iter()
        .map(|sentence| sentence.tokens.iter().filter(is_small).count())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_the_language_and_nothing_else_does() {
        assert_eq!(detect_language("Wat is je mening?"), Some(Language::Nl));
        assert_eq!(detect_language("What is your opinion?"), Some(Language::En));
        assert_eq!(detect_language("KPI 2024 👍"), None);
        assert_eq!(detect_language(""), None);
    }
}
