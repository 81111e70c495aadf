//! The schema says what the type says: made-up questionnaires pass it and come back the same, and
//! what the schema forbids is not read.

use std::collections::BTreeSet;

use jiff::civil::Date;
use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{
        AnswerPattern, AnswerRules, Calculation, CesVersion, Choice, ContactField, CsatLook,
        Definition, Direction, Ending, Formula, Jump, Page, Picture, Question, QuestionKind, Quota,
        Row, Target, excesses,
    },
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::Value;

use super::*;

/// Lists how `value` breaks `schema`, as far as our schema uses the language of schemas.
fn breaches(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let own = [breaks_words, breaks_kind, breaks_length, breaks_pattern];
    let own = own.into_iter().chain([breaks_range, breaks_list]);
    let mut found: Vec<String> = own
        .filter_map(|broken| broken(schema, value))
        .map(|what| format!("{path}: {what}"))
        .collect();
    if let Some(schema) = schema.get("items") {
        let items = value.as_array().into_iter().flatten();
        for (number, item) in items.enumerate() {
            found.extend(breaches(root, schema, item, &format!("{path}[{number}]")));
        }
    }
    found.extend(breaches_of_object(root, schema, value, path));
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        found.extend(breaches(root, target, value, path));
    }
    let fitting = |list: &str| {
        let schemas = schema.get(list).and_then(Value::as_array)?.iter();
        let fitting = schemas.filter(|schema| breaches(root, schema, value, path).is_empty());
        Some(fitting.count())
    };
    if fitting("anyOf") == Some(0) {
        found.push(format!("{path}: none of anyOf"));
    }
    if fitting("oneOf").is_some_and(|count| count != 1) {
        found.push(format!("{path}: {:?} of oneOf", fitting("oneOf")));
    }
    found
}

fn breaches_of_object(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let Some(object) = value.as_object() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let required = schema.get("required").and_then(Value::as_array);
    for name in required.into_iter().flatten() {
        if !object.contains_key(name.as_str().unwrap()) {
            found.push(format!("{path}: {name} missing"));
        }
    }
    let known = schema.get("properties").and_then(Value::as_object);
    for (name, value) in object {
        match known.and_then(|known| known.get(name)) {
            Some(schema) => {
                found.extend(breaches(root, schema, value, &format!("{path}/{name}")));
            }
            None if schema.get("additionalProperties") == Some(&Value::Bool(false)) => {
                found.push(format!("{path}: {name} unknown"));
            }
            None => {}
        }
    }
    found
}

fn breaks_words(schema: &Value, value: &Value) -> Option<&'static str> {
    if schema
        .get("const")
        .is_some_and(|expected| expected != value)
    {
        return Some("const");
    }
    let allowed = schema.get("enum").and_then(Value::as_array)?;
    (!allowed.contains(value)).then_some("enum")
}

fn breaks_kind(schema: &Value, value: &Value) -> Option<&'static str> {
    let fits = match schema.get("type")?.as_str()? {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("type {other}"),
    };
    (!fits).then_some("type")
}

/// Whether an amount is outside what two words of the schema allow.
fn is_outside(schema: &Value, amount: i64, words: (&str, &str)) -> bool {
    let bound = |word: &str| schema.get(word).and_then(Value::as_i64);
    bound(words.0).is_some_and(|least| amount < least)
        || bound(words.1).is_some_and(|most| amount > most)
}

fn breaks_length(schema: &Value, value: &Value) -> Option<&'static str> {
    let length = i64::try_from(value.as_str()?.chars().count()).unwrap();
    is_outside(schema, length, ("minLength", "maxLength")).then_some("length")
}

fn breaks_pattern(schema: &Value, value: &Value) -> Option<&'static str> {
    let pattern = schema.get("pattern").and_then(Value::as_str)?;
    let pattern = regex::Regex::new(pattern).unwrap();
    (!pattern.is_match(value.as_str()?)).then_some("pattern")
}

fn breaks_range(schema: &Value, value: &Value) -> Option<&'static str> {
    is_outside(schema, value.as_i64()?, ("minimum", "maximum")).then_some("range")
}

fn breaks_list(schema: &Value, value: &Value) -> Option<&'static str> {
    let items = value.as_array()?;
    let length = i64::try_from(items.len()).unwrap();
    if is_outside(schema, length, ("minItems", "maxItems")) {
        return Some("items");
    }
    let different: BTreeSet<String> = items.iter().map(Value::to_string).collect();
    let is_unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
    (is_unique && different.len() < items.len()).then_some("unique")
}

fn against_schema(value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    breaches(&schema, &schema, value, "")
}

