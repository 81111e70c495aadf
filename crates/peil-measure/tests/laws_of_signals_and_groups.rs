//! What must hold for drivers, scales, groups and signals, tried on many random inputs.

use peil_measure::{
    Baseline, CusumSides, DriverTable, FarringtonSettings, HeterogeneityMethod, ItemTable, Level,
    NotMeasurable, Rate, cusum, cusum_run_length, drivers, ewma, ewma_run_length, farrington, icc,
    quadrants, rate_ratio, reliability, response_quality, shrinkage,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

const ROUNDING: f64 = 1e-9;

fn score() -> impl Strategy<Value = f64> {
    (1_u32..=10).prop_map(f64::from)
}

/// Answers with now and then one missing.
fn answer() -> impl Strategy<Value = Option<f64>> {
    weighted(0.95, score())
}

fn answers(columns: usize) -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    vec(vec(answer(), columns), 0..40)
}

fn level() -> Level {
    Level::default()
}

proptest! {
    #[test]
    fn both_divisions_add_up_to_what_is_explained(rows in answers(5)) {
        let mut table = DriverTable::new(4);
        for row in &rows {
            let (outcome, scores) = row.split_first().unwrap();
            table.push(*outcome, scores).unwrap();
        }
        if let Ok(outcome) = drivers(&table) {
            prop_assert!((0.0..=1.0).contains(&outcome.r2));
            for parts in [outcome.lmg.unwrap(), outcome.relative_weight] {
                prop_assert!((parts.iter().sum::<f64>() - outcome.r2).abs() < ROUNDING);
                prop_assert!(parts.iter().all(|part| *part >= -ROUNDING));
            }
        }
    }

    #[test]
    fn every_driver_has_one_quadrant(
        axes in vec((0.0_f64..1.0, 0.0_f64..10.0), 0..20),
    ) {
        let (importance, performance): (Vec<f64>, Vec<f64>) = axes.iter().copied().unzip();
        let outcome = quadrants(&importance, &performance, None, None).unwrap();
        prop_assert_eq!(outcome.quadrants.len(), axes.len());
        prop_assert_eq!(outcome.importance_cut.is_some(), !axes.is_empty());
    }

    #[test]
    fn alpha_lies_in_its_interval_and_omega_between_zero_and_one(rows in answers(4)) {
        let mut table = ItemTable::new(4);
        for row in &rows {
            table.push(row).unwrap();
        }
        if let Ok(scale) = reliability(&table, level()) {
            prop_assert!(scale.alpha <= 1.0 + ROUNDING);
            prop_assert!(scale.alpha_ci.low <= scale.alpha + ROUNDING);
            prop_assert!(scale.alpha_ci.high >= scale.alpha - ROUNDING);
            prop_assert!(scale.omega.is_none_or(|omega| (0.0..=1.0).contains(&omega)));
        }
    }

    #[test]
    fn guesses_lie_between_a_groups_mean_and_the_grand_mean(
        groups in vec(vec(score(), 0..6), 0..12), shift in -1e6_f64..1e6,
    ) {
        let filled: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
        match icc(&groups) {
            Err(error) => {
                let reasons = [NotMeasurable::NotIdentified, NotMeasurable::ZeroVariance];
                prop_assert!(reasons.map(Into::into).contains(&error));
            }
            Ok(outcome) => {
                prop_assert!(outcome.var_between >= 0.0 && outcome.var_within > 0.0);
                prop_assert_eq!(outcome.blups.len(), filled.len());
                for (guess, group) in outcome.blups.iter().zip(&filled) {
                    let mean = group.iter().sum::<f64>() / f64::from(u32::try_from(group.len()).unwrap());
                    let (low, high) = (mean.min(outcome.grand_mean), mean.max(outcome.grand_mean));
                    prop_assert!(low - ROUNDING <= *guess && *guess <= high + ROUNDING);
                }
                let shifted: Vec<Vec<f64>> = groups
                    .iter()
                    .map(|group| group.iter().map(|value| value + shift).collect())
                    .collect();
                let moved = icc(&shifted).unwrap();
                prop_assert!((moved.icc_anova - outcome.icc_anova).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn shrinking_moves_towards_the_mean_and_never_past_it(
        groups in vec((-100.0_f64..100.0, 0.1_f64..500.0), 2..15), is_reml: bool,
    ) {
        let method = if is_reml { HeterogeneityMethod::Reml } else { HeterogeneityMethod::DerSimonianLaird };
        let (estimates, variances): (Vec<f64>, Vec<f64>) = groups.into_iter().unzip();
        let outcome = shrinkage(&estimates, &variances, method).unwrap();
        prop_assert!(outcome.tau2 >= 0.0 && (0.0..1.0).contains(&outcome.i2));
        for (pulled, own) in outcome.estimates.iter().zip(&estimates) {
            let (low, high) = (own.min(outcome.mu), own.max(outcome.mu));
            prop_assert!(low - ROUNDING <= *pulled && *pulled <= high + ROUNDING);
        }
    }

    #[test]
    fn charts_turned_upside_down_alarm_on_the_other_side(points in vec(-6.0_f64..6.0, 0..60)) {
        let mirrored: Vec<f64> = points.iter().map(|point| -point).collect();
        let quiet = Baseline::new(0.0, 1.0).unwrap();
        let (chart, other) = (
            cusum(&points, quiet, 0.5, 4.0).unwrap(),
            cusum(&mirrored, quiet, 0.5, 4.0).unwrap(),
        );
        prop_assert_eq!(chart.alarms_up, other.alarms_down);
        prop_assert!(chart.pos.iter().all(|sum| *sum >= 0.0) && chart.neg.iter().all(|sum| *sum <= 0.0));
        let (chart, other) = (
            ewma(&points, quiet, 0.2, 2.0, None).unwrap(),
            ewma(&mirrored, quiet, 0.2, 2.0, None).unwrap(),
        );
        prop_assert_eq!(chart.alarms, other.alarms);
    }

    #[test]
    fn a_week_alarms_exactly_when_it_is_above_its_limit(counts in vec(0_u64..30, 112..130)) {
        let settings = FarringtonSettings::new(26, 4, 2, 0.05).unwrap();
        let evaluate: Vec<usize> = (106..counts.len()).collect();
        let outcome = farrington(&counts, settings, &evaluate).unwrap();
        for ((place, upper), alarm) in evaluate.iter().zip(outcome.upper).zip(outcome.alarm) {
            let count = f64::from(u32::try_from(*counts.get(*place).unwrap()).unwrap());
            prop_assert_eq!(alarm, upper.unwrap() > 0.0 && count > upper.unwrap());
        }
    }

    #[test]
    fn a_ratio_of_rates_lies_in_its_interval(
        count in 0_u64..5000, exposure in 0.1_f64..100.0,
        baseline in 0_u64..5000, baseline_exposure in 0.1_f64..100.0,
    ) {
        let current = Rate::new(count, exposure).unwrap();
        let before = Rate::new(baseline, baseline_exposure).unwrap();
        let outcome = rate_ratio(current, before, level());
        for p in [outcome.p_greater, outcome.p_two_sided] {
            prop_assert!((0.0..=1.0).contains(&p));
        }
        prop_assert_eq!(outcome.ci.is_some(), count + baseline > 0);
        if let (Some(ratio), Some(ci)) = (outcome.ratio, outcome.ci) {
            prop_assert!(ci.low <= ratio * (1.0 + ROUNDING));
            prop_assert!(ci.high.unwrap() >= ratio * (1.0 - ROUNDING));
        }
    }

    #[test]
    fn straight_lines_are_runs_over_the_whole_row(
        rows in vec(vec(answer(), 6), 0..20), seconds in 1.0_f64..100.0,
    ) {
        let times = vec![Some(seconds); rows.len()];
        let quality = response_quality(&rows, &times, 2.0).unwrap();
        for ((row, run), is_straight) in rows.iter().zip(quality.longstring).zip(quality.straightliner) {
            let is_complete = row.iter().all(Option::is_some);
            prop_assert!(run <= 6);
            prop_assert!(!is_complete || is_straight == (run == 6));
        }
        prop_assert!(quality.speeder.iter().all(|is_fast| !is_fast));
    }
}

proptest! {
    // Each case solves six integral equations.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn nobody_alarms_before_the_first_point_and_shifts_alarm_sooner(
        k in 0.0_f64..1.5, h in 0.5_f64..6.0, shift in 0.1_f64..3.0, lambda in 0.05_f64..1.0,
    ) {
        let cusum = |mu| cusum_run_length(k, h, mu, CusumSides::One).unwrap().unwrap();
        prop_assert!(cusum(shift) >= 1.0 && cusum(shift) < cusum(0.0));
        let ewma = |mu| ewma_run_length(lambda, 2.7, mu).unwrap().unwrap();
        prop_assert!(ewma(shift) >= 1.0 && ewma(shift) < ewma(0.0));
        prop_assert!((ewma(shift) / ewma(-shift) - 1.0).abs() < ROUNDING);
    }
}
