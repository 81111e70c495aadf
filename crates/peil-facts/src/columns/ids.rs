//! Identifiers of submissions, as files keep them.
//!
//! Most of an identifier is chance, which nothing makes shorter. Where the records can be asked for
//! the whole of it, files keep its first 48 bits (the time, in those that Peil makes) and a mark of
//! 40 bits that is made of the others: two submissions of the same millisecond share one by a
//! chance of one in a million million.

use super::{
    bytes::{Reader, Writer},
    codes::{pack_numbers, unpack_numbers},
};

/// The first 48 bits of an identifier lie above these.
const TIME: u32 = 80;
/// The bits below them.
const REST: u128 = (1 << TIME) - 1;
/// Bits of a mark.
const MARK: u32 = 40;
/// The version that a short identifier carries where others carry theirs; it is in use for nothing.
const SHORT: u128 = 0xf << 76;
/// Rows whose times are written with as many bits as the widest of them needs.
const BLOCK: usize = 64;

/// The first 48 bits of an identifier.
pub(super) const fn time(id: u128) -> u128 {
    id >> TIME
}

const fn version(id: u128) -> u128 {
    (id >> 76) & 0xf
}

/// Whether only the first part of an identifier and a mark are kept.
pub(super) const fn is_short(id: u128) -> bool {
    version(id) == 0xf && (id & REST) >> MARK == SHORT >> MARK
}

/// An identifier as it is kept where the records can tell the whole of it. Only those that are made
/// of chance or of a digest are shortened: others may differ in anything.
pub(super) fn shortened(id: u128) -> u128 {
    if is_short(id) || !matches!(version(id), 4 | 7 | 8 | 0xf) {
        return id;
    }
    let (high, low) = ((id & REST) >> 64, id & u128::from(u64::MAX));
    let low = u64::try_from(low).unwrap_or_default();
    let high = u64::try_from(high).unwrap_or_default();
    let mut mixed = low ^ high.rotate_left(48).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let mark = u128::from((mixed ^ (mixed >> 31)) >> (64 - MARK));
    time(id) << TIME | SHORT | mark
}

/// The lowest and the highest identifier that may be shortened to this one.
pub(super) const fn span(short: u128) -> (u128, u128) {
    let first = time(short) << TIME;
    (first, first | REST)
}

/// Identifiers as bytes: what differs from row to row in the times, then the rest of each.
pub(super) fn write(writer: &mut Writer, ids: &[u128]) {
    let all_short = ids.iter().all(|id| is_short(*id));
    writer.u8(u8::from(all_short));
    for block in ids.chunks(BLOCK) {
        let times = block.iter().map(|id| number(time(*id)));
        let first = times.clone().next().unwrap_or_default();
        writer.small(first);
        let steps: Vec<u64> = times
            .clone()
            .zip(times.skip(1))
            .map(|(before, next)| zigzag(before, next))
            .collect();
        let widest = steps.iter().copied().max().unwrap_or_default();
        let bits = u64::BITS - widest.leading_zeros();
        writer.u8(u8::try_from(bits).unwrap_or_default());
        pack_numbers(&mut writer.bytes, &steps, bits);
    }
    let bytes = if all_short { MARK / 8 } else { TIME / 8 } as usize;
    for id in ids {
        writer.bytes.extend(id.to_le_bytes().iter().take(bytes));
    }
}

/// Reads so many identifiers.
pub(super) fn read(reader: &mut Reader<'_>, rows: usize) -> Option<Vec<u128>> {
    let mut ids = Vec::with_capacity(rows.min(reader.rest.len()));
    let rests = read_times(reader, rows, |time| ids.push(u128::from(time) << TIME))?;
    for (id, rest) in ids.iter_mut().zip(rests.bytes.chunks_exact(rests.size)) {
        *id |= rests.rest(rest);
    }
    Some(ids)
}

