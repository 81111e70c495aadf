//! Rows that are counted at once, and where their answers are counted.

use std::sync::Arc;

use super::{
    codes::{CodeSlice, Codes},
    loops::BYTES,
    part_plan::{Asked, PartPlan, SKIPPED},
    plan::Plan,
    shape::Shape,
    sift::{CHUNK, passing},
};

/// For every question of every part: for every code how far its value lies from the first one.
pub(super) type Offsets = Vec<Vec<Places>>;

/// A place for every code.
pub(super) type Places = Arc<[u32]>;

pub(super) fn offsets(plan: &Plan, shape: &Shape) -> Offsets {
    let offset = |place: &u32| match u128::from(*place).checked_mul(shape.groups) {
        Some(offset) if *place != SKIPPED => u32::try_from(offset).unwrap_or(SKIPPED),
        _ => SKIPPED,
    };
    let mut before: Option<(Places, Places)> = None;
    let mut of_asked = |asked: &Asked| {
        let same = before.as_ref();
        let same = same.filter(|(places, _)| Arc::ptr_eq(places, &asked.places));
        if let Some((_, offsets)) = same {
            return Arc::clone(offsets);
        }
        let mut offsets: Vec<u32> = asked.places.iter().map(offset).collect();
        // With a place for every byte, nothing needs to be checked.
        offsets.resize(offsets.len().max(BYTES), SKIPPED);
        let offsets: Places = offsets.into();
        before = Some((Arc::clone(&asked.places), Arc::clone(&offsets)));
        offsets
    };
    let parts = plan.parts.iter();
    parts
        .map(|part| part.asked.iter().map(&mut of_asked).collect())
        .collect()
}

/// Rows of one period and one stretch.
pub(super) struct Span<'a> {
    pub(super) part: &'a PartPlan,
    /// For every question for every code how far its value lies from the first one.
    pub(super) offsets: &'a [Places],
    pub(super) from: u32,
    pub(super) to: u32,
    /// For every row 1 when it passes, else 0; all of them do when absent.
    pub(super) mask: Option<&'a [u8]>,
}

impl<'a> Span<'a> {
    /// Parts that are small enough to stay in the nearest cache.
    pub(super) fn chunks(&self) -> impl Iterator<Item = Span<'a>> {
        self.pieces(CHUNK)
    }

    /// Parts of at most so many rows.
    pub(super) fn pieces(&self, rows: u32) -> impl Iterator<Item = Span<'a>> {
        let (from, to) = (self.from, self.to);
        (from..to).step_by(rows as usize).map(move |start| {
            let end = to.min(start + rows);
            let range = (start - from) as usize..(end - from) as usize;
            Span {
                from: start,
                to: end,
                mask: self.mask.and_then(|mask| mask.get(range)),
                ..*self
            }
        })
    }

    /// Number of rows that pass.
    pub(super) fn passing(&self) -> u32 {
        self.mask.map_or(self.to - self.from, passing)
    }

    /// The runs of days that it consists of; nothing when it cuts one.
    pub(super) fn runs(&self) -> Option<(usize, usize)> {
        let runs = self.part.all_runs();
        let place = |row: u32| {
            let place = runs.partition_point(|(_, end)| *end <= row);
            let before = place.checked_sub(1).and_then(|before| runs.get(before));
            (before.map_or(0, |(_, end)| *end) == row).then_some(place)
        };
        Some((place(self.from)?, place(self.to)?))
    }

    pub(super) fn codes<'c>(&self, codes: &'c Codes) -> CodeSlice<'c> {
        codes.slice(self.from as usize, self.to as usize)
    }
}
