//! Small files of every question type, as old and as new releases write them.

use peil_domain::survey::{Definition, problems};

use super::*;
use crate::survey::Report;

/// A question: type, name, relevance, attributes, sub-questions and answers (code, scale, text).
struct Made {
    kind: &'static str,
    name: &'static str,
    relevance: &'static str,
    text: &'static str,
    attributes: &'static [(&'static str, &'static str)],
    parts: &'static [(&'static str, u8, &'static str)],
    answers: &'static [(&'static str, u8, &'static str)],
}

const PLAIN: Made = Made {
    kind: "X",
    name: "x",
    relevance: "1",
    text: "Wat <b>vind</b> je?",
    attributes: &[],
    parts: &[],
    answers: &[],
};

const ROWS: &[(&str, u8, &str)] = &[("r1", 0, "Prijs"), ("r2", 0, "Service")];
const TABLE: &[(&str, u8, &str)] = &[
    ("r1", 0, "Prijs"),
    ("r2", 0, "Service"),
    ("k1", 1, "Nu"),
    ("k2", 1, "Straks"),
];
const ANSWERS: &[(&str, u8, &str)] = &[("A1", 0, "Goed"), ("A2", 0, "Slecht")];
const BOTH: &[(&str, u8, &str)] = &[
    ("A1", 0, "Goed"),
    ("A2", 0, "Slecht"),
    ("B1", 1, "Vaak"),
    ("B2", 1, "Zelden"),
];

/// One question of every type.
const EVERY: &[Made] = &[
    Made {
        kind: "1",
        name: "dual",
        parts: ROWS,
        answers: BOTH,
        ..PLAIN
    },
    Made {
        kind: "5",
        name: "five",
        ..PLAIN
    },
    Made {
        kind: "A",
        name: "a5",
        parts: ROWS,
        ..PLAIN
    },
    Made {
        kind: "B",
        name: "a10",
        parts: ROWS,
        ..PLAIN
    },
    Made {
        kind: "C",
        name: "ynu",
        parts: ROWS,
        ..PLAIN
    },
    Made {
        kind: "D",
        name: "day",
        attributes: &[("date_min", "2020"), ("date_max", "2030-06-30")],
        ..PLAIN
    },
    Made {
        kind: "E",
        name: "isd",
        parts: ROWS,
        ..PLAIN
    },
    Made {
        kind: "F",
        name: "arr",
        parts: ROWS,
        answers: ANSWERS,
        ..PLAIN
    },
    Made {
        kind: "G",
        name: "gender",
        ..PLAIN
    },
    Made {
        kind: "H",
        name: "col",
        parts: ROWS,
        answers: ANSWERS,
        ..PLAIN
    },
    Made {
        kind: "I",
        name: "lang",
        ..PLAIN
    },
    Made {
        kind: "K",
        name: "nums",
        parts: ROWS,
        attributes: &[("min_num_value_n", "1")],
        ..PLAIN
    },
    Made {
        kind: "L",
        name: "list",
        answers: ANSWERS,
        ..PLAIN
    },
    Made {
        kind: "M",
        name: "multi",
        parts: ROWS,
        attributes: &[("exclude_all_others", "r2"), ("max_answers", "2")],
        ..PLAIN
    },
    Made {
        kind: "N",
        name: "num",
        attributes: &[("num_value_int_only", "1"), ("max_num_value_n", "99")],
        ..PLAIN
    },
    Made {
        kind: "O",
        name: "lwc",
        answers: ANSWERS,
        ..PLAIN
    },
    Made {
        kind: "P",
        name: "mwc",
        parts: ROWS,
        ..PLAIN
    },
    Made {
        kind: "Q",
        name: "texts",
        parts: ROWS,
        ..PLAIN
    },
    Made {
        kind: "R",
        name: "rank",
        answers: ANSWERS,
        ..PLAIN
    },
    Made {
        kind: "S",
        name: "short",
        attributes: &[("maximum_chars", "20")],
        ..PLAIN
    },
    Made {
        kind: "T",
        name: "long",
        ..PLAIN
    },
    Made {
        kind: "U",
        name: "huge",
        ..PLAIN
    },
    Made {
        kind: "X",
        name: "said",
        ..PLAIN
    },
    Made {
        kind: "Y",
        name: "yes",
        ..PLAIN
    },
    Made {
        kind: "!",
        name: "drop",
        answers: ANSWERS,
        ..PLAIN
    },
    Made {
        kind: ":",
        name: "cells",
        parts: TABLE,
        ..PLAIN
    },
    Made {
        kind: ";",
        name: "words",
        parts: TABLE,
        ..PLAIN
    },
    Made {
        kind: "*",
        name: "sum",
        text: "{sum(num, five)}",
        attributes: &[("hidden", "1")],
        ..PLAIN
    },
    Made {
        kind: "|",
        name: "file",
        ..PLAIN
    },
];

