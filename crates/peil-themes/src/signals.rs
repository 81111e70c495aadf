//! What an answer is besides its themes: effort, wish for a reply, suggestion, praise, no content, urgency.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::lexicon::entries;
use crate::wordbook::{Compare, Found, WordBook};
use crate::words::{Word, Words};

/// An answer with at most this many words can be without content.
const WORDS_WITHOUT_CONTENT: usize = 4;

/// What an answer is besides its themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Signal {
    /// It speaks of trouble taken or saved.
    Effort,
    /// Someone waits for an answer.
    NeedsReply,
    /// It proposes something.
    Suggestion,
    /// It thanks or praises.
    Praise,
    /// Somebody has to look at it today: danger, law, leaving customers.
    Urgency,
    /// It says nothing.
    NoContent,
}

const ALL: [(Signal, &str); 6] = [
    (Signal::Effort, "effort"),
    (Signal::NeedsReply, "needs_reply"),
    (Signal::Suggestion, "suggestion"),
    (Signal::Praise, "praise"),
    (Signal::Urgency, "urgency"),
    (Signal::NoContent, "no_content"),
];

const LISTS: [(Language, &str); 2] = [
    (Language::Dutch, include_str!("../data/nl/signals.txt")),
    (Language::English, include_str!("../data/en/signals.txt")),
];

/// What a line of a list that begins so says is no signal, wherever the words of the signal overlap it.
const DENIAL: &str = "not_";

struct Book {
    language: Language,
    patterns: WordBook,
    meanings: Vec<Meaning>,
}

/// What a pattern stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Shows(Signal),
    Denies(Signal),
    /// A line that nobody understands; a test finds it.
    Nothing,
}

static BOOKS: LazyLock<Vec<Book>> = LazyLock::new(|| {
    LISTS
        .iter()
        .map(|(language, list)| {
            let words = Words::new(*language);
            Book {
                language: *language,
                patterns: WordBook::new(
                    entries(list).map(|(_, pattern)| pattern),
                    &words,
                    Compare::Form,
                ),
                meanings: entries(list).map(|(code, _)| meaning(code)).collect(),
            }
        })
        .collect()
});

impl Book {
    /// Says whether the words together are one way of saying nothing.
    fn says_nothing(&self, words: &[Word]) -> bool {
        self.patterns.find(words).iter().any(|found| {
            let is_empty = self.says(found, Meaning::Shows(Signal::NoContent));
            is_empty && found.first == 0 && found.end == words.len()
        })
    }

    fn says(&self, found: &Found, meaning: Meaning) -> bool {
        self.meanings.get(found.pattern) == Some(&meaning)
    }

    /// Says whether a signal is shown somewhere where it is not denied.
    fn shows(&self, found: &[Found], signal: Signal) -> bool {
        let shown = |hit: &&Found| self.says(hit, Meaning::Shows(signal));
        let end = found.iter().map(|hit| hit.end).max().unwrap_or_default();
        // Marking words keeps a long answer with many denials linear.
        let mut is_denied = vec![false; end];
        let denials = found
            .iter()
            .filter(|hit| self.says(hit, Meaning::Denies(signal)));
        for denial in denials {
            if let Some(words) = is_denied.get_mut(denial.first..denial.end) {
                words.fill(true);
            }
        }
        found.iter().filter(shown).any(|hit| {
            let words = is_denied.get(hit.first..hit.end).unwrap_or_default();
            !words.contains(&true)
        })
    }
}

fn meaning(code: &str) -> Meaning {
    let signal = |code: &str| {
        ALL.iter()
            .find(|(_, known)| *known == code)
            .map(|(signal, _)| *signal)
    };
    let denied = code.strip_prefix(DENIAL).and_then(signal);
    let shown = signal(code).map(Meaning::Shows);
    shown
        .or(denied.map(Meaning::Denies))
        .unwrap_or(Meaning::Nothing)
}

/// The signals of an answer, in fixed order, each once.
#[must_use]
pub fn signals(words: &[Word], language: Language) -> Vec<Signal> {
    if words
        .iter()
        .all(|word| !word.form.chars().any(char::is_alphanumeric))
    {
        return vec![Signal::NoContent];
    }
    let is_short = words.len() <= WORDS_WITHOUT_CONTENT;
    if is_short && BOOKS.iter().any(|book| book.says_nothing(words)) {
        return vec![Signal::NoContent];
    }
    let Some(book) = BOOKS.iter().find(|book| book.language == language) else {
        return Vec::new();
    };
    let found = book.patterns.find(words);
    ALL.into_iter()
        .map(|(signal, _)| signal)
        .filter(|signal| *signal != Signal::NoContent)
        .filter(|signal| book.shows(&found, *signal))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, language: Language) -> Vec<Signal> {
        signals(&Words::new(language).of(text), language)
    }

    #[test]
    fn every_line_of_the_lists_is_understood() {
        for (_, list) in LISTS {
            for (code, _) in entries(list) {
                assert!(meaning(code) != Meaning::Nothing, "{code}");
            }
        }
    }

    #[test]
    fn words_of_time_and_denied_danger_are_not_urgent() {
        for text in [
            "Het was meteen opgelost",
            "Ik kreeg onmiddellijk antwoord",
            "Per ongeluk twee keer besteld",
            "Niet dringend hoor",
            "De kamer rook fris",
        ] {
            assert!(
                !read(text, Language::Dutch).contains(&Signal::Urgency),
                "{text}"
            );
        }
        for text in ["Er moet nu meteen iemand komen", "Ik ruik gas"] {
            assert_eq!(read(text, Language::Dutch), [Signal::Urgency], "{text}");
        }
        assert_eq!(
            read("It was solved immediately", Language::English),
            [] as [Signal; 0]
        );
    }

    #[test]
    fn answers_say_what_they_want() {
        assert_eq!(read("Nvt", Language::Dutch), [Signal::NoContent]);
        assert_eq!(read("-", Language::Dutch), [Signal::NoContent]);
        assert_eq!(read("Geen", Language::Dutch), [Signal::NoContent]);
        assert_eq!(read("Geen parkeerplaats", Language::Dutch), []);
        assert_eq!(
            read("Kunnen jullie mij terugbellen", Language::Dutch),
            [Signal::NeedsReply]
        );
        assert_eq!(
            read("It would be nice to have more choice", Language::English),
            [Signal::Suggestion]
        );
        assert_eq!(
            read("Er kwam rook uit, gevaarlijk", Language::Dutch),
            [Signal::Urgency]
        );
    }
}
