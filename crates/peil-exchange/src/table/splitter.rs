//! Cuts delimited text into rows.
//!
//! This is done here and not by a library because an import must know two things that lenient
//! readers hide: that a row is too large *before* it is held in memory, and that a quote is stray
//! or never closed, which would otherwise swallow the rows behind it without a word.
//!
//! Rules: RFC 4180 with any line end (`\n`, `\r\n`, `\r`), quotes only at the start of a cell, and
//! spaces allowed after a closing quote.

use super::{
    error::RowError,
    options::{Delimiter, Limits},
    reader::Row,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// Behind a quote inside a quoted cell: the end, or the first half of a doubled quote.
    QuoteSeen,
    /// Behind the end of a quoted cell and a space.
    Closed,
}

/// Takes UTF-8 text in pieces of any size and gives rows.
#[derive(Debug)]
pub(super) struct Splitter {
    delimiter: u8,
    limits: Limits,
    state: State,
    skips_line_feed: bool,
    row: u64,
    cell: Vec<u8>,
    cells: Vec<String>,
    row_bytes: usize,
    /// What is wrong with the row so far; the first fault counts.
    fault: Option<RowError>,
    /// Whether the rest of this cell is thrown away because it is too large.
    drops_cell: bool,
}

impl Splitter {
    pub(super) fn new(delimiter: Delimiter, limits: Limits) -> Self {
        Self {
            delimiter: delimiter.as_byte(),
            limits,
            state: State::CellStart,
            skips_line_feed: false,
            row: 1,
            cell: Vec::new(),
            cells: Vec::new(),
            row_bytes: 0,
            fault: None,
            drops_cell: false,
        }
    }

    /// The number of the row that is being read.
    pub(super) fn row(&self) -> u64 {
        self.row
    }

