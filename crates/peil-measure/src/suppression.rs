//! Statistical disclosure control: which cells of a table of people may be published.
//!
//! A cell of few people gives them away, also when it is left out but can be worked out from a total
//! and the cells beside it. [`PeopleTable::recode`] therefore coarsens a table until every cell that is
//! left has nobody or enough people in it: small categories go together in a *pool* that is not
//! published, periods that follow each other are merged. Whatever is then added up or subtracted
//! consists of whole cells of enough people.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use crate::MeasureError;

/// How the categories along one side of a table may be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// Categories in no order, such as regions: small ones are put in the pool.
    Named {
        /// Number of categories.
        size: usize,
        /// Categories that are in the pool from the start.
        pooled: BTreeSet<usize>,
    },
    /// Categories in an order, such as weeks: a small one is merged with one beside it.
    Ordered {
        /// Number of categories.
        size: usize,
        /// Categories that stay the first of their block: nothing is merged across.
        walls: BTreeSet<usize>,
    },
}

impl Axis {
    /// Categories in no order.
    #[must_use]
    pub const fn named(size: usize) -> Self {
        Self::Named {
            size,
            pooled: BTreeSet::new(),
        }
    }

    /// Categories in an order.
    #[must_use]
    pub const fn ordered(size: usize) -> Self {
        Self::Ordered {
            size,
            walls: BTreeSet::new(),
        }
    }

    const fn size(&self) -> usize {
        match self {
            Self::Named { size, .. } | Self::Ordered { size, .. } => *size,
        }
    }
}

/// Numbers of people by one category of every axis.
///
/// A table with one named axis is a list of groups under a known total:
///
/// ```
/// use peil_measure::{Axis, PeopleTable};
///
/// let mut regions = PeopleTable::new(vec![Axis::named(4)]);
/// for (region, people) in [40, 3, 9, 20].into_iter().enumerate() {
///     regions.add(&[region], people)?;
/// }
/// let safe = regions.recode(5).ok_or("fewer than 5 people in all")?;
/// // The group of 3 takes that of 9 along: else it would be the total less the other three.
/// let open: Vec<bool> = (0..4).map(|region| safe.is_open(0, region)).collect();
/// assert_eq!(open, [true, false, false, true]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PeopleTable {
    axes: Vec<Axis>,
    cells: BTreeMap<Vec<usize>, u64>,
}

/// Which categories of a table may be published apart, and which go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recoding {
    /// For each axis the block in which each category is: the first category of the block, or the
    /// size of the axis for the pool.
    blocks: Vec<Vec<usize>>,
}

impl Recoding {
    /// Whether a category of a named axis may be published: it is not in the pool.
    #[must_use]
    pub fn is_open(&self, axis: usize, category: usize) -> bool {
        self.block(axis, category)
            .is_some_and(|block| block == category)
    }

    /// First and last category of the block of an ordered axis in which `category` is.
    #[must_use]
    pub fn block_of(&self, axis: usize, category: usize) -> Option<(usize, usize)> {
        let first = self.block(axis, category)?;
        let blocks = self.blocks.get(axis)?;
        let last = blocks.iter().rposition(|block| *block == first)?;
        Some((first, last))
    }

    /// The first categories of all blocks of an ordered axis.
    #[must_use]
    pub fn starts(&self, axis: usize) -> BTreeSet<usize> {
        self.blocks
            .get(axis)
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }

    /// The categories of a named axis that are in the pool.
    #[must_use]
    pub fn pool(&self, axis: usize) -> BTreeSet<usize> {
        let blocks = self.blocks.get(axis).map_or(&[][..], Vec::as_slice);
        (0..blocks.len())
            .filter(|category| !self.is_open(axis, *category))
            .collect()
    }

    fn block(&self, axis: usize, category: usize) -> Option<usize> {
        self.blocks.get(axis)?.get(category).copied()
    }
}

impl PeopleTable {
    /// A table without people.
    #[must_use]
    pub const fn new(axes: Vec<Axis>) -> Self {
        Self {
            axes,
            cells: BTreeMap::new(),
        }
    }

