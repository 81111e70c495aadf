//! Brings differently typed texts to one form and remembers where every piece came from: compatibility
//! characters (NFKC), HTML entities, odd quotes and spaces, repeated letters, emoji. Words are left to others.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::emoji;
use crate::entities;
use crate::span::Span;

/// More marks than this on one letter are decoration.
const MARKS_PER_LETTER: usize = 2;
/// As many equal letters in a row are kept.
const LETTERS_IN_A_ROW: usize = 2;
/// As many equal punctuation marks in a row are kept.
const MARKS_IN_A_ROW: usize = 3;

/// A text in one form, with the way back to the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normalised {
    text: String,
    pieces: Vec<Piece>,
}

/// Some bytes of the new text and the bytes of the original that they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    at: usize,
    start: usize,
    end: usize,
    /// Copied byte for byte, so that every byte has its own place.
    is_copy: bool,
}

impl Normalised {
    /// The text in its new form.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the new text stands in the original.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let start = self.piece_at(span.start).map_or(0, |piece| {
            if piece.is_copy {
                piece.start + (span.start - piece.at)
            } else {
                piece.start
            }
        });
        let last = span.end.saturating_sub(1).max(span.start);
        let end = self.piece_at(last).map_or(start, |piece| {
            if piece.is_copy {
                (piece.start + (span.end.max(piece.at) - piece.at)).min(piece.end)
            } else {
                piece.end
            }
        });
        Span::new(start, end.max(start))
    }

    /// Says whether a stretch of the new text is shorter than what it stands for, as "heel" is for "heeeel".
    pub(crate) fn is_shortened(&self, span: Span) -> bool {
        let original = self.original(span);
        original.end - original.start > span.end - span.start
    }

    fn piece_at(&self, byte: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= byte);
        self.pieces.get(after.checked_sub(1)?)
    }
}

/// Brings a text to its normal form, in time linear in its length.
#[must_use]
pub fn normalise(original: &str) -> Normalised {
    let mut writer = Writer::new(original.len());
    let mut at = 0;
    while let Some(rest) = original.get(at..).filter(|rest| !rest.is_empty()) {
        at += take_one(rest, at, &mut writer);
    }
    writer.finish()
}

/// Reads what stands at the beginning of `rest`, writes its normal form, and says how many bytes that took.
fn take_one(rest: &str, at: usize, writer: &mut Writer) -> usize {
    let Some(first) = rest.chars().next() else {
        return 0;
    };
    if first == '&'
        && let Some((decoded, length)) = entities::decode(rest)
    {
        writer.write_char(decoded, Span::new(at, at + length), false);
        return length;
    }
    if first == '<'
        && let Some(length) = entities::line_break(rest)
    {
        writer.write_char('\n', Span::new(at, at + length), false);
        return length;
    }
    if writer.is_at_edge()
        && let Some((name, length)) = emoji::emoticon(rest)
    {
        writer.write_word(name, Span::new(at, at + length));
        return length;
    }
    if let Some((name, length)) = emoji::emoji(rest) {
        writer.write_word(name, Span::new(at, at + length));
        return length;
    }
    let is_marked = rest.chars().nth(1).is_some_and(is_combining_mark);
    if first.is_ascii() && !is_marked {
        writer.write_char(first, Span::new(at, at + 1), true);
        return 1;
    }
    take_letter_with_marks(rest, at, writer)
}

fn take_letter_with_marks(rest: &str, at: usize, writer: &mut Writer) -> usize {
    let mut length = 0;
    let mut kept = String::new();
    for (position, letter) in rest.chars().enumerate() {
        if position > 0 && !is_combining_mark(letter) {
            break;
        }
        if position <= MARKS_PER_LETTER {
            kept.push(letter);
        }
        length += letter.len_utf8();
    }
    let span = Span::new(at, at + length);
    let is_single = kept.len() == length && kept.chars().count() == 1;
    for letter in kept.nfkc().map(plain_punctuation) {
        let is_copy = is_single && rest.starts_with(letter) && letter.len_utf8() == length;
        writer.write_char(letter, span, is_copy);
    }
    length
}

fn plain_punctuation(letter: char) -> char {
    match letter {
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{00B4}' | '\u{02BC}' | '\u{FF40}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{00AB}' | '\u{00BB}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => letter,
    }
}

/// Letters that are seen by programs only.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Puts the new text together.
struct Writer {
    text: String,
    pieces: Vec<Piece>,
    last: Option<char>,
    in_a_row: usize,
    blank: Option<Blank>,
}

/// White space that is written once something follows it.
struct Blank {
    span: Span,
    is_line: bool,
    is_copy: bool,
}

