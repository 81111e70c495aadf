//! Rows of a CSV file.

use std::{fs::File, io, path::Path};

use super::{
    error::{RowError, TableError},
    options::{OpenOptions, TableFormat, TableKind},
    reader::{Position, Row},
    sniff::{separator_line, sniff_delimiter, sniff_encoding},
    splitter::Splitter,
    text::TextStream,
};
use crate::formula::unguard;

/// Reads and decodes a file, one row at a time.
pub(super) struct CsvRows {
    stream: TextStream,
    splitter: Splitter,
    removes_formula_guard: bool,
    is_done: bool,
}

impl CsvRows {
    /// Learns the dialect of a file of which `head` is the beginning.
    pub(super) fn open(
        mut file: File,
        head: &[u8],
        path: &Path,
        options: &OpenOptions,
    ) -> Result<(Self, TableFormat), TableError> {
        let io = |source: io::Error| TableError::Io {
            path: path.into(),
            source,
        };
        let encoding = sniff_encoding(&mut file, head, options.encoding, path)?;
        let mut stream = TextStream::new(file, encoding.standard()).map_err(io)?;
        let named = separator_line(stream.peek().map_err(io)?);
        if let Some((_, bytes)) = named {
            stream.consume(bytes);
        }
        let known = options.delimiter.or(named.map(|(delimiter, _)| delimiter));
        let sample = stream.peek().map_err(io)?.to_vec();
        let delimiter =
            known.unwrap_or_else(|| sniff_delimiter(&sample, stream.is_at_end(), options.limits));
        let format = TableFormat {
            kind: TableKind::Csv,
            delimiter: Some(delimiter),
            encoding: Some(encoding),
            sheet: None,
            sheets: Vec::new(),
        };
        let rows = Self {
            stream,
            splitter: Splitter::new(delimiter, options.limits),
            removes_formula_guard: options.removes_formula_guard,
            is_done: false,
        };
        Ok((rows, format))
    }

    /// The next row as it stands in the file.
    pub(super) fn next_row(&mut self) -> Option<Result<Row, RowError>> {
        if self.is_done {
            return None;
        }
        let row = loop {
            let piece = match self.stream.peek() {
                Ok(piece) => piece,
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(RowError::Broken {
                        row: self.splitter.row(),
                        detail: error.to_string(),
                    }));
                }
            };
            if piece.is_empty() {
                self.is_done = true;
                break self.splitter.finish()?;
            }
            let (used, row) = self.splitter.feed(piece);
            self.stream.consume(used);
            if let Some(row) = row {
                break row;
            }
        };
        Some(row.map(|row| self.without_guards(row)))
    }

    /// How many bytes of the file were read.
    pub(super) fn position(&self) -> Position {
        Position {
            done: self.stream.bytes_read(),
            total: self.stream.bytes_total(),
        }
    }

    fn without_guards(&self, mut row: Row) -> Row {
        if self.removes_formula_guard {
            for cell in &mut row.cells {
                if unguard(cell).len() < cell.len() {
                    cell.remove(0);
                }
            }
        }
        row
    }
}
