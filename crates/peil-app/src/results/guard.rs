//! What may be told of a selection: the one decision behind every figure, list of comments and list
//! of answers (docs/decisions/0006-small-groups.md).
//!
//! A guard knows how many people are in every cell of a table: by each property that is selected or
//! grouped by, and by period. The table is made coarser until no cell holds few people; a selection
//! may be told when it is made of whole cells. Whatever someone subtracts is then made of such
//! cells as well.

use std::{collections::BTreeSet, sync::Arc};

use peil_domain::shared::{LocalDay, Period, WorkspaceId};
use peil_measure::{Axis, MeasureError, PeopleTable, Recoding};
use peil_store::results::Dimension;

use super::{
    counting::{PeopleCell, PeopleQuery},
    guard_counts::{Counts, Detail, by_quarter},
};
use crate::{
    AppError,
    facts::{Counting, Kept, Question},
};

/// For each dimension the values of which one must hold.
pub(crate) type Filters = [(Dimension, Vec<String>)];

/// A property with its values, in ascending order.
struct Side {
    dimension: Dimension,
    values: Vec<Option<Arc<str>>>,
}

impl Side {
    fn place(&self, value: Option<&str>) -> Option<usize> {
        let found = self
            .values
            .binary_search_by(|known| known.as_deref().cmp(&value));
        found.ok()
    }
}

/// The table by property and period, made safe.
struct Grid {
    period: Period,
    /// First days of the periods in which anyone answered.
    starts: Vec<LocalDay>,
    safe: Recoding,
    /// Place of the periods among the axes.
    axis: usize,
}

/// Guards as far as they were made before, by organisation, table, detail and minimum.
pub(crate) type KnownGuards = Kept<Asked, Guard>;

/// What a guard is asked about.
pub(crate) type Asked = (WorkspaceId, PeopleQuery, Detail, u64);

impl Question for Asked {
    fn depends_on_mentions(&self) -> bool {
        let filters = self.1.filters.iter().map(|(dimension, _)| dimension);
        let mut all = filters.chain(&self.1.by);
        all.any(Dimension::is_of_mentions)
    }
}

/// Room for the values and periods of many guards, some 100 bytes each.
pub(crate) const fn known_guards() -> KnownGuards {
    Kept::new(200_000)
}

/// Which selections of one table may be told.
pub(crate) struct Guard {
    sides: Vec<Side>,
    /// The table of all time; absent when everyone together is too few.
    all_time: Option<Recoding>,
    /// The same by period, the finest first; empty when no periods were counted.
    grids: Vec<Grid>,
    /// The same of answers that are marked as automatic, when those are selected too: with them
    /// less without them must not be a few either.
    automatic: Option<Box<Self>>,
}

impl Guard {
    /// Counts the people of `asked.by`, with as much detail of time as is needed.
    pub(crate) async fn read(
        session: &impl Counting,
        asked: PeopleQuery,
        detail: Detail,
        minimum: u64,
    ) -> Result<Arc<Self>, AppError> {
        // Names of accounts are not among the facts, and may change without them.
        let known = session
            .known_guards()
            .filter(|_| !asked.by.contains(&Dimension::Account));
        let Some(known) = known else {
            return Ok(Arc::new(Self::make(session, asked, detail, minimum).await?));
        };
        let now = session.facts().standing().await?;
        let question = (session.workspace(), asked.clone(), detail, minimum);
        if let Some(guard) = known.find(&now, &question) {
            return Ok(guard);
        }
        let guard = Arc::new(Self::make(session, asked, detail, minimum).await?);
        if question.is_settled(&now, &session.facts().standing().await?) {
            let weight = guard.weight();
            known.keep(&now, question, Arc::clone(&guard), weight);
        }
        Ok(guard)
    }

    /// Number of values and periods that it knows.
    fn weight(&self) -> usize {
        let values = |side: &Side| side.values.len();
        let one: usize = self.sides.iter().map(values).sum();
        let periods: usize = self.grids.iter().map(|grid| grid.starts.len()).sum();
        let automatic = self.automatic.as_ref().map_or(0, |marked| marked.weight());
        1 + one * (1 + self.grids.len()) + periods + automatic
    }

