//! Small workbooks.

use peil_domain::survey::{Definition, problems};
use rust_xlsxwriter::Workbook;

use super::*;
use crate::survey::Report;

type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

const SURVEY: &[&[&str]] = &[
    &[
        "type",
        "name",
        "label::English (en)",
        "label::Nederlands (nl)",
        "required",
        "relevant",
        "constraint",
        "calculation",
        "parameters",
        "default",
    ],
    &["start", "start"],
    &["begin group", "intro", "Intro", "Begin"],
    &[
        "text",
        "name",
        "Your name",
        "Je naam",
        "yes",
        "",
        "string-length(.) < 30",
    ],
    &[
        "integer",
        "age",
        "Age of ${name}",
        "Leeftijd",
        "",
        "${name} != ''",
        ". >= 0 and . <= 120",
    ],
    &[
        "select_one yn",
        "again",
        "Again?",
        "Nog eens?",
        "",
        "",
        "",
        "",
        "randomize=true",
    ],
    &[
        "select_multiple yn or_other",
        "many",
        "Which?",
        "Welke?",
        "",
        "selected(${again}, 'y')",
        "count-selected(.) <= 2",
    ],
    &["end group"],
    &["note", "said", "Thanks", "Dank"],
    &["rank yn", "order", "Order", "Volgorde"],
    &[
        "range",
        "slide",
        "Slide",
        "Schuif",
        "",
        "",
        "",
        "",
        "start=0 end=10 step=1",
    ],
    &[
        "decimal",
        "size",
        "Size",
        "Maat",
        "",
        "${age} div 2 > 10",
        "",
        "",
        "",
        "3",
    ],
    &["date", "day", "Day", "Dag"],
    &["time", "hour", "Hour", "Uur"],
    &["geopoint", "place", "Place", "Plaats"],
    &["image", "photo", "Photo", "Foto"],
    &["acknowledge", "ok", "Agree?", "Akkoord?"],
    &["calculate", "double", "", "", "", "", "", "${age} * 2"],
    &["begin repeat", "kids", "Child", "Kind"],
    &["text", "kid", "Name", "Naam"],
    &["end repeat"],
    &[
        "hologram",
        "odd",
        "Odd",
        "Raar",
        "",
        "pulldata('a', 'b') = 1",
    ],
];
const CHOICES: &[&[&str]] = &[
    &[
        "list_name",
        "name",
        "label::English (en)",
        "label::Nederlands (nl)",
    ],
    &["yn", "y", "Yes", "Ja"],
    &["yn", "n", "No", "Nee"],
];
const SETTINGS: &[&[&str]] = &[
    &["form_title", "default_language", "style"],
    &["Study", "English (en)", "pages"],
];

fn imported(bytes: &[u8]) -> (Definition, Report) {
    let imported = read(bytes, Language::Nl).unwrap();
    (imported.definition, imported.report)
}

#[test]
fn every_question_type_is_kept() {
    let bytes = workbook(&[
        ("survey", SURVEY),
        ("choices", CHOICES),
        ("settings", SETTINGS),
        ("notes", &[&["x"]]),
    ]);
    let (definition, report) = imported(&bytes);
    assert_eq!(
        (report.questions_in, report.questions_kept),
        (16, 16),
        "{:#?}",
        report.items
    );
    assert_eq!(problems(&definition), vec![]);
    assert_eq!(definition.languages, [Language::En, Language::Nl]);
    let made: Vec<String> = definition
        .questions()
        .map(|question| format!("{} {}", question.key, question.kind.code()))
        .collect();
    let expected = "name text, age number, again choice, many choice, said statement, order ranking, slide slider, size number, \
        day date, hour text, place text, photo text, ok consent, kid text, odd text";
    assert_eq!(made.join(", "), expected);
    let question = |key: &str| definition.question(&key.parse().unwrap()).unwrap();
    let when = |key: &str| {
        question(key)
            .show_if
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    assert_eq!(when("age"), "answer.name is not empty");
    assert_eq!(when("many"), "answer.again = \"y\"");
    assert_eq!(when("size"), "answer.age / 2 > 10");
    assert_eq!(
        question("age").text.get(Language::En),
        "Age of {{answer.name}}"
    );
    assert_eq!(question("age").text.get(Language::Nl), "Leeftijd");
    assert_eq!(question("name").rules.longest, Some(29));
    assert_eq!(question("many").rules.most, Some(2));
    assert_eq!(
        definition.calculations[0].formula.to_string(),
        "answer.age * 2"
    );
    for reason in [
        Reason::NotAsked,
        Reason::Repeat,
        Reason::Condition,
        Reason::Default,
        Reason::UnknownPart,
        Reason::Setting,
    ] {
        assert!(
            report.items.iter().any(|item| item.reason == reason),
            "{reason:?}"
        );
    }
}

#[test]
fn what_is_no_form_is_refused() {
    let wrong = |bytes: &[u8]| read(bytes, Language::Nl).unwrap_err().to_string();
    assert_eq!(
        wrong(&workbook(&[("choices", CHOICES)])),
        "no sheet survey with a header"
    );
    assert!(wrong(b"PK\x03\x04broken").contains("at survey"));
    assert!(wrong(b"name,type").contains("at survey"));
    assert!(wrong(b"").contains("survey"));
}
