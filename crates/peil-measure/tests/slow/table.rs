//! Tables of coverage: what they may hold, and whether the page of the documents holds the same.

use std::fs;
use std::path::Path;

use peil_measure::Interval;

/// How often an interval held the true value.
#[derive(Default)]
pub(crate) struct Tally {
    held: f64,
    all: f64,
}

impl Tally {
    /// Counts an outcome with its probability; an interval that is absent holds everything.
    pub(crate) fn add(&mut self, probability: f64, interval: Option<Interval>, truth: f64) {
        self.all += probability;
        if interval
            .is_none_or(|interval| interval.low <= truth + 1e-9 && truth <= interval.high + 1e-9)
        {
            self.held += probability;
        }
    }

    pub(crate) fn share(&self) -> f64 {
        self.held / self.all
    }
}

/// A table of the page, with the promises that its columns must keep.
pub(crate) struct Table {
    name: &'static str,
    columns: Vec<Column>,
    rows: Vec<(String, Vec<f64>)>,
}

/// A column with what its figures must lie between.
pub(crate) struct Column {
    pub(crate) head: &'static str,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Table {
    pub(crate) fn new(name: &'static str, columns: Vec<Column>) -> Self {
        Self {
            name,
            columns,
            rows: Vec::new(),
        }
    }

    pub(crate) fn row(&mut self, situation: String, figures: Vec<f64>) {
        assert_eq!(figures.len(), self.columns.len());
        self.rows.push((situation, figures));
    }

    /// Fails when a promise is broken, or when the page says something else.
    pub(crate) fn check(&self, situation: &str) {
        let text = self.text(situation);
        println!("{text}");
        for (row, figures) in &self.rows {
            for (column, figure) in self.columns.iter().zip(figures) {
                assert!(
                    (column.low..=column.high).contains(figure),
                    "{}: {row}: {figure} is not between {} and {}\n{text}",
                    column.head,
                    column.low,
                    column.high
                );
            }
        }
        self.check_page(&text);
    }

    fn text(&self, situation: &str) -> String {
        let heads: Vec<_> = self.columns.iter().map(|column| column.head).collect();
        let mut text = format!("| {situation} | {} |\n|---|", heads.join(" | "));
        text.push_str(&"--:|".repeat(heads.len()));
        text.push('\n');
        for (row, figures) in &self.rows {
            let figures: Vec<_> = figures
                .iter()
                .map(|figure| format!("{:.1}", 100.0 * figure))
                .collect();
            text.push_str(&format!("| {row} | {} |\n", figures.join(" | ")));
        }
        text
    }

    fn check_page(&self, text: &str) {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods/coverage.md");
        let written = fs::read_to_string(page).unwrap();
        let (start, end) = (format!("<!-- table: {} -->\n", self.name), "<!-- end -->");
        let (_, after) = written
            .split_once(&start)
            .unwrap_or_else(|| panic!("the page has no table {}", self.name));
        let (found, _) = after.split_once(end).unwrap();
        assert!(
            found == text,
            "docs/methods/coverage.md should hold between its marks of {}:\n{text}",
            self.name
        );
    }
}
