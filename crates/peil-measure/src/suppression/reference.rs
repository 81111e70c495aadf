//! The same steps with everything looked up anew each time: slow, and plain to see.

use std::collections::{BTreeMap, BTreeSet};

use super::{Axis, PeopleTable, merging::Merge};

/// A table while it is coarsened.
pub(super) struct Work<'a> {
    axes: &'a [Axis],
    cells: BTreeMap<Vec<usize>, u64>,
    /// As in [`Recoding`](super::Recoding).
    pub(super) blocks: Vec<Vec<usize>>,
}

impl<'a> Work<'a> {
    pub(super) fn begin(table: &'a PeopleTable) -> Self {
        let mut cells = BTreeMap::new();
        for (cell, people) in table.cells() {
            *cells.entry(cell.to_vec()).or_default() += people;
        }
        let mut work = Self {
            axes: &table.axes,
            cells,
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
    pub(super) fn pool_small_categories(&mut self, minimum: u64) {
        for (place, axis) in self.axes.iter().enumerate() {
            if let Axis::Named { size, .. } = axis {
                let totals = self.totals(place).into_iter();
                let small = totals.filter(|(block, people)| *people < minimum && block != size);
                let small = small.map(|(block, _)| block).collect();
                self.move_blocks(place, &small, *size);
            }
        }
    }

    pub(super) fn smallest_cell(&self, minimum: u64) -> Option<Vec<usize>> {
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
    pub(super) fn merge_of(&self, axis: usize, cell: &[usize], minimum: u64) -> Option<Merge> {
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

    pub(super) fn apply(&mut self, merge: &Merge) {
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
