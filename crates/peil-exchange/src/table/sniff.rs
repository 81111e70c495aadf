//! Finds out by content what a file is: its kind, encoding and delimiter.

use std::{fs::File, io, path::Path};

use super::{
    error::{RowError, TableError},
    options::{Delimiter, Limits, TableKind, TextEncoding},
    reader::Row,
    splitter::Splitter,
    text::{first_malformed, line_at, look_for_utf8},
};

const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const MARKUP: [&str; 4] = ["<!doctype", "<html", "<table", "<?xml"];
const BYTE_ORDER_MARKS: [(&[u8], TextEncoding); 3] = [
    (b"\xEF\xBB\xBF", TextEncoding::Utf8),
    (b"\xFF\xFE", TextEncoding::Utf16Le),
    (b"\xFE\xFF", TextEncoding::Utf16Be),
];

/// Says whether a file that starts with `head` is text or a workbook.
pub(super) fn sniff_kind(head: &[u8], path: &Path) -> Result<TableKind, TableError> {
    if ZIP.iter().any(|magic| head.starts_with(magic)) {
        return Ok(TableKind::Xlsx);
    }
    if head.starts_with(OLE) {
        return Err(TableError::OldOrProtected { path: path.into() });
    }
    let start = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .trim_ascii_start();
    let starts_with = |tag: &&str| {
        start
            .get(..tag.len())
            .is_some_and(|bytes| bytes.eq_ignore_ascii_case(tag.as_bytes()))
    };
    if MARKUP.iter().any(starts_with) {
        return Err(TableError::Markup { path: path.into() });
    }
    Ok(TableKind::Csv)
}

/// Finds the encoding of a text and makes sure that all of it can be read.
///
/// Without byte order mark or choice, text that is UTF-8 to the last byte is UTF-8. When it is not, but
/// more letters are right than wrong, it is UTF-8 that was damaged or put together from files of different
/// encodings: read in any other way, every accent in it would be wrong. Anything else is Windows-1252.
/// The whole file is looked at: the first `é` may stand on the last line.
pub(super) fn sniff_encoding(
    file: &mut File,
    head: &[u8],
    forced: Option<TextEncoding>,
    path: &Path,
) -> Result<TextEncoding, TableError> {
    let io = |source: io::Error| TableError::Io {
        path: path.into(),
        source,
    };
    let marked = BYTE_ORDER_MARKS
        .iter()
        .find(|(mark, _)| head.starts_with(mark))
        .map(|(_, encoding)| *encoding);
    let (encoding, wrong) = match forced.or(marked) {
        Some(known) => (known, first_malformed(file, known.standard()).map_err(io)?),
        None if head.contains(&0) => return Err(TableError::Binary { path: path.into() }),
        None => {
            let found = look_for_utf8(file).map_err(io)?;
            if found.malformed > 0 && found.letters <= found.malformed {
                return Ok(TextEncoding::Windows1252);
            }
            (TextEncoding::Utf8, found.first)
        }
    };
    let Some(offset) = wrong else {
        return Ok(encoding);
    };
    Err(TableError::WrongEncoding {
        path: path.into(),
        encoding: encoding.name(),
        line: line_at(file, offset.saturating_sub(1)).map_err(io)?,
        offset,
    })
}

/// Excel's first line `sep=;`: the delimiter it names, and its length in bytes with line end.
pub(super) fn separator_line(text: &[u8]) -> Option<(Delimiter, usize)> {
    let line = text.split_inclusive(|byte| *byte == b'\n').next()?;
    let bare = line.trim_ascii_end();
    // A tab as the named delimiter is itself white space at the end of the line.
    let named = line.get(..5).filter(|_| bare.len() <= 5).unwrap_or(bare);
    let named = named
        .strip_prefix(b"\"")
        .map_or(named, |inner| inner.strip_suffix(b"\"").unwrap_or(inner));
    let (word, delimiter) = named.split_at_checked(4)?;
    if !word.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    match delimiter {
        [byte] => Some((Delimiter::from_char(char::from(*byte))?, line.len())),
        _ => None,
    }
}

