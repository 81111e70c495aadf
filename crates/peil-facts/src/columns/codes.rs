//! Codes of a column: small integers, one per row, as narrow as they fit.

/// Codes, one per row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Codes {
    /// So many rows, all with code nought.
    Same(usize),
    /// Codes below 256.
    Narrow(Vec<u8>),
    /// Codes below 65 536.
    Middle(Vec<u16>),
    /// All others.
    Wide(Vec<u32>),
}

/// Codes of some consecutive rows.
#[derive(Debug, Clone, Copy)]
pub(super) enum CodeSlice<'a> {
    Same,
    Narrow(&'a [u8]),
    Middle(&'a [u16]),
    Wide(&'a [u32]),
}

/// A code of some width.
pub(super) trait Code: Copy + PartialOrd + Eq {
    /// As a place in a table.
    fn place(self) -> usize;
    /// The code with this number, if it fits.
    fn of(number: u32) -> Option<Self>;
    /// How far it lies above another one, going round.
    fn above(self, other: Self) -> Self;
    /// Codes of one byte.
    fn bytes(_codes: &[Self]) -> Option<&[u8]> {
        None
    }
}

impl Code for u8 {
    #[inline]
    fn place(self) -> usize {
        usize::from(self)
    }
    fn of(number: u32) -> Option<Self> {
        Self::try_from(number).ok()
    }
    #[inline]
    fn above(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }
    fn bytes(codes: &[Self]) -> Option<&[u8]> {
        Some(codes)
    }
}

impl Code for u16 {
    #[inline]
    fn place(self) -> usize {
        usize::from(self)
    }
    fn of(number: u32) -> Option<Self> {
        Self::try_from(number).ok()
    }
    #[inline]
    fn above(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }
}

impl Code for u32 {
    #[inline]
    fn place(self) -> usize {
        self as usize
    }
    fn of(number: u32) -> Option<Self> {
        Some(number)
    }
    #[inline]
    fn above(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }
}

/// The low bits of a number that is known to fit.
fn low<T: TryFrom<u64> + Default>(number: u64) -> T {
    T::try_from(number).unwrap_or_default()
}

impl Codes {
    /// The narrowest form of codes that are all below `limit`.
    pub(super) fn new(codes: &[u32], limit: usize) -> Self {
        let narrow = |code: &u32| u8::try_from(*code).unwrap_or_default();
        let middle = |code: &u32| u16::try_from(*code).unwrap_or_default();
        match limit {
            0 | 1 => Self::Same(codes.len()),
            2..=0x100 => Self::Narrow(codes.iter().map(narrow).collect()),
            0x101..=0x1_0000 => Self::Middle(codes.iter().map(middle).collect()),
            _ => Self::Wide(codes.to_vec()),
        }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Same(rows) => *rows,
            Self::Narrow(codes) => codes.len(),
            Self::Middle(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Same(_) => 0,
            Self::Narrow(codes) => codes.len(),
            Self::Middle(codes) => codes.len() * 2,
            Self::Wide(codes) => codes.len() * 4,
        }
    }

    /// The code of a row; nought beyond the last one.
    #[inline]
    pub(super) fn get(&self, row: usize) -> u32 {
        match self {
            Self::Same(_) => 0,
            Self::Narrow(codes) => codes.get(row).copied().map_or(0, u32::from),
            Self::Middle(codes) => codes.get(row).copied().map_or(0, u32::from),
            Self::Wide(codes) => codes.get(row).copied().unwrap_or_default(),
        }
    }

    /// Every code in turn.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// Every code with the number of rows that have it one after the other.
    pub(super) fn runs(&self) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for code in self.iter() {
            match runs.last_mut() {
                Some((last, rows)) if *last == code => *rows += 1,
                _ => runs.push((code, 1)),
            }
        }
        runs
    }

    /// The codes of the rows from `from` to just before `to`.
    #[inline]
    pub(super) fn slice(&self, from: usize, to: usize) -> CodeSlice<'_> {
        match self {
            Self::Same(_) => CodeSlice::Same,
            Self::Narrow(codes) => CodeSlice::Narrow(codes.get(from..to).unwrap_or_default()),
            Self::Middle(codes) => CodeSlice::Middle(codes.get(from..to).unwrap_or_default()),
            Self::Wide(codes) => CodeSlice::Wide(codes.get(from..to).unwrap_or_default()),
        }
    }

    /// Bits that a code below `limit` needs.
    pub(super) const fn bits(limit: usize) -> u32 {
        match limit {
            0 | 1 => 0,
            _ => usize::BITS - (limit - 1).leading_zeros(),
        }
    }

    /// The codes, all below `limit`, in as few bits as they need.
    pub(super) fn pack(&self, limit: usize) -> Vec<u8> {
        let bits = Self::bits(limit);
        let mut packed = Vec::with_capacity(self.len() * bits as usize / 8 + 8);
        if bits == 0 {
            return packed;
        }
        let (mut word, mut filled) = (0_u64, 0_u32);
        for code in self.iter() {
            word |= u64::from(code) << filled;
            filled += bits;
            while filled >= 8 {
                packed.push(low(word & 0xff));
                word >>= 8;
                filled -= 8;
            }
        }
        if filled > 0 {
            packed.push(low(word & 0xff));
        }
        packed
    }

    /// Reads `rows` codes that are all below `limit`; nothing when there are too few bytes or a
    /// code is not below it.
    pub(super) fn unpack(packed: &[u8], rows: usize, limit: usize) -> Option<Self> {
        let bits = Self::bits(limit);
        if bits == 0 {
            return packed.is_empty().then_some(Self::Same(rows));
        }
        if bits > 32 || packed.len() != rows.checked_mul(bits as usize)?.div_ceil(8) {
            return None;
        }
        let most = u64::try_from(limit - 1).ok()?;
        match bits {
            1..=8 => unpack_as::<u8>(packed, rows, bits, most).map(Self::Narrow),
            9..=16 => unpack_as::<u16>(packed, rows, bits, most).map(Self::Middle),
            _ => unpack_as::<u32>(packed, rows, bits, most).map(Self::Wide),
        }
    }
}

