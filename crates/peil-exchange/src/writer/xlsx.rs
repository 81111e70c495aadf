//! Cells as a sheet in an XLSX workbook.
//!
//! Texts are written as texts in the cells themselves, never as formulas or links, so the size of
//! the file does not matter to memory.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use jiff::{civil::DateTime, tz::TimeZone};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, WriteError, Written};

/// What a sheet holds by definition of the format.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: usize = 16_384;
/// Longest text of a cell, counted in UTF-16 units.
const MAX_TEXT: usize = 32_767;
/// Integers up to here are exact in a cell, whose numbers are floating-point.
const MAX_EXACT: u64 = 1 << 53;
/// Rows that are looked at for the width of columns, and the widths in characters.
const MEASURED_ROWS: u32 = 200;
const MIN_WIDTH: usize = 8;
const MAX_WIDTH: usize = 60;
const DATE_WIDTH: usize = 11;
const MOMENT_WIDTH: usize = 19;

/// How a workbook looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XlsxStyle {
    /// Name of the sheet: 1 to 31 characters, without `[ ] : * ? / \`.
    pub sheet: String,
    /// The zone in which moments are shown; a cell has a time of day but no zone.
    pub zone: TimeZone,
    /// Where rows wait until the workbook is finished; `None` is the system's place.
    pub temporary_folder: Option<PathBuf>,
    /// Rows of one sheet, the header included: 1 048 576 at most, which is what the format allows.
    pub most_rows: u32,
}

impl Default for XlsxStyle {
    fn default() -> Self {
        Self {
            sheet: "Peil".to_owned(),
            zone: TimeZone::UTC,
            temporary_folder: None,
            most_rows: MAX_ROWS,
        }
    }
}

/// A workbook under construction. When a sheet is full, the next one goes on under the same header.
pub(super) struct XlsxSheet<W: Write + Send> {
    target: W,
    workbook: Workbook,
    name: String,
    most_rows: u32,
    zone: TimeZone,
    formats: Formats,
    header: Vec<String>,
    /// The sheet that is being written, from 0.
    sheet: usize,
    next_row: u32,
    rows: u64,
    widths: Vec<usize>,
    shortened_cells: u64,
}

struct Formats {
    header: Format,
    date: Format,
    moment: Format,
}

impl<W: Write + Send> XlsxSheet<W> {
    pub(super) fn new(target: W, style: XlsxStyle) -> Result<Self, WriteError> {
        let mut workbook = Workbook::new();
        if let Some(folder) = &style.temporary_folder {
            workbook.set_tempdir(folder).map_err(refused)?;
        }
        add_sheet(&mut workbook, &style.sheet)?;
        let formats = Formats {
            header: Format::new().set_bold(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        };
        let zone = style.zone;
        Ok(Self {
            target,
            workbook,
            name: style.sheet,
            most_rows: style.most_rows.clamp(2, MAX_ROWS),
            zone,
            formats,
            header: Vec::new(),
            sheet: 0,
            next_row: 0,
            rows: 0,
            widths: Vec::new(),
            shortened_cells: 0,
        })
    }

    pub(super) fn write_header(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        self.header = cells
            .iter()
            .map(|cell| match cell {
                Cell::Text(name) => (*name).to_owned(),
                _ => String::new(),
            })
            .collect();
        self.write(cells, true)
    }

    pub(super) fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if self.next_row >= self.most_rows {
            self.begin_sheet()?;
        }
        self.write(cells, false)
    }

    /// Goes on in a new sheet.
    fn begin_sheet(&mut self) -> Result<(), WriteError> {
        self.set_widths()?;
        self.sheet += 1;
        self.next_row = 0;
        self.widths.clear();
        // A name of 31 characters has no room for a number behind it.
        let number = format!(" {}", self.sheet + 1);
        let short = self.name.chars().take(31 - number.len());
        add_sheet(&mut self.workbook, &(short.collect::<String>() + &number))?;
        let header = std::mem::take(&mut self.header);
        let cells: Vec<Cell<'_>> = header.iter().map(|name| Cell::Text(name)).collect();
        self.write(&cells, true)?;
        self.header = header;
        Ok(())
    }

