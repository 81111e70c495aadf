//! Reading texts, labels and lists of objects.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::ComputeError;
use super::read::{Fields, as_score, wrong_type};

const LABEL: &str = "a text or a whole number";

impl<'a> Fields<'a> {
    /// A text.
    pub(super) fn text(&self, field: &'static str) -> Result<&'a str, ComputeError> {
        let value = self.required(field)?.as_str();
        value.ok_or_else(|| wrong_type(field.to_owned(), "a text"))
    }

    /// A count that may be absent or null.
    pub(super) fn optional_count(&self, field: &'static str) -> Result<Option<u64>, ComputeError> {
        if self.is_absent(field) {
            return Ok(None);
        }
        self.count(field).map(Some)
    }

    /// A label.
    pub(super) fn label(&self, field: &'static str) -> Result<Cow<'a, str>, ComputeError> {
        as_label(self.required(field)?).ok_or_else(|| wrong_type(field.to_owned(), LABEL))
    }

    /// A list of scores.
    pub(super) fn scores(&self, field: &'static str) -> Result<Vec<i32>, ComputeError> {
        self.list(field, "a whole number", as_score)
    }

    /// A list of labels.
    pub(super) fn labels(&self, field: &'static str) -> Result<Vec<Cow<'a, str>>, ComputeError> {
        self.list(field, LABEL, as_label)
    }

    /// A list of objects, each read by `read`.
    pub(super) fn objects<T>(
        &self,
        field: &'static str,
        read: impl Fn(&Fields<'a>) -> Result<T, ComputeError>,
    ) -> Result<Vec<T>, ComputeError> {
        let objects = self.list(field, "an object", Value::as_object)?;
        objects
            .into_iter()
            .map(Fields::new)
            .map(|item| read(&item))
            .collect()
    }

    /// An object.
    pub(super) fn object(
        &self,
        field: &'static str,
    ) -> Result<&'a Map<String, Value>, ComputeError> {
        let value = self.required(field)?.as_object();
        value.ok_or_else(|| wrong_type(field.to_owned(), "an object"))
    }

    /// Whether a field is absent or null.
    pub(super) fn is_absent(&self, field: &'static str) -> bool {
        self.required(field).map_or(true, Value::is_null)
    }
}

/// A label: a text as it is, a number as it is written.
fn as_label(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
