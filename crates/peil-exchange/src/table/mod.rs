//! Tables from files: CSV in any common dialect, and XLSX.
//!
//! [`open`] decides by content what a file is, never by its name, and gives a [`TableReader`] that
//! hands out one [`Row`] at a time. [`preview`] shows the first rows with a guess of what each
//! column holds.
//!
//! Memory does not grow with the number of rows. The one exception is in the XLSX format itself:
//! texts that Excel stores once and shares between cells are held while the sheet is read, at most
//! [`Limits::max_shared_text_bytes`] of them.

mod archive;
mod csv;
mod error;
mod memory;
mod options;
mod preview;
mod reader;
mod sniff;
mod splitter;
#[cfg(test)]
mod tests;
mod text;
mod workbook;

pub use error::{RowError, TableError};
pub(crate) use memory::rows_of;
pub use options::{Delimiter, Limits, OpenOptions, TableFormat, TableKind, TextEncoding};
pub use preview::{Preview, preview};
pub use reader::{Position, Row, TableReader, open, open_bytes};
