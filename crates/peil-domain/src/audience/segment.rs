//! Segments: live filters over contacts. All conditions must hold; one condition may name several
//! values of which one must hold.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Attribute, AttributeKind, AttributeValue};
use crate::shared::{QuestionKey, SegmentId, WorkspaceId};

/// A saved filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Identifier.
    pub id: SegmentId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Name for colleagues; unique.
    pub name: String,
    /// Who is in it.
    pub filter: Filter,
}

/// Conditions that all must hold; an empty filter holds for everyone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The conditions.
    pub conditions: Vec<Condition>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What is looked at.
    pub field: Field,
    /// How it is compared.
    pub operator: Operator,
    /// With what; empty for `known` and `unknown`.
    #[serde(default)]
    pub values: Vec<String>,
}

/// What a condition looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Field {
    /// The contact's language code.
    Language,
    /// Name of the contact's account.
    Account,
    /// The e-mail address.
    Email,
    /// The wish to get no more invitations: `known` for those who have it, `unknown` for the rest.
    OptOut,
    /// An attribute.
    Attribute(QuestionKey),
}

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Equals one of the values.
    Is,
    /// Equals none of the values, or is unknown.
    IsNot,
    /// At least the value: numbers and dates.
    AtLeast,
    /// At most the value: numbers and dates.
    AtMost,
    /// Holds the value as part of a text, whatever the case.
    Contains,
    /// Has any value.
    Known,
    /// Has no value.
    Unknown,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 7] = [
        Self::Is,
        Self::IsNot,
        Self::AtLeast,
        Self::AtMost,
        Self::Contains,
        Self::Known,
        Self::Unknown,
    ];

    /// The operator as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Contains => "contains",
            Self::Known => "known",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it compares with a value.
    #[must_use]
    pub const fn needs_value(self) -> bool {
        !matches!(self, Self::Known | Self::Unknown)
    }
}

/// Why a filter cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FilterProblem {
    /// A word that names no field or operator.
    #[error("unknown field or operator `{0}`")]
    Unknown(String),
    /// An attribute that does not exist.
    #[error("unknown attribute `{0}`")]
    UnknownAttribute(QuestionKey),
    /// A comparison that makes no sense for the field.
    #[error("`{}` cannot be compared with `{}`", field, operator.code())]
    BadOperator {
        /// The field.
        field: Field,
        /// The operator.
        operator: Operator,
    },
    /// A value of the wrong type, or none where one is needed.
    #[error("bad value `{value}` for `{field}`")]
    BadValue {
        /// The field.
        field: Field,
        /// The value.
        value: String,
    },
    /// More conditions than anyone can oversee.
    #[error("more than {0} conditions")]
    TooMany(usize),
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language => f.write_str("language"),
            Self::Account => f.write_str("account"),
            Self::Email => f.write_str("email"),
            Self::OptOut => f.write_str("opt_out"),
            Self::Attribute(key) => write!(f, "attribute.{key}"),
        }
    }
}

impl FromStr for Field {
    type Err = FilterProblem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "language" => Ok(Self::Language),
            "account" => Ok(Self::Account),
            "email" => Ok(Self::Email),
            "opt_out" => Ok(Self::OptOut),
            other => other
                .strip_prefix("attribute.")
                .and_then(|key| key.parse().ok())
                .map(Self::Attribute)
                .ok_or_else(|| FilterProblem::Unknown(other.to_owned())),
        }
    }
}

impl TryFrom<String> for Field {
    type Error = FilterProblem;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Field> for String {
    fn from(field: Field) -> Self {
        field.to_string()
    }
}

impl FromStr for Operator {
    type Err = FilterProblem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|operator| operator.code() == text)
            .ok_or_else(|| FilterProblem::Unknown(text.to_owned()))
    }
}

impl Filter {
    /// Most conditions in one filter.
    pub const MOST_CONDITIONS: usize = 20;

    /// Those who may be invited by mail: with an address and without an opt-out.
    #[must_use]
    pub fn reachable() -> Self {
        let has = |field, operator| Condition {
            field,
            operator,
            values: Vec::new(),
        };
        Self {
            conditions: vec![
                has(Field::Email, Operator::Known),
                has(Field::OptOut, Operator::Unknown),
            ],
        }
    }

