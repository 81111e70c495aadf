//! In which language a text is written. Long texts are told by their letters, short ones by their function
//! words, with the language of the respondent as what we expect.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::known_words;

/// From this many words on the letters alone are enough.
const LONG_ENOUGH: usize = 8;
/// More words than this tell nothing new.
const WORDS_READ: usize = 80;
/// Votes of the function words that overrule the letters.
const CLEAR_LEAD: f64 = 2.5;
/// What the letters of a short text count for, in function words.
const WEIGHT_OF_LETTERS: f64 = 0.9;
/// What the language of the respondent counts for, in function words.
const WEIGHT_OF_PRIOR: f64 = 1.4;

/// A language that texts are told to be in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Language {
    /// Dutch, with its own word lists, compounds and tone.
    #[default]
    #[serde(rename = "nl")]
    Dutch,
    /// English, with its own word lists and tone.
    #[serde(rename = "en")]
    English,
    /// German: marked, with basic treatment.
    #[serde(rename = "de")]
    German,
    /// French: marked, with basic treatment.
    #[serde(rename = "fr")]
    French,
    /// Anything else.
    #[serde(rename = "und")]
    Other,
}

/// What is known of a language.
struct Row {
    language: Language,
    code: &'static str,
    letters: Option<whichlang::Lang>,
    function_words: &'static str,
}

const ROWS: [Row; 5] = [
    Row {
        language: Language::Dutch,
        code: "nl",
        letters: Some(whichlang::Lang::Nld),
        function_words: include_str!("../data/nl/stopwords.txt"),
    },
    Row {
        language: Language::English,
        code: "en",
        letters: Some(whichlang::Lang::Eng),
        function_words: include_str!("../data/en/stopwords.txt"),
    },
    Row {
        language: Language::German,
        code: "de",
        letters: Some(whichlang::Lang::Deu),
        function_words: include_str!("../data/de/stopwords.txt"),
    },
    Row {
        language: Language::French,
        code: "fr",
        letters: Some(whichlang::Lang::Fra),
        function_words: include_str!("../data/fr/stopwords.txt"),
    },
    Row {
        language: Language::Other,
        code: "und",
        letters: None,
        function_words: "",
    },
];

/// The share of a function word in each language of [`ROWS`].
static FUNCTION_WORDS: LazyLock<HashMap<&'static str, Vec<Language>>> = LazyLock::new(|| {
    let mut languages: HashMap<&'static str, Vec<Language>> = HashMap::new();
    for row in &ROWS {
        for word in known_words::words_of(row.function_words) {
            let of_word = languages.entry(word).or_default();
            if !of_word.contains(&row.language) {
                of_word.push(row.language);
            }
        }
    }
    languages
});

impl Language {
    /// The code of ISO 639-1, or `und` for any other language.
    #[must_use]
    pub fn code(self) -> &'static str {
        ROWS.iter()
            .find(|row| row.language == self)
            .map_or("und", |row| row.code)
    }

    /// The language of a code such as `nl` or `nl-BE`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let short = code
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        ROWS.iter()
            .find(|row| row.code == short)
            .map(|row| row.language)
    }
}

/// Says whether a word (in lower case) only holds a sentence of this language together.
#[must_use]
pub fn is_function_word(word: &str, language: Language) -> bool {
    FUNCTION_WORDS
        .get(word)
        .is_some_and(|languages| languages.contains(&language))
}

/// Tells the language of a text; `prior` is the language that the respondent was asked in, where it is known.
#[must_use]
pub fn detect(text: &str, prior: Option<Language>) -> Language {
    let words: Vec<String> = text
        .unicode_words()
        .take(WORDS_READ)
        .map(str::to_lowercase)
        .filter(|word| is_telling(word))
        .collect();
    if words.is_empty() {
        return prior.unwrap_or(Language::Other);
    }
    let by_letters = by_letters(text);
    let mut votes = count_votes(&words);
    let mut best = leader(&votes);
    let is_long = words.len() >= LONG_ENOUGH;
    if is_long {
        return if best.1 - votes_for(&votes, by_letters) >= CLEAR_LEAD {
            best.0
        } else {
            by_letters
        };
    }
    let nothing_known = best.1 < f64::EPSILON;
    votes.push((by_letters, WEIGHT_OF_LETTERS));
    if let Some(prior) = prior {
        votes.push((prior, WEIGHT_OF_PRIOR));
    } else if nothing_known && is_latin(text) {
        votes.push((Language::Dutch, 0.1));
    }
    best = leader(&votes);
    best.0
}

