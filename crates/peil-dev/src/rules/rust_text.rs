//! Reads Rust just well enough for the rules: what is code, what is text, what is a test.
//!
//! No parser: brackets are counted after comments and texts have been blanked out.

use std::ops::Range;

/// A piece of text in the code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Where its opening mark stands.
    pub(crate) start: usize,
    /// As written, with its escapes.
    pub(crate) text: String,
}

/// A Rust file, taken apart.
pub(crate) struct RustText {
    /// The file with every comment and text blanked out; all positions stay the same.
    pub(crate) code: String,
    pub(crate) literals: Vec<Literal>,
    tests: Vec<Range<usize>>,
    attributes: Vec<Range<usize>>,
}

impl RustText {
    pub(crate) fn new(text: &str) -> Self {
        let (code, literals) = Splitter::new(text).split();
        Self {
            tests: test_items(&code),
            attributes: attributes(&code),
            code,
            literals,
        }
    }

    /// Says whether a position is inside an item that only tests compile.
    pub(crate) fn is_in_test(&self, offset: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&offset))
    }

    /// Says whether a position is inside `#[...]`.
    pub(crate) fn is_in_attribute(&self, offset: usize) -> bool {
        self.attributes.iter().any(|range| range.contains(&offset))
    }

    /// The items that only tests compile.
    pub(crate) fn tests(&self) -> &[Range<usize>] {
        &self.tests
    }

    /// Where a piece of code stands.
    pub(crate) fn positions<'a>(&'a self, piece: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.code.match_indices(piece).map(|(at, _)| at)
    }

    /// Where a word stands that is not a part of a longer one.
    pub(crate) fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.positions(word).filter(move |at| {
            let before = self
                .code
                .get(..*at)
                .and_then(|code| code.chars().next_back());
            let after = self
                .code
                .get(at + word.len()..)
                .and_then(|code| code.chars().next());
            !before.is_some_and(is_name_letter) && !after.is_some_and(is_name_letter)
        })
    }
}

pub(crate) fn is_name_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The position after the bracket that closes the one at `open`.
pub(crate) fn closing(code: &str, open: usize, pair: (char, char)) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in code.get(open..)?.char_indices() {
        if letter == pair.0 {
            depth += 1;
        } else if letter == pair.1 {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(open + at + letter.len_utf8());
            }
        }
    }
    None
}

fn attributes(code: &str) -> Vec<Range<usize>> {
    let starts = code.match_indices('#').filter_map(|(at, _)| {
        let rest = code.get(at + 1..)?;
        let skipped = usize::from(rest.starts_with('!'));
        rest.get(skipped..)?
            .starts_with('[')
            .then_some((at, at + 1 + skipped))
    });
    starts
        .filter_map(|(at, open)| closing(code, open, ('[', ']')).map(|end| at..end))
        .collect()
}

fn test_items(code: &str) -> Vec<Range<usize>> {
    let mut items: Vec<Range<usize>> = Vec::new();
    for (at, _) in code.match_indices("#[cfg(test)]") {
        let Some(after) = code.get(at..).and_then(|rest| rest.find(['{', ';'])) else {
            continue;
        };
        let open = at + after;
        let end =
            closing(code, open, ('{', '}')).filter(|_| code.as_bytes().get(open) == Some(&b'{'));
        items.push(at..end.unwrap_or(open + 1));
    }
    items
}

