//! What is read and what is refused.

use super::*;
use crate::{
    shared::{Language, Localized},
    survey::{Choice, Definition, Page, Question, QuestionKind},
};

fn definition() -> Definition {
    let question = |key: &str, is_required, kind| Question {
        is_required,
        ..Question::new(
            key.parse().unwrap(),
            Localized::one(Language::Nl, "?"),
            kind,
        )
    };
    let option =
        |code: &str| Choice::new(code.parse().unwrap(), Localized::one(Language::Nl, code));
    let list = |is_multiple| QuestionKind::Choice {
        options: vec![option("prijs"), option("service")],
        is_multiple,
        has_other: true,
        is_random: false,
    };
    Definition {
        languages: vec![Language::Nl],
        title: Localized::one(Language::Nl, "T"),
        pages: vec![Page {
            questions: vec![
                question("nps", true, QuestionKind::Nps),
                question("een", false, list(false)),
                question("meer", false, list(true)),
                question("waarom", false, QuestionKind::Text { is_long: true }),
            ],
            ..Page::default()
        }],
        ..Definition::default()
    }
}

fn read(fields: &[(&str, &str)]) -> Result<Vec<Answer>, Vec<(QuestionKey, AnswerProblem)>> {
    let mut raw = RawAnswers::new();
    for (name, value) in fields {
        raw.entry((*name).to_owned())
            .or_default()
            .push((*value).to_owned());
    }
    read_answers(definition().questions(), &raw)
}

fn problem(fields: &[(&str, &str)]) -> AnswerProblem {
    read(fields).unwrap_err().remove(0).1
}

#[test]
fn blank_fields_are_not_answered() {
    let answers = read(&[("nps", " 9 "), ("waarom", "  "), ("een", "")]).unwrap();
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].value, AnswerValue::Score(9));
}

#[test]
fn wrong_fields_are_refused_with_their_reason() {
    assert_eq!(problem(&[]), AnswerProblem::Missing);
    assert_eq!(
        problem(&[("nps", "11")]),
        AnswerProblem::NotOnScale { min: 0, max: 10 }
    );
    assert_eq!(
        problem(&[("nps", "7.5")]),
        AnswerProblem::NotOnScale { min: 0, max: 10 }
    );
    assert_eq!(
        problem(&[("nps", "7"), ("nps", "8")]),
        AnswerProblem::TooMany
    );
    assert_eq!(
        problem(&[("nps", "7"), ("een", "niets")]),
        AnswerProblem::UnknownOption
    );
    let long = "x".repeat(LONGEST_TEXT + 1);
    assert_eq!(
        problem(&[("nps", "7"), ("waarom", &long)]),
        AnswerProblem::TooLong { most: LONGEST_TEXT }
    );
}

#[test]
fn words_behind_other_choose_it_even_without_script() {
    let answers = read(&[("nps", "7"), ("meer", "prijs"), ("meer__other", "sfeer")]).unwrap();
    let codes = vec!["prijs".parse().unwrap(), "other".parse().unwrap()];
    let other = Some("sfeer".to_owned());
    assert_eq!(answers[1].value, AnswerValue::Choices { codes, other });
    let answers = read(&[("nps", "7"), ("een", "prijs"), ("een__other", "sfeer")]).unwrap();
    let codes = vec!["prijs".parse().unwrap()];
    assert_eq!(
        answers[1].value,
        AnswerValue::Choices { codes, other: None }
    );
}

#[test]
fn control_characters_are_dropped_and_line_ends_kept() {
    let answers = read(&[("nps", "7"), ("waarom", "een\r\ntwee\u{0}\u{1b}[31m")]).unwrap();
    assert_eq!(answers[1].value, AnswerValue::Text("een\ntwee[31m".into()));
}