/// Words that could be in any language say nothing.
fn is_telling(word: &str) -> bool {
    !word.starts_with("emo_") && word.chars().any(char::is_alphabetic)
}

fn is_latin(text: &str) -> bool {
    text.chars()
        .filter(|letter| letter.is_alphabetic())
        .all(|letter| letter < '\u{250}')
}

fn by_letters(text: &str) -> Language {
    let shorter = text
        .char_indices()
        .nth(2_000)
        .and_then(|(at, _)| text.get(..at))
        .unwrap_or(text);
    let told = whichlang::detect_language(shorter);
    ROWS.iter()
        .find(|row| row.letters == Some(told))
        .map_or(Language::Other, |row| row.language)
}

fn count_votes(words: &[String]) -> Vec<(Language, f64)> {
    let mut votes = Vec::new();
    for word in words {
        if let Some(languages) = FUNCTION_WORDS.get(word.as_str()) {
            let share = 1.0 / f64::from(u32::try_from(languages.len()).unwrap_or(1));
            votes.extend(languages.iter().map(|language| (*language, share * share)));
        }
        votes.extend(known_words::languages_of(word).map(|language| (language, 0.5)));
        votes.extend(spelling(word));
    }
    votes
}

/// Spellings that hardly occur outside one language.
fn spelling(word: &str) -> Option<(Language, f64)> {
    let has = |piece: &str| word.contains(piece);
    if has("ij")
        || has("aa")
        || has("uu")
        || has("oe") && !has("oes")
        || has("sch") && has("ee")
        || word.ends_with("lijk")
    {
        return Some((Language::Dutch, 0.5));
    }
    if has("th")
        || has("wh")
        || word.ends_with("ing")
        || word.ends_with("tion")
        || word.ends_with("ly")
    {
        return Some((Language::English, 0.3));
    }
    if has('\u{df}'.encode_utf8(&mut [0; 4])) || has("\u{e4}") || has("ü") {
        return Some((Language::German, 0.5));
    }
    None
}

fn votes_for(votes: &[(Language, f64)], language: Language) -> f64 {
    votes
        .iter()
        .filter(|(voted, _)| *voted == language)
        .map(|(_, weight)| weight)
        .sum()
}

/// The language with most votes; on equal votes the earlier row.
fn leader(votes: &[(Language, f64)]) -> (Language, f64) {
    let mut best = (Language::Other, 0.0);
    for row in &ROWS {
        let found = votes_for(votes, row.language);
        if found > best.1 {
            best = (row.language, found);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_told_by_their_words() {
        for (text, expected) in [
            ("Goed geholpen", Language::Dutch),
            ("very friendly staff", Language::English),
            ("bezorging was te laat", Language::Dutch),
            ("the delivery was late", Language::English),
            ("sehr freundlich und schnell", Language::German),
            ("très bon service, merci", Language::French),
        ] {
            assert_eq!(detect(text, None), expected, "{text}");
        }
    }

    #[test]
    fn the_respondents_language_decides_where_words_do_not() {
        assert_eq!(
            detect("Super service", Some(Language::Dutch)),
            Language::Dutch
        );
        assert_eq!(
            detect("Super service", Some(Language::English)),
            Language::English
        );
        assert_eq!(
            detect("The delivery was late again", Some(Language::Dutch)),
            Language::English
        );
        assert_eq!(detect("", Some(Language::Dutch)), Language::Dutch);
        assert_eq!(detect("12345", None), Language::Other);
    }

    #[test]
    fn codes_are_read_with_their_region() {
        assert_eq!(Language::from_code("nl-BE"), Some(Language::Dutch));
        assert_eq!(Language::from_code("xx"), None);
    }
}
