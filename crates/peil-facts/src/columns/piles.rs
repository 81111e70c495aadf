//! Different people in tables of few periods and many cells: everyone who passes is laid on one of many
//! piles by number, and pile after pile is gone through. What is noted of the people of one pile
//! stays in the nearest caches, whatever the number of cells.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use super::{
    codes::{Code, CodeSlice},
    distinct::Whose,
    found::Found,
    ledger::Ledger,
    plan::Plan,
    rounds::{Looking, Span},
    shape::Shape,
};

/// Most piles.
const PILES: usize = if cfg!(test) { 4 } else { 128 };
/// Rows that one thread looks at before it looks for more.
const TASK: u32 = if cfg!(test) { 3 } else { 1 << 15 };

/// What one thread laid on piles.
struct Laid {
    /// Number of someone, and the cell in which they were seen below it.
    piles: Vec<Vec<u64>>,
    /// Those who are not known, by cell: each of them is someone else.
    strangers: Vec<u32>,
    /// People of one pile have numbers that are the same but for so many bits.
    bits: u32,
}

/// Counts the people in every cell.
pub(super) fn count(plan: &Plan, shape: &Shape, whose: &Whose, spans: &[Span]) -> Found {
    let cells = usize::try_from(shape.periods * shape.groups).unwrap_or_default();
    let width = whose.limit.div_ceil(PILES).next_power_of_two();
    let pieces: Vec<Span> = spans.iter().flat_map(pieces).collect();
    let laid = on_all_threads(pieces.len(), |mine| {
        let mut laid = Laid {
            piles: vec![Vec::new(); whose.limit.div_ceil(width)],
            strangers: vec![0; cells],
            bits: width.trailing_zeros(),
        };
        let mut looking = Looking::default();
        while let Some(span) = mine().and_then(|place| pieces.get(place)) {
            let first = span.period as u128 * shape.groups;
            let first = u32::try_from(first).unwrap_or(u32::MAX);
            looking.go_through(plan, shape, span, |rows, mask, groups| {
                laid.lay(whose.codes_of(rows), (groups, mask), first);
            });
        }
        laid
    });
    let piles = laid.first().map_or(0, |laid| laid.piles.len());
    let counted = on_all_threads(piles, |mine| {
        let mut ledger = Ledger::new(width, cells);
        while let Some(pile) = mine() {
            ledger.begin();
            for pair in laid
                .iter()
                .filter_map(|laid| laid.piles.get(pile))
                .flatten()
            {
                let number = usize::try_from(pair >> 32).unwrap_or_default();
                let cell = u32::try_from(pair & 0xffff_ffff).unwrap_or_default();
                ledger.note(number % width, number, cell);
            }
        }
        ledger.take().collect::<Vec<_>>()
    });
    let mut found = Found::new(shape.periods * shape.groups);
    for (cell, number) in counted.into_iter().flatten() {
        found.add(u128::from(cell), u64::from(number));
    }
    for (cell, number) in laid.iter().flat_map(|laid| (0_u32..).zip(&laid.strangers)) {
        if *number > 0 {
            found.add(u128::from(cell), u64::from(*number));
        }
    }
    found
}

/// A span in pieces that threads share.
fn pieces(span: &Span) -> impl Iterator<Item = Span> {
    let starts = (span.from..span.to).step_by(TASK as usize);
    starts.map(|from| Span {
        from,
        to: span.to.min(from.saturating_add(TASK)),
        ..*span
    })
}

/// Lets every thread do a share of so many things: what it is given tells which is next.
fn on_all_threads<T: Send>(
    number: usize,
    work: impl Fn(&dyn Fn() -> Option<usize>) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let mine = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|place| *place < number);
    let done = Mutex::new(Vec::new());
    let one = || {
        let result = work(&mine);
        done.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(result);
    };
    rayon::scope(|scope| {
        for _ in 1..rayon::current_num_threads().min(number) {
            scope.spawn(|_| one());
        }
        one();
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Laid {
    /// Lays everyone who passes on their pile; cells are counted from `first` on.
    fn lay(&mut self, codes: CodeSlice<'_>, rows: (&[u32], &[u8]), first: u32) {
        match codes {
            CodeSlice::Same => self.lay_codes(&vec![0_u8; rows.1.len()], rows, first),
            CodeSlice::Narrow(codes) => self.lay_codes(codes, rows, first),
            CodeSlice::Middle(codes) => self.lay_codes(codes, rows, first),
            CodeSlice::Wide(codes) => self.lay_codes(codes, rows, first),
        }
    }

    fn lay_codes<C: Code>(&mut self, codes: &[C], (groups, mask): (&[u32], &[u8]), first: u32) {
        for ((code, group), passes) in codes.iter().zip(groups).zip(mask) {
            if *passes == 0 {
                continue;
            }
            let (number, cell) = (code.place(), first + group);
            if number == 0 {
                if let Some(strangers) = self.strangers.get_mut(cell as usize) {
                    *strangers += 1;
                }
            } else if let Some(pile) = self.piles.get_mut(number >> self.bits) {
                pile.push((number as u64) << 32 | u64::from(cell));
            }
        }
    }
}
