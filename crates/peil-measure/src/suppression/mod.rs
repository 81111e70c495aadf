//! Statistical disclosure control: which cells of a table of people may be published.
//!
//! A cell of few people gives them away, also when it is left out but can be worked out from a total
//! and the cells beside it. [`PeopleTable::recode`] therefore coarsens a table until every cell that is
//! left has nobody or enough people in it: small categories go together in a *pool* that is not
//! published, periods that follow each other are merged. Whatever is then added up or subtracted
//! consists of whole cells of enough people.

mod merging;
#[cfg(test)]
mod reference;

use std::collections::BTreeSet;

use crate::MeasureError;
use merging::{Merge, Work};

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
    ///
    /// ```
    /// use peil_measure::Axis;
    ///
    /// assert!(matches!(Axis::named(4), Axis::Named { size: 4, .. }));
    /// ```
    #[must_use]
    pub const fn named(size: usize) -> Self {
        Self::Named {
            size,
            pooled: BTreeSet::new(),
        }
    }

    /// Categories in an order.
    ///
    /// ```
    /// use peil_measure::Axis;
    ///
    /// assert!(matches!(Axis::ordered(52), Axis::Ordered { size: 52, .. }));
    /// ```
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
    /// For each number of people, one after the other, the category of every axis. A cell may stand here
    /// more than once.
    categories: Vec<usize>,
    people: Vec<u64>,
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
    ///
    /// ```
    /// use peil_measure::{Axis, PeopleTable};
    ///
    /// let mut regions = PeopleTable::new(vec![Axis::named(3)]);
    /// for (region, people) in [40, 3, 9].into_iter().enumerate() {
    ///     regions.add(&[region], people)?;
    /// }
    /// let safe = regions.recode(5).ok_or("too few people")?;
    /// assert!(safe.is_open(0, 0) && !safe.is_open(0, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_open(&self, axis: usize, category: usize) -> bool {
        self.block(axis, category)
            .is_some_and(|block| block == category)
    }

    /// First and last category of the block of an ordered axis in which `category` is.
    ///
    /// ```
    /// use peil_measure::{Axis, PeopleTable};
    ///
    /// let mut weeks = PeopleTable::new(vec![Axis::ordered(3)]);
    /// for (week, people) in [40, 3, 9].into_iter().enumerate() {
    ///     weeks.add(&[week], people)?;
    /// }
    /// let safe = weeks.recode(5).ok_or("too few people")?;
    /// assert_eq!(safe.block_of(0, 1), Some((1, 2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn block_of(&self, axis: usize, category: usize) -> Option<(usize, usize)> {
        let first = self.block(axis, category)?;
        let blocks = self.blocks.get(axis)?;
        let last = blocks.iter().rposition(|block| *block == first)?;
        Some((first, last))
    }

    /// The first categories of all blocks of an ordered axis.
    ///
    /// ```
    /// use peil_measure::{Axis, PeopleTable};
    ///
    /// let mut weeks = PeopleTable::new(vec![Axis::ordered(3)]);
    /// for (week, people) in [40, 3, 9].into_iter().enumerate() {
    ///     weeks.add(&[week], people)?;
    /// }
    /// let safe = weeks.recode(5).ok_or("too few people")?;
    /// assert_eq!(safe.starts(0), [0, 1].into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    ///
    /// ```
    /// use peil_measure::{Axis, PeopleTable};
    ///
    /// let mut regions = PeopleTable::new(vec![Axis::named(3)]);
    /// for (region, people) in [40, 3, 9].into_iter().enumerate() {
    ///     regions.add(&[region], people)?;
    /// }
    /// let safe = regions.recode(5).ok_or("too few people")?;
    /// assert_eq!(safe.pool(0), [1, 2].into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    ///
    /// ```
    /// use peil_measure::{Axis, PeopleTable};
    ///
    /// let table = PeopleTable::new(vec![Axis::named(4), Axis::ordered(12)]);
    /// // Nobody is in it yet, so there is nobody to give away.
    /// assert!(table.recode(5).is_some());
    /// ```
    #[must_use]
    pub const fn new(axes: Vec<Axis>) -> Self {
        Self {
            axes,
            categories: Vec::new(),
            people: Vec::new(),
        }
    }

    /// Adds people to the cell with this category of every axis.
    ///
    /// ```
    /// use peil_measure::{Axis, PeopleTable};
    ///
    /// let mut regions = PeopleTable::new(vec![Axis::named(3)]);
    /// assert!(regions.add(&[2], 40).is_ok() && regions.add(&[3], 40).is_err());
    /// ```
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
            self.categories.extend_from_slice(cell);
            self.people.push(people);
        }
        Ok(())
    }

    /// Everything that was added.
    fn cells(&self) -> impl Iterator<Item = (&[usize], u64)> {
        // A table without axes has one cell.
        let axes = self.axes.len();
        let people = self.people.iter().copied().enumerate();
        people.map(move |(place, people)| {
            let cell = self.categories.get(place * axes..(place + 1) * axes);
            (cell.unwrap_or_default(), people)
        })
    }

    /// Coarsens the table until every cell has nobody or at least `minimum` people; nothing when
    /// even all people together are too few, or when there are more cells than can be told apart (2^128).
    ///
    /// The smallest cell is dealt with first, each time in the way that costs detail about the
    /// fewest people for each small cell that it helps. Pools and walls that an axis starts with are kept, so that a finer table
    /// can be made to fit into a coarser one: hand it the pool and the starts of the coarser one.
    ///
    /// ```
    /// use peil_measure::{Axis, PeopleTable};
    ///
    /// let mut regions = PeopleTable::new(vec![Axis::named(2)]);
    /// regions.add(&[0], 40)?;
    /// regions.add(&[1], 3)?;
    /// let safe = regions.recode(5).ok_or("too few people")?;
    /// // With one of two hidden the other would tell it.
    /// assert!(!safe.is_open(0, 0) && !safe.is_open(0, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn recode(&self, minimum: u64) -> Option<Recoding> {
        let mut work = Work::begin(self, minimum)?;
        work.pool_small_categories();
        while let Some(cell) = work.smallest_cell() {
            let merge = (0..self.axes.len())
                .filter_map(|axis| work.merge_of(axis, cell))
                .min_by(Merge::compare)?;
            work.apply(&merge);
        }
        Some(Recoding {
            blocks: work.blocks,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

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
            for (cell, people) in table.cells() {
                let blocks = cell.iter().enumerate();
                let key = blocks.map(|(axis, category)| safe.blocks[axis][*category]);
                *coarse.entry(key.collect()).or_default() += people;
            }
            assert!(coarse.values().all(|people| *people >= 5), "seed {seed}");
            let all: u64 = table.people.iter().sum();
            assert_eq!(coarse.values().sum::<u64>(), all);
        }
    }

    /// Coarsens a table by looking at every cell in every step.
    fn plainly_recoded(table: &PeopleTable, minimum: u64) -> Option<Recoding> {
        let mut work = reference::Work::begin(table);
        work.pool_small_categories(minimum);
        while let Some(cell) = work.smallest_cell(minimum) {
            let merge = (0..table.axes.len())
                .filter_map(|axis| work.merge_of(axis, &cell, minimum))
                .min_by(merging::Merge::compare)?;
            work.apply(&merge);
        }
        Some(Recoding {
            blocks: work.blocks,
        })
    }

    #[test]
    fn every_step_is_the_one_that_looking_at_every_cell_gives() {
        for seed in 1..300 {
            let mut next = arbitrary(seed);
            let pooled = (0..next(3)).filter_map(|_| usize::try_from(next(9)).ok());
            let axes = vec![
                Axis::Named {
                    size: 9,
                    pooled: pooled.collect(),
                },
                Axis::named(4),
                Axis::Ordered {
                    size: 7,
                    walls: BTreeSet::from([3]),
                },
            ];
            let mut table = PeopleTable::new(axes);
            for cell in 0..252 {
                let key = [cell % 9, cell / 9 % 4, cell / 36];
                // Said twice, as when two accounts have one name.
                table.add(&key, next(12).saturating_sub(6)).unwrap();
                table.add(&key, next(10).saturating_sub(4)).unwrap();
            }
            assert_eq!(table.recode(5), plainly_recoded(&table, 5), "seed {seed}");
        }
    }
}
