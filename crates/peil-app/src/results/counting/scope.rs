//! Between what people call things and what facts are told of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use peil_domain::shared::{AccountId, LocalDay, SurveyId};
use peil_facts::{Filter, Scope, Test};
use peil_store::{audience::accounts, results::Dimension};

use crate::{AppError, facts::Counting};

/// The dimension of facts.
pub(crate) fn asked(dimension: &Dimension) -> peil_facts::Dimension {
    match dimension {
        Dimension::Channel => peil_facts::Dimension::Channel,
        Dimension::Language => peil_facts::Dimension::Language,
        Dimension::Version => peil_facts::Dimension::Version,
        Dimension::Touchpoint => peil_facts::Dimension::Touchpoint,
        Dimension::Account => peil_facts::Dimension::Account,
        Dimension::Segment(key) => peil_facts::Dimension::Attribute(key.clone()),
        Dimension::Theme => peil_facts::Dimension::Theme,
        Dimension::ThemePart => peil_facts::Dimension::ThemePart,
        Dimension::Tone => peil_facts::Dimension::Tone,
    }
}

/// Values that must and that may not hold; the empty text stands for "not known".
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    /// For each dimension the values of which one must hold.
    pub(crate) filters: &'a [(Dimension, Vec<String>)],
    /// For each dimension the values of which none may hold.
    pub(crate) excluded: &'a [(Dimension, Vec<String>)],
}

impl<'a> Wanted<'a> {
    /// One value of each dimension must hold.
    pub(crate) const fn only(filters: &'a [(Dimension, Vec<String>)]) -> Self {
        Self {
            filters,
            excluded: &[],
        }
    }
}

/// The complete submissions of a questionnaire that were made by people and that have the values
/// that are wanted.
pub(crate) async fn scope(
    session: &impl Counting,
    survey: impl Into<Option<SurveyId>>,
    wanted: Wanted<'_>,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
) -> Result<Scope, AppError> {
    let mut found = Scope::all(session.workspace(), survey.into().into_iter().collect());
    found.from = from;
    found.until = until;
    for (dimension, values) in wanted.filters {
        let values = told(session, dimension, values).await?;
        found.filters.push(Filter {
            dimension: asked(dimension),
            test: Test::In(values),
        });
    }
    for (dimension, values) in wanted.excluded {
        let values = told(session, dimension, values).await?;
        found.filters.push(Filter {
            dimension: asked(dimension),
            test: Test::NotIn(values),
        });
    }
    Ok(found)
}

/// Values, as facts are told of them.
async fn told(
    session: &impl Counting,
    dimension: &Dimension,
    values: &[String],
) -> Result<BTreeSet<Option<String>>, AppError> {
    let mut found = match dimension {
        Dimension::Account => accounts_named(session, values).await?,
        other => as_told(other, values),
    };
    if values.iter().any(String::is_empty) {
        found.insert(None);
    }
    Ok(found)
}

/// Values that are known, as facts are told of them.
fn as_told(dimension: &Dimension, values: &[String]) -> BTreeSet<Option<String>> {
    let known = values.iter().filter(|value| !value.is_empty());
    match dimension {
        Dimension::Version => known
            .filter_map(|value| value.parse::<i32>().ok())
            .map(|number| Some(number.to_string()))
            .collect(),
        _ => known.cloned().map(Some).collect(),
    }
}

/// Identifiers of the accounts with one of these names.
async fn accounts_named(
    session: &impl Counting,
    names: &[String],
) -> Result<BTreeSet<Option<String>>, AppError> {
    // No database holds the character NUL, and one refuses to look for it.
    let is_name = |name: &&String| !name.is_empty() && !name.contains('\0');
    let names: Vec<String> = names.iter().filter(is_name).cloned().collect();
    let found = accounts::lookup_many(session, &names).await?;
    Ok(found
        .into_iter()
        .filter(|account| names.contains(&account.name))
        .map(|account| Some(account.id.to_string()))
        .collect())
}

/// The values of the dimension at this place that occur in `cells`.
pub(super) fn values_at(cells: &[peil_facts::Cell], place: usize) -> BTreeSet<Arc<str>> {
    let values = cells.iter().filter_map(|cell| cell.groups.get(place));
    values.flatten().cloned().collect()
}

/// What people call the values of a dimension.
pub(super) struct Names(BTreeMap<Arc<str>, String>);

impl Names {
    /// The names of `values`: accounts are called by theirs, other values speak for themselves.
    pub(super) async fn of(
        session: &impl Counting,
        dimension: Option<&Dimension>,
        values: BTreeSet<Arc<str>>,
    ) -> Result<Self, AppError> {
        if dimension != Some(&Dimension::Account) {
            return Ok(Self(BTreeMap::new()));
        }
        let ids: Vec<AccountId> = values.iter().filter_map(|id| id.parse().ok()).collect();
        let names = accounts::names(session, &ids).await?;
        let named = |id: Arc<str>| {
            let name = names.get(&id.parse().ok()?)?.clone();
            Some((id, name))
        };
        Ok(Self(values.into_iter().filter_map(named).collect()))
    }

    /// What people call this value.
    pub(super) fn name(&self, value: &Arc<str>) -> String {
        let name = self.0.get(value);
        name.cloned().unwrap_or_else(|| value.to_string())
    }
}