    /// Those who want no more invitations.
    #[must_use]
    pub fn opted_out() -> Self {
        let condition = Condition {
            field: Field::OptOut,
            operator: Operator::Known,
            values: Vec::new(),
        };
        Self {
            conditions: vec![condition],
        }
    }

    /// Those for whom this filter and another one both hold.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.conditions.extend(other.conditions);
        self
    }

    /// Says whether every condition makes sense, given the attributes that exist.
    pub fn check(&self, attributes: &[Attribute]) -> Result<(), FilterProblem> {
        if self.conditions.len() > Self::MOST_CONDITIONS {
            return Err(FilterProblem::TooMany(Self::MOST_CONDITIONS));
        }
        self.conditions
            .iter()
            .try_for_each(|condition| condition.check(attributes))
    }
}

impl Condition {
    /// Most values of one condition.
    pub const MOST_VALUES: usize = 100;

    /// The type of the field's values, given the attributes that exist.
    pub fn kind(&self, attributes: &[Attribute]) -> Result<AttributeKind, FilterProblem> {
        match &self.field {
            Field::Language | Field::Account | Field::Email => Ok(AttributeKind::Text),
            Field::OptOut => Ok(AttributeKind::Date),
            Field::Attribute(key) => attributes
                .iter()
                .find(|attribute| attribute.key == *key)
                .map(|attribute| attribute.kind)
                .ok_or_else(|| FilterProblem::UnknownAttribute(key.clone())),
        }
    }

    fn check(&self, attributes: &[Attribute]) -> Result<(), FilterProblem> {
        let kind = self.kind(attributes)?;
        if !self.field.operators(kind).contains(&self.operator) {
            return Err(FilterProblem::BadOperator {
                field: self.field.clone(),
                operator: self.operator,
            });
        }
        if !self.operator.needs_value() {
            return Ok(());
        }
        let refuse = |value: &str| FilterProblem::BadValue {
            field: self.field.clone(),
            value: value.to_owned(),
        };
        if self.values.is_empty() || self.values.len() > Self::MOST_VALUES {
            return Err(refuse(""));
        }
        for value in &self.values {
            AttributeValue::parse(kind, value).map_err(|_| refuse(value))?;
        }
        Ok(())
    }
}

impl Field {
    /// The comparisons that make sense for this field, whose values are of `kind`; the one that is
    /// meant most often first.
    #[must_use]
    pub const fn operators(&self, kind: AttributeKind) -> &'static [Operator] {
        use Operator::{AtLeast, AtMost, Contains, Is, IsNot, Known, Unknown};
        match (self, kind) {
            (Self::OptOut, _) => &[Unknown, Known],
            (_, AttributeKind::Text | AttributeKind::Choice) => {
                &[Is, IsNot, Contains, Known, Unknown]
            }
            (_, AttributeKind::Number | AttributeKind::Date) => {
                &[AtLeast, AtMost, Is, IsNot, Known, Unknown]
            }
            (_, AttributeKind::Boolean) => &[Is, IsNot, Known, Unknown],
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn conditions_must_fit_the_type_of_the_attribute() {
        let attributes = [Attribute {
            id: crate::shared::AttributeId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            key: "omzet".parse().unwrap(),
            label: "Omzet".into(),
            kind: AttributeKind::Number,
        }];
        let check = |field: &str, operator, value: &str| {
            let condition = Condition {
                field: field.parse().unwrap(),
                operator,
                values: vec![value.to_owned()],
            };
            Filter {
                conditions: vec![condition],
            }
            .check(&attributes)
        };
        assert_eq!(check("attribute.omzet", Operator::AtLeast, "100"), Ok(()));
        assert!(check("attribute.omzet", Operator::AtLeast, "veel").is_err());
        assert!(check("attribute.omzet", Operator::Contains, "1").is_err());
        assert!(check("attribute.regio", Operator::Is, "Noord").is_err());
        assert_eq!(check("language", Operator::Is, "nl"), Ok(()));
        assert!(check("language", Operator::Is, "n\0l").is_err());
        assert!(check("opt_out", Operator::Is, "2026-01-01").is_err());
        assert_eq!(
            Filter::reachable()
                .and(Filter::opted_out())
                .check(&attributes),
            Ok(())
        );
        assert!("surname".parse::<Field>().is_err());
    }
}