fn row(fields: &[(&str, &str)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("<{name}><![CDATA[{value}]]></{name}>"))
        .collect();
    format!("<row>{}</row>", fields.concat())
}

fn table(name: &str, rows: &[String]) -> String {
    format!("<{name}><fields/><rows>{}</rows></{name}>", rows.concat())
}

/// A file with these questions in one group. New releases keep texts in tables of their own.
fn file(questions: &[Made], is_new: bool, more: &str) -> String {
    let mut rows: [Vec<String>; 6] = Default::default();
    let [own, below, texts, answers, words, attributes] = &mut rows;
    let mut number = 100;
    for (place, made) in questions.iter().enumerate() {
        let id = (place + 1).to_string();
        let place = place.to_string();
        let mut fields = vec![
            ("qid", id.as_str()),
            ("parent_qid", "0"),
            ("sid", "7"),
            ("gid", "3"),
            ("type", made.kind),
            ("title", made.name),
            ("other", "N"),
            ("mandatory", "N"),
            ("question_order", &place),
            ("scale_id", "0"),
            ("relevance", made.relevance),
        ];
        let said = [("question", made.text), ("help", ""), ("language", "nl")];
        if is_new {
            texts.push(row(&[&[("qid", id.as_str())], &said[..]].concat()));
        } else {
            fields.extend(said);
        }
        own.push(row(&fields));
        for (order, (code, scale, text)) in made.parts.iter().enumerate() {
            number += 1;
            let (part, order, scale) = (number.to_string(), order.to_string(), scale.to_string());
            let mut fields = vec![
                ("qid", part.as_str()),
                ("parent_qid", id.as_str()),
                ("type", "T"),
                ("title", *code),
                ("question_order", &order),
                ("scale_id", &scale),
                ("relevance", "1"),
            ];
            let said = [("question", *text), ("language", "nl")];
            if is_new {
                texts.push(row(&[&[("qid", part.as_str())], &said[..]].concat()));
            } else {
                fields.extend(said);
            }
            below.push(row(&fields));
        }
        for (order, (code, scale, text)) in made.answers.iter().enumerate() {
            number += 1;
            let (answer, order, scale) = (number.to_string(), order.to_string(), scale.to_string());
            let mut fields = vec![
                ("qid", id.as_str()),
                ("code", *code),
                ("sortorder", &order),
                ("scale_id", &scale),
            ];
            if is_new {
                fields.push(("aid", &answer));
                let said = [("aid", &answer[..]), ("answer", text), ("language", "nl")];
                words.push(row(&said));
            } else {
                fields.extend([("answer", *text), ("language", "nl")]);
            }
            answers.push(row(&fields));
        }
        for (name, value) in made.attributes {
            attributes.push(row(&[("qid", &id), ("attribute", name), ("value", value)]));
        }
    }
    let group = [
        ("gid", "3"),
        ("group_order", "0"),
        ("group_name", "Groep"),
        ("language", "nl"),
    ];
    let said = [
        ("surveyls_language", "nl"),
        ("surveyls_title", "Onderzoek"),
        ("surveyls_welcometext", "<p>Welkom {TOKEN:FIRSTNAME}</p>"),
    ];
    let tables = [
        table("groups", &[row(&group)]),
        table("questions", own),
        table("subquestions", below),
        table("question_l10ns", texts),
        table("answers", answers),
        table("answer_l10ns", words),
        table("question_attributes", attributes),
        table(
            "surveys",
            &[row(&[("sid", "7"), ("language", "nl"), ("format", "G")])],
        ),
        table("surveys_languagesettings", &[row(&said)]),
        more.to_owned(),
    ];
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>\
         <DBVersion>{}</DBVersion><languages><language>nl</language></languages>{}</document>",
        if is_new { 495 } else { 177 },
        tables.concat()
    )
}

fn imported(text: &str) -> (Definition, Report) {
    let imported = read(text.as_bytes(), Language::Nl).unwrap();
    (imported.definition, imported.report)
}

fn condition(definition: &Definition, key: &str) -> String {
    let question = definition.question(&key.parse().unwrap()).unwrap();
    question
        .show_if
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default()
}

