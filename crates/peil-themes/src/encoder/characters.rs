//! Replaces characters by the ones that the vocabulary was made with, by the table that comes with it.
//!
//! Section `CHAR`: u32 length in bytes of a double-array trie (darts-clone) of u32 units, the units, then the
//! replacements, each ended by a zero. A key is a run of bytes of the text, its value where the replacement begins.

use super::file::{Bytes, EncoderError};

/// Stands for a blank in pieces.
const BLANK: &str = "\u{2581}";
/// Longer keys and replacements than this are in no table that was made from Unicode.
const LONGEST: usize = 128;

pub(super) struct Characters {
    units: Vec<u32>,
    replacements: Vec<u8>,
}

impl Characters {
    pub(super) fn read(section: &[u8]) -> Result<Self, EncoderError> {
        let mut bytes = Bytes::new(section, "its table of characters");
        let length = bytes.count()?;
        let mut trie = Bytes::new(bytes.take(length)?, "its table of characters");
        let units = (0..length / 4)
            .map(|_| trie.whole())
            .collect::<Result<_, _>>()?;
        Ok(Self {
            units,
            replacements: bytes.take(bytes.left())?.to_vec(),
        })
    }

    /// The text with blanks between words shown as pieces show them; empty when there is nothing but blanks.
    pub(super) fn normalised(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 4 + BLANK.len());
        out.push_str(BLANK);
        let mut rest = text;
        let mut is_after_blank = true;
        while let Some((replacement, length)) = self.next(rest) {
            let replacement = if is_after_blank {
                replacement.trim_start_matches(' ')
            } else {
                replacement
            };
            for (number, part) in replacement.split(' ').enumerate() {
                if number > 0 {
                    out.push_str(BLANK);
                }
                out.push_str(part);
            }
            if !replacement.is_empty() {
                is_after_blank = replacement.ends_with(' ');
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        out.truncate(out.trim_end_matches(BLANK).len());
        out
    }

    /// What the beginning of a text is replaced by, and how many bytes that beginning has.
    fn next<'a>(&'a self, text: &'a str) -> Option<(&'a str, usize)> {
        let first = text.chars().next()?;
        let (start, length) = self.longest_key(text.as_bytes());
        if length > 0
            && text.is_char_boundary(length)
            && let Some(replacement) = self.replacement(start)
        {
            return Some((replacement, length));
        }
        text.get(..first.len_utf8())
            .map(|character| (character, first.len_utf8()))
    }

    /// The value of the longest key that the text begins with, and its length.
    fn longest_key(&self, text: &[u8]) -> (usize, usize) {
        let unit = |place: u32| {
            usize::try_from(place)
                .ok()
                .and_then(|place| self.units.get(place))
                .copied()
        };
        let children = |unit: u32| (unit >> 10) << ((unit & 0x200) >> 6);
        let mut found = (0, 0);
        let Some(root) = unit(0) else {
            return found;
        };
        let mut place = children(root);
        for (index, byte) in text.iter().take(LONGEST).enumerate() {
            let byte = u32::from(*byte);
            place ^= byte;
            let Some(here) = unit(place).filter(|here| here & 0x8000_00ff == byte) else {
                break;
            };
            place ^= children(here);
            if here & 0x100 != 0
                && let Some(leaf) = unit(place)
            {
                found = (
                    usize::try_from(leaf & 0x7fff_ffff).unwrap_or(usize::MAX),
                    index + 1,
                );
            }
        }
        found
    }

    fn replacement(&self, start: usize) -> Option<&str> {
        let from = self.replacements.get(start..)?;
        let from = from.get(..LONGEST).unwrap_or(from);
        let end = from.iter().position(|byte| *byte == 0)?;
        from.get(..end)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
    }
}
