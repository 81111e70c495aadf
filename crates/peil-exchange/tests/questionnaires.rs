//! Questionnaires from strangers: what is hostile or broken is refused with its place, and what is
//! endless is not read endlessly.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests fail loudly, and look how long a reading takes"
)]

use std::{
    io::Write,
    time::{Duration, Instant},
};

use peil_domain::{
    shared::Language,
    survey::{Definition, excesses},
};
use peil_exchange::survey::{Format, ImportError, Imported, Options, Reason, read};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use zip::{ZipWriter, write::SimpleFileOptions};

fn import(format: Format, bytes: &[u8]) -> Result<Imported, ImportError> {
    let language = Language::Nl;
    read(format, bytes, Options { language })
}

fn refused(format: Format, bytes: impl AsRef<[u8]>) -> String {
    import(format, bytes.as_ref()).unwrap_err().to_string()
}

/// A LimeSurvey file with these questions.
fn lime(questions: &str) -> String {
    format!(
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>177</DBVersion><languages>\
         <language>nl</language></languages><groups><rows><row><gid>3</gid></row></rows></groups>\
         <questions><rows>{questions}</rows></questions></document>"
    )
}

fn question(number: usize, text: &str) -> String {
    format!(
        "<row><qid>{number}</qid><parent_qid>0</parent_qid><gid>3</gid><type>T</type><title>q{number}</title>\
         <question><![CDATA[{text}]]></question><language>nl</language></row>"
    )
}

#[test]
fn what_is_hostile_or_broken_is_refused_with_its_place() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;\">]>\n<document>&y;</document>";
    let latin = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document>caf\xE9</document>";
    let cut = lime(&question(1, "x"));
    for (format, bytes, expected) in [
        (
            Format::Lss,
            bomb.as_bytes().to_vec(),
            "document type declaration at line 2, column 1",
        ),
        (Format::Lss, latin.to_vec(), "not UTF-8 at byte 52"),
        (
            Format::Lss,
            b"<document>\n <a></b></document>".to_vec(),
            "at line 2, column 5",
        ),
        (
            Format::Lss,
            cut.as_bytes().get(..cut.len() - 30).unwrap().to_vec(),
            "at line 1",
        ),
        (
            Format::Lss,
            b"<html></html>".to_vec(),
            "no document/LimeSurveyDocType",
        ),
        (
            Format::Lss,
            b"<document>&nbsp;</document>".to_vec(),
            "unknown entity &nbsp; at line 1, column 11",
        ),
        (
            Format::Lss,
            "<a>".repeat(200_000).into_bytes(),
            "more than 32 nested elements at line 1, column 97",
        ),
        (
            Format::SurveyJs,
            b"{\"pages\": [\n{]}".to_vec(),
            "at line 2, column 2",
        ),
        (
            Format::SurveyJs,
            "[".repeat(200_000).into_bytes(),
            "recursion limit exceeded at line 1",
        ),
        (
            Format::Qsf,
            b"{\"SurveyEntry\": {}}".to_vec(),
            "no SurveyElements",
        ),
        (
            Format::Qsf,
            format!("[{}0]", "0,".repeat(300_001)).into_bytes(),
            "more than 300000 values at line 1",
        ),
        (
            Format::Json,
            b"{\"languages\": [\"xx\"]}".to_vec(),
            "at line 1",
        ),
        (Format::Json, b"\xFF\xFE{\0".to_vec(), "at line 1"),
        (
            Format::XlsForm,
            b"PK\x03\x04 and nothing more".to_vec(),
            "survey",
        ),
        (Format::XlsForm, b"type,name\ntext,a\n".to_vec(), "survey"),
    ] {
        let told = refused(format, &bytes);
        assert!(told.contains(expected), "{format:?}: {told}");
    }
    for format in [
        Format::Lss,
        Format::Qsf,
        Format::SurveyJs,
        Format::XlsForm,
        Format::Json,
    ] {
        let large = vec![b' '; (32 << 20) + 1];
        assert_eq!(
            refused(format, large),
            "larger than 33554432 bytes",
            "{format:?}"
        );
        assert!(import(format, b"").is_err(), "{format:?}");
    }
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let mut bytes = Vec::new();
    let mut archive = ZipWriter::new(std::io::Cursor::new(&mut bytes));
    for name in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(&vec![b'0'; 8 << 20]).unwrap();
    }
    archive.finish().unwrap();
    assert!(bytes.len() < 100_000);
    let told = refused(Format::XlsForm, &bytes);
    assert!(told.contains("unpacks to more than"), "{told}");
}

#[test]
fn endless_questions_texts_and_places_are_read_within_bounds() {
    let many: String = (0..5_000).map(|number| question(number, "Vraag")).collect();
    let braces = question(1, &"{".repeat(300_000));
    let tags = question(1, &"<a x=\"".repeat(100_000));
    let places = question(1, &"{q1 + 1} {if(q1, 2, 3)} ".repeat(5_000));
    for (name, text) in [
        ("many", &many),
        ("braces", &braces),
        ("tags", &tags),
        ("places", &places),
    ] {
        let start = Instant::now();
        let imported = import(Format::Lss, lime(text).as_bytes()).unwrap();
        // Far more than it takes, and far less than without bounds.
        assert!(
            start.elapsed() < Duration::from_mins(1),
            "{name}: {:?}",
            start.elapsed()
        );
        assert_eq!(excesses(&imported.definition), vec![], "{name}");
        assert!(imported.report.items.len() <= 5_000);
    }
    let imported = import(Format::Lss, lime(&many).as_bytes()).unwrap();
    assert_eq!(imported.report.questions_in, 5_000);
    assert_eq!(imported.report.questions_kept, Definition::MOST_QUESTIONS);
    let is_told = imported
        .report
        .items
        .iter()
        .any(|item| item.reason == Reason::TooManyQuestions);
    assert!(is_told);
}

