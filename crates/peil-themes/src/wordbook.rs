//! Finds listed words and phrases in the words of a text.
//!
//! A pattern is one or more words with a space or underscore between them. A word may begin or end with `*`, which
//! stands for any letters; `~` stands for up to three words. A word without `*` is compared by its stem where the
//! book is made so, and then compounds that hold it match as well; with `=` before it only that very form matches.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::words::{Word, Words};

/// How many words `~` may stand for.
const GAP: usize = 3;
/// The shortest beginning or end that is looked up.
const SHORTEST_AFFIX: usize = 2;

/// Longer words, in bytes, are only compared as a whole.
const LONGEST_WORD: usize = 64;

/// How words without `*` are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compare {
    /// Letter by letter.
    Form,
    /// By stem; parts of compounds match as well.
    Stem,
}

/// One place where a pattern was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which pattern, in the order in which they were given.
    pub(crate) pattern: usize,
    /// The first word.
    pub(crate) first: usize,
    /// The word after the last one.
    pub(crate) end: usize,
    /// Only a part of a compound matched.
    pub(crate) is_part: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Word(String),
    Form(String),
    Beginning(String),
    Ending(String),
    Inside(String),
    Gap,
}

/// Patterns, ready to be looked for.
pub(crate) struct WordBook {
    compare: Compare,
    /// What follows the first word of each pattern.
    rest: Vec<Vec<Piece>>,
    words: HashMap<String, Vec<usize>>,
    forms: HashMap<String, Vec<usize>>,
    beginnings: HashMap<String, Vec<usize>>,
    endings: HashMap<String, Vec<usize>>,
    inside: Option<AhoCorasick>,
    inside_patterns: Vec<usize>,
}

impl WordBook {
    /// Makes a book of patterns in one language.
    pub(crate) fn new<'a>(
        patterns: impl IntoIterator<Item = &'a str>,
        words: &Words,
        compare: Compare,
    ) -> Self {
        let mut book = Self {
            compare,
            rest: Vec::new(),
            words: HashMap::new(),
            forms: HashMap::new(),
            beginnings: HashMap::new(),
            endings: HashMap::new(),
            inside: None,
            inside_patterns: Vec::new(),
        };
        let mut needles = Vec::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            let mut pieces = pattern
                .split(|letter: char| {
                    letter.is_whitespace() || letter == '_' && !pattern.starts_with("emo_")
                })
                .filter(|piece| !piece.is_empty())
                .map(|piece| read_piece(piece, words, compare));
            let first = pieces.next();
            book.rest.push(pieces.collect());
            match first {
                Some(Piece::Word(word)) => book.words.entry(word).or_default().push(index),
                Some(Piece::Form(form)) => book.forms.entry(form).or_default().push(index),
                Some(Piece::Beginning(affix)) => {
                    book.beginnings.entry(affix).or_default().push(index);
                }
                Some(Piece::Ending(affix)) => book.endings.entry(affix).or_default().push(index),
                Some(Piece::Inside(needle)) => {
                    needles.push(needle);
                    book.inside_patterns.push(index);
                }
                Some(Piece::Gap) | None => {}
            }
        }
        if !needles.is_empty() {
            book.inside = AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(&needles)
                .ok();
        }
        book
    }

    /// Everything that is found, in order of the first word.
    pub(crate) fn find(&self, words: &[Word]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut candidates = Vec::new();
        for (first, word) in words.iter().enumerate() {
            candidates.clear();
            self.candidates(word, &mut candidates);
            for (pattern, is_part) in candidates.iter().copied() {
                let rest = self.rest.get(pattern).map_or(&[][..], Vec::as_slice);
                if let Some(end) = self.match_rest(rest, words, first + 1) {
                    found.push(Found {
                        pattern,
                        first,
                        end,
                        is_part,
                    });
                }
            }
        }
        found
    }

    /// Patterns of which the first word matches; each once, the closest match first.
    fn candidates(&self, word: &Word, into: &mut Vec<(usize, bool)>) {
        let mut add = |patterns: Option<&Vec<usize>>, is_part: bool| {
            for pattern in patterns.into_iter().flatten() {
                if !into.iter().any(|(known, _)| known == pattern) {
                    into.push((*pattern, is_part));
                }
            }
        };
        add(self.forms.get(&word.form), false);
        match self.compare {
            Compare::Form => add(self.words.get(&word.form), false),
            Compare::Stem => {
                add(self.words.get(&word.stem), false);
                for part in &word.parts {
                    add(self.words.get(part), true);
                }
            }
        }
        if word.form.len() > LONGEST_WORD {
            return;
        }
        for (at, _) in word.form.char_indices().skip(SHORTEST_AFFIX) {
            add(
                word.form
                    .get(..at)
                    .and_then(|affix| self.beginnings.get(affix)),
                false,
            );
            add(
                word.form
                    .get(at..)
                    .and_then(|affix| self.endings.get(affix)),
                false,
            );
        }
        for (at, _) in word.form.char_indices().take(SHORTEST_AFFIX) {
            add(
                word.form
                    .get(at..)
                    .and_then(|affix| self.endings.get(affix)),
                false,
            );
        }
        add(self.beginnings.get(&word.form), false);
        if let Some(inside) = &self.inside {
            for hit in inside.find_overlapping_iter(&word.form) {
                let pattern = self.inside_patterns.get(hit.pattern().as_usize()).copied();
                add(pattern.map(|pattern| vec![pattern]).as_ref(), false);
            }
        }
    }

    fn match_rest(&self, rest: &[Piece], words: &[Word], from: usize) -> Option<usize> {
        let Some((piece, after)) = rest.split_first() else {
            return Some(from);
        };
        if *piece == Piece::Gap {
            return (0..=GAP).find_map(|skipped| self.match_rest(after, words, from + skipped));
        }
        let word = words.get(from)?;
        self.matches(piece, word)
            .then(|| self.match_rest(after, words, from + 1))
            .flatten()
    }

    fn matches(&self, piece: &Piece, word: &Word) -> bool {
        match piece {
            Piece::Word(text) => match self.compare {
                Compare::Form => *text == word.form,
                Compare::Stem => *text == word.stem || word.parts.contains(text),
            },
            Piece::Form(form) => *form == word.form,
            Piece::Beginning(affix) => word.form.starts_with(affix.as_str()),
            Piece::Ending(affix) => word.form.ends_with(affix.as_str()),
            Piece::Inside(needle) => word.form.contains(needle.as_str()),
            Piece::Gap => true,
        }
    }
}

