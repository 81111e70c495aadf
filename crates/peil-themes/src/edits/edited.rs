//! Themes after the changes of an organisation.

use std::collections::{BTreeMap, BTreeSet};

use super::{MOST_EDITS, pattern::base_code};
use crate::taxonomy::{SubTheme, Taxonomy, Theme};

/// Themes after changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// All themes, also those that are switched off.
    pub all: Taxonomy,
    /// Codes of what is switched off.
    pub off: BTreeSet<String>,
    /// What is now called otherwise: the code that it had, and the one that it has.
    pub moved: BTreeMap<String, String>,
    /// Changes to something that is gone, by their place.
    pub passed_over: Vec<usize>,
}

impl Edited {
    /// The themes by which answers are read.
    #[must_use]
    pub fn taxonomy(&self) -> Taxonomy {
        let mut taxonomy = self.all.clone();
        taxonomy
            .themes
            .retain(|theme| !self.off.contains(&theme.code));
        let known: BTreeSet<String> = codes(&taxonomy).collect();
        let is_known = |code: &String| known.contains(code);
        for theme in &mut taxonomy.themes {
            let whole = theme.code.clone();
            theme.also = theme.also.take().filter(is_known);
            theme
                .parts
                .retain(|part| !self.off.contains(&format!("{whole}.{}", part.code)));
            for part in &mut theme.parts {
                part.also = part.also.take().filter(is_known);
            }
        }
        taxonomy
    }

    /// The code that something has now.
    #[must_use]
    pub fn resolve<'a>(&'a self, code: &'a str) -> &'a str {
        self.moved.get(code).map_or(code, String::as_str)
    }

    /// A sub-theme.
    #[must_use]
    pub fn part(&self, code: &str) -> Option<&SubTheme> {
        let (whole, part) = code.split_once('.')?;
        let theme = self.theme(whole)?;
        theme.parts.iter().find(|known| known.code == part)
    }

    /// A theme.
    #[must_use]
    pub fn theme(&self, code: &str) -> Option<&Theme> {
        self.all.themes.iter().find(|theme| theme.code == code)
    }

    /// Whether there is such a theme or sub-theme.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.theme(code).is_some() || self.part(code).is_some()
    }

    /// A code that is still free, made of a name; within a theme when one is given.
    #[must_use]
    pub fn new_code(&self, name: &str, within: Option<&str>) -> String {
        let base = base_code(name);
        let full = |code: &str| match within {
            Some(whole) => format!("{whole}.{code}"),
            None => code.to_owned(),
        };
        let is_free = |code: &String| !self.has(code) && !self.moved.contains_key(code);
        let numbered = (2..=MOST_EDITS).map(|number| full(&format!("{base}_{number}")));
        std::iter::once(full(&base))
            .chain(numbered)
            .find(is_free)
            .unwrap_or_else(|| full(&base))
    }
}

/// Every theme of a taxonomy.
fn codes(taxonomy: &Taxonomy) -> impl Iterator<Item = String> {
    taxonomy.themes.iter().map(|theme| theme.code.clone())
}
