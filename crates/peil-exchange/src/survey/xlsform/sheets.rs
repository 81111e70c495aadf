//! The sheets of a form: rows of named cells.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use crate::{
    survey::{ImportError, bytes::MOST_BYTES},
    table::{Limits, OpenOptions, TableError, open_bytes},
};

/// Most rows of one sheet that are read.
const MOST_ROWS: usize = 20_000;

/// A form as it is.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    pub(super) survey: Vec<Line>,
    /// The choices of every list.
    pub(super) lists: BTreeMap<String, Vec<Line>>,
    pub(super) settings: BTreeMap<String, String>,
    /// Sheets that are not read.
    pub(super) unread: Vec<String>,
    /// Rows that could not be read, with why.
    pub(super) broken: Vec<(String, String)>,
}

/// A row.
#[derive(Debug)]
pub(super) struct Line {
    sheet: &'static str,
    number: u64,
    /// Cells by column, which is in lower case up to its language.
    cells: BTreeMap<String, String>,
}

impl Line {
    /// A cell, or nothing.
    pub(super) fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// A cell in a language.
    pub(super) fn text(&self, column: &str, code: &str) -> Option<&str> {
        let mut cells = self.cells.iter();
        let own = cells.find(|(name, cell)| {
            let (base, language) = split(name);
            base == column
                && !cell.trim().is_empty()
                && language.is_some_and(|language| self::code(language) == code)
        });
        let found = own.map(|(_, cell)| cell.as_str());
        found.or_else(|| Some(self.get(column)).filter(|cell| !cell.is_empty()))
    }

    /// The columns with anything in them.
    pub(super) fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        let cells = self
            .cells
            .iter()
            .map(|(name, cell)| (name.as_str(), cell.trim()));
        cells.filter(|(_, cell)| !cell.is_empty())
    }

    /// Where it stands.
    pub(super) fn path(&self) -> String {
        format!("{}/row {} ({})", self.sheet, self.number, self.get("name"))
    }
}

/// A column without its language, and the language: `label::English (en)`.
pub(super) fn split(column: &str) -> (&str, Option<&str>) {
    let media = ["media::image", "media::audio", "media::video"]
        .into_iter()
        .find(|media| column.starts_with(media));
    if let Some(media) = media {
        return (
            media,
            column
                .get(media.len()..)
                .and_then(|rest| rest.strip_prefix("::")),
        );
    }
    match column.split_once(':') {
        Some((base, language)) => (base.trim(), Some(language.trim_start_matches(':').trim())),
        None => (column, None),
    }
}

/// The code of a language such as `English (en)`.
pub(super) fn code(language: &str) -> String {
    let inside = language
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.split(')').next());
    let code = inside.unwrap_or(language).trim().to_lowercase();
    match code.as_str() {
        "english" | "engels" | "eng" => "en".to_owned(),
        "nederlands" | "dutch" | "nld" | "dut" => "nl".to_owned(),
        _ => code,
    }
}

impl Sheets {
    /// Reads a workbook.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.len() > MOST_BYTES {
            return Err(ImportError::TooLarge {
                most_bytes: MOST_BYTES,
            });
        }
        let bytes: Arc<[u8]> = bytes.into();
        let mut found = Self::default();
        let (survey, names) = rows(&bytes, "survey", &mut found.broken)?;
        found.survey = survey;
        let is_there = |wanted: &str| names.iter().any(|name| name == wanted);
        for name in ["choices", "settings"] {
            if !is_there(name) {
                continue;
            }
            let lines = match rows(&bytes, name, &mut found.broken) {
                Ok((lines, _)) => lines,
                // A sheet with nothing on it is as good as none.
                Err(ImportError::Missing { .. }) => Vec::new(),
                Err(error) => return Err(error),
            };
            for line in lines {
                if name == "settings" {
                    found.settings.extend(line.cells);
                    continue;
                }
                let list = match line.get("list_name") {
                    "" => line.get("list name").to_owned(),
                    list => list.to_owned(),
                };
                found.lists.entry(list).or_default().push(line);
            }
        }
        let known = ["survey", "choices", "settings"];
        found.unread = names
            .into_iter()
            .filter(|name| !known.contains(&name.as_str()))
            .collect();
        Ok(found)
    }

    /// The languages of the texts, the one of the form first.
    pub(super) fn languages(&self) -> Vec<String> {
        let lines = self.survey.iter().chain(self.lists.values().flatten());
        let mut found = BTreeSet::new();
        for (column, _) in lines.flat_map(|line| line.cells.iter()) {
            let (base, language) = split(column);
            if matches!(base, "label" | "hint" | "constraint_message") {
                found.extend(language.map(code));
            }
        }
        let own = self
            .settings
            .get("default_language")
            .map(|language| code(language));
        let own = own.or_else(|| found.first().cloned()).unwrap_or_default();
        let mut codes = vec![own.clone()];
        codes.extend(found.into_iter().filter(|code| *code != own).take(100));
        codes
    }
}

/// The rows of a sheet, and the names of all sheets.
fn rows(
    bytes: &Arc<[u8]>,
    sheet: &'static str,
    broken: &mut Vec<(String, String)>,
) -> Result<(Vec<Line>, Vec<String>), ImportError> {
    let options = OpenOptions {
        sheet: Some(sheet.to_owned()),
        removes_formula_guard: false,
        limits: Limits {
            max_columns: 300,
            max_cell_bytes: 64 << 10,
            max_row_bytes: 1 << 20,
            max_unpacked_bytes: 128 << 20,
            unpack_ratio_counts_from_bytes: 32 << 20,
            max_shared_text_bytes: 32 << 20,
            ..Limits::default()
        },
        ..OpenOptions::default()
    };
    let reader =
        open_bytes(bytes, Path::new(sheet), &options).map_err(|error| refused(&error, sheet))?;
    let names = reader.format().sheets.clone();
    let header: Vec<String> = reader
        .header()
        .iter()
        .map(|name| {
            let (base, language) = split(name);
            match language {
                Some(language) => format!("{}::{language}", base.to_lowercase()),
                None => name.to_lowercase(),
            }
        })
        .collect();
    let mut found = Vec::new();
    for row in reader {
        if found.len() >= MOST_ROWS {
            broken.push((sheet.to_owned(), format!("more than {MOST_ROWS} rows")));
            break;
        }
        match row {
            Ok(row) => {
                let cells = header.iter().cloned().zip(row.cells);
                found.push(Line {
                    sheet,
                    number: row.number,
                    cells: cells.filter(|(_, cell)| !cell.trim().is_empty()).collect(),
                });
            }
            Err(error) if broken.len() < 1_000 => {
                broken.push((format!("{sheet}/row {}", error.row()), error.to_string()));
            }
            Err(_) => break,
        }
    }
    Ok((found, names))
}

fn refused(error: &TableError, sheet: &str) -> ImportError {
    match error {
        TableError::SheetNotFound { .. } | TableError::Empty { .. } => ImportError::Missing {
            part: format!("sheet {sheet} with a header"),
        },
        TableError::UnpacksTooLarge {
            part, limit_bytes, ..
        } => ImportError::Wrong {
            what: format!("unpacks to more than {limit_bytes} bytes"),
            path: part.clone(),
        },
        error => ImportError::Wrong {
            what: error.to_string(),
            path: sheet.to_owned(),
        },
    }
}
