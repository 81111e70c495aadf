//! What the columns of a file mean, as a person or a map file says it.

use std::{collections::BTreeMap, fmt};

use peil_domain::{
    audience::AttributeKind,
    shared::{
        Language, Localized, QuestionKey, Slug,
        values::{DateOrder, DecimalStyle},
    },
    survey::Question,
};
use serde::{Deserialize, Serialize};

use super::{ImportError, MapProblem};

/// What becomes of the rows of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Plan {
    /// Customers.
    Contacts(ContactsMap),
    /// Earlier answers.
    Answers(Box<AnswersMap>),
}

/// What the columns of a file with customers mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactsMap {
    /// The columns that are used; others are left out.
    pub columns: Vec<ContactColumn>,
}

/// What one column of a file with customers means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactColumn {
    /// Name of the column.
    pub column: String,
    /// What it means.
    pub target: ContactTarget,
    /// How its dates are written.
    #[serde(default)]
    pub date_order: DateOrder,
    /// How its numbers are written.
    #[serde(default)]
    pub decimal_style: DecimalStyle,
}

/// What a column can mean for a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactTarget {
    /// Nothing.
    Ignore,
    /// Identifier in the organisation's own systems.
    ExternalId,
    /// E-mail address.
    Email,
    /// Full name.
    Name,
    /// Telephone number.
    Phone,
    /// Language.
    Language,
    /// The organisation that the customer works for.
    Account,
    /// Whether the customer wants no invitations.
    OptOut,
    /// An attribute that exists.
    Attribute(QuestionKey),
    /// An attribute that is made with the import.
    NewAttribute {
        /// Its name for colleagues.
        label: String,
        /// Type of its values.
        kind: AttributeKind,
    },
}

/// What a file with earlier answers means; the map file of `peil import answers` in TOML has this
/// shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersMap {
    /// The questionnaire that was answered.
    pub survey: SurveyMap,
    /// Columns about the submission as a whole.
    #[serde(default)]
    pub columns: ColumnsMap,
    /// Segment values by attribute; they are frozen with the answer.
    #[serde(default)]
    pub segments: BTreeMap<QuestionKey, ColumnMap>,
    /// Answers by question.
    #[serde(default)]
    pub answers: BTreeMap<QuestionKey, ColumnMap>,
}

/// The questionnaire that was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyMap {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for colleagues, when it is made with the import.
    #[serde(default)]
    pub name: Option<String>,
    /// Its title for customers; the name when absent.
    #[serde(default)]
    pub title: Localized,
    /// Its languages; those of the first question when empty.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Its questions. They are used only when there is no questionnaire of this name yet.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// Columns about a submission as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnsMap {
    /// When it was answered.
    #[serde(default)]
    pub date: Option<DateMap>,
    /// Identifier of the row where it came from; a second import of it adds nothing.
    #[serde(default)]
    pub id: Option<ColumnMap>,
    /// External identifier of the customer.
    #[serde(default)]
    pub contact: Option<ColumnMap>,
    /// Address of the customer.
    #[serde(default)]
    pub email: Option<ColumnMap>,
    /// Organisation of the customer, found or made.
    #[serde(default)]
    pub account: Option<ColumnMap>,
    /// Channel; `import` when there is none.
    #[serde(default)]
    pub channel: Option<ColumnMap>,
    /// Language in which it was answered; the questionnaire's first one when there is none.
    #[serde(default)]
    pub language: Option<ColumnMap>,
    /// Contact moment, by its key or name.
    #[serde(default)]
    pub touchpoint: Option<ColumnMap>,
}

/// Refuses a map with characters that no database keeps.
pub(super) fn refuse_control_characters(map: &impl Serialize) -> Result<(), ImportError> {
    let text = serde_json::to_string(map).unwrap_or_default();
    if text.contains("\\u0000") {
        return Err(ImportError::Map(vec![MapProblem::new(
            "",
            "control_character",
            "",
        )]));
    }
    Ok(())
}

/// A column, with translations of its values when they need any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ColumnMap {
    /// The column as it is.
    Plain(String),
    /// The column with more to say about it.
    Full(FullColumn),
}

/// A column whose values are translated or taken apart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullColumn {
    /// Name of the column.
    pub column: String,
    /// What stands in the file, and what is meant; the case does not matter.
    #[serde(default)]
    pub values: BTreeMap<String, Meant>,
    /// What stands between several choices in one cell; `|` when absent.
    #[serde(default)]
    pub separator: Option<String>,
}

/// What a value in the file means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Meant {
    /// A score.
    Score(i32),
    /// Any word.
    Word(String),
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Score(score) => score.fmt(f),
            Self::Word(word) => word.fmt(f),
        }
    }
}

impl ColumnMap {
    /// Everything that is said about the column.
    #[must_use]
    pub fn full(&self) -> FullColumn {
        match self {
            Self::Plain(column) => FullColumn {
                column: column.clone(),
                ..FullColumn::default()
            },
            Self::Full(full) => full.clone(),
        }
    }
}

/// The column with the date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum DateMap {
    /// The column, with the day first and in the organisation's time zone.
    Plain(String),
    /// The column with more to say about it.
    Full(FullDate),
}

/// How dates are written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullDate {
    /// Name of the column.
    pub column: String,
    /// What stands first in `3-4-2026`.
    #[serde(default)]
    pub order: DateOrder,
    /// IANA name of the zone that times without one are in; the organisation's when absent.
    #[serde(default)]
    pub zone: Option<String>,
}

impl DateMap {
    /// Everything that is said about the column.
    #[must_use]
    pub fn full(&self) -> FullDate {
        match self {
            Self::Plain(column) => FullDate {
                column: column.clone(),
                ..FullDate::default()
            },
            Self::Full(full) => full.clone(),
        }
    }
}
