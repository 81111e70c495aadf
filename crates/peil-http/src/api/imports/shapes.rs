//! What calls about imports send and get.

use jiff::Timestamp;
use peil_app::{
    AppError,
    imports::{ContactColumn, ContactTarget, ImportKind, ImportState, ImportView, RefusedRow},
};
use peil_domain::shared::values::{DateOrder, DecimalStyle};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{api::caller::Caller, edge::problem::refused_row};

/// What a file is imported as.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportKind)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Customers.
    Contacts,
    /// Earlier answers.
    Answers,
}

/// A file that is or was imported.
#[derive(Serialize, ToSchema)]
pub(super) struct Import {
    /// Identifier.
    pub(super) id: Uuid,
    /// What it is imported as.
    pub(super) kind: Kind,
    /// `uploaded`, `running`, `done` or `failed`.
    pub(super) state: String,
    /// Name of the file where it came from.
    pub(super) file_name: String,
    /// The questionnaire, for answers.
    pub(super) survey: Option<Uuid>,
    /// Rows that had their turn.
    pub(super) done: i64,
    /// Rows in all; an estimate while it runs.
    pub(super) total: i64,
    /// Rows that were new.
    pub(super) added: i64,
    /// Rows that were known already.
    pub(super) updated: i64,
    /// Rows that were refused.
    pub(super) refused: i64,
    /// Answers of which the customer is not known.
    pub(super) unlinked: u64,
    /// When the file came in.
    #[schema(value_type = String, format = DateTime)]
    pub(super) created_at: Timestamp,
    /// When the last row had its turn.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) finished_at: Option<Timestamp>,
    /// Why it stopped, as a stable word or in English.
    pub(super) last_error: Option<String>,
    /// The first refused rows.
    pub(super) refused_rows: Vec<Refused>,
}

/// A row that was refused.
#[derive(Serialize, ToSchema)]
pub(super) struct Refused {
    /// Its number as a spreadsheet shows it.
    pub(super) row: u64,
    /// Stable name of the reason.
    pub(super) code: String,
    /// The column that it is about; empty for the row as a whole.
    pub(super) column: String,
    /// The reason in words.
    pub(super) message: String,
}

/// The first rows of a file.
#[derive(Serialize, ToSchema)]
pub(super) struct Preview {
    /// How the file was read: kind, delimiter, encoding or sheet.
    pub(super) format: String,
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// The first rows.
    pub(super) rows: Vec<Vec<String>>,
}

/// A column of a file.
#[derive(Serialize, ToSchema)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// `text`, `integer`, `decimal`, `date`, `boolean` or `email`.
    pub(super) kind: String,
    /// Whether its dates or numbers can be read in two ways.
    pub(super) is_ambiguous: bool,
    /// The values that occur, when they are few.
    pub(super) values: Vec<String>,
}

/// What the columns of a file with customers mean.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsMapping {
    /// The columns that are used.
    pub(super) columns: Vec<ContactMapping>,
}

/// What one column means.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactMapping {
    /// Name of the column.
    pub(super) column: String,
    /// What it means.
    pub(super) target: Target,
    /// Key of the attribute, for `attribute`.
    pub(super) attribute: Option<String>,
    /// Name of the attribute, for `new_attribute`; the name of the column when absent.
    pub(super) label: Option<String>,
    /// `text`, `number`, `date`, `boolean` or `choice`, for `new_attribute`; `text` when absent.
    pub(super) kind: Option<String>,
    /// Whether `3-4-2026` is the fourth of March.
    #[serde(default)]
    pub(super) is_month_first: bool,
    /// Whether `1.234` is a number between 1 and 2.
    #[serde(default)]
    pub(super) has_decimal_point: bool,
}

/// What a column can mean.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Target {
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
    /// Organisation of the customer.
    Account,
    /// Whether the customer wants no invitations.
    OptOut,
    /// An attribute that exists.
    Attribute,
    /// An attribute that is made.
    NewAttribute,
}

/// What is uploaded.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Upload {
    /// What the file is imported as.
    #[param(inline)]
    pub(super) kind: Kind,
    /// Name of the file.
    #[param(max_length = 200)]
    pub(super) file_name: Option<String>,
}

/// An import as calls get it.
pub(super) fn import_of(view: ImportView, refused: &[RefusedRow], caller: &Caller) -> Import {
    let import = view.import;
    let state = match import.state {
        ImportState::Uploaded => "uploaded",
        ImportState::Running => "running",
        ImportState::Done => "done",
        ImportState::Failed => "failed",
    };
    Import {
        id: import.id.0,
        kind: match import.kind {
            ImportKind::Contacts => Kind::Contacts,
            ImportKind::Answers => Kind::Answers,
        },
        state: state.to_owned(),
        file_name: import.file_name,
        survey: import.survey.map(|id| id.0),
        done: import.done,
        total: import.total,
        added: import.added,
        updated: import.updated,
        refused: import.failed,
        unlinked: view.unlinked,
        created_at: import.created_at,
        finished_at: import.finished_at,
        last_error: import.last_error,
        refused_rows: refused
            .iter()
            .map(|row| Refused {
                row: row.row,
                code: row.code.clone(),
                column: row.column.clone(),
                message: refused_row(row, caller.text),
            })
            .collect(),
    }
}

/// A column as a program sends it.
pub(super) fn column_of(mapping: ContactMapping) -> Result<ContactColumn, AppError> {
    let unknown = |field| AppError::Invalid {
        field,
        code: "unknown",
    };
    let target = match mapping.target {
        Target::ExternalId => ContactTarget::ExternalId,
        Target::Email => ContactTarget::Email,
        Target::Name => ContactTarget::Name,
        Target::Phone => ContactTarget::Phone,
        Target::Language => ContactTarget::Language,
        Target::Account => ContactTarget::Account,
        Target::OptOut => ContactTarget::OptOut,
        Target::Attribute => {
            let key = mapping.attribute.unwrap_or_default();
            ContactTarget::Attribute(key.parse().map_err(|_| unknown("attribute"))?)
        }
        Target::NewAttribute => ContactTarget::NewAttribute {
            label: mapping.label.unwrap_or_else(|| mapping.column.clone()),
            kind: mapping
                .kind
                .as_deref()
                .unwrap_or("text")
                .parse()
                .map_err(|_| unknown("kind"))?,
        },
    };
    let (order, style) = (mapping.is_month_first, mapping.has_decimal_point);
    Ok(ContactColumn {
        column: mapping.column,
        target,
        date_order: if order {
            DateOrder::MonthFirst
        } else {
            DateOrder::DayFirst
        },
        decimal_style: if style {
            DecimalStyle::Point
        } else {
            DecimalStyle::Comma
        },
    })
}
