//! Answers drawn by chance, the same ones in every run.

use peil_measure::Histogram;

/// Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*.
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

    /// A number from 0 up to but not including 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        let bits = u32::try_from(self.next() >> 32).unwrap();
        f64::from(bits) / 4_294_967_296.0
    }

    /// The place of one of the probabilities, which add up to 1.
    pub(crate) fn category(&mut self, probabilities: &[f64]) -> usize {
        let mut left = self.uniform();
        for (place, probability) in probabilities.iter().enumerate() {
            left -= probability;
            if left < 0.0 {
                return place;
            }
        }
        probabilities.len() - 1
    }

    /// So many answers on a scale from `scale_min` up.
    pub(crate) fn answers(&mut self, scale_min: i32, n: u64, probabilities: &[f64]) -> Histogram {
        let mut counts = vec![0; probabilities.len()];
        for _ in 0..n {
            *counts.get_mut(self.category(probabilities)).unwrap() += 1;
        }
        Histogram::from_counts(scale_min, counts).unwrap()
    }

    /// So many answers to the recommendation question.
    pub(crate) fn recommendations(&mut self, n: u64, split: &[f64; 3]) -> Histogram {
        let mut drawn = [0; 3];
        for _ in 0..n {
            *drawn.get_mut(self.category(split)).unwrap() += 1;
        }
        recommendations(drawn)
    }
}

/// Detractors, passives and promoters as answers.
pub(crate) fn recommendations([detractors, passives, promoters]: [u64; 3]) -> Histogram {
    let mut answers = Histogram::recommendation();
    for (score, count) in [(3, detractors), (7, passives), (10, promoters)] {
        answers.record(score, count).unwrap();
    }
    answers
}

/// The NPS of shares of detractors, passives and promoters.
pub(crate) fn true_nps([detractors, _, promoters]: &[f64; 3]) -> f64 {
    100.0 * (promoters - detractors)
}

/// The mean on a scale from `scale_min` up.
pub(crate) fn true_mean(scale_min: i32, probabilities: &[f64]) -> f64 {
    let scores = (scale_min..).map(f64::from);
    scores.zip(probabilities).map(|(score, p)| score * p).sum()
}
