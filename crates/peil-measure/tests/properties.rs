//! What must hold for every input, tried on many random ones.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use peil_measure::{
    Dispositions, Histogram, Interval, Level, csat, mean, mean_diff, nps, nps_diff, p_adjust,
    prop_diff, proportion, response_rate,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Slack for the last digits of a float.
const ROUNDING: f64 = 1e-9;

/// Counts as they occur: often zero, mostly small, now and then huge.
fn a_count() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0), 5 => 0_u64..40, 2 => 0_u64..10_000, 1 => 0_u64..100_000_000]
}

fn recommendations() -> impl Strategy<Value = Histogram> {
    vec(a_count(), 11).prop_map(|counts| Histogram::from_counts(0, counts).unwrap())
}

fn ratings() -> impl Strategy<Value = Histogram> {
    vec(a_count(), 5).prop_map(|counts| Histogram::from_counts(1, counts).unwrap())
}

fn part_of_total() -> impl Strategy<Value = (u64, u64)> {
    (a_count(), a_count()).prop_map(|(hits, misses)| (hits, hits + misses))
}

fn a_level() -> impl Strategy<Value = Level> {
    (0.5_f64..0.9999).prop_map(|level| Level::new(level).unwrap())
}

fn holds(interval: Interval, value: f64) -> bool {
    interval.low <= value + ROUNDING && value <= interval.high + ROUNDING
}

fn lies_in(interval: Interval, low: f64, high: f64) -> bool {
    low <= interval.low && interval.low <= interval.high && interval.high <= high
}

fn merged(parts: &[&Histogram]) -> Histogram {
    let mut whole = Histogram::recommendation();
    for part in parts {
        whole.merge(part).unwrap();
    }
    whole
}

