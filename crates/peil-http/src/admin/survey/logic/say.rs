//! Says conditions as sentences.

use peil_domain::survey::{
    Check, Comparison, Expression, Formula, FormulaError, Joined, Rows, Test,
};

use super::subjects::{Known, Subjects, Values};
use crate::edge::text::Text;

/// The sentence called `frame` around a condition in words, such as "Show only when …".
pub(super) fn sentence(
    subjects: &Subjects,
    frame: &str,
    condition: &Expression,
    more: &[(&'static str, crate::edge::text::Arg)],
) -> String {
    let t = subjects.text();
    let mut args = vec![("condition", clause(subjects, condition).into())];
    args.extend(more.iter().cloned());
    t.a(frame, &args)
}

/// A condition as a clause: "the NPS is 6 or lower and ‘Segment’ of the customer is ‘business’".
pub(super) fn clause(subjects: &Subjects, condition: &Expression) -> String {
    let t = subjects.text();
    match Rows::of(condition) {
        Some(rows) => clause_of_rows(subjects, &rows),
        None => t.a(
            "logic-say-formula",
            &[("formula", condition.to_string().into())],
        ),
    }
}

fn clause_of_rows(subjects: &Subjects, rows: &Rows) -> String {
    let t = subjects.text();
    let word = |joined: Joined| match joined {
        Joined::All => t.s("logic-and"),
        Joined::Any => t.s("logic-or"),
    };
    let has_groups = rows.groups.iter().any(|group| group.len() > 1);
    // A comma keeps groups apart: "a, and b or c".
    let between = if has_groups { ", " } else { " " };
    let groups: Vec<String> = rows
        .groups
        .iter()
        .map(|group| {
            let tests: Vec<String> = group.iter().map(|test| say(subjects, test)).collect();
            tests.join(&format!(" {} ", word(rows.joined.other())))
        })
        .collect();
    groups.join(&format!("{between}{} ", word(rows.joined)))
}

fn say(subjects: &Subjects, test: &Test) -> String {
    let t = subjects.text();
    let known = subjects.find(&test.subject);
    let is_day = known.values == Values::Day;
    let list = |values: &[Expression]| {
        let words: Vec<String> = values
            .iter()
            .map(|value| value_words(t, &known, value))
            .collect();
        words.join(&format!(" {} ", t.s("logic-or")))
    };
    let (key, value) = match &test.check {
        Check::Compare(Comparison::Equal, Expression::Truth(true)) | Check::Holds => {
            ("logic-say-yes", String::new())
        }
        Check::Compare(Comparison::Equal, Expression::Truth(false)) => {
            ("logic-say-no", String::new())
        }
        Check::Fails => ("logic-say-not-yes", String::new()),
        Check::Compare(how, value) => (compare_key(*how, is_day), value_words(t, &known, value)),
        Check::Lacks(value) => ("logic-say-lacks", value_words(t, &known, value)),
        Check::Among(values) => ("logic-say-is", list(values)),
        Check::NotAmong(values) => ("logic-say-is-not", list(values)),
        Check::Answered => ("logic-say-known", String::new()),
        Check::Unanswered => ("logic-say-unknown", String::new()),
    };
    t.a(
        key,
        &[("subject", known.phrase.into()), ("value", value.into())],
    )
}

const fn compare_key(how: Comparison, is_day: bool) -> &'static str {
    match (how, is_day) {
        (Comparison::Equal, _) => "logic-say-is",
        (Comparison::NotEqual, _) => "logic-say-is-not",
        (Comparison::AtMost, false) => "logic-say-at-most",
        (Comparison::AtMost, true) => "logic-say-day-at-most",
        (Comparison::AtLeast, false) => "logic-say-at-least",
        (Comparison::AtLeast, true) => "logic-say-day-at-least",
        (Comparison::Less, false) => "logic-say-less",
        (Comparison::Less, true) => "logic-say-day-less",
        (Comparison::More, false) => "logic-say-more",
        (Comparison::More, true) => "logic-say-day-more",
        (Comparison::Contains, _) => "logic-say-contains",
    }
}

/// A value as people write it; options by their words.
fn value_words(t: Text, known: &Known, value: &Expression) -> String {
    match value {
        Expression::Number(number) => {
            let text = number.to_string();
            text.replace('.', &t.numbers().decimal.to_string())
        }
        Expression::Date(date) => t.date(*date),
        Expression::Truth(true) => t.s("logic-yes"),
        Expression::Truth(false) => t.s("logic-no"),
        Expression::Text(text) => {
            let words = match &known.values {
                Values::Pick(codes) | Values::PickMany(codes) => {
                    codes.iter().find(|(code, _)| code == text)
                }
                _ => None,
            };
            let words = words.map_or(text, |(_, words)| words);
            t.a("logic-quoted", &[("text", words.into())])
        }
        other => other.to_string(),
    }
}

/// What is wrong with the text of a formula, with the place and what stands there.
pub(super) fn fault(t: Text, text: &str, error: &FormulaError) -> String {
    let before = text.get(..error.at.start).unwrap_or(text);
    let there = text.get(error.at.clone()).unwrap_or_default();
    let what = t.s(fault_key(error));
    let place = before.chars().count() + 1;
    let args = [
        ("place", place.into()),
        ("there", there.into()),
        ("what", what.into()),
    ];
    if there.trim().is_empty() || there.chars().count() > 60 {
        t.a("logic-fault-at", &args)
    } else {
        t.a("logic-fault-at-words", &args)
    }
}

fn fault_key(error: &FormulaError) -> &'static str {
    match error.fault.code() {
        "nothing" => "logic-fault-nothing",
        "too_long" => "logic-fault-too-long",
        "too_deep" => "logic-fault-too-deep",
        "sign" => "logic-fault-sign",
        "open_text" => "logic-fault-open-text",
        "number" => "logic-fault-number",
        "date" => "logic-fault-date",
        "name" => "logic-fault-name",
        "function" => "logic-fault-function",
        "value_missing" => "logic-fault-value-missing",
        "bracket_missing" => "logic-fault-bracket-missing",
        _ => "logic-fault-surplus",
    }
}

/// Reads a formula; else what is wrong with it in words.
pub(super) fn read(t: Text, text: &str) -> Result<Formula, String> {
    text.parse::<Formula>()
        .map_err(|error| fault(t, text, &error))
}
