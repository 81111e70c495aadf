//! Questions of a form as questions of Peil, by their type.

use std::collections::BTreeMap;

use peil_domain::{
    response::OTHER,
    shared::{Localized, QuestionKey},
    survey::{Choice, Question, QuestionKind, Row},
};

use super::{
    form::Form,
    label,
    rules::{self, is_yes},
    sheets::Line,
};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, choice, is_line, text as open},
    fit::MOST_ROWS_EACH,
    foreign::{Dialect, Meaning},
    keys::Keys,
    weave::Condition,
};

/// Whether it is filled in by the program rather than asked.
pub(super) fn is_program(kind: &str) -> bool {
    matches!(
        kind,
        "start"
            | "end"
            | "today"
            | "deviceid"
            | "subscriberid"
            | "simserial"
            | "phonenumber"
            | "username"
            | "email"
            | "audit"
            | "caseid"
            | "hidden"
            | "start-geopoint"
            | "xml-external"
            | "csv-external"
            | "background-audio"
            | "background-geopoint"
            | "instance_name"
    )
}

/// Reads a question.
pub(super) fn read(
    form: &mut Form<'_>,
    line: &Line,
    words: &[&str],
    made: &mut Vec<Question>,
) -> Option<()> {
    let is_long = line.get("appearance").contains("multiline");
    note_parameters(form, line);
    match words {
        ["text" | "string", ..] => one(form, line, open(is_long), made),
        ["integer" | "int", ..] => number(form, line, 0, made),
        ["decimal", ..] => number(form, line, 2, made),
        ["range", ..] => range(form, line, made),
        ["note", ..] => one(form, line, QuestionKind::Statement, made),
        ["date" | "datetime" | "dateTime", ..] => {
            if words.first() != Some(&"date") {
                form.weave
                    .note("type", Effect::Lost, Reason::Look, line.get("type"));
            }
            let kind = QuestionKind::Date {
                earliest: None,
                latest: None,
            };
            one(form, line, kind, made)
        }
        ["time", ..] => {
            form.weave
                .note("type", Effect::Changed, Reason::OtherKind, "text");
            one(form, line, open(false), made)
        }
        ["select_one" | "select1", list, rest @ ..] => select(form, line, list, false, rest, made),
        ["select_multiple" | "select", list, rest @ ..] => {
            select(form, line, list, true, rest, made)
        }
        [
            "select_one_from_file" | "select_multiple_from_file" | "select_one_external",
            file,
            ..,
        ] => {
            form.weave
                .note("type", Effect::Changed, Reason::Source, file);
            one(form, line, open(false), made)
        }
        ["rank", list, ..] => rank(form, line, list, made),
        ["acknowledge" | "trigger", ..] => one(form, line, QuestionKind::Consent, made),
        ["calculate", ..] => {
            let key = form.weave.key(line.get("name"))?;
            let path = format!("{}/calculation", line.path());
            let condition = Condition::of_text(path, line.get("calculation"), Dialect::XPath);
            form.weave.calculate(key, line.get("name"), condition);
            Some(())
        }
        ["barcode", ..] => {
            form.weave
                .note("type", Effect::Changed, Reason::OtherKind, "text");
            one(form, line, open(false), made)
        }
        ["geopoint" | "geotrace" | "geoshape", ..] => {
            form.weave
                .note("", Effect::Changed, Reason::NoPicking, line.get("type"));
            one(form, line, open(false), made)
        }
        ["image" | "audio" | "video" | "file" | "photo", ..] => {
            form.weave
                .note("", Effect::Changed, Reason::NoUpload, line.get("type"));
            one(form, line, open(true), made)
        }
        _ => {
            form.weave.note(
                "type",
                Effect::Changed,
                Reason::UnknownKind,
                line.get("type"),
            );
            one(form, line, open(true), made)
        }
    }
}

fn asked(form: &mut Form<'_>, line: &Line) -> Option<Asked> {
    let key = form.weave.key(line.get("name"))?;
    let text = label(form, line);
    let path = format!("{}/hint", line.path());
    let help = form.text(line, "hint", &path);
    let required = line.get("required");
    let is_required = is_yes(required);
    if !required.is_empty() && !is_required && !rules::is_no(required) {
        form.weave
            .note("required", Effect::Lost, Reason::Required, required);
    }
    Some(Asked {
        key,
        text,
        help,
        is_required,
    })
}

fn one(
    form: &mut Form<'_>,
    line: &Line,
    kind: QuestionKind,
    made: &mut Vec<Question>,
) -> Option<()> {
    let mut asked = asked(form, line)?;
    asked.is_required &= kind.asks();
    let key = asked.key.clone();
    let meaning = match &kind {
        QuestionKind::Text { .. } => Meaning::Text(key),
        QuestionKind::Number { .. } => Meaning::Number(key),
        QuestionKind::Date { .. } => Meaning::Date(key),
        QuestionKind::Slider { .. } => Meaning::Score(key, BTreeMap::new()),
        // What is acknowledged is "OK" there.
        QuestionKind::Consent => Meaning::Truth(key),
        _ => Meaning::Nothing,
    };
    form.weave.learn(line.get("name"), meaning);
    let mut question = asked.of(kind);
    rules::constrain(form, line, &mut question);
    made.push(question);
    Some(())
}

