//! Different people in tables with many cells: one period after the other, or one pile of people after
//! the other.
//!
//! Bits for everyone in every cell of a large table do not fit into the caches of a processor. In one period
//! someone is mostly in one cell only: it is enough to note for everyone in which cell they were seen
//! last. Whoever is seen there again adds nothing; whoever is seen in another cell of that period is
//! looked up among the few like that. Periods have nothing to do with each other, so that threads need
//! not wait for each other. Where there are few periods, many are seen in several cells: then everyone is
//! first laid on one of many piles by number ([`piles`]), of which each is small.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use super::{
    codes::{Code, CodeSlice},
    distinct::{Rows, Who, Whose},
    found::Found,
    ledger::Ledger,
    loops::group,
    part_plan::SKIPPED,
    piles,
    plan::Plan,
    shape::Shape,
    sift::{CHUNK, sift},
};

/// Bits for everyone in every cell that fit into the nearer caches: so few are faster than rounds.
/// Tests have fewer people, and go both ways.
const FEW_BITS: u128 = if cfg!(test) { 1 << 7 } else { 1 << 22 };
/// Most cells of one period, and of all of them when people are laid on piles.
const MOST_CELLS: u128 = 1 << 22;
/// With fewer periods than this for each thread people are laid on piles.
const FEW_PERIODS: usize = 4;
/// Most people that are looked for in one round, so that what is noted of them takes some megabytes.
const PEOPLE: usize = if cfg!(test) { 5 } else { 1 << 20 };

/// Rows of one period in one part, with the answer they have in common, if any.
pub(super) struct Span {
    pub(super) place: usize,
    pub(super) period: usize,
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) is_single: bool,
}

/// The people that are looked for in the rows of one period.
struct Round {
    period: usize,
    first: usize,
}

/// Counts the people in every cell; nothing when another way is faster, or the only one.
pub(super) fn count(plan: &Plan, shape: &Shape, whose: &Whose) -> Option<Found> {
    let cells = shape.periods * shape.groups;
    let bits = cells.saturating_mul(whose.limit as u128);
    let is_fit = whose.who == Who::People && plan.slots.len() == 1;
    if !is_fit || shape.groups > MOST_CELLS || bits <= FEW_BITS {
        return None;
    }
    let mut periods: Vec<Vec<Span>> = Vec::new();
    periods.resize_with(usize::try_from(shape.periods).ok()?, Vec::new);
    for place in 0..plan.parts.len() {
        list_spans(plan, place, &mut periods);
    }
    let threads = rayon::current_num_threads();
    let busy = periods.iter().filter(|spans| !spans.is_empty()).count();
    if busy < threads * FEW_PERIODS && cells <= MOST_CELLS {
        let spans: Vec<Span> = periods.into_iter().flatten().collect();
        return Some(piles::count(plan, shape, whose, &spans));
    }
    let width = whose.limit.clamp(1, PEOPLE);
    let mut rounds = Vec::new();
    for (period, _) in periods
        .iter()
        .enumerate()
        .filter(|(_, spans)| !spans.is_empty())
    {
        let firsts = (0..whose.limit).step_by(width);
        rounds.extend(firsts.map(|first| Round { period, first }));
    }
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Found::new(cells));
    let work = || {
        let groups = usize::try_from(shape.groups).unwrap_or_default();
        let mut ledger = Ledger::new(width, groups);
        let mut looking = Looking::default();
        let mut counted = Vec::new();
        while let Some(round) = rounds.get(next.fetch_add(1, Ordering::Relaxed)) {
            ledger.begin();
            for span in periods.get(round.period).into_iter().flatten() {
                looking.go_through(plan, shape, span, |rows, mask, groups| {
                    let codes = whose.codes_of(rows);
                    note(&mut ledger, codes, (groups, mask), round.first);
                });
            }
            let first = round.period as u128 * shape.groups;
            let cells = ledger.take();
            counted.extend(cells.map(|(group, n)| (first + u128::from(group), n)));
        }
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        for (cell, number) in counted {
            found.add(cell, u64::from(number));
        }
    };
    rayon::scope(|scope| {
        for _ in 1..threads.min(rounds.len()) {
            scope.spawn(|_| work());
        }
        work();
    });
    Some(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Adds the rows of a part that may be meant to their periods.
fn list_spans(plan: &Plan, place: usize, periods: &mut [Vec<Span>]) {
    let Some(part) = plan.parts.get(place) else {
        return;
    };
    plan.stretches(part, 0, part.part.shelf.head.rows, |stretch, from, to| {
        let single = plan.single(part, stretch);
        if matches!(single, Some((_, SKIPPED))) {
            return;
        }
        plan.spans(part, stretch, (from, to), |period, from, to| {
            if let Some(spans) = periods.get_mut(period) {
                let is_single = single.is_some();
                spans.push(Span {
                    place,
                    period,
                    from,
                    to,
                    is_single,
                });
            }
        });
    });
}

/// What is worked out of some rows at a time: who passes, and of which group each is.
#[derive(Default)]
pub(super) struct Looking {
    mask: Vec<u8>,
    answered: Vec<u8>,
    groups: Vec<u32>,
}

impl Looking {
    /// Shows all rows of a span, some at a time, with 1 for each that passes and the group of each.
    pub(super) fn go_through(
        &mut self,
        plan: &Plan,
        shape: &Shape,
        span: &Span,
        mut show: impl FnMut(&Rows<'_>, &[u8], &[u32]),
    ) {
        let Some(part) = plan.parts.get(span.place) else {
            return;
        };
        for start in (span.from..span.to).step_by(CHUNK as usize) {
            let rows = Rows {
                place: span.place,
                part,
                start,
                end: span.to.min(start + CHUNK),
            };
            self.look(shape, &rows, span.is_single);
            show(&rows, &self.mask, &self.groups);
        }
    }

    fn look(&mut self, shape: &Shape, rows: &Rows<'_>, is_single: bool) {
        if !sift(rows.part, rows.start, rows.end, &mut self.mask) {
            self.mask.clear();
            self.mask.resize((rows.end - rows.start) as usize, 1);
        }
        if !is_single {
            rows.answered(0, &self.mask, &mut self.answered);
            std::mem::swap(&mut self.mask, &mut self.answered);
        }
        self.groups.clear();
        if shape.strides.is_empty() {
            self.groups.resize(self.mask.len(), 0);
        } else {
            group(rows.part, shape, rows.start, rows.end, &mut self.groups);
        }
    }
}

/// Notes everyone who passes, of the people from `first` on.
fn note(ledger: &mut Ledger, codes: CodeSlice<'_>, rows: (&[u32], &[u8]), first: usize) {
    match codes {
        CodeSlice::Same => note_codes(ledger, &vec![0_u8; rows.1.len()], rows, first),
        CodeSlice::Narrow(codes) => note_codes(ledger, codes, rows, first),
        CodeSlice::Middle(codes) => note_codes(ledger, codes, rows, first),
        CodeSlice::Wide(codes) => note_codes(ledger, codes, rows, first),
    }
}

/// Whoever is not known, whose code is nought, is someone else every time.
fn note_codes<C: Code>(
    ledger: &mut Ledger,
    codes: &[C],
    (groups, mask): (&[u32], &[u8]),
    first: usize,
) {
    for ((code, group), passes) in codes.iter().zip(groups).zip(mask) {
        if *passes == 0 {
            continue;
        }
        if code.place() > 0 {
            ledger.note(code.place().wrapping_sub(first), code.place(), *group);
        } else if first == 0 {
            ledger.count(*group);
        }
    }
}
