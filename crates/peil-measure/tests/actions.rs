//! The statistics about themes, changes, actions, goals and peeking against numbers from Python's
//! `SciPy` and statsmodels, reached there by another way: see `tests/reference/generate/actions.py`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod agreement;

use peil_measure::{
    Aim, BeforeAfter, DriverTable, Goal, Histogram, Level, Metric, Period, anytime, decomposition,
    difference_in_differences, driver_intervals, goal_course, impact,
};
use serde_json::{Value, to_value};

use agreement::assert_cases_agree;

#[test]
fn impact_agrees_with_the_delta_method_over_all_cells() {
    assert_cases_agree("impact", |input| {
        let (all, mentioning) = (histogram(input, "all"), histogram(input, "mentioning"));
        let outcome = impact(metric(input), &all, &mentioning, level(input)).unwrap();
        to_value(outcome).unwrap()
    });
}

#[test]
fn decomposition_agrees_with_oaxaca_and_blinder_in_statsmodels() {
    assert_cases_agree("decomposition", |input| {
        let groups = input["groups"].as_array().unwrap();
        let read = |group: &Value, name| counts(input, &group[name]);
        let groups: Vec<_> = groups
            .iter()
            .map(|group| (read(group, "before"), read(group, "after")))
            .collect();
        let groups: Vec<_> = groups
            .iter()
            .map(|(before, after)| BeforeAfter { before, after })
            .collect();
        let outcome = decomposition(metric(input), &groups, level(input)).unwrap();
        to_value(outcome).unwrap()
    });
}

#[test]
fn difference_in_differences_agrees_with_regression_in_statsmodels() {
    assert_cases_agree("difference_in_differences", |input| {
        let read = |name| histogram(input, name);
        let (before, after) = (read("before"), read("after"));
        let (other_before, other_after) = (read("before_elsewhere"), read("after_elsewhere"));
        let group = BeforeAfter {
            before: &before,
            after: &after,
        };
        let elsewhere = BeforeAfter {
            before: &other_before,
            after: &other_after,
        };
        let outcome =
            difference_in_differences(metric(input), group, elsewhere, level(input)).unwrap();
        to_value(outcome).unwrap()
    });
}

#[test]
fn goal_course_agrees_with_weighted_least_squares_in_statsmodels() {
    assert_cases_agree("goal_course", |input| {
        let times = input["times"].as_array().unwrap().iter();
        let periods: Vec<Period> = times
            .zip(input["periods"].as_array().unwrap())
            .map(|(time, period)| Period {
                time: time.as_f64().unwrap(),
                answers: counts(input, period),
            })
            .collect();
        let goal = Goal {
            target: input["target"].as_f64().unwrap(),
            aim: serde_json::from_value::<Aim>(input["aim"].clone()).unwrap(),
            time: input["time"].as_f64().unwrap(),
        };
        let outcome = goal_course(metric(input), &periods, &goal, level(input)).unwrap();
        to_value(outcome).unwrap()
    });
}

#[test]
fn anytime_agrees_with_a_mixture_martingale_integrated_numerically() {
    assert_cases_agree("anytime", |input| {
        let (a, b) = (histogram(input, "a"), histogram(input, "b"));
        let planned = input["planned"].as_u64().unwrap();
        let outcome = anytime(metric(input), &a, &b, planned, level(input)).unwrap();
        to_value(outcome).unwrap()
    });
}

#[test]
fn slow_driver_intervals_agree_with_resampling_of_single_rows_in_numpy() {
    assert_cases_agree("driver_intervals", |input| {
        let rows = input["scores"].as_array().unwrap();
        let mut table = DriverTable::new(rows.first().unwrap().as_array().unwrap().len());
        for (outcome, scores) in input["outcome"].as_array().unwrap().iter().zip(rows) {
            let scores: Vec<_> = scores
                .as_array()
                .unwrap()
                .iter()
                .map(Value::as_f64)
                .collect();
            table.push(outcome.as_f64(), &scores).unwrap();
        }
        let resamples = u32::try_from(input["resamples"].as_u64().unwrap()).unwrap();
        let outcome = driver_intervals(&table, resamples, 1, level(input)).unwrap();
        to_value(outcome).unwrap()
    });
}

fn metric(input: &Value) -> Metric {
    match input["metric"].as_str().unwrap() {
        "nps" => Metric::Nps,
        "share" => Metric::TopShare {
            top: usize::try_from(input["top"].as_u64().unwrap()).unwrap(),
        },
        "mean" => Metric::Mean,
        other => panic!("{other} is no metric"),
    }
}

fn level(input: &Value) -> Level {
    Level::new(input["level"].as_f64().unwrap()).unwrap()
}

fn histogram(input: &Value, field: &str) -> Histogram {
    counts(input, &input[field])
}

fn counts(input: &Value, list: &Value) -> Histogram {
    let scale_min = input["scale_min"].as_i64().unwrap_or(0);
    let counts = list.as_array().unwrap().iter();
    let counts = counts.map(|count| count.as_u64().unwrap()).collect();
    Histogram::from_counts(i32::try_from(scale_min).unwrap(), counts).unwrap()
}
