//! What must hold for themes, changes, actions, goals and peeking, whatever the numbers.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use peil_measure::{
    Aim, BeforeAfter, Goal, Histogram, Interval, Level, Metric, Part, Period, Split, anytime,
    decomposition, difference_in_differences, goal_course, impact,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Slack for the last digits of a float.
const ROUNDING: f64 = 1e-7;

fn recommendations() -> impl Strategy<Value = Histogram> {
    vec(0_u64..60, 11).prop_map(|counts| Histogram::from_counts(0, counts).unwrap())
}

fn metrics() -> impl Strategy<Value = Metric> {
    prop_oneof![
        Just(Metric::Nps),
        (1_usize..=11).prop_map(|top| Metric::TopShare { top }),
        Just(Metric::Mean),
    ]
}

/// How far two figures of a metric can be apart.
fn widest(metric: Metric) -> f64 {
    match metric {
        Metric::Nps => 200.0,
        Metric::TopShare { .. } => 1.0,
        Metric::Mean => 10.0,
    }
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUNDING * (1.0 + a.abs())
}

fn are_opposite(a: Interval, b: Interval) -> bool {
    is_near(a.low, -b.high) && is_near(a.high, -b.low)
}

/// Promoters as detractors and the other way round.
fn turned(answers: &Histogram) -> Histogram {
    let split = Split::of(answers).unwrap();
    let mut turned = Histogram::recommendation();
    for (score, count) in [
        (0, split.promoters),
        (7, split.passives),
        (10, split.detractors),
    ] {
        turned.record(score, count).unwrap();
    }
    turned
}

fn merged(a: &Histogram, b: &Histogram) -> Histogram {
    let mut both = a.clone();
    both.merge(b).unwrap();
    both
}

fn opposite(a: Part, b: Part) -> bool {
    is_near(a.value, -b.value) && is_near(a.se, b.se) && are_opposite(a.ci, b.ci)
}