fn number(form: &mut Form<'_>, line: &Line, decimals: u8, made: &mut Vec<Question>) -> Option<()> {
    if decimals > 0 {
        form.weave.note(
            "",
            Effect::Changed,
            Reason::Validation,
            "at most 2 decimals",
        );
    }
    let kind = QuestionKind::Number {
        min: None,
        max: None,
        decimals,
    };
    one(form, line, kind, made)
}

/// A value such as `start=0` among the parameters.
fn parameter<'a>(line: &'a Line, name: &str) -> Option<&'a str> {
    let parameters = line.get("parameters").split([' ', ';', ',']);
    let mut pairs = parameters.filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Notes the parameters that are not read.
fn note_parameters(form: &mut Form<'_>, line: &Line) {
    let parameters = line.get("parameters").split([' ', ';', ',']);
    let unread: Vec<&str> = parameters
        .filter(|pair| {
            let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
            !matches!(name, "" | "start" | "end" | "step" | "randomize")
        })
        .collect();
    if !unread.is_empty() {
        let unread = unread.join(" ");
        form.weave
            .note("parameters", Effect::Lost, Reason::Setting, &unread);
    }
}

fn range(form: &mut Form<'_>, line: &Line, made: &mut Vec<Question>) -> Option<()> {
    let or = |name: &str, otherwise: i32| match parameter(line, name) {
        None => Some(otherwise),
        Some(value) => value.parse().ok(),
    };
    let found = or("start", 0).zip(or("end", 10)).zip(or("step", 1));
    let ((min, max), step) = found.unwrap_or(((0, 0), 0));
    let is_line = is_line(min, max, step);
    if !is_line {
        form.weave.note(
            "parameters",
            Effect::Changed,
            Reason::OtherKind,
            line.get("parameters"),
        );
        return number(form, line, 2, made);
    }
    let kind = QuestionKind::Slider {
        min,
        max,
        step,
        low_label: Localized::default(),
        high_label: Localized::default(),
    };
    one(form, line, kind, made)
}

/// The choices of a list, with the code of each.
fn options(
    form: &mut Form<'_>,
    list: &str,
) -> Option<(Vec<Choice>, BTreeMap<String, QuestionKey>)> {
    let mut keys = Keys::without(&[OTHER]);
    let mut found = Vec::new();
    let mut codes = BTreeMap::new();
    let sheets = form.sheets;
    let lines = sheets.lists.get(list);
    if lines.is_none() {
        form.weave.note("type", Effect::Lost, Reason::Source, list);
    }
    for choice in lines.into_iter().flatten().take(1_000) {
        let code = match choice.get("name") {
            "" => choice.get("value"),
            name => name,
        };
        let key = keys.give(code, "o")?;
        let path = format!("{}/{list}", choice.path());
        let label = form.text(choice, "label", &path);
        let label = if label.is_blank() {
            form.weave.tongues.same(code)
        } else {
            label
        };
        codes.entry(code.to_owned()).or_insert_with(|| key.clone());
        found.push(Choice::new(key, label));
    }
    Some((found, codes))
}

fn select(
    form: &mut Form<'_>,
    line: &Line,
    list: &str,
    is_multiple: bool,
    rest: &[&str],
    made: &mut Vec<Question>,
) -> Option<()> {
    let has_other = rest.contains(&"or_other") || line.get("type").ends_with("or specify other");
    let (options, mut codes) = options(form, list)?;
    if has_other {
        codes.insert("other".to_owned(), OTHER.parse().ok()?);
    }
    let asked = asked(form, line)?;
    let key = asked.key.clone();
    let meaning = if is_multiple {
        Meaning::Options(key, codes)
    } else {
        Meaning::Option(key, codes)
    };
    form.weave.learn(line.get("name"), meaning);
    let mut kind = choice(options, is_multiple, has_other);
    if let QuestionKind::Choice { is_random, .. } = &mut kind {
        *is_random = parameter(line, "randomize") == Some("true");
    }
    let mut question = asked.of(kind);
    rules::constrain(form, line, &mut question);
    made.push(question);
    Some(())
}

fn rank(form: &mut Form<'_>, line: &Line, list: &str, made: &mut Vec<Question>) -> Option<()> {
    let (options, _) = options(form, list)?;
    let asked = asked(form, line)?;
    let over = options.len().saturating_sub(MOST_ROWS_EACH);
    let mut rows = Vec::new();
    for option in options.into_iter().take(MOST_ROWS_EACH) {
        let key = form
            .weave
            .key(&format!("{}_{}", line.get("name"), option.code))?;
        rows.push(Row {
            key,
            text: option.label,
        });
    }
    if over > 0 {
        let over = over.to_string();
        form.weave
            .note("type", Effect::Lost, Reason::ManyRows, &over);
    }
    form.weave.learn(line.get("name"), Meaning::Nothing);
    let is_random = parameter(line, "randomize") == Some("true");
    let mut question = asked.of(QuestionKind::Ranking { rows, is_random });
    rules::constrain(form, line, &mut question);
    made.push(question);
    Some(())
}
