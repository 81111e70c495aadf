//! A text cut into words, numbers and signs, with the place of each. One pass over the text.

use std::ops::Range;

use super::lexicon::{Class, Classes, Lexicon};

/// Most letters of an abbreviation that has small letters too: `PvE`, `TTOs`.
const LONGEST_MIXED: usize = 5;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Sign,
}

/// One word, number or sign.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Bytes in the text.
    pub(super) span: Range<usize>,
    /// In small letters, with straight apostrophes.
    pub(super) lower: String,
    /// What it is.
    pub(super) kind: Kind,
    /// What the word lists say about it.
    pub(super) classes: Classes,
    /// Whether it begins with a capital.
    pub(super) is_capital: bool,
    /// Whether it, or the part before its hyphen or apostrophe, has at least two letters and all of
    /// them are capitals, or half of them in a short one (`PvE`).
    pub(super) is_all_capitals: bool,
}

impl Token {
    /// Whether the word lists put it in `class`.
    pub(super) fn is(&self, class: Class) -> bool {
        self.classes.contains(class)
    }

    /// Whether it is this word or sign.
    pub(super) fn reads(&self, text: &str) -> bool {
        self.lower == text
    }

    /// Whether it is a word.
    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Number of letters.
    pub(super) fn letters(&self) -> usize {
        self.lower.chars().filter(|c| c.is_alphabetic()).count()
    }
}

/// One sentence of a text.
#[derive(Debug)]
pub(super) struct Sentence {
    /// Words, numbers and signs, the closing one included.
    pub(super) tokens: Vec<Token>,
    /// Whether it ends with a question mark.
    pub(super) is_question: bool,
}

impl Sentence {
    /// The first word.
    pub(super) fn first_word(&self) -> Option<&Token> {
        self.tokens.iter().find(|token| token.is_word())
    }

    /// Bytes from the first to the last token.
    pub(super) fn span(&self) -> Range<usize> {
        let start = self.tokens.first().map_or(0, |token| token.span.start);
        let end = self.tokens.last().map_or(start, |token| token.span.end);
        start..end
    }

    /// Whether any word is in `class`.
    pub(super) fn has(&self, class: Class) -> bool {
        self.tokens.iter().any(|token| token.is(class))
    }
}

/// Cuts `text` into sentences. A sentence ends at `.`, `?`, `!` before a blank, or at a line break.
pub(super) fn sentences(text: &str, lexicon: &Lexicon) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut position = 0;
    while let Some(rest) = text.get(position..).filter(|rest| !rest.is_empty()) {
        let length = piece_length(rest);
        let Some(piece) = rest.get(..length) else {
            break;
        };
        let ends_line = piece == "\n";
        if !piece.trim().is_empty() {
            tokens.push(token(piece, position, lexicon));
        }
        position += length;
        let ends_sentence = matches!(piece, "." | "?" | "!")
            && text
                .get(position..)
                .and_then(|behind| behind.chars().next())
                .is_none_or(char::is_whitespace);
        if (ends_sentence || ends_line) && !tokens.is_empty() {
            found.push(close(&mut tokens));
        }
    }
    if !tokens.is_empty() {
        found.push(close(&mut tokens));
    }
    found
}

fn close(tokens: &mut Vec<Token>) -> Sentence {
    let is_question = tokens.last().is_some_and(|token| token.reads("?"));
    Sentence {
        tokens: std::mem::take(tokens),
        is_question,
    }
}

/// Bytes of the piece that `rest` begins with: a word, a number, or one character.
fn piece_length(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else {
        return 0;
    };
    if rest.starts_with("{{")
        && let Some(end) = rest.char_indices().take(80).find(|(at, _)| {
            rest.get(*at..)
                .is_some_and(|behind| behind.starts_with("}}"))
        })
    {
        return end.0 + 2;
    }
    if first.is_alphabetic() {
        return word_length(rest);
    }
    if first.is_numeric() {
        let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '%' | '/');
        let length = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        let number = rest.get(..length).unwrap_or(rest);
        return number.trim_end_matches(['.', ',', '-', '/']).len();
    }
    if first.is_whitespace() && first != '\n' {
        let is_blank = |c: char| c.is_whitespace() && c != '\n';
        return rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
    }
    first.len_utf8()
}

/// A word goes on over apostrophes and hyphens between letters, and keeps a hyphen at its end
/// (`in- en uitchecken`). A point between single letters belongs to an abbreviation (`n.v.t.`).
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut run = 0;
    let mut has_point = false;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let is_joined = next.is_some_and(char::is_alphanumeric);
        let goes_on = match c {
            '\'' | '\u{2019}' | '&' => is_joined && run > 0,
            '-' => run > 0,
            '.' => run == 1 && (is_joined || has_point),
            _ => c.is_alphanumeric() || is_mark(c),
        };
        if !goes_on {
            break;
        }
        has_point |= c == '.';
        run = if c.is_alphanumeric() || is_mark(c) {
            run + 1
        } else {
            0
        };
        end = at + c.len_utf8();
    }
    end.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// Accents written apart from their letter.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn token(piece: &str, start: usize, lexicon: &Lexicon) -> Token {
    let lower: String = piece
        .chars()
        .map(|c| if c == '\u{2019}' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect();
    let first = piece.chars().next().unwrap_or(' ');
    let kind = if first.is_alphabetic() || piece.starts_with("{{") {
        Kind::Word
    } else if first.is_numeric() {
        Kind::Number
    } else {
        Kind::Sign
    };
    let stem = piece.split(['-', '\'', '\u{2019}']).next().unwrap_or(piece);
    let letters = stem.chars().filter(|c| c.is_alphabetic());
    let capitals = letters.clone().filter(|c| c.is_uppercase()).count();
    let count = letters.count();
    Token {
        classes: lexicon.classes(&lower),
        is_capital: first.is_uppercase(),
        is_all_capitals: capitals >= 2
            && (capitals == count || count <= LONGEST_MIXED && capitals * 2 >= count),
        span: start..start + piece.len(),
        lower,
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::Language;

    fn words(text: &str) -> Vec<Vec<String>> {
        sentences(text, Lexicon::of(Language::Nl))
            .into_iter()
            .map(|sentence| sentence.tokens.into_iter().map(|t| t.lower).collect())
            .collect()
    }

    #[test]
    fn words_keep_hyphens_apostrophes_and_points_of_abbreviations() {
        assert_eq!(
            words("In- en uitchecken, foto\u{2019}s (n.v.t.)? Om 9.30 uur."),
            [
                vec![
                    "in-",
                    "en",
                    "uitchecken",
                    ",",
                    "foto's",
                    "(",
                    "n.v.t.",
                    ")",
                    "?"
                ],
                vec!["om", "9.30", "uur", "."],
            ]
        );
    }

    #[test]
    fn every_byte_offset_is_a_border_of_characters() {
        for text in [
            "é\u{301}\u{202e}אב👍🏽ß\u{0}İ",
            "{{naam}} {{",
            "….?!\n\n-",
            "a.b.c.d",
        ] {
            for sentence in sentences(text, Lexicon::of(Language::En)) {
                for token in sentence.tokens {
                    assert!(text.get(token.span.clone()).is_some(), "{text} {token:?}");
                }
            }
        }
    }
}