impl Writer {
    fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            pieces: Vec::new(),
            last: None,
            in_a_row: 0,
            blank: None,
        }
    }

    fn is_at_edge(&self) -> bool {
        self.blank.is_some() || self.last.is_none_or(|last| !last.is_alphanumeric())
    }

    fn write_char(&mut self, letter: char, span: Span, is_copy: bool) {
        if is_invisible(letter) {
            return;
        }
        if letter.is_whitespace() || letter.is_control() {
            let is_line = matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}');
            let (start, was_line, was_any) = self
                .blank
                .as_ref()
                .map_or((span.start, false, false), |blank| {
                    (blank.span.start, blank.is_line, true)
                });
            self.blank = Some(Blank {
                span: Span::new(start, span.end),
                is_line: is_line || was_line,
                is_copy: is_copy && !was_any && matches!(letter, ' ' | '\n'),
            });
            return;
        }
        self.write_blank();
        if self.is_one_too_many(letter) {
            self.extend_last(span.end);
            return;
        }
        self.push(letter, span, is_copy);
    }

    /// A word of our own, apart from what stands around it.
    fn write_word(&mut self, word: &str, span: Span) {
        let had_blank = self.blank.is_some();
        self.write_blank();
        if !had_blank && self.last.is_some() {
            self.push(' ', Span::new(span.start, span.start), false);
        }
        self.pieces.push(Piece {
            at: self.text.len(),
            start: span.start,
            end: span.end,
            is_copy: false,
        });
        self.text.push_str(word);
        self.last = word.chars().next_back();
        self.in_a_row = 0;
        self.blank = Some(Blank {
            span: Span::new(span.end, span.end),
            is_line: false,
            is_copy: false,
        });
    }

    fn write_blank(&mut self) {
        if let Some(blank) = self.blank.take()
            && self.last.is_some()
        {
            let letter = if blank.is_line { '\n' } else { ' ' };
            self.push(letter, blank.span, blank.is_copy);
        }
    }

    fn is_one_too_many(&mut self, letter: char) -> bool {
        let is_same = self.last.is_some_and(|last| {
            last == letter
                || (letter.is_alphabetic() && last.to_lowercase().eq(letter.to_lowercase()))
        });
        self.in_a_row = if is_same { self.in_a_row + 1 } else { 1 };
        let most = if letter.is_alphabetic() {
            LETTERS_IN_A_ROW
        } else if letter.is_numeric() {
            usize::MAX
        } else {
            MARKS_IN_A_ROW
        };
        self.in_a_row > most
    }

    fn push(&mut self, letter: char, span: Span, is_copy: bool) {
        let at = self.text.len();
        self.text.push(letter);
        self.last = Some(letter);
        if letter.is_whitespace() {
            self.in_a_row = 0;
        }
        if is_copy
            && let Some(piece) = self.pieces.last_mut()
            && piece.is_copy
            && piece.end == span.start
        {
            piece.end = span.end;
            return;
        }
        self.pieces.push(Piece {
            at,
            start: span.start,
            end: span.end,
            is_copy,
        });
    }

    /// Lets the last letter stand for what was left out after it as well.
    fn extend_last(&mut self, end: usize) {
        let length = self.last.map_or(0, char::len_utf8);
        let Some(piece) = self.pieces.last_mut() else {
            return;
        };
        if !piece.is_copy || piece.end - piece.start == length {
            piece.is_copy = false;
            piece.end = end;
            return;
        }
        piece.end -= length;
        let start = piece.end;
        let at = self.text.len() - length;
        self.pieces.push(Piece {
            at,
            start,
            end,
            is_copy: false,
        });
    }

    fn finish(self) -> Normalised {
        Normalised {
            text: self.text,
            pieces: self.pieces,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(original: &str) -> String {
        normalise(original).text().to_owned()
    }

    #[test]
    fn texts_come_in_one_form() {
        for (original, expected) in [
            (
                "Caf\u{e9} &eacute;n &amp; caf\u{65}\u{301}",
                "Caf\u{e9} \u{e9}n & caf\u{e9}",
            ),
            ("\u{ff21}\u{ff22} \u{fb01}jn", "AB fijn"),
            ("heeeeel   goed!!!!!!", "heel goed!!!"),
            ("een\u{a0}twee\r\n\r\ndrie", "een twee\ndrie"),
            (
                "\u{201c}mooi\u{201d} \u{2013} zo\u{2019}n",
                "\"mooi\" - zo'n",
            ),
            ("Top\u{1f44d}\u{1f3fd}!", "Top emo_thumbsup !"),
            ("fijn :-) dus", "fijn emo_joy dus"),
            ("a<br/>b", "a\nb"),
            ("  ", ""),
            ("1000000", "1000000"),
        ] {
            assert_eq!(text(original), expected, "{original}");
        }
    }

    #[test]
    fn every_word_finds_its_way_back() {
        let original = "Heeeeel &eacute;rg   blij\u{1f600} caf\u{65}\u{301}!";
        let normal = normalise(original);
        for (word, expected) in [
            ("Heel", "Heeeeel"),
            ("\u{e9}rg", "&eacute;rg"),
            ("blij", "blij"),
            ("emo_joy", "\u{1f600}"),
            ("caf\u{e9}", "caf\u{65}\u{301}"),
        ] {
            let start = normal.text().find(word).unwrap();
            let span = normal.original(Span::new(start, start + word.len()));
            assert_eq!(span.of(original), expected);
        }
    }

    #[test]
    fn decoration_on_letters_is_dropped() {
        let zalgo: String = std::iter::once('a')
            .chain(std::iter::repeat_n('\u{301}', 500))
            .collect();
        assert!(text(&zalgo).chars().count() <= 2);
    }
}