    async fn make(
        session: &impl Counting,
        asked: PeopleQuery,
        detail: Detail,
        minimum: u64,
    ) -> Result<Self, AppError> {
        let plain = Counts::read(session, &asked, detail, false).await?;
        let automatic = if asked.include_automatic {
            let all = Counts::read(session, &asked, detail, true).await?;
            let marked = Self::new(asked.by.clone(), &all.without(&plain), minimum)?;
            Some(Box::new(marked))
        } else {
            None
        };
        Ok(Self {
            automatic,
            ..Self::new(asked.by, &plain, minimum)?
        })
    }

    /// A guard of these counts.
    fn new(
        dimensions: Vec<Dimension>,
        counts: &Counts,
        minimum: u64,
    ) -> Result<Self, MeasureError> {
        let sides = sides(dimensions, &counts.everyone);
        let all_time = table(&sides, &counts.everyone, None, None)?.recode(minimum);
        let mut guard = Self {
            sides,
            all_time,
            grids: Vec::new(),
            automatic: None,
        };
        if guard.all_time.is_none() {
            return Ok(guard);
        }
        for (period, cells) in &counts.steps {
            if *period == Period::Month {
                guard.add_grid(Period::Quarter, &by_quarter(cells), minimum)?;
            }
            guard.add_grid(*period, cells, minimum)?;
        }
        Ok(guard)
    }

    /// Adds a finer grid, which fits into the ones before: what was put together stays so.
    fn add_grid(
        &mut self,
        period: Period,
        cells: &[PeopleCell],
        minimum: u64,
    ) -> Result<(), MeasureError> {
        let mut starts: Vec<LocalDay> = cells.iter().filter_map(|cell| cell.start).collect();
        starts.sort_unstable();
        starts.dedup();
        let coarser = self.grids.first();
        let safe = coarser.map(|grid| &grid.safe).or(self.all_time.as_ref());
        let walls = coarser.map(|grid| grid.walls(&starts)).unwrap_or_default();
        let time = (starts.as_slice(), &walls);
        let table = table(&self.sides, cells, safe, Some(time))?;
        if let Some(safe) = table.recode(minimum) {
            let axis = self.sides.len();
            let grid = Grid {
                period,
                starts,
                safe,
                axis,
            };
            self.grids.insert(0, grid);
        }
        Ok(())
    }

    /// Whether the answers with these values, of these days, may be told. Today and later count as
    /// no end.
    pub(crate) fn opens(
        &self,
        filters: &Filters,
        from: Option<LocalDay>,
        until: Option<LocalDay>,
    ) -> bool {
        let Some(all_time) = &self.all_time else {
            return false;
        };
        let automatic = self.automatic.as_ref();
        if !automatic.is_none_or(|marked| marked.opens(filters, from, until)) {
            return false;
        }
        if from.is_none() && until.is_none() {
            return self.are_open(all_time, filters);
        }
        self.grids
            .iter()
            .any(|grid| self.are_open(&grid.safe, filters) && grid.is_whole(from, until))
    }

    /// The same days, made longer until they may be told for these values; nothing when they may
    /// not be told of any days.
    pub(crate) fn widen(
        &self,
        filters: &Filters,
        from: Option<LocalDay>,
        until: Option<LocalDay>,
    ) -> Option<(Option<LocalDay>, Option<LocalDay>)> {
        if self.opens(filters, from, until) {
            return Some((from, until));
        }
        let mut open = self.grids.iter();
        let grid = open.find(|grid| self.are_open(&grid.safe, filters))?;
        let (from, until) = (grid.first_day(from), grid.last_day(until));
        self.opens(filters, from, until).then_some((from, until))
    }

    /// Whether these values may be told for periods of this length.
    pub(crate) fn tells(&self, filters: &Filters, period: Period) -> bool {
        let grid = self.grids.iter().find(|grid| grid.period == period);
        grid.is_some_and(|grid| self.are_open(&grid.safe, filters))
    }

    fn are_open(&self, safe: &Recoding, filters: &Filters) -> bool {
        filters.iter().all(|(dimension, values)| {
            let Some(axis) = self
                .sides
                .iter()
                .position(|side| side.dimension == *dimension)
            else {
                return false;
            };
            values.iter().all(|value| {
                let value = Some(value.as_str()).filter(|value| !value.is_empty());
                let place = self.sides.get(axis).and_then(|side| side.place(value));
                // A value that nobody has says nothing about anyone.
                place.is_none_or(|place| safe.is_open(axis, place))
            })
        })
    }
}

