//! Different people, and different organisations, in every cell.
//!
//! Inside a part they are told apart by their codes; only what is in several parts is told apart by
//! the numbers that stand for them.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    cache::Library,
    codes::Codes,
    column::{Answers, Column, ColumnKey},
    loops::group_of,
    part_plan::{PartPlan, SKIPPED},
    plan::Plan,
    shape::Shape,
    sift::{CHUNK, passing, sift},
};
use crate::{Dimension, FactsError};

/// Most bits with which people are marked; more are listed and sorted.
const MOST_BITS: u128 = 1 << 27;

/// How many different ones there are in each cell.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    found: HashMap<u128, u64>,
}

/// Who is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    People,
    Accounts,
}

/// What one part holds in each cell: so many who are nobody else, and the numbers of the others.
type Found = BTreeMap<u128, (u64, Vec<u64>)>;

impl Distinct {
    /// Counts who is behind the cells of a plan.
    pub(super) fn count(
        plan: &Plan,
        shape: &Shape,
        who: Who,
        library: &Library,
    ) -> Result<Self, FactsError> {
        let of_part =
            |part: &PartPlan| Sighting::new(plan, shape, part, who, library).map(Sighting::look);
        let parts: Result<Vec<Found>, FactsError> = plan.parts.par_iter().map(of_part).collect();
        let mut cells: BTreeMap<u128, (u64, Vec<Vec<u64>>)> = BTreeMap::new();
        for (cell, (unknown, known)) in parts?.into_iter().flatten() {
            let all = cells.entry(cell).or_default();
            all.0 += unknown;
            if !known.is_empty() {
                all.1.push(known);
            }
        }
        let cells: Vec<_> = cells.into_iter().collect();
        let count = |(cell, (unknown, known))| (cell, unknown + different(known));
        Ok(Self {
            found: cells.into_par_iter().map(count).collect(),
        })
    }

    /// How many there are in a cell.
    pub(super) fn at(&self, cell: u128) -> u64 {
        self.found.get(&cell).copied().unwrap_or_default()
    }
}

/// How many different numbers there are in lists that go up.
fn different(mut lists: Vec<Vec<u64>>) -> u64 {
    while lists.len() > 1 {
        lists = lists
            .chunks(2)
            .map(|two| match two {
                [one, other] => merged(one, other),
                _ => two.concat(),
            })
            .collect();
    }
    lists.first().map_or(0, |list| list.len() as u64)
}

/// The different numbers of two lists that go up.
fn merged(one: &[u64], other: &[u64]) -> Vec<u64> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let next = match (one.peek(), other.peek()) {
            (Some(left), Some(right)) => *Ord::min(left, right),
            (Some(left), None) => left,
            (None, Some(right)) => right,
            (None, None) => return all,
        };
        one.next_if_eq(&next);
        other.next_if_eq(&next);
        all.push(*next);
    }
}

/// Looking who is in one part.
struct Sighting<'a> {
    plan: &'a Plan,
    shape: &'a Shape,
    part: &'a PartPlan,
    column: Arc<Column>,
    /// For every code a number that stands for the same everywhere; nought for everyone unknown.
    numbers: Vec<u64>,
    /// Whether each who is unknown counts as one rather than none.
    counts_unknown: bool,
    unknown: BTreeMap<u128, u64>,
    marks: Marks,
}

/// Who was seen in which cell.
enum Marks {
    /// A bit for each of so many codes in each cell.
    Bits(usize, Vec<u64>),
    Pairs(Vec<(u128, u32)>),
}

impl<'a> Sighting<'a> {
    fn new(
        plan: &'a Plan,
        shape: &'a Shape,
        part: &'a PartPlan,
        who: Who,
        library: &Library,
    ) -> Result<Self, FactsError> {
        let shelf = &part.part.shelf;
        let (column, numbers) = match who {
            Who::People => {
                let column = shelf.column(&ColumnKey::People, library)?;
                let numbers = match column.as_deref() {
                    Some(Column::People(coded)) => coded.values.clone(),
                    _ => Vec::new(),
                };
                (column, numbers)
            }
            Who::Accounts => {
                let column = shelf.dimension(&Dimension::Account, library)?;
                let number = |text: &Option<Arc<str>>| match text {
                    Some(text) => {
                        let mut hasher = DefaultHasher::new();
                        text.hash(&mut hasher);
                        hasher.finish().max(1)
                    }
                    None => 0,
                };
                let numbers = match &*column {
                    Column::Texts(coded) => coded.values.iter().map(number).collect(),
                    _ => Vec::new(),
                };
                (Some(column), numbers)
            }
        };
        let cells = plan.slots.len() as u128 * shape.periods * shape.groups;
        let bits = cells.saturating_mul(numbers.len() as u128);
        let marks = if bits <= MOST_BITS {
            let words = usize::try_from(bits.div_ceil(64)).unwrap_or_default();
            Marks::Bits(numbers.len(), vec![0; words])
        } else {
            Marks::Pairs(Vec::new())
        };
        Ok(Self {
            plan,
            shape,
            part,
            column: column.unwrap_or_else(|| Arc::new(Column::Ids(Vec::new()))),
            numbers,
            counts_unknown: who == Who::People,
            unknown: BTreeMap::new(),
            marks,
        })
    }

