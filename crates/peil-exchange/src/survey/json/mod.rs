//! Peil's own format: the definition of a questionnaire as JSON, with the number of the format.
//!
//! It is described by a JSON Schema, [`SCHEMA`]. A definition without a number, as the API gives
//! it, is read as well.

#[cfg(test)]
mod schema_tests;

use peil_domain::survey::{Definition, Problem, excesses};
use serde::Serialize;
use serde_json::Value;

use super::{Effect, Format, ImportError, Imported, Reason, Report, bytes::decode, tree};

/// The JSON Schema of the format.
pub const SCHEMA: &str = include_str!("survey.schema.json");
/// The number of the format that is written.
pub const VERSION: u64 = 1;
/// Name of the schema, which files carry.
const SCHEMA_NAME: &str = "urn:peil:survey:1";

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    peil_survey: u64,
    #[serde(flatten)]
    definition: &'a Definition,
}

/// Writes a questionnaire as a file that [`super::read`] reads back the same.
///
/// # Errors
/// None that can happen with a questionnaire; the writer of JSON has one.
pub fn write(definition: &Definition) -> Result<String, serde_json::Error> {
    let document = Document {
        schema: SCHEMA_NAME,
        peil_survey: VERSION,
        definition,
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

/// Reads a questionnaire as it is; one that could not be stored is refused.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes, None)?;
    tree::bounded(&text)?;
    let told: Value = serde_json::from_str(&text).map_err(|error| tree::wrong(&error))?;
    let number = told
        .get("peil_survey")
        .and_then(Value::as_u64)
        .unwrap_or(VERSION);
    if number > VERSION {
        return Err(ImportError::Newer {
            found: number,
            known: VERSION,
        });
    }
    let definition: Definition =
        serde_json::from_str(&text).map_err(|error| tree::wrong(&error))?;
    if let Some(excess) = excesses(&definition).first() {
        return Err(ImportError::Wrong {
            what: excess.to_string(),
            path: path_of(excess),
        });
    }
    let mut report = Report::new(Format::Json);
    report.questions_in = definition.questions().count();
    report.questions_kept = report.questions_in;
    if let Ok(understood) = serde_json::to_value(&definition) {
        note_unknown(&told, &understood, "", &mut report);
    }
    Ok(Imported { definition, report })
}

fn path_of(problem: &Problem) -> String {
    match serde_json::to_value(problem.place()) {
        Ok(Value::String(place)) => place,
        Ok(place) => place.to_string(),
        Err(_) => String::new(),
    }
}

/// Notes what the file says and nobody understood.
fn note_unknown(told: &Value, understood: &Value, path: &str, report: &mut Report) {
    match (told, understood) {
        (Value::Object(told), Value::Object(understood)) => {
            for (name, value) in told {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}/{name}")
                };
                match understood.get(name) {
                    Some(known) => note_unknown(value, known, &path, report),
                    None if says_nothing(value) || is_ours(&path, value) => {}
                    None => report.note(path, Effect::Lost, Reason::UnknownPart, value.to_string()),
                }
            }
        }
        (Value::Array(told), Value::Array(understood)) => {
            for (number, (told, understood)) in told.iter().zip(understood).enumerate() {
                note_unknown(told, understood, &format!("{path}[{number}]"), report);
            }
        }
        _ => {}
    }
}

/// What is left out when it is written because it is as it always is.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(parts) => parts.is_empty(),
        Value::Object(parts) => parts.values().all(says_nothing),
        _ => false,
    }
}

fn is_ours(path: &str, value: &Value) -> bool {
    matches!(path, "$schema" | "peil_survey")
        || path == "shows_progress" && *value == Value::Bool(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{"peil_survey": 1, "languages": ["nl"], "title": {"nl": "T"}, "shows_progress": true,
        "colour": "red", "pages": [{"questions": [
        {"key": "nps", "text": {"nl": "?"}, "kind": "nps", "size": 3, "is_required": false}]}]}"#;

    #[test]
    fn what_is_not_understood_is_told_by_its_path() {
        let read = read(SMALL.as_bytes()).unwrap();
        let paths: Vec<&str> = read
            .report
            .items
            .iter()
            .map(|item| item.path.as_str())
            .collect();
        assert_eq!(paths, ["colour", "pages[0]/questions[0]/size"]);
        assert_eq!(
            (read.report.questions_in, read.report.questions_kept),
            (1, 1)
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let wrong = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        assert!(wrong("{\n  \"languages\": [}").contains("at line 2, column 17"));
        assert!(
            wrong(&SMALL.replace("\"kind\": \"nps\"", "\"kind\": \"x\"")).contains("at line 3")
        );
        assert_eq!(
            wrong(&SMALL.replace(": 1,", ": 2,")),
            "format 2 is newer than 1"
        );
        let twice = SMALL.replace("[\"nl\"]", "[\"nl\", \"nl\"]");
        assert_eq!(wrong(&twice), "language named twice at survey");
        let deep = "[".repeat(1_000_000);
        assert!(wrong(&deep).contains("line 1"));
    }
}