impl Grid {
    /// The period in which a day falls, or the first one after it.
    fn place_from(&self, day: LocalDay) -> Option<usize> {
        let after = self.starts.partition_point(|start| *start <= day);
        let inside = after
            .checked_sub(1)
            .filter(|place| self.end(*place).is_some_and(|end| end >= day));
        inside.or_else(|| Some(after).filter(|place| *place < self.starts.len()))
    }

    /// The period in which a day falls, or the last one before it.
    fn place_until(&self, day: LocalDay) -> Option<usize> {
        self.starts
            .partition_point(|start| *start <= day)
            .checked_sub(1)
    }

    /// The last day of a period.
    fn end(&self, place: usize) -> Option<LocalDay> {
        let start = *self.starts.get(place)?;
        let month_end = Period::Month.next(start).0 - 1;
        Some(LocalDay(match self.period {
            Period::Week => (Period::Week.next(start).0 - 1).min(month_end),
            period => period.next(start).0 - 1,
        }))
    }

    fn first_day(&self, from: Option<LocalDay>) -> Option<LocalDay> {
        let from = from?;
        let Some(place) = self.place_from(from) else {
            return Some(from);
        };
        let first = self.safe.block_of(self.axis, place).map(|(first, _)| first);
        let start = first.and_then(|first| self.starts.get(first).copied());
        Some(start.map_or(from, |start| start.min(from)))
    }

    fn last_day(&self, until: Option<LocalDay>) -> Option<LocalDay> {
        let until = until?;
        let Some(place) = self.place_until(until) else {
            return Some(until);
        };
        let last = self.safe.block_of(self.axis, place).map(|(_, last)| last);
        let end = last.and_then(|last| self.end(last));
        Some(end.map_or(until, |end| end.max(until)))
    }

    fn is_whole(&self, from: Option<LocalDay>, until: Option<LocalDay>) -> bool {
        self.first_day(from) == from && self.last_day(until) == until
    }

    /// The places among finer periods where a block of this grid begins.
    fn walls(&self, finer: &[LocalDay]) -> BTreeSet<usize> {
        let block = |day: LocalDay| {
            let place = self.place_until(day)?;
            self.safe.block_of(self.axis, place)
        };
        let pairs = finer.windows(2).zip(1..);
        pairs
            .filter_map(|(pair, place)| match pair {
                [before, after] if block(*before) != block(*after) => Some(place),
                _ => None,
            })
            .collect()
    }
}

fn sides(dimensions: Vec<Dimension>, cells: &[PeopleCell]) -> Vec<Side> {
    let sides = dimensions.into_iter().enumerate();
    sides
        .map(|(axis, dimension)| {
            let found: BTreeSet<&Option<Arc<str>>> = cells
                .iter()
                .filter_map(|cell| cell.values.get(axis))
                .collect();
            Side {
                dimension,
                values: found.into_iter().cloned().collect(),
            }
        })
        .collect()
}

/// The table of these cells; what is pooled in `coarser` is pooled from the start.
fn table(
    sides: &[Side],
    cells: &[PeopleCell],
    coarser: Option<&Recoding>,
    time: Option<(&[LocalDay], &BTreeSet<usize>)>,
) -> Result<PeopleTable, MeasureError> {
    let named = sides.iter().enumerate().map(|(axis, side)| Axis::Named {
        size: side.values.len(),
        pooled: coarser
            .map(|coarser| coarser.pool(axis))
            .unwrap_or_default(),
    });
    let mut axes: Vec<Axis> = named.collect();
    let starts = time.map_or(&[][..], |(starts, _)| starts);
    axes.extend(time.map(|(starts, walls)| Axis::Ordered {
        size: starts.len(),
        walls: walls.clone(),
    }));
    let mut table = PeopleTable::new(axes);
    let mut key = Vec::with_capacity(sides.len() + 1);
    let mut before: Option<&PeopleCell> = None;
    for cell in cells {
        // Periods of one group come one after the other: a group is not looked up for each.
        if before.is_none_or(|before| before.values != cell.values) {
            let values = sides.iter().zip(&cell.values);
            key.clear();
            key.extend(values.filter_map(|(side, value)| side.place(value.as_deref())));
            before = Some(cell);
        }
        key.truncate(sides.len());
        if time.is_some() {
            let place = cell.start.map(|start| starts.binary_search(&start));
            key.extend(place.and_then(Result::ok));
        }
        table.add(&key, cell.people)?;
    }
    Ok(table)
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
