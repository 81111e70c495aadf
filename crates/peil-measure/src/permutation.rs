//! The exact permutation test of two NPS.
//!
//! If the two groups do not differ, every way of dealing the answers over the groups is as likely.
//! The sum of the scores (-1, 0, 1) of the first group is compared with its expectation; the
//! p-value is the share of deals at least as far away. Source: Fisher (1935), *The Design of
//! Experiments*; Strasser and Weber (1999) for the general form.

use statrs::function::factorial::ln_binomial;

use crate::nps::Split;

/// The largest number of answers, both groups together, for which all deals are counted.
pub(crate) const MAX_PERMUTED: u64 = 400;

/// The two-sided p-value; nothing when there are too many answers or a group is empty.
pub(crate) fn exact_p(a: Split, b: Split) -> Option<f64> {
    let n = a.n + b.n;
    if n > MAX_PERMUTED || a.n == 0 || b.n == 0 {
        return None;
    }
    let (promoters, detractors) = (a.promoters + b.promoters, a.detractors + b.detractors);
    // n times a sum minus n times its expectation: whole numbers, so that ties are ties.
    let expected = signed(a.n) * (signed(promoters) - signed(detractors));
    let distance = |m: u64, d: u64| ((signed(m) - signed(d)) * signed(n) - expected).abs();
    let observed = distance(a.promoters, a.detractors);

    let promoter_ways = ln_ways(promoters);
    let detractor_ways = ln_ways(detractors);
    let passive_ways = ln_ways(a.passives + b.passives);
    let ln_deals = ln_binomial(n, a.n);
    let mut p = 0.0;
    for (m, ln_m) in (0..=a.n).zip(&promoter_ways) {
        for (d, ln_d) in (0..=a.n - m).zip(&detractor_ways) {
            let passives = usize::try_from(a.n - m - d).ok();
            let Some(ln_passives) = passives.and_then(|passives| passive_ways.get(passives)) else {
                continue;
            };
            if distance(m, d) >= observed {
                p += (ln_m + ln_d + ln_passives - ln_deals).exp();
            }
        }
    }
    Some(p.min(1.0))
}

/// The logarithms of the ways to choose 0, 1, ... `size` out of `size`.
fn ln_ways(size: u64) -> Vec<f64> {
    (0..=size).map(|chosen| ln_binomial(size, chosen)).collect()
}

/// A count of at most [`MAX_PERMUTED`], with a sign.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(detractors: u64, passives: u64, promoters: u64) -> Split {
        Split {
            n: detractors + passives + promoters,
            detractors,
            passives,
            promoters,
        }
    }

    #[test]
    fn one_against_one_can_never_surprise() {
        assert_eq!(
            exact_p(split(1, 0, 0), split(0, 0, 1)).map(f64::round),
            Some(1.0)
        );
    }

    #[test]
    fn three_against_three_has_two_extreme_deals_of_twenty() {
        let p = exact_p(split(3, 0, 0), split(0, 0, 3)).unwrap_or(f64::NAN);
        assert!((p - 0.1).abs() < 1e-12);
    }

    #[test]
    fn more_than_four_hundred_answers_are_not_permuted() {
        assert!(exact_p(split(0, 200, 0), split(0, 200, 0)).is_some());
        assert_eq!(exact_p(split(0, 200, 0), split(0, 200, 1)), None);
    }
}
