//! The rows, columns and cells of an exploration: which groups are shown, and what may be told.
//!
//! Groups that the guard pools are shown as hidden and are part of nothing else, so that "all others"
//! is made of whole groups as well.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use peil_domain::shared::{LocalDay, Period};
use peil_store::results::Dimension;

use super::{
    ExploreColumn, ExploreGroup, ExploreRow, ExploreView, Explored, Figure,
    counting::{TableCell, TableQuery, table, table_without_people},
    explorer::{answered, versions},
    explorer_columns::Columns,
    explorer_figures::Maker,
    guard::Guard,
    guard_counts::Detail,
    ladder::names_of,
    selection::Selection,
    trend::detail_of,
};
use crate::{AppError, facts::Counting};

/// Most groups under each other.
const fn most_rows(view: ExploreView) -> usize {
    match view {
        ExploreView::Heat => 30,
        ExploreView::Ladder | ExploreView::Trend => 40,
    }
}

/// What is asked of the counts, and what may be told of them.
pub(super) struct Layout<'a> {
    pub(super) selection: &'a Selection,
    pub(super) maker: Maker,
    pub(super) guard: Arc<Guard>,
}

/// Fills in rows, columns and cells.
pub(super) async fn lay_out(
    session: &impl Counting,
    selection: &Selection,
    found: &mut Explored,
) -> Result<(), AppError> {
    let query = found.query.clone();
    let counted = found.subject.counted(query.range().is_some());
    let by = query.results.group.clone();
    let second = query
        .second
        .clone()
        .filter(|_| query.view == ExploreView::Heat);
    let detail = match (query.view, &second) {
        (ExploreView::Ladder, _) | (_, Some(_)) => Detail::Never,
        _ => detail_of(found.step),
    };
    let groups: Vec<Dimension> = by.iter().chain(&second).cloned().collect();
    let comparable = versions(&counted, selection);
    let people = |groups: &[Dimension]| {
        let filters = comparable.clone().into_iter().collect();
        selection.people_query(answered(&counted), filters, groups)
    };
    // A guard of its own for the whole: a finer table hides more.
    let may_tell = if selection.is_narrowed() && !selection.is_closed {
        let own = selection
            .guard_of(session, people(&[]), Detail::Never)
            .await?;
        own.opens(&selection.selected(), selection.from, selection.end())
    } else {
        !selection.is_closed
    };
    let guard = selection.guard_of(session, people(&groups), detail).await?;
    let layout = Layout {
        selection,
        maker: Maker {
            subject: found.subject.clone(),
            query,
            counted,
        },
        guard,
    };
    layout.whole(session, may_tell, found).await?;
    if selection.is_closed {
        return Ok(());
    }
    layout.apart(session, by, second, found).await
}

type Filter = (Dimension, Vec<String>);

/// The values of one group, or of several together.
fn only(dimension: &Dimension, values: &[Option<String>]) -> Filter {
    let values = values.iter().map(|value| value.clone().unwrap_or_default());
    (dimension.clone(), values.collect())
}

