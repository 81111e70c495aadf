//! Between columns and nouns: times, words and documents.

use std::str::FromStr;

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// Values in one list of a statement; longer lists are asked in parts.
pub(crate) const MOST_IN_LIST: usize = 1_000;

/// A moment as stored: microseconds since 1970, UTC.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// A stored moment.
pub(crate) fn moment(table: &'static str, micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|error| unreadable(table, &error))
}

/// A stored moment that may be absent.
pub(crate) fn maybe_moment(
    table: &'static str,
    micros: Option<i64>,
) -> Result<Option<Timestamp>, StoreError> {
    micros.map(|value| moment(table, value)).transpose()
}

/// A stored word.
pub(crate) fn word<T>(table: &'static str, text: &str) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    text.parse()
        .map_err(|error: T::Err| unreadable(table, &error))
}

/// A stored document, or a word of an enum that serde knows.
pub(crate) fn document<T: DeserializeOwned>(
    table: &'static str,
    value: serde_json::Value,
) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|error| unreadable(table, &error))
}

/// A document to store.
pub(crate) fn to_document<T: Serialize>(
    table: &'static str,
    value: &T,
) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(value).map_err(|error| unreadable(table, &error))
}

/// A stored word of an enum that serde knows.
pub(crate) fn known<T: DeserializeOwned>(
    table: &'static str,
    text: String,
) -> Result<T, StoreError> {
    document(table, serde_json::Value::String(text))
}

pub(crate) fn unreadable(table: &'static str, reason: &impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable {
        table,
        reason: reason.to_string(),
    }
}
