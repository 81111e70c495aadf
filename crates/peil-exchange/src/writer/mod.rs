//! Writes tables: rows of typed cells as CSV or XLSX, to anything that takes bytes.
//!
//! [`csv_writer`] and [`xlsx_writer`] give the same [`TableWriter`], so an export is written once
//! for both. Rows go out as they come; an XLSX sheet waits in an unnamed temporary file until
//! [`TableWriter::finish`], because it has to be packed as a whole. [`RefusedRowsWriter`] writes
//! the file in which an import says what it did not take.
//!
//! ```
//! use peil_exchange::writer::{csv_writer, Cell, CsvStyle};
//! let mut bytes = Vec::new();
//! let mut writer = csv_writer(&mut bytes, CsvStyle::dutch_excel());
//! writer.write_header(&["naam", "cijfer"])?;
//! writer.write_row(&[Cell::Text("=1+1"), Cell::Decimal(7.5)])?;
//! writer.finish()?;
//! assert_eq!(String::from_utf8(bytes)?, "\u{FEFF}naam;cijfer\r\n'=1+1;7,5\r\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod csv;
mod refused;
#[cfg(test)]
mod tests;
mod xlsx;

use std::io::{self, Write};

use jiff::{Timestamp, civil::Date};

use self::{csv::CsvSheet, xlsx::XlsxSheet};
pub use self::{csv::CsvStyle, refused::RefusedRowsWriter, xlsx::XlsxStyle};

/// A value to write.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Text, never a formula whatever it starts with.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number; one that is not finite is written as an empty cell.
    Decimal(f64),
    /// A calendar day.
    Date(Date),
    /// A moment, shown in the zone of the writer's style.
    DateTime(Timestamp),
    /// Yes or no.
    Boolean(bool),
    /// Nothing.
    Empty,
}

/// A table that cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// What takes the bytes refused them.
    #[error("cannot write row {row}: {source}")]
    Io {
        /// The row, the header being 1.
        row: u64,
        /// What the taker said.
        source: io::Error,
    },
    /// A sheet holds no more columns.
    #[error("row {row} has {found} cells where a sheet holds {limit}")]
    TooManyColumns {
        /// The row, the header being 1.
        row: u64,
        /// How many cells there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The row does not fit under the header.
    #[error("row {row} has {found} cells where the header has {expected}")]
    RowLength {
        /// The row, the header being 1.
        row: u64,
        /// How many cells there are.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
    /// The workbook cannot be made.
    #[error("cannot make the workbook: {detail}")]
    Workbook {
        /// What the library said, for the log.
        detail: String,
    },
}

impl WriteError {
    /// A name for the error that never changes, by which the edge finds the sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "write.io",
            Self::TooManyColumns { .. } => "write.too_many_columns",
            Self::RowLength { .. } => "write.row_length",
            Self::Workbook { .. } => "write.workbook",
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows, the header included.
    pub rows: u64,
    /// Texts that were cut because an XLSX cell holds no more than 32 767 characters.
    pub shortened_cells: u64,
}

/// Writes one table; made by [`csv_writer`] or [`xlsx_writer`].
pub struct TableWriter<W: Write + Send> {
    sheet: Sheet<W>,
    width: usize,
}

enum Sheet<W: Write + Send> {
    Csv(CsvSheet<W>),
    Xlsx(Box<XlsxSheet<W>>),
}

/// Writes a table as CSV.
pub fn csv_writer<W: Write + Send>(target: W, style: CsvStyle) -> TableWriter<W> {
    TableWriter {
        sheet: Sheet::Csv(CsvSheet::new(target, style)),
        width: 0,
    }
}

/// Writes a table as an XLSX workbook with one sheet, or more when one cannot hold all rows.
///
/// # Errors
/// When the sheet may not have that name, or no temporary file can be made.
pub fn xlsx_writer<W: Write + Send>(
    target: W,
    style: XlsxStyle,
) -> Result<TableWriter<W>, WriteError> {
    let sheet = Box::new(XlsxSheet::new(target, style)?);
    Ok(TableWriter {
        sheet: Sheet::Xlsx(sheet),
        width: 0,
    })
}

impl<W: Write + Send> TableWriter<W> {
    /// Writes the names of the columns; comes first, and once.
    ///
    /// # Errors
    /// When the target refuses, or there are more columns than a sheet holds.
    pub fn write_header(&mut self, names: &[&str]) -> Result<(), WriteError> {
        self.width = names.len();
        let cells: Vec<_> = names.iter().map(|name| Cell::Text(name)).collect();
        match &mut self.sheet {
            Sheet::Csv(sheet) => sheet.write_row(&cells),
            Sheet::Xlsx(sheet) => sheet.write_header(&cells),
        }
    }

    /// Writes a row with as many cells as the header.
    ///
    /// # Errors
    /// When the target refuses, the sheet is full, or the row has another length.
    pub fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if cells.len() == self.width {
            return self.write_cells(cells);
        }
        let row = self.written().rows + 1;
        Err(WriteError::RowLength {
            row,
            found: cells.len(),
            expected: self.width,
        })
    }

    /// Writes out what is left and says what was written. Without this the file is not whole.
    ///
    /// # Errors
    /// When the target refuses.
    pub fn finish(self) -> Result<Written, WriteError> {
        match self.sheet {
            Sheet::Csv(sheet) => sheet.finish(),
            Sheet::Xlsx(sheet) => sheet.finish(),
        }
    }

    fn written(&self) -> Written {
        match &self.sheet {
            Sheet::Csv(sheet) => sheet.written(),
            Sheet::Xlsx(sheet) => sheet.written(),
        }
    }

    /// Writes a row of any length.
    fn write_cells(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        match &mut self.sheet {
            Sheet::Csv(sheet) => sheet.write_row(cells),
            Sheet::Xlsx(sheet) => sheet.write_row(cells),
        }
    }
}
