//! What must hold for weights, samples, trends and comparisons of groups, whatever the numbers.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use peil_measure::{
    FrameCell, Histogram, Level, Margin, Period, RakeCell, Raking, SampleGoal, SampledMeasure,
    Stratum, SurveyDesign, compare_means, compare_nps, compare_shares, composition,
    finite_population, kish, mann_kendall, nps, nps_trend, post_stratify, r_indicator, rake,
    sample_size, share_trend, trim_weights, weighted_nps,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Slack for the last digits of a float.
const ROUNDING: f64 = 1e-8;

fn recommendations() -> impl Strategy<Value = Histogram> {
    vec(prop_oneof![3 => 0_u64..40, 1 => 0_u64..100_000_000], 11)
        .prop_map(|counts| Histogram::from_counts(0, counts).unwrap())
}

/// Some weights, and scores for them.
fn weighted_scores() -> impl Strategy<Value = (Vec<i32>, Vec<f64>)> {
    vec((0_i32..=10, 0.0_f64..5.0), 2..60).prop_map(|rows| rows.into_iter().unzip())
}

fn is_near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= ROUNDING * (1.0 + a.abs()),
        _ => a == b,
    }
}

proptest! {
    #[test]
    fn groups_in_another_order_give_the_same_test_with_opposite_differences(
        a in recommendations(), b in recommendations(), c in recommendations(),
    ) {
        let (there, back) = ([a.clone(), b.clone(), c.clone()], [c, b, a]);
        for compare in [
            |groups: &[Histogram]| compare_nps(groups),
            |groups: &[Histogram]| compare_shares(groups, 3),
            |groups: &[Histogram]| compare_means(groups),
        ] {
            let (Ok(there), Ok(back)) = (compare(&there), compare(&back)) else { continue };
            prop_assert!(is_near(Some(there.p), Some(back.p)));
            prop_assert!((0.0..=1.0).contains(&there.p));
            let first = there.pairs.first().unwrap();
            let last = back.pairs.last().unwrap();
            prop_assert!(is_near(Some(first.diff), Some(-last.diff)));
            prop_assert!(first.p <= first.p_bh + ROUNDING && first.p_bh <= first.p_holm + ROUNDING);
        }
    }

    #[test]
    fn a_trend_turns_with_time_and_does_not_care_when_the_calendar_starts(
        answers in vec(recommendations(), 3..8), start in -3000_i32..3000,
    ) {
        let periods = |sign: i32| -> Vec<Period> {
            let times = (0_i32..).map(|step| f64::from(start + sign * step));
            times.zip(&answers).map(|(time, answers)| Period { time, answers: answers.clone() })
                .collect()
        };
        if let (Ok(up), Ok(down)) = (
            nps_trend(&periods(1), Level::default()), nps_trend(&periods(-1), Level::default()),
        ) {
            prop_assert!((up.slope + down.slope).abs() <= ROUNDING * (1.0 + up.slope.abs()));
            prop_assert!(is_near(Some(up.p), Some(down.p)));
        }
        if let (Ok(up), Ok(down)) = (share_trend(&periods(1), 2), share_trend(&periods(-1), 2)) {
            prop_assert!(is_near(Some(up.p), Some(down.p)));
        }
    }

    #[test]
    fn a_series_backwards_has_the_opposite_trend(x in vec(-20_i32..20, 3..40)) {
        let x: Vec<f64> = x.into_iter().map(f64::from).collect();
        let backwards: Vec<f64> = x.iter().rev().copied().collect();
        let (there, back) = (mann_kendall(&x).unwrap(), mann_kendall(&backwards).unwrap());
        prop_assert_eq!(there.s, -back.s);
        prop_assert!(is_near(there.p, back.p));
        prop_assert!((there.sen_slope + back.sen_slope).abs() <= ROUNDING);
        prop_assert!(there.tau.is_none_or(|tau| tau.abs() <= 1.0 + ROUNDING));
    }

    #[test]
    fn the_more_of_the_population_answered_the_surer_the_estimate(
        answers in recommendations(), more in 1_u64..1_000_000,
    ) {
        let of = |population| {
            finite_population(&answers, SampledMeasure::Nps, population, Level::default()).unwrap().se
        };
        let n = answers.n();
        prop_assume!(n > 1);
        let (all, some, few, endless) = (of(Some(n)), of(Some(n + more)), of(Some(n + 2 * more)), of(None));
        prop_assert_eq!(all, Some(0.0));
        prop_assert!(some <= few && few <= endless);
    }

    #[test]
    fn a_wider_margin_and_a_smaller_population_need_fewer_answers(
        margin in 0.01_f64..0.2, share in 0.01_f64..0.99, population in 1_u64..1_000_000,
    ) {
        let needed = |margin, population| {
            let goal = SampleGoal::ShareMargin { margin, share, level: Level::default(), population };
            sample_size(goal, Some(0.5)).unwrap()
        };
        let endless = needed(margin, None);
        let finite = needed(margin, Some(population));
        prop_assert!(finite.n_raw.unwrap() <= endless.n_raw.unwrap() * (1.0 + 1.0 / 1e3) + 1.0);
        prop_assert!(finite.n.unwrap() <= population);
        prop_assert!(needed(margin * 1.5, None).n <= endless.n);
        prop_assert!(endless.invitations.unwrap() >= endless.n.unwrap());
    }

    #[test]
    fn a_sample_like_the_population_has_no_dissimilarity(
        sizes in vec(1_u64..1_000_000, 1..8), other in vec(0_u64..50, 8),
    ) {
        let population: Vec<f64> = sizes.iter().map(|size| f64::from(u32::try_from(*size).unwrap())).collect();
        let same = composition(&sizes, &population).unwrap();
        prop_assert!(same.dissimilarity.unwrap() <= ROUNDING);
        let other: Vec<u64> = other.into_iter().take(sizes.len()).collect();
        let apart = composition(&other, &population).unwrap();
        prop_assert!(apart.dissimilarity.is_none_or(|d| (0.0..=1.0).contains(&d)));
        prop_assert!(apart.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
    }

    #[test]
    fn unequal_weights_never_tell_more_than_equal_ones(
        weights in vec(0.0_f64..10.0, 1..50), factor in 0.01_f64..100.0,
    ) {
        let size = kish(&weights).unwrap();
        let scaled: Vec<f64> = weights.iter().map(|weight| weight * factor).collect();
        prop_assert!(size.deff.is_none_or(|deff| deff >= 1.0 - ROUNDING));
        prop_assert!(is_near(size.n_eff, kish(&scaled).unwrap().n_eff));
    }

    #[test]
    fn trimming_keeps_the_bounds_and_the_sum(weights in vec(0.1_f64..10.0, 2..40)) {
        let sum: f64 = weights.iter().sum();
        let mean = sum / f64::from(u32::try_from(weights.len()).unwrap());
        let trimmed = trim_weights(&weights, None, Some(mean * 1.5)).unwrap();
        prop_assert!(trimmed.weights.iter().all(|weight| *weight <= mean * 1.5 + ROUNDING));
        prop_assert!((trimmed.weights.iter().sum::<f64>() - sum).abs() <= ROUNDING * sum);
        let again = trim_weights(&trimmed.weights, None, Some(mean * 1.5)).unwrap();
        prop_assert_eq!(trimmed.weights, again.weights);
    }

    #[test]
    fn raked_weights_meet_the_margins_and_one_person_per_cell_changes_nothing(
        counts in vec(1_u64..6, 6), target in 0.2_f64..0.8,
    ) {
        let margin = |variable: &str, targets: &[(&str, f64)]| Margin {
            variable: variable.to_owned(),
            targets: targets.iter().map(|(name, t)| ((*name).to_owned(), *t)).collect(),
        };
        let margins = [
            margin("size", &[("S", target), ("L", 1.0 - target)]),
            margin("region", &[("N", 0.5), ("E", 0.2), ("W", 0.3)]),
        ];
        let names = ["S", "L"].into_iter().flat_map(|a| ["N", "E", "W"].map(|b| vec![a, b]));
        let cells: Vec<RakeCell> = names.zip(counts)
            .map(|(values, n)| RakeCell { values, n, base_weight: 1.0 }).collect();
        let people: Vec<RakeCell> = cells.iter()
            .flat_map(|cell| (0..cell.n).map(|_| RakeCell { n: 1, ..cell.clone() })).collect();
        let (Raking::Converged(raked), Raking::Converged(single)) =
            (rake(&margins, &cells).unwrap(), rake(&margins, &people).unwrap())
        else { return Err(TestCaseError::fail("full tables can always be raked")) };
        let small: f64 = cells.iter().zip(&raked.weights).filter(|(cell, _)| cell.values.contains(&"S"))
            .map(|(cell, weight)| weight * f64::from(u32::try_from(cell.n).unwrap())).sum();
        prop_assert!((small - target).abs() <= ROUNDING);
        prop_assert!(is_near(raked.n_eff, single.n_eff) && is_near(raked.deff, single.deff));
    }

    #[test]
    fn weights_of_one_change_nothing_and_scale_does_not_matter(
        (scores, weights) in weighted_scores(), factor in 0.001_f64..1000.0,
    ) {
        let of = |weights| weighted_nps(
            &scores, &SurveyDesign { weights, ..SurveyDesign::default() }, Level::default(),
        ).unwrap();
        let ones = vec![1.0; scores.len()];
        prop_assert_eq!(of(None), of(Some(&ones)));
        let mut plain = Histogram::recommendation();
        for score in &scores {
            plain.record(*score, 1).unwrap();
        }
        prop_assert!(is_near(of(None).nps, nps(&plain, Level::default()).unwrap().nps));
        let scaled: Vec<f64> = weights.iter().map(|weight| weight * factor).collect();
        prop_assert!(is_near(of(Some(&weights)).se, of(Some(&scaled)).se));
    }

    #[test]
    fn everyone_in_a_cluster_of_their_own_is_no_cluster((scores, weights) in weighted_scores()) {
        let names: Vec<String> = (0..scores.len()).map(|row| row.to_string()).collect();
        let clusters: Vec<&str> = names.iter().map(String::as_str).collect();
        let of = |clusters| weighted_nps(
            &scores, &SurveyDesign { weights: Some(&weights), clusters, strata: None },
            Level::default(),
        ).unwrap();
        prop_assert_eq!(of(None), of(Some(&clusters)));
    }

    #[test]
    fn one_stratum_is_no_stratification(answers in recommendations(), population in 1.0_f64..1e6) {
        prop_assume!(answers.n() > 0);
        let stratum = Stratum { name: "all".to_owned(), population, answers };
        let outcome = post_stratify(&[stratum], Level::default()).unwrap();
        prop_assert!(is_near(outcome.nps, outcome.nps_unweighted));
        prop_assert!(is_near(outcome.deff, Some(1.0)));
    }

    #[test]
    fn representativity_does_not_depend_on_the_order_or_division_of_cells(
        parts in vec((0_u64..200, 0_u64..200), 6),
    ) {
        let names = ["a", "b", "c"].into_iter().flat_map(|x| ["m", "v"].map(|y| vec![x, y]));
        let cells: Vec<FrameCell> = names.zip(&parts)
            .map(|(values, (yes, no))| FrameCell { values, n: yes + no, responded: *yes }).collect();
        let mut divided: Vec<FrameCell> = Vec::new();
        for cell in &cells {
            divided.push(FrameCell { n: cell.responded, ..cell.clone() });
            divided.push(FrameCell { n: cell.n - cell.responded, responded: 0, ..cell.clone() });
        }
        divided.reverse();
        let variables = ["x", "y"];
        let (Ok(whole), Ok(divided)) = (r_indicator(&variables, &cells), r_indicator(&variables, &divided))
        else { return Ok(()) };
        prop_assert!((whole.r - divided.r).abs() <= 1e-7, "{} {}", whole.r, divided.r);
        prop_assert!(whole.r_unadjusted <= whole.r + ROUNDING && whole.r <= 1.0 + ROUNDING);
        prop_assert_eq!(whole.categories.len(), divided.categories.len());
    }
}
