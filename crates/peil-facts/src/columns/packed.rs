//! Counting several questions at once: group and answers of a row make one number, a table tells how
//! often each number occurs, and what is in the table is spread over the questions at the end.
//!
//! A row that does not pass is of one more group that nothing is made of, so that no branch depends
//! on it; where few pass, these are gathered first.

use std::cell::Cell;

use super::{
    loops::add,
    part_plan::SKIPPED,
    sift::{chosen, passing},
};

/// Cells of a table: one for every number of 16 bits, so that none needs to be checked.
const CELLS: usize = 1 << 16;
/// Rows whose numbers are made together: they stay in the nearest cache.
const BLOCK: usize = 2_048;
/// The same when several questions share a table that is larger than that.
const SHARED_BLOCK: usize = 128;
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

thread_local! {
    /// What this thread used last: room that the system gave needs not be asked for again.
    static LAST: Cell<Option<Packed>> = const { Cell::new(None) };
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
        LAST.take().or_else(Self::made)
    }

    /// Keeps the tables, which are empty, for the next question that this thread counts.
    pub(super) fn put_back(self) {
        LAST.set(Some(self));
    }

    fn made() -> Option<Self> {
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

    /// Whether so many questions with these codes have few enough cells when they share a table.
    pub(super) fn fits_shared(&self, codes: usize, questions: usize) -> bool {
        let cells = self.all_groups.saturating_mul(codes);
        let rows = self.groups.len().saturating_mul(questions);
        cells <= CELLS && cells.saturating_mul(ROWS_PER_CELL_OF_ONE) <= rows
    }

    /// Counts questions of which the answers are counted in the same place, in one table. Few rows
    /// at a time, so that all their answers fall on cells that are near.
    pub(super) fn count_shared(
        &mut self,
        target: &mut [u32],
        number: usize,
        questions: &[Given<'_>],
    ) {
        let Some(first) = questions.get(..1) else {
            return;
        };
        let codes = first.first().map_or(0, |first| first.offsets.len());
        for from in (0..self.groups.len()).step_by(SHARED_BLOCK) {
            let to = self.groups.len().min(from + SHARED_BLOCK);
            for question in questions {
                self.begin(from, to);
                self.join(question, from, to);
                tally(&mut self.tables, &self.numbers);
            }
        }
        self.spread(target, number, self.all_groups * codes, first);
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
        for from in (0..self.groups.len()).step_by(BLOCK) {
            let to = self.groups.len().min(from + BLOCK);
            self.begin(from, to);
            for question in questions {
                self.join(question, from, to);
            }
            tally(&mut self.tables, &self.numbers);
        }
    }

    /// Begins the numbers of some rows with their groups.
    fn begin(&mut self, from: usize, to: usize) {
        let groups = self.groups.get(from..to).unwrap_or_default();
        self.numbers.clear();
        self.numbers.extend_from_slice(groups);
    }

    /// Adds the answers of these rows to their numbers.
    fn join(&mut self, question: &Given<'_>, from: usize, to: usize) {
        let codes = if self.is_gathered {
            let places = self.chosen.get(from..to).unwrap_or_default();
            gather(&mut self.gathered, question.codes, places);
            self.gathered.as_slice()
        } else {
            question.codes.get(from..to).unwrap_or_default()
        };
        join(&mut self.numbers, codes, question.offsets.len());
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

/// The codes of some places.
fn gather(gathered: &mut Vec<u8>, codes: &[u8], places: &[u16]) {
    let code = |place: &u16| codes.get(usize::from(*place)).copied().unwrap_or(0);
    gathered.clear();
    gathered.extend(places.iter().map(code));
}

/// Makes one number of that of each row so far and a code of so many.
#[inline(never)]
fn join(numbers: &mut [u16], codes: &[u8], limit: usize) {
    let limit = u16::try_from(limit).unwrap_or(u16::MAX);
    for (number, code) in numbers.iter_mut().zip(codes) {
        *number = number.wrapping_mul(limit).wrapping_add(u16::from(*code));
    }
}

/// Counts numbers: every one has a cell, and no branch depends on it.
#[inline(never)]
fn tally(tables: &mut [Table; 2], numbers: &[u16]) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::Chance;

    /// Counted one by one, at the base of each question.
    fn plainly(
        questions: &[Given<'_>],
        groups: Option<&[u32]>,
        mask: Option<&[u8]>,
        target: &mut [u32],
    ) {
        for question in questions {
            for (row, code) in question.codes.iter().enumerate() {
                let offset = question.offsets[usize::from(*code)];
                let passes = mask.is_none_or(|mask| mask[row] == 1);
                if passes && offset != SKIPPED {
                    let group = groups.map_or(0, |groups| groups[row]);
                    target[question.base + (offset + group) as usize] += 1;
                }
            }
        }
    }

    #[test]
    fn questions_counted_together_are_what_they_are_one_by_one() {
        let mut chance = Chance::new(41);
        let mut packed = Packed::new().unwrap();
        for round in 0..120 {
            let rows = [300, 4_000, 30_000][round % 3];
            let number = [1, 3, 40, 4_000][round % 4];
            let codes = 2 + usize::try_from(chance.below(11)).unwrap();
            let below = |chance: &mut Chance, limit: usize| chance.below(limit as u64);
            let small = |number: u64| u8::try_from(number).unwrap();
            let columns: Vec<Vec<u8>> = (0..5)
                .map(|_| {
                    (0..rows)
                        .map(|_| small(below(&mut chance, codes)))
                        .collect()
                })
                .collect();
            let groups: Vec<u32> = (0..rows)
                .map(|_| u32::try_from(below(&mut chance, number)).unwrap())
                .collect();
            let share = [5, 50, 95][round / 3 % 3];
            let mask: Vec<u8> = (0..rows).map(|_| u8::from(chance.happens(share))).collect();
            let groups = (number > 1).then_some(groups.as_slice());
            let mask = (round % 5 > 1).then_some(mask.as_slice());
            let offset = |code: usize| u32::try_from(code * number).unwrap();
            let mut offsets: Vec<u32> = (0..codes).map(offset).collect();
            offsets[0] = SKIPPED;
            let given = |apart: usize| -> Vec<Given<'_>> {
                let columns = columns.iter().enumerate();
                columns
                    .map(|(place, codes)| Given {
                        codes,
                        base: place * apart,
                        offsets: &offsets,
                    })
                    .collect()
            };
            assert!(packed.take(rows, number as u128, groups, mask));
            let cells = codes * number;
            let (apart, shared) = (given(cells), given(0));
            let mut right = vec![0; cells * 5];
            let mut found = right.clone();
            if packed.fits(codes) {
                plainly(&apart, groups, mask, &mut right);
                packed.count(&mut found, number, &apart);
                assert_eq!(found, right, "round {round}");
            }
            if packed.fits_shared(codes, 5) {
                plainly(&shared, groups, mask, &mut right);
                packed.count_shared(&mut found, number, &shared);
                assert_eq!(found, right, "round {round}, shared");
            }
        }
    }
}