    fn write(&mut self, cells: &[Cell<'_>], is_header: bool) -> Result<(), WriteError> {
        let row = self.rows + 1;
        if cells.len() > MAX_COLUMNS {
            return Err(WriteError::TooManyColumns {
                row,
                found: cells.len(),
                limit: MAX_COLUMNS,
            });
        }
        let sheet = self
            .workbook
            .worksheet_from_index(self.sheet)
            .map_err(refused)?;
        let formats = &self.formats;
        for (column, cell) in (0_u16..).zip(cells) {
            let mut place = Place {
                sheet: &mut *sheet,
                row: self.next_row,
                column,
            };
            let width = match cell {
                Cell::Text(text) => {
                    let (text, is_shortened) = sheet_text(text);
                    self.shortened_cells += u64::from(is_shortened);
                    let width = text.chars().take(MAX_WIDTH).count();
                    place.text(text, is_header.then_some(&formats.header))?;
                    width
                }
                Cell::Integer(number) => place.integer(*number)?,
                Cell::Decimal(number) if number.is_finite() => place.number(*number)?,
                Cell::Date(date) => place.moment(
                    date.to_datetime(jiff::civil::Time::midnight()),
                    &formats.date,
                    DATE_WIDTH,
                )?,
                Cell::DateTime(moment) => place.moment(
                    self.zone.to_datetime(*moment),
                    &formats.moment,
                    MOMENT_WIDTH,
                )?,
                Cell::Boolean(value) => place.boolean(*value)?,
                Cell::Decimal(_) | Cell::Empty => 0,
            };
            if self.next_row < MEASURED_ROWS {
                widen(&mut self.widths, usize::from(column), width);
            }
        }
        self.next_row += 1;
        self.rows += 1;
        Ok(())
    }

    fn set_widths(&mut self) -> Result<(), WriteError> {
        let sheet = self
            .workbook
            .worksheet_from_index(self.sheet)
            .map_err(refused)?;
        for (column, width) in (0_u16..).zip(&self.widths) {
            let characters =
                u32::try_from(width.clamp(&MIN_WIDTH, &MAX_WIDTH) + 2).unwrap_or(u32::MAX);
            sheet
                .set_column_width(column, characters)
                .map_err(refused)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Written, WriteError> {
        let written = self.written();
        self.set_widths()?;
        let mut target = Latch {
            target: self.target,
            failure: None,
        };
        let saved = self.workbook.save_to_writer(&mut target);
        if let Some(source) = target.failure {
            return Err(WriteError::Io {
                row: written.rows,
                source,
            });
        }
        saved.map_err(refused)?;
        target.target.flush().map_err(|source| WriteError::Io {
            row: written.rows,
            source,
        })?;
        Ok(written)
    }

    pub(super) fn written(&self) -> Written {
        Written {
            rows: self.rows,
            shortened_cells: self.shortened_cells,
        }
    }
}

fn add_sheet(workbook: &mut Workbook, name: &str) -> Result<(), WriteError> {
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(refused)?;
    sheet.set_name(name).map_err(refused)?;
    sheet.set_freeze_panes(1, 0).map_err(refused)?;
    Ok(())
}

/// One cell of the sheet; writing says how many characters wide it is.
struct Place<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
}

impl Place<'_> {
    fn text(&mut self, text: String, format: Option<&Format>) -> Result<(), WriteError> {
        let written = match format {
            Some(format) => {
                self.sheet
                    .write_string_with_format(self.row, self.column, text, format)
            }
            None => self.sheet.write_string(self.row, self.column, text),
        };
        written.map(|_| ()).map_err(refused)
    }

    fn integer(&mut self, number: i64) -> Result<usize, WriteError> {
        if number.unsigned_abs() > MAX_EXACT {
            let text = number.to_string();
            let width = text.len();
            self.text(text, None)?;
            return Ok(width);
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "exact up to 2^53, and larger is text"
        )]
        self.number(number as f64)
    }

