//! Counting: one walk over the rows that filters, groups and counts at once.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use super::{
    codes::CodeSlice,
    column::Answers,
    daily::Daily,
    loops::{Rows, add, add_rows, group, group_of, tally},
    packed::{Given, MOST_ROWS, Packed},
    part_plan::{Asked, PartPlan, SKIPPED},
    plan::Plan,
    shape::{Counts, MOST_DENSE, Shape},
    sift::{chosen, sift},
    span::{Offsets, Span, offsets},
};
use crate::{ONE, Tally};

/// Rows that one thread counts before it looks for more.
const TASK: u32 = 1 << 15;

/// Counts what a plan says, on all threads of the pool.
pub(super) fn count(plan: &Plan, shape: &Shape, is_weighted: bool) -> Counts {
    if is_weighted && plan.weights.len() > 1 {
        // A table in which weights are counted apart is quicker than adding them up row by row.
        let apart = Shape::new(plan, plan.weights.len());
        if let Some(apart) = apart.ok().filter(|apart| apart.size <= MOST_DENSE) {
            return count_by(plan, &apart, false).weighed(&plan.weights);
        }
    }
    count_by(plan, shape, is_weighted)
}

fn count_by(plan: &Plan, shape: &Shape, is_weighted: bool) -> Counts {
    let mut tasks = Vec::new();
    for (place, part) in plan.parts.iter().enumerate() {
        let rows = part.part.shelf.head.rows;
        // Where days are not cut, their sums can be used.
        let size = if part.is_plain() { rows.max(1) } else { TASK };
        let starts = (0..rows).step_by(size as usize);
        tasks.extend(starts.map(|from| (place, from, rows.min(from + size))));
    }
    let offsets = offsets(plan, shape);
    let next = AtomicUsize::new(0);
    let counted = Mutex::new(Vec::new());
    let work = || {
        let mut worker = Worker::new(plan, shape, &offsets, is_weighted);
        while let Some((part, from, to)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            worker.count(*part, *from, *to);
        }
        if let Some(packed) = worker.counter.packed.take() {
            packed.put_back();
        }
        let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.push(worker.counter.counts);
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
    counter: Counter<'a>,
    offsets: &'a Offsets,
    mask: Vec<u8>,
}

impl<'a> Worker<'a> {
    fn new(plan: &'a Plan, shape: &'a Shape, offsets: &'a Offsets, is_weighted: bool) -> Self {
        Self {
            plan,
            shape,
            counter: Counter {
                shape,
                is_weighted,
                counts: Counts::new(shape, is_weighted),
                chosen: Vec::new(),
                groups: Vec::new(),
                packed: None,
            },
            offsets,
            mask: Vec::new(),
        }
    }

    fn count(&mut self, place: usize, from: u32, to: u32) {
        let plan = self.plan;
        let Some(part) = plan.parts.get(place) else {
            return;
        };
        plan.stretches(part, from, to, |stretch, first, last| {
            let single = plan.single(part, stretch);
            let is_of_nothing = match single {
                Some((_, value)) => value == SKIPPED,
                None => part.asked.is_empty(),
            };
            if is_of_nothing {
                return;
            }
            let has_mask = sift(part, first, last, &mut self.mask);
            plan.spans(part, stretch, (first, last), |period, from, to| {
                let span = Span {
                    part,
                    offsets: self.offsets.get(place).map_or(&[], Vec::as_slice),
                    from,
                    to,
                    mask: self
                        .mask
                        .get((from - first) as usize..(to - first) as usize)
                        .filter(|_| has_mask),
                };
                match single {
                    Some((slot, value)) => {
                        let base = self.shape.base(slot, period, value);
                        self.counter.count_one(&span, base);
                    }
                    None => self.counter.count_all(&span, period),
                }
            });
        });
    }
}

struct Counter<'a> {
    shape: &'a Shape,
    is_weighted: bool,
    counts: Counts,
    chosen: Vec<u16>,
    groups: Vec<u32>,
    packed: Option<Packed>,
}

