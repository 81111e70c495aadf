//! Putting categories together, the cheapest step first.
//!
//! A table may have hundreds of thousands of cells and take thousands of steps, so that what a step
//! asks (which cell is smallest, how many people a category has) is kept up to date rather than counted anew.
//! A cell has a number, in which the block along each axis is a digit, the first axis first.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

use foldhash::{HashMap, HashMapExt};

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

/// What is known of one block.
#[derive(Clone, Default)]
struct Block {
    people: u64,
    /// Those of its cells that are too small.
    small: u64,
    /// Places of its cells, and perhaps of some that are in it no more.
    members: Vec<usize>,
}

/// What is known of one axis.
struct Side {
    /// How much the number of a cell grows from one block to the next.
    stride: u128,
    /// By block, the pool last.
    blocks: Vec<Block>,
    /// First categories of the blocks of an ordered axis.
    starts: BTreeSet<usize>,
}

impl Side {
    fn people(&self, block: usize) -> u64 {
        self.blocks.get(block).map_or(0, |block| block.people)
    }

    fn small(&self, block: usize) -> u64 {
        self.blocks.get(block).map_or(0, |block| block.small)
    }
}

/// A cell, as far as it does not lie in its blocks.
#[derive(Clone, Copy)]
struct Cell {
    number: u128,
    /// None where the cell has become part of another one.
    people: u64,
}

/// A table while it is coarsened.
pub(super) struct Work<'a> {
    axes: &'a [Axis],
    minimum: u64,
    cells: Vec<Cell>,
    /// For each cell, one after the other, its block along every axis.
    blocks_of: Vec<usize>,
    /// Places of cells by their number.
    known: HashMap<u128, usize>,
    /// People, number and place of cells that are too small, the smallest first, and perhaps of some
    /// that have changed since.
    small: BinaryHeap<Reverse<(u64, u128, usize)>>,
    sides: Vec<Side>,
    /// As in [`Recoding`](super::Recoding).
    pub(super) blocks: Vec<Vec<usize>>,
}

impl<'a> Work<'a> {
    /// A table in which nothing was put together yet but what its axes say; nothing when it has more
    /// cells than there are numbers.
    pub(super) fn begin(table: &'a PeopleTable, minimum: u64) -> Option<Self> {
        let categories = |axis: &Axis| (0..axis.size()).collect();
        let mut work = Self {
            axes: &table.axes,
            minimum,
            cells: Vec::with_capacity(table.people.len()),
            blocks_of: Vec::with_capacity(table.categories.len()),
            known: HashMap::with_capacity(table.people.len()),
            small: BinaryHeap::new(),
            sides: sides(&table.axes)?,
            blocks: table.axes.iter().map(categories).collect(),
        };
        for (categories, people) in table.cells() {
            work.put(categories, people);
        }
        let mut small = Vec::new();
        for place in 0..work.cells.len() {
            small.extend(work.note_if_small(place).map(Reverse));
        }
        work.small = small.into();
        for (place, axis) in table.axes.iter().enumerate() {
            if let Axis::Named { size, pooled } = axis {
                for block in pooled.range(..size) {
                    work.move_block(place, *block, *size);
                }
            }
        }
        Some(work)
    }

    /// Adds people to a cell of the table as it was handed over.
    fn put(&mut self, categories: &[usize], people: u64) {
        let digits = categories.iter().zip(&self.sides);
        let digits = digits.map(|(block, side)| *block as u128 * side.stride);
        let number = digits.sum();
        let place = *self.known.entry(number).or_insert(self.cells.len());
        let is_new = place == self.cells.len();
        if is_new {
            self.cells.push(Cell { number, people });
            self.blocks_of.extend_from_slice(categories);
        } else if let Some(cell) = self.cells.get_mut(place) {
            cell.people += people;
        }
        for (side, block) in self.sides.iter_mut().zip(categories) {
            if let Some(block) = side.blocks.get_mut(*block) {
                block.people += people;
                if is_new {
                    block.members.push(place);
                }
            }
        }
    }

    /// A category that is too small by itself is so in every cell: no need to look at each.
    pub(super) fn pool_small_categories(&mut self) {
        for (place, axis) in self.axes.iter().enumerate() {
            let Axis::Named { size, .. } = axis else {
                continue;
            };
            for block in 0..*size {
                let people = self.sides.get(place).map_or(0, |side| side.people(block));
                if people > 0 && people < self.minimum {
                    self.move_block(place, block, *size);
                }
            }
        }
    }

    /// The place of the smallest of the cells that are too small.
    pub(super) fn smallest_cell(&mut self) -> Option<usize> {
        while let Some(Reverse((people, number, place))) = self.small.peek() {
            let cell = self.cells.get(*place);
            if cell.is_some_and(|cell| cell.people == *people && cell.number == *number) {
                return Some(*place);
            }
            self.small.pop();
        }
        None
    }

    fn block_of(&self, cell: usize, axis: usize) -> Option<usize> {
        let place = cell * self.axes.len() + axis;
        self.blocks_of.get(place).copied()
    }

