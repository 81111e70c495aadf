//! What keeps a questionnaire from being published.

use super::*;
use crate::survey::{Choice, Page};

fn definition(questions: Vec<Question>) -> Definition {
    Definition {
        languages: vec![Language::Nl, Language::En],
        title: Localized::both("Titel", "Title"),
        pages: vec![Page {
            title: Localized::default(),
            questions,
            ..Page::default()
        }],
        ..Definition::default()
    }
}

fn question(key: &str, kind: QuestionKind) -> Question {
    Question::new(
        key.parse().unwrap(),
        Localized::both("Vraag?", "Question?"),
        kind,
    )
}

#[test]
fn a_sound_questionnaire_has_no_problems() {
    assert_eq!(
        problems(&definition(vec![question("nps", QuestionKind::Nps)])),
        vec![]
    );
}

#[test]
fn missing_texts_double_keys_and_thin_lists_are_found() {
    let mut half = question("nps", QuestionKind::Nps);
    half.text = Localized::one(Language::Nl, "Vraag?");
    let option = Choice::new("a".parse().unwrap(), Localized::both("A", "A"));
    let list = QuestionKind::Choice {
        options: vec![option],
        is_multiple: false,
        has_other: false,
        is_random: false,
    };
    let found = problems(&definition(vec![half, question("nps", list)]));
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(matches!(
        found[0],
        Problem::TextMissing {
            language: Language::En,
            ..
        }
    ));
    assert!(matches!(found[1], Problem::OptionCount { .. }));
    assert!(matches!(found[2], Problem::KeyTwice { .. }));
}

#[test]
fn a_page_of_statements_asks_nothing() {
    let found = problems(&definition(vec![question(
        "hallo",
        QuestionKind::Statement,
    )]));
    assert_eq!(found, vec![Problem::NoQuestion]);
}

