//! Rows of delimited text that is in memory already.

use super::{
    error::RowError,
    options::Limits,
    reader::Row,
    sniff::{separator_line, sniff_delimiter},
    splitter::Splitter,
};

/// Bytes by which the delimiter is judged.
const SAMPLE_BYTES: usize = 64 << 10;

/// The rows of a text, the header among them, as they stand there.
pub(crate) fn rows_of(text: &str) -> impl Iterator<Item = Result<Row, RowError>> + use<'_> {
    let bytes = text.as_bytes();
    let named = separator_line(bytes);
    let mut rest = bytes
        .get(named.map_or(0, |(_, length)| length)..)
        .unwrap_or_default();
    let limits = Limits::default();
    let sample = rest.get(..rest.len().min(SAMPLE_BYTES)).unwrap_or_default();
    let sniffed = || sniff_delimiter(sample, sample.len() == rest.len(), limits);
    let delimiter = named.map_or_else(sniffed, |(delimiter, _)| delimiter);
    let mut splitter = Splitter::new(delimiter, limits);
    let mut is_done = false;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (used, row) = splitter.feed(rest);
            rest = rest.get(used..).unwrap_or_default();
            if row.is_some() {
                return row;
            }
        }
        if std::mem::replace(&mut is_done, true) {
            return None;
        }
        splitter.finish()
    })
}
