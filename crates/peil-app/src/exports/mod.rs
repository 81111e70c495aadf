//! Answers and other rows as files, of any size and in memory that does not grow with it.

mod answer;
mod answers;
mod sheet;
mod stream;

use std::str::FromStr;

pub use answers::AnswersExport;
pub use stream::ExportStream;
pub(crate) use stream::{Encoder, RowPage, RowSource, stream_rows};

use crate::ports::TableFormat;

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated values in UTF-8.
    Csv,
    /// Comma-separated values as a Dutch Excel opens them.
    CsvExcel,
    /// An Excel workbook.
    Xlsx,
    /// A JSON array of objects.
    Json,
}

/// A text that names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format `{0}`")]
pub struct UnknownFormat(pub String);

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Csv, Self::CsvExcel, Self::Xlsx, Self::Json];

    /// The format as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::CsvExcel => "csv-excel",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// Ending of the name of such a file.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvExcel => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// Media type of such a file.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvExcel => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }

    /// The table format, for those that are tables.
    pub(crate) const fn table(self) -> Option<TableFormat> {
        match self {
            Self::Csv => Some(TableFormat::Csv),
            Self::CsvExcel => Some(TableFormat::CsvExcel),
            Self::Xlsx => Some(TableFormat::Xlsx),
            Self::Json => None,
        }
    }
}

impl FromStr for ExportFormat {
    type Err = UnknownFormat;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|format| format.code() == text);
        found.ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}
