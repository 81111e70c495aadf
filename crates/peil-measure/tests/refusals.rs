//! What the JSON door refuses, and the names it gives.

use peil_measure::cases::{ComputeError, compute, families};
use serde_json::json;

#[test]
fn an_unknown_family_is_named() {
    let refused = compute("nsp", &json!({}));
    assert_eq!(
        refused,
        Err(ComputeError::UnknownFamily {
            name: "nsp".to_owned()
        })
    );
}

#[test]
fn wrong_input_names_its_field() {
    let table = [
        ("nps", json!([1, 2]), "the input is not a JSON object"),
        ("nps", json!({}), "counts is missing"),
        ("nps", json!({ "counts": 7 }), "counts is not a list"),
        (
            "nps",
            json!({ "counts": [1, 2, 3] }),
            "counts: scale 0 to 2 is not the recommendation scale 0 to 10",
        ),
        (
            "nps",
            json!({ "counts": [1.5, 0] }),
            "counts[0] is not a whole number from 0 up",
        ),
        (
            "csat",
            json!({ "counts": [1, null] , "top": 1 }),
            "counts[1] is not a whole number from 0 up",
        ),
        (
            "csat",
            json!({ "counts": [1, 2], "top": 3 }),
            "top: top 3 is not between 1 and the 2 scores of the scale",
        ),
        (
            "csat",
            json!({ "counts": [], "top": 1 }),
            "counts: a scale of 0 scores from 1 is not between 1 and 1024 scores long",
        ),
        (
            "csat",
            json!({ "counts": [1], "top": 1, "level": 95 }),
            "level: level 95 is not strictly between 0 and 1",
        ),
        (
            "csat",
            json!({ "counts": [1], "top": 1, "level": "high" }),
            "level is not a number",
        ),
        (
            "mean",
            json!({ "counts": [1], "scale_min": 0.5 }),
            "scale_min is not a whole number of at most nine digits",
        ),
        (
            "proportion",
            json!({ "successes": 4, "n": 3 }),
            "successes, n: 4 successes exceed the total of 3",
        ),
        (
            "prop_diff",
            json!({ "x1": 1, "n1": 2, "x2": 1 }),
            "n2 is missing",
        ),
        (
            "p_adjust",
            json!({ "p": [0.5, 1.5] }),
            "p: p 1.5 is not between 0 and 1",
        ),
        (
            "p_adjust",
            json!({ "p": [0.5, "x"] }),
            "p[1] is not a number",
        ),
    ];
    for (family, input, expected) in table {
        assert_eq!(compute(family, &input).unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_hundred_million_may_be_written_with_an_exponent() {
    let plain = compute("proportion", &json!({ "successes": 5, "n": 100_000_000 }));
    let exponent =
        serde_json::from_str(r#"{ "successes": 5.0, "n": 1e+08, "level": null }"#).unwrap();
    assert_eq!(plain, compute("proportion", &exponent));
}

#[test]
fn families_have_different_names_and_say_what_they_do() {
    let mut names: Vec<&str> = families().iter().map(|family| family.name).collect();
    assert!(
        families()
            .iter()
            .all(|family| !family.summary.is_empty() && !family.input.is_empty())
    );
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), families().len());
}

#[test]
fn wrong_designs_and_plans_name_their_field() {
    let table = [
        (
            "compare_groups",
            json!({ "metric": "median", "groups": [] }),
            "metric is not nps, share or mean",
        ),
        (
            "sample_size",
            json!({ "kind": "nps_moe", "moe": 0, "p_promoter": 0.4, "p_detractor": 0.1 }),
            "the goal: moe 0 is not a finite number above 0",
        ),
        (
            "sample_size",
            json!({ "kind": "nps_moe", "moe": 5, "p_promoter": 0.4, "p_detractor": 0.9 }),
            "p_promoter: p_promoter + p_detractor 1.3 is not between 0 and 1",
        ),
        (
            "weighted_nps",
            json!({ "scores": [9, 10], "weights": [1] }),
            "scores, weights, clusters, strata: weights has 1 items where 2 belong",
        ),
        (
            "kish",
            json!({ "weights": [1, -1] }),
            "weights: weights -1 is not a finite number from 0 up",
        ),
        (
            "rake",
            json!({ "variables": ["a"], "cells": [], "margins": {} }),
            "margins.a is not an object",
        ),
        (
            "r_indicator",
            json!({ "variables": ["a"], "cells": [{ "values": [true], "n": 1, "responded": 0 }] }),
            "values[0] is not a text or a whole number",
        ),
    ];
    for (family, input, expected) in table {
        assert_eq!(compute(family, &input).unwrap_err().to_string(), expected);
    }
}

#[test]
fn data_that_allow_no_statistic_are_answered_with_a_code() {
    let answer = compute("mann_kendall", &json!({ "x": [1, 2] })).unwrap();
    assert_eq!(answer.get("error"), Some(&json!("too_few_points")));
    let table = json!({
        "variables": ["a"], "margins": { "a": { "x": 1, "y": 1 } },
        "cells": [{ "values": ["x"], "n": 3 }, { "values": ["z"], "n": 2 }],
    });
    let answer = compute("rake", &table).unwrap();
    // Who is unknown is said before who is missing.
    assert_eq!(answer.get("error"), Some(&json!("unknown_category")));
}
