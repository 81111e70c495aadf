//! Counting several questions at once: group and answers of a row make one number, a table tells how
//! often each number occurs, and what is in the table is spread over the questions at the end.
//!
//! A row that does not pass is of one more group that nothing is made of, so that no branch depends
//! on it; where few pass, these are gathered first.

use super::{
    loops::add,
    part_plan::SKIPPED,
    sift::{chosen, passing},
};

/// Cells of a table: one for every number of 16 bits, so that none needs to be checked.
const CELLS: usize = 1 << 16;
/// Rows whose numbers are made together: they stay in the nearest cache.
const BLOCK: usize = 2_048;
/// A table has at most one cell for so many rows, or spreading it would take longer than it saves.
const ROWS_PER_CELL: usize = 12;
/// The same for a single question.
const ROWS_PER_CELL_OF_ONE: usize = 3;

/// Most rows that are counted together: their places are numbers of 16 bits.
pub(super) const MOST_ROWS: u32 = 1 << 15;

/// The answers to a question in the rows that are counted.
pub(super) struct Given<'a> {
    /// A code for every row.
    pub(super) codes: &'a [u8],
    /// Where the answers to this question are counted.
    pub(super) base: usize,
    /// For every code how far from there; nothing is counted for [`SKIPPED`].
    pub(super) offsets: &'a [u32],
}

/// Tables and what else is used again and again.
pub(super) struct Packed {
    /// Rows take turns, since adding twice to the same number waits.
    tables: [Table; 2],
    groups: Vec<u16>,
    chosen: Vec<u16>,
    gathered: Vec<u8>,
    numbers: Vec<u16>,
    /// Groups, with the one of those that do not pass.
    all_groups: usize,
    is_gathered: bool,
}

/// How often each number occurs.
type Table = Box<[u32; CELLS]>;

/// A table of noughts, made where it stays.
fn table() -> Option<Table> {
    vec![0_u32; CELLS].into_boxed_slice().try_into().ok()
}