#[test]
fn conditions_inside_conditions_do_not_grow() {
    let nested = (0..35).fold("1".to_owned(), |inner, _| {
        format!("if({inner}, q1 > 1, q1 &lt; 9)")
    });
    let text = lime(&format!(
        "{}<row><qid>2</qid><parent_qid>0</parent_qid><gid>3</gid><type>T</type><title>q2</title><language>nl</language>\
         <question>x</question><relevance>{nested}</relevance></row>",
        question(1, "x").replace("<type>T<", "<type>N<")
    ));
    let start = Instant::now();
    let imported = import(Format::Lss, text.as_bytes()).unwrap();
    assert!(start.elapsed() < Duration::from_secs(30));
    assert_eq!(imported.report.questions_kept, 2);
}

/// Every way to add something unknown to one object of a tree.
fn with_something_more(tree: &Value, path: &str, made: &mut Vec<(String, Value)>) {
    let parts: Vec<String> = match tree {
        Value::Object(object) => object.keys().cloned().collect(),
        Value::Array(list) => (0..list.len()).map(|number| number.to_string()).collect(),
        _ => return,
    };
    if let Value::Object(object) = tree {
        let mut more = object.clone();
        more.insert("zz_more".to_owned(), Value::from("zz_told"));
        made.push((path.to_owned(), Value::Object(more)));
    }
    for part in parts {
        let mut inner = Vec::new();
        let pointer = format!("/{part}");
        with_something_more(
            tree.pointer(&pointer).unwrap(),
            &format!("{path}/{part}"),
            &mut inner,
        );
        for (path, changed) in inner {
            let mut whole = tree.clone();
            *whole.pointer_mut(&pointer).unwrap() = changed;
            made.push((path, whole));
        }
    }
}

/// Whether the report of a file says something of what was added to it.
fn is_told(format: Format, bytes: &[u8]) -> bool {
    let report = import(format, bytes).unwrap().report;
    serde_json::to_string(&report).unwrap().contains("zz_")
}

#[test]
fn whatever_is_added_to_a_file_is_told_of() {
    let mut silent = Vec::new();
    for (format, text) in [
        (Format::Qsf, include_str!("../examples/mutate/small.qsf")),
        (
            Format::SurveyJs,
            include_str!("../examples/mutate/small.surveyjs.json"),
        ),
    ] {
        let mut made = Vec::new();
        with_something_more(&serde_json::from_str(text).unwrap(), "", &mut made);
        // What is told of as a whole, the words of one text, and the trees of conditions.
        let is_whole = |path: &str| {
            ["/Payload/2", "/12/Payload", "/14/Payload", "/title"]
                .iter()
                .any(|end| path.ends_with(end))
                || path.contains("Logic/")
                || path.ends_with("Logic")
        };
        made.retain(|(path, _)| !is_whole(path));
        for (path, tree) in made {
            if !is_told(format, tree.to_string().as_bytes()) {
                silent.push(format!("{format:?} {path}"));
            }
        }
    }
    let lime = include_str!("../examples/mutate/small.lss");
    for (at, _) in lime.match_indices("</row>") {
        let (before, behind) = lime.split_at(at);
        let text = format!("{before}<zz_more>zz_told</zz_more>{behind}");
        if !is_told(Format::Lss, text.as_bytes()) {
            silent.push(format!("lss at byte {at}"));
        }
    }
    let form = include_str!("../examples/mutate/small.xlsform.tsv");
    for (number, line) in form.lines().enumerate() {
        // Headers, and lines that say no more than what they are.
        let is_bare = ["type\t", "list_name\t", "end ", "start"]
            .iter()
            .any(|begin| line.starts_with(begin));
        if is_bare || line.is_empty() {
            continue;
        }
        if !is_told(Format::XlsForm, &workbook(form, number)) {
            silent.push(format!("xlsform {number} {line}"));
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

/// A workbook of lines of cells with one cell more in a row; an empty line begins the next sheet.
fn workbook(text: &str, changed: usize) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut names = ["survey", "choices"].into_iter();
    let mut sheet = workbook
        .add_worksheet()
        .set_name(names.next().unwrap())
        .unwrap();
    let mut row = 0;
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            sheet = workbook
                .add_worksheet()
                .set_name(names.next().unwrap())
                .unwrap();
            row = 0;
            continue;
        }
        for (column, cell) in (0..).zip(line.split('\t')) {
            sheet.write_string(row, column, cell).unwrap();
        }
        let more = if row == 0 { "zz_more" } else { "zz_told" };
        if row == 0 || number == changed {
            sheet.write_string(row, 30, more).unwrap();
        }
        row += 1;
    }
    workbook.save_to_buffer().unwrap()
}
