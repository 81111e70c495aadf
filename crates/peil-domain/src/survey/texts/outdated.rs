//! Which translations are older than their source. Nobody has to say so: it follows from every
//! change of a draft, and ends when the translation is written again, when it is said to be right
//! still, or when the source becomes what it was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::TextPlace;
use crate::{
    shared::{Language, Localized},
    survey::Definition,
};

/// The source that translations were made of, for those whose source reads otherwise now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outdated(BTreeMap<Language, BTreeMap<String, String>>);

impl Outdated {
    /// The source that the translation at `place` was made of, when it reads otherwise now.
    #[must_use]
    pub fn source(&self, language: Language, place: &TextPlace) -> Option<&str> {
        let of_language = self.0.get(&language)?;
        of_language.get(&place.to_string()).map(String::as_str)
    }

    /// Whether no translation is older than its source.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(BTreeMap::is_empty)
    }

    /// How many translations into `language` are older than their source.
    #[must_use]
    pub fn count(&self, language: Language) -> usize {
        self.0.get(&language).map_or(0, BTreeMap::len)
    }

    /// Notes that the translation at `place` is right for the source as it reads now.
    pub fn confirm(&mut self, language: Language, place: &TextPlace) {
        if let Some(of_language) = self.0.get_mut(&language) {
            of_language.remove(&place.to_string());
        }
    }

    /// Notes that the translation at `place` was made of a source that reads otherwise now.
    pub fn note(&mut self, language: Language, place: &TextPlace, made_of: &str) {
        let of_language = self.0.entry(language).or_default();
        of_language.insert(place.to_string(), made_of.to_owned());
    }

    /// Follows a draft from `before` to `after`.
    pub fn follow(&mut self, before: &Definition, after: &Definition) {
        let source = after.languages.first();
        let Some(source) = source.filter(|source| before.languages.first() == Some(*source)) else {
            // Translations of another source say nothing about this one.
            self.0.clear();
            return;
        };
        let old: BTreeMap<TextPlace, &Localized> = before
            .texts()
            .into_iter()
            .map(|text| (text.place, text.words))
            .collect();
        let texts = after.texts();
        let translations = after.languages.iter().filter(|one| *one != source);
        let mut kept = BTreeMap::new();
        for language in translations {
            let noted = self.0.remove(language).unwrap_or_default();
            let mut still = BTreeMap::new();
            for text in &texts {
                let (Some(was), Some(now)) = (old.get(&text.place), text.words.exact(*language))
                else {
                    continue;
                };
                if was.exact(*language) != Some(now) {
                    continue;
                }
                let name = text.place.to_string();
                let made_of = noted.get(&name).map(String::as_str).or(was.exact(*source));
                let reads = text.words.exact(*source);
                if let Some(made_of) = made_of.filter(|made_of| Some(*made_of) != reads) {
                    still.insert(name, made_of.to_owned());
                }
            }
            if !still.is_empty() {
                kept.insert(*language, still);
            }
        }
        self.0 = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(nl: &str, en: &str) -> Definition {
        Definition {
            languages: vec![Language::Nl, Language::En],
            title: Localized::both(nl, en),
            ..Definition::default()
        }
    }

    fn after(steps: &[(&str, &str)]) -> Option<String> {
        let mut outdated = Outdated::default();
        let drafts: Vec<Definition> = steps.iter().map(|(nl, en)| titled(nl, en)).collect();
        for pair in drafts.windows(2) {
            outdated.follow(&pair[0], &pair[1]);
        }
        let found = outdated.source(Language::En, &TextPlace::Title);
        found.map(ToOwned::to_owned)
    }

    #[test]
    fn a_translation_is_outdated_from_the_moment_its_source_alone_changes() {
        assert_eq!(after(&[("A", "a"), ("B", "a")]).as_deref(), Some("A"));
        assert_eq!(
            after(&[("A", "a"), ("B", "a"), ("C", "a")]).as_deref(),
            Some("A")
        );
        assert_eq!(after(&[("A", "a"), ("A", "b")]), None);
        assert_eq!(after(&[("A", "a"), ("B", "b")]), None);
    }

    #[test]
    fn it_is_no_longer_when_it_is_written_again_or_the_source_is_as_it_was() {
        assert_eq!(after(&[("A", "a"), ("B", "a"), ("B", "b")]), None);
        assert_eq!(after(&[("A", "a"), ("B", "a"), ("A", "a")]), None);
        assert_eq!(after(&[("A", "a"), ("B", "a"), ("B", "")]), None);
    }

    #[test]
    fn saying_that_it_is_right_ends_it_too() {
        let mut outdated = Outdated::default();
        outdated.follow(&titled("A", "a"), &titled("B", "a"));
        assert_eq!(outdated.count(Language::En), 1);
        outdated.confirm(Language::En, &TextPlace::Title);
        assert!(outdated.is_empty());
        outdated.follow(&titled("B", "a"), &titled("B", "a"));
        assert!(outdated.is_empty());
    }
}