    /// Adds people to the cell with this category of every axis.
    ///
    /// # Errors
    /// [`MeasureError::NoSuchCell`] when the table has no such cell.
    pub fn add(&mut self, cell: &[usize], people: u64) -> Result<(), MeasureError> {
        let fits = cell.len() == self.axes.len()
            && self
                .axes
                .iter()
                .zip(cell)
                .all(|(axis, category)| *category < axis.size());
        if !fits {
            return Err(MeasureError::NoSuchCell);
        }
        if people > 0 {
            *self.cells.entry(cell.to_vec()).or_default() += people;
        }
        Ok(())
    }

    /// Coarsens the table until every cell has nobody or at least `minimum` people; nothing when
    /// even all people together are too few.
    ///
    /// The smallest cell is dealt with first, each time in the way that costs detail about the
    /// fewest people for each small cell that it helps. Pools and walls that an axis starts with are kept, so that a finer table
    /// can be made to fit into a coarser one: hand it the pool and the starts of the coarser one.
    #[must_use]
    pub fn recode(&self, minimum: u64) -> Option<Recoding> {
        let mut work = Work::begin(self);
        work.pool_small_categories(minimum);
        while let Some(cell) = work.smallest_cell(minimum) {
            let merge = (0..self.axes.len())
                .filter_map(|axis| work.merge_of(axis, &cell, minimum))
                .min_by(Merge::compare)?;
            work.apply(&merge);
        }
        Some(Recoding {
            blocks: work.blocks,
        })
    }
}

/// One step: everything in block `from` goes to block `to`.
struct Merge {
    axis: usize,
    from: usize,
    to: usize,
    /// People about whom detail is lost.
    cost: u64,
    /// Small cells that become larger.
    helped: u64,
}

impl Merge {
    /// Puts the step that costs least for what it helps first.
    fn compare(&self, other: &Self) -> Ordering {
        let price = |cost: u64, helped: u64| u128::from(cost) * u128::from(helped);
        price(self.cost, other.helped)
            .cmp(&price(other.cost, self.helped))
            .then(self.axis.cmp(&other.axis))
    }
}

struct Work<'a> {
    axes: &'a [Axis],
    cells: BTreeMap<Vec<usize>, u64>,
    blocks: Vec<Vec<usize>>,
}

impl<'a> Work<'a> {
    fn begin(table: &'a PeopleTable) -> Self {
        let mut work = Self {
            axes: &table.axes,
            cells: table.cells.clone(),
            blocks: table
                .axes
                .iter()
                .map(|axis| (0..axis.size()).collect())
                .collect(),
        };
        for (place, axis) in table.axes.iter().enumerate() {
            if let Axis::Named { size, pooled } = axis {
                let inside: BTreeSet<usize> = pooled.range(..size).copied().collect();
                work.move_blocks(place, &inside, *size);
            }
        }
        work
    }

    /// A category that is too small by itself is so in every cell: no need to look at each.
    fn pool_small_categories(&mut self, minimum: u64) {
        for (place, axis) in self.axes.iter().enumerate() {
            if let Axis::Named { size, .. } = axis {
                let totals = self.totals(place).into_iter();
                let small = totals.filter(|(block, people)| *people < minimum && block != size);
                let small = small.map(|(block, _)| block).collect();
                self.move_blocks(place, &small, *size);
            }
        }
    }

    fn smallest_cell(&self, minimum: u64) -> Option<Vec<usize>> {
        let small = self.cells.iter().filter(|(_, people)| **people < minimum);
        small
            .min_by_key(|(cell, people)| (**people, *cell))
            .map(|(cell, _)| cell.clone())
    }

    /// People by block of an axis; blocks without anyone are left out.
    fn totals(&self, axis: usize) -> BTreeMap<usize, u64> {
        let mut totals = BTreeMap::new();
        for (cell, people) in &self.cells {
            if let Some(block) = cell.get(axis) {
                *totals.entry(*block).or_default() += people;
            }
        }
        totals
    }

