//! Comparing answers with the numbers in `tests/reference`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Where the cases of a family are.
pub(crate) fn reference_file(family: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(format!("{family}.json"))
}

/// Fails unless `compute` gives every expected number of the family.
pub(crate) fn assert_cases_agree(family: &str, compute: impl Fn(&Value) -> Value) {
    let file: Value =
        serde_json::from_str(&fs::read_to_string(reference_file(family)).unwrap()).unwrap();
    let tolerances = file.get("tolerance").unwrap();
    let cases = file.get("cases").and_then(Value::as_array).unwrap();
    assert!(!cases.is_empty());
    let mut differences = Vec::new();
    for case in cases {
        let id = case.get("id").and_then(Value::as_str).unwrap();
        let got = compute(case.get("input").unwrap());
        compare(
            case.get("expected").unwrap(),
            &got,
            tolerances,
            // A star stands for every field of a family in which all are looser.
            if tolerances.get("*").is_some() {
                "*"
            } else {
                "default"
            },
            id,
            &mut differences,
        );
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Adds a line per difference; `field` is the innermost one that has a tolerance of its own.
fn compare(
    expected: &Value,
    got: &Value,
    tolerances: &Value,
    field: &str,
    at: &str,
    differences: &mut Vec<String>,
) {
    let is_same = match (expected, got) {
        (Value::Number(expected), Value::Number(got)) => {
            let (expected, got) = (expected.as_f64().unwrap(), got.as_f64().unwrap());
            let tolerance = tolerances.get(field).unwrap();
            let part = |name| tolerance.get(name).and_then(Value::as_f64).unwrap();
            (got - expected).abs() <= part("abs") + part("rel") * expected.abs()
        }
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            for (place, (expected, got)) in expected.iter().zip(got).enumerate() {
                let at = format!("{at}[{place}]");
                compare(expected, got, tolerances, field, &at, differences);
            }
            true
        }
        (Value::Object(expected), Value::Object(got)) => {
            for (name, expected) in expected {
                let got = got
                    .get(name)
                    .unwrap_or_else(|| panic!("{at}: {name} is absent"));
                let field = if tolerances.get(name).is_some() {
                    name
                } else {
                    field
                };
                compare(
                    expected,
                    got,
                    tolerances,
                    field,
                    &format!("{at}.{name}"),
                    differences,
                );
            }
            true
        }
        _ => expected == got,
    };
    if !is_same {
        differences.push(format!("{at}: expected {expected}, got {got}"));
    }
}
