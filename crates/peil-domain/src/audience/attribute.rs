//! What is known of a contact besides name and address: typed attributes.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::shared::{AttributeId, QuestionKey, Slug, WorkspaceId};

/// Attribute values by key.
pub type Attributes = BTreeMap<QuestionKey, AttributeValue>;

/// The definition of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Identifier.
    pub id: AttributeId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Stable name; the same form as the key of a question.
    pub key: QuestionKey,
    /// Name for colleagues.
    pub label: String,
    /// Type of its values.
    pub kind: AttributeKind,
}

impl Attribute {
    /// Longest label in characters.
    pub const LONGEST_LABEL: usize = 80;

    /// The key that a label asks for, the `number`-th when others have the same.
    #[must_use]
    pub fn key_of(label: &str, number: u32) -> Option<QuestionKey> {
        let slug = Slug::from_text(label, "kenmerk").to_string();
        let word = slug.replace('-', "_");
        let starts_well = word.starts_with(|first: char| first.is_ascii_lowercase());
        let word = if starts_well {
            word
        } else {
            format!("k_{word}")
        };
        let tail = if number > 1 {
            format!("_{number}")
        } else {
            String::new()
        };
        let room = QuestionKey::MAX_LENGTH - tail.len();
        let head: String = word.chars().take(room).collect();
        format!("{}{tail}", head.trim_end_matches('_')).parse().ok()
    }
}

/// Type of the values of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttributeKind {
    /// Any text, at most 200 characters.
    Text,
    /// A number.
    Number,
    /// A calendar date.
    Date,
    /// Yes or no.
    Boolean,
    /// One of a limited number of texts; groups are made of it.
    Choice,
}

impl AttributeKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Text,
        Self::Number,
        Self::Date,
        Self::Boolean,
        Self::Choice,
    ];

    /// The kind as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Boolean => "boolean",
            Self::Choice => "choice",
        }
    }
}

/// A text that is no value of the wanted type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {}", kind.code())]
pub struct InvalidValue {
    /// The text.
    pub text: String,
    /// The wanted type.
    pub kind: AttributeKind,
}

impl FromStr for AttributeKind {
    type Err = InvalidValue;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| InvalidValue {
                text: text.to_owned(),
                kind: Self::Choice,
            })
    }
}

/// One value, in the form in which it is stored and compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AttributeValue {
    /// Yes or no.
    Boolean(bool),
    /// A finite number.
    Number(f64),
    /// A text, a choice, or a date as `2026-03-31`.
    Text(String),
}

impl AttributeValue {
    /// Longest text in characters.
    pub const LONGEST: usize = 200;

    /// Reads a value as it stands in Peil's own forms: plain decimal point, ISO date,
    /// `true`/`false`.
    pub fn parse(kind: AttributeKind, text: &str) -> Result<Self, InvalidValue> {
        let text = text.trim();
        let refuse = || InvalidValue {
            text: text.to_owned(),
            kind,
        };
        match kind {
            AttributeKind::Text | AttributeKind::Choice => {
                if is_storable(text) {
                    Ok(Self::Text(text.to_owned()))
                } else {
                    Err(refuse())
                }
            }
            AttributeKind::Number => text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .map(Self::Number)
                .ok_or_else(refuse),
            AttributeKind::Date => {
                let date: Date = text.parse().map_err(|_| refuse())?;
                Ok(Self::Text(date.to_string()))
            }
            AttributeKind::Boolean => text.parse().map(Self::Boolean).map_err(|_| refuse()),
        }
    }

    /// Whether this is a value of an attribute of `kind`.
    #[must_use]
    pub fn fits(&self, kind: AttributeKind) -> bool {
        match (self, kind) {
            (Self::Boolean(_), AttributeKind::Boolean) => true,
            (Self::Number(number), AttributeKind::Number) => number.is_finite(),
            (Self::Text(text), AttributeKind::Text | AttributeKind::Choice) => is_storable(text),
            (Self::Text(text), AttributeKind::Date) => text
                .parse()
                .is_ok_and(|date: Date| date.to_string() == *text),
            _ => false,
        }
    }
}

/// Whether a text is neither blank nor too long and can be kept by every database.
fn is_storable(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= AttributeValue::LONGEST
        && !text.contains(char::is_control)
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_type_of_its_attribute_or_is_refused() {
        let parse = |kind, text| AttributeValue::parse(kind, text).ok();
        assert_eq!(
            parse(AttributeKind::Number, " 12.5 "),
            Some(AttributeValue::Number(12.5))
        );
        assert_eq!(parse(AttributeKind::Number, "NaN"), None);
        assert_eq!(parse(AttributeKind::Date, "2026-02-30"), None);
        assert_eq!(
            parse(AttributeKind::Boolean, "true"),
            Some(AttributeValue::Boolean(true))
        );
        assert_eq!(parse(AttributeKind::Text, "  "), None);
        assert_eq!(parse(AttributeKind::Text, "a\0b"), None);
        for kind in AttributeKind::ALL {
            let fitting = ["12", "2026-03-31", "true", "Noord"]
                .into_iter()
                .filter_map(|text| AttributeValue::parse(kind, text).ok());
            assert!(
                fitting.into_iter().all(|value| value.fits(kind)),
                "{kind:?}"
            );
        }
        assert!(!AttributeValue::Text("31-03-2026".into()).fits(AttributeKind::Date));
        assert!(!AttributeValue::Boolean(true).fits(AttributeKind::Number));
    }

    #[test]
    fn the_key_of_an_attribute_is_made_of_its_label() {
        let key = |label, number| Attribute::key_of(label, number).unwrap().to_string();
        assert_eq!(key("Soort klant", 1), "soort_klant");
        assert_eq!(key("2e adres", 1), "k_2e_adres");
        assert_eq!(key("Één", 2), "een_2");
        assert_eq!(key("💜", 1), "kenmerk");
        assert_eq!(key(&"lang".repeat(30), 12).len(), QuestionKey::MAX_LENGTH);
    }

    #[test]
    fn values_survive_json() {
        for value in [
            AttributeValue::Boolean(true),
            AttributeValue::Number(3.0),
            AttributeValue::Text("2026-01-01".into()),
        ] {
            let json = serde_json::to_string(&value).unwrap();
            assert_eq!(
                serde_json::from_str::<AttributeValue>(&json).unwrap(),
                value
            );
        }
    }
}