    /// The cheapest way to make `cell` larger along an axis.
    fn merge_of(&self, axis: usize, cell: &[usize], minimum: u64) -> Option<Merge> {
        let own = *cell.get(axis)?;
        let totals = self.totals(axis);
        let helped = |one: usize, other: usize| {
            let small = self.cells.iter().filter(|(cell, people)| {
                let block = cell.get(axis).copied();
                **people < minimum && (block == Some(one) || block == Some(other))
            });
            u64::try_from(small.count()).unwrap_or(u64::MAX)
        };
        match self.axes.get(axis)? {
            Axis::Named { size, .. } => {
                let (from, cost) = if own == *size {
                    let open = totals.iter().filter(|(block, _)| *block != size);
                    open.map(|(block, people)| (*block, *people))
                        .min_by_key(|(block, people)| (*people, *block))?
                } else {
                    (own, *totals.get(&own)?)
                };
                let to = *size;
                Some(Merge {
                    axis,
                    from,
                    to,
                    cost,
                    helped: helped(from, to),
                })
            }
            Axis::Ordered { walls, .. } => {
                let starts: BTreeSet<usize> = self.blocks.get(axis)?.iter().copied().collect();
                let people = |block: usize| totals.get(&block).copied().unwrap_or_default();
                let before = starts
                    .range(..own)
                    .next_back()
                    .filter(|_| !walls.contains(&own));
                let after = starts
                    .range(own + 1..)
                    .next()
                    .filter(|next| !walls.contains(next));
                let beside = before.into_iter().chain(after).copied();
                let other = beside.min_by_key(|block| people(*block))?;
                Some(Merge {
                    axis,
                    from: own.max(other),
                    to: own.min(other),
                    cost: people(own).min(people(other)),
                    helped: helped(own, other),
                })
            }
        }
    }

    fn apply(&mut self, merge: &Merge) {
        self.move_blocks(merge.axis, &BTreeSet::from([merge.from]), merge.to);
    }

