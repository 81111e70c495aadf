//! Cells as CSV.

use std::{
    fmt::{self, Write as _},
    io::{self, BufWriter, Write},
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

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
        Cell::Date(date) => push_day(line, *date),
        Cell::DateTime(moment) => push_moment(line, *moment, &style.zone),
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
    // All of these are single bytes, which are never a part of another letter.
    let is_special = |byte: u8| {
        matches!(
            byte,
            b'"' | b'\n' | b'\r' | b'\0' | b';' | b',' | b'\t' | b'|'
        )
    };
    let has_space_at_end =
        guarded.starts_with(char::is_whitespace) || guarded.ends_with(char::is_whitespace);
    if !has_space_at_end && !guarded.bytes().any(is_special) {
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

/// `2026-03-04T05:06:07+00:00`, with a fraction only when there is one. Most exports hold little else
/// than moments and scores, so this is done by hand.
fn push_moment(line: &mut String, moment: Timestamp, zone: &TimeZone) -> fmt::Result {
    let offset = zone.to_offset(moment);
    let local = offset.to_datetime(moment);
    let is_plain = offset.seconds() == 0 && moment.subsec_nanosecond() == 0;
    if !is_plain || !(0..=9999).contains(&local.year()) {
        return write!(line, "{}", moment.display_with_offset(offset));
    }
    push_day(line, local.date())?;
    for (sign, number) in [
        ('T', local.hour()),
        (':', local.minute()),
        (':', local.second()),
    ] {
        line.push(sign);
        push_two(line, number);
    }
    line.push_str("+00:00");
    Ok(())
}

fn push_day(line: &mut String, day: Date) -> fmt::Result {
    if !(0..=9999).contains(&day.year()) {
        return write!(line, "{day}");
    }
    for part in [day.year() / 100, day.year() % 100] {
        push_two(line, i8::try_from(part).unwrap_or_default());
    }
    for part in [day.month(), day.day()] {
        line.push('-');
        push_two(line, part);
    }
    Ok(())
}

/// Two digits.
fn push_two(line: &mut String, number: i8) {
    let digit = |number: i8| char::from(b'0' + number.unsigned_abs() % 10);
    line.push(digit(number / 10));
    line.push(digit(number));
}

#[cfg(test)]
mod moment_tests {
    use super::*;

    #[test]
    fn moments_are_written_as_the_library_of_time_writes_them() {
        for text in [
            "2026-03-04T05:06:07Z",
            "1969-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "2024-02-29T12:00:00.25Z",
            "-000044-03-15T12:00:00Z",
        ] {
            let moment: Timestamp = text.parse().unwrap();
            for zone in [TimeZone::UTC, TimeZone::fixed(jiff::tz::offset(2))] {
                let mut line = String::new();
                push_moment(&mut line, moment, &zone).unwrap();
                let offset = zone.to_offset(moment);
                assert_eq!(line, moment.display_with_offset(offset).to_string());
                let (mut line, day) = (String::new(), offset.to_datetime(moment).date());
                push_day(&mut line, day).unwrap();
                assert_eq!(line, day.to_string());
            }
        }
    }
}
