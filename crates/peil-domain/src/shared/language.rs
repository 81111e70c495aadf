//! Languages of texts and the texts that exist in several of them.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language in which Peil speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
}

/// A language code that Peil does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language `{0}`")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// Every language, the first one being the fallback.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// Two-letter code (ISO 639-1).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// Which way its texts run, as HTML names it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Nl | Self::En => "ltr",
        }
    }

    /// The best language for an `Accept-Language` header, when one of ours is in it.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut wishes: Vec<(f32, Self)> = header
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let language = pieces.next()?.parse().ok()?;
                let quality = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok())
                    .unwrap_or(1.0_f32);
                (quality > 0.0).then_some((quality, language))
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes.first().map(|(_, language)| *language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads `nl`, `NL`, `nl-BE` and the like.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let primary = text.split(['-', '_']).next().unwrap_or(text);
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(primary))
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

/// One text in one or more languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(BTreeMap<Language, String>);

impl Localized {
    /// A text in one language.
    #[must_use]
    pub fn one(language: Language, text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(language, text.into())]))
    }

    /// A text in both languages.
    #[must_use]
    pub fn both(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self(BTreeMap::from([
            (Language::Nl, nl.into()),
            (Language::En, en.into()),
        ]))
    }

    /// The text in `language`, else in any language that has it, else nothing.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.exact(language)
            .or_else(|| {
                self.0
                    .values()
                    .map(String::as_str)
                    .find(|text| !text.trim().is_empty())
            })
            .unwrap_or_default()
    }

    /// The text in exactly this language, when there is one that is not blank.
    #[must_use]
    pub fn exact(&self, language: Language) -> Option<&str> {
        self.0
            .get(&language)
            .map(String::as_str)
            .filter(|text| !text.trim().is_empty())
    }

    /// Writes the text of one language; a blank text removes it.
    pub fn set(&mut self, language: Language, text: impl Into<String>) {
        let text = text.into();
        if text.trim().is_empty() {
            self.0.remove(&language);
        } else {
            self.0.insert(language, text);
        }
    }

    /// Whether no language has a text.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }

    /// The texts, in the order of their languages.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// Longest text in characters.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.0
            .values()
            .map(|text| text.chars().count())
            .max()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_language_with_the_highest_quality_wins() {
        assert_eq!(
            Language::from_accept_language("de, en;q=0.7, nl-BE;q=0.8"),
            Some(Language::Nl)
        );
        assert_eq!(Language::from_accept_language("en-GB"), Some(Language::En));
        assert_eq!(Language::from_accept_language("fr, nl;q=0"), None);
        assert_eq!(Language::from_accept_language(";;q=x,,"), None);
    }

    #[test]
    fn a_missing_translation_falls_back_to_the_language_that_has_one() {
        let mut text = Localized::one(Language::Nl, "Waarom?");
        assert_eq!(text.get(Language::En), "Waarom?");
        text.set(Language::En, "Why?");
        assert_eq!(text.get(Language::En), "Why?");
        text.set(Language::En, "  ");
        assert_eq!(text.exact(Language::En), None);
    }
}