    /// Reads up to the end of a row; says how many bytes were used and what row was completed.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> (usize, Option<Result<Row, RowError>>) {
        let mut rest = bytes;
        while let Some((&byte, behind)) = rest.split_first() {
            if std::mem::take(&mut self.skips_line_feed) && byte == b'\n' {
                rest = behind;
                continue;
            }
            match self.state {
                State::CellStart if byte == b'"' => {
                    self.state = State::Quoted;
                    rest = behind;
                }
                State::CellStart => self.state = State::Plain,
                State::Plain => {
                    let delimiter = self.delimiter;
                    let stop = |b: &u8| *b == delimiter || *b == b'\n' || *b == b'\r';
                    let (text, after) =
                        rest.split_at(rest.iter().position(stop).unwrap_or(rest.len()));
                    self.keep(text);
                    rest = after;
                    if let Some((&stop, behind)) = after.split_first() {
                        rest = behind;
                        self.end_cell();
                        if stop != delimiter {
                            self.skips_line_feed = stop == b'\r';
                            return (bytes.len() - rest.len(), Some(self.end_row()));
                        }
                    }
                }
                State::Quoted => {
                    let end = rest.iter().position(|b| *b == b'"').unwrap_or(rest.len());
                    let (text, after) = rest.split_at(end);
                    self.keep(text);
                    rest = after.get(1..).unwrap_or_default();
                    if !after.is_empty() {
                        self.state = State::QuoteSeen;
                    }
                }
                State::QuoteSeen if byte == b'"' => {
                    self.keep(b"\"");
                    self.state = State::Quoted;
                    rest = behind;
                }
                State::QuoteSeen | State::Closed => {
                    if byte == b' ' {
                        self.state = State::Closed;
                        rest = behind;
                        continue;
                    }
                    if byte != self.delimiter && byte != b'\n' && byte != b'\r' {
                        let (row, column) = self.place();
                        self.find_fault(RowError::StrayQuote { row, column });
                    }
                    self.state = State::Plain;
                }
            }
        }
        (bytes.len(), None)
    }

    /// The last row, when the text does not end with a line end.
    pub(super) fn finish(&mut self) -> Option<Result<Row, RowError>> {
        if self.state == State::CellStart && self.cells.is_empty() && self.fault.is_none() {
            return None;
        }
        if self.state == State::Quoted {
            // Worse than any fault before it: the rows behind are lost.
            let (row, column) = self.place();
            self.fault = Some(RowError::UnclosedQuote { row, column });
        }
        self.end_cell();
        Some(self.end_row())
    }

    fn place(&self) -> (u64, usize) {
        (self.row, self.cells.len() + 1)
    }

    fn find_fault(&mut self, fault: RowError) {
        self.fault.get_or_insert(fault);
    }

    fn keep(&mut self, text: &[u8]) {
        if self.drops_cell {
            return;
        }
        let (row, column) = self.place();
        if self.cell.len() + text.len() > self.limits.max_cell_bytes {
            self.find_fault(RowError::CellTooLarge {
                row,
                column,
                limit_bytes: self.limits.max_cell_bytes,
            });
        } else if self.row_bytes + text.len() > self.limits.max_row_bytes {
            self.find_fault(RowError::RowTooLarge {
                row,
                limit_bytes: self.limits.max_row_bytes,
            });
        } else {
            self.row_bytes += text.len();
            self.cell.extend_from_slice(text);
            return;
        }
        self.drops_cell = true;
        self.cell = Vec::new();
    }

    fn end_cell(&mut self) {
        self.state = State::CellStart;
        self.drops_cell = false;
        let bytes = std::mem::take(&mut self.cell);
        let (row, column) = self.place();
        if column > self.limits.max_columns {
            self.find_fault(RowError::TooManyColumns {
                row,
                limit: self.limits.max_columns,
            });
            return;
        }
        if bytes.contains(&0) {
            self.find_fault(RowError::NulCharacter { row, column });
        }
        // The text is valid UTF-8 and is only cut at ASCII characters, so nothing is replaced.
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned());
        self.cells.push(text);
    }

    fn end_row(&mut self) -> Result<Row, RowError> {
        let number = self.row;
        self.row += 1;
        self.row_bytes = 0;
        let width = self.cells.len();
        let cells = std::mem::replace(&mut self.cells, Vec::with_capacity(width));
        match self.fault.take() {
            Some(fault) => Err(fault),
            None => Ok(Row { number, cells }),
        }
    }
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;

    fn split(text: &str, piece: usize) -> Vec<Result<Row, RowError>> {
        let mut splitter = Splitter::new(Delimiter::Semicolon, Limits::default());
        let mut rows = Vec::new();
        for piece in text.as_bytes().chunks(piece) {
            let mut rest = piece;
            while !rest.is_empty() {
                let (used, row) = splitter.feed(rest);
                rows.extend(row);
                rest = rest.get(used..).unwrap();
            }
        }
        rows.extend(splitter.finish());
        rows
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        split(text, 3)
            .into_iter()
            .map(|row| row.unwrap().cells)
            .collect()
    }

    #[test]
    fn text_is_cut_at_delimiters_and_line_ends_outside_quotes() {
        for (text, expected) in [
            ("a;b\nc;d", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a;b\r\nc;d\r\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a\rb\r", vec![vec!["a"], vec!["b"]]),
            ("a;\n;b\n", vec![vec!["a", ""], vec!["", "b"]]),
            ("a;", vec![vec!["a", ""]]),
            ("a\n\nb", vec![vec!["a"], vec![""], vec!["b"]]),
            ("\"a;b\";c", vec![vec!["a;b", "c"]]),
            ("\"a\r\nb\";c\nd", vec![vec!["a\r\nb", "c"], vec!["d"]]),
            ("\"a \"\"b\"\"\";c", vec![vec!["a \"b\"", "c"]]),
            ("\"\";\"\"", vec![vec!["", ""]]),
            ("\"a\"  ;b", vec![vec!["a", "b"]]),
            ("5\" buis;b", vec![vec!["5\" buis", "b"]]),
            ("", vec![]),
        ] {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }

    #[test]
    fn quotes_that_do_not_fit_are_named_and_the_reader_goes_on_where_it_can() {
        let rows = split("a;b\n1;\"x\"y\n2;z\n", 5);
        assert_eq!(
            rows.get(1),
            Some(&Err(RowError::StrayQuote { row: 2, column: 2 }))
        );
        assert_eq!(rows.last().unwrap().as_ref().unwrap().cells, ["2", "z"]);

        let rows = split("a;b\n1;\"x\n2;z\n", 5);
        assert_eq!(
            rows.last(),
            Some(&Err(RowError::UnclosedQuote { row: 2, column: 2 }))
        );
        assert_eq!(
            split("\"", 1),
            [Err(RowError::UnclosedQuote { row: 1, column: 1 })]
        );
        assert_eq!(
            split("\"a\" \"b\"", 1),
            [Err(RowError::StrayQuote { row: 1, column: 1 })]
        );
    }

    proptest! {
        #[test]
        fn well_formed_text_is_read_as_the_csv_library_reads_it(
            table in proptest::collection::vec(proptest::collection::vec("[a;\"\r\n é]{0,6}", 3), 1..6),
            piece in 1_usize..9,
        ) {
            let mut writer = ::csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let rows: Vec<_> = split(&text, piece).into_iter().map(|row| row.unwrap().cells).collect();
            prop_assert_eq!(rows, table);
        }

        #[test]
        fn any_text_is_read_the_same_in_pieces_of_any_size(text in "[a;\"\r\n\0 é]{0,40}", piece in 1_usize..9) {
            prop_assert_eq!(split(&text, piece), split(&text, 1_000));
        }
    }
}
