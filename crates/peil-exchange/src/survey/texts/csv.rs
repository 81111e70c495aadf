//! Texts as a table: one row per text, one column per language. Programs for spreadsheets open it,
//! and never take a text for a formula.

use peil_app::ports::{ReadText, ReadTexts, TextSheet};
use peil_domain::shared::Language;

use super::{super::ImportError, MOST_ROWS};
use crate::{
    formula::unguard,
    table::rows_of,
    writer::{Cell, CsvStyle, csv_writer},
};

/// Name of the column with the places.
const PLACE: &str = "place";

/// Writes a table as programs for spreadsheets open it, in the Dutch way or not.
pub(super) fn write(sheet: &TextSheet) -> String {
    let mut bytes = Vec::new();
    let mut table = csv_writer(&mut bytes, CsvStyle::dutch_excel());
    let (source, target) = (sheet.source.code(), sheet.target.code());
    // Writing to memory cannot fail, and a text never has too many cells.
    let mut is_written = table
        .write_header(&[PLACE, source, target, "longest"])
        .is_ok();
    for row in &sheet.rows {
        let longest = i64::try_from(row.longest).unwrap_or(i64::MAX);
        let cells = [
            Cell::Text(&row.place),
            Cell::Text(&row.source),
            Cell::Text(&row.target),
            Cell::Integer(longest),
        ];
        is_written &= table.write_row(&cells).is_ok();
    }
    is_written &= table.finish().is_ok();
    if is_written {
        String::from_utf8(bytes).unwrap_or_default()
    } else {
        String::new()
    }
}

/// Reads a table.
pub(super) fn read(text: &str, target: Language) -> Result<ReadTexts, ImportError> {
    let wrong = |what: String, row: u64| ImportError::Wrong {
        what,
        path: format!("row {row}"),
    };
    let mut rows = rows_of(text);
    let header = match rows.next() {
        Some(Ok(row)) => row,
        Some(Err(error)) => return Err(wrong(error.to_string(), 1)),
        None => {
            return Err(ImportError::Missing {
                part: format!("column `{PLACE}`"),
            });
        }
    };
    let column = |name: &str| {
        let is_it = |cell: &String| cell.trim().eq_ignore_ascii_case(name);
        header.cells.iter().position(is_it)
    };
    let missing = |name: &str| ImportError::Missing {
        part: format!("column `{name}`"),
    };
    let places = column(PLACE).ok_or_else(|| missing(PLACE))?;
    let targets = column(target.code()).ok_or_else(|| missing(target.code()))?;
    let mut others = Language::ALL.into_iter().filter(|other| *other != target);
    let sources = others.find_map(|other| column(other.code()));
    let mut found = Vec::new();
    for row in rows {
        let number = found.len() + 2;
        let line = u64::try_from(number).unwrap_or(u64::MAX);
        let row = row.map_err(|error| wrong(error.to_string(), line))?;
        let cell = |index: usize| row.cells.get(index).map(|cell| unguard(cell).to_owned());
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if found.len() >= MOST_ROWS {
            return Err(ImportError::TooMany {
                parts: "texts",
                most: MOST_ROWS,
                line: number,
                column: 1,
            });
        }
        found.push(ReadText {
            line: row.number,
            place: cell(places).unwrap_or_default().trim().to_owned(),
            language: None,
            source: sources.and_then(cell),
            target: cell(targets).unwrap_or_default(),
        });
    }
    Ok(ReadTexts { rows: found })
}

#[cfg(test)]
mod tests {
    use peil_app::ports::TextRow;

    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_is_no_formula() {
        let row = |place: &str, source: &str, target: &str| TextRow {
            place: place.to_owned(),
            source: source.to_owned(),
            target: target.to_owned(),
            is_outdated: true,
            longest: 200,
        };
        let sheet = TextSheet {
            name: "x".to_owned(),
            source: Language::Nl,
            target: Language::En,
            rows: vec![
                row("title", "=1+1; \"a\"\nb", "@x"),
                row("intro", "Dag", ""),
            ],
        };
        let text = write(&sheet);
        assert!(text.contains("'=1+1") && text.contains("'@x"), "{text}");
        let read = read(text.trim_start_matches('\u{feff}'), Language::En)
            .unwrap()
            .rows;
        let texts: Vec<_> = read
            .iter()
            .map(|row| {
                (
                    row.place.as_str(),
                    row.source.as_deref(),
                    row.target.as_str(),
                )
            })
            .collect();
        assert_eq!(
            texts,
            [
                ("title", Some("=1+1; \"a\"\nb"), "@x"),
                ("intro", Some("Dag"), ""),
            ]
        );
    }

    #[test]
    fn a_table_without_the_right_columns_or_with_a_stray_quote_is_refused() {
        let said = |text: &str| read(text, Language::En).unwrap_err().to_string();
        assert_eq!(said(""), "no column `place`");
        assert_eq!(said("place,nl\ntitle,A\n"), "no column `en`");
        assert!(
            said("place,en\ntitle,\"a\"b\n").contains("row 2"),
            "{}",
            said("place,en\ntitle,\"a\"b\n")
        );
        let many = format!("place,en\n{}", "title,a\n".repeat(MOST_ROWS + 1));
        assert!(said(&many).starts_with("more than 20000 texts"));
    }
}
