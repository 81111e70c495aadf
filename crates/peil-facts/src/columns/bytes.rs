//! Plain bytes: numbers and texts one after the other, in the order of low to high bytes.

/// Puts values behind each other.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn u8(&mut self, number: u8) {
        self.bytes.push(number);
    }

    pub(super) fn u32(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn i32(&mut self, number: i32) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn u64(&mut self, number: u64) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn u128(&mut self, number: u128) {
        self.bytes.extend(number.to_le_bytes());
    }

    /// A number of things.
    pub(super) fn count(&mut self, number: usize) {
        self.u64(number as u64);
    }

    /// A number that is mostly small, in as few bytes as it needs.
    pub(super) fn small(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push((number & 0x7f) as u8);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.small(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }
}

/// Takes values off again; nothing when there are too few bytes.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn take(&mut self, number: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(number)?;
        self.rest = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn i32(&mut self) -> Option<i32> {
        self.array().map(i32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub(super) fn u128(&mut self) -> Option<u128> {
        self.array().map(u128::from_le_bytes)
    }

    /// A number of things of which each takes at least one bit: more than there can be are refused
    /// before room is made for them.
    pub(super) fn count(&mut self) -> Option<usize> {
        usize::try_from(self.u64()?).ok()
    }

    /// A list of things, each of at least one byte.
    pub(super) fn list<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let number = self.count()?;
        if number > self.rest.len() {
            return None;
        }
        (0..number).map(|_| one(self)).collect()
    }

    pub(super) fn small(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.small()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }
}
