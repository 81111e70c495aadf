//! Fisher's exact test of two shares, two-sided by minimum likelihood.
//!
//! Given the row and column totals, the first count follows a hypergeometric distribution. The
//! p-value adds the probability of every table that is at most as likely as the observed one.
//! Probabilities are taken relative to the most likely table, by exact ratios of neighbours, so
//! nothing overflows. Source: Fisher (1935), *Journal of the Royal Statistical Society* 98, 39-82.

use core::iter::successors;

use crate::exact::real;

/// The largest number of answers, both groups together, for which the test is done.
pub(crate) const MAX_FISHER: u64 = 1_000_000;

/// Tables whose likelihoods differ relatively by less than this are equally likely; the ratios
/// carry an error of about 1e-12 at most.
const TIE: f64 = 1e-10;

/// The two-sided p-value for `x1` of `n1` against `x2` of `n2`; needs `x1 <= n1`, `x2 <= n2`.
///
/// Nothing with more than [`MAX_FISHER`] answers in all. A p-value below the range of floats is 0.
pub(crate) fn minimum_likelihood_p(x1: u64, n1: u64, x2: u64, n2: u64) -> Option<f64> {
    if n1 + n2 > MAX_FISHER {
        return None;
    }
    let successes = x1 + x2;
    let lowest = successes.saturating_sub(n2);
    let highest = successes.min(n1);
    let mode = ((n1 + 1) * (successes + 1) / (n1 + n2 + 2)).clamp(lowest, highest);
    // With k successes in the first group, one more there is this many times as likely.
    let step_up =
        |k: u64| real(n1 - k) * real(successes - k) / (real(k + 1) * real(n2 + k + 1 - successes));
    let upwards = successors(Some((mode, 1.0)), |&(k, likelihood): &(u64, f64)| {
        (k < highest && likelihood > 0.0).then(|| (k + 1, likelihood * step_up(k)))
    });
    let downwards = successors(Some((mode, 1.0)), |&(k, likelihood): &(u64, f64)| {
        (k > lowest && likelihood > 0.0).then(|| (k - 1, likelihood / step_up(k - 1)))
    });
    let tables: Vec<(u64, f64)> = upwards.chain(downwards.skip(1)).collect();
    let observed = tables
        .iter()
        .find(|(k, _)| *k == x1)
        .map_or(0.0, |(_, likelihood)| *likelihood);
    let total: f64 = tables.iter().map(|(_, likelihood)| likelihood).sum();
    let as_unlikely: f64 = tables
        .iter()
        .map(|(_, likelihood)| *likelihood)
        .filter(|likelihood| *likelihood <= observed * (1.0 + TIE))
        .sum();
    Some((as_unlikely / total).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x1: u64, n1: u64, x2: u64, n2: u64) -> f64 {
        minimum_likelihood_p(x1, n1, x2, n2).unwrap_or(f64::NAN)
    }

    #[test]
    fn the_lady_tasting_tea_has_34_chances_in_70() {
        assert!((p(3, 4, 1, 4) - 34.0 / 70.0).abs() < 1e-12);
    }

    #[test]
    fn mirrored_tables_of_equal_groups_are_a_tie() {
        let one_side: f64 = p(480, 1000, 520, 1000);
        assert!((one_side - p(520, 1000, 480, 1000)).abs() < 1e-12);
    }

    #[test]
    fn a_million_answers_are_counted_and_one_more_is_not() {
        assert!((p(250_000, 500_000, 250_000, 500_000) - 1.0).abs() < 1e-9);
        assert_eq!(minimum_likelihood_p(1, 500_000, 1, 500_001), None);
    }

    #[test]
    fn an_impossible_contrast_has_no_probability_left() {
        assert!(p(500_000, 500_000, 0, 500_000) < 1e-300);
    }
}
