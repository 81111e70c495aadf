//! Rows of a file with customers.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use peil_domain::{
    access::Actor,
    audience::{Attribute, AttributeKind, AttributeValue, ContactDraft, ContactProblem},
    shared::{
        AttributeId, QuestionKey,
        values::{parse_boolean, parse_date, parse_number},
    },
};
use peil_store::{Tx, audience::attributes};

use super::{
    ImportError, MapProblem, RefusedRow,
    cells::{clean, key_of, position},
    mapping::{ContactColumn, ContactTarget, ContactsMap},
};
use crate::{App, AppError, app::new_id, audience::AudienceError, ports::TableRow};

/// An attribute that a column fills, with the type of its values.
type Wanted = (QuestionKey, AttributeKind);

/// What the columns of one file with customers mean, ready to read rows.
#[derive(Debug, Clone)]
pub(super) struct ContactsPlan {
    columns: Vec<(usize, ContactColumn, Option<Wanted>)>,
}

impl ContactsPlan {
    /// Checks a map against the file and the attributes that exist, among them those that the map
    /// itself makes.
    pub(super) fn new(
        map: &ContactsMap,
        header: &[String],
        attributes: &[Attribute],
    ) -> Result<Self, ImportError> {
        let kinds: BTreeMap<&QuestionKey, AttributeKind> = attributes
            .iter()
            .map(|attribute| (&attribute.key, attribute.kind))
            .collect();
        let mut columns = Vec::new();
        let mut problems = Vec::new();
        let mut taken: Vec<&ContactTarget> = Vec::new();
        for column in &map.columns {
            if column.target == ContactTarget::Ignore {
                continue;
            }
            if taken.contains(&&column.target) {
                problems.push(MapProblem::new("columns", "used_twice", &column.column));
            }
            taken.push(&column.target);
            let attribute = match &column.target {
                ContactTarget::Attribute(key) => Some((key.clone(), kinds.get(key).copied())),
                ContactTarget::NewAttribute { label, kind } => {
                    key_of(label).map(|key| (key, Some(*kind)))
                }
                _ => None,
            };
            let attribute = match attribute {
                Some((key, Some(kind))) => Some((key, kind)),
                Some((key, None)) => {
                    problems.push(MapProblem::new(
                        "columns",
                        "unknown_attribute",
                        key.as_str(),
                    ));
                    continue;
                }
                None => None,
            };
            match position(header, "columns", &column.column) {
                Ok(index) => columns.push((index, column.clone(), attribute)),
                Err(problem) => problems.push(problem),
            }
        }
        let identifies = |target: &&ContactTarget| {
            matches!(target, ContactTarget::ExternalId | ContactTarget::Email)
        };
        if !taken.iter().any(identifies) {
            problems.push(MapProblem::new("columns", "no_identity", ""));
        }
        if problems.is_empty() {
            Ok(Self { columns })
        } else {
            Err(ImportError::Map(problems))
        }
    }

    /// Reads a row as a customer.
    pub(super) fn read(&self, row: &TableRow) -> Result<ContactDraft, RefusedRow> {
        let mut draft = ContactDraft::default();
        for (index, column, attribute) in &self.columns {
            let text = clean(
                row.cells
                    .get(*index)
                    .map(String::as_str)
                    .unwrap_or_default(),
            );
            if text.is_empty() {
                continue;
            }
            put(&mut draft, column, attribute.as_ref(), text)
                .map_err(|code| refuse(row, code, &column.column))?;
        }
        match draft.check() {
            Ok(()) => Ok(draft),
            Err(problem) => Err(refuse(row, code_of(&problem.into()), "")),
        }
    }
}

/// Why a customer is not taken, as a stable word.
pub(super) fn code_of(error: &AudienceError) -> &'static str {
    match error {
        AudienceError::Contact(ContactProblem::NoIdentity) => "contact.no_identity",
        AudienceError::Contact(ContactProblem::TooLong) => "contact.too_long",
        AudienceError::EmailTaken => "contact.email_taken",
        AudienceError::TwoContacts => "contact.two_contacts",
        _ => "contact.refused",
    }
}

/// A refused row.
pub(super) fn refuse(row: &TableRow, code: &str, column: &str) -> RefusedRow {
    RefusedRow {
        row: row.number,
        code: code.to_owned(),
        column: column.to_owned(),
        cells: row.cells.clone(),
    }
}

fn put(
    draft: &mut ContactDraft,
    column: &ContactColumn,
    attribute: Option<&(QuestionKey, AttributeKind)>,
    text: String,
) -> Result<(), &'static str> {
    match &column.target {
        ContactTarget::Ignore => {}
        ContactTarget::ExternalId => draft.external_id = Some(text),
        ContactTarget::Email => draft.email = Some(text.parse().map_err(|_| "email.invalid")?),
        ContactTarget::Name => draft.name = Some(text),
        ContactTarget::Phone => draft.phone = Some(text),
        ContactTarget::Language => draft.language = Some(language(&text)?),
        ContactTarget::Account => draft.account = Some(text),
        ContactTarget::OptOut => {
            draft.has_opted_out = parse_boolean(&text).ok_or("boolean.unreadable")?;
        }
        ContactTarget::Attribute(_) | ContactTarget::NewAttribute { .. } => {
            if let Some((key, kind)) = attribute {
                let value = attribute_value(*kind, column, &text)?;
                draft.attributes.insert(key.clone(), value);
            }
        }
    }
    Ok(())
}

