//! The labelled answers, and how right given labels are.

use std::path::Path;

use peil_themes::{Answer, Label, Language, Opinion};

use crate::Failure;

/// Sets with labels: their file, the name of their map, their language.
pub(crate) const SETS: [(&str, &str, Language); 5] = [
    (
        "absa_nl/restaurants.train",
        "absa_nl_restaurants",
        Language::Dutch,
    ),
    (
        "absa_nl/mobilephones.train",
        "absa_nl_mobilephones",
        Language::Dutch,
    ),
    (
        "absa_en/restaurants.train",
        "absa_en_restaurants",
        Language::English,
    ),
    (
        "absa_en/laptops.train",
        "absa_en_laptops",
        Language::English,
    ),
    ("airline_en/tweets.train", "airline", Language::English),
];

/// Sets in which every text has one intent.
pub(crate) const GROUPS: [(&str, Language); 2] = [
    ("theming/xsid_nl.valid", Language::Dutch),
    ("theming/banking77.train", Language::English),
];

/// Right, given and wanted labels.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score {
    right: u32,
    given: u32,
    wanted: u32,
}

impl Score {
    pub(crate) fn add(&mut self, given: &[String], wanted: &[String]) {
        let count = |n: usize| u32::try_from(n).unwrap_or(0);
        self.right += count(given.iter().filter(|label| wanted.contains(label)).count());
        self.given += count(given.len());
        self.wanted += count(wanted.len());
    }

    /// Twice the right ones over all given and wanted, in percent.
    pub(crate) fn f1(self) -> f64 {
        200.0 * f64::from(self.right) / f64::from((self.given + self.wanted).max(1))
    }

    /// Says whether anything was wanted.
    pub(crate) fn is_empty(self) -> bool {
        self.wanted == 0
    }
}

pub(crate) fn read(folder: &Path, file: &str, language: Language) -> Result<Vec<Label>, Failure> {
    let text = std::fs::read_to_string(folder.join(format!("{file}.jsonl")))?;
    let mut labels = Vec::new();
    for line in text.lines() {
        let mut label: Label = serde_json::from_str(line)?;
        label.lang = Some(language.code().to_owned());
        labels.push(label);
    }
    Ok(labels)
}

pub(crate) fn answer(label: &Label) -> Answer {
    let opinions = label.opinions.iter().map(|opinion| Opinion {
        category: opinion.category.clone(),
        target: opinion.target.clone(),
        polarity: None,
    });
    Answer {
        id: label.id.clone(),
        text: label.text.clone(),
        lang: label.lang.clone(),
        opinions: opinions.collect(),
    }
}
