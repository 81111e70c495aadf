//! The people of a table, of all time and by period, as a guard needs them.

use std::collections::BTreeMap;

use peil_domain::shared::{LocalDay, Period};

use super::counting::{PeopleCell, PeopleQuery, people_by};
use crate::{AppError, facts::Counting};

/// The periods by which people are counted, from those that cost least to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// None: all time together.
    Never,
    /// Months and quarters.
    Months,
    /// Weeks, cut where a month begins, as well.
    Weeks,
    /// Days as well.
    Days,
}

impl Detail {
    /// What it takes to tell these days apart from others.
    pub(crate) fn of(from: Option<LocalDay>, until: Option<LocalDay>) -> Self {
        let begins_month = |day: LocalDay| Period::Month.start(day) == day;
        let is_whole = from.is_none_or(begins_month)
            && until.is_none_or(|until| begins_month(LocalDay(until.0 + 1)));
        match (from, until) {
            (None, None) => Self::Never,
            _ if is_whole => Self::Months,
            _ => Self::Weeks,
        }
    }
}

/// The people of a table, of all time and by period.
pub(super) struct Counts {
    pub(super) everyone: Vec<PeopleCell>,
    /// From coarse to fine.
    pub(super) steps: Vec<(Period, Vec<PeopleCell>)>,
}

impl Counts {
    pub(super) async fn read(
        session: &impl Counting,
        asked: &PeopleQuery,
        detail: Detail,
        include_automatic: bool,
    ) -> Result<Self, AppError> {
        let mut query = PeopleQuery {
            period: None,
            include_automatic,
            ..asked.clone()
        };
        let everyone = people_by(session, &query).await?;
        let mut steps = Vec::new();
        for (period, needed) in [
            (Period::Month, Detail::Months),
            (Period::Week, Detail::Weeks),
            (Period::Day, Detail::Days),
        ] {
            if detail >= needed {
                query.period = Some(period);
                steps.push((period, people_by(session, &query).await?));
            }
        }
        Ok(Self { everyone, steps })
    }

    /// Everyone who is not in `part`.
    pub(super) fn without(self, part: &Self) -> Self {
        let steps = self.steps.into_iter().zip(&part.steps);
        Self {
            everyone: less(self.everyone, &part.everyone),
            steps: steps
                .map(|((period, cells), (_, part))| (period, less(cells, part)))
                .collect(),
        }
    }
}

fn less(mut cells: Vec<PeopleCell>, part: &[PeopleCell]) -> Vec<PeopleCell> {
    let known: BTreeMap<_, u64> = part
        .iter()
        .map(|cell| ((&cell.values, cell.start), cell.people))
        .collect();
    cells.retain_mut(|cell| {
        let others = known.get(&(&cell.values, cell.start)).copied();
        cell.people = cell.people.saturating_sub(others.unwrap_or_default());
        cell.people > 0
    });
    cells
}

/// Months put together to quarters; someone who answered in two months counts twice.
pub(super) fn by_quarter(months: &[PeopleCell]) -> Vec<PeopleCell> {
    let mut quarters: Vec<PeopleCell> = Vec::new();
    for cell in months {
        let start = cell.start.map(|start| Period::Quarter.start(start));
        match quarters.last_mut() {
            Some(last) if last.start == start && last.values == cell.values => {
                last.people += cell.people;
            }
            _ => quarters.push(PeopleCell {
                start,
                ..cell.clone()
            }),
        }
    }
    quarters
}