impl Counter<'_> {
    /// Counts rows that all gave the same answer.
    fn count_one(&mut self, span: &Span<'_>, base: u128) {
        let groups = span.part.groups.as_slice();
        let groups = groups.get(..self.shape.strides.len()).unwrap_or(groups);
        let width = usize::try_from(self.shape.groups).unwrap_or_default();
        let target = match &mut self.counts {
            Counts::Dense(dense) => {
                let first = usize::try_from(base).unwrap_or(usize::MAX);
                dense.get_mut(first..first.saturating_add(width))
            }
            _ => None,
        };
        let Some(target) = target else {
            self.count_rows(span, Some(base), 0);
            return;
        };
        match groups {
            [] => add(target, 0, span.passing()),
            [only] => match span.codes(only.codes()) {
                CodeSlice::Same => {
                    let place = only.places.first().copied().unwrap_or_default();
                    add(target, place, span.passing());
                }
                CodeSlice::Narrow(codes) => tally(target, codes, only, span.mask),
                CodeSlice::Middle(codes) => tally(target, codes, only, span.mask),
                CodeSlice::Wide(codes) => tally(target, codes, only, span.mask),
            },
            _ => {
                for chunk in span.chunks() {
                    group(
                        chunk.part,
                        self.shape,
                        chunk.from,
                        chunk.to,
                        &mut self.groups,
                    );
                    add_rows(target, &self.groups, chunk.mask, None);
                }
            }
        }
    }

    /// Counts the answers to all questions.
    fn count_all(&mut self, span: &Span<'_>, period: usize) {
        let part = span.part;
        let Counts::Dense(dense) = &mut self.counts else {
            self.count_rows(span, None, period);
            return;
        };
        let values = self.shape.values * self.shape.groups;
        let width = usize::try_from(values).unwrap_or_default();
        let runs = if part.is_plain() { span.runs() } else { None };
        let mut has_others = false;
        for (asked, offsets) in part.asked.iter().zip(span.offsets) {
            let first = self.shape.base(asked.slot, period, 0);
            let first = usize::try_from(first).unwrap_or(usize::MAX);
            let target = dense.get_mut(first..first.saturating_add(width));
            match (target, daily(part, asked, runs), runs) {
                (Some(target), Some(daily), Some(runs)) => daily.add(target, offsets, runs),
                _ => has_others = true,
            }
        }
        if has_others {
            for piece in span.pieces(MOST_ROWS) {
                self.count_piece(&piece, period, runs);
            }
        }
    }

    /// Counts the answers to all questions that are not counted day by day.
    fn count_piece(&mut self, span: &Span<'_>, period: usize, runs: Option<(usize, usize)>) {
        let (part, shape) = (span.part, self.shape);
        let Counts::Dense(dense) = &mut self.counts else {
            return;
        };
        let has_groups = !shape.strides.is_empty();
        if has_groups {
            group(part, shape, span.from, span.to, &mut self.groups);
        }
        if self.packed.is_none() {
            self.packed = Packed::new();
        }
        let Some(packed) = &mut self.packed else {
            return;
        };
        let rows = (span.to - span.from) as usize;
        let groups = has_groups.then_some(self.groups.as_slice());
        let is_taken = packed.take(rows, shape.groups, groups, span.mask);
        let (mut given, mut shared) = (Vec::new(), Vec::new());
        let (mut others, mut unshared) = (Vec::new(), Vec::new());
        for (asked, offsets) in part.asked.iter().zip(span.offsets) {
            let Some(answers) = asked.answers() else {
                continue;
            };
            if daily(part, asked, runs).is_some() {
                continue;
            }
            let base = shape.base(asked.slot, period, 0);
            let base = usize::try_from(base).unwrap_or(usize::MAX);
            let codes = answers.values.len() + 1;
            let narrow = answers.narrow(span.from, span.to).filter(|_| is_taken);
            let (Some(codes), Some(offsets)) = (narrow, offsets.get(..codes)) else {
                others.push((answers, base, &**offsets));
                continue;
            };
            let one = Given {
                codes,
                base,
                offsets,
            };
            if packed.fits(offsets.len()) {
                given.push(one);
            } else {
                shared.push(one);
                unshared.push((answers, base, offsets));
            }
        }
        let number = usize::try_from(shape.groups).unwrap_or_default();
        packed.count(dense, number, &given);
        if are_alike(&shared)
            && packed.fits_shared(
                shared.first().map_or(0, |one| one.offsets.len()),
                shared.len(),
            )
        {
            packed.count_shared(dense, number, &shared);
        } else {
            others.extend(unshared);
        }
        if !others.is_empty() {
            self.count_others(span, &others);
        }
    }

    /// Counts answers that are not a byte each, or are too few for a table of their own.
    fn count_others(&mut self, span: &Span<'_>, others: &[(&Answers, usize, &[u32])]) {
        let Counts::Dense(dense) = &mut self.counts else {
            return;
        };
        let width = usize::try_from(self.shape.values * self.shape.groups).unwrap_or_default();
        for chunk in span.chunks() {
            if let Some(mask) = chunk.mask {
                chosen(mask, &mut self.chosen);
            }
            if !self.shape.strides.is_empty() {
                let (from, to) = (chunk.from, chunk.to);
                group(chunk.part, self.shape, from, to, &mut self.groups);
            }
            let rows = Rows {
                from: chunk.from,
                to: chunk.to,
                mask: chunk.mask,
                chosen: chunk.mask.map(|_| self.chosen.as_slice()),
                groups: (!self.shape.strides.is_empty()).then_some(self.groups.as_slice()),
            };
            for (answers, first, offsets) in others {
                if let Some(target) = dense.get_mut(*first..first.saturating_add(width)) {
                    rows.tally(target, answers, offsets);
                }
            }
        }
    }

    /// Counts row by row, which is slower but can do everything.
    fn count_rows(&mut self, span: &Span<'_>, base: Option<u128>, period: usize) {
        let part = span.part;
        let weights = part.weights().filter(|_| self.is_weighted);
        for (row, place) in (span.from..span.to).zip(0_usize..) {
            if span.mask.is_some_and(|mask| mask.get(place) == Some(&0)) {
                continue;
            }
            let weight = weights.and_then(|weights| {
                let code = weights.codes.get(row as usize);
                weights.values.get(code as usize).copied()
            });
            let one = Tally::one(weight.unwrap_or(ONE));
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
    }
}

/// Whether the answers to all of these are counted in the same place.
fn are_alike(questions: &[Given<'_>]) -> bool {
    let first = questions.first();
    first.is_some_and(|first| {
        let mut all = questions.iter();
        all.all(|one| one.base == first.base && one.offsets == first.offsets)
    })
}

/// The answers day by day, when runs of days are counted.
fn daily<'a>(
    part: &'a PartPlan,
    asked: &'a Asked,
    runs: Option<(usize, usize)>,
) -> Option<&'a Daily> {
    let answers = asked.answers().filter(|_| runs.is_some())?;
    answers.daily(part.all_runs())
}
