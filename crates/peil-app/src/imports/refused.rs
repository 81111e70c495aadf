//! The rows that an import refused, kept beside the upload with the reason as a stable word.

use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use peil_domain::shared::ImportId;
use serde::{Deserialize, Serialize};

use crate::{
    App, AppError,
    exports::{Encoder, RowPage, RowSource},
    ports::{TableCell, TableProblem},
};

/// Rows that are read at a time.
const PAGE: usize = 500;

/// One row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Its number as a person sees it in the file.
    pub row: u64,
    /// Why, as a stable word such as `date.unreadable`.
    pub code: String,
    /// The column that it is about; empty when it is about the row as a whole.
    pub column: String,
    /// Its cells, as far as they could be read.
    pub cells: Vec<String>,
}

impl RefusedRow {
    /// A row that could not be read, in a table with this header.
    pub(super) fn unread(problem: TableProblem, header: &[String]) -> Self {
        let place = problem.column.and_then(|column| column.checked_sub(1));
        let column = place.and_then(|place| header.get(place));
        Self {
            row: problem.row.unwrap_or_default(),
            code: problem.code.to_owned(),
            column: column.cloned().unwrap_or_default(),
            cells: problem.cells,
        }
    }
}

/// The file with refused rows, being written.
pub(super) struct RefusedFile {
    file: File,
    bytes: u64,
}

impl RefusedFile {
    /// Opens the file and forgets what lies behind the first `bytes`: it belongs to a batch that
    /// was not finished.
    pub(super) fn open(path: &Path, bytes: u64) -> Result<Self, AppError> {
        let options = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path);
        let mut file = options?;
        file.set_len(bytes)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self { file, bytes })
    }

    /// Adds rows.
    pub(super) fn add(&mut self, rows: &[RefusedRow]) -> Result<(), AppError> {
        let mut text = Vec::new();
        for row in rows {
            serde_json::to_writer(&mut text, row).map_err(|e| AppError::Folder(e.to_string()))?;
            text.push(b'\n');
        }
        self.file.write_all(&text)?;
        self.bytes += u64::try_from(text.len()).unwrap_or_default();
        Ok(())
    }

    /// Length of the file.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl App {
    pub(super) fn refused_path(&self, id: ImportId) -> PathBuf {
        self.uploads().join(format!("{id}.refused.jsonl"))
    }

    /// The first refused rows of an import.
    pub(super) fn first_refused(
        &self,
        id: ImportId,
        most: usize,
    ) -> Result<Vec<RefusedRow>, AppError> {
        read_rows(&self.refused_path(id))?.take(most).collect()
    }
}

/// Refused rows as they are read.
pub(super) type Rows = Box<dyn Iterator<Item = Result<RefusedRow, AppError>> + Send>;

/// Refused rows on their way to a file.
pub(super) struct RefusedRows<S> {
    /// Those not written yet.
    pub(super) rows: Rows,
    /// Columns of the file that was imported.
    pub(super) width: usize,
    /// Puts the reason into words.
    pub(super) say: S,
}

/// Some of them, with the reason in words.
struct RefusedPage {
    rows: Vec<(RefusedRow, String)>,
    width: usize,
}

impl RowPage for RefusedPage {
    fn write(&self, to: &mut Encoder) -> Result<(), AppError> {
        let mut rows = self.rows.iter();
        rows.try_for_each(|(row, reason)| to.row(&cells(row, self.width, reason)))
    }
}

#[async_trait]
impl<S: Fn(&RefusedRow) -> String + Send> RowSource for RefusedRows<S> {
    async fn next_page(&mut self) -> Result<Option<Box<dyn RowPage>>, AppError> {
        let mut rows = Vec::new();
        for row in self.rows.by_ref().take(PAGE) {
            let row = row?;
            let reason = (self.say)(&row);
            rows.push((row, reason));
        }
        if rows.is_empty() {
            return Ok(None);
        }
        let width = self.width;
        Ok(Some(Box::new(RefusedPage { rows, width })))
    }
}

/// Reads a file with refused rows; one that does not exist has none.
pub(super) fn read_rows(path: &Path) -> Result<Rows, AppError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Box::new(std::iter::empty()));
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Box::new(BufReader::new(file).lines().map(|line| {
        serde_json::from_str(&line?).map_err(|error| AppError::Folder(error.to_string()))
    })))
}

/// The cells of a refused row under a header of `width` columns, then its number and the reason.
fn cells<'a>(row: &'a RefusedRow, width: usize, reason: &'a str) -> Vec<TableCell<'a>> {
    let own = row.cells.iter().map(|cell| TableCell::Text(cell.into()));
    let mut cells: Vec<TableCell<'_>> = own
        .chain(std::iter::repeat(TableCell::Empty))
        .take(width)
        .collect();
    cells.push(i64::try_from(row.row).map_or(TableCell::Empty, TableCell::Integer));
    cells.push(TableCell::Text(reason.into()));
    cells
}
