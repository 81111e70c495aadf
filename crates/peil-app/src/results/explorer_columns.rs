//! What stands beside each other in an exploration: periods that may be told, or groups.

use std::cmp::Reverse;

use peil_domain::shared::{LocalDay, Period};
use peil_store::results::Dimension;

use super::{
    ExploreColumn, ExploreQuery, ExploreView, Explored,
    counting::TableCell,
    explorer_table::{Layout, group_of},
    ladder::names_of,
    trend::days_of,
};
use crate::{AppError, facts::Counting};

/// Most groups beside each other.
const MOST_GROUPS: usize = 24;

/// Most periods beside each other; the oldest are left out.
const fn most_steps(view: ExploreView, step: Period) -> usize {
    match (view, step) {
        (ExploreView::Trend, _) => 120,
        (_, Period::Day) => 31,
        (_, Period::Week) => 26,
        _ => 24,
    }
}

/// What stands beside each other, with what is selected in each.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) dimension: Option<Dimension>,
    pub(super) step: Option<Period>,
    /// Each with the value or first day by which its cells are found.
    pub(super) list: Vec<(ExploreColumn, ColumnKey)>,
    /// Number of those in which anyone answered.
    answered: usize,
    pub(super) beyond: usize,
}

/// The value or the first day by which the cells of a column are found.
pub(super) type ColumnKey = (Option<Option<String>>, Option<LocalDay>);

impl Layout<'_> {
    /// The shortest periods from `wish` on of which most may be told, with what stands in each; when
    /// there are none, those that were wished.
    pub(super) async fn steps_told(
        &self,
        session: &impl Counting,
        wish: Period,
    ) -> Result<(Period, Columns), AppError> {
        let selected = self.selection.selected();
        let longer = ExploreQuery::STEPS
            .into_iter()
            .skip_while(|step| *step != wish);
        let mut wished = None;
        for step in longer {
            let columns = self.steps(session, step).await?;
            let is_told = |(column, _): &&(ExploreColumn, ColumnKey)| match column {
                ExploreColumn::Step(first, last) => {
                    let days = self.selection.between(*first, *last);
                    self.guard.opens(&selected, days.from, days.end())
                }
                ExploreColumn::Group(_) => false,
            };
            let told = columns.list.iter().filter(is_told).count();
            if 2 * told >= columns.answered {
                return Ok((step, columns));
            }
            wished.get_or_insert(columns);
        }
        Ok((wish, wished.unwrap_or_default()))
    }

    /// The periods in which anyone answered, and those between them.
    async fn steps(&self, session: &impl Counting, step: Period) -> Result<Columns, AppError> {
        let cells = self.sizes(session, Vec::new(), Some(step)).await?;
        let mut starts: Vec<LocalDay> = Vec::new();
        let most = most_steps(self.maker.query.view, step);
        for start in cells.iter().filter_map(|cell| cell.start) {
            while let Some(before) = starts.last()
                && step.next(*before) < start
                && starts.len() < 10 * most
            {
                starts.push(step.next(*before));
            }
            starts.push(start);
        }
        let beyond = starts.len().saturating_sub(most);
        let oldest = starts.get(beyond).copied();
        let answered = cells.iter().filter(|cell| cell.start >= oldest).count();
        let list = starts.into_iter().skip(beyond).map(|start| {
            let (first, last) = days_of(self.selection, step, start);
            (ExploreColumn::Step(first, last), (None, Some(start)))
        });
        Ok(Columns {
            dimension: None,
            step: Some(step),
            list: list.collect(),
            answered,
            beyond,
        })
    }

    /// The groups beside each other, the largest first, those that may not be told last.
    pub(super) async fn groups_beside(
        &self,
        session: &impl Counting,
        second: &Dimension,
        found: &Explored,
    ) -> Result<Columns, AppError> {
        let mut cells = self.sizes(session, vec![second.clone()], None).await?;
        let is_hidden = |cell: &TableCell| {
            let value = cell.groups.first().and_then(Option::as_deref);
            !self.selection.may_tell_group(&self.guard, second, value)
        };
        cells.sort_by_cached_key(|cell| (is_hidden(cell), Reverse(cell.n)));
        let beyond = cells.len().saturating_sub(MOST_GROUPS);
        cells.truncate(MOST_GROUPS);
        let names = names_of(&found.dimensions, second);
        let list = cells.into_iter().filter_map(|cell| {
            let value = cell.groups.into_iter().next()?;
            let group = group_of(value.clone(), &names);
            Some((ExploreColumn::Group(group), (Some(value), None)))
        });
        Ok(Columns {
            dimension: Some(second.clone()),
            step: None,
            list: list.collect(),
            answered: 0,
            beyond,
        })
    }
}
