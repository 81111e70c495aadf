//! The first rows of a table, with a guess of what each column holds.

use std::path::Path;

use super::{
    error::{RowError, TableError},
    options::{OpenOptions, TableFormat},
    reader::{Row, open},
};
use peil_domain::shared::values::{ColumnGuess, guess_column};

/// What a person sees before deciding what the columns mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// What kind of file this turned out to be.
    pub format: TableFormat,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The first rows that can be read.
    pub rows: Vec<Row>,
    /// What is wrong with rows among them.
    pub refused: Vec<RowError>,
    /// What each column seems to hold, as many as the header has; judged by `rows`.
    pub columns: Vec<ColumnGuess>,
    /// Whether there are more rows than were looked at.
    pub has_more: bool,
}

/// Looks at the first `rows` rows of a file, readable or not.
///
/// # Errors
/// As [`open`].
pub fn preview(path: &Path, options: &OpenOptions, rows: usize) -> Result<Preview, TableError> {
    let mut reader = open(path, options)?;
    let mut shown = Vec::new();
    let mut refused = Vec::new();
    for row in reader.by_ref().take(rows) {
        match row {
            Ok(row) => shown.push(row),
            Err(error) => refused.push(error),
        }
    }
    let has_more = reader.next_row().is_some();
    let columns = (0..reader.header().len())
        .map(|index| {
            guess_column(
                shown
                    .iter()
                    .filter_map(|row| row.cells.get(index))
                    .map(String::as_str),
            )
        })
        .collect();
    Ok(Preview {
        format: reader.format().clone(),
        header: reader.header().to_vec(),
        rows: shown,
        refused,
        columns,
        has_more,
    })
}
