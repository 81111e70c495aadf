//! JSON from strangers, as a tree: nothing endless, and faults with their place.

use serde_json::{Map, Value};

use super::{ImportError, bytes::decode, error::place};

/// Most lists, objects and values.
const MOST_PARTS: usize = 300_000;

/// Reads a tree. Nesting is bounded by the reader itself.
pub(super) fn read(bytes: &[u8]) -> Result<(String, Value), ImportError> {
    let text = decode(bytes, None)?;
    bounded(&text)?;
    let value = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
    Ok((text, value))
}

/// Refuses what would take much more memory than its text does.
pub(super) fn bounded(text: &str) -> Result<(), ImportError> {
    let parts = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'[' | b'{' | b','));
    match parts.map(|(at, _)| at).nth(MOST_PARTS) {
        None => Ok(()),
        Some(at) => {
            let (line, column) = place(text, at);
            Err(ImportError::TooMany {
                parts: "values",
                most: MOST_PARTS,
                line,
                column,
            })
        }
    }
}

/// A fault of the reader as ours.
pub(super) fn wrong(error: &serde_json::Error) -> ImportError {
    let whole = error.to_string();
    // The place is told apart.
    let what = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
    ImportError::Syntax {
        what,
        line: error.line(),
        column: error.column(),
    }
}

/// A text, or a number or yes/no as one.
pub(super) fn words(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is_so) => Some(is_so.to_string()),
        _ => None,
    }
}

/// A text of an object.
pub(super) fn text<'a>(object: &'a Map<String, Value>, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether something is said to be so.
pub(super) fn is_on(object: &Map<String, Value>, name: &str) -> bool {
    match object.get(name) {
        Some(Value::Bool(is_so)) => *is_so,
        Some(Value::String(word)) => matches!(word.as_str(), "true" | "ON" | "on" | "1"),
        _ => false,
    }
}

/// Whether a value says nothing.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(parts) => parts.is_empty(),
        Value::Object(parts) => parts.is_empty(),
        _ => false,
    }
}

/// The parts of a list; none when it is no list.
pub(super) fn list<'a>(object: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    object
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A whole number.
pub(super) fn whole(value: Option<&Value>) -> Option<i32> {
    match value? {
        Value::Number(number) => number
            .as_i64()
            .and_then(|number| i32::try_from(number).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
