//! Random numbers that are the same for the same seed.

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream that belongs to a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number (splitmix64).
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; nought when the limit is.
    pub const fn below(&mut self, limit: u64) -> u64 {
        match self.next().checked_rem(limit) {
            Some(number) => number,
            None => 0,
        }
    }

    /// A number below `limit`, of which the low ones are much more frequent.
    pub const fn skewed(&mut self, limit: u64) -> u64 {
        let (one, other) = (self.below(limit), self.below(limit));
        match (one * other).checked_div(limit) {
            Some(number) => number,
            None => 0,
        }
    }

    /// True in `percent` of all cases.
    pub const fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let place = self.below(choices.len() as u64);
        choices.get(usize::try_from(place).unwrap_or_default())
    }

    /// `first` or one of the others; low places are much more frequent.
    pub fn skewed_of<T: Clone>(&mut self, first: T, others: &[T]) -> T {
        let place = self.skewed(others.len() as u64 + 1);
        let other = usize::try_from(place)
            .ok()
            .and_then(|place| place.checked_sub(1));
        other
            .and_then(|place| others.get(place))
            .cloned()
            .unwrap_or(first)
    }
}
