//! What is known of a contact besides name and address: typed attributes.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::shared::{AttributeId, QuestionKey, WorkspaceId};

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
    pub const ALL: [Self; 5] = [Self::Text, Self::Number, Self::Date, Self::Boolean, Self::Choice];

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
            .ok_or_else(|| InvalidValue { text: text.to_owned(), kind: Self::Choice })
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
        let refuse = || InvalidValue { text: text.to_owned(), kind };
        match kind {
            AttributeKind::Text | AttributeKind::Choice => {
                if text.is_empty() || text.chars().count() > Self::LONGEST {
                    return Err(refuse());
                }
                Ok(Self::Text(text.to_owned()))
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
        assert_eq!(parse(AttributeKind::Number, " 12.5 "), Some(AttributeValue::Number(12.5)));
        assert_eq!(parse(AttributeKind::Number, "NaN"), None);
        assert_eq!(parse(AttributeKind::Date, "2026-02-30"), None);
        assert_eq!(parse(AttributeKind::Boolean, "true"), Some(AttributeValue::Boolean(true)));
        assert_eq!(parse(AttributeKind::Text, "  "), None);
    }

    #[test]
    fn values_survive_json() {
        for value in [
            AttributeValue::Boolean(true),
            AttributeValue::Number(3.0),
            AttributeValue::Text("2026-01-01".into()),
        ] {
            let json = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<AttributeValue>(&json).unwrap(), value);
        }
    }
}
