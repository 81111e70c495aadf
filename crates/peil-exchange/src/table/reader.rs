//! One reader for every kind of table: a header with unique names, and rows that fit under it.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, Cursor},
    path::Path,
    sync::Arc,
};

use super::{
    archive,
    csv::CsvRows,
    error::{RowError, TableError},
    options::{OpenOptions, TableFormat, TableKind},
    sniff::sniff_kind,
    text::{PIECE_BYTES, read_full},
    workbook::SheetRows,
};

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number that a spreadsheet program shows beside the row: the header of a file without
    /// empty rows is 1, the first row below it 2. A cell with line breaks does not count double,
    /// empty rows do count, the line `sep=;` does not.
    pub number: u64,
    /// The texts of the cells, as many as the header has.
    pub cells: Vec<String>,
}

impl Row {
    /// Whether no cell holds anything but white space.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// How far a reader is. Bytes for text, rows for a workbook; an estimate, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// What was read.
    pub done: u64,
    /// What there is to read, never less than `done`.
    pub total: u64,
}

/// Reads a table row by row; made by [`open`].
pub struct TableReader {
    source: Source,
    format: TableFormat,
    header: Vec<String>,
}

enum Source {
    Csv(Box<CsvRows>),
    Xlsx(SheetRows),
}

/// Opens a CSV or XLSX file and reads its header, the first row with anything in it.
///
/// # Errors
/// When the file is not a table, is damaged, unpacks too large, or has no header.
pub fn open(path: &Path, options: &OpenOptions) -> Result<TableReader, TableError> {
    let io = |source: io::Error| TableError::Io {
        path: path.into(),
        source,
    };
    let mut file = File::open(path).map_err(io)?;
    let mut head = vec![0; PIECE_BYTES];
    let read = read_full(&mut file, &mut head).map_err(io)?;
    head.truncate(read);
    if head.is_empty() {
        return Err(TableError::Empty { path: path.into() });
    }
    let (source, format) = match sniff_kind(&head, path)? {
        TableKind::Csv => {
            let (rows, format) = CsvRows::open(file, &head, path, options)?;
            (Source::Csv(Box::new(rows)), format)
        }
        TableKind::Xlsx => {
            archive::check(file, path, &options.limits)?;
            let file = File::open(path).map_err(io)?;
            let (rows, format) = SheetRows::open(file, path, options)?;
            (Source::Xlsx(rows), format)
        }
    };
    with_header(source, format, path)
}

/// Opens a sheet of an XLSX workbook that is in memory, as [`open`] does.
///
/// # Errors
/// When the bytes are no workbook, are damaged, unpack too large, or the sheet has no header. The
/// name stands in the error in place of a path.
pub fn open_bytes(
    bytes: &Arc<[u8]>,
    name: &Path,
    options: &OpenOptions,
) -> Result<TableReader, TableError> {
    let head = bytes.get(..bytes.len().min(PIECE_BYTES));
    match sniff_kind(head.unwrap_or_default(), name)? {
        TableKind::Csv => Err(TableError::NotAWorkbook { path: name.into() }),
        TableKind::Xlsx => {
            archive::check(Cursor::new(Arc::clone(bytes)), name, &options.limits)?;
            let source = Cursor::new(Arc::clone(bytes));
            let (rows, format) = SheetRows::open(source, name, options)?;
            with_header(Source::Xlsx(rows), format, name)
        }
    }
}

fn with_header(
    source: Source,
    format: TableFormat,
    path: &Path,
) -> Result<TableReader, TableError> {
    let mut reader = TableReader {
        source,
        format,
        header: Vec::new(),
    };
    let names = match reader.next_filled() {
        Some(Ok(row)) => row.cells,
        Some(Err(source)) => {
            return Err(TableError::Header {
                path: path.into(),
                source,
            });
        }
        None => return Err(TableError::Empty { path: path.into() }),
    };
    reader.header = unique_names(names);
    Ok(reader)
}

impl TableReader {
    /// The names of the columns, without white space around them, every name once.
    ///
    /// A column without a name is called `column 3`, a second `naam` is called `naam (2)`.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// What kind of file this turned out to be.
    #[must_use]
    pub fn format(&self) -> &TableFormat {
        &self.format
    }

    /// How far the reader is.
    #[must_use]
    pub fn position(&self) -> Position {
        match &self.source {
            Source::Csv(rows) => rows.position(),
            Source::Xlsx(rows) => rows.position(),
        }
    }

    /// The next row with anything in it; `None` at the end.
    ///
    /// A short row is filled up with empty cells. After an error the next row can be asked for,
    /// unless [`RowError::ends_the_table`].
    pub fn next_row(&mut self) -> Option<Result<Row, RowError>> {
        let row = self.next_filled()?;
        Some(row.and_then(|row| self.fit(row)))
    }

    fn next_filled(&mut self) -> Option<Result<Row, RowError>> {
        loop {
            let row = match &mut self.source {
                Source::Csv(rows) => rows.next_row()?,
                Source::Xlsx(rows) => rows.next_row()?,
            };
            match row {
                Ok(row) if row.is_blank() => {}
                other => return Some(other),
            }
        }
    }

    fn fit(&self, mut row: Row) -> Result<Row, RowError> {
        let expected = self.header.len();
        let mut surplus = row.cells.iter().skip(expected);
        if surplus.any(|cell| !cell.trim().is_empty()) {
            return Err(RowError::TooManyCells {
                row: row.number,
                expected,
                cells: row.cells,
            });
        }
        row.cells.resize(expected, String::new());
        Ok(row)
    }
}

impl Iterator for TableReader {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row()
    }
}

fn unique_names(names: Vec<String>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut unique = Vec::with_capacity(names.len());
    for (index, name) in names.into_iter().enumerate() {
        let mut wanted = name
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
            .to_owned();
        if wanted.is_empty() {
            wanted = format!("column {}", index + 1);
        }
        let mut chosen = wanted.clone();
        let mut number = 2;
        while !taken.insert(chosen.clone()) {
            chosen = format!("{wanted} ({number})");
            number += 1;
        }
        unique.push(chosen);
    }
    unique
}

#[cfg(test)]
mod unique_name_tests {
    use super::*;

    #[test]
    fn every_column_gets_a_name_of_its_own() {
        let names = [" naam ", "", "naam", "naam (2)", "\u{FEFF}x\u{A0}", "naam"];
        let names = unique_names(names.map(str::to_owned).to_vec());
        assert_eq!(
            names,
            [
                "naam",
                "column 2",
                "naam (2)",
                "naam (2) (2)",
                "x",
                "naam (3)"
            ]
        );
    }
}
