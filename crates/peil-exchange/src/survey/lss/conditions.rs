//! Conditions of releases that had no relevance yet: a row for every comparison, in scenarios of
//! which one must hold.

use std::collections::BTreeMap;

use super::{
    content::Group,
    tables::{Tables, field},
};

/// Most conditions of one question that are read.
const MOST: usize = 500;

/// One comparison.
struct Test {
    name: String,
    method: String,
    value: String,
}

/// The conditions of every question by its number, in the language of relevance.
pub(super) fn by_question(tables: &mut Tables, groups: &[Group]) -> BTreeMap<String, String> {
    let kinds: BTreeMap<&str, &str> = groups
        .iter()
        .flat_map(|group| &group.questions)
        .map(|asking| (asking.id.as_str(), asking.kind.as_str()))
        .collect();
    let mut found: BTreeMap<String, BTreeMap<String, Vec<Test>>> = BTreeMap::new();
    for row in tables.take("conditions") {
        let column = field(&row, "cfieldname").trim();
        let method = field(&row, "method").trim();
        let value = field(&row, "value").trim();
        let is_box = matches!(kinds.get(field(&row, "cqid")), Some(&("M" | "P")));
        let (name, value) = match column.strip_prefix('+') {
            Some(column) => (column.to_owned(), value.to_owned()),
            // Of a choice of several the value says which box.
            None if is_box && !value.is_empty() => (format!("{column}{value}"), "Y".to_owned()),
            None => (column.trim_matches(['{', '}']).to_owned(), value.to_owned()),
        };
        let scenarios = found.entry(field(&row, "qid").to_owned()).or_default();
        let tests = scenarios
            .entry(field(&row, "scenario").to_owned())
            .or_default();
        if tests.len() < MOST {
            tests.push(Test {
                name,
                method: if method.is_empty() {
                    "==".to_owned()
                } else {
                    method.to_owned()
                },
                value,
            });
        }
    }
    found
        .into_iter()
        .map(|(question, scenarios)| (question, written(scenarios)))
        .collect()
}

/// Scenarios as one condition. Several values of one column are alternatives.
fn written(scenarios: BTreeMap<String, Vec<Test>>) -> String {
    let scenarios: Vec<String> = scenarios
        .into_values()
        .map(|tests| {
            let mut columns: BTreeMap<(String, bool), Vec<String>> = BTreeMap::new();
            for test in tests {
                let column = question_of(&test.name);
                let is_same = test.method == "==";
                columns
                    .entry((column, is_same))
                    .or_default()
                    .push(one(&test));
            }
            let parts: Vec<String> = columns
                .into_iter()
                .map(|((_, is_same), tests)| {
                    let glue = if is_same { " or " } else { " and " };
                    format!("({})", tests.join(glue))
                })
                .collect();
            format!("({})", parts.join(" and "))
        })
        .collect();
    scenarios.join(" or ")
}

/// The number of the question in the name of a column.
fn question_of(name: &str) -> String {
    let question = name.splitn(3, 'X').nth(2).unwrap_or(name);
    let end = question.find(|c: char| !c.is_ascii_digit());
    question
        .get(..end.unwrap_or(question.len()))
        .unwrap_or(question)
        .to_owned()
}

fn one(test: &Test) -> String {
    let Test {
        name,
        method,
        value,
    } = test;
    if value.is_empty() {
        let negation = if method == "!=" { "!" } else { "" };
        return format!("{negation}is_empty({name})");
    }
    if method == "RX" {
        return format!("regexMatch(\"{}\", {name})", value.replace('"', "\\\""));
    }
    let other = value
        .strip_prefix('@')
        .and_then(|value| value.strip_suffix('@'));
    match other {
        Some(other) => format!("{name} {method} {other}"),
        None => format!(
            "{name} {method} \"{}\"",
            value.replace('\\', "\\\\").replace('"', "\\\"")
        ),
    }
}
