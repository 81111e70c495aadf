//! Every measure against numbers from other packages, family by family.
//!
//! The files in `tests/reference` say which package and which method each number comes from, and
//! how far an answer may be off: `|got - expected| <= abs + rel · |expected|`, with the tolerance
//! of the field, or else the star, or else the default. Fields that a case does not mention are free.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use std::fs;
use std::path::Path;

use peil_measure::cases::{compute, families};
use serde_json::Value;

#[test]
fn nps_agrees_with_the_r_packages_nps_and_propcis() {
    assert_family_agrees("nps");
}

#[test]
fn proportion_agrees_with_the_r_package_binom() {
    assert_family_agrees("proportion");
}

#[test]
fn csat_agrees_with_statsmodels() {
    assert_family_agrees("csat");
}

#[test]
fn mean_agrees_with_statsmodels() {
    assert_family_agrees("mean");
}

#[test]
fn nps_diff_agrees_with_the_r_packages_nps_propcis_and_coin() {
    assert_family_agrees("nps_diff");
}

#[test]
fn prop_diff_agrees_with_statsmodels_and_scipy() {
    assert_family_agrees("prop_diff");
}

#[test]
fn mean_diff_agrees_with_statsmodels() {
    assert_family_agrees("mean_diff");
}

#[test]
fn p_adjust_agrees_with_r() {
    assert_family_agrees("p_adjust");
}

#[test]
fn response_rate_agrees_with_the_r_package_outcomerate() {
    assert_family_agrees("response_rate");
}

#[test]
fn compare_groups_agrees_with_r_and_the_r_package_metafor() {
    assert_family_agrees("compare_groups");
}

#[test]
fn drivers_agree_with_the_r_packages_relaimpo_and_rwa() {
    assert_family_agrees("drivers");
}

#[test]
fn quadrant_follows_martilla_and_james() {
    assert_family_agrees("quadrant");
}

#[test]
fn reliability_agrees_with_the_r_packages_psych_and_lavaan() {
    assert_family_agrees("reliability");
}

#[test]
fn icc_agrees_with_the_r_packages_icc_and_lme4() {
    assert_family_agrees("icc");
}

#[test]
fn shrinkage_agrees_with_the_r_package_metafor() {
    assert_family_agrees("shrinkage");
}

#[test]
fn response_quality_agrees_with_the_r_package_careless() {
    assert_family_agrees("response_quality");
}

#[test]
fn cusum_agrees_with_the_r_package_qcc() {
    assert_family_agrees("cusum");
}

#[test]
fn ewma_agrees_with_the_r_package_qcc() {
    assert_family_agrees("ewma");
}

#[test]
fn arl_agrees_with_the_r_package_spc() {
    assert_family_agrees("arl");
}

#[test]
fn farrington_agrees_with_the_r_package_surveillance() {
    assert_family_agrees("farrington");
}

#[test]
fn rate_ratio_agrees_with_r() {
    assert_family_agrees("rate_ratio");
}

#[test]
fn trend_agrees_with_r_and_the_r_package_metafor() {
    assert_family_agrees("trend");
}

#[test]
fn mann_kendall_agrees_with_the_r_packages_trend_and_kendall() {
    assert_family_agrees("mann_kendall");
}

#[test]
fn fpc_agrees_with_the_r_package_survey() {
    assert_family_agrees("fpc");
}

#[test]
fn sample_size_agrees_with_r_practools_and_statsmodels() {
    assert_family_agrees("sample_size");
}

#[test]
fn gof_agrees_with_r() {
    assert_family_agrees("gof");
}

#[test]
fn kish_agrees_with_practools() {
    assert_family_agrees("kish");
}

#[test]
fn trim_weights_agrees_with_the_r_package_survey() {
    assert_family_agrees("trim_weights");
}

#[test]
fn rake_agrees_with_the_r_package_survey() {
    assert_family_agrees("rake");
}

#[test]
fn post_stratify_agrees_with_the_r_package_survey() {
    assert_family_agrees("post_stratify");
}

#[test]
fn weighted_nps_agrees_with_the_r_package_survey() {
    assert_family_agrees("weighted_nps");
}

#[test]
fn r_indicator_agrees_with_the_risq_code() {
    assert_family_agrees("r_indicator");
}

#[test]
fn every_family_has_reference_cases() {
    for family in families() {
        assert!(
            reference_file(family.name).exists(),
            "no reference file for {}",
            family.name
        );
    }
}

fn reference_file(family: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(format!("{family}.json"))
}

fn assert_family_agrees(family: &str) {
    let file: Value =
        serde_json::from_str(&fs::read_to_string(reference_file(family)).unwrap()).unwrap();
    let tolerances = file.get("tolerance").unwrap();
    let cases = file.get("cases").and_then(Value::as_array).unwrap();
    assert!(!cases.is_empty());
    let mut differences = Vec::new();
    for case in cases {
        let id = case.get("id").and_then(Value::as_str).unwrap();
        let got = compute(family, case.get("input").unwrap()).unwrap();
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