fn read_piece(piece: &str, words: &Words, compare: Compare) -> Piece {
    if let Some(form) = piece.strip_prefix('=') {
        return Piece::Form(form.to_lowercase());
    }
    let inner = piece.trim_matches('*').to_lowercase();
    match (piece.starts_with('*'), piece.ends_with('*')) {
        _ if piece == "~" || inner.is_empty() => Piece::Gap,
        (true, true) => Piece::Inside(inner),
        (true, false) => Piece::Ending(inner),
        (false, true) => Piece::Beginning(inner),
        (false, false) if compare == Compare::Stem => Piece::Word(words.stem(&inner)),
        (false, false) => Piece::Word(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn found(patterns: &[&str], text: &str) -> Vec<(usize, usize, usize)> {
        let words = Words::new(Language::Dutch);
        let book = WordBook::new(patterns.iter().copied(), &words, Compare::Stem);
        book.find(&words.of(text))
            .into_iter()
            .map(|found| (found.pattern, found.first, found.end))
            .collect()
    }

    #[test]
    fn words_phrases_and_pieces_of_words_are_found() {
        assert_eq!(found(&["prijs"], "de prijzen"), [(0, 1, 2)]);
        assert_eq!(found(&["bezorg*"], "bezorgtijden"), [(0, 0, 1)]);
        assert_eq!(found(&["*prijs"], "topprijs"), [(0, 0, 1)]);
        assert_eq!(
            found(&["*prijs*"], "topprijs prijsje"),
            [(0, 0, 1), (0, 1, 2)]
        );
        assert_eq!(
            found(&["niet ~ bereikbaar"], "niet erg goed bereikbaar"),
            [(0, 0, 4)]
        );
        assert_eq!(found(&["track_trace"], "de track trace"), [(0, 1, 3)]);
        assert_eq!(found(&["service"], "klantenservicemedewerker"), [(0, 0, 1)]);
        assert_eq!(found(&["*"], "iets"), []);
        assert_eq!(
            found(&["=prijs", "lage =prijs"], "prijzen, lage prijs"),
            [(1, 1, 3), (0, 2, 3)]
        );
    }
}