/// Numbers, each of so many bits, behind each other.
pub(super) fn pack_numbers(packed: &mut Vec<u8>, numbers: &[u64], bits: u32) {
    let (mut held, mut filled) = (0_u128, 0_u32);
    for number in numbers {
        held |= u128::from(*number) << filled;
        filled += bits;
        while filled >= 8 {
            packed.push(held.to_le_bytes()[0]);
            held >>= 8;
            filled -= 8;
        }
    }
    if filled > 0 {
        packed.push(held.to_le_bytes()[0]);
    }
}

/// Reads numbers that [`pack_numbers`] wrote; nothing when there are too few bytes.
pub(super) fn unpack_numbers(
    packed: &[u8],
    number: usize,
    bits: u32,
    numbers: &mut Vec<u64>,
) -> Option<()> {
    if bits > u64::BITS || packed.len() != number.checked_mul(bits as usize)?.div_ceil(8) {
        return None;
    }
    let mask = (1_u128 << bits) - 1;
    let (mut held, mut filled) = (0_u128, 0_u32);
    let mut bytes = packed.iter();
    for _ in 0..number {
        while filled < bits {
            held |= u128::from(*bytes.next()?) << filled;
            filled += 8;
        }
        numbers.push(low_wide(held & mask));
        held >>= bits;
        filled -= bits;
    }
    Some(())
}

/// The low bits of a number that is known to fit.
fn low_wide(number: u128) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn unpack_as<T: TryFrom<u64> + Default>(
    packed: &[u8],
    rows: usize,
    bits: u32,
    most: u64,
) -> Option<Vec<T>> {
    let mask = (1_u64 << bits) - 1;
    let mut codes = Vec::with_capacity(rows);
    let mut highest = 0;
    // Eight codes fill as many bytes as one has bits: no code straddles two such groups.
    let (groups, rest) = packed.split_at_checked(rows / 8 * bits as usize)?;
    for group in groups.chunks_exact(bits as usize) {
        let mut take = |code: u64| {
            highest = Ord::max(highest, code);
            codes.push(low(code));
        };
        if bits <= 8 {
            let mut word = word(group);
            for _ in 0..8 {
                take(word & mask);
                word >>= bits;
            }
        } else {
            // A code of at most 32 bits lies in the eight bytes from the one in which it begins.
            let mut bytes = [0; 40];
            if let Some(room) = bytes.get_mut(..group.len()) {
                room.copy_from_slice(group);
            }
            for start in (0..8).map(|place| place * bits) {
                let held = bytes.get(start as usize / 8..).unwrap_or_default();
                let held = held
                    .first_chunk()
                    .map_or(0, |held| u64::from_le_bytes(*held));
                take((held >> (start % 8)) & mask);
            }
        }
    }
    take_each(rest, rows % 8, bits, |code| {
        highest = Ord::max(highest, code);
        codes.push(low(code));
    })?;
    (highest <= most).then_some(codes)
}

/// At most eight bytes as a number.
fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_le_bytes(word)
}

/// Takes so many codes out of bytes, at most four bytes at a time.
fn take_each(bytes: &[u8], number: usize, bits: u32, mut take: impl FnMut(u64)) -> Option<()> {
    let mask = (1_u64 << bits) - 1;
    let (mut held, mut filled) = (0_u64, 0_u32);
    let mut bytes = bytes.chunks(4);
    for _ in 0..number {
        if filled < bits {
            let next = bytes.next()?;
            held |= word(next) << filled;
            filled += u32::try_from(next.len()).ok()? * 8;
        }
        if filled < bits {
            return None;
        }
        take(held & mask);
        held >>= bits;
        filled -= bits;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_width_survive_packing() {
        for limit in [
            1_u32, 2, 3, 5, 17, 255, 256, 257, 5_000, 65_536, 65_537, 9_000_000,
        ] {
            for rows in [0, 1, 7, 8, 9, 64, 1_001] {
                let codes: Vec<u32> = (0..rows).map(|row| (row * 7_919) % limit).collect();
                let codes = Codes::new(&codes, limit as usize);
                let packed = codes.pack(limit as usize);
                assert_eq!(
                    Codes::unpack(&packed, rows as usize, limit as usize),
                    Some(codes)
                );
            }
        }
    }

    #[test]
    fn codes_beyond_the_limit_are_refused() {
        let packed = Codes::new(&[6, 7], 8).pack(8);
        assert_eq!(Codes::unpack(&packed, 2, 7), None);
        assert_eq!(Codes::unpack(&packed, 9, 8), None);
    }
}