proptest! {
    #[test]
    fn histograms_merge_in_any_order_to_the_same(
        a in recommendations(), b in recommendations(), c in recommendations(),
    ) {
        let left = merged(&[&merged(&[&a, &b]), &c]);
        let right = merged(&[&a, &merged(&[&c, &b])]);
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(left.n(), a.n() + b.n() + c.n());
    }

    #[test]
    fn recording_one_by_one_equals_giving_the_counts(answers in vec(0_i32..=10, 0..60)) {
        let mut recorded = Histogram::recommendation();
        let mut counts = vec![0_u64; 11];
        for score in answers {
            recorded.record(score, 1).unwrap();
            *counts.get_mut(usize::try_from(score).unwrap()).unwrap() += 1;
        }
        prop_assert_eq!(recorded, Histogram::from_counts(0, counts).unwrap());
    }

    #[test]
    fn nps_intervals_hold_the_estimate_and_tango_stays_within_a_hundred(
        histogram in recommendations(), level in a_level(),
    ) {
        let outcome = nps(&histogram, level).unwrap();
        prop_assert_eq!(outcome.nps.is_some(), histogram.n() > 0);
        if let (Some(value), Some(score), Some(wald), Some(adjusted)) =
            (outcome.nps, outcome.ci_score, outcome.ci_wald, outcome.ci_adjusted)
        {
            prop_assert!(holds(score, value), "{score:?} does not hold {value}");
            prop_assert!(lies_in(score, -100.0, 100.0), "{score:?}");
            prop_assert!(lies_in(adjusted, -100.0, 100.0), "{adjusted:?}");
            prop_assert!(holds(wald, value));
            prop_assert!(score.low < score.high, "a score interval is never a point");
        }
    }

    #[test]
    fn one_promoter_more_never_lowers_the_nps_or_an_end_of_its_interval(histogram in recommendations()) {
        let mut better = histogram.clone();
        better.record(10, 1).unwrap();
        let before = nps(&histogram, Level::default()).unwrap();
        let after = nps(&better, Level::default()).unwrap();
        if let (Some(before), Some(after)) = (before.nps, after.nps) {
            prop_assert!(before <= after + ROUNDING);
        }
        if let (Some(before), Some(after)) = (before.ci_score, after.ci_score) {
            prop_assert!(before.low <= after.low + ROUNDING);
        }
    }

    #[test]
    fn a_higher_level_gives_a_wider_interval(
        histogram in recommendations(), (successes, n) in part_of_total(), low in 0.5_f64..0.95,
    ) {
        let (narrow, wide) = (Level::new(low).unwrap(), Level::new(low + 0.04).unwrap());
        let ends = |level| {
            let share = proportion(successes, n, level).unwrap();
            [
                nps(&histogram, level).unwrap().ci_score,
                nps(&histogram, level).unwrap().ci_wald,
                mean(&histogram, level).ci,
                share.ci_wilson,
                share.ci_exact,
            ]
        };
        for (inner, outer) in ends(narrow).into_iter().zip(ends(wide)) {
            if let (Some(inner), Some(outer)) = (inner, outer) {
                prop_assert!(outer.low <= inner.low + ROUNDING && inner.high <= outer.high + ROUNDING);
            }
        }
    }

    #[test]
    fn share_intervals_lie_in_zero_to_one_and_hold_the_share(
        (successes, n) in part_of_total(), level in a_level(),
    ) {
        let outcome = proportion(successes, n, level).unwrap();
        for interval in [outcome.ci_wilson, outcome.ci_exact] {
            prop_assert_eq!(interval.is_some(), n > 0);
            if let (Some(share), Some(interval)) = (outcome.share, interval) {
                prop_assert!(lies_in(interval, 0.0, 1.0), "{interval:?}");
                prop_assert!(holds(interval, share), "{interval:?} does not hold {share}");
            }
        }
    }

    #[test]
    fn a_wider_top_box_never_lowers_the_share(histogram in ratings()) {
        let share = |top| csat(&histogram, top, Level::default()).unwrap().share.unwrap_or(0.0);
        for top in 1..5 {
            prop_assert!(share(top) <= share(top + 1));
        }
    }

    #[test]
    fn a_mean_lies_on_its_scale_and_in_its_interval(histogram in ratings(), level in a_level()) {
        let outcome = mean(&histogram, level);
        prop_assert_eq!(outcome.ci.is_some(), histogram.n() > 1);
        if let Some(value) = outcome.mean {
            prop_assert!((1.0..=5.0).contains(&value));
            prop_assert!(outcome.ci.is_none_or(|interval| holds(interval, value)));
        }
    }

    #[test]
    fn swapping_the_groups_mirrors_the_difference(
        a in recommendations(), b in recommendations(), level in a_level(),
    ) {
        let (there, back) = (nps_diff(&a, &b, level).unwrap(), nps_diff(&b, &a, level).unwrap());
        let is_mirrored = |there: Option<f64>, back: Option<f64>| match (there, back) {
            (Some(there), Some(back)) => (there + back).abs() < ROUNDING,
            (there, back) => there.is_none() && back.is_none(),
        };
        prop_assert!(is_mirrored(there.diff, back.diff));
        prop_assert!(is_mirrored(there.diff_adjusted, back.diff_adjusted));
        let means = (mean_diff(&a, &b, level).unwrap(), mean_diff(&b, &a, level).unwrap());
        prop_assert!(is_mirrored(means.0.t, means.1.t));
        for p in [there.p, there.p_adjusted, there.p_permutation, means.0.p].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&p), "{p}");
        }
    }

    #[test]
    fn changing_the_labels_mirrors_every_interval_of_one_group(
        histogram in recommendations(), (hits, n) in part_of_total(), level in a_level(),
    ) {
        let mirrored = |one: Option<Interval>, other: Option<Interval>, sum: f64| match (one, other) {
            (Some(one), Some(other)) => {
                let is_near = |a: f64, b: f64| (a + b - sum).abs() < 1e-7;
                is_near(one.low, other.high) && is_near(one.high, other.low)
            }
            (one, other) => one.is_none() && other.is_none(),
        };
        let score = nps(&histogram, level).unwrap();
        let mut turned = Histogram::recommendation();
        let split = score.split;
        for (place, count) in [(0, split.promoters), (7, split.passives), (10, split.detractors)] {
            turned.record(place, count).unwrap();
        }
        let turned = nps(&turned, level).unwrap();
        prop_assert!(mirrored(score.ci_wald, turned.ci_wald, 0.0));
        prop_assert!(mirrored(score.ci_adjusted, turned.ci_adjusted, 0.0));
        prop_assert!(mirrored(score.ci_score, turned.ci_score, 0.0));

        let share = proportion(hits, n, level).unwrap();
        let rest = proportion(n - hits, n, level).unwrap();
        prop_assert!(mirrored(share.ci_wilson, rest.ci_wilson, 1.0));
        prop_assert!(mirrored(share.ci_exact, rest.ci_exact, 1.0));

        let mut counts: Vec<u64> = histogram.iter().map(|(_, count)| count).collect();
        counts.reverse();
        let upside_down = Histogram::from_counts(0, counts).unwrap();
        prop_assert!(mirrored(mean(&histogram, level).ci, mean(&upside_down, level).ci, 10.0));
    }

    #[test]
    fn newcombe_holds_the_difference_and_exact_p_values_are_probabilities(
        (x1, n1) in part_of_total(), (x2, n2) in part_of_total(), level in a_level(),
    ) {
        let outcome = prop_diff(x1, n1, x2, n2, level).unwrap();
        if let (Some(diff), Some(interval)) = (outcome.diff, outcome.ci_newcombe) {
            prop_assert!(holds(interval, diff) && lies_in(interval, -1.0, 1.0));
            prop_assert_eq!(outcome.p_fisher.is_some(), n1 + n2 <= 1_000_000);
        }
        prop_assert!(outcome.p_fisher.is_none_or(|p| (0.0..=1.0).contains(&p)));
    }

    #[test]
    fn adjusting_never_lowers_a_p_value_and_keeps_the_order_of_strictness(
        p_values in vec(0.0_f64..=1.0, 0..40),
    ) {
        let adjusted = p_adjust(&p_values).unwrap();
        let methods = adjusted.bh.iter().zip(&adjusted.holm).zip(&adjusted.bonferroni);
        for (p, ((bh, holm), bonferroni)) in p_values.iter().zip(methods) {
            prop_assert!(*p <= bh + ROUNDING && *bh <= holm + ROUNDING);
            prop_assert!(*holm <= bonferroni + ROUNDING && *bonferroni <= 1.0);
        }
    }

    #[test]
    fn response_rates_are_fractions_that_rise_as_the_denominator_shrinks(
        counts in vec(a_count(), 8), eligible_share in 0.0_f64..=1.0,
    ) {
        let mut counts = counts.into_iter();
        let mut next = || counts.next().unwrap();
        let dispositions = Dispositions {
            complete: next(), partial: next(), refusal: next(), non_contact: next(),
            other: next(), unknown_household: next(), unknown_other: next(), not_eligible: next(),
        };
        let rates = response_rate(&dispositions, Some(eligible_share)).unwrap();
        if let (Some(lowest), Some(middle), Some(highest)) = (rates.rr1, rates.rr3, rates.rr5) {
            prop_assert!(0.0 <= lowest && lowest <= middle + ROUNDING);
            prop_assert!(middle <= highest + ROUNDING && highest <= 1.0);
        }
    }
}