/// The problems of a questionnaire in one language with these pages and further parts.
fn found(pages: &str, parts: &str) -> Vec<Problem> {
    let json = format!(r#"{{"languages":["nl"],"title":{{"nl":"T"}},"pages":[{pages}]{parts}}}"#);
    problems(&serde_json::from_str(&json).unwrap())
}

#[test]
fn a_page_without_questions_is_told_as_soon_as_there_is_a_question_elsewhere() {
    let empty = r#"{"questions":[]}"#;
    let pages = format!("{empty},{},{empty}", page(&[asked("nps", "")], ""));
    let found = found(&pages, "");
    let expected = [1, 3].map(|page| Problem::EmptyPage { page });
    assert_eq!(found, expected);
}

fn asked(key: &str, more: &str) -> String {
    format!(r#"{{"key":"{key}","text":{{"nl":"?"}},"kind":"nps"{more}}}"#)
}

fn page(questions: &[String], more: &str) -> String {
    format!(r#"{{"questions":[{}]{more}}}"#, questions.join(","))
}

#[test]
fn sound_logic_has_no_problems() {
    let first = page(
        &[
            asked("nps", ""),
            asked(
                "low",
                r#","show_if":"nps <= 6 and contact.segment = \"a\"""#,
            ),
        ],
        r#","jumps":[{"when":"nps >= 9","to":{"page":"last"}},{"when":"low = 0","to":"end"}]"#,
    );
    let second = page(&[asked("mid", "")], r#","show_if":"value.total > 3""#);
    let last = page(
        &[asked("end_mark", "")],
        r#","key":"last","title":{"nl":"{{nps|u}}"}"#,
    );
    let parts = r#","calculations":[{"key":"total","formula":"nps + low"}],
        "endings":[{"when":"value.total > 3 or mid = 1","text":{"nl":"Dag {{naam}}"}}]"#;
    assert_eq!(found(&[first, second, last].join(","), parts), vec![]);
}

#[test]
fn unknown_names_and_later_questions_are_found() {
    let one = page(&[asked("nps", r#","show_if":"nobody = 1""#)], "");
    assert!(matches!(
        found(&one, "").as_slice(),
        [Problem::Formula { .. }]
    ));
    let turned = page(&[asked("a", r#","show_if":"b = 1""#), asked("b", "")], "");
    assert!(matches!(
        found(&turned, "").as_slice(),
        [Problem::LaterQuestion { .. }]
    ));
    let parts = r#","calculations":[{"key":"total","formula":"b + 1"}]"#;
    let turned = page(
        &[asked("a", r#","show_if":"total = 1""#), asked("b", "")],
        "",
    );
    assert!(matches!(
        found(&turned, parts).as_slice(),
        [Problem::LaterQuestion { .. }]
    ));
    let random = page(
        &[asked("a", ""), asked("b", r#","show_if":"a = 1""#)],
        r#","is_random":true"#,
    );
    assert!(matches!(
        found(&random, "").as_slice(),
        [Problem::LaterQuestion { .. }]
    ));
    let blank = page(&[asked("a", "")], r#","title":{"nl":"{{niets}} {{a}}"}"#);
    assert!(matches!(
        found(&blank, "").as_slice(),
        [Problem::UnknownBlank { .. }, Problem::LaterQuestion { .. }]
    ));
}

#[test]
fn attributes_that_are_told_are_the_only_ones() {
    let json = format!(
        r#"{{"languages":["nl"],"title":{{"nl":"T"}},"pages":[{}]}}"#,
        page(
            &[asked(
                "a",
                r#","show_if":"segment = \"b\" and contact.plaats = \"c\"""#
            )],
            ""
        )
    );
    let definition: Definition = serde_json::from_str(&json).unwrap();
    let attributes = BTreeSet::from(["segment".parse().unwrap()]);
    let found = problems_among(&definition, Some(&attributes));
    assert!(
        matches!(found.as_slice(), [Problem::Formula { .. }]),
        "{found:?}"
    );
}

#[test]
fn rounds_dead_ends_and_ways_back_are_found() {
    let one = page(&[asked("a", "")], "");
    let parts = r#","calculations":[{"key":"x","formula":"y + 1"},{"key":"y","formula":"x + 1"}]"#;
    let keys = found(&one, parts);
    assert!(matches!(
        keys.as_slice(),
        [
            Problem::CalculationCycle { .. },
            Problem::CalculationCycle { .. }
        ]
    ));
    let never = page(
        &[
            asked("a", ""),
            asked("b", r#","show_if":"a > 6 and a < 3""#),
        ],
        "",
    );
    assert!(matches!(
        found(&never, "").as_slice(),
        [Problem::Unreachable { .. }]
    ));
    let back = page(
        &[asked("b", "")],
        r#","jumps":[{"when":"b = 1","to":{"page":"first"}},{"when":"b = 2","to":{"page":"no"}}]"#,
    );
    let first = page(&[asked("a", "")], r#","key":"first""#);
    assert!(matches!(
        found(&[first, back].join(","), "").as_slice(),
        [Problem::JumpBack { .. }, Problem::JumpNowhere { .. }]
    ));
    let always = r#","jumps":[{"when":"a >= 0 or a is empty","to":{"page":"last"}}]"#;
    let pages = [
        page(&[asked("a", "")], always),
        page(&[asked("b", "")], ""),
        page(&[asked("c", "")], r#","key":"last""#),
    ];
    let place = Place::Page(2);
    assert_eq!(
        found(&pages.join(","), ""),
        vec![Problem::Unreachable { place }]
    );
}

#[test]
fn rows_ranges_and_patterns_that_cannot_be_are_found() {
    let kind = |kind: &str| {
        page(
            &[format!(r#"{{"key":"q","text":{{"nl":"?"}},{kind}}}"#)],
            "",
        )
    };
    let thin = r#""kind":"ranking","rows":[{"key":"q","text":{"nl":"A"}}]"#;
    assert!(matches!(
        found(&kind(thin), "").as_slice(),
        [Problem::RowCount { .. }, Problem::KeyTwice { .. }]
    ));
    for turned in [
        r#""kind":"number","min":3,"max":1"#,
        r#""kind":"slider","min":0,"max":10,"step":0"#,
        r#""kind":"slider","min":-2147483648,"max":2147483647,"step":1"#,
        r#""kind":"date","earliest":"2026-02-01","latest":"2026-01-01""#,
        r#""kind":"contact","fields":[]"#,
        r#""kind":"text","rules":{"shortest":3,"longest":1}"#,
    ] {
        let problems = found(&kind(turned), "");
        assert!(
            matches!(problems.as_slice(), [Problem::RangeImpossible { .. }]),
            "{turned}"
        );
    }
    let bad = r#""kind":"text","rules":{"pattern":{"expression":"a)|(b","message":{"nl":"x"}}}"#;
    assert!(matches!(
        found(&kind(bad), "").as_slice(),
        [Problem::BadPattern { .. }]
    ));
}