/// The rows of the identifiers that are meant, which have times from the first to the last; of the others not even the
/// rest is read.
pub(super) fn find(
    reader: &mut Reader<'_>,
    rows: usize,
    (first, last): (u128, u128),
    is_meant: impl Fn(&u128) -> bool,
) -> Option<Vec<u32>> {
    let mut near = Vec::new();
    let mut row = 0_u32;
    let rests = read_times(reader, rows, |time| {
        let time = u128::from(time);
        if (first..=last).contains(&time) {
            near.push((row, time << TIME));
        }
        row += 1;
    })?;
    let mut found = Vec::new();
    for (row, time) in near {
        let start = row as usize * rests.size;
        let rest = rests.bytes.get(start..start + rests.size)?;
        if is_meant(&(time | rests.rest(rest))) {
            found.push(row);
        }
    }
    Some(found)
}

/// What follows upon the times of identifiers.
struct Rests<'a> {
    bytes: &'a [u8],
    /// Bytes of each.
    size: usize,
    /// Bits that all have.
    mark: u128,
}

impl Rests<'_> {
    fn rest(&self, bytes: &[u8]) -> u128 {
        let low_to_high = bytes.iter().rev();
        self.mark | low_to_high.fold(0, |all, byte| (all << 8) | u128::from(*byte))
    }
}

/// Reads the times of so many identifiers one by one.
fn read_times<'a>(
    reader: &mut Reader<'a>,
    rows: usize,
    mut each: impl FnMut(u64),
) -> Option<Rests<'a>> {
    let all_short = reader.u8()? > 0;
    let mut done = 0;
    let mut steps = Vec::new();
    while done < rows {
        let number = BLOCK.min(rows - done);
        let mut time = reader.small()?;
        let bits = u32::from(reader.u8()?);
        steps.clear();
        let packed = reader.take((number - 1).checked_mul(bits as usize)?.div_ceil(8))?;
        unpack_numbers(packed, number - 1, bits, &mut steps)?;
        each(time);
        for step in &steps {
            time = stepped(time, *step);
            each(time);
        }
        done += number;
    }
    let (bits, mark) = if all_short { (MARK, SHORT) } else { (TIME, 0) };
    let size = bits as usize / 8;
    let bytes = reader.take(rows.checked_mul(size)?)?;
    reader
        .rest
        .is_empty()
        .then_some(Rests { bytes, size, mark })
}

/// The low bits of a number that is known to fit.
fn number(time: u128) -> u64 {
    u64::try_from(time).unwrap_or_default()
}

/// A step to a number near as a small number.
const fn zigzag(before: u64, next: u64) -> u64 {
    let step = next.wrapping_sub(before).cast_signed();
    ((step << 1) ^ (step >> 63)).cast_unsigned()
}

const fn stepped(before: u64, step: u64) -> u64 {
    let back = (step >> 1).cast_signed() ^ -((step & 1).cast_signed());
    before.wrapping_add(back.cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(ids: &[u128]) -> Option<Vec<u128>> {
        let mut writer = Writer::default();
        write(&mut writer, ids);
        read(&mut Reader::new(&writer.bytes), ids.len())
    }

    #[test]
    fn identifiers_survive_being_written_whole_and_short() {
        let mixed = (0..300_u128).map(|n| (n * 0x1234_5678_9abc_def0_1357) << 45 | n);
        let whole: Vec<u128> = mixed.collect();
        let short: Vec<u128> = whole
            .iter()
            .map(|id| shortened(id & !(0xf << 76) | 7 << 76))
            .collect();
        assert!(short.iter().all(|id| is_short(*id)));
        for number in [0, 1, 63, 64, 65, 300] {
            for ids in [&whole, &short] {
                assert_eq!(read_back(&ids[..number]).as_deref(), Some(&ids[..number]));
            }
        }
    }

    #[test]
    fn a_short_identifier_keeps_the_time_and_is_shortened_once() {
        let id = 0x0190_0000_1234_7abc_8def_0123_4567_89ab_u128;
        let short = shortened(id);
        assert_eq!(time(short), time(id));
        assert_eq!(shortened(short), short);
        let (first, last) = span(short);
        assert!((first..=last).contains(&id));
        assert_ne!(short, shortened(id + 1));
        assert_ne!(short, shortened(id + (1 << 64)));
        assert_eq!(shortened(17), 17);
    }
}
