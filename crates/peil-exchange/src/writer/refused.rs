//! The file in which an import says which rows it did not take, and why.

use std::io::Write;

use super::{Cell, TableWriter, WriteError, Written};

/// Writes refused rows: their own cells under their own names, then the row number and the reason.
///
/// The result can be corrected and imported again as it is.
pub struct RefusedRowsWriter<W: Write + Send> {
    writer: TableWriter<W>,
    width: usize,
}

impl<W: Write + Send> RefusedRowsWriter<W> {
    /// Starts the file with `header`, the names in the file that was imported, and the names of
    /// the two columns behind them in the language of the reader.
    ///
    /// # Errors
    /// When the target refuses.
    pub fn new(
        mut writer: TableWriter<W>,
        header: &[String],
        row_name: &str,
        reason_name: &str,
    ) -> Result<Self, WriteError> {
        let names = header
            .iter()
            .map(String::as_str)
            .chain([row_name, reason_name]);
        writer.write_header(&names.collect::<Vec<_>>())?;
        Ok(Self {
            writer,
            width: header.len(),
        })
    }

    /// Writes one refused row. Fewer cells than the header has are filled up; more go behind the
    /// reason, so that nothing is lost.
    ///
    /// # Errors
    /// When the target refuses, or a sheet is full.
    pub fn write(&mut self, row: u64, cells: &[String], reason: &str) -> Result<(), WriteError> {
        let own = cells
            .iter()
            .map(|cell| Cell::Text(cell))
            .chain(std::iter::repeat(Cell::Empty));
        let number = i64::try_from(row).map_or(Cell::Empty, Cell::Integer);
        let surplus = cells.iter().skip(self.width).map(|cell| Cell::Text(cell));
        let all = own
            .take(self.width)
            .chain([number, Cell::Text(reason)])
            .chain(surplus);
        self.writer.write_cells(&all.collect::<Vec<_>>())
    }

    /// Writes out what is left; `rows` includes the header.
    ///
    /// # Errors
    /// When the target refuses.
    pub fn finish(self) -> Result<Written, WriteError> {
        self.writer.finish()
    }
}
