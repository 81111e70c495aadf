//! The statistics about themes, changes, actions, goals and peeking against numbers from Python's
//! `SciPy` and statsmodels, reached there by another way: see `tests/reference/generate/actions.py`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod agreement;

use peil_measure::cases::{compute, compute_noting, families, own_families};
use serde_json::{Value, json};

use agreement::{assert_cases_agree, reference_file};

#[test]
fn impact_agrees_with_the_delta_method_over_all_cells() {
    assert_family_agrees("impact");
}

#[test]
fn decomposition_agrees_with_oaxaca_and_blinder_in_statsmodels() {
    assert_family_agrees("decomposition");
}

#[test]
fn difference_in_differences_agrees_with_regression_in_statsmodels() {
    assert_family_agrees("difference_in_differences");
}

#[test]
fn goal_course_agrees_with_weighted_least_squares_in_statsmodels() {
    assert_family_agrees("goal_course");
}

#[test]
fn anytime_agrees_with_a_mixture_martingale_integrated_numerically() {
    assert_family_agrees("anytime");
}

#[test]
fn slow_driver_intervals_agree_with_resampling_of_single_rows_in_numpy() {
    assert_cases_agree("driver_intervals", |input| {
        let scores = input["scores"].as_array().unwrap();
        let drivers = scores.first().and_then(Value::as_array).unwrap().len();
        let names = vec!["a driver"; drivers];
        let table = json!({
            "names": names, "y": input["outcome"], "x": scores,
            "resamples": input["resamples"], "seed": 1, "level": input["level"],
        });
        compute("driver_intervals", &table).unwrap()
    });
}

#[test]
fn the_same_seed_gives_the_same_intervals_and_another_seed_others() {
    let y: Vec<u32> = (0..60).map(|row| row * 7 % 11).collect();
    let x: Vec<Vec<u32>> = (0..60).map(|row| vec![row * 7 % 11 / 2, row % 5]).collect();
    let with_seed = |seed| {
        let table = json!({ "names": ["a", "b"], "y": y, "x": x, "resamples": 50, "seed": seed });
        compute("driver_intervals", &table).unwrap()
    };
    assert_eq!(with_seed(3), with_seed(3));
    assert_ne!(with_seed(3), with_seed(4));
}

#[test]
fn a_period_without_answers_has_no_decomposition() {
    let nobody =
        json!({ "metric": "share", "top": 1, "groups": [{ "before": [0, 0], "after": [3, 4] }] });
    let answer = compute("decomposition", &nobody).unwrap();
    assert_eq!(answer["error"], "empty_period");
}

#[test]
fn what_is_wrong_with_the_input_of_an_own_family_is_named() {
    let table = [
        (
            "anytime",
            json!({ "metric": "nps", "a": [1] }),
            "b is missing",
        ),
        (
            "goal_course",
            json!({ "metric": "share", "top": 1, "times": [1], "periods": [[1, 2], [1, 2]] }),
            "times is not as long as periods",
        ),
        (
            "impact",
            json!({ "metric": "mean", "scale_min": 1, "all": [1, 2], "mentioning": [2, 2] }),
            "all, mentioning, top: score 1 is given 2 times in a part of a whole with 1",
        ),
    ];
    for (family, input, expected) in table {
        assert_eq!(compute(family, &input).unwrap_err().to_string(), expected);
    }
}

#[test]
fn every_own_family_has_reference_cases_and_a_name_of_its_own() {
    for family in own_families() {
        assert!(reference_file(family.name).exists(), "{}", family.name);
        assert!(families().iter().all(|other| other.name != family.name));
    }
}

#[test]
fn fields_that_nothing_depends_on_are_told() {
    let input = json!({ "metric": "mean", "a": [1, 2], "groups": [[1, 2], [2, 2]], "scale_min": 1, "top": 1 });
    let computed = compute_noting("compare_groups", &input).unwrap();
    assert_eq!(computed.unread, ["a", "top"]);
    assert_eq!(computed.answer, compute("compare_groups", &input).unwrap());
}

fn assert_family_agrees(family: &str) {
    assert_cases_agree(family, |input| compute(family, input).unwrap());
}
