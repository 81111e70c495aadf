//! Attributes: what an organisation keeps of its contacts besides name and address.

use peil_domain::{
    access::{Actor, Right},
    audience::{Attribute, AttributeKind},
    shared::{AttributeId, QuestionKey},
};
use peil_store::{
    StoreError,
    audience::{attributes, counts},
};

use super::AudienceError;
use crate::{
    App, AppError,
    app::{demand, new_id},
};

/// Most attributes of one organisation.
const MOST: usize = 100;
/// Most values of a choice that are offered.
const MOST_VALUES: u64 = 100;

/// An attribute with what contacts have of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeUse {
    /// The attribute.
    pub attribute: Attribute,
    /// Contacts of whom it is known.
    pub contacts: u64,
    /// The values of a choice with the number of contacts, the most frequent first.
    pub values: Vec<(String, u64)>,
}

impl App {
    /// Lists the attributes by label, with what contacts have of them.
    pub async fn list_attributes(&self, actor: &Actor) -> Result<Vec<AttributeUse>, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let known = counts::known(&session).await?;
        let mut found = Vec::new();
        for attribute in attributes::list(&session).await? {
            let contacts = known.get(&attribute.key).copied().unwrap_or(0);
            let values = counts::values(&session, &attribute, MOST_VALUES).await?;
            found.push(AttributeUse {
                attribute,
                contacts,
                values,
            });
        }
        Ok(found)
    }

    /// Makes an attribute; its key is made of the label and never changes.
    pub async fn create_attribute(
        &self,
        actor: &Actor,
        label: &str,
        kind: AttributeKind,
    ) -> Result<Attribute, AppError> {
        demand(actor, Right::WriteAudience)?;
        let label = check_label(label)?;
        let tx = self.store.begin(actor.workspace).await?;
        let known = attributes::list(&tx).await?;
        if known.len() >= MOST {
            return Err(AudienceError::TooManyAttributes(MOST).into());
        }
        if known
            .iter()
            .any(|attribute| attribute.label.eq_ignore_ascii_case(label))
        {
            return Err(AudienceError::LabelTaken.into());
        }
        let is_free = |key: &QuestionKey| known.iter().all(|attribute| attribute.key != *key);
        let attempts = u32::try_from(MOST).unwrap_or(u32::MAX).saturating_add(1);
        let key = (1..=attempts)
            .find_map(|number| Attribute::key_of(label, number).filter(is_free))
            .ok_or(AudienceError::LabelTaken)?;
        let attribute = Attribute {
            id: new_id!(self, AttributeId),
            workspace: actor.workspace,
            key,
            label: label.to_owned(),
            kind,
        };
        attributes::add(&tx, &attribute)
            .await
            .map_err(label_taken)?;
        let details = serde_json::json!({ "key": attribute.key, "kind": kind });
        self.record(&tx, actor, "attribute.created", attribute.id, details)
            .await?;
        tx.commit().await?;
        Ok(attribute)
    }

    /// Changes the label of an attribute.
    pub async fn update_attribute(
        &self,
        actor: &Actor,
        key: &QuestionKey,
        label: &str,
    ) -> Result<Attribute, AppError> {
        demand(actor, Right::WriteAudience)?;
        let label = check_label(label)?;
        let tx = self.store.begin(actor.workspace).await?;
        let known = attributes::list(&tx).await?;
        let found = known.iter().find(|attribute| attribute.key == *key);
        let mut attribute = found.cloned().ok_or(AppError::NotFound)?;
        let is_other = |other: &&Attribute| other.id != attribute.id;
        if known
            .iter()
            .filter(is_other)
            .any(|other| other.label.eq_ignore_ascii_case(label))
        {
            return Err(AudienceError::LabelTaken.into());
        }
        label.clone_into(&mut attribute.label);
        attributes::save_label(&tx, &attribute).await?;
        let details = serde_json::json!({ "key": attribute.key });
        self.record(&tx, actor, "attribute.changed", attribute.id, details)
            .await?;
        tx.commit().await?;
        Ok(attribute)
    }
}

fn check_label(label: &str) -> Result<&str, AppError> {
    let label = label.trim();
    let refuse = |code| AppError::Invalid {
        field: "label",
        code,
    };
    if label.is_empty() {
        return Err(refuse("missing"));
    }
    if label.chars().count() > Attribute::LONGEST_LABEL {
        return Err(refuse("too_long"));
    }
    if label.contains(char::is_control) {
        return Err(refuse("control_character"));
    }
    Ok(label)
}

fn label_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Taken(_) => AudienceError::LabelTaken.into(),
        other => other.into(),
    }
}