proptest! {
    #[test]
    fn looking_every_day_holds_the_difference_within_its_range_and_mirrors_with_the_groups(
        a in recommendations(), b in recommendations(), metric in metrics(), planned in 1_u64..5_000,
    ) {
        let there = anytime(metric, &a, &b, planned, Level::default()).unwrap();
        let back = anytime(metric, &b, &a, planned, Level::default()).unwrap();
        if let (Some(there), Some(back)) = (there.ci, back.ci) {
            prop_assert!(are_opposite(there, back));
            let reach = widest(metric) + ROUNDING;
            prop_assert!(-reach <= there.low && there.low <= there.high && there.high <= reach);
        }
        prop_assert_eq!(there.p.is_some(), back.p.is_some());
        prop_assert!(there.p.zip(back.p).is_none_or(|(p, q)| is_near(p, q) && (0.0..=1.0).contains(&p)));
    }

    #[test]
    fn swapping_what_was_treated_or_when_mirrors_the_effect_of_an_action(
        histograms in vec(recommendations(), 4), metric in metrics(),
    ) {
        let [before, after, other_before, other_after] = histograms.as_slice() else { unreachable!() };
        let here = BeforeAfter { before, after };
        let elsewhere = BeforeAfter { before: other_before, after: other_after };
        let turned = |pair: BeforeAfter<'_>| (pair.after.clone(), pair.before.clone());
        let (here_back, elsewhere_back) = (turned(here), turned(elsewhere));
        let effect = |group, elsewhere| {
            difference_in_differences(metric, group, elsewhere, Level::default()).unwrap().printed()
        };
        let found = effect(here, elsewhere);
        let swapped = effect(elsewhere, here);
        let backwards = effect(
            BeforeAfter { before: &here_back.0, after: &here_back.1 },
            BeforeAfter { before: &elsewhere_back.0, after: &elsewhere_back.1 },
        );
        for other in [swapped, backwards] {
            prop_assert_eq!(found.is_some(), other.is_some());
            let Some((found, other)) = found.zip(other) else { continue };
            prop_assert!(is_near(found.value, -other.value) && is_near(found.se, other.se));
            if let (Some(found), Some(other)) = (found.ci, other.ci) {
                prop_assert!(are_opposite(found, other));
            }
        }
    }

    #[test]
    fn the_parts_of_a_change_add_up_turn_with_time_and_follow_their_groups(
        pairs in vec((recommendations(), recommendations()), 1..5), metric in metrics(),
    ) {
        let forward: Vec<_> =
            pairs.iter().map(|(before, after)| BeforeAfter { before, after }).collect();
        let backward: Vec<_> =
            pairs.iter().rev().map(|(after, before)| BeforeAfter { before, after }).collect();
        let there = decomposition(metric, &forward, Level::default()).unwrap();
        let back = decomposition(metric, &backward, Level::default()).unwrap();
        let Some((there, back)) = there.zip(back) else { return Ok(()) };
        prop_assert!(is_near(there.mix.value + there.rate.value, there.change.value));
        prop_assert!(is_near(there.after - there.before, there.change.value));
        for (one, other) in [(there.change, back.change), (there.mix, back.mix), (there.rate, back.rate)] {
            prop_assert!(opposite(one, other), "{:?} {:?}", one, other);
        }
        for (one, other) in there.groups.iter().zip(back.groups.iter().rev()) {
            prop_assert!(opposite(one.mix, other.mix) && opposite(one.rate, other.rate));
        }
    }

    #[test]
    fn one_group_has_no_mix(before in recommendations(), after in recommendations(), metric in metrics()) {
        let alone = [BeforeAfter { before: &before, after: &after }];
        let Some(found) = decomposition(metric, &alone, Level::default()).unwrap() else { return Ok(()) };
        prop_assert!(is_near(found.mix.value, 0.0) && is_near(found.rate.value, found.change.value));
    }

    #[test]
    fn leaving_a_theme_out_gives_what_is_left_and_its_impact_lies_in_its_interval(
        with in recommendations(), without in recommendations(), metric in metrics(),
    ) {
        let all = merged(&with, &without);
        let found = impact(metric, &all, &with, Level::default()).unwrap();
        prop_assert_eq!(found.mentions, with.n());
        if let (Some(all), Some(rest), Some(moved)) = (found.all, found.without, found.impact) {
            prop_assert!(is_near(all - rest, moved));
        }
        if let Some((moved, interval)) = found.impact.zip(found.ci) {
            prop_assert!(interval.low <= moved + ROUNDING && moved <= interval.high + ROUNDING);
        }
    }

    #[test]
    fn promoters_as_detractors_turn_the_impact_of_a_theme_round(
        with in recommendations(), without in recommendations(),
    ) {
        let found = impact(Metric::Nps, &merged(&with, &without), &with, Level::default()).unwrap();
        let (with, without) = (turned(&with), turned(&without));
        let other = impact(Metric::Nps, &merged(&with, &without), &with, Level::default()).unwrap();
        prop_assert_eq!(found.ci.is_some(), other.ci.is_some());
        prop_assert!(found.ci.zip(other.ci).is_none_or(|(one, other)| are_opposite(one, other)));
    }

    #[test]
    fn the_course_of_a_goal_does_not_depend_on_the_calendar_or_the_order_of_periods(
        answers in vec(recommendations(), 3..8), metric in metrics(), start in -50_i32..50,
    ) {
        let periods = |start: f64| -> Vec<Period> {
            let times = (0..).map(|place| start + f64::from(place));
            times.zip(&answers).map(|(time, answers)| Period { time, answers: answers.clone() }).collect()
        };
        let goal = |time| Goal { target: widest(metric) / 4.0, aim: Aim::AtLeast, time };
        let last = 12.0;
        let found = goal_course(metric, &periods(0.0), &goal(last), Level::default());
        let shift = f64::from(start);
        let mut moved = periods(shift);
        moved.reverse();
        let other = goal_course(metric, &moved, &goal(shift + last), Level::default());
        prop_assert_eq!(found.is_ok(), other.is_ok());
        let (Ok(found), Ok(other)) = (found, other) else { return Ok(()) };
        prop_assert!(is_near(found.expected, other.expected) && is_near(found.slope, other.slope));
        prop_assert!(found.ci_expected.low <= found.ci_expected.high);
        prop_assert!(is_near(found.ci_now.low, other.ci_now.low));
    }
}
