//! The tone of words and phrases, and the words that turn, strengthen or weaken it: data per language.

use std::sync::LazyLock;

use crate::language::Language;
use crate::wordbook::{Compare, WordBook};
use crate::words::{Word, Words};

/// The highest tone of a word; the lowest is its negative.
const HIGHEST: f64 = 3.0;

struct Row {
    language: Language,
    tones: &'static str,
    idioms: &'static str,
    modifiers: &'static str,
}

const ROWS: [Row; 2] = [
    Row {
        language: Language::Dutch,
        tones: include_str!("../data/nl/sentiment.txt"),
        idioms: include_str!("../data/nl/idioms.txt"),
        modifiers: include_str!("../data/nl/modifiers.txt"),
    },
    Row {
        language: Language::English,
        tones: include_str!("../data/en/sentiment.txt"),
        idioms: include_str!("../data/en/idioms.txt"),
        modifiers: include_str!("../data/en/modifiers.txt"),
    },
];

impl Row {
    /// The words and the idioms with a tone, each with it.
    fn toned(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        entries(self.tones).chain(entries(self.idioms))
    }
}

static LEXICONS: LazyLock<Vec<Lexicon>> =
    LazyLock::new(|| ROWS.iter().map(Lexicon::read).collect());

/// What a listed word or phrase does to the tone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Effect {
    /// It has a tone of its own, from -1 to 1.
    Tone(f64),
    /// It turns the tone of what follows.
    Negation,
    /// It makes the tone of what follows stronger.
    Stronger,
    /// It makes the tone of what follows weaker.
    Weaker,
    /// It looks like a negation and is none.
    Nothing,
}

/// A word or phrase with an effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hit {
    /// The first word.
    pub(crate) first: usize,
    /// The word after the last one.
    pub(crate) end: usize,
    /// What it does.
    pub(crate) effect: Effect,
}

/// The words with a tone of one language.
pub(crate) struct Lexicon {
    language: Language,
    book: WordBook,
    effects: Vec<Effect>,
}

/// The lexicon of a language; languages without one have none.
pub(crate) fn of(language: Language) -> Option<&'static Lexicon> {
    LEXICONS.iter().find(|lexicon| lexicon.language == language)
}

/// Every single word with a tone, with its language.
pub(crate) fn listed_words() -> impl Iterator<Item = (&'static str, Language)> {
    ROWS.iter().flat_map(|row| {
        row.toned()
            .filter(|(_, word)| !word.contains(['_', '*']))
            .map(|(_, word)| (word, row.language))
    })
}

/// How many words and phrases with a tone a language has.
#[must_use]
pub fn number_of_entries(language: Language) -> usize {
    ROWS.iter()
        .filter(|row| row.language == language)
        .map(|row| row.toned().count())
        .sum()
}

/// What stands before the colon, and each word after it.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(head, words)| {
            words
                .split_whitespace()
                .map(move |word| (head.trim(), word))
        })
}

impl Lexicon {
    fn read(row: &Row) -> Self {
        let toned = row.toned().filter_map(|(tone, word)| {
            tone.parse::<f64>()
                .ok()
                .map(|tone| (word, Effect::Tone(tone / HIGHEST)))
        });
        let modifying = entries(row.modifiers).map(|(kind, word)| {
            let effect = match kind {
                "negation" => Effect::Negation,
                "intensify" => Effect::Stronger,
                "diminish" => Effect::Weaker,
                _ => Effect::Nothing,
            };
            (word, effect)
        });
        let all: Vec<(&'static str, Effect)> = toned.chain(modifying).collect();
        let words = Words::new(row.language);
        Self {
            language: row.language,
            book: WordBook::new(all.iter().map(|(word, _)| *word), &words, Compare::Form),
            effects: all.into_iter().map(|(_, effect)| effect).collect(),
        }
    }

    /// The words and phrases with an effect, in order, the longest at every place; a word that both has a tone and
    /// modifies ("verschrikkelijk lekker") is given once for each.
    pub(crate) fn find(&self, words: &[Word]) -> Vec<Hit> {
        let mut found = self.book.find(words);
        found.sort_by_key(|found| (found.first, std::cmp::Reverse(found.end), found.pattern));
        let mut hits: Vec<Hit> = Vec::new();
        let mut covered = 0;
        let mut longest = (usize::MAX, 0);
        for found in found {
            let is_same_place = longest == (found.first, found.end);
            if found.first < covered && !is_same_place {
                continue;
            }
            if let Some(effect) = self.effects.get(found.pattern) {
                hits.push(Hit {
                    first: found.first,
                    end: found.end,
                    effect: *effect,
                });
            }
            longest = (found.first, found.end);
            covered = found.end;
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicons_are_large_enough() {
        assert!(number_of_entries(Language::Dutch) >= 2_500);
        assert!(number_of_entries(Language::English) >= 2_000);
    }

    #[test]
    fn every_line_is_understood_and_nothing_stands_there_twice() {
        for row in &ROWS {
            let mut seen = std::collections::BTreeSet::new();
            for (tone, word) in row.toned() {
                let tone: f64 = tone.parse().unwrap();
                assert!(tone.abs() <= HIGHEST && tone != 0.0, "{word}");
                assert!(seen.insert(word), "{word} stands there twice");
            }
        }
    }

    #[test]
    fn phrases_go_before_words() {
        let words = Words::new(Language::Dutch).of("Ik had geen klachten");
        let hits = of(Language::Dutch).unwrap().find(&words);
        assert!(hits.iter().any(|hit| hit.end - hit.first == 2
            && matches!(hit.effect, Effect::Tone(tone) if tone > 0.0)));
        assert_eq!(hits.len(), 1);
    }
}
