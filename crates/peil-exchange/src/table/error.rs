//! Why a table cannot be opened, and why a row of it cannot be read.

use std::{io, path::PathBuf};

/// A file that cannot be read as a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file system refused.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no row with anything in it.
    #[error("no rows in {path}")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are neither text nor a workbook.
    #[error("{path} is neither text nor a workbook")]
    Binary {
        /// The file.
        path: PathBuf,
    },
    /// An Excel file from before 2007, or a workbook with a password: both are packed the same.
    #[error("{path} is an old or password-protected workbook")]
    OldOrProtected {
        /// The file.
        path: PathBuf,
    },
    /// A web page or XML document, which some programs save under the name of a spreadsheet.
    #[error("{path} is a web page or xml document, not a table")]
    Markup {
        /// The file.
        path: PathBuf,
    },
    /// A zip archive that holds something else than an XLSX workbook.
    #[error("{path} is an archive without an xlsx workbook")]
    NotAWorkbook {
        /// The file.
        path: PathBuf,
    },
    /// A workbook that is cut off or contradicts itself.
    #[error("damaged workbook {path}: {detail}")]
    DamagedWorkbook {
        /// The file.
        path: PathBuf,
        /// What was found, for the log.
        detail: String,
    },
    /// A workbook that unpacks to more than is allowed.
    #[error("{part} in {path} unpacks to more than {limit_bytes} bytes")]
    UnpacksTooLarge {
        /// The file.
        path: PathBuf,
        /// The part of the archive at which the limit was passed.
        part: String,
        /// The limit that was passed.
        limit_bytes: u64,
    },
    /// The workbook has no sheet of that name.
    #[error("no sheet {sheet:?} in {path}")]
    SheetNotFound {
        /// The file.
        path: PathBuf,
        /// The name that was asked for; empty when the workbook has no sheet at all.
        sheet: String,
        /// The names that there are.
        available: Vec<String>,
    },
    /// The text is not in the encoding that was asked for or announced.
    #[error("{path} is not {encoding} in line {line}, near byte {offset}")]
    WrongEncoding {
        /// The file.
        path: PathBuf,
        /// The name of the encoding.
        encoding: &'static str,
        /// The line in which it goes wrong, from 1.
        line: u64,
        /// Where it goes wrong, give or take a few bytes.
        offset: u64,
    },
    /// The row with the column names cannot be read.
    #[error("header of {path}: {source}")]
    Header {
        /// The file.
        path: PathBuf,
        /// What is wrong with that row.
        source: RowError,
    },
}

impl TableError {
    /// A name for the error that never changes, by which the edge finds the sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "table.io",
            Self::Empty { .. } => "table.empty",
            Self::Binary { .. } => "table.binary",
            Self::OldOrProtected { .. } => "table.old_or_protected",
            Self::Markup { .. } => "table.markup",
            Self::NotAWorkbook { .. } => "table.not_a_workbook",
            Self::DamagedWorkbook { .. } => "table.damaged_workbook",
            Self::UnpacksTooLarge { .. } => "table.unpacks_too_large",
            Self::SheetNotFound { .. } => "table.sheet_not_found",
            Self::WrongEncoding { .. } => "table.wrong_encoding",
            Self::Header { .. } => "table.header",
        }
    }
}

/// A row that cannot be read. Columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// There is text beyond the last column of the header.
    #[error("row {row} has {} cells where the header has {expected}", cells.len())]
    TooManyCells {
        /// The row.
        row: u64,
        /// How many columns the header has.
        expected: usize,
        /// What the row holds, for the file with refused rows.
        cells: Vec<String>,
    },
    /// The row has more cells than any table may have.
    #[error("row {row} has more than {limit} cells")]
    TooManyColumns {
        /// The row.
        row: u64,
        /// The limit.
        limit: usize,
    },
    /// One cell is too long.
    #[error("row {row} column {column} is longer than {limit_bytes} bytes")]
    CellTooLarge {
        /// The row.
        row: u64,
        /// The column.
        column: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// The cells of the row together are too long.
    #[error("row {row} is longer than {limit_bytes} bytes")]
    RowTooLarge {
        /// The row.
        row: u64,
        /// The limit.
        limit_bytes: usize,
    },
    /// There is text between a closing quote and the next delimiter, so that it is not sure where
    /// the cell ends. Lines that the quote took in are part of this row.
    #[error("row {row} column {column} goes on after its closing quote")]
    StrayQuote {
        /// The row.
        row: u64,
        /// The column.
        column: usize,
    },
    /// A quote is opened and never closed, so that everything after it belongs to this row.
    #[error("row {row} column {column} opens a quote that is never closed")]
    UnclosedQuote {
        /// The row.
        row: u64,
        /// The column.
        column: usize,
    },
    /// A cell holds the character NUL, which no database text can hold.
    #[error("row {row} column {column} holds a nul character")]
    NulCharacter {
        /// The row.
        row: u64,
        /// The column.
        column: usize,
    },
    /// The file breaks off or cannot be read on; the table ends here.
    #[error("cannot read on at row {row}: {detail}")]
    Broken {
        /// The row.
        row: u64,
        /// What was found, for the log.
        detail: String,
    },
}

impl RowError {
    /// A name for the error that never changes, by which the edge finds the sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyCells { .. } => "row.too_many_cells",
            Self::TooManyColumns { .. } => "row.too_many_columns",
            Self::CellTooLarge { .. } => "row.cell_too_large",
            Self::RowTooLarge { .. } => "row.row_too_large",
            Self::StrayQuote { .. } => "row.stray_quote",
            Self::UnclosedQuote { .. } => "row.unclosed_quote",
            Self::NulCharacter { .. } => "row.nul_character",
            Self::Broken { .. } => "row.broken",
        }
    }

    /// The number of the row, counted as in [`super::Row::number`].
    #[must_use]
    pub fn row(&self) -> u64 {
        match self {
            Self::TooManyCells { row, .. }
            | Self::TooManyColumns { row, .. }
            | Self::CellTooLarge { row, .. }
            | Self::RowTooLarge { row, .. }
            | Self::StrayQuote { row, .. }
            | Self::UnclosedQuote { row, .. }
            | Self::NulCharacter { row, .. }
            | Self::Broken { row, .. } => *row,
        }
    }

    /// The column that it is about, counted from 1; nothing when it is about the row as a whole.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        match self {
            Self::CellTooLarge { column, .. }
            | Self::StrayQuote { column, .. }
            | Self::UnclosedQuote { column, .. }
            | Self::NulCharacter { column, .. } => Some(*column),
            _ => None,
        }
    }

    /// What could be read of the row: its cells when they are whole, otherwise nothing.
    #[must_use]
    pub fn cells(&self) -> &[String] {
        match self {
            Self::TooManyCells { cells, .. } => cells,
            _ => &[],
        }
    }

    /// Whether rows behind this one are lost as well.
    #[must_use]
    pub fn ends_the_table(&self) -> bool {
        matches!(self, Self::UnclosedQuote { .. } | Self::Broken { .. })
    }
}
