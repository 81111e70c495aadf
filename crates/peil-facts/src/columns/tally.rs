//! Counting: one walk over the rows that filters, groups and counts at once.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use super::{
    codes::CodeSlice,
    loops::{Rows, add, group, group_of, tally},
    plan::{Asked, PartPlan, Plan, SKIPPED},
    shape::{Counts, Shape},
    sift::{CHUNK, chosen, passing, sift},
};
use crate::{ONE, Tally};

/// Rows that one thread counts before it looks for more.
const TASK: u32 = 1 << 16;

/// Counts what a plan says, on all threads of the pool.
pub(super) fn count(plan: &Plan, shape: &Shape, is_weighted: bool) -> Counts {
    let mut tasks = Vec::new();
    for (place, part) in plan.parts.iter().enumerate() {
        let rows = part.part.shelf.head.rows;
        let starts = (0..rows).step_by(TASK as usize);
        tasks.extend(starts.map(|from| (place, from, rows.min(from + TASK))));
    }
    let next = AtomicUsize::new(0);
    let counted = Mutex::new(Vec::new());
    let work = || {
        let mut worker = Worker::new(plan, shape, is_weighted);
        while let Some((part, from, to)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            worker.count(*part, *from, *to);
        }
        let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.push(worker.counts);
    };
    if tasks.len() < 2 {
        work();
    } else {
        let threads = rayon::current_num_threads().min(tasks.len());
        rayon::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(|_| work());
            }
            work();
        });
    }
    let counted = counted.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut counted = counted.into_iter();
    let first = counted.next();
    let mut all = first.unwrap_or_else(|| Counts::new(shape, is_weighted));
    counted.for_each(|counts| all.merge(counts));
    all
}

struct Worker<'a> {
    plan: &'a Plan,
    shape: &'a Shape,
    is_weighted: bool,
    counts: Counts,
    /// For every question of every part: for every code how far its value lies from the first one.
    offsets: Vec<Vec<Vec<u32>>>,
    mask: Vec<u8>,
    chosen: Vec<u16>,
    groups: Vec<u32>,
}

impl<'a> Worker<'a> {
    fn new(plan: &'a Plan, shape: &'a Shape, is_weighted: bool) -> Self {
        let offset = |place: &u32| match u128::from(*place).checked_mul(shape.groups) {
            Some(offset) if *place != SKIPPED => u32::try_from(offset).unwrap_or(SKIPPED),
            _ => SKIPPED,
        };
        let of_asked = |asked: &Asked| asked.places.iter().map(offset).collect();
        let of_part = |part: &PartPlan| part.asked.iter().map(of_asked).collect();
        Self {
            plan,
            shape,
            is_weighted,
            counts: Counts::new(shape, is_weighted),
            offsets: plan.parts.iter().map(of_part).collect(),
            mask: Vec::new(),
            chosen: Vec::new(),
            groups: Vec::new(),
        }
    }

    fn count(&mut self, place: usize, from: u32, to: u32) {
        let plan = self.plan;
        let Some(part) = plan.parts.get(place) else {
            return;
        };
        plan.spans(part, from, to, |period, start, end, stretch| {
            let single = if plan.of_submissions {
                Some((0, 0))
            } else {
                part.single(stretch)
            };
            match single {
                Some((_, SKIPPED)) => {}
                Some((slot, value)) => {
                    let base = self.shape.base(slot, period, value);
                    self.count_one(part, base, start, end);
                }
                None if !part.asked.is_empty() => self.count_all(place, period, start, end),
                None => {}
            }
        });
    }

