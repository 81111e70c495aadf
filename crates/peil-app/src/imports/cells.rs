//! Finds columns by name and reads their cells.

use std::collections::BTreeMap;

use peil_domain::shared::QuestionKey;
use peil_domain::shared::Slug;

use super::{MapProblem, mapping::ColumnMap};

/// A column of the file with what its values mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Name of the column.
    pub(super) name: String,
    index: usize,
    values: BTreeMap<String, String>,
}

impl Cell {
    /// Finds a column.
    pub(super) fn find(
        header: &[String],
        place: &str,
        map: &ColumnMap,
    ) -> Result<Self, MapProblem> {
        let full = map.full();
        let index = position(header, place, &full.column)?;
        let values = full
            .values
            .iter()
            .map(|(from, to)| (normal(from), to.to_string()))
            .collect();
        Ok(Self {
            name: full.column,
            index,
            values,
        })
    }

    /// The text of the cell in this row, translated and without control characters; nothing when
    /// it is blank.
    pub(super) fn read(&self, cells: &[String]) -> Option<String> {
        let text = clean(self.raw(cells));
        let meant = if self.values.is_empty() {
            None
        } else {
            self.values.get(&normal(&text))
        };
        let text = meant.cloned().unwrap_or(text);
        (!text.is_empty()).then_some(text)
    }

    /// The text of the cell as it stands there.
    pub(super) fn raw<'a>(&self, cells: &'a [String]) -> &'a str {
        cells
            .get(self.index)
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// What one value of several in a cell means.
    pub(super) fn meaning(&self, text: &str) -> String {
        let text = clean(text);
        self.values.get(&normal(&text)).cloned().unwrap_or(text)
    }
}

/// Where the column of this name stands.
pub(super) fn position(header: &[String], place: &str, name: &str) -> Result<usize, MapProblem> {
    header
        .iter()
        .position(|column| column == name)
        .or_else(|| {
            header
                .iter()
                .position(|column| normal(column) == normal(name))
        })
        .ok_or_else(|| MapProblem::new(place, "unknown_column", name))
}

/// Text without control characters and without blanks around it.
pub(super) fn clean(text: &str) -> String {
    if text.contains(char::is_control) {
        text.chars()
            .filter(|c| !c.is_control())
            .collect::<String>()
            .trim()
            .to_owned()
    } else {
        text.trim().to_owned()
    }
}

/// Text in the form in which it is compared.
pub(super) fn normal(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The key nearest to any text.
pub(super) fn key_of(text: &str) -> Option<QuestionKey> {
    let slug = Slug::from_text(text, "kolom");
    let word = slug.as_str().replace('-', "_");
    let word = if word.starts_with(|c: char| c.is_ascii_lowercase()) {
        word
    } else {
        format!("k_{word}")
    };
    let short: String = word.chars().take(QuestionKey::MAX_LENGTH).collect();
    short.trim_end_matches('_').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_header_becomes_a_key() {
        for (header, key) in [
            ("Regio", "regio"),
            ("Soort klant", "soort_klant"),
            ("2e naam", "k_2e_naam"),
            ("!", "kolom"),
        ] {
            assert_eq!(key_of(header).unwrap().as_str(), key);
        }
        assert!(key_of(&"lang ".repeat(40)).is_some());
    }

    #[test]
    fn a_value_means_what_the_map_says_whatever_the_case() {
        let map: ColumnMap =
            serde_json::from_str(r#"{"column":"Oordeel","values":{"Goed":3,"slecht":"1"}}"#)
                .unwrap();
        let cell = Cell::find(&["x".into(), "oordeel".into()], "a", &map).unwrap();
        let read = |text: &str| cell.read(&[String::new(), text.into()]);
        assert_eq!(read(" GOED ").as_deref(), Some("3"));
        assert_eq!(read("matig\u{0}").as_deref(), Some("matig"));
        assert_eq!(read(" "), None);
        assert_eq!(cell.read(&[]), None);
    }
}
