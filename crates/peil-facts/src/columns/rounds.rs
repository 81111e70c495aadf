//! Different people in tables with many cells: one period after the other.
//!
//! Bits for everyone in every cell of a large table do not fit into the caches of a processor. In one period
//! someone is mostly in one cell only: it is enough to note for everyone in which cell they were seen
//! last. Whoever is seen there again adds nothing; whoever is seen in another cell of that period is
//! looked up among the few like that. Periods have nothing to do with each other, so that threads need
//! not wait for each other; where there is only one, each thread looks for other people.

use std::{
    ops::Range,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use foldhash::{HashMap, HashMapExt};

use super::{
    codes::{Code, CodeSlice},
    distinct::{Rows, Who, Whose},
    loops::group,
    part_plan::SKIPPED,
    plan::Plan,
    shape::Shape,
    sift::{CHUNK, sift},
};

/// Bits for everyone in every cell that fit into the nearer caches: so few are faster than rounds.
/// Tests have fewer people, and go both ways.
const FEW_BITS: u128 = if cfg!(test) { 1 << 7 } else { 1 << 22 };
/// Most cells of one period.
const MOST_GROUPS: u128 = 1 << 22;
/// Most people that are looked for in one round, so that what is noted of them takes some megabytes.
const PEOPLE: usize = if cfg!(test) { 5 } else { 1 << 20 };

/// Rows of one period in one part, with the answer they have in common, if any.
struct Span {
    place: usize,
    from: u32,
    to: u32,
    is_single: bool,
}

/// The people that are looked for in the rows of one period.
struct Round {
    period: usize,
    people: Range<usize>,
}

/// Counts the people in every cell; nothing when another way is faster, or the only one.
pub(super) fn count(plan: &Plan, shape: &Shape, whose: &Whose) -> Option<HashMap<u128, u64>> {
    let bits = (shape.periods * shape.groups).saturating_mul(whose.limit as u128);
    let is_fit = whose.who == Who::People && plan.slots.len() == 1;
    if !is_fit || shape.groups > MOST_GROUPS || bits <= FEW_BITS {
        return None;
    }
    let mut periods: Vec<Vec<Span>> = Vec::new();
    periods.resize_with(usize::try_from(shape.periods).ok()?, Vec::new);
    for place in 0..plan.parts.len() {
        list_spans(plan, place, &mut periods);
    }
    let threads = rayon::current_num_threads();
    let busy = periods.iter().filter(|spans| !spans.is_empty()).count();
    // So that no thread has much more to do than the others.
    let parts = if busy < threads * 4 { threads } else { 1 };
    let width = whose.limit.div_ceil(parts).clamp(1, PEOPLE);
    let mut rounds = Vec::new();
    for (period, _) in periods
        .iter()
        .enumerate()
        .filter(|(_, spans)| !spans.is_empty())
    {
        let firsts = (0..whose.limit).step_by(width);
        rounds.extend(firsts.map(|first| Round {
            period,
            people: first..(first + width).min(whose.limit),
        }));
    }
    let next = AtomicUsize::new(0);
    let found = Mutex::new(HashMap::new());
    let work = || {
        let mut notes = Notes::new(shape, width);
        let mut counted = Vec::new();
        while let Some(round) = rounds.get(next.fetch_add(1, Ordering::Relaxed)) {
            let spans = periods.get(round.period).into_iter().flatten();
            notes.go_round(plan, shape, whose, (spans, &round.people));
            let first = round.period as u128 * shape.groups;
            counted.extend(
                notes
                    .take()
                    .map(|(group, n)| (first + u128::from(group), n)),
            );
        }
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        for (cell, number) in counted {
            *found.entry(cell).or_default() += u64::from(number);
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
                    from,
                    to,
                    is_single,
                });
            }
        });
    });
}

/// What one thread notes.
struct Notes {
    /// Number of the first cell of the round that is going on, and of the next one; nought is none.
    first: u32,
    next: u32,
    /// For everyone the number of the cell in which they were seen last.
    last: Vec<u32>,
    /// People by group, and the groups in which there are any.
    counts: Vec<u32>,
    met: Vec<u32>,
    /// Group and number of those who were seen in more than one group.
    others: Pairs,
    mask: Vec<u8>,
    answered: Vec<u8>,
    groups: Vec<u32>,
}

impl Notes {
    fn new(shape: &Shape, width: usize) -> Self {
        Self {
            first: 1,
            next: 1,
            last: vec![0; width],
            counts: vec![0; usize::try_from(shape.groups).unwrap_or_default()],
            met: Vec::new(),
            others: Pairs::new(),
            mask: Vec::new(),
            answered: Vec::new(),
            groups: Vec::new(),
        }
    }

    fn go_round<'a>(
        &mut self,
        plan: &Plan,
        shape: &Shape,
        whose: &Whose,
        (spans, people): (impl Iterator<Item = &'a Span>, &Range<usize>),
    ) {
        self.begin();
        for span in spans {
            let Some(part) = plan.parts.get(span.place) else {
                continue;
            };
            for start in (span.from..span.to).step_by(CHUNK as usize) {
                let rows = Rows {
                    place: span.place,
                    part,
                    start,
                    end: span.to.min(start + CHUNK),
                };
                self.look(shape, whose, &rows, span.is_single, people);
            }
        }
    }