#[test]
fn every_question_type_is_kept_in_old_and_new_files() {
    let (old, report) = imported(&file(EVERY, false, ""));
    assert_eq!(
        (report.questions_in, report.questions_kept),
        (29, 29),
        "{:#?}",
        report.items
    );
    assert_eq!(problems(&old), vec![]);
    let (new, _) = imported(&file(EVERY, true, ""));
    assert_eq!(new, old, "both ways to write the same come to the same");
    insta_like(&old);
}

/// What the types become, in one line each.
fn insta_like(definition: &Definition) {
    let made: Vec<String> = definition
        .questions()
        .map(|question| format!("{} {}", question.key, question.kind.code()))
        .collect();
    let expected = "dual matrix, dual_2 matrix, five rating, a5 matrix, a10 matrix, ynu matrix, day date, isd matrix, arr matrix, \
        gender choice, col matrix, lang choice, nums statement, nums_r1 number, nums_r2 number, list choice, multi choice, \
        num number, lwc choice, lwc_comment text, mwc choice, mwc_r1_comment text, mwc_r2_comment text, texts statement, \
        texts_r1 text, texts_r2 text, rank ranking, short text, long text, huge text, said statement, yes yes_no, drop choice, \
        cells_r1 matrix, cells_r2 matrix, words statement, words_r1_k1 text, words_r1_k2 text, words_r2_k1 text, \
        words_r2_k2 text, file text";
    assert_eq!(made.join(", "), expected);
    assert_eq!(
        definition.calculations[0].formula.to_string(),
        "sum(answer.num, answer.five)"
    );
    assert_eq!(
        definition.intro.get(Language::Nl),
        "Welkom {{contact.firstname}}"
    );
    assert_eq!(
        definition.pages[0].questions[0].text.get(Language::Nl),
        "Wat vind je?"
    );
}

#[test]
fn relevance_becomes_conditions_and_what_cannot_be_said_is_told() {
    let mut questions: Vec<Made> = EVERY.iter().map(|made| Made { ..*made }).collect();
    let mut ask = |name, relevance| {
        questions.push(Made {
            kind: "T",
            name,
            relevance,
            ..PLAIN
        });
    };
    ask("w1", "multi_r1.NAOK == \"Y\" and num > 3");
    ask("w2", "7X3X13 == 'A2' || !is_empty(arr_r1)");
    ask("w3", "arr_r2 == \"A2\" and dual_r1_1 == 'B1'");
    ask("w4", "regexMatch('/x/', short)");
    ask("w5", "count(multi_r1, multi_r2) > 1");
    ask("w6", "sum > 10 and yes == 'N' and cells_r1_k2 >= 4");
    let (definition, report) = imported(&file(&questions, true, ""));
    assert_eq!(
        condition(&definition, "w1"),
        "answer.multi contains \"r1\" and answer.num > 3"
    );
    assert_eq!(
        condition(&definition, "w2"),
        "answer.list = \"a2\" or answer.arr_r1 is not empty"
    );
    assert_eq!(
        condition(&definition, "w3"),
        "answer.arr_r2 = 2 and answer.dual_2_r1_1 = 1"
    );
    assert_eq!(condition(&definition, "w4"), "");
    assert!(condition(&definition, "w5").starts_with("if(answer.multi contains"));
    assert_eq!(
        condition(&definition, "w6"),
        "value.sum > 10 and answer.yes = no and answer.cells_r1_k2 >= 4"
    );
    let told = report
        .items
        .iter()
        .find(|item| item.path == "questions/w4/relevance")
        .unwrap();
    assert_eq!(
        (told.effect, told.reason),
        (Effect::Lost, Reason::Condition)
    );
    assert!(told.detail.contains("regexMatch"));
    assert_eq!(problems(&definition), vec![]);
}

#[test]
fn places_in_texts_are_filled_in_or_told() {
    let questions = [
        Made {
            kind: "S",
            name: "name",
            ..PLAIN
        },
        Made {
            kind: "G",
            name: "sex",
            ..PLAIN
        },
        Made {
            kind: "T",
            name: "why",
            text: "Dag {name}, {if(sex == 'M', 'meneer', 'mevrouw')} { x } {unknown.thing}",
            ..PLAIN
        },
    ];
    let (definition, report) = imported(&file(&questions, true, ""));
    let why = definition.question(&"why".parse().unwrap()).unwrap();
    assert_eq!(
        why.text.get(Language::Nl),
        "Dag {{answer.name}}, {{value.value}} { x } …"
    );
    assert_eq!(
        definition.calculations[0].formula.to_string(),
        "if(answer.sex = \"m\", \"meneer\", \"mevrouw\")"
    );
    assert_eq!(
        definition.pages.len(),
        2,
        "what is filled in is answered on a page before"
    );
    assert!(
        report
            .items
            .iter()
            .any(|item| item.detail == "{unknown.thing}")
    );
}

