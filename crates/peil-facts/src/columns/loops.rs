//! The innermost loops: no branch that depends on what is in a row, nothing allocated.

use super::{
    codes::{Code, CodeSlice},
    column::Answers,
    plan::{PartPlan, SKIPPED},
    shape::Shape,
};

/// With at most so many groups the same one comes often, and several tables take turns.
const FEW: usize = 16;

/// Adds to what is counted at a place; nothing happens when there is no such place.
#[inline]
pub(super) fn add(target: &mut [u32], place: u32, number: u32) {
    if let Some(count) = target.get_mut(place as usize) {
        *count += number;
    }
}

/// Counts codes by the places that they stand for.
pub(super) fn tally<C: Code>(target: &mut [u32], codes: &[C], places: &[u32], mask: Option<&[u8]>) {
    if places.len() <= FEW {
        tally_few(target, codes, places, mask);
        return;
    }
    let place = |code: &C| places.get(code.place()).copied().unwrap_or(SKIPPED);
    match mask {
        None => codes.iter().for_each(|code| add(target, place(code), 1)),
        Some(mask) => {
            for (code, passes) in codes.iter().zip(mask) {
                add(target, place(code), u32::from(*passes));
            }
        }
    }
}

/// The same with few places: tables take turns, since adding twice to the same number waits.
fn tally_few<C: Code>(target: &mut [u32], codes: &[C], places: &[u32], mask: Option<&[u8]>) {
    let mut tables = [[0_u32; FEW]; 4];
    let mut count = |table: usize, code: &C, number: u32| {
        let table = tables.get_mut(table % 4);
        if let Some(count) = table.and_then(|table| table.get_mut(code.place() % FEW)) {
            *count += number;
        }
    };
    match mask {
        None => {
            let mut fours = codes.chunks_exact(4);
            for four in fours.by_ref() {
                for (table, code) in four.iter().enumerate() {
                    count(table, code, 1);
                }
            }
            fours.remainder().iter().for_each(|code| count(0, code, 1));
        }
        Some(mask) => {
            for (table, (code, passes)) in codes.iter().zip(mask).enumerate() {
                count(table, code, u32::from(*passes));
            }
        }
    }
    for (code, place) in places.iter().enumerate() {
        let number = |table: &[u32; FEW]| table.get(code).copied().unwrap_or_default();
        add(target, *place, tables.iter().map(number).sum());
    }
}

/// Works out the group of every row.
pub(super) fn group(part: &PartPlan, shape: &Shape, from: u32, to: u32, groups: &mut Vec<u32>) {
    groups.clear();
    groups.resize((to - from) as usize, 0);
    for (grouping, stride) in part.groups.iter().zip(&shape.strides) {
        let stride = u32::try_from(*stride).unwrap_or_default();
        let places: Vec<u32> = grouping.places.iter().map(|place| place * stride).collect();
        match grouping.codes().slice(from as usize, to as usize) {
            CodeSlice::Same => {
                let place = places.first().copied().unwrap_or_default();
                for group in &mut *groups {
                    *group += place;
                }
            }
            CodeSlice::Narrow(codes) => add_places(groups, codes, &places),
            CodeSlice::Middle(codes) => add_places(groups, codes, &places),
            CodeSlice::Wide(codes) => add_places(groups, codes, &places),
        }
    }
}

fn add_places<C: Code>(groups: &mut [u32], codes: &[C], places: &[u32]) {
    for (group, code) in groups.iter_mut().zip(codes) {
        *group += places.get(code.place()).copied().unwrap_or_default();
    }
}

/// The group of one row.
pub(super) fn group_of(part: &PartPlan, shape: &Shape, row: u32) -> u128 {
    let groupings = part.groups.iter().zip(&shape.strides);
    groupings
        .map(|(grouping, stride)| {
            let code = grouping.codes().get(row as usize);
            let place = grouping.places.get(code as usize).copied();
            u128::from(place.unwrap_or_default()) * stride
        })
        .sum()
}

/// A chunk of rows of which everything but the answers is known.
pub(super) struct Rows<'a> {
    pub(super) from: u32,
    pub(super) to: u32,
    /// For every row 1 when it passes, else 0.
    pub(super) mask: Option<&'a [u8]>,
    /// The rows that pass, counted from the first one.
    pub(super) chosen: Option<&'a [u16]>,
    pub(super) groups: Option<&'a [u32]>,
}

impl Rows<'_> {
    /// Counts the answers to one question; `offsets` says for every code where in `target`.
    pub(super) fn tally(&self, target: &mut [u32], answers: &Answers, offsets: &[u32]) {
        if let Some(rows) = &answers.rows {
            self.tally_listed(target, rows, answers, offsets);
            return;
        }
        let first = answers.start.max(self.from);
        let answers_end = answers.start as usize + answers.codes.len();
        let last = answers_end.min(self.to as usize);
        if first as usize >= last {
            return;
        }
        let start = answers.start as usize;
        let skipped = (first - self.from) as usize;
        match answers.codes.slice(first as usize - start, last - start) {
            CodeSlice::Same => {}
            CodeSlice::Narrow(codes) => self.tally_codes(target, codes, offsets, skipped),
            CodeSlice::Middle(codes) => self.tally_codes(target, codes, offsets, skipped),
            CodeSlice::Wide(codes) => self.tally_codes(target, codes, offsets, skipped),
        }
    }

    /// Counts codes of rows of which the first lies `skipped` behind the first of the chunk.
    fn tally_codes<C: Code>(
        &self,
        target: &mut [u32],
        codes: &[C],
        offsets: &[u32],
        skipped: usize,
    ) {
        let offset = |code: C| offsets.get(code.place()).copied().unwrap_or(SKIPPED) as usize;
        let mut count = |place: usize| {
            if let Some(count) = target.get_mut(place) {
                *count += 1;
            }
        };
        match (self.chosen, self.groups) {
            (None, None) if offsets.len() <= FEW => tally_few(target, codes, offsets, None),
            (None, None) => codes.iter().for_each(|code| count(offset(*code))),
            (None, Some(groups)) => {
                let groups = groups.get(skipped..).unwrap_or_default();
                for (code, group) in codes.iter().zip(groups) {
                    count(offset(*code) + *group as usize);
                }
            }
            (Some(chosen), groups) => {
                for place in chosen {
                    let place = usize::from(*place);
                    let code = place
                        .checked_sub(skipped)
                        .and_then(|place| codes.get(place));
                    let group = groups.and_then(|groups| groups.get(place));
                    if let Some(code) = code {
                        count(offset(*code) + group.map_or(0, |group| *group as usize));
                    }
                }
            }
        }
    }

    /// Counts the answers of rows that are listed.
    fn tally_listed(&self, target: &mut [u32], rows: &[u32], answers: &Answers, offsets: &[u32]) {
        let first = rows.partition_point(|row| *row < self.from);
        let due = rows.iter().enumerate().skip(first);
        for (at, row) in due.take_while(|(_, row)| **row < self.to) {
            let place = (row - self.from) as usize;
            if self.mask.is_some_and(|mask| mask.get(place) == Some(&0)) {
                continue;
            }
            let code = answers.codes.get(at) as usize;
            let offset = offsets.get(code).copied().unwrap_or(SKIPPED) as usize;
            let group = self.groups.and_then(|groups| groups.get(place));
            if let Some(count) = target.get_mut(offset + group.map_or(0, |group| *group as usize)) {
                *count += 1;
            }
        }
    }
}