    /// Numbers the cells of a round, after those of the round before.
    fn begin(&mut self) {
        let groups = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        self.first = self.next;
        self.next = self.first.checked_add(groups).unwrap_or_else(|| {
            self.last.fill(0);
            self.first = 1;
            groups.saturating_add(1)
        });
        self.others.clear();
    }

    fn look(
        &mut self,
        shape: &Shape,
        whose: &Whose,
        rows: &Rows<'_>,
        is_single: bool,
        people: &Range<usize>,
    ) {
        let mut mask = std::mem::take(&mut self.mask);
        if !sift(rows.part, rows.start, rows.end, &mut mask) {
            mask.clear();
            mask.resize((rows.end - rows.start) as usize, 1);
        }
        if !is_single {
            let mut answered = std::mem::take(&mut self.answered);
            rows.answered(0, &mask, &mut answered);
            self.answered = std::mem::replace(&mut mask, answered);
        }
        self.groups.clear();
        if shape.strides.is_empty() {
            self.groups.resize(mask.len(), 0);
        } else {
            group(rows.part, shape, rows.start, rows.end, &mut self.groups);
        }
        let groups = std::mem::take(&mut self.groups);
        let (codes, _) = whose.of(rows.place);
        match codes.slice(rows.start as usize, rows.end as usize) {
            CodeSlice::Same => self.note(&vec![0_u8; mask.len()], &groups, &mask, people),
            CodeSlice::Narrow(codes) => self.note(codes, &groups, &mask, people),
            CodeSlice::Middle(codes) => self.note(codes, &groups, &mask, people),
            CodeSlice::Wide(codes) => self.note(codes, &groups, &mask, people),
        }
        (self.groups, self.mask) = (groups, mask);
    }

    /// Notes everyone who passes. Whoever is not known, whose code is nought, is someone else every time.
    fn note<C: Code>(&mut self, codes: &[C], groups: &[u32], mask: &[u8], people: &Range<usize>) {
        for ((code, group), passes) in codes.iter().zip(groups).zip(mask) {
            let place = code.place().wrapping_sub(people.start);
            if *passes == 0 || place >= people.len() {
                continue;
            }
            let Some(last) = self.last.get_mut(place) else {
                continue;
            };
            if code.place() > 0 {
                let here = self.first + *group;
                if *last == here {
                    continue;
                }
                let is_elsewhere = *last >= self.first;
                if is_elsewhere && !self.others.add(*group, code.place()) {
                    continue;
                }
                if !is_elsewhere {
                    *last = here;
                }
            }
            if let Some(count) = self.counts.get_mut(*group as usize) {
                if *count == 0 {
                    self.met.push(*group);
                }
                *count += 1;
            }
        }
    }

    /// The people by group of the round that ends.
    fn take(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let counts = &mut self.counts;
        self.met.drain(..).map(|group| {
            let count = counts.get_mut(group as usize);
            (group, count.map(std::mem::take).unwrap_or_default())
        })
    }
}

/// A set of pairs of a group and someone: a table with a place for each where its hash says, or the next
/// free one. It is emptied often, and keeps its room.
struct Pairs {
    /// Nought where there is none: nobody has number nought. As many as a power of two.
    slots: Vec<u64>,
    used: Vec<usize>,
}

/// Multiplying by 2^64 divided by the golden ratio spreads what lies close together (Knuth, The Art of
/// Computer Programming, volume 3, section 6.4).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Pairs {
    fn new() -> Self {
        Self {
            slots: vec![0; 1 << 10],
            used: Vec::new(),
        }
    }

    /// Whether the pair was not there yet.
    fn add(&mut self, group: u32, number: usize) -> bool {
        let pair = u64::from(group) << 32 | number as u64;
        let is_new = self.put(pair);
        // At most half of the places are taken.
        if is_new && self.used.len() * 2 > self.slots.len() {
            let room = self.slots.len() * 4;
            let before = std::mem::replace(&mut self.slots, vec![0; room]);
            self.used.clear();
            for pair in before.into_iter().filter(|pair| *pair > 0) {
                self.put(pair);
            }
        }
        is_new
    }

    fn put(&mut self, pair: u64) -> bool {
        let places = self.slots.len();
        let spread = pair.wrapping_mul(SPREAD) >> 20;
        let mut place = usize::try_from(spread).unwrap_or_default() & (places - 1);
        while let Some(slot) = self.slots.get_mut(place) {
            if *slot == pair {
                return false;
            }
            if *slot == 0 {
                *slot = pair;
                self.used.push(place);
                return true;
            }
            place = (place + 1) & (places - 1);
        }
        false
    }

    fn clear(&mut self) {
        for place in self.used.drain(..) {
            if let Some(slot) = self.slots.get_mut(place) {
                *slot = 0;
            }
        }
    }
}