    fn move_blocks(&mut self, axis: usize, from: &BTreeSet<usize>, to: usize) {
        for block in self.blocks.get_mut(axis).into_iter().flatten() {
            if from.contains(block) {
                *block = to;
            }
        }
        let moved: Vec<Vec<usize>> = self
            .cells
            .keys()
            .filter(|cell| cell.get(axis).is_some_and(|block| from.contains(block)))
            .cloned()
            .collect();
        for mut cell in moved {
            let people = self.cells.remove(&cell).unwrap_or_default();
            if let Some(block) = cell.get_mut(axis) {
                *block = to;
            }
            *self.cells.entry(cell).or_default() += people;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(people: &[u64]) -> PeopleTable {
        let mut table = PeopleTable::new(vec![Axis::named(people.len())]);
        for (category, people) in people.iter().enumerate() {
            table.add(&[category], *people).unwrap();
        }
        table
    }

    fn hidden(people: &[u64]) -> Vec<u64> {
        let safe = list(people).recode(5).unwrap();
        safe.pool(0)
            .into_iter()
            .map(|category| people[category])
            .collect()
    }

    #[test]
    fn one_hidden_group_takes_the_next_smallest_along() {
        assert_eq!(hidden(&[40, 3, 9, 20]), [3, 9]);
        assert_eq!(hidden(&[40, 4, 3, 9]), [4, 3]);
        assert_eq!(hidden(&[40, 1, 2, 9]), [1, 2, 9]);
        assert_eq!(hidden(&[40, 9]), Vec::<u64>::new());
        assert_eq!(hidden(&[40, 0, 9]), Vec::<u64>::new());
    }

    #[test]
    fn nothing_is_safe_when_all_together_are_too_few() {
        assert_eq!(list(&[3]).recode(5), None);
        assert_eq!(list(&[1, 2, 1]).recode(5), None);
        assert!(list(&[]).recode(5).is_some() && list(&[0]).recode(5).is_some());
    }

    #[test]
    fn a_week_of_few_is_merged_with_the_smaller_one_beside_it() {
        let mut weeks = PeopleTable::new(vec![Axis::ordered(5)]);
        for (week, people) in [20, 9, 2, 7, 30].into_iter().enumerate() {
            weeks.add(&[week], people).unwrap();
        }
        let safe = weeks.recode(5).unwrap();
        assert_eq!(safe.starts(0), BTreeSet::from([0, 1, 2, 4]));
        assert_eq!(safe.block_of(0, 3), Some((2, 3)));
        assert_eq!(safe.block_of(0, 1), Some((1, 1)));
    }

    #[test]
    fn nothing_is_merged_across_a_wall() {
        let walls = BTreeSet::from([3]);
        let mut weeks = PeopleTable::new(vec![Axis::Ordered { size: 5, walls }]);
        for (week, people) in [20, 9, 2, 7, 30].into_iter().enumerate() {
            weeks.add(&[week], people).unwrap();
        }
        let safe = weeks.recode(5).unwrap();
        assert_eq!(safe.block_of(0, 2), Some((1, 2)));
    }

    #[test]
    fn a_young_month_goes_with_the_one_before_rather_than_hiding_a_region() {
        let mut table = PeopleTable::new(vec![Axis::named(3), Axis::ordered(3)]);
        for (region, months) in [[50, 40, 3], [30, 30, 2], [12, 9, 0]]
            .into_iter()
            .enumerate()
        {
            for (month, people) in months.into_iter().enumerate() {
                table.add(&[region, month], people).unwrap();
            }
        }
        let safe = table.recode(5).unwrap();
        assert!((0..3).all(|region| safe.is_open(0, region)));
        assert_eq!(safe.block_of(1, 2), Some((1, 2)));
        assert_eq!(safe.block_of(1, 0), Some((0, 0)));
    }

    #[test]
    fn a_group_that_is_small_in_every_month_is_hidden_rather_than_every_month_merged() {
        let mut table = PeopleTable::new(vec![Axis::named(3), Axis::ordered(12)]);
        for month in 0..12 {
            for (region, people) in [90, 40, 4].into_iter().enumerate() {
                table.add(&[region, month], people).unwrap();
            }
        }
        let safe = table.recode(5).unwrap();
        assert_eq!(safe.pool(0), BTreeSet::from([1, 2]));
        assert_eq!(safe.starts(1).len(), 12);
    }

    #[test]
    fn a_cell_that_the_table_does_not_have_is_refused() {
        let mut table = list(&[5]);
        assert_eq!(table.add(&[1], 1), Err(MeasureError::NoSuchCell));
        assert_eq!(table.add(&[0, 0], 1), Err(MeasureError::NoSuchCell));
    }

    /// Numbers that look arbitrary and are the same every time.
    fn arbitrary(seed: u64) -> impl FnMut(u64) -> u64 {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        move |most| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % most
        }
    }

    #[test]
    fn whatever_is_published_consists_of_cells_of_nobody_or_enough() {
        for seed in 1..200 {
            let mut next = arbitrary(seed);
            let axes = vec![Axis::named(5), Axis::named(3), Axis::ordered(6)];
            let mut table = PeopleTable::new(axes);
            for cell in 0..90 {
                let key = [cell % 5, cell / 5 % 3, cell / 15];
                let people = next(14).saturating_sub(4);
                table.add(&key, people).unwrap();
            }
            let Some(safe) = table.recode(5) else {
                continue;
            };
            let mut coarse: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
            for (cell, people) in &table.cells {
                let blocks = cell.iter().enumerate();
                let key = blocks.map(|(axis, category)| safe.blocks[axis][*category]);
                *coarse.entry(key.collect()).or_default() += people;
            }
            assert!(coarse.values().all(|people| *people >= 5), "seed {seed}");
            let all: u64 = table.cells.values().sum();
            assert_eq!(coarse.values().sum::<u64>(), all);
        }
    }
}
