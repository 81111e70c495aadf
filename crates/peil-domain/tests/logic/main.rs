//! Formulas beside those of another program: the same cases are worked out here, by the script of
//! the questionnaire's page and by SurveyJS (see `tests-browser/logic.test.mjs`).

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

mod made;

use std::{collections::BTreeMap, fs, path::Path};

use peil_domain::survey::{Formula, Reference, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// One formula with answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Case {
    /// As Peil writes it.
    formula: String,
    /// As SurveyJS writes it; absent when it has no way to say it.
    surveyjs: Option<String>,
    /// What was answered.
    answers: BTreeMap<String, Json>,
    /// Why SurveyJS comes to something else.
    differs: Option<String>,
}

/// A case with what it comes to.
#[derive(Serialize)]
struct Worked {
    #[serde(flatten)]
    case: Case,
    tree: Json,
    holds: bool,
}

fn value_of(json: &Json) -> Value {
    match json {
        Json::Number(number) => {
            Value::Number(peil_domain::survey::Number::new(number.as_f64().unwrap()).unwrap())
        }
        Json::String(text) => Value::Text(text.clone()),
        Json::Bool(is_so) => Value::Truth(*is_so),
        Json::Array(items) => {
            let text = |item: &Json| item.as_str().unwrap().to_owned();
            Value::List(items.iter().map(text).collect())
        }
        Json::Object(day) => Value::Date(day["date"].as_str().unwrap().parse().unwrap()),
        Json::Null => Value::Empty,
    }
}

fn work(case: Case) -> Worked {
    let formula: Formula = case.formula.parse().unwrap();
    assert_eq!(formula.to_string(), case.formula, "written as it was read");
    let answers = |reference: &Reference| {
        case.answers
            .get(reference.name.as_str())
            .map_or(Value::Empty, value_of)
    };
    Worked {
        tree: formula.expression().to_json(),
        holds: formula.expression().holds(&answers),
        case,
    }
}

#[test]
fn the_cases_that_others_are_held_against_are_up_to_date() {
    let written: Vec<Case> = serde_json::from_str(include_str!("written.json")).unwrap();
    let cases: Vec<Worked> = written.into_iter().chain(made::cases()).map(work).collect();
    assert!(cases.len() >= 400, "{} cases", cases.len());
    let share = cases.iter().filter(|case| case.holds).count() * 100 / cases.len();
    assert!((25..=75).contains(&share), "{share} % of the cases hold");
    let lines: Vec<String> = cases
        .iter()
        .map(|case| serde_json::to_string(case).unwrap())
        .collect();
    let fresh = format!("[\n{}\n]\n", lines.join(",\n"));
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logic/cases.json");
    if fs::read_to_string(&kept).unwrap_or_default() != fresh {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases.json");
        fs::write(&place, fresh).unwrap();
        panic!(
            "{} differs; look at it and copy {}",
            kept.display(),
            place.display()
        );
    }
}
