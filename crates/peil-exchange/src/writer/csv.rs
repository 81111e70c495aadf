//! Cells as CSV.

use std::{
    fmt::Write as _,
    io::{self, BufWriter, Write},
};

use jiff::tz::TimeZone;

use super::{Cell, WriteError, Written};
use crate::{formula::guard, table::Delimiter};

/// How a CSV file looks. Encoding is always UTF-8, line ends are CRLF (RFC 4180).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvStyle {
    /// What stands between cells.
    pub delimiter: Delimiter,
    /// Whether the file starts with a byte order mark, without which Excel misreads `é`.
    pub has_byte_order_mark: bool,
    /// Whether decimals stand behind a comma instead of a point.
    pub uses_decimal_comma: bool,
    /// The zone in which moments are shown, with their distance to UTC.
    pub zone: TimeZone,
}

impl Default for CsvStyle {
    /// For programs: comma, point, no byte order mark, UTC.
    fn default() -> Self {
        Self {
            delimiter: Delimiter::Comma,
            has_byte_order_mark: false,
            uses_decimal_comma: false,
            zone: TimeZone::UTC,
        }
    }
}

impl CsvStyle {
    /// For Excel on a Dutch computer: semicolon, decimal comma, byte order mark, UTC.
    #[must_use]
    pub fn dutch_excel() -> Self {
        Self {
            delimiter: Delimiter::Semicolon,
            has_byte_order_mark: true,
            uses_decimal_comma: true,
            zone: TimeZone::UTC,
        }
    }
}

/// A CSV file under construction.
pub(super) struct CsvSheet<W: Write> {
    target: BufWriter<W>,
    style: CsvStyle,
    line: String,
    rows: u64,
}

impl<W: Write> CsvSheet<W> {
    pub(super) fn new(target: W, style: CsvStyle) -> Self {
        Self {
            target: BufWriter::new(target),
            style,
            line: String::new(),
            rows: 0,
        }
    }

    pub(super) fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        self.line.clear();
        if self.rows == 0 && self.style.has_byte_order_mark {
            self.line.push('\u{FEFF}');
        }
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.line.push(self.style.delimiter.as_char());
            }
            push_cell(&mut self.line, cell, &self.style);
        }
        if let [Cell::Empty | Cell::Text("")] = cells {
            // A bare empty line would be no row at all.
            self.line.push_str("\"\"");
        }
        self.line.push_str("\r\n");
        self.rows += 1;
        self.target
            .write_all(self.line.as_bytes())
            .map_err(|source| self.io(source))
    }

    pub(super) fn finish(mut self) -> Result<Written, WriteError> {
        self.target.flush().map_err(|source| self.io(source))?;
        Ok(self.written())
    }

    pub(super) fn written(&self) -> Written {
        Written {
            rows: self.rows,
            shortened_cells: 0,
        }
    }

    fn io(&self, source: io::Error) -> WriteError {
        WriteError::Io {
            row: self.rows,
            source,
        }
    }
}

fn push_cell(line: &mut String, cell: &Cell<'_>, style: &CsvStyle) {
    let start = line.len();
    let written = match cell {
        Cell::Text(text) => {
            push_text(line, text);
            return;
        }
        Cell::Integer(number) => write!(line, "{number}"),
        Cell::Decimal(number) if number.is_finite() && style.uses_decimal_comma => {
            let text = number.to_string().replace('.', ",");
            // With a comma between cells as well, the number needs quotes.
            if text.contains(style.delimiter.as_char()) {
                write!(line, "\"{text}\"")
            } else {
                write!(line, "{text}")
            }
        }
        Cell::Decimal(number) if number.is_finite() => write!(line, "{number}"),
        Cell::Date(date) => write!(line, "{date}"),
        Cell::DateTime(moment) => {
            let offset = style.zone.to_offset(*moment);
            write!(line, "{}", moment.display_with_offset(offset))
        }
        Cell::Boolean(value) => write!(line, "{value}"),
        Cell::Decimal(_) | Cell::Empty => Ok(()),
    };
    if written.is_err() {
        // Writing to a string fails only when a value cannot be shown; half of one is worse.
        line.truncate(start);
    }
}

/// Quotes whatever any program could read as a delimiter: a cell that falls apart under another
/// delimiter could start with a formula after all.
fn push_text(line: &mut String, text: &str) {
    let guarded = guard(text);
    let is_special =
        |c: char| c == '"' || c == '\n' || c == '\r' || Delimiter::from_char(c).is_some();
    let has_space_at_end =
        guarded.starts_with(char::is_whitespace) || guarded.ends_with(char::is_whitespace);
    if !has_space_at_end && !guarded.contains(is_special) && !guarded.contains('\0') {
        line.push_str(&guarded);
        return;
    }
    line.push('"');
    for c in guarded.chars().filter(|c| *c != '\0') {
        if c == '"' {
            line.push('"');
        }
        line.push(c);
    }
    line.push('"');
}