/// The delimiter under which the sample looks most like a table.
///
/// A delimiter must occur in the first row. The one that gives most rows as many cells as the
/// first row wins, then the one that gives most cells. Without any, the text is one column.
pub(super) fn sniff_delimiter(sample: &[u8], is_whole: bool, limits: Limits) -> Delimiter {
    let mut best = (Delimiter::Comma, 0, 1);
    for delimiter in Delimiter::ALL {
        let (per_mille, width) = regularity(sample, is_whole, delimiter, limits);
        if width > 1 && (per_mille, width) > (best.1, best.2) {
            best = (delimiter, per_mille, width);
        }
    }
    best.0
}

/// How many rows in a thousand are as wide as the first, and how wide that is.
fn regularity(
    sample: &[u8],
    is_whole: bool,
    delimiter: Delimiter,
    limits: Limits,
) -> (usize, usize) {
    let mut splitter = Splitter::new(delimiter, limits);
    let mut tally = Tally::default();
    let mut rest = sample;
    while !rest.is_empty() {
        let (used, row) = splitter.feed(rest);
        if let Some(row) = row {
            tally.add(&row);
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    // The last row of a sample may be cut short, unless it is the only one.
    let last = splitter.finish();
    if let Some(row) = last.filter(|_| is_whole || splitter.row() == 2) {
        tally.add(&row);
    }
    if tally.rows == 0 {
        return (0, tally.blank_width);
    }
    (tally.alike * 1_000 / tally.rows, tally.width)
}

#[derive(Default)]
struct Tally {
    /// Cells in the first row with anything in it.
    width: usize,
    rows: usize,
    /// Rows as wide as that first one.
    alike: usize,
    /// Cells in the widest row of nothing but delimiters.
    blank_width: usize,
}

impl Tally {
    fn add(&mut self, row: &Result<Row, RowError>) {
        let found = match row {
            Ok(row) if row.is_blank() => {
                self.blank_width = self.blank_width.max(row.cells.len());
                return;
            }
            Ok(row) => row.cells.len(),
            Err(_) => 0,
        };
        if self.rows == 0 {
            self.width = found;
        }
        self.rows += 1;
        self.alike += usize::from(found == self.width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_makes_the_most_regular_table() {
        for (text, delimiter) in [
            ("naam;cijfer\nJan;7,5\nPiet;8,0\n", Delimiter::Semicolon),
            ("name,score\nJan,7.5\nPiet,8\n", Delimiter::Comma),
            ("name\tscore\nJan, de\t7\n", Delimiter::Tab),
            ("name|score\na;b|7\n", Delimiter::Pipe),
            (
                "id;naam, voornaam;cijfer\n1;Jansen, Jan;8\n",
                Delimiter::Semicolon,
            ),
            (
                "name,remark\nJan,\"a;b;c\nd;e;f\"\nPiet,x\n",
                Delimiter::Comma,
            ),
            ("a;b;c", Delimiter::Semicolon),
            ("naam\nJansen, Jan\nPieters\n", Delimiter::Comma),
            ("e-mail\na@b.nl\n", Delimiter::Comma),
            ("", Delimiter::Comma),
            ("\n\na;b\n1;2\n", Delimiter::Semicolon),
            (";;\nnaam\n", Delimiter::Comma),
            (" ; \n", Delimiter::Semicolon),
        ] {
            assert_eq!(
                sniff_delimiter(text.as_bytes(), true, Limits::default()),
                delimiter,
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_separator_line_of_excel_is_recognised() {
        for (text, expected) in [
            ("sep=;\r\na;b", Some((Delimiter::Semicolon, 7))),
            ("SEP=,\na", Some((Delimiter::Comma, 6))),
            ("\"sep=|\"\na", Some((Delimiter::Pipe, 8))),
            ("sep=\t\na", Some((Delimiter::Tab, 6))),
            ("sep=;", Some((Delimiter::Semicolon, 5))),
            ("sep=x\na", None),
            ("sep=\na", None),
            ("separator;x\n", None),
            ("", None),
        ] {
            assert_eq!(separator_line(text.as_bytes()), expected, "{text:?}");
        }
    }
}