fn texts(most: usize) -> impl Strategy<Value = Localized> {
    let text = || proptest::string::string_regex(&format!("[a-zA-Zé{{}} ?]{{0,{most}}}")).unwrap();
    (text(), text()).prop_map(|(nl, en)| {
        let mut made = Localized::default();
        made.set(Language::Nl, nl);
        made.set(Language::En, en);
        made
    })
}

fn formula() -> impl Strategy<Value = Formula> {
    prop_oneof![
        Just("answer.a0 <= 6 and not contact.segment = \"x\""),
        Just("count(answer.b1, value.t) > 2"),
        Just("if(answer.a0 is empty, 1, 2) = 1"),
        Just("2026-01-31 > answer.c"),
    ]
    .prop_map(|text| text.parse().unwrap())
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    // Keys are made different from each other afterwards.
    vec(
        texts(20).prop_map(|text| Row {
            key: "row".parse().unwrap(),
            text,
        }),
        0..4,
    )
}

fn kind() -> impl Strategy<Value = QuestionKind> {
    let option = (
        texts(20),
        any::<bool>(),
        any::<bool>(),
        option::of(formula()),
    );
    let options = vec(option, 0..4).prop_map(|options| {
        let numbered = (0..).zip(options);
        let made = numbered.map(
            |(number, (label, is_anchored, is_exclusive, show_if))| Choice {
                code: format!("o{number}").parse().unwrap(),
                label,
                is_anchored,
                is_exclusive,
                show_if,
            },
        );
        made.collect::<Vec<_>>()
    });
    let day = (2000_i16..2030, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::constant(year, month, day));
    let scale = (0_i32..=1, 3_i32..=10, 1_u8..=2, texts(20), texts(20));
    let line = (-500_i32..0, 1_i32..=500, texts(20), texts(20));
    prop_oneof![
        Just(QuestionKind::Nps),
        Just(QuestionKind::Mark),
        Just(QuestionKind::YesNo),
        Just(QuestionKind::Statement),
        Just(QuestionKind::Consent),
        prop_oneof![
            Just(CsatLook::Smileys),
            Just(CsatLook::Stars),
            Just(CsatLook::Words)
        ]
        .prop_map(|look| QuestionKind::Csat { look }),
        prop_oneof![Just(CesVersion::V1), Just(CesVersion::V2)]
            .prop_map(|version| QuestionKind::Ces { version }),
        scale.prop_map(
            |(min, max, top, low_label, high_label)| QuestionKind::Rating {
                min,
                max,
                top,
                low_label,
                high_label
            }
        ),
        (options, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(options, is_multiple, has_other, is_random)| {
                QuestionKind::Choice {
                    options,
                    is_multiple,
                    has_other,
                    is_random,
                }
            }
        ),
        any::<bool>().prop_map(|is_long| QuestionKind::Text { is_long }),
        (rows(), vec(texts(20), 0..6), any::<bool>(), any::<bool>()).prop_map(
            |(rows, labels, is_low, is_random)| {
                QuestionKind::Matrix {
                    rows,
                    labels,
                    direction: if is_low {
                        Direction::LowerIsBetter
                    } else {
                        Direction::HigherIsBetter
                    },
                    is_random,
                }
            }
        ),
        (rows(), any::<bool>())
            .prop_map(|(rows, is_random)| QuestionKind::Ranking { rows, is_random }),
        line.prop_map(|(min, max, low_label, high_label)| QuestionKind::Slider {
            min,
            max,
            step: 1,
            low_label,
            high_label
        }),
        (option::of(-50_i32..0), option::of(0_i32..50), 0_u8..=6)
            .prop_map(|(min, max, decimals)| QuestionKind::Number { min, max, decimals }),
        (option::of(day.clone()), option::of(day)).prop_map(|(one, other)| QuestionKind::Date {
            earliest: one.min(other),
            latest: one.max(other),
        }),
        proptest::sample::subsequence(ContactField::ALL.to_vec(), 0..=5)
            .prop_map(|fields| QuestionKind::Contact { fields }),
    ]
}

fn question() -> impl Strategy<Value = Question> {
    let rules = (
        option::of(0_u32..5),
        option::of(5_u32..9),
        option::of(texts(20)),
    )
        .prop_map(|(low, high, message)| AnswerRules {
            shortest: low,
            longest: high,
            least: low,
            most: high,
            pattern: message.map(|message| AnswerPattern {
                expression: "[a-z]+".to_owned(),
                message,
            }),
        });
    let picture = texts(20).prop_map(|description| Picture {
        file: "0af1".to_owned(),
        description,
    });
    let marks = (any::<bool>(), any::<bool>());
    (
        texts(60),
        texts(60),
        marks,
        option::of(picture),
        option::of(formula()),
        rules,
        kind(),
    )
        .prop_map(
            |(text, help, (is_required, allows_not_applicable), picture, show_if, rules, kind)| {
                Question {
                    key: "q".parse().unwrap(),
                    text,
                    help,
                    is_required,
                    picture,
                    show_if,
                    allows_not_applicable,
                    rules,
                    kind,
                }
            },
        )
}

