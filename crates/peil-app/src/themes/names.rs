//! What people call themes.

use std::collections::BTreeMap;

use peil_domain::shared::Language;
use peil_themes::{Language as Spoken, Name, Taxonomy};

/// Names of themes and their parts, by code; that of a part stands behind a point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeNames(BTreeMap<String, Vec<(Spoken, String)>>);

impl ThemeNames {
    /// The names of these themes.
    pub(crate) fn of(taxonomy: &Taxonomy) -> Self {
        let named = |names: &[Name]| -> Vec<(Spoken, String)> {
            let names = names.iter();
            names
                .map(|name| (name.language, name.text.clone()))
                .collect()
        };
        let mut all = BTreeMap::new();
        for theme in &taxonomy.themes {
            all.insert(theme.code.clone(), named(&theme.names));
            for part in &theme.parts {
                let code = format!("{}.{}", theme.code, part.code);
                all.insert(code, named(&part.names));
            }
        }
        Self(all)
    }

    /// The name in a language, else in another; the code when nothing has it any more.
    #[must_use]
    pub fn name(&self, code: &str, language: Language) -> String {
        let wanted = Spoken::from_code(language.code());
        let names = self.0.get(code).map(Vec::as_slice).unwrap_or_default();
        let own = names.iter().find(|(known, _)| Some(*known) == wanted);
        let found = own.or_else(|| names.first());
        found.map_or_else(|| code.to_owned(), |(_, name)| name.clone())
    }

    /// Whether there is such a theme, or part of a theme.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_in_the_language_of_the_reader() {
        let names = ThemeNames::of(&Taxonomy::seed());
        assert_eq!(names.name("price", Language::En), "Price and value");
        assert_ne!(names.name("price", Language::Nl), "price");
        assert_eq!(names.name("gone.part", Language::Nl), "gone.part");
        assert!(names.has("product_quality.defect") && !names.has("defect"));
    }
}