    /// The cheapest way to make the cell at a place larger along an axis.
    pub(super) fn merge_of(&self, axis: usize, cell: usize) -> Option<Merge> {
        let side = self.sides.get(axis)?;
        let own = self.block_of(cell, axis)?;
        let (from, to, cost) = match self.axes.get(axis)? {
            Axis::Named { size, .. } => {
                let from = if own == *size {
                    let open = (0..*size).filter(|block| side.people(*block) > 0);
                    open.min_by_key(|block| side.people(*block))?
                } else {
                    own
                };
                (from, *size, side.people(from))
            }
            Axis::Ordered { walls, .. } => {
                let before = side.starts.range(..own).next_back();
                let before = before.filter(|_| !walls.contains(&own));
                let after = side.starts.range(own + 1..).next();
                let after = after.filter(|next| !walls.contains(next));
                let beside = before.into_iter().chain(after).copied();
                let other = beside.min_by_key(|block| side.people(*block))?;
                let cost = side.people(own).min(side.people(other));
                (own.max(other), own.min(other), cost)
            }
        };
        Some(Merge {
            axis,
            from,
            to,
            cost,
            helped: side.small(from) + side.small(to),
        })
    }

    pub(super) fn apply(&mut self, merge: &Merge) {
        self.move_block(merge.axis, merge.from, merge.to);
    }

    fn move_block(&mut self, axis: usize, from: usize, to: usize) {
        let mut blocks = self.blocks.get_mut(axis).into_iter().flatten();
        if matches!(self.axes.get(axis), Some(Axis::Named { .. })) {
            // Only the pool holds more than one category, and nothing leaves that.
            blocks.nth(from).into_iter().for_each(|block| *block = to);
        } else {
            blocks
                .filter(|block| **block == from)
                .for_each(|block| *block = to);
        }
        let Some(side) = self.sides.get_mut(axis) else {
            return;
        };
        side.starts.remove(&from);
        let stride = side.stride;
        let block = side.blocks.get_mut(from);
        let members = block.map(|block| std::mem::take(&mut block.members));
        for cell in members.into_iter().flatten() {
            if self.block_of(cell, axis) == Some(from) {
                self.move_cell(cell, (axis, to), |number| {
                    number - from as u128 * stride + to as u128 * stride
                });
            }
        }
    }

    /// Moves a cell to another block of one axis, into the cell that is there already if any.
    fn move_cell(
        &mut self,
        cell: usize,
        (axis, to): (usize, usize),
        renumber: impl Fn(u128) -> u128,
    ) {
        let Some(Cell { number, people }) = self.cells.get(cell).copied() else {
            return;
        };
        if people == 0 {
            return;
        }
        self.count(cell, people, false);
        self.known.remove(&number);
        let number = renumber(number);
        let place = *self.known.entry(number).or_insert(cell);
        if place == cell {
            if let Some(block) = self.blocks_of.get_mut(cell * self.axes.len() + axis) {
                *block = to;
            }
            let block = self.sides.get_mut(axis);
            if let Some(block) = block.and_then(|side| side.blocks.get_mut(to)) {
                block.members.push(cell);
            }
            self.set(cell, Cell { number, people });
        } else {
            let before = self.cells.get(place).map_or(0, |cell| cell.people);
            self.count(place, before, false);
            self.set(cell, Cell { number, people: 0 });
            let people = before + people;
            self.set(place, Cell { number, people });
        }
        let people = self.cells.get(place).map_or(0, |cell| cell.people);
        self.count(place, people, true);
    }

    fn set(&mut self, place: usize, cell: Cell) {
        if let Some(known) = self.cells.get_mut(place) {
            *known = cell;
        }
    }

    /// Adds a cell with so many people to its blocks, or takes it out of them.
    fn count(&mut self, cell: usize, people: u64, is_added: bool) {
        let is_small = people < self.minimum;
        let axes = self.axes.len();
        let first = cell * axes;
        let blocks = self.blocks_of.get(first..first + axes).unwrap_or_default();
        for (side, block) in self.sides.iter_mut().zip(blocks) {
            let Some(block) = side.blocks.get_mut(*block) else {
                continue;
            };
            if is_added {
                block.people += people;
                block.small += u64::from(is_small);
            } else {
                block.people -= people;
                block.small -= u64::from(is_small);
            }
        }
        if is_small && is_added {
            let number = self.cells.get(cell).map_or(0, |cell| cell.number);
            self.small.push(Reverse((people, number, cell)));
        }
    }

    /// Notes of a cell of the table as it was handed over that it is too small.
    fn note_if_small(&mut self, cell: usize) -> Option<(u64, u128, usize)> {
        let Cell { number, people } = self.cells.get(cell).copied()?;
        if people >= self.minimum {
            return None;
        }
        let axes = self.axes.len();
        let first = cell * axes;
        let blocks = self.blocks_of.get(first..first + axes).unwrap_or_default();
        for (side, block) in self.sides.iter_mut().zip(blocks) {
            if let Some(block) = side.blocks.get_mut(*block) {
                block.small += 1;
            }
        }
        Some((people, number, cell))
    }
}

/// Nothing when there are more cells than numbers.
fn sides(axes: &[Axis]) -> Option<Vec<Side>> {
    let mut stride = 1_u128;
    let mut sides = Vec::with_capacity(axes.len());
    for axis in axes.iter().rev() {
        let (digits, starts) = match axis {
            Axis::Named { size, .. } => (size + 1, BTreeSet::new()),
            Axis::Ordered { size, .. } => ((*size).max(1), (0..*size).collect()),
        };
        sides.push(Side {
            stride,
            blocks: vec![Block::default(); digits],
            starts,
        });
        stride = stride.checked_mul(digits as u128)?;
    }
    sides.reverse();
    Some(sides)
}