    fn look(mut self) -> Found {
        let column = Arc::clone(&self.column);
        let codes = match &*column {
            Column::People(coded) => &coded.codes,
            Column::Texts(coded) => &coded.codes,
            _ => return Found::new(),
        };
        let (plan, part) = (self.plan, self.part);
        let mut mask = Vec::new();
        let mut seen = Vec::new();
        let rows = part.part.shelf.head.rows;
        plan.stretches(part, 0, rows, |stretch, from, to| {
            let single = if plan.of_submissions {
                Some((0, 0))
            } else {
                part.single(stretch)
            };
            if matches!(single, Some((_, SKIPPED))) {
                return;
            }
            plan.spans(part, stretch, (from, to), |period, from, to| {
                for start in (from..to).step_by(CHUNK as usize) {
                    let end = to.min(start + CHUNK);
                    if !sift(part, start, end, &mut mask) {
                        mask.clear();
                        mask.resize((end - start) as usize, 1);
                    }
                    match single {
                        Some((slot, _)) => self.mark(codes, slot, period, start, &mask),
                        None => self.mark_answered(codes, period, (start, end), &mask, &mut seen),
                    }
                }
            });
        });
        self.finish()
    }

    /// Marks everyone who answered a question in these rows; once per question counted apart.
    fn mark_answered(
        &mut self,
        codes: &Codes,
        period: usize,
        (start, end): (u32, u32),
        mask: &[u8],
        seen: &mut Vec<u8>,
    ) {
        let part = self.part;
        let slots = u32::try_from(self.plan.slots.len()).unwrap_or(u32::MAX);
        for slot in 0..slots {
            seen.clear();
            seen.resize(mask.len(), 0);
            let mut unseen = passing(mask);
            for asked in part.asked.iter().filter(|asked| asked.slot == slot) {
                let Some((from, to)) = asked.answers().map(Answers::bounds) else {
                    continue;
                };
                let (from, to) = (from.max(start), to.min(end));
                for row in from..to {
                    let place = (row - start) as usize;
                    let passes = mask.get(place).copied().unwrap_or_default();
                    if let Some(seen) = seen.get_mut(place)
                        && passes > *seen
                        && asked.gave(row)
                    {
                        *seen = 1;
                        unseen -= 1;
                    }
                }
                if unseen == 0 {
                    break;
                }
            }
            self.mark(codes, slot, period, start, seen);
        }
    }

    fn mark(&mut self, codes: &Codes, slot: u32, period: usize, start: u32, mask: &[u8]) {
        let cell = u128::from(slot) * self.shape.periods + period as u128;
        let cell = cell * self.shape.groups;
        let mut unknown = 0;
        for (row, _) in (start..).zip(mask).filter(|(_, passes)| **passes > 0) {
            let code = codes.get(row as usize);
            let number = self.numbers.get(code as usize).copied();
            let group = if self.part.groups.is_empty() {
                0
            } else {
                group_of(self.part, self.shape, row)
            };
            if number.unwrap_or_default() == 0 {
                if self.part.groups.is_empty() {
                    unknown += 1;
                } else if self.counts_unknown {
                    *self.unknown.entry(cell + group).or_default() += 1;
                }
                continue;
            }
            match &mut self.marks {
                Marks::Bits(codes, words) => {
                    let cell = usize::try_from(cell + group).unwrap_or_default();
                    let bit = cell * *codes + code as usize;
                    if let Some(word) = words.get_mut(bit / 64) {
                        *word |= 1 << (bit % 64);
                    }
                }
                Marks::Pairs(pairs) => pairs.push((cell + group, code)),
            }
        }
        if unknown > 0 && self.counts_unknown {
            *self.unknown.entry(cell).or_default() += unknown;
        }
    }

    fn finish(self) -> Found {
        let number = |code: usize| self.numbers.get(code).copied().unwrap_or_default();
        let mut found = Found::new();
        for (cell, unknown) in self.unknown {
            found.entry(cell).or_default().0 = unknown;
        }
        match self.marks {
            Marks::Bits(codes, words) => {
                let mut last: Option<(usize, Vec<u64>)> = None;
                for (place, word) in words.into_iter().enumerate() {
                    let mut rest = word;
                    while rest > 0 {
                        let bit = place * 64 + rest.trailing_zeros() as usize;
                        rest &= rest - 1;
                        let (cell, code) = (bit / codes, bit % codes);
                        match &mut last {
                            Some((at, numbers)) if *at == cell => numbers.push(number(code)),
                            _ => {
                                let next = (cell, vec![number(code)]);
                                if let Some((at, numbers)) = last.replace(next) {
                                    found.entry(at as u128).or_default().1 = numbers;
                                }
                            }
                        }
                    }
                }
                if let Some((at, numbers)) = last {
                    found.entry(at as u128).or_default().1 = numbers;
                }
            }
            Marks::Pairs(mut pairs) => {
                pairs.sort_unstable();
                pairs.dedup();
                for (cell, code) in pairs {
                    found.entry(cell).or_default().1.push(number(code as usize));
                }
            }
        }
        for (_, numbers) in found.values_mut() {
            // Those of organisations are not in the order of their codes.
            numbers.sort_unstable();
        }
        found
    }
}
