//! `peil survey lint`: questions in, findings out.

use serde_json::{Value, json};

use crate::run::{Said, peil, run_with};

fn lint(arguments: &[&str], input: &str) -> Said {
    let mut all = vec!["survey", "lint"];
    all.extend(arguments);
    run_with(peil(&all).env("LC_ALL", "nl_NL.UTF-8"), input)
}

#[test]
fn every_line_gets_a_line_with_its_language_and_findings_in_bytes() {
    let text = "Hoe geweldig vond je onze website?\r\n\nWas your order complete?\n";
    let said = lint(&["--questions", "--json"], text);
    assert_eq!(said.code, Some(0), "{said:?}");
    let lines: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    let finding = &lines[0]["findings"][0];
    assert_eq!(
        (&lines[0]["line"], &lines[0]["language"], &finding["rule"]),
        (&json!(1), &json!("nl"), &json!("leading"))
    );
    assert_eq!(
        (&finding["start"], &finding["end"], &finding["words"]),
        (&json!(4), &json!(12), &json!("geweldig"))
    );
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["rewrite"], "Wat vond je van onze website?");
    assert!(finding["why"].as_str().unwrap().contains("stuurt"));
    assert_eq!(lines[1]["findings"], json!([]));
    assert_eq!(
        lines[2],
        json!({"line": 3, "language": "en", "findings": []})
    );
}

#[test]
fn a_questionnaire_is_reviewed_as_a_whole() {
    let survey = json!({
        "languages": ["en"],
        "title": {"en": "Survey"},
        "pages": [{"questions": [
            {"key": "nps", "kind": "nps", "text": {"en": "Do you like us?"}},
            {"key": "age", "kind": "choice", "text": {"en": "How old are you?"}, "options": [
                {"code": "a", "label": {"en": "18-25"}},
                {"code": "b", "label": {"en": "25-35"}},
            ]},
        ]}],
    });
    let said = lint(&["-", "--json"], &survey.to_string());
    assert_eq!(said.code, Some(0), "{said:?}");
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let rules: Vec<&str> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    for rule in ["nps_wording", "overlapping_ranges", "missing_why"] {
        assert!(rules.contains(&rule), "{rule} {rules:?}");
    }
    let denied = lint(&["-", "--deny", "error"], &survey.to_string());
    assert_eq!(denied.code, Some(1), "{denied:?}");
    assert!(denied.out.contains("age (en): error overlapping_ranges"));
}

#[test]
fn what_cannot_be_read_ends_with_1_and_wrong_usage_with_2() {
    assert_eq!(lint(&["-"], "{}").code, Some(1));
    assert_eq!(lint(&["/nowhere/survey.json"], "").code, Some(1));
    assert_eq!(lint(&["--lang", "xx"], "").code, Some(2));
    assert_eq!(lint(&["--questions"], "").code, Some(0));
}
