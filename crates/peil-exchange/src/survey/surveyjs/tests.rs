//! A small model with every type.

use peil_domain::survey::{Definition, problems};

use super::*;
use crate::survey::Report;

const EVERY: &str = r#"{
  "title": {"default": "Study", "nl": "Onderzoek"},
  "completedHtml": "<h3>Thanks</h3>",
  "completedHtmlOnCondition": [{"expression": "{score} <= 6", "html": "Sorry"}],
  "showProgressBar": "top",
  "calculatedValues": [{"name": "total", "expression": "{score} + {mark}"}],
  "pages": [
    {"name": "one", "elements": [
      {"type": "rating", "name": "score", "title": {"default": "How likely to recommend us?", "nl": "Hoe graag?"}, "rateMin": 0, "rateMax": 10},
      {"type": "rating", "name": "mark", "rateMax": 5, "minRateDescription": "Bad"},
      {"type": "radiogroup", "name": "Why", "choices": ["price", {"value": 2, "text": "Two", "visibleIf": "{score} > 3"}], "hasOther": true, "choicesOrder": "random"},
      {"type": "checkbox", "name": "more", "choices": [1, 2], "showNoneItem": true, "maxSelectedChoices": 2, "visibleIf": "{Why} = 'price'"},
      {"type": "dropdown", "name": "drop", "choices": ["a", "b"], "defaultValue": "a"},
      {"type": "text", "name": "line", "maxLength": 20, "validators": [{"type": "regex", "regex": "^[a-z]+$", "text": "Letters"}]},
      {"type": "text", "name": "age", "inputType": "number", "min": 0, "max": 120},
      {"type": "text", "name": "mail", "inputType": "email"},
      {"type": "text", "name": "day", "inputType": "date"},
      {"type": "comment", "name": "said"}]},
    {"name": "two", "visibleIf": "{more} contains 2", "elements": [
      {"type": "panel", "name": "p", "title": "Panel", "visibleIf": "{age} >= 18", "elements": [
        {"type": "boolean", "name": "yes", "isRequired": true},
        {"type": "ranking", "name": "rank", "choices": ["x", "y"]}]},
      {"type": "matrix", "name": "grid", "columns": ["bad", "good"], "rows": ["a", "b"]},
      {"type": "matrixdropdown", "name": "table", "columns": [{"name": "c", "cellType": "text"}], "rows": ["r"]},
      {"type": "matrixdynamic", "name": "many", "columns": [{"name": "c"}], "choices": [1, 2]},
      {"type": "paneldynamic", "name": "again", "templateElements": [{"type": "text", "name": "inner"}]},
      {"type": "multipletext", "name": "fields", "items": [{"name": "a"}, {"name": "b", "inputType": "number"}]},
      {"type": "html", "name": "html", "html": "<p>Hello {line}</p>"},
      {"type": "expression", "name": "sum", "expression": "{age} * 2"},
      {"type": "image", "name": "pic", "imageLink": "x.png"},
      {"type": "imagepicker", "name": "pick", "choices": ["a", "b"]},
      {"type": "file", "name": "file"},
      {"type": "signaturepad", "name": "sign"},
      {"type": "tagbox", "name": "tags", "choices": ["a", "b"]},
      {"type": "slider", "name": "slide"},
      {"type": "hologram", "name": "odd", "visibleIf": "{grid.a} = 'good' and diff({age}) > 1"}]}]
}"#;

fn imported(text: &str) -> (Definition, Report) {
    let imported = read(text.as_bytes(), Language::Nl).unwrap();
    (imported.definition, imported.report)
}

#[test]
fn every_question_type_is_kept() {
    let (definition, report) = imported(EVERY);
    assert_eq!(
        (report.questions_in, report.questions_kept),
        (26, 26),
        "{:#?}",
        report.items
    );
    assert_eq!(problems(&definition), vec![]);
    assert_eq!(definition.languages, [Language::En, Language::Nl]);
    let made: Vec<String> = definition
        .questions()
        .map(|question| format!("{} {}", question.key, question.kind.code()))
        .collect();
    let expected = "score nps, mark rating, why choice, more choice, drop choice, line text, age number, mail contact, day date, \
        said text, panel_text statement, yes yes_no, rank ranking, grid matrix, table statement, table_r_c text, many statement, \
        many_c choice, again statement, inner text, fields statement, fields_a text, fields_b number, html statement, \
        sum statement, pic statement, pick choice, file text, sign text, tags choice, slide slider, odd text";
    assert_eq!(made.join(", "), expected);
}

#[test]
fn conditions_texts_and_rules_are_carried_over() {
    let (definition, report) = imported(EVERY);
    let question = |key: &str| definition.question(&key.parse().unwrap()).unwrap();
    let when = |key: &str| {
        question(key)
            .show_if
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    assert_eq!(when("more"), "answer.why = \"price\"");
    assert_eq!(when("rank"), "answer.age >= 18");
    assert_eq!(when("odd"), "");
    assert!(
        report
            .items
            .iter()
            .any(|item| item.reason == Reason::Condition && item.path.contains("odd"))
    );
    assert!(
        report
            .items
            .iter()
            .any(|item| item.reason == Reason::Default)
    );
    assert_eq!(
        definition.pages[1].show_if.as_ref().unwrap().to_string(),
        "answer.more contains \"o2\""
    );
    assert_eq!(
        question("html").text.get(Language::En),
        "Hello {{answer.line}}"
    );
    assert_eq!(question("line").rules.longest, Some(20));
    assert!(question("line").rules.pattern.is_some());
    let formulas: Vec<String> = definition
        .calculations
        .iter()
        .map(|one| format!("{} = {}", one.key, one.formula))
        .collect();
    assert_eq!(
        formulas,
        [
            "sum_2 = answer.age * 2",
            "total = answer.score + answer.mark"
        ]
    );
    assert_eq!(definition.endings.len(), 1);
    assert!(definition.shows_progress);
}

#[test]
fn broken_models_are_refused_with_their_place() {
    let wrong = |text: &str| read(text.as_bytes(), Language::Nl).unwrap_err().to_string();
    assert!(wrong("{\n \"pages\": [,]}").ends_with("at line 2, column 12"));
    assert_eq!(wrong("{}"), "no pages or elements");
    let deep = format!("{{\"pages\":{}", "[".repeat(200_000));
    assert!(wrong(&deep).contains("recursion limit exceeded at line 1"));
    let many = format!("{{\"pages\":[{}0]}}", "0,".repeat(1_100_000));
    assert!(wrong(&many).starts_with("more than 300000 values at line 1"));
}
