//! Putting categories together, the cheapest step first.
//!
//! A table may have a hundred thousand cells and take thousands of steps, so that what a step asks
//! (which cell is smallest, how many people a category has) is kept up to date rather than counted anew.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::{Axis, PeopleTable};

/// One step: everything in block `from` goes to block `to`.
pub(super) struct Merge {
    pub(super) axis: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    /// People about whom detail is lost.
    pub(super) cost: u64,
    /// Small cells that become larger.
    pub(super) helped: u64,
}

impl Merge {
    /// Puts the step that costs least for what it helps first.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let price = |cost: u64, helped: u64| u128::from(cost) * u128::from(helped);
        price(self.cost, other.helped)
            .cmp(&price(other.cost, self.helped))
            .then(self.axis.cmp(&other.axis))
    }
}

/// The block of a cell along every axis.
type Key = Rc<[usize]>;

/// What is known of one block.
#[derive(Default)]
struct Block {
    people: u64,
    cells: u64,
    /// Those of its cells that are too small.
    small: u64,
    /// Its cells, and perhaps some that are no more.
    members: Vec<Key>,
}

/// What is known of one axis.
#[derive(Default)]
struct Side {
    blocks: HashMap<usize, Block>,
    /// Blocks with anyone in them that are not in the pool, those with the fewest people first.
    open: BTreeSet<(u64, usize)>,
    /// First categories of the blocks of an ordered axis.
    starts: BTreeSet<usize>,
}

/// A table while it is coarsened.
pub(super) struct Work<'a> {
    axes: &'a [Axis],
    minimum: u64,
    cells: HashMap<Key, u64>,
    /// Cells that are too small, the smallest first.
    small: BTreeSet<(u64, Key)>,
    sides: Vec<Side>,
    /// As in [`Recoding`](super::Recoding).
    pub(super) blocks: Vec<Vec<usize>>,
}

impl<'a> Work<'a> {
    pub(super) fn begin(table: &'a PeopleTable, minimum: u64) -> Self {
        let side = |axis: &Axis| Side {
            starts: match axis {
                Axis::Named { .. } => BTreeSet::new(),
                Axis::Ordered { size, .. } => (0..*size).collect(),
            },
            ..Side::default()
        };
        let mut work = Self {
            axes: &table.axes,
            minimum,
            cells: HashMap::with_capacity(table.cells.len()),
            small: BTreeSet::new(),
            sides: table.axes.iter().map(side).collect(),
            blocks: table
                .axes
                .iter()
                .map(|axis| (0..axis.size()).collect())
                .collect(),
        };
        for (cell, people) in &table.cells {
            work.put(cell.as_slice().into(), *people);
        }
        for (place, axis) in table.axes.iter().enumerate() {
            if let Axis::Named { size, pooled } = axis {
                for block in pooled.range(..size) {
                    work.move_block(place, *block, *size);
                }
            }
        }
        work
    }

    /// A category that is too small by itself is so in every cell: no need to look at each.
    pub(super) fn pool_small_categories(&mut self) {
        for (place, axis) in self.axes.iter().enumerate() {
            let Axis::Named { size, .. } = axis else {
                continue;
            };
            let open = self.sides.get(place).map(|side| &side.open);
            let small = open.into_iter().flatten();
            let small: Vec<usize> = small
                .take_while(|(people, _)| *people < self.minimum)
                .map(|(_, block)| *block)
                .collect();
            for block in small {
                self.move_block(place, block, *size);
            }
        }
    }

    pub(super) fn smallest_cell(&self) -> Option<Key> {
        self.small.first().map(|(_, cell)| Rc::clone(cell))
    }

    /// The cheapest way to make `cell` larger along an axis.
    pub(super) fn merge_of(&self, axis: usize, cell: &[usize]) -> Option<Merge> {
        let own = *cell.get(axis)?;
        let side = self.sides.get(axis)?;
        let people = |block: usize| side.blocks.get(&block).map_or(0, |block| block.people);
        let small = |block: usize| side.blocks.get(&block).map_or(0, |block| block.small);
        let (from, to, cost) = match self.axes.get(axis)? {
            Axis::Named { size, .. } => {
                let from = if own == *size {
                    side.open.first()?.1
                } else {
                    own
                };
                (from, *size, people(from))
            }
            Axis::Ordered { walls, .. } => {
                let before = side.starts.range(..own).next_back();
                let before = before.filter(|_| !walls.contains(&own));
                let after = side.starts.range(own + 1..).next();
                let after = after.filter(|next| !walls.contains(next));
                let beside = before.into_iter().chain(after).copied();
                let other = beside.min_by_key(|block| people(*block))?;
                let cost = people(own).min(people(other));
                (own.max(other), own.min(other), cost)
            }
        };
        Some(Merge {
            axis,
            from,
            to,
            cost,
            helped: small(from) + small(to),
        })
    }

    pub(super) fn apply(&mut self, merge: &Merge) {
        self.move_block(merge.axis, merge.from, merge.to);
    }

    fn move_block(&mut self, axis: usize, from: usize, to: usize) {
        for block in self.blocks.get_mut(axis).into_iter().flatten() {
            if *block == from {
                *block = to;
            }
        }
        let Some(side) = self.sides.get_mut(axis) else {
            return;
        };
        side.starts.remove(&from);
        let block = side.blocks.get_mut(&from);
        let members = block.map(|block| std::mem::take(&mut block.members));
        for cell in members.into_iter().flatten() {
            if let Some(people) = self.take(&cell) {
                let moved = cell.iter().enumerate();
                let moved = moved.map(|(place, block)| if place == axis { to } else { *block });
                self.put(moved.collect(), people);
            }
        }
    }

    /// Adds people to a cell.
    fn put(&mut self, cell: Key, people: u64) {
        let people = people + self.take(&cell).unwrap_or_default();
        let is_small = people < self.minimum;
        for ((block, side), axis) in cell.iter().zip(&mut self.sides).zip(self.axes) {
            let known = side.blocks.entry(*block).or_default();
            side.open.remove(&(known.people, *block));
            known.people += people;
            known.cells += 1;
            known.small += u64::from(is_small);
            known.members.push(Rc::clone(&cell));
            if matches!(axis, Axis::Named { size, .. } if block != size) {
                side.open.insert((known.people, *block));
            }
        }
        if is_small {
            self.small.insert((people, Rc::clone(&cell)));
        }
        self.cells.insert(cell, people);
    }

    /// Takes a cell out; nothing when there is no such cell.
    fn take(&mut self, cell: &Key) -> Option<u64> {
        let people = self.cells.remove(cell)?;
        let is_small = self.small.remove(&(people, Rc::clone(cell)));
        for ((block, side), axis) in cell.iter().zip(&mut self.sides).zip(self.axes) {
            let Some(known) = side.blocks.get_mut(block) else {
                continue;
            };
            side.open.remove(&(known.people, *block));
            known.people -= people;
            known.cells -= 1;
            known.small -= u64::from(is_small);
            let is_open = matches!(axis, Axis::Named { size, .. } if block != size);
            if is_open && known.cells > 0 {
                side.open.insert((known.people, *block));
            }
        }
        Some(people)
    }
}
