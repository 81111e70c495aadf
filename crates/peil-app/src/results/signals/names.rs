//! What people call groups of answers.

use std::{collections::BTreeMap, sync::Arc};

use peil_domain::{
    audience::{Attribute, AttributeKind},
    journey::Touchpoint,
    shared::{AccountId, QuestionKey},
    survey::Survey,
    themes::{Group, SignalPart},
};
use peil_facts::Dimension as Asked;
use peil_store::{
    audience::{accounts, attributes},
    journey,
    results::Dimension,
    survey,
};

use super::super::query::dimension_code;
use crate::{AppError, facts::Counting};

/// Properties that are looked at.
const MOST_PROPERTIES: usize = 8;

/// A value of a property, by the place of the property in a table.
pub(super) type Value = Option<Arc<str>>;

/// What people call groups.
pub(super) struct Names {
    touchpoints: Vec<Touchpoint>,
    attributes: Vec<Attribute>,
    surveys: Vec<Survey>,
}

impl Names {
    pub(super) async fn read(session: &impl Counting) -> Result<Self, AppError> {
        Ok(Self {
            touchpoints: journey::list_touchpoints(session).await?,
            attributes: attributes::list(session).await?,
            surveys: survey::list(session).await?,
        })
    }

    /// The properties of customers whose values are groups.
    pub(super) async fn groups(
        &self,
        session: &impl Counting,
    ) -> Result<Vec<QuestionKey>, AppError> {
        let keys = session.facts().attributes(session.workspace(), &[]).await?;
        let groups = keys.found.into_iter().filter(|key| self.is_group(key));
        Ok(groups.take(MOST_PROPERTIES).collect())
    }

    /// Whether the values of a property are groups rather than numbers or days.
    fn is_group(&self, key: &QuestionKey) -> bool {
        let known = self.attributes.iter().find(|one| one.key == *key);
        known.is_none_or(|one| !matches!(one.kind, AttributeKind::Number | AttributeKind::Date))
    }

    fn group(&self, dimension: &Dimension, value: &str) -> Group {
        if let Dimension::Segment(key) = dimension {
            let label = self.attributes.iter().find(|one| one.key == *key);
            return Group {
                property: label.map_or_else(|| key.to_string(), |one| one.label.clone()),
                name: value.to_owned(),
            };
        }
        let mut touchpoints = self.touchpoints.iter();
        let known = touchpoints.find(|known| known.key.as_str() == value);
        Group {
            property: "touchpoint".to_owned(),
            name: known.map_or_else(|| value.to_owned(), |known| known.name.clone()),
        }
    }

    /// The groups with these values, those that are not known left out.
    pub(super) fn groups_of(&self, by: &[Dimension], values: &[Value]) -> Vec<Group> {
        let values = by.iter().zip(values);
        let groups = values.filter_map(|(dimension, value)| {
            let value = value.as_ref()?;
            Some(self.group(dimension, value))
        });
        groups.collect()
    }

    /// The part of all answers with a value; nothing when it has no name. Accounts go by the names given.
    pub(super) fn part(
        &self,
        by: &Asked,
        value: &str,
        accounts: &BTreeMap<AccountId, String>,
    ) -> Option<SignalPart> {
        let part = |dimension: String, value: String, group: Group| SignalPart {
            dimension,
            value,
            property: group.property,
            name: group.name,
        };
        let plain = |word: &str, value: String, name: String| {
            let property = word.to_owned();
            part(property.clone(), value, Group { property, name })
        };
        match by {
            Asked::Survey => {
                let is_meant = |survey: &&Survey| survey.id.to_string() == value;
                let survey = self.surveys.iter().find(is_meant)?;
                Some(plain(
                    "survey",
                    survey.slug.to_string(),
                    survey.name.clone(),
                ))
            }
            Asked::Account => {
                let name = accounts.get(&value.parse().ok()?)?;
                Some(plain("account", name.clone(), name.clone()))
            }
            Asked::Touchpoint => {
                let group = self.group(&Dimension::Touchpoint, value);
                Some(part("touchpoint".to_owned(), value.to_owned(), group))
            }
            Asked::Attribute(key) => {
                let dimension = Dimension::Segment(key.clone());
                let group = self.group(&dimension, value);
                Some(part(dimension_code(&dimension), value.to_owned(), group))
            }
            _ => None,
        }
    }
}

/// The names of accounts with these identifiers.
pub(super) async fn account_names(
    session: &impl Counting,
    ids: impl Iterator<Item = &str>,
) -> Result<BTreeMap<AccountId, String>, AppError> {
    let ids: Vec<AccountId> = ids.filter_map(|id| id.parse().ok()).collect();
    Ok(accounts::names(session, &ids).await?)
}
