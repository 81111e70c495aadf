//! Counting codes of a byte: every byte has a place in a table, so that nothing needs to be checked.

use super::{
    loops::{BYTES, add},
    part_plan::SKIPPED,
};

/// Number of different halves of a byte.
pub(super) const FEW: usize = 16;

/// The highest code of half a byte, which nothing has.
pub(super) const NOTHING: u8 = 15;

/// A one in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// Counts codes with so few places that two rows make one number of a byte: one addition counts both.
#[inline(never)]
pub(super) fn tally_pairs(target: &mut [u32], codes: &[u8], places: &[u32], mask: Option<&[u8]>) {
    let mut tables = [[0_u32; BYTES]; 2];
    let (eights, rest) = codes.as_chunks::<8>();
    let (masks, mask_of_rest) = mask.unwrap_or_default().as_chunks::<8>();
    if mask.is_some() {
        fill_pairs_passing(&mut tables, eights, masks);
    } else {
        fill_pairs(&mut tables, eights);
    }
    let [one, other] = &mut tables;
    for (one, other) in one.iter_mut().zip(other) {
        *one += *other;
    }
    let mut found = [0_u32; FEW];
    let (rows, _) = one.as_chunks::<FEW>();
    for (row, of_second) in rows.iter().zip(0..) {
        for (found, number) in found.iter_mut().zip(row) {
            *found += number;
        }
        if let Some(found) = found.get_mut(of_second) {
            *found += row.iter().sum::<u32>();
        }
    }
    for (place, found) in places.iter().zip(found) {
        add(target, *place, found);
    }
    let passes = mask.map(|_| mask_of_rest);
    for (row, code) in rest.iter().enumerate() {
        let place = places.get(usize::from(*code)).copied();
        let passes = passes.map_or(Some(&1), |passes| passes.get(row));
        let passes = passes.copied().unwrap_or_default();
        add(target, place.unwrap_or(SKIPPED), u32::from(passes));
    }
}

#[inline(never)]
fn fill_pairs(tables: &mut [[u32; BYTES]; 2], eights: &[[u8; 8]]) {
    for eight in eights {
        count_pairs(tables, u64::from_le_bytes(*eight));
    }
}

#[inline(never)]
fn fill_pairs_passing(tables: &mut [[u32; BYTES]; 2], eights: &[[u8; 8]], masks: &[[u8; 8]]) {
    for (eight, passes) in eights.iter().zip(masks) {
        // A row that does not pass has the code that nothing is made of.
        let fails = (ONES - u64::from_le_bytes(*passes)) * u64::from(NOTHING);
        count_pairs(tables, u64::from_le_bytes(*eight) | fails);
    }
}

/// Counts eight codes below sixteen, two by two.
#[inline]
fn count_pairs([one, other]: &mut [[u32; BYTES]; 2], codes: u64) {
    let pairs = (codes | codes >> 4) & 0x00ff_00ff_00ff_00ff;
    let [a, _, b, _, c, _, d, _] = pairs.to_le_bytes();
    bump(one, a, 1);
    bump(other, b, 1);
    bump(one, c, 1);
    bump(other, d, 1);
}

/// The same with codes of one byte: a table has a place for each of them, so that nothing needs to be
/// checked; two take turns, since adding twice to the same number waits.
#[inline(never)]
pub(super) fn tally_bytes(target: &mut [u32], codes: &[u8], places: &[u32], mask: Option<&[u8]>) {
    let mut tables = [[0_u32; BYTES]; 2];
    if let Some(mask) = mask {
        fill_passing(&mut tables, codes, mask);
    } else {
        fill(&mut tables, codes);
    }
    let [one, other] = &tables;
    for (place, (one, other)) in places.iter().zip(one.iter().zip(other)) {
        add(target, *place, one + other);
    }
}

#[inline(never)]
fn fill([one, other]: &mut [[u32; BYTES]; 2], codes: &[u8]) {
    let (fours, rest) = codes.as_chunks::<4>();
    for [a, b, c, d] in fours {
        bump(one, *a, 1);
        bump(other, *b, 1);
        bump(one, *c, 1);
        bump(other, *d, 1);
    }
    for code in rest {
        bump(one, *code, 1);
    }
}

#[inline(never)]
fn fill_passing([one, other]: &mut [[u32; BYTES]; 2], codes: &[u8], mask: &[u8]) {
    let (twos, rest) = codes.as_chunks::<2>();
    let (masks, mask_of_rest) = mask.as_chunks::<2>();
    for ([a, b], [first, second]) in twos.iter().zip(masks) {
        bump(one, *a, *first);
        bump(other, *b, *second);
    }
    for (code, passes) in rest.iter().zip(mask_of_rest) {
        bump(one, *code, *passes);
    }
}

/// Adds to the place of a byte.
#[inline]
fn bump(table: &mut [u32; BYTES], code: u8, number: u8) {
    if let Some(count) = table.get_mut(usize::from(code)) {
        *count += u32::from(number);
    }
}
