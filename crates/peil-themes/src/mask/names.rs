//! Names of persons: listed given names, and whatever follows a title or a farewell.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use super::{Personal, PersonalKind};
use crate::known_words;
use crate::span::Span;

/// Given names that are nothing else, one list for all languages.
const NAMES: &str = include_str!("../../data/names.txt");
/// Given names that are ordinary words as well.
const AMBIGUOUS: &str = include_str!("../../data/names_that_are_words.txt");

/// Words that a name follows, in any language.
const TITLES: [&str; 18] = [
    "meneer", "mijnheer", "mevrouw", "dhr", "mevr", "mw", "mvr", "hr", "heer", "mr", "mrs", "ms",
    "miss", "sir", "dokter", "dr", "zuster", "juffrouw",
];
/// Words that announce a name, also one that is an ordinary word.
const ANNOUNCING: [&str; 26] = [
    "collega",
    "medewerker",
    "medewerkster",
    "monteur",
    "verkoper",
    "verkoopster",
    "adviseur",
    "chauffeur",
    "naam",
    "heet",
    "heette",
    "heten",
    "genaamd",
    "namelijk",
    "bedankt",
    "dank",
    "dankzij",
    "thanks",
    "named",
    "called",
    "colleague",
    "employee",
    "agent",
    "ober",
    "complimenten",
    "compliment",
];
/// Words between an announcing word and the name.
const BETWEEN: [&str; 14] = [
    "is", "was", "aan", "to", "van", "je", "u", "wel", "you", "naar", "voor", "for", "onze",
    "jullie",
];
/// Farewells, after which the rest of a short line is a name.
const FAREWELLS: [&str; 12] = [
    "groet",
    "groeten",
    "groetjes",
    "mvg",
    "regards",
    "sincerely",
    "hoogachtend",
    "cheers",
    "gr",
    "liefs",
    "wishes",
    "grtz",
];
/// What stands between a given name and a surname.
const PARTICLES: [&str; 18] = [
    "van", "de", "der", "den", "het", "'t", "t", "ten", "ter", "te", "von", "el", "al", "la", "le",
    "du", "di", "o'",
];
/// The longest line after a farewell, in letters.
const LONGEST_FAREWELL: usize = 60;
/// Companies and stories that are called like a person.
const NOT_PERSONS: [(&str, &str); 10] = [
    ("albert", "heijn"),
    ("harry", "potter"),
    ("jan", "linders"),
    ("tommy", "hilfiger"),
    ("ben", "jerry"),
    ("michael", "kors"),
    ("hugo", "boss"),
    ("calvin", "klein"),
    ("jamie", "oliver"),
    ("john", "deere"),
];
/// At most this many words belong to one name.
const WORDS_PER_NAME: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Name,
    NameOrWord,
}

static LISTED: LazyLock<HashMap<&'static str, Listed>> = LazyLock::new(|| {
    let sure = known_words::words_of(NAMES).map(|name| (name, Listed::Name));
    let unsure = known_words::words_of(AMBIGUOUS).map(|name| (name, Listed::NameOrWord));
    sure.chain(unsure).collect()
});

struct Piece<'a> {
    text: &'a str,
    lower: String,
    start: usize,
}

impl Piece<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// A capital first, and not only capitals unless it is one letter.
    fn is_capitalised(&self) -> bool {
        let mut letters = self.text.chars();
        letters.next().is_some_and(char::is_uppercase)
            && (self.text.chars().count() == 1 || letters.any(char::is_lowercase))
    }

    fn listed(&self) -> Option<Listed> {
        let plain = self.lower.strip_suffix("'s").unwrap_or(&self.lower);
        LISTED.get(plain).copied()
    }

    fn is_listed_word(&self) -> bool {
        known_words::is_known(&self.lower)
    }
}

pub(super) fn find(text: &str, found: &mut Vec<Personal>) {
    let pieces: Vec<Piece<'_>> = text
        .unicode_word_indices()
        .map(|(start, text)| Piece {
            text,
            lower: text.to_lowercase(),
            start,
        })
        .collect();
    let mut index = 0;
    while index < pieces.len() {
        let taken = name_at(text, &pieces, index);
        if let Some((from, count)) = taken {
            let first = pieces.get(from).map_or(0, |piece| piece.start);
            let end = pieces
                .get(from + count - 1)
                .map_or(first, end_without_genitive);
            found.push(Personal {
                span: Span::new(first, end),
                kind: PersonalKind::Name,
            });
            index = from + count;
        } else {
            index += 1;
        }
    }
}

