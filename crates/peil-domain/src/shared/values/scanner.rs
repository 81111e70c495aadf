//! Walks through a short text from left to right.

/// What is left of a text to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// A whole run of digits of an allowed length: its value, and how many digits it has.
    pub(super) fn number(
        &mut self,
        digits: std::ops::RangeInclusive<usize>,
    ) -> Option<(i32, usize)> {
        let run = self.take_while(|c| c.is_ascii_digit());
        if digits.contains(&run.len()) {
            Some((run.parse().ok()?, run.len()))
        } else {
            None
        }
    }

    /// A run of letters, which may be empty.
    pub(super) fn word(&mut self) -> &'a str {
        self.take_while(char::is_alphabetic)
    }

    /// Skips white space and says whether there was any.
    pub(super) fn spaces(&mut self) -> bool {
        !self.take_while(char::is_whitespace).is_empty()
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        self.eat_any(&[wanted]).is_some()
    }

    pub(super) fn eat_any(&mut self, wanted: &[char]) -> Option<char> {
        let first = self.rest.chars().next().filter(|c| wanted.contains(c))?;
        self.rest = self.rest.get(first.len_utf8()..)?;
        Some(first)
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}