/// Walks through the bytes once and tells code from comments and texts.
struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            code: Vec::with_capacity(text.len()),
            literals: Vec::new(),
        }
    }

    fn split(mut self) -> (String, Vec<Literal>) {
        while let Some(byte) = self.peek(0) {
            match (byte, self.peek(1)) {
                (b'/', Some(b'/')) => self.blank_while(|splitter| splitter.peek(0) != Some(b'\n')),
                (b'/', Some(b'*')) => self.block_comment(),
                (b'"', _) => self.plain_literal(),
                (b'r', _) if self.raw_marks().is_some() && !self.is_inside_name() => {
                    self.raw_literal();
                }
                (b'\'', _) => self.quote(),
                _ => self.keep(),
            }
        }
        // Only whole texts and comments were replaced, so this is still valid.
        (
            String::from_utf8_lossy(&self.code).into_owned(),
            self.literals,
        )
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn keep(&mut self) {
        self.code.extend(self.peek(0));
        self.at += 1;
    }

    fn blank(&mut self) {
        let kept = if self.peek(0) == Some(b'\n') {
            b'\n'
        } else {
            b' '
        };
        self.code.push(kept);
        self.at += 1;
    }

    fn blank_while(&mut self, goes_on: impl Fn(&Self) -> bool) {
        while self.at < self.bytes.len() && goes_on(self) {
            self.blank();
        }
    }

    fn blank_many(&mut self, count: usize) {
        let end = self.at + count;
        self.blank_while(|splitter| splitter.at < end);
    }

    /// Comments like these may stand inside each other.
    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek(0) {
            match (byte, self.peek(1)) {
                (b'/', Some(b'*')) => {
                    depth += 1;
                    self.blank_many(2);
                }
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    self.blank_many(2);
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.blank(),
            }
        }
    }

    fn plain_literal(&mut self) {
        let start = self.at;
        self.blank();
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.blank_many(2),
                b'"' => break,
                _ => self.blank(),
            }
        }
        self.finish_literal(start, start + 1, 1);
    }

    fn raw_literal(&mut self) {
        let start = self.at;
        let marks = self.raw_marks().unwrap_or(0);
        self.blank_many(marks + 2);
        let end = format!("\"{}", "#".repeat(marks));
        self.blank_while(|splitter| !splitter.rest().starts_with(end.as_bytes()));
        self.finish_literal(start, start + marks + 2, end.len());
    }

    /// Keeps what stands between the marks and steps over the closing one.
    fn finish_literal(&mut self, start: usize, content: usize, closing: usize) {
        let text = self
            .text
            .get(content..self.at)
            .unwrap_or_default()
            .to_owned();
        self.literals.push(Literal { start, text });
        self.blank_many(closing);
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The number of `#` in `r##"`, or nothing when this is no raw text.
    fn raw_marks(&self) -> Option<usize> {
        let after = self.bytes.get(self.at + 1..)?;
        let marks = after.iter().take_while(|byte| **byte == b'#').count();
        (after.get(marks) == Some(&b'"')).then_some(marks)
    }

    /// Says whether an `r` here is the end of a name; `br` and `cr` open texts as well.
    fn is_inside_name(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        let before = before.strip_suffix(['b', 'c']).unwrap_or(before);
        before.chars().next_back().is_some_and(is_name_letter)
    }

    /// A single letter in quotes is blanked, the name of a lifetime is kept.
    fn quote(&mut self) {
        let letters = self.text.get(self.at + 1..).unwrap_or_default();
        let first = letters.chars().next().map_or(0, char::len_utf8);
        if self.peek(1) == Some(b'\\') {
            self.blank_many(3);
            self.blank_while(|splitter| splitter.peek(0) != Some(b'\''));
            self.blank();
        } else if self.peek(1 + first) == Some(b'\'') {
            self.blank_many(first + 2);
        } else {
            self.keep();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        RustText::new(text).code
    }

    fn literals(text: &str) -> Vec<String> {
        RustText::new(text)
            .literals
            .into_iter()
            .map(|literal| literal.text)
            .collect()
    }

    #[test]
    fn comments_and_texts_are_blanked_and_positions_stay() {
        let text = "let a = \"x{\"; // }\n/* { /* } */ */ b";
        let blanked = code(text);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(
            blanked.split_whitespace().collect::<Vec<_>>(),
            ["let", "a", "=", ";", "b"]
        );
    }

    #[test]
    fn texts_of_every_kind_are_found() {
        let text = r##"f("a\"b", r#"c"d"#, b"e", br"f", r"g\")"##;
        assert_eq!(literals(text), ["a\\\"b", "c\"d", "e", "f", "g\\"]);
    }

    #[test]
    fn letters_in_quotes_are_no_texts_and_lifetimes_are_code() {
        let text =
            "fn a<'x>(b: &'x str) { b.find('\"'); b.find('é'); b.find('\\''); b.find('\\u{e9}') }";
        assert!(literals(text).is_empty());
        assert!(code(text).contains("&'x str"));
        assert_eq!(code(text).matches('}').count(), 1);
    }

    #[test]
    fn a_name_that_ends_in_r_does_not_open_a_raw_text() {
        assert_eq!(literals("matcher!{\"a\"} for\"b\""), ["a", "b"]);
        assert_eq!(code("r#type = 1"), "r#type = 1");
    }

    #[test]
    fn items_for_tests_are_known_with_their_whole_body() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { if x {} } }\nfn c() {}";
        let rust = RustText::new(text);
        assert!(!rust.is_in_test(text.find("fn a").unwrap()));
        assert!(rust.is_in_test(text.find("fn b").unwrap()));
        assert!(!rust.is_in_test(text.find("fn c").unwrap()));
    }

    #[test]
    fn a_module_for_tests_in_its_own_file_ends_at_the_semicolon() {
        let text = "#[cfg(test)]\nmod tests;\nfn a() {}";
        assert!(!RustText::new(text).is_in_test(text.find("fn a").unwrap()));
    }

    #[test]
    fn attributes_are_known_with_their_brackets() {
        let text = "#[error(\"a {0:?} b\", [1])]\nfn a() {}";
        let rust = RustText::new(text);
        assert!(rust.is_in_attribute(text.find('"').unwrap()));
        assert!(!rust.is_in_attribute(text.find("fn a").unwrap()));
    }

    #[test]
    fn words_are_found_only_whole() {
        let rust = RustText::new("app.a(); my_app.b(); apple.c()");
        assert_eq!(rust.words("app").collect::<Vec<_>>(), [0]);
    }
}
