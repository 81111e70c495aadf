//! Texts in several languages as programs read and write them.

use std::collections::BTreeMap;

use peil_domain::shared::{Language, Localized};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language of questionnaires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Tongue {
    /// Dutch.
    Nl,
    /// English.
    En,
}

/// One text in one or more languages.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, from = "BTreeMap<Tongue, Option<String>>")]
pub(super) struct Words {
    /// In Dutch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nl: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

/// Read by name only: serde would take a list for the fields in their order.
impl From<BTreeMap<Tongue, Option<String>>> for Words {
    fn from(mut texts: BTreeMap<Tongue, Option<String>>) -> Self {
        let is_there = |text: &String| !text.trim().is_empty();
        let mut text = |tongue| texts.remove(&tongue).flatten().filter(is_there);
        Self {
            nl: text(Tongue::Nl),
            en: text(Tongue::En),
        }
    }
}

impl Words {
    pub(super) fn is_blank(&self) -> bool {
        self.nl.is_none() && self.en.is_none()
    }
}

impl Tongue {
    pub(super) fn of(language: Language) -> Self {
        match language {
            Language::Nl => Self::Nl,
            Language::En => Self::En,
        }
    }

    pub(super) fn language(self) -> Language {
        match self {
            Self::Nl => Language::Nl,
            Self::En => Language::En,
        }
    }
}

impl From<&Localized> for Words {
    fn from(text: &Localized) -> Self {
        let read = |language| text.exact(language).map(ToOwned::to_owned);
        Self {
            nl: read(Language::Nl),
            en: read(Language::En),
        }
    }
}
