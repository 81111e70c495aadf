//! What people call themes.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{shared::Language, themes::Signal};
use peil_themes::{Edited, Language as Spoken, Name};

/// Names of themes and their parts, by code; that of a part stands behind a point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeNames {
    names: BTreeMap<String, Vec<(Spoken, String)>>,
    in_use: BTreeSet<String>,
}

impl ThemeNames {
    /// The names of these themes; also of those that are switched off or part of others by now, of
    /// which older figures and signals may tell.
    pub(crate) fn of(edited: &Edited) -> Self {
        let named = |names: &[Name]| -> Vec<(Spoken, String)> {
            let names = names.iter();
            names
                .map(|name| (name.language, name.text.clone()))
                .collect()
        };
        let mut found = Self::default();
        for theme in &edited.all.themes {
            found.names.insert(theme.code.clone(), named(&theme.names));
            for part in &theme.parts {
                let code = format!("{}.{}", theme.code, part.code);
                found.names.insert(code, named(&part.names));
            }
        }
        for theme in &edited.taxonomy().themes {
            found.in_use.insert(theme.code.clone());
            let parts = theme.parts.iter();
            let codes = parts.map(|part| format!("{}.{}", theme.code, part.code));
            found.in_use.extend(codes);
        }
        for (was, is) in &edited.moved {
            if let Some(names) = found.names.get(is).cloned() {
                found.names.entry(was.clone()).or_insert(names);
            }
        }
        found
    }

    /// The name in a language, else in another; the code when nothing has it any more.
    #[must_use]
    pub fn name(&self, code: &str, language: Language) -> String {
        let wanted = Spoken::from_code(language.code());
        let names = self.names.get(code).map(Vec::as_slice).unwrap_or_default();
        let own = names.iter().find(|(known, _)| Some(*known) == wanted);
        let found = own.or_else(|| names.first());
        found.map_or_else(|| code.to_owned(), |(_, name)| name.clone())
    }

    /// What a signal is about; of a part of all answers with the name of that part.
    #[must_use]
    pub fn of_signal(&self, signal: &Signal, language: Language) -> String {
        let name = if signal.kind.is_of_theme() && self.has(&signal.subject) {
            self.name(&signal.subject, language)
        } else {
            signal.evidence.name.clone()
        };
        match &signal.evidence.part {
            Some(part) => format!("{name} · {}", part.name),
            None => name,
        }
    }

    /// The names of the themes that are complained about in the answers behind a signal as well.
    #[must_use]
    pub fn companions(&self, signal: &Signal, language: Language) -> Vec<String> {
        let companions = signal.evidence.companions.iter();
        companions.map(|code| self.name(code, language)).collect()
    }

    /// Whether answers are sorted into such a theme, or part of a theme.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.in_use.contains(code)
    }
}

#[cfg(test)]
mod tests {
    use peil_themes::{Edit, Edits};

    use super::*;

    #[test]
    fn a_name_is_in_the_language_of_the_reader() {
        let names = ThemeNames::of(&Edits::default().apply());
        assert_eq!(names.name("price", Language::En), "Price and value");
        assert_ne!(names.name("price", Language::Nl), "price");
        assert_eq!(names.name("gone.part", Language::Nl), "gone.part");
        assert!(names.has("product_quality.defect") && !names.has("defect"));
    }

    #[test]
    fn what_went_elsewhere_has_the_name_that_it_has_there() {
        let mut edits = Edits::default();
        let merge = Edit::Merge {
            code: "billing".to_owned(),
            into: "price".to_owned(),
        };
        edits.add(merge).unwrap();
        let off = Edit::SwitchOff {
            code: "delivery".to_owned(),
        };
        edits.add(off).unwrap();
        let names = ThemeNames::of(&edits.apply());
        let name = |code: &str| names.name(code, Language::En);
        assert_eq!(name("billing"), name("price"));
        assert_eq!(name("billing.invoice"), name("price.invoice"));
        assert!(!names.has("billing") && names.has("price.invoice"));
        assert!(!names.has("delivery") && name("delivery").contains("shipping"));
    }
}