#[test]
fn filters_quotas_and_old_conditions_are_read() {
    let members = [
        row(&[("quota_id", "1"), ("qid", "13"), ("code", "A1")]),
        row(&[("quota_id", "1"), ("qid", "13"), ("code", "A2")]),
    ];
    let more = [
        table(
            "quota",
            &[row(&[
                ("id", "1"),
                ("name", "Lijst"),
                ("qlimit", "40"),
                ("active", "1"),
            ])],
        ),
        table("quota_members", &members),
        table(
            "quota_languagesettings",
            &[row(&[
                ("quotals_quota_id", "1"),
                ("quotals_language", "nl"),
                ("quotals_message", "Vol"),
            ])],
        ),
    ];
    let mut questions: Vec<Made> = EVERY.iter().map(|made| Made { ..*made }).collect();
    questions.push(Made {
        kind: "M",
        name: "again",
        parts: ROWS,
        attributes: &[("array_filter", "multi")],
        ..PLAIN
    });
    let (definition, _) = imported(&file(&questions, false, &more.concat()));
    let quota = &definition.quotas[0];
    assert_eq!((quota.most, quota.text.get(Language::Nl)), (40, "Vol"));
    let when = quota.when.as_ref().unwrap().to_string();
    assert_eq!(when, "answer.list = \"a1\" or answer.list = \"a2\"");
    let again = definition.question(&"again".parse().unwrap()).unwrap();
    let peil_domain::survey::QuestionKind::Choice { options, .. } = &again.kind else {
        panic!("{again:?}")
    };
    assert_eq!(
        options[0].show_if.as_ref().unwrap().to_string(),
        "answer.multi contains \"r1\""
    );

    let tests = [
        row(&[
            ("qid", "2"),
            ("cqid", "1"),
            ("cfieldname", "7X3X1"),
            ("method", "=="),
            ("value", "A1"),
            ("scenario", "1"),
        ]),
        row(&[
            ("qid", "2"),
            ("cqid", "1"),
            ("cfieldname", "7X3X1"),
            ("method", "=="),
            ("value", "A2"),
            ("scenario", "1"),
        ]),
        row(&[
            ("qid", "3"),
            ("cqid", "1"),
            ("cfieldname", "7X3X1"),
            ("method", "!="),
            ("value", " "),
            ("scenario", "1"),
        ]),
    ];
    let old = [
        Made {
            kind: "L",
            name: "list",
            answers: ANSWERS,
            ..PLAIN
        },
        Made {
            kind: "T",
            name: "one",
            ..PLAIN
        },
        Made {
            kind: "T",
            name: "two",
            ..PLAIN
        },
    ];
    let text = file(&old, false, &table("conditions", &tests))
        .replace("<relevance><![CDATA[1]]></relevance>", "");
    let (definition, _) = imported(&text);
    assert_eq!(
        condition(&definition, "one"),
        "answer.list = \"a1\" or answer.list = \"a2\""
    );
    assert_eq!(condition(&definition, "two"), "answer.list is not empty");
}

#[test]
fn more_questions_than_there_is_room_for_are_asked_in_fewer() {
    let mut questions: Vec<Made> = Vec::new();
    for _ in 0..90 {
        questions.push(Made {
            kind: ";",
            name: "words",
            parts: TABLE,
            ..PLAIN
        });
    }
    let (definition, report) = imported(&file(&questions, true, ""));
    assert_eq!((report.questions_in, report.questions_kept), (90, 90));
    assert!(definition.questions().count() <= Definition::MOST_QUESTIONS);
    assert!(
        report
            .items
            .iter()
            .any(|item| item.reason == Reason::OneQuestion)
    );
    assert_eq!(peil_domain::survey::excesses(&definition), vec![]);
}

#[test]
fn a_language_that_is_not_spoken_stands_for_one_that_is() {
    let text = file(EVERY, true, "")
        .replace("CDATA[nl]", "CDATA[fr]")
        .replace("<language>nl<", "<language>fr<");
    let imported = read(text.as_bytes(), Language::En).unwrap();
    assert_eq!(imported.definition.languages, [Language::En]);
    assert_eq!(imported.report.questions_kept, 29);
    assert!(
        imported
            .report
            .items
            .iter()
            .any(|item| item.reason == Reason::LanguageStandsFor)
    );
}