fn read_kind(
    kind: &str,
    fields: &[(&str, &str)],
) -> Result<Vec<Answer>, Vec<(QuestionKey, AnswerProblem)>> {
    let json = format!(r#"{{"key":"q","text":{{"nl":"?"}},{kind}}}"#);
    let question: Question = serde_json::from_str(&json).unwrap();
    let mut raw = RawAnswers::new();
    for (name, value) in fields {
        let values = raw.entry((*name).to_owned()).or_default();
        values.push((*value).to_owned());
    }
    read_answers([&question], &raw)
}

fn refusals(kind: &str, fields: &[(&str, &str)]) -> Vec<AnswerProblem> {
    let refused = read_kind(kind, fields).unwrap_err();
    refused.into_iter().map(|(_, problem)| problem).collect()
}

const MATRIX: &str = r#""kind":"matrix","is_required":true,"allows_not_applicable":true,
    "labels":[{"nl":"nee"},{"nl":"beetje"},{"nl":"ja"}],
    "rows":[{"key":"a","text":{"nl":"A"}},{"key":"b","text":{"nl":"B"}}]"#;

#[test]
fn every_row_of_a_matrix_is_an_answer_of_its_own() {
    let answers = read_kind(MATRIX, &[("a", "3"), ("b", NOT_APPLICABLE)]).unwrap();
    assert_eq!(answers[0].key.as_str(), "a");
    assert_eq!(answers[0].value, AnswerValue::Score(3));
    assert_eq!(answers[1].value, AnswerValue::NotApplicable);
    let refused = read_kind(MATRIX, &[("a", "4")]).unwrap_err();
    let on_scale = AnswerProblem::NotOnScale { min: 1, max: 3 };
    assert_eq!(refused[0], ("a".parse().unwrap(), on_scale));
    assert_eq!(refused[1], ("b".parse().unwrap(), AnswerProblem::Missing));
}

#[test]
fn a_ranking_has_every_place_once_or_none() {
    let ranking = r#""kind":"ranking","rows":[{"key":"a","text":{}},{"key":"b","text":{}}]"#;
    assert_eq!(read_kind(ranking, &[]).unwrap(), vec![]);
    let answers = read_kind(ranking, &[("a", "2"), ("b", "1")]).unwrap();
    assert_eq!(answers[0].value, AnswerValue::Score(2));
    assert_eq!(refusals(ranking, &[("a", "1")]), [AnswerProblem::Missing]);
    let twice = refusals(ranking, &[("a", "1"), ("b", "1")]);
    let both = AnswerProblem::PlaceTwice { place: 1 };
    assert_eq!(twice, [both.clone(), both]);
}

#[test]
fn numbers_keep_their_decimals() {
    let number = r#""kind":"number","min":-5,"max":100,"decimals":2"#;
    for (text, kept) in [("12,5", 1250), ("-5", -500), ("-0.05", -5), ("99.99", 9999)] {
        let answers = read_kind(number, &[("q", text)]).unwrap();
        assert_eq!(answers[0].value, AnswerValue::Score(kept), "{text}");
    }
    for text in ["100,01", "-6", "99999999999999999999"] {
        let range = AnswerProblem::NotBetween { min: -5, max: 100 };
        assert_eq!(refusals(number, &[("q", text)]), [range], "{text}");
    }
    for text in ["1.234,5", "twee", "1,234", "-", ",5", "1e3"] {
        let refused = AnswerProblem::NotANumber { decimals: 2 };
        assert_eq!(refusals(number, &[("q", text)]), [refused], "{text}");
    }
}

#[test]
fn days_are_read_as_browsers_and_people_write_them() {
    let day = r#""kind":"date","earliest":"2026-01-01""#;
    for text in ["2026-01-02", "2-1-2026", "02/01/2026"] {
        let answers = read_kind(day, &[("q", text)]).unwrap();
        assert_eq!(answers[0].value, AnswerValue::Score(20_455), "{text}");
    }
    assert_eq!(
        refusals(day, &[("q", "31-2-2026")]),
        [AnswerProblem::NotADay]
    );
    assert!(matches!(
        refusals(day, &[("q", "2025-12-31")]).as_slice(),
        [AnswerProblem::DayNotBetween { .. }]
    ));
}

#[test]
fn permission_that_is_required_must_be_given() {
    let consent = r#""kind":"consent""#;
    assert_eq!(read_kind(consent, &[]).unwrap(), vec![]);
    for (fields, score) in [(vec![("q", "0")], 0), (vec![("q", "0"), ("q", "1")], 1)] {
        let answers = read_kind(consent, &fields).unwrap();
        assert_eq!(answers[0].value, AnswerValue::Score(score));
    }
    let required = r#""kind":"consent","is_required":true"#;
    assert_eq!(refusals(required, &[("q", "0")]), [AnswerProblem::Missing]);
}

#[test]
fn details_are_one_answer_and_a_mail_address_must_be_one() {
    let contact = r#""kind":"contact","fields":["name","email"]"#;
    let answers = read_kind(contact, &[("q__name", "Jo"), ("q__email", " ")]).unwrap();
    let details = BTreeMap::from([(ContactField::Name, "Jo".to_owned())]);
    assert_eq!(answers[0].value, AnswerValue::Details(details));
    let refused = refusals(contact, &[("q__email", "jo")]);
    assert_eq!(refused, [AnswerProblem::NotAnAddress]);
}

#[test]
fn a_handle_stands_on_a_step() {
    let slider = r#""kind":"slider","min":0,"max":100,"step":5"#;
    let answers = read_kind(slider, &[("q", "43")]).unwrap();
    assert_eq!(answers[0].value, AnswerValue::Score(40));
}

#[test]
fn texts_and_choices_keep_to_their_rules() {
    let code = r#""kind":"text","rules":{"shortest":3,"longest":6,
        "pattern":{"expression":"[0-9]{4}[A-Z]{2}|geen","message":{"nl":"1234AB"}}}"#;
    assert!(read_kind(code, &[("q", "1234AB")]).is_ok());
    assert_eq!(
        refusals(code, &[("q", "x1234")]),
        [AnswerProblem::NotInPattern]
    );
    assert_eq!(
        refusals(code, &[("q", "12")]),
        [AnswerProblem::TooShort { least: 3 }]
    );
    assert_eq!(
        refusals(code, &[("q", "1234ABC")]),
        [AnswerProblem::TooLong { most: 6 }]
    );
    let list = r#""kind":"choice","is_multiple":true,"rules":{"least":2,"most":2},"options":[
        {"code":"a","label":{}},{"code":"b","label":{}},{"code":"c","label":{}},
        {"code":"none","label":{},"is_exclusive":true}]"#;
    assert!(read_kind(list, &[("q", "a"), ("q", "b")]).is_ok());
    assert!(read_kind(list, &[("q", "none")]).is_ok());
    assert_eq!(
        refusals(list, &[("q", "a")]),
        [AnswerProblem::TooFewChosen { least: 2 }]
    );
    let three = [("q", "a"), ("q", "b"), ("q", "c")];
    assert_eq!(
        refusals(list, &three),
        [AnswerProblem::TooManyChosen { most: 2 }]
    );
    assert_eq!(
        refusals(list, &[("q", "a"), ("q", "none")]),
        [AnswerProblem::NotAlone]
    );
}
