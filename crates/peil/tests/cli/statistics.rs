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
    assert_eq!(stats("tevredenheid", "{}").code, Some(2));
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
}
