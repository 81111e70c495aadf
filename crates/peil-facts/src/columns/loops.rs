//! The innermost loops: no branch that depends on what is in a row, nothing allocated.

use super::{
    codes::{Code, CodeSlice},
    column::Answers,
    few::{FEW, NOTHING, tally_bytes, tally_pairs},
    part_plan::{Grouping, PartPlan, SKIPPED},
    shape::Shape,
    sift::passing,
};

/// Number of different bytes.
pub(super) const BYTES: usize = 256;

/// Adds to what is counted at a place; nothing happens when there is no such place.
#[inline]
pub(super) fn add(target: &mut [u32], place: u32, number: u32) {
    if let Some(count) = target.get_mut(place as usize) {
        *count += number;
    }
}

/// Adds one for every row, where its code says. All of them are in the table: said in this way, none
/// is looked at for it.
#[inline(never)]
fn add_all<C: Code>(target: &mut [u32], rows: &[C]) {
    let Some(last) = target.len().checked_sub(1) else {
        return;
    };
    for row in rows {
        if let Some(count) = target.get_mut(row.place().min(last)) {
            *count += 1;
        }
    }
}

/// The same, where the place of its code says.
#[inline(never)]
fn add_all_at<C: Code>(target: &mut [u32], rows: &[C], places: &[u32]) {
    let (Some(last), Some(last_place)) = (target.len().checked_sub(1), places.len().checked_sub(1))
    else {
        return;
    };
    for row in rows {
        if let Some(place) = places.get(row.place().min(last_place))
            && let Some(count) = target.get_mut((*place as usize).min(last))
        {
            *count += 1;
        }
    }
}

/// Adds one for every row that passes and nought for the others.
#[inline(never)]
fn add_masked<C: Code>(target: &mut [u32], rows: &[C], mask: &[u8]) {
    let Some(last) = target.len().checked_sub(1) else {
        return;
    };
    for (row, passes) in rows.iter().zip(mask) {
        if let Some(count) = target.get_mut(row.place().min(last)) {
            *count += u32::from(*passes);
        }
    }
}

/// The same, where the place of its code says.
#[inline(never)]
fn add_masked_at<C: Code>(target: &mut [u32], rows: &[C], mask: &[u8], places: &[u32]) {
    let (Some(last), Some(last_place)) = (target.len().checked_sub(1), places.len().checked_sub(1))
    else {
        return;
    };
    for (row, passes) in rows.iter().zip(mask) {
        if let Some(place) = places.get(row.place().min(last_place))
            && let Some(count) = target.get_mut((*place as usize).min(last))
        {
            *count += u32::from(*passes);
        }
    }
}

/// Counts rows by their codes, or by the places of these.
pub(super) fn add_rows<C: Code>(
    target: &mut [u32],
    rows: &[C],
    mask: Option<&[u8]>,
    places: Option<&[u32]>,
) {
    let Some(mask) = mask else {
        return match places {
            Some(places) => add_all_at(target, rows, places),
            None => add_all(target, rows),
        };
    };
    if passing(mask) as usize * 4 > mask.len() {
        return match places {
            Some(places) => add_masked_at(target, rows, mask, places),
            None => add_masked(target, rows, mask),
        };
    }
    // Few pass: of eight rows at a time, only those are looked at.
    let place = |row: &C| match places {
        Some(places) => places.get(row.place()).copied(),
        None => u32::try_from(row.place()).ok(),
    };
    let (eights, rest) = rows.as_chunks::<8>();
    let (masks, mask_of_rest) = mask.as_chunks::<8>();
    for (eight, passes) in eights.iter().zip(masks) {
        let mut left = u64::from_le_bytes(*passes);
        while left > 0 {
            if let Some(row) = eight.get(left.trailing_zeros() as usize / 8) {
                add(target, place(row).unwrap_or(SKIPPED), 1);
            }
            left &= left - 1;
        }
    }
    for (row, passes) in rest.iter().zip(mask_of_rest) {
        add(target, place(row).unwrap_or(SKIPPED), u32::from(*passes));
    }
}

/// Counts codes by the groups that they stand for.
pub(super) fn tally<C: Code>(
    target: &mut [u32],
    codes: &[C],
    grouping: &Grouping,
    mask: Option<&[u8]>,
) {
    let places = &*grouping.places;
    let is_long = codes.len() >= BYTES.max(2 * places.len());
    if let Some(codes) = C::bytes(codes).filter(|_| is_long) {
        if places.len() <= usize::from(NOTHING) {
            tally_pairs(target, codes, places, mask);
            return;
        }
        if mask.is_none_or(|mask| passing(mask) as usize * 4 > mask.len()) {
            tally_bytes(target, codes, places, mask);
            return;
        }
    }
    // A code stands for itself in all but the first few parts.
    add_rows(target, codes, mask, (!grouping.is_direct).then_some(places));
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
        let values = answers.values.len() + 1;
        if self.chosen.is_none() && self.groups.is_none() && values <= FEW {
            let offsets = offsets.get(..values).unwrap_or_default();
            let start = first as usize - answers.start as usize;
            let end = last - answers.start as usize;
            if let CodeSlice::Narrow(codes) = answers.codes.slice(start, end) {
                tally_bytes(target, codes, offsets, None);
            }
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
        if let Ok(table) = <&[u32; BYTES]>::try_from(offsets) {
            let offset = |code: C| table.get(code.place() % BYTES).copied();
            self.tally_at(target, codes, skipped, |code| {
                offset(code).unwrap_or(SKIPPED)
            });
        } else {
            let offset = |code: C| offsets.get(code.place()).copied();
            self.tally_at(target, codes, skipped, |code| {
                offset(code).unwrap_or(SKIPPED)
            });
        }
    }

    fn tally_at<C: Code>(
        &self,
        target: &mut [u32],
        codes: &[C],
        skipped: usize,
        offset: impl Fn(C) -> u32,
    ) {
        let mut count = |code: C, group: u32| {
            let place = offset(code) as usize + group as usize;
            if let Some(count) = target.get_mut(place) {
                *count += 1;
            }
        };
        match (self.chosen, self.groups) {
            (None, None) => codes.iter().for_each(|code| count(*code, 0)),
            (None, Some(groups)) => {
                let groups = groups.get(skipped..).unwrap_or_default();
                for (code, group) in codes.iter().zip(groups) {
                    count(*code, *group);
                }
            }
            (Some(chosen), groups) => {
                for place in chosen {
                    let place = usize::from(*place);
                    let code = place
                        .checked_sub(skipped)
                        .and_then(|place| codes.get(place));
                    let group = groups.and_then(|groups| groups.get(place)).copied();
                    if let Some(code) = code {
                        count(*code, group.unwrap_or_default());
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