impl Packed {
    /// Empty tables; always something.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            tables: [table()?, table()?],
            groups: Vec::new(),
            chosen: Vec::new(),
            gathered: Vec::new(),
            numbers: Vec::new(),
            all_groups: 1,
            is_gathered: false,
        })
    }

    /// Takes the groups of some rows, each below `number`, and which of them pass. Whether they can
    /// be counted here.
    pub(super) fn take(
        &mut self,
        rows: usize,
        number: u128,
        groups: Option<&[u32]>,
        mask: Option<&[u8]>,
    ) -> bool {
        let Some(number) = u16::try_from(number)
            .ok()
            .filter(|number| *number < u16::MAX)
        else {
            return false;
        };
        let short = |group: &u32| u16::try_from(*group & 0xffff).unwrap_or_default();
        let passes = mask.map_or(rows, |mask| passing(mask) as usize);
        self.all_groups = usize::from(number);
        self.is_gathered = passes * 3 < rows;
        self.groups.clear();
        match (mask, groups) {
            (Some(mask), groups) if self.is_gathered => {
                chosen(mask, &mut self.chosen);
                let group = |place: &u16| groups.and_then(|groups| groups.get(usize::from(*place)));
                let chosen = self.chosen.iter();
                let groups = chosen.map(|place| group(place).map_or(0, short));
                self.groups.extend(groups);
            }
            (Some(mask), None) => {
                self.all_groups += 1;
                let group = |passes: &u8| number * u16::from(1 - *passes);
                self.groups.extend(mask.iter().map(group));
            }
            (Some(mask), Some(groups)) => {
                self.all_groups += 1;
                // All ones where a row passes.
                let of = |(group, passes): (&u32, &u8)| {
                    let kept = 0_u16.wrapping_sub(u16::from(*passes));
                    short(group) & kept | number & !kept
                };
                self.groups.extend(groups.iter().zip(mask).map(of));
            }
            (None, Some(groups)) => self.groups.extend(groups.iter().map(short)),
            (None, None) => self.groups.resize(rows, 0),
        }
        true
    }

    /// Whether a question with so many codes has few enough cells for the rows that were taken.
    pub(super) fn fits(&self, codes: usize) -> bool {
        let cells = self.all_groups.saturating_mul(codes);
        cells <= CELLS && cells.saturating_mul(ROWS_PER_CELL_OF_ONE) <= self.groups.len()
    }

    /// Counts the answers to questions that fit in the rows that were taken.
    pub(super) fn count(&mut self, target: &mut [u32], number: usize, questions: &[Given<'_>]) {
        let mut due = questions;
        while let Some(first) = due.first() {
            let mut cells = self.all_groups * first.offsets.len();
            let mut together = 1;
            for next in due.iter().skip(1) {
                let wider = cells * next.offsets.len();
                if wider > CELLS || wider * ROWS_PER_CELL > self.groups.len() {
                    break;
                }
                cells = wider;
                together += 1;
            }
            let (some, rest) = due.split_at(together);
            self.fill(some);
            self.spread(target, number, cells, some);
            due = rest;
        }
    }

    /// Fills the tables with the answers to some questions.
    fn fill(&mut self, questions: &[Given<'_>]) {
        let mut from = 0;
        for groups in self.groups.chunks(BLOCK) {
            let to = from + groups.len();
            self.numbers.clear();
            self.numbers.extend_from_slice(groups);
            for question in questions {
                let codes = if self.is_gathered {
                    let places = self.chosen.get(from..to).unwrap_or_default();
                    let code = |place: &u16| question.codes.get(usize::from(*place));
                    self.gathered.clear();
                    let codes = places.iter().map(|place| code(place).copied().unwrap_or(0));
                    self.gathered.extend(codes);
                    self.gathered.as_slice()
                } else {
                    question.codes.get(from..to).unwrap_or_default()
                };
                join(&mut self.numbers, codes, question.offsets.len());
            }
            tally(&mut self.tables, &self.numbers);
            from = to;
        }
    }

    /// Adds what the tables hold to the questions, and empties them.
    fn spread(&mut self, target: &mut [u32], number: usize, cells: usize, questions: &[Given<'_>]) {
        let [one, other] = &mut self.tables;
        let one = one.get_mut(..cells).unwrap_or_default();
        let other = other.get_mut(..cells).unwrap_or_default();
        for (one, other) in one.iter_mut().zip(other.iter_mut()) {
            *one += *other;
        }
        other.fill(0);
        let blocks = one.chunks_exact(cells / self.all_groups.max(1));
        for (group, block) in blocks.take(number).enumerate() {
            spread(target, block, questions, group);
        }
        one.fill(0);
    }
}

/// Makes one number of that of each row so far and a code of so many.
pub(super) fn join(numbers: &mut [u16], codes: &[u8], limit: usize) {
    let limit = u16::try_from(limit).unwrap_or(u16::MAX);
    for (number, code) in numbers.iter_mut().zip(codes) {
        *number = number.wrapping_mul(limit).wrapping_add(u16::from(*code));
    }
}

/// Counts numbers: every one has a cell, and no branch depends on it.
pub(super) fn tally(tables: &mut [Table; 2], numbers: &[u16]) {
    let [one, other] = tables;
    let add = |table: &mut [u32; CELLS], number: &u16| {
        if let Some(cell) = table.get_mut(usize::from(*number)) {
            *cell += 1;
        }
    };
    let (fours, rest) = numbers.as_chunks::<4>();
    for [a, b, c, d] in fours {
        add(one, a);
        add(other, b);
        add(one, c);
        add(other, d);
    }
    for number in rest {
        add(one, number);
    }
}

/// Adds the cells of a block to the questions that it counts; gives how many rows it holds.
fn spread(target: &mut [u32], block: &[u32], questions: &[Given<'_>], group: usize) -> u32 {
    let Some((question, rest)) = questions.split_first() else {
        return block.first().copied().unwrap_or_default();
    };
    let width = (block.len() / question.offsets.len().max(1)).max(1);
    let mut all = 0;
    for (part, offset) in block.chunks_exact(width).zip(question.offsets) {
        let rows = match (rest, part) {
            ([], [only]) => *only,
            _ => spread(target, part, rest, group),
        };
        if rows > 0 && *offset != SKIPPED {
            let place = question.base + *offset as usize + group;
            add(target, u32::try_from(place).unwrap_or(SKIPPED), rows);
        }
        all += rows;
    }
    all
}
