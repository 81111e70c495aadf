//! The tables of a LimeSurvey file: rows of named texts.

use std::collections::BTreeMap;

use crate::survey::{
    ImportError,
    error::place,
    xml::{Part, walk},
};

/// Most fields of all rows together.
const MOST_FIELDS: usize = 400_000;
/// Most fields of one row.
const MOST_COLUMNS: usize = 300;

/// One row of a table: its fields by name.
pub(super) type Fields = BTreeMap<String, String>;

/// A LimeSurvey file as it is.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Release of the database that it was made with.
    pub(super) release: u32,
    /// Codes of its languages.
    pub(super) languages: Vec<String>,
    rows: BTreeMap<String, Vec<Fields>>,
}

impl Tables {
    /// Reads a file.
    pub(super) fn read(text: &str) -> Result<Self, ImportError> {
        let mut reader = Reader::default();
        walk(text, |part, at| {
            reader.see(part).map_err(|most| {
                let (line, column) = place(text, at);
                ImportError::TooMany {
                    parts: "fields",
                    most,
                    line,
                    column,
                }
            })
        })?;
        if !reader.is_survey {
            return Err(ImportError::Missing {
                part: "document/LimeSurveyDocType with the word Survey".to_owned(),
            });
        }
        Ok(reader.found)
    }

    /// The rows of a table.
    pub(super) fn rows(&self, name: &str) -> &[Fields] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }

    /// The rows of a table, taken out of it.
    pub(super) fn take(&mut self, name: &str) -> Vec<Fields> {
        self.rows.remove(name).unwrap_or_default()
    }

    /// The tables that nobody took.
    pub(super) fn rest(&self) -> impl Iterator<Item = (&str, usize)> {
        self.rows
            .iter()
            .map(|(name, rows)| (name.as_str(), rows.len()))
    }
}

/// A field of a row, or nothing.
pub(super) fn field<'a>(row: &'a Fields, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

#[derive(Default)]
struct Reader {
    found: Tables,
    /// The elements that are open, from the outside in.
    open: Vec<String>,
    row: Fields,
    words: String,
    fields: usize,
    is_survey: bool,
}

impl Reader {
    fn see(&mut self, part: Part<'_>) -> Result<(), usize> {
        match part {
            Part::Begin(name) => {
                self.open.push(name.to_owned());
                self.words.clear();
            }
            Part::Attribute(..) => {}
            Part::Words(words) => self.words.push_str(words),
            Part::End => {
                self.end()?;
                self.open.pop();
                self.words.clear();
            }
        }
        Ok(())
    }

    /// An element ends, of which `words` were the words.
    fn end(&mut self) -> Result<(), usize> {
        let open: Vec<&str> = self.open.iter().map(String::as_str).collect();
        match open.as_slice() {
            [_, "LimeSurveyDocType"] => self.is_survey = self.words.trim() == "Survey",
            [_, "DBVersion"] => self.found.release = self.words.trim().parse().unwrap_or(0),
            [_, "languages", "language"] => {
                let code = self.words.trim().to_owned();
                if !code.is_empty()
                    && !self.found.languages.contains(&code)
                    && self.found.languages.len() < 200
                {
                    self.found.languages.push(code);
                }
            }
            [_, _, "rows", "row", name] => {
                self.fields += 1;
                if self.fields > MOST_FIELDS {
                    return Err(MOST_FIELDS);
                }
                if self.row.len() >= MOST_COLUMNS {
                    return Err(MOST_COLUMNS);
                }
                let words = std::mem::take(&mut self.words);
                self.row.insert((*name).to_owned(), words);
            }
            [_, table, "rows", "row"] => {
                // A row without fields takes room as well.
                self.fields += 1;
                if self.fields > MOST_FIELDS {
                    return Err(MOST_FIELDS);
                }
                let row = std::mem::take(&mut self.row);
                match self.found.rows.get_mut(*table) {
                    Some(rows) => rows.push(row),
                    None => {
                        self.found.rows.insert((*table).to_owned(), vec![row]);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_table() {
        let text = "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>177</DBVersion>\
            <languages><language>nl</language></languages><questions><fields><fieldname>qid</fieldname>\
            </fields><rows><row><qid><![CDATA[1]]></qid><help/></row></rows></questions></document>";
        let mut tables = Tables::read(text).unwrap();
        assert_eq!(
            (tables.release, tables.languages.as_slice()),
            (177, &["nl".to_owned()][..])
        );
        let rows = tables.take("questions");
        assert_eq!(
            (
                field(&rows[0], "qid"),
                field(&rows[0], "help"),
                field(&rows[0], "x")
            ),
            ("1", "", "")
        );
        assert!(Tables::read("<document/>").is_err());
    }
}
