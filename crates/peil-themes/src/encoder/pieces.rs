//! Cuts a text into the pieces of the vocabulary whose scores add up highest (Viterbi over a unigram model).
//! Source: Kudo, Subword Regularization, 2018.
//!
//! Section `PIEC`: u32 number of pieces, f64 score of a character that no piece has, then per piece u32 number, f32
//! score, u8 length and UTF-8. The first three are the unknown piece, the beginning and the end of a text.

use std::collections::BTreeSet;

use super::characters::Characters;
use super::file::{Bytes, EncoderError};

/// Rows of the pieces that stand for something else than letters.
pub(super) const UNKNOWN: usize = 0;
pub(super) const BEGIN: usize = 1;
pub(super) const END: usize = 2;

/// More is not read of a text: what comes after says little about a sentence, and a page of letters costs time.
const MOST_BYTES: usize = 8_192;

/// A place in the tree of all pieces.
#[derive(Clone, Default)]
struct Node {
    /// The byte that leads here.
    byte: u8,
    /// Where its children are, ordered by byte.
    children: (u32, u32),
    /// The row of the piece that ends here.
    row: Option<u32>,
}

pub(super) struct Pieces {
    characters: Characters,
    nodes: Vec<Node>,
    numbers: Vec<u32>,
    scores: Vec<f32>,
    score_of_unknown: f64,
}

/// The best way to cut the text up to a place.
#[derive(Clone, Copy)]
struct Best {
    score: f64,
    start: usize,
    row: usize,
}

impl Pieces {
    pub(super) fn read(characters: &[u8], section: &[u8]) -> Result<Self, EncoderError> {
        let mut bytes = Bytes::new(section, "its pieces");
        let count = bytes.count()?;
        // Every piece takes nine bytes and more.
        if count > section.len() / 9 || count <= END {
            return Err(EncoderError::wrong("the number of its pieces"));
        }
        let score_of_unknown = bytes.long_real()?;
        let mut texts = Vec::with_capacity(count);
        let (mut numbers, mut scores) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for _ in 0..count {
            numbers.push(bytes.whole()?);
            scores.push(bytes.real()?);
            let length = usize::from(bytes.byte()?);
            let text = std::str::from_utf8(bytes.take(length)?)
                .map_err(|_| EncoderError::wrong("a piece that is no UTF-8"))?;
            if text.is_empty() {
                return Err(EncoderError::wrong("a piece without letters"));
            }
            texts.push(text);
        }
        if !bytes.is_empty() {
            return Err(EncoderError::wrong("its pieces: more than it says"));
        }
        if texts.iter().collect::<BTreeSet<_>>().len() != count {
            return Err(EncoderError::wrong("a piece that is there twice"));
        }
        Ok(Self {
            characters: Characters::read(characters)?,
            nodes: tree(&texts),
            numbers,
            scores,
            score_of_unknown,
        })
    }

    pub(super) const fn count(&self) -> usize {
        self.numbers.len()
    }

    /// The number that a row has in the whole vocabulary.
    pub(super) fn number(&self, row: usize) -> u32 {
        self.numbers.get(row).copied().unwrap_or_default()
    }

    /// The rows of the pieces of a text, without its beginning and end; none when it has nothing but blanks.
    pub(super) fn rows(&self, text: &str) -> Vec<usize> {
        let text = text
            .get(..text.floor_char_boundary(MOST_BYTES))
            .unwrap_or_default();
        let text = self.characters.normalised(text);
        let text = text
            .get(..text.floor_char_boundary(MOST_BYTES))
            .unwrap_or_default();
        let none = Best {
            score: f64::NEG_INFINITY,
            start: 0,
            row: UNKNOWN,
        };
        let mut best = vec![none; text.len() + 1];
        if let Some(first) = best.first_mut() {
            first.score = 0.0;
        }
        for (start, character) in text.char_indices() {
            let Some(before) = best.get(start).map(|best| best.score) else {
                break;
            };
            let single = start + character.len_utf8();
            let mut has_single = false;
            let mut improve = |end: usize, row: usize, score: f64| {
                if let Some(best) = best.get_mut(end)
                    && before + score > best.score
                {
                    *best = Best {
                        score: before + score,
                        start,
                        row,
                    };
                }
            };
            for (length, row) in self.beginnings(text.as_bytes().get(start..).unwrap_or_default()) {
                let score = self.scores.get(row).copied().unwrap_or_default();
                has_single |= start + length == single;
                improve(start + length, row, f64::from(score));
            }
            if !has_single {
                improve(single, UNKNOWN, self.score_of_unknown);
            }
        }
        let mut rows = Vec::new();
        let mut end = text.len();
        while end > 0
            && let Some(best) = best.get(end)
        {
            rows.push(best.row);
            end = best.start;
        }
        rows.reverse();
        rows
    }

    /// All pieces that a text begins with, by length, with their rows.
    fn beginnings(&self, text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
        let mut node = self.nodes.first();
        text.iter()
            .enumerate()
            .map_while(move |(index, byte)| {
                let (from, to) = node?.children;
                let from = usize::try_from(from).ok()?;
                let children = self.nodes.get(from..usize::try_from(to).ok()?)?;
                let place = children
                    .binary_search_by_key(byte, |child| child.byte)
                    .ok()?;
                node = children.get(place);
                node.map(|node| (index + 1, node.row))
            })
            .filter_map(|(length, row)| Some((length, usize::try_from(row?).ok()?)))
    }
}

/// The tree of the pieces, level by level, so that the children of a node stand together.
fn tree(texts: &[&str]) -> Vec<Node> {
    let mut ordered: Vec<(&[u8], u32)> = (0_u32..)
        .zip(texts)
        .map(|(row, text)| (text.as_bytes(), row))
        .collect();
    ordered.sort_unstable();
    let mut nodes = vec![Node::default()];
    // Nodes whose children are still to be made, with their pieces and how many bytes lead to them.
    let mut open = std::collections::VecDeque::from([(0, ordered.as_slice(), 0)]);
    while let Some((index, mut pieces, depth)) = open.pop_front() {
        if let Some(((text, row), rest)) = pieces.split_first()
            && text.len() == depth
        {
            if let Some(node) = nodes.get_mut(index) {
                node.row = Some(*row);
            }
            pieces = rest;
        }
        let from = nodes.len();
        for group in pieces.chunk_by(|(one, _), (other, _)| one.get(depth) == other.get(depth)) {
            let byte = group.first().and_then(|(text, _)| text.get(depth).copied());
            open.push_back((nodes.len(), group, depth + 1));
            nodes.push(Node {
                byte: byte.unwrap_or_default(),
                ..Node::default()
            });
        }
        let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let children = (place(from), place(nodes.len()));
        if let Some(node) = nodes.get_mut(index) {
            node.children = children;
        }
    }
    nodes
}
