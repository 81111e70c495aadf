//! Words of scales and answers, from the data files.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::super::lexicon::lines;
use crate::shared::Language;

/// Lists of words by name, and published wordings by name.
pub(super) struct ScaleWords {
    lists: BTreeMap<&'static str, BTreeSet<&'static str>>,
    standard: BTreeMap<&'static str, &'static str>,
}

impl ScaleWords {
    /// The words of `language`.
    pub(super) fn of(language: Language) -> &'static Self {
        static DUTCH: LazyLock<ScaleWords> = LazyLock::new(|| {
            ScaleWords::read(
                include_str!("../data/nl/scales.txt"),
                include_str!("../data/nl/standard.txt"),
            )
        });
        static ENGLISH: LazyLock<ScaleWords> = LazyLock::new(|| {
            ScaleWords::read(
                include_str!("../data/en/scales.txt"),
                include_str!("../data/en/standard.txt"),
            )
        });
        match language {
            Language::Nl => &DUTCH,
            Language::En => &ENGLISH,
        }
    }

    fn read(lists: &'static str, standard: &'static str) -> Self {
        let mut words = Self {
            lists: BTreeMap::new(),
            standard: BTreeMap::new(),
        };
        for (head, line) in lines(lists) {
            let list = words.lists.entry(head).or_default();
            list.extend(line.split_whitespace());
        }
        for (_, line) in lines(standard) {
            if let Some((name, text)) = line.split_once('=') {
                words.standard.insert(name.trim(), text.trim());
            }
        }
        words
    }

    /// Whether `word` is in the list called `name`.
    pub(super) fn has(&self, name: &str, word: &str) -> bool {
        self.lists.get(name).is_some_and(|list| list.contains(word))
    }

    /// Whether any word of `text` is in the list called `name`.
    pub(super) fn has_any(&self, name: &str, text: &str) -> bool {
        text.to_lowercase()
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '?' | '.' | ':' | '(' | ')'))
            .any(|word| self.has(name, word))
    }

    /// The published wording called `name`.
    pub(super) fn standard(&self, name: &str) -> Option<&'static str> {
        self.standard.get(name).copied()
    }
}