/// Reads a language by its code or its name in Dutch or English.
pub(super) fn language(text: &str) -> Result<peil_domain::shared::Language, &'static str> {
    let code = match text.to_lowercase().as_str() {
        "nederlands" | "dutch" | "nl" => "nl",
        "engels" | "english" | "en" => "en",
        _ => text,
    };
    code.parse().map_err(|_| "language.unknown")
}

fn attribute_value(
    kind: AttributeKind,
    column: &ContactColumn,
    text: &str,
) -> Result<AttributeValue, &'static str> {
    match kind {
        AttributeKind::Number => {
            let number = parse_number(text, column.decimal_style).ok_or("number.unreadable")?;
            if number.is_finite() {
                Ok(AttributeValue::Number(number))
            } else {
                Err("number.unreadable")
            }
        }
        AttributeKind::Date => {
            let date = parse_date(text, column.date_order).ok_or("date.unreadable")?;
            Ok(AttributeValue::Text(date.day(&TimeZone::UTC).to_string()))
        }
        AttributeKind::Boolean => Ok(AttributeValue::Boolean(
            parse_boolean(text).ok_or("boolean.unreadable")?,
        )),
        AttributeKind::Text | AttributeKind::Choice => {
            AttributeValue::parse(kind, text).map_err(|_| "attribute.too_long")
        }
    }
}

impl App {
    /// Makes the attributes that a map of customers asks for, where they do not exist yet, and
    /// lists all.
    pub(super) async fn attributes_for(
        &self,
        tx: &Tx,
        actor: &Actor,
        map: &ContactsMap,
    ) -> Result<Vec<Attribute>, AppError> {
        for column in &map.columns {
            if let ContactTarget::NewAttribute { label, kind } = &column.target
                && let Some(key) = key_of(label)
            {
                self.ensure_attribute(tx, actor, key, label, *kind).await?;
            }
        }
        Ok(attributes::list(tx).await?)
    }

    /// Makes an attribute when there is none with this key.
    pub(super) async fn ensure_attribute(
        &self,
        tx: &Tx,
        actor: &Actor,
        key: QuestionKey,
        label: &str,
        kind: AttributeKind,
    ) -> Result<(), AppError> {
        if attributes::find(tx, &key).await?.is_some() {
            return Ok(());
        }
        let id = new_id!(self, AttributeId);
        let attribute = Attribute {
            id,
            workspace: actor.workspace,
            key,
            label: clean(label).chars().take(200).collect(),
            kind,
        };
        attributes::add(tx, &attribute).await?;
        let details = serde_json::json!({ "key": attribute.key, "by": "import" });
        self.record(tx, actor, "attribute.created", id, details)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(columns: &[(&str, ContactTarget)]) -> Result<ContactsPlan, ImportError> {
        let header: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let columns = columns
            .iter()
            .map(|(name, target)| ContactColumn {
                column: (*name).to_owned(),
                target: target.clone(),
                date_order: peil_domain::shared::values::DateOrder::DayFirst,
                decimal_style: peil_domain::shared::values::DecimalStyle::Comma,
            })
            .collect();
        ContactsPlan::new(&ContactsMap { columns }, &header, &[])
    }

    fn read(plan: &ContactsPlan, cells: &[&str]) -> Result<ContactDraft, String> {
        let row = TableRow {
            number: 2,
            cells: cells.iter().map(|c| (*c).to_owned()).collect(),
        };
        plan.read(&row)
            .map_err(|refused| format!("{} {}", refused.code, refused.column))
    }

    #[test]
    fn dutch_values_are_read_as_what_they_are() {
        let new = |label: &str, kind| ContactTarget::NewAttribute {
            label: label.into(),
            kind,
        };
        let plan = plan(&[
            ("nr", ContactTarget::ExternalId),
            ("afmelden", ContactTarget::OptOut),
            ("omzet", new("Omzet", AttributeKind::Number)),
            ("sinds", new("Klant sinds", AttributeKind::Date)),
            ("taal", ContactTarget::Language),
        ])
        .unwrap();
        let draft = read(&plan, &["K1", "ja", "1.234,50", "3-4-2020", "Nederlands"]).unwrap();
        assert!(draft.has_opted_out);
        let value = |key: &str| draft.attributes[&key.parse::<QuestionKey>().unwrap()].to_string();
        assert_eq!(value("omzet"), "1234.5");
        assert_eq!(value("klant_sinds"), "2020-04-03");
        assert_eq!(
            read(&plan, &["K1", "misschien"]).unwrap_err(),
            "boolean.unreadable afmelden"
        );
        assert_eq!(
            read(&plan, &["", "nee"]).unwrap_err(),
            "contact.no_identity "
        );
    }

    #[test]
    fn a_file_without_anything_to_find_customers_by_is_refused_as_a_whole() {
        let Err(ImportError::Map(problems)) = plan(&[("naam", ContactTarget::Name)]) else {
            panic!("taken")
        };
        assert_eq!(problems[0].code, "no_identity");
    }
}
