//! Holds two files against each other: what went in and what came out, whatever the order of rows.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Serialize;

use crate::problem::Problem;

/// Bytes that are read at a time.
const PIECE: usize = 1 << 20;

/// What a file holds: how many rows, a sum for every column, and one over whole rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Sums {
    rows: u64,
    columns: Vec<u64>,
    together: u64,
}

/// Reads a CSV file and sums these columns.
pub(super) fn of(path: &Path, columns: &[String]) -> Result<Sums, Problem> {
    let file = File::open(path).map_err(|cause| Problem::at(path, &cause))?;
    let mut cells = Cells::new(BufReader::with_capacity(PIECE, file));
    let failed = |cause: std::io::Error| Problem::at(path, &cause);
    let header = cells.next_row().map_err(failed)?.unwrap_or_default();
    let places: Option<Vec<usize>> = columns
        .iter()
        .map(|name| header.iter().position(|found| found == name))
        .collect();
    let Some(places) = places else {
        let found = header.join(", ");
        return Err(Problem::new(format!(
            "{} has other columns: {found}",
            path.display()
        )));
    };
    let mut sums = Sums {
        rows: 0,
        columns: vec![0; places.len()],
        together: 0,
    };
    while let Some(row) = cells.next_row().map_err(failed)? {
        let mut together = 0;
        for (sum, place) in sums.columns.iter_mut().zip(&places) {
            let cell = row.get(*place).map(String::as_str).unwrap_or_default();
            let hash = hash_of(plain(cell).as_bytes());
            *sum = sum.wrapping_add(hash);
            together = mixed(together ^ hash);
        }
        sums.together = sums.together.wrapping_add(together);
        sums.rows += 1;
    }
    Ok(sums)
}

/// A cell as it was before it was guarded against being run as a formula, and a moment in UTC in the
/// shortest way of writing it.
fn plain(cell: &str) -> String {
    let bare = match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    };
    match bare.strip_suffix("+00:00") {
        Some(moment) => format!("{moment}Z"),
        None => bare.to_owned(),
    }
}

fn hash_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    number ^ (number >> 29)
}

/// Rows of a CSV file, read by the letter of RFC 4180 and by other means than Peil's own.
struct Cells<R> {
    from: std::io::Bytes<R>,
}

impl<R: BufRead> Cells<R> {
    fn new(from: R) -> Self {
        Self { from: from.bytes() }
    }

    fn next_row(&mut self) -> std::io::Result<Option<Vec<String>>> {
        let (mut row, mut cell) = (Vec::new(), Vec::new());
        let (mut is_quoted, mut is_after_quote, mut is_empty) = (false, false, true);
        for byte in self.from.by_ref() {
            let byte = byte?;
            is_empty = false;
            match byte {
                b'"' if is_quoted && !is_after_quote => is_after_quote = true,
                b'"' if is_quoted => {
                    is_after_quote = false;
                    cell.push(b'"');
                }
                b'"' if cell.is_empty() => is_quoted = true,
                _ if is_quoted && !is_after_quote => cell.push(byte),
                b',' | b'\n' => {
                    (is_quoted, is_after_quote) = (false, false);
                    row.push(String::from_utf8_lossy(&cell).into_owned());
                    cell.clear();
                    if byte == b'\n' {
                        return Ok(Some(row));
                    }
                }
                b'\r' => {}
                _ => cell.push(byte),
            }
        }
        if is_empty {
            return Ok(None);
        }
        row.push(String::from_utf8_lossy(&cell).into_owned());
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn sums(text: &str, columns: &[&str]) -> Sums {
        let scratch = Scratch::new("sums").unwrap();
        let path = scratch.path().join("table.csv");
        std::fs::write(&path, text).unwrap();
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        of(&path, &columns).unwrap()
    }

    #[test]
    fn the_order_of_rows_and_columns_and_the_way_of_writing_do_not_matter() {
        let before = "at,words\r\n2021-01-01T00:00:00Z,\"a \"\"b\"\"\nc\"\r\n,=d\r\n";
        let after = "words,at,x\n'=d,,1\n\"a \"\"b\"\"\nc\",2021-01-01T00:00:00+00:00,2";
        assert_eq!(
            sums(before, &["at", "words"]),
            sums(after, &["at", "words"])
        );
    }

    #[test]
    fn cells_that_moved_to_another_row_are_found() {
        let before = sums("a,b\n1,2\n3,4\n", &["a", "b"]);
        let after = sums("a,b\n1,4\n3,2\n", &["a", "b"]);
        assert_eq!(before.columns, after.columns);
        assert_ne!(before, after);
    }
}
