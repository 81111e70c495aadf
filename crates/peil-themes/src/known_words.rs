//! The words of our own lists together, to recognise a language and to undo playful spelling.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::compounds;
use crate::language::Language;
use crate::lexicon;

const FUNCTION_WORDS: [(Language, &str); 2] = [
    (Language::Dutch, include_str!("../data/nl/stopwords.txt")),
    (Language::English, include_str!("../data/en/stopwords.txt")),
];

static KNOWN: LazyLock<HashMap<&'static str, Vec<Language>>> = LazyLock::new(|| {
    let mut known: HashMap<&'static str, Vec<Language>> = HashMap::new();
    let function_words = FUNCTION_WORDS
        .iter()
        .flat_map(|(language, list)| words_of(list).map(|word| (word, *language)));
    let parts = compounds::listed_words().map(|word| (word, Language::Dutch));
    for (word, language) in function_words.chain(parts).chain(lexicon::listed_words()) {
        let languages = known.entry(word).or_default();
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    known
});

/// The words of a list file: separated by white space, lines that begin with `#` are remarks.
pub(crate) fn words_of(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

/// The language of which this word (in lower case) is, when it is a word of one language only.
pub(crate) fn languages_of(word: &str) -> impl Iterator<Item = Language> + use<> {
    let only = KNOWN
        .get(word)
        .filter(|languages| languages.len() == 1)
        .and_then(|languages| languages.first());
    only.copied().into_iter()
}

/// Says whether a word (in lower case) is on any of our lists.
pub(crate) fn is_known(word: &str) -> bool {
    KNOWN.contains_key(word)
}

/// The word without doubled letters when only that is a word that we know ("toppp" has become "topp").
pub(crate) fn undo_stretching(word: &str) -> Option<String> {
    let mut letters = word.chars();
    let has_double = {
        let mut last = None;
        letters.any(|letter| last.replace(letter) == Some(letter))
    };
    if !has_double || is_known(word) {
        return None;
    }
    let mut single = String::with_capacity(word.len());
    for letter in word.chars() {
        if !single.ends_with(letter) {
            single.push(letter);
        }
    }
    if is_known(&single) {
        return Some(single);
    }
    let ending = word
        .char_indices()
        .next_back()
        .and_then(|(at, _)| word.get(..at))
        .filter(|short| is_known(short));
    ending.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretched_words_are_brought_back() {
        assert_eq!(undo_stretching("goedd").as_deref(), Some("goed"));
        assert_eq!(undo_stretching("suuper").as_deref(), Some("super"));
        assert_eq!(undo_stretching("heel"), None);
        assert_eq!(undo_stretching("xyzz"), None);
    }
}
