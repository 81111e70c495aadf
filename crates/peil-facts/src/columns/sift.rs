//! Which rows pass: a mask of bytes that the compiler turns into wide instructions.

use super::{
    codes::{Code, CodeSlice},
    part_plan::{PartPlan, Pass},
};

/// Rows that are looked at together: what is worked out for them stays in the nearest cache.
pub(super) const CHUNK: u32 = 2_048;

/// Says for every row from `from` to just before `to` whether it passes, 1 or 0. False when all of
/// them pass; the mask then says nothing.
pub(super) fn sift(part: &PartPlan, from: u32, to: u32, mask: &mut Vec<u8>) -> bool {
    let (from, to) = (from as usize, to as usize);
    let dead = part.part.dead.as_deref();
    if part.sieves.is_empty() && dead.is_none() {
        return false;
    }
    mask.clear();
    match dead.and_then(|dead| dead.alive.get(from..to)) {
        Some(alive) => mask.extend_from_slice(alive),
        None => mask.resize(to - from, 1),
    }
    for sieve in &part.sieves {
        match sieve.codes().slice(from, to) {
            CodeSlice::Same => {}
            CodeSlice::Narrow(codes) => narrow_down(mask, codes, &sieve.pass),
            CodeSlice::Middle(codes) => narrow_down(mask, codes, &sieve.pass),
            CodeSlice::Wide(codes) => narrow_down(mask, codes, &sieve.pass),
        }
    }
    true
}

#[inline(never)]
fn narrow_down<C: Code>(mask: &mut [u8], codes: &[C], pass: &Pass) {
    match pass {
        Pass::Range(first, width) => {
            let (Some(first), Some(width)) = (C::of(*first), C::of(*width)) else {
                return;
            };
            for (passes, code) in mask.iter_mut().zip(codes) {
                *passes &= u8::from(code.above(first) <= width);
            }
        }
        Pass::Table(table) => {
            let Some(last) = table.len().checked_sub(1) else {
                return;
            };
            for (passes, code) in mask.iter_mut().zip(codes) {
                // All codes are in the table; said in this way, none is looked at for it.
                let place = code.place().min(last);
                *passes &= table.get(place).copied().unwrap_or_default();
            }
        }
    }
}

/// Number of rows that pass.
#[inline(never)]
pub(super) fn passing(mask: &[u8]) -> u32 {
    // No more than 255 ones are added in a byte, so that many are added by one instruction.
    let (blocks, rest) = mask.as_chunks::<128>();
    let sums = blocks
        .iter()
        .map(|block| u32::from(block.iter().sum::<u8>()));
    sums.sum::<u32>() + rest.iter().copied().map(u32::from).sum::<u32>()
}

/// The places of the rows that pass, counted from the first one of the mask.
pub(super) fn chosen(mask: &[u8], places: &mut Vec<u16>) {
    places.clear();
    places.resize(mask.len() + 1, 0);
    let mut end = 0;
    for (place, passes) in (0_u16..).zip(mask) {
        // Written always and kept only when it passes, which needs no branch.
        if let Some(slot) = places.get_mut(end) {
            *slot = place;
        }
        end += usize::from(*passes);
    }
    places.truncate(end);
}
