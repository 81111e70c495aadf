//! Numbers that people filled in: their mean, their middle and how they spread.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::exact::real;
use crate::level::Level;
use crate::measured::{Interval, Measured};

/// The outcome of [`numbers`], in the unit of the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Numbers {
    /// All answers.
    pub n: u64,
    /// The mean; `None` without answers.
    pub mean: Option<f64>,
    /// The standard deviation with divisor n - 1; `None` with fewer than two answers.
    pub sd: Option<f64>,
    /// mean ± t · sd / √n with n - 1 degrees of freedom; `None` with fewer than two answers.
    pub ci: Option<Interval>,
    /// The lower quartile, the median and the upper quartile; `None` without answers.
    pub quartiles: Option<[f64; 3]>,
}

impl Numbers {
    /// What a page may print: the mean with its interval, from `needed` answers on.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use peil_measure::{Level, Measured, numbers};
    ///
    /// let spent = numbers(&BTreeMap::from([(10, 20), (20, 20)]), Level::default());
    /// assert!(matches!(spent.measured(30), Measured::Value { value, .. } if value == 15.0));
    /// assert_eq!(spent.measured(50), Measured::TooFew { n: 40, needed: 50 });
    /// ```
    #[must_use]
    pub fn measured(&self, needed: u64) -> Measured {
        Measured::decide(self.n, needed, self.mean.zip(self.ci))
    }
}

/// Sums up numbers, given how often each was filled in.
///
/// Standard deviation with divisor n - 1, interval of Student's t. A quartile lies between the two
/// numbers next to it, as far as its place (n - 1) · p in the ordered numbers says.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use peil_measure::{Level, numbers};
///
/// let spent = BTreeMap::from([(10, 1), (20, 2), (40, 1)]);
/// let outcome = numbers(&spent, Level::default());
/// assert_eq!((outcome.n, outcome.mean), (4, Some(22.5)));
/// assert_eq!(outcome.quartiles, Some([17.5, 20.0, 25.0]));
/// ```
///
/// # Sources
/// Hyndman and Fan (1996), *The American Statistician* 50(4), 361-365, definition 7.
#[must_use]
pub fn numbers(counts: &BTreeMap<i32, u64>, level: Level) -> Numbers {
    let n = counts
        .values()
        .fold(0_u64, |n, count| n.saturating_add(*count));
    let (mut first, mut second) = (0_i128, 0_i128);
    for (number, count) in counts {
        let (number, count) = (i128::from(*number), i128::from(*count));
        first = first.saturating_add(number * count);
        second = second.saturating_add((number * number).saturating_mul(count));
    }
    let whole = i128::from(n);
    let mean = (n > 0).then(|| real_signed(first) / real(n));
    let sd = (n > 1).then(|| {
        let spread = whole.saturating_mul(second) - first.saturating_mul(first);
        (real_signed(spread) / (real(n) * (real(n) - 1.0)))
            .max(0.0)
            .sqrt()
    });
    let ci = mean.zip(sd).map(|(mean, sd)| {
        let se = sd / real(n).sqrt();
        let margin = if se > 0.0 {
            level.t(real(n) - 1.0) * se
        } else {
            0.0
        };
        Interval::around(mean, margin)
    });
    let quartiles = (n > 0).then(|| [0.25, 0.5, 0.75].map(|share| quantile(counts, n, share)));
    Numbers {
        n,
        mean,
        sd,
        ci,
        quartiles,
    }
}

fn quantile(counts: &BTreeMap<i32, u64>, n: u64, share: f64) -> f64 {
    let place = real(n.saturating_sub(1)) * share;
    let before = place.floor();
    let mut seen = 0.0;
    let mut low = None;
    for (number, count) in counts {
        seen += real(*count);
        let number = f64::from(*number);
        if low.is_none() && seen > before {
            low = Some(number);
        }
        if let Some(low) = low.filter(|_| seen > before + 1.0 || place <= before) {
            return low + (place - before) * (number - low);
        }
    }
    low.unwrap_or_default()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sums are rounded as any mean is; the counts before are exact"
)]
fn real_signed(sum: i128) -> f64 {
    sum as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(values: &[i32]) -> BTreeMap<i32, u64> {
        let mut counts = BTreeMap::new();
        for value in values {
            *counts.entry(*value).or_default() += 1;
        }
        counts
    }

    #[test]
    fn numbers_are_summed_up_as_others_do() {
        // Python: statistics.mean and stdev of these; t of 6 degrees of freedom is 2.446912.
        let outcome = numbers(&counted(&[3, -7, 12, 12, 40, 5, 0]), Level::default());
        let near = |found: f64, expected: f64| (found - expected).abs() < 1e-6;
        assert!(near(outcome.mean.unwrap(), 9.285_714_29));
        assert!(near(outcome.sd.unwrap(), 15.096_514_89));
        assert_eq!(outcome.quartiles, Some([1.5, 5.0, 12.0]));
        let interval = outcome.ci.unwrap();
        assert!(
            near(interval.low, -4.676_233_33) && near(interval.high, 23.247_661_90),
            "{interval:?}"
        );
    }

    #[test]
    fn few_numbers_have_few_figures() {
        let none = numbers(&BTreeMap::new(), Level::default());
        assert_eq!((none.n, none.mean, none.quartiles), (0, None, None));
        let one = numbers(&counted(&[8]), Level::default());
        assert_eq!(
            (one.mean, one.sd, one.quartiles),
            (Some(8.0), None, Some([8.0; 3]))
        );
        assert!(matches!(one.measured(1), Measured::TooFew { .. }));
        let extreme = numbers(&counted(&[i32::MIN, i32::MAX]), Level::default());
        assert!(extreme.sd.unwrap() > 3e9);
    }
}
