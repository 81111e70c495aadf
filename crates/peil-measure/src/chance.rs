//! Chance that repeats itself: the same seed gives the same draws, on every machine.

/// A generator of whole numbers (Steele, Lea and Flood 2014, *Fast splittable pseudorandom number
/// generators*, OOPSLA). Good enough to resample with; not for secrets.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but not including `limit`; 0 when that is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.next()) * u128::try_from(limit).unwrap_or(0);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Puts a list in an order by chance (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_draws_within_the_limit() {
        let draw = |seed| {
            let mut chance = Chance::seeded(seed);
            (0..1_000).map(|_| chance.below(7)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let counts: Vec<_> = (0..7)
            .map(|value| draw(3).iter().filter(|drawn| **drawn == value).count())
            .collect();
        assert!(
            counts.iter().all(|count| (100..190).contains(count)),
            "{counts:?}"
        );
        assert_eq!(Chance::seeded(1).below(0), 0);
    }

    #[test]
    fn a_shuffled_list_keeps_everything() {
        let mut list: Vec<u32> = (0..100).collect();
        Chance::seeded(5).shuffle(&mut list);
        assert_ne!(list, (0..100).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..100).collect::<Vec<_>>());
    }
}