    fn number(&mut self, number: f64) -> Result<usize, WriteError> {
        self.sheet
            .write_number(self.row, self.column, number)
            .map_err(refused)?;
        Ok(MIN_WIDTH)
    }

    fn boolean(&mut self, value: bool) -> Result<usize, WriteError> {
        self.sheet
            .write_boolean(self.row, self.column, value)
            .map_err(refused)?;
        Ok(MIN_WIDTH)
    }

    /// A date or time; before 1900 a sheet has no dates, so those become text.
    fn moment(
        &mut self,
        local: DateTime,
        format: &Format,
        width: usize,
    ) -> Result<usize, WriteError> {
        match excel_moment(local) {
            Some(moment) => {
                self.sheet
                    .write_datetime_with_format(self.row, self.column, &moment, format)
                    .map_err(refused)?;
            }
            None if width == DATE_WIDTH => self.text(local.date().to_string(), None)?,
            None => self.text(local.to_string(), None)?,
        }
        Ok(width)
    }
}

fn excel_moment(local: DateTime) -> Option<ExcelDateTime> {
    let part = |number: i8| u8::try_from(number).ok();
    let year = u16::try_from(local.year())
        .ok()
        .filter(|year| *year >= 1900)?;
    let seconds = f64::from(local.second()) + f64::from(local.subsec_nanosecond()) / 1e9;
    // Sheets count in milliseconds; rounding up to 60 seconds would be refused.
    let seconds = (seconds * 1e3).floor() / 1e3;
    ExcelDateTime::from_ymd(year, part(local.month())?, part(local.day())?)
        .and_then(|date| {
            date.and_hms(
                u16::from(local.hour().unsigned_abs()),
                local.minute().unsigned_abs(),
                seconds,
            )
        })
        .ok()
}

fn widen(widths: &mut Vec<usize>, column: usize, width: usize) {
    if widths.len() <= column {
        widths.resize(column + 1, 0);
    }
    if let Some(known) = widths.get_mut(column) {
        *known = width.max(*known);
    }
}

/// The text as a cell can hold it, and whether its end had to go.
///
/// Control characters that XML forbids are left out; tabs and line ends stay.
fn sheet_text(text: &str) -> (String, bool) {
    let is_allowed = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    let mut clean: String = text.chars().filter(is_allowed).collect();
    let mut units = 0;
    let cut = clean.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units >= MAX_TEXT
    });
    let Some((at, last)) = cut else {
        return (clean, false);
    };
    if clean.len() == at + last.len_utf8() && units == MAX_TEXT {
        return (clean, false);
    }
    clean.truncate(at);
    clean.push('…');
    (clean, true)
}

/// Takes bytes on behalf of a target and remembers its first failure.
///
/// The library panics when a target fails in the middle of a part; it never sees that here.
struct Latch<W> {
    target: W,
    failure: Option<io::Error>,
}

impl<W: Write> Write for Latch<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failure.is_none()
            && let Err(error) = self.target.write_all(bytes)
        {
            self.failure = Some(error);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "stands in map_err")]
fn refused(error: XlsxError) -> WriteError {
    WriteError::Workbook {
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod text_tests {
    use super::*;

    #[test]
    fn text_is_cut_only_when_a_cell_cannot_hold_it() {
        for (text, units, is_shortened) in [
            ("a".repeat(MAX_TEXT), MAX_TEXT, false),
            ("a".repeat(MAX_TEXT + 1), MAX_TEXT, true),
            ("😀".repeat(16_383), 32_766, false),
            (format!("a{}", "😀".repeat(16_383)), MAX_TEXT, false),
            ("😀".repeat(16_384), MAX_TEXT, true),
            (String::new(), 0, false),
        ] {
            let (cut, shortened) = sheet_text(&text);
            assert_eq!(
                (cut.encode_utf16().count(), shortened),
                (units, is_shortened)
            );
        }
    }

    #[test]
    fn characters_that_a_workbook_cannot_hold_are_left_out() {
        assert_eq!(sheet_text("a\0b\u{1F}c\td\r\n\u{FFFF}").0, "abc\td\r\n");
    }
}