    /// Counts rows that all gave the same answer.
    fn count_one(&mut self, part: &PartPlan, base: u128, from: u32, to: u32) {
        let is_plain = part.sieves.is_empty() && part.part.dead.is_none();
        if is_plain && part.groups.is_empty() && !self.is_weighted {
            self.counts.add(base, Tally::plain(u64::from(to - from)));
            return;
        }
        for start in (from..to).step_by(CHUNK as usize) {
            let end = to.min(start + CHUNK);
            let has_mask = sift(part, start, end, &mut self.mask);
            let Self {
                counts,
                mask,
                groups,
                shape,
                ..
            } = self;
            let mask = has_mask.then_some(mask.as_slice());
            let Counts::Dense(dense) = counts else {
                self.count_rows(part, start, end, has_mask, Some(base), 0);
                continue;
            };
            let first = usize::try_from(base).unwrap_or(usize::MAX);
            let width = usize::try_from(shape.groups).unwrap_or_default();
            let Some(target) = dense.get_mut(first..first.saturating_add(width)) else {
                continue;
            };
            match part.groups.as_slice() {
                [] => add(target, 0, mask.map_or(end - start, passing)),
                [only] => {
                    let codes = only.codes().slice(start as usize, end as usize);
                    match codes {
                        CodeSlice::Same => {
                            let place = only.places.first().copied().unwrap_or_default();
                            add(target, place, mask.map_or(end - start, passing));
                        }
                        CodeSlice::Narrow(codes) => tally(target, codes, &only.places, mask),
                        CodeSlice::Middle(codes) => tally(target, codes, &only.places, mask),
                        CodeSlice::Wide(codes) => tally(target, codes, &only.places, mask),
                    }
                }
                _ => {
                    group(part, shape, start, end, groups);
                    match mask {
                        None => groups.iter().for_each(|place| add(target, *place, 1)),
                        Some(mask) => {
                            for (place, passes) in groups.iter().zip(mask) {
                                add(target, *place, u32::from(*passes));
                            }
                        }
                    }
                }
            }
        }
    }

    /// Counts the answers to all questions.
    fn count_all(&mut self, place: usize, period: usize, from: u32, to: u32) {
        let Some(part) = self.plan.parts.get(place) else {
            return;
        };
        for start in (from..to).step_by(CHUNK as usize) {
            let end = to.min(start + CHUNK);
            let has_mask = sift(part, start, end, &mut self.mask);
            let Counts::Dense(dense) = &mut self.counts else {
                self.count_rows(part, start, end, has_mask, None, period);
                continue;
            };
            if has_mask {
                chosen(&self.mask, &mut self.chosen);
            }
            if !part.groups.is_empty() {
                group(part, self.shape, start, end, &mut self.groups);
            }
            let rows = Rows {
                from: start,
                to: end,
                mask: has_mask.then_some(self.mask.as_slice()),
                chosen: has_mask.then_some(self.chosen.as_slice()),
                groups: (!part.groups.is_empty()).then_some(self.groups.as_slice()),
            };
            let offsets = self.offsets.get(place).map(Vec::as_slice);
            let values = self.shape.values * self.shape.groups;
            let width = usize::try_from(values).unwrap_or_default();
            for (asked, offsets) in part.asked.iter().zip(offsets.unwrap_or_default()) {
                let first = self.shape.base(asked.slot, period, 0);
                let first = usize::try_from(first).unwrap_or(usize::MAX);
                if let (Some(target), Some(answers)) = (
                    dense.get_mut(first..first.saturating_add(width)),
                    asked.answers(),
                ) {
                    rows.tally(target, answers, offsets);
                }
            }
        }
    }

    /// Counts row by row, which is slower but can do everything.
    fn count_rows(
        &mut self,
        part: &PartPlan,
        from: u32,
        to: u32,
        has_mask: bool,
        base: Option<u128>,
        period: usize,
    ) {
        let weights = part.weights().filter(|_| self.is_weighted);
        let mut together = Tally::default();
        for (row, place) in (from..to).zip(0_usize..) {
            if has_mask && self.mask.get(place) == Some(&0) {
                continue;
            }
            let weight = weights.and_then(|weights| {
                let code = weights.codes.get(row as usize);
                weights.values.get(code as usize).copied()
            });
            let one = Tally::one(weight.unwrap_or(ONE));
            if base.is_some() && part.groups.is_empty() {
                together += one;
                continue;
            }
            let group = group_of(part, self.shape, row);
            if let Some(base) = base {
                self.counts.add(base + group, one);
                continue;
            }
            for asked in &part.asked {
                let code = asked.answers().map_or(0, |answers| answers.code(row));
                let value = asked.place(code);
                if value != SKIPPED {
                    let base = self.shape.base(asked.slot, period, value);
                    self.counts.add(base + group, one);
                }
            }
        }
        if let Some(base) = base.filter(|_| together.n > 0) {
            self.counts.add(base, together);
        }
    }
}