fn end_without_genitive(piece: &Piece<'_>) -> usize {
    let suffix = if piece.lower.ends_with("'s") { 2 } else { 0 };
    piece.end() - suffix
}

/// The first word and the number of words of a name that is found on looking at the word at `index`.
fn name_at(text: &str, pieces: &[Piece<'_>], index: usize) -> Option<(usize, usize)> {
    let piece = pieces.get(index)?;
    if TITLES.contains(&piece.lower.as_str()) {
        let count = surname(text, pieces, index + 1, true);
        return (count > 0).then_some((index + 1, count));
    }
    if FAREWELLS.contains(&piece.lower.as_str()) {
        return after_farewell(text, pieces, index + 1);
    }
    if !piece.is_capitalised() {
        return None;
    }
    let more = surname(text, pieces, index + 1, false);
    let next = pieces.get(index + 1).map_or("", |next| next.lower.as_str());
    if NOT_PERSONS.contains(&(piece.lower.as_str(), next)) {
        return None;
    }
    let is_name = match piece.listed()? {
        Listed::Name => true,
        Listed::NameOrWord => {
            is_announced(pieces, index) || more > 0 && has_unlisted_surname(pieces, index + 1, more)
        }
    };
    is_name.then_some((index, 1 + more))
}

fn has_unlisted_surname(pieces: &[Piece<'_>], from: usize, count: usize) -> bool {
    pieces
        .get(from + count - 1)
        .is_some_and(|last| !last.is_listed_word())
}

/// How many words from here on are particles and one capitalised surname.
fn surname(text: &str, pieces: &[Piece<'_>], from: usize, may_be_first: bool) -> usize {
    let mut count = 0;
    while let Some(piece) = pieces.get(from + count).filter(|_| count < WORDS_PER_NAME) {
        let before = pieces
            .get((from + count).wrapping_sub(1))
            .map_or(0, Piece::end);
        let gap = text.get(before..piece.start).unwrap_or_default();
        if !matches!(gap, " " | ". " | "." | "-") {
            return 0;
        }
        let is_after_stop =
            gap.contains('.') && !(may_be_first || is_initial(pieces, from + count));
        if is_after_stop {
            return 0;
        }
        count += 1;
        if PARTICLES.contains(&piece.lower.as_str()) {
            continue;
        }
        let is_initial = piece.text.chars().count() == 1 && piece.is_capitalised();
        if is_initial && may_be_first {
            continue;
        }
        let ends_name = piece.is_capitalised() && (may_be_first || !piece.is_listed_word());
        return match (ends_name, may_be_first) {
            (true, true) => {
                count
                    + if piece.listed().is_some() {
                        surname(text, pieces, from + count, false)
                    } else {
                        0
                    }
            }
            (true, false) => count,
            (false, _) => 0,
        };
    }
    0
}

fn is_initial(pieces: &[Piece<'_>], index: usize) -> bool {
    pieces
        .get(index.wrapping_sub(1))
        .is_some_and(|before| before.text.chars().count() == 1)
}

/// Says whether the words before say that a name comes.
fn is_announced(pieces: &[Piece<'_>], index: usize) -> bool {
    let before = pieces
        .get(index.saturating_sub(3)..index)
        .unwrap_or_default();
    before
        .iter()
        .rev()
        .find(|piece| !BETWEEN.contains(&piece.lower.as_str()))
        .is_some_and(|piece| ANNOUNCING.contains(&piece.lower.as_str()))
}

/// Capitalised words after a farewell, up to the end of the text or line.
fn after_farewell(text: &str, pieces: &[Piece<'_>], from: usize) -> Option<(usize, usize)> {
    let first = pieces.get(from)?;
    let rest = text.get(first.start..)?;
    let line: usize = rest
        .chars()
        .take(LONGEST_FAREWELL)
        .take_while(|letter| *letter != '\n')
        .map(char::len_utf8)
        .sum();
    let end = first.start + line;
    let count = pieces
        .iter()
        .skip(from)
        .take(WORDS_PER_NAME)
        .take_while(|piece| piece.start < end)
        .count();
    let is_short = pieces
        .get(from + count)
        .is_none_or(|next| next.start >= end)
        && count <= 4;
    let all_names = pieces.iter().skip(from).take(count).all(|piece| {
        piece.is_capitalised()
            && (piece.listed().is_some() || piece.text.len() == 1 || !piece.is_listed_word())
            || PARTICLES.contains(&piece.lower.as_str())
    });
    let is_lower_name = count == 1 && first.listed() == Some(Listed::Name);
    (is_short && (all_names || is_lower_name) && count > 0).then_some((from, count))
}
