//! The rank test of Kruskal and Wallis on histograms.

use super::RankTest;
use crate::distributions::chi_squared_upper_tail;
use crate::exact::real_product;
use crate::histogram::Histogram;

/// H corrected for ties, from groups with answers on one scale, not all of them equal.
///
/// H = (N-1) Σ n (r̄ - (N+1)/2)² / Σ t (r - (N+1)/2)², with r the middle rank of the t answers of
/// one score. Ranks are counted as twice their distance from the middle, so that they are whole.
pub(super) fn rank_test(groups: &[Histogram], df: f64) -> RankTest {
    let total: i128 = groups.iter().map(|group| i128::from(group.n())).sum();
    let categories = groups.first().map_or(0, |group| group.iter().count());
    let mut ties = vec![0_i128; categories];
    for group in groups {
        for (tie, (_, count)) in ties.iter_mut().zip(group.iter()) {
            *tie += i128::from(count);
        }
    }
    let mut below = 0_i128;
    let mut distances = Vec::with_capacity(categories);
    let mut spread = 0_i128;
    for tie in ties {
        let distance = 2 * below + tie - total;
        below += tie;
        spread += tie * distance * distance;
        distances.push(distance);
    }
    let between: f64 = groups
        .iter()
        .map(|group| {
            let counts = group.iter().map(|(_, count)| i128::from(count));
            let sum: i128 = counts.zip(&distances).map(|(count, d)| count * d).sum();
            let sum = real_product(sum);
            sum / real_product(group.n().into()) * sum
        })
        .sum();
    let kruskal_h = real_product(total - 1) * (between / real_product(spread));
    RankTest {
        kruskal_h,
        kruskal_p: chi_squared_upper_tail(kruskal_h, df),
    }
}
