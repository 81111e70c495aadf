//! Writing outcomes as JSON, and the codes of data that allow none.

use serde::Serialize;
use serde_json::{Value, json};

use super::ComputeError;
use super::read::refused;
use crate::error::MeasureError;

/// The outcome as JSON.
pub(super) fn write(outcome: &impl Serialize) -> Result<Value, ComputeError> {
    serde_json::to_value(outcome).map_err(|error| ComputeError::NotWritable {
        reason: error.to_string(),
    })
}

/// The outcome as JSON; data that do not allow one become `{"error": code}`, and everything else
/// that the measure refused is blamed on `field`.
pub(super) fn answer(
    outcome: Result<impl Serialize, MeasureError>,
    field: &'static str,
) -> Result<Value, ComputeError> {
    match outcome {
        Ok(outcome) => write(&outcome),
        Err(MeasureError::NotMeasurable(reason)) => {
            Ok(json!({ "error": reason.code(), "message": reason.to_string() }))
        }
        Err(error) => Err(refused(field)(error)),
    }
}