fn definition() -> impl Strategy<Value = Definition> {
    let to = prop_oneof![
        Just(Target::End),
        Just(Target::Page("page1".parse().unwrap()))
    ];
    let jump = (formula(), to).prop_map(|(when, to)| Jump { when, to });
    let page = (
        texts(20),
        vec(question(), 0..4),
        option::of(formula()),
        any::<bool>(),
        vec(jump, 0..3),
    );
    let quota = (option::of(formula()), any::<u32>(), texts(30));
    let ending = (formula(), texts(30)).prop_map(|(when, text)| Ending { when, text });
    let whole = (
        texts(30),
        texts(30),
        texts(30),
        option::of(any::<u32>()),
        any::<bool>(),
    );
    (
        whole,
        vec(page, 0..4),
        vec(formula(), 0..3),
        vec(quota, 0..3),
        vec(ending, 0..3),
    )
        .prop_map(
            |(
                (title, intro, thanks, time_out_minutes, shows_progress),
                pages,
                formulas,
                quotas,
                endings,
            )| {
                let key = |stem: &str, number: usize| -> QuestionKey {
                    format!("{stem}{number}").parse().unwrap()
                };
                let mut made = Definition {
                    languages: vec![Language::En, Language::Nl],
                    title,
                    intro,
                    thanks,
                    time_out_minutes,
                    shows_progress,
                    endings,
                    ..Definition::default()
                };
                for (number, (title, questions, show_if, is_random, jumps)) in
                    pages.into_iter().enumerate()
                {
                    made.pages.push(Page {
                        title,
                        questions,
                        key: Some(key("page", number)),
                        show_if,
                        is_random,
                        jumps,
                    });
                }
                for (number, formula) in formulas.into_iter().enumerate() {
                    made.calculations.push(Calculation {
                        key: key("value", number),
                        formula,
                    });
                }
                for (number, (when, most, text)) in quotas.into_iter().enumerate() {
                    made.quotas.push(Quota {
                        key: key("quota", number),
                        when,
                        most,
                        text,
                    });
                }
                let mut count = 0;
                for question in made.questions_mut() {
                    count += 1;
                    question.key = key("question", count);
                    if let QuestionKind::Matrix { rows, .. } | QuestionKind::Ranking { rows, .. } =
                        &mut question.kind
                    {
                        for row in rows {
                            count += 1;
                            row.key = key("row", count);
                        }
                    }
                }
                made
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_passes_the_schema_and_comes_back_the_same(definition in definition()) {
        prop_assert_eq!(excesses(&definition), vec![]);
        let text = write(&definition).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(against_schema(&value), Vec::<String>::new());
        let back = read(text.as_bytes()).unwrap();
        prop_assert_eq!(back.definition, definition);
        prop_assert_eq!(back.report.items, vec![]);
    }
}

#[test]
fn what_the_schema_forbids_is_not_read_and_the_other_way_round() {
    let sound = r#"{"languages":["nl"],"title":{"nl":"T"},"pages":[{"questions":[
        {"key":"q","text":{"nl":"?"},"kind":"rating","min":1,"max":5,"top":2},
        {"key":"m","text":{"nl":"?"},"kind":"matrix","rows":[{"key":"r","text":{"nl":"R"}}],"labels":[{"nl":"a"}]}]}]}"#;
    for (from, to) in [
        ("", ""),
        ("\"nl\"]", "\"nl\",\"nl\"]"),
        ("\"nl\"]", "\"fr\"]"),
        ("\"key\":\"q\"", "\"key\":\"Q\""),
        ("\"top\":2", "\"top\":0"),
        ("\"min\":1", "\"min\":3"),
        ("\"kind\":\"rating\"", "\"kind\":\"stars\""),
        ("\"labels\":", "\"words\":"),
        ("\"languages\":[\"nl\"],", ""),
        ("{\"nl\":\"T\"}", "\"T\""),
        ("\"top\":2", "\"top\":2,\"show_if\":\"\""),
        ("\"top\":2", "\"top\":2,\"rules\":{\"least\":-1}"),
    ] {
        let text = sound.replacen(from, to, 1);
        let value: Value = serde_json::from_str(&text).unwrap();
        let is_sound = from.is_empty();
        assert_eq!(
            against_schema(&value).is_empty(),
            is_sound,
            "{to}: {:?}",
            against_schema(&value)
        );
        assert_eq!(read(text.as_bytes()).is_ok(), is_sound, "{to}");
    }
}
