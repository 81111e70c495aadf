//! `peil stats`: JSON in, JSON out.

use serde_json::Value;

use crate::run::{peil, run, run_with};

fn stats(family: &str, input: &str) -> crate::run::Said {
    run_with(&mut peil(&["stats", family]), input)
}

#[test]
fn a_statistic_is_computed_from_json() {
    let said = stats("nps", r#"{"counts": [0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 5]}"#);
    assert_eq!(said.code, Some(0), "{said:?}");
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(answer["nps"], 30.0);
}

#[test]
fn input_that_cannot_be_used_names_its_field_and_an_unknown_family_is_wrong_usage() {
    let said = stats("nps", r#"{"counts": "veel"}"#);
    assert_eq!(said.code, Some(1));
    assert!(
        said.errors.contains("counts") && said.out.is_empty(),
        "{said:?}"
    );
    assert_eq!(stats("nps", "{").code, Some(1));
    let unknown = stats("tevredenheid", "{}");
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.errors.contains("farrington"), "{unknown:?}");
}

#[test]
fn a_misspelt_field_is_told_beside_the_answer() {
    let said = stats("kish", r#"{"weights": [1, 2], "level": 0.9}"#);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("n_eff"), "{said:?}");
    assert!(said.errors.contains("kish does not use level"), "{said:?}");
}

#[test]
fn statistics_of_peil_itself_are_computed_and_explained_too() {
    let input = r#"{"metric": "share", "top": 1, "all": [20, 80], "mentioning": [10, 10]}"#;
    let said = stats("impact", input);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(answer["mentions"], 20);
    let said = run(&["stats", "goal_course", "--explain"]);
    assert!(said.out.contains("goal_course: "), "{said:?}");
}

#[test]
fn data_that_allow_no_statistic_are_an_answer() {
    let said = stats("mann_kendall", r#"{"x": [1]}"#);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (said.code, &answer["error"]),
        (Some(0), &"too_few_points".into())
    );
}

#[test]
fn the_method_of_a_statistic_is_explained() {
    let said = run(&["stats", "sample_size", "--explain"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("Question answered\n---") && !said.out.contains("**"));
    let said = run(&["stats", "nps", "--explain", "--json"]);
    let page: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(page["page"], "docs/methods/nps.md");
}

#[test]
fn the_list_has_one_line_per_statistic() {
    let said = run(&["stats", "--list"]);
    let (shared, own) = said.out.split_once("\n\n").unwrap();
    assert_eq!(shared.lines().count(), 32);
    assert!(shared.lines().all(|line| line.contains("  ")));
    assert!(own.lines().any(|line| line.starts_with("goal_course  ")));
}

#[test]
fn every_family_is_listed_with_its_input() {
    let said = run(&["stats", "--list", "--json"]);
    let families: Vec<Value> = serde_json::from_str(&said.out).unwrap();
    assert!(
        families
            .iter()
            .any(|family| family["name"] == "nps" && family["input"].is_string())
    );
    let own = |family: &&Value| family["own"] == true;
    assert!(
        families
            .iter()
            .filter(own)
            .any(|family| family["name"] == "impact")
    );
}
