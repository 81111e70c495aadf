//! Parts of all answers of which themes are watched apart: questionnaires, contact moments, accounts and
//! groups of customers from which enough comes in. What gets worse in one of them only, all answers
//! together hide.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use peil_domain::{
    shared::{LocalDay, SurveyId},
    themes::{Evidence, SignalPart},
};
use peil_facts::{CountQuery, Dimension, Filter, Scope, Subject, Test};

use super::names::{Names, account_names};
use crate::{
    AppError,
    facts::Counting,
    themes::{ThemeSeries, complaints_by},
};

/// A part is large enough when so many answers came from it in so many weeks ...
const FEWEST_ANSWERS: u64 = 200;
const WEEKS: i32 = 26;
/// ... and it is nearly all of them when it is more than so many of a hundred.
const NEARLY_ALL: u64 = 80;
/// Parts that are watched, the largest: with a dozen themes some hundreds of series.
const MOST_PARTS: usize = 24;

/// A part of all answers.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// As it is told.
    pub(crate) shown: SignalPart,
    by: Dimension,
    value: Arc<str>,
}

impl Part {
    #[cfg(test)]
    pub(super) fn for_test(shown: SignalPart) -> Self {
        Self {
            shown,
            by: Dimension::Survey,
            value: "".into(),
        }
    }

    /// The condition that its answers meet.
    pub(super) fn filter(&self) -> Filter {
        let values = BTreeSet::from([Some(self.value.to_string())]);
        Filter {
            dimension: self.by.clone(),
            test: Test::In(values),
        }
    }

    /// The questionnaire, when that is what it is.
    pub(super) fn survey(&self) -> Option<SurveyId> {
        let is_survey = self.by == Dimension::Survey;
        self.value.parse().ok().filter(|_| is_survey)
    }

    /// The part that evidence is about.
    pub(super) fn of<'p>(parts: &'p [Self], evidence: &Evidence) -> Option<&'p Self> {
        let part = evidence.part.as_ref()?;
        parts.iter().find(|known| known.shown == *part)
    }
}

/// The parts that are large enough by a day.
pub(super) async fn parts(
    session: &(impl Counting + Sync),
    until: LocalDay,
) -> Result<Vec<Part>, AppError> {
    let names = Names::read(session).await?;
    let properties = names.groups(session).await?.into_iter();
    let properties = properties.map(Dimension::Attribute);
    let fixed = [Dimension::Survey, Dimension::Touchpoint, Dimension::Account];
    let all: u64 = sizes(session, None, until).await?.values().sum();
    let mut found = Vec::new();
    for by in fixed.into_iter().chain(properties) {
        for (value, n) in sizes(session, Some(&by), until).await? {
            let is_large = n >= FEWEST_ANSWERS && n.saturating_mul(100) <= all * NEARLY_ALL;
            if let Some(value) = value.filter(|_| is_large) {
                found.push((n, by.clone(), value));
            }
        }
    }
    found.sort_by(|one, other| {
        let size = other.0.cmp(&one.0);
        size.then_with(|| (&one.1, &one.2).cmp(&(&other.1, &other.2)))
    });
    found.truncate(MOST_PARTS);
    let of_accounts = found.iter().filter(|(_, by, _)| *by == Dimension::Account);
    let accounts = account_names(session, of_accounts.map(|(_, _, id)| id.as_ref())).await?;
    let part = |(_, by, value): (u64, Dimension, Arc<str>)| {
        let shown = names.part(&by, &value, &accounts)?;
        Some(Part { shown, by, value })
    };
    Ok(found.into_iter().filter_map(part).collect())
}

/// Answers of the last weeks by the value of a property.
async fn sizes(
    session: &(impl Counting + Sync),
    by: Option<&Dimension>,
    until: LocalDay,
) -> Result<BTreeMap<Option<Arc<str>>, u64>, AppError> {
    let mut scope = Scope::all(session.workspace(), Vec::new());
    scope.from = Some(LocalDay(until.0 - 7 * WEEKS + 1));
    scope.until = Some(until);
    let mut query = CountQuery::new(scope, Subject::Submissions);
    query.group = by.into_iter().cloned().collect();
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    let size = |cell: peil_facts::Cell| {
        let value = cell.groups.into_iter().next().flatten();
        (value, cell.answers.n)
    };
    Ok(cells.into_iter().map(size).collect())
}

/// Complaints and answers of each of these parts, week by week.
pub(super) async fn series_of(
    session: &(impl Counting + Sync),
    parts: &[Part],
    days: (LocalDay, LocalDay),
) -> Result<Vec<ThemeSeries>, AppError> {
    let mut by: BTreeMap<&Dimension, BTreeSet<Option<String>>> = BTreeMap::new();
    for part in parts {
        let values = by.entry(&part.by).or_default();
        values.insert(Some(part.value.to_string()));
    }
    let mut found: BTreeMap<&Dimension, ThemeSeries> = BTreeMap::new();
    for (by, values) in by {
        found.insert(by, complaints_by(session, days, by, values).await?);
    }
    let of_part = |part: &Part| {
        let all = found.get(&part.by);
        let only = |points: &[crate::themes::SeriesPoint]| {
            let own = points.iter();
            let own = own.filter(|point| point.group.as_ref() == Some(&part.value));
            own.cloned().collect()
        };
        all.map_or_else(ThemeSeries::default, |all| ThemeSeries {
            submissions: only(&all.submissions),
            negative: only(&all.negative),
            ..ThemeSeries::default()
        })
    };
    Ok(parts.iter().map(of_part).collect())
}