impl Layout<'_> {
    /// Fills in the figure of the whole selection.
    async fn whole(
        &self,
        session: &impl Counting,
        may_tell: bool,
        found: &mut Explored,
    ) -> Result<(), AppError> {
        let is_closed = self.selection.is_closed;
        let whole = self.cells(session, Vec::new(), None, None).await?;
        let whole = whole.into_iter().next().unwrap_or_default();
        found.whole = match self.maker.figure(&whole)? {
            // Not even whether anyone answered.
            _ if is_closed => Figure::Hidden,
            figure => figure.told_if(may_tell),
        };
        let is_told = found.whole.shown().is_some() || (whole.n == 0 && !is_closed);
        found.counted = is_told.then(|| self.maker.in_range(&whole));
        Ok(())
    }

    /// Fills in rows and columns.
    async fn apart(
        &self,
        session: &impl Counting,
        by: Option<Dimension>,
        second: Option<Dimension>,
        found: &mut Explored,
    ) -> Result<(), AppError> {
        let columns = match (self.maker.query.view, &second) {
            (ExploreView::Ladder, _) => Columns::default(),
            (_, Some(second)) => self.groups_beside(session, second, found).await?,
            _ => {
                let (step, columns) = self.steps_told(session, found.step).await?;
                found.step = step;
                columns
            }
        };
        found.columns_beyond = columns.beyond;
        let shown = columns.list.iter().map(|(column, _)| column.clone());
        found.columns = shown.collect();
        if let Some(by) = by {
            return self.rows(session, &by, &columns, found).await;
        }
        let cells = self.cells_in(session, None, &columns).await?;
        found.rows.push(ExploreRow {
            group: None,
            figure: found.whole,
            cells: self.row(&columns, None, &cells)?,
        });
        Ok(())
    }

    /// Counts, narrowed to `narrowed`, apart by `by` and `period`.
    async fn cells(
        &self,
        session: &impl Counting,
        by: Vec<Dimension>,
        period: Option<(Period, Option<LocalDay>)>,
        narrowed: Option<Filter>,
    ) -> Result<Vec<TableCell>, AppError> {
        table(session, &self.table_query(by, period, narrowed)).await
    }

    /// Which groups or periods there are, and how many answered in each.
    pub(super) async fn sizes(
        &self,
        session: &impl Counting,
        by: Vec<Dimension>,
        period: Option<Period>,
    ) -> Result<Vec<TableCell>, AppError> {
        let period = period.map(|period| (period, None));
        table_without_people(session, &self.table_query(by, period, None)).await
    }

    fn table_query(
        &self,
        by: Vec<Dimension>,
        period: Option<(Period, Option<LocalDay>)>,
        narrowed: Option<Filter>,
    ) -> TableQuery {
        let mut filters = self.selection.filters.clone();
        filters.extend(versions(&self.maker.counted, self.selection));
        filters.extend(narrowed);
        let first = period.and_then(|(_, first)| first);
        TableQuery {
            survey: self.selection.survey.id,
            subject: self.maker.counted.clone(),
            filters,
            excluded: self.selection.excluded.clone(),
            from: first.max(self.selection.from),
            until: self.selection.until,
            by,
            period: period.map(|(period, _)| period),
            include_automatic: self.selection.includes_automatic,
        }
    }

    /// The cells of these columns, apart by group, narrowed to `groups`.
    async fn cells_in(
        &self,
        session: &impl Counting,
        groups: Option<(&Dimension, Vec<Option<String>>, bool)>,
        columns: &Columns,
    ) -> Result<Vec<TableCell>, AppError> {
        let apart = groups.as_ref().filter(|(_, _, is_apart)| *is_apart);
        let by = apart.map(|(dimension, ..)| (*dimension).clone());
        let by = by.into_iter().chain(columns.dimension.clone()).collect();
        let first = columns.list.first().and_then(|(_, (_, start))| *start);
        let period = columns.step.map(|step| (step, first));
        let narrowed = groups.map(|(dimension, values, _)| only(dimension, &values));
        self.cells(session, by, period, narrowed).await
    }

    /// Chooses the groups that are shown, and fills in their cells and those of all others.
    async fn rows(
        &self,
        session: &impl Counting,
        by: &Dimension,
        columns: &Columns,
        found: &mut Explored,
    ) -> Result<(), AppError> {
        let names = names_of(&found.dimensions, by);
        let mut groups = self.cells(session, vec![by.clone()], None, None).await?;
        if let Some(text) = &self.maker.query.find {
            let text = text.trim().to_lowercase();
            groups.retain(|cell| {
                let value = cell.groups.first().cloned().flatten();
                let group = group_of(value, &names);
                let is_named = |name: &String| name.to_lowercase().contains(&text);
                is_named(&group.value) || group.name.as_ref().is_some_and(is_named)
            });
        }
        groups.sort_by_key(|cell| Reverse(cell.n));
        let (open, mut hidden): (Vec<_>, Vec<_>) = groups.into_iter().partition(|cell| {
            let value = cell.groups.first().and_then(Option::as_deref);
            self.selection.may_tell_group(&self.guard, by, value)
        });
        let most = most_rows(self.maker.query.view);
        let (shown, others) = open.split_at(open.len().min(most));
        found.beyond = others.len();
        found.hidden = hidden.len().saturating_sub(most - shown.len());
        hidden.truncate(most - shown.len());
        let cells = if columns.list.is_empty() || shown.is_empty() {
            Vec::new()
        } else {
            self.cells_in(session, Some((by, values(shown), true)), columns)
                .await?
        };
        let mut by_group: BTreeMap<Option<String>, Vec<TableCell>> = BTreeMap::new();
        for mut cell in cells {
            if !cell.groups.is_empty() {
                let group = cell.groups.remove(0);
                by_group.entry(group).or_default().push(cell);
            }
        }
        for cell in shown {
            let value = cell.groups.first().cloned().flatten();
            let own = by_group.remove(&value).unwrap_or_default();
            let filter = only(by, std::slice::from_ref(&value));
            found.rows.push(ExploreRow {
                figure: self.maker.figure(cell)?,
                cells: self.row(columns, Some(&filter), &own)?,
                group: Some(group_of(value, &names)),
            });
        }
        // The largest groups are the ones that lines have room for.
        if self.maker.query.view != ExploreView::Trend {
            self.maker.sort(&mut found.rows);
        }
        found.rows.extend(hidden.into_iter().map(|cell| ExploreRow {
            group: Some(group_of(cell.groups.into_iter().next().flatten(), &names)),
            figure: Figure::Hidden,
            cells: vec![Figure::Hidden; columns.list.len()],
        }));
        if !others.is_empty() {
            found.others = Some(self.others(session, by, others, columns).await?);
        }
        Ok(())
    }

    /// Groups that may be told, all together.
    async fn others(
        &self,
        session: &impl Counting,
        by: &Dimension,
        others: &[TableCell],
        columns: &Columns,
    ) -> Result<ExploreRow, AppError> {
        let mut all = TableCell::default();
        for cell in others {
            all.add(cell);
        }
        let cells = if columns.list.is_empty() {
            Vec::new()
        } else {
            let groups = Some((by, values(others), false));
            self.cells_in(session, groups, columns).await?
        };
        Ok(ExploreRow {
            group: None,
            figure: self.maker.figure(&all)?,
            // Each of these groups may be told, and so may all of them.
            cells: self.row(columns, None, &cells)?,
        })
    }

    /// The figures of one row, with `filter` on top of what is selected.
    fn row(
        &self,
        columns: &Columns,
        filter: Option<&Filter>,
        cells: &[TableCell],
    ) -> Result<Vec<Figure>, AppError> {
        let mut selected = self.selection.selected();
        selected.extend(filter.cloned());
        let mut row = Vec::with_capacity(columns.list.len());
        for (column, (value, start)) in &columns.list {
            let is_here =
                |cell: &&TableCell| cell.start == *start && cell.groups.first() == value.as_ref();
            let Some(cell) = cells.iter().find(is_here) else {
                row.push(Figure::None);
                continue;
            };
            let may_tell = match (column, &columns.dimension) {
                (ExploreColumn::Step(first, last), _) => {
                    let days = self.selection.between(*first, *last);
                    self.guard.opens(&selected, days.from, days.end())
                }
                (ExploreColumn::Group(group), Some(dimension)) => {
                    selected.push((dimension.clone(), vec![group.value.clone()]));
                    let (from, end) = (self.selection.from, self.selection.end());
                    let opens = self.guard.opens(&selected, from, end);
                    selected.pop();
                    opens
                }
                (ExploreColumn::Group(_), None) => false,
            };
            row.push(self.maker.figure(cell)?.told_if(may_tell));
        }
        Ok(row)
    }
}

/// The groups of these cells.
fn values(cells: &[TableCell]) -> Vec<Option<String>> {
    let values = cells.iter().filter_map(|cell| cell.groups.first());
    values.cloned().collect()
}

pub(super) fn group_of(value: Option<String>, names: &[(String, Option<String>)]) -> ExploreGroup {
    let value = value.unwrap_or_default();
    let known = names.iter().find(|(known, _)| *known == value);
    ExploreGroup {
        name: known.and_then(|(_, name)| name.clone()),
        value,
    }
}
