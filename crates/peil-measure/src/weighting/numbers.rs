//! What a weight, or the size of a population, may be.

use crate::error::MeasureError;

/// Refuses a number that is negative or not finite.
pub(super) fn require_size(input: &'static str, value: f64) -> Result<(), MeasureError> {
    if value >= 0.0 && value.is_finite() {
        return Ok(());
    }
    Err(MeasureError::NumberOutOfRange {
        input,
        value,
        expected: "a finite number from 0 up",
    })
}

/// Refuses a list in which a number is negative or not finite.
pub(super) fn require_sizes(input: &'static str, values: &[f64]) -> Result<(), MeasureError> {
    values
        .iter()
        .try_for_each(|value| require_size(input, *value))
}

/// Refuses a list that is not as long as another.
pub(super) fn require_length(
    input: &'static str,
    length: usize,
    expected: usize,
) -> Result<(), MeasureError> {
    if length == expected {
        return Ok(());
    }
    Err(MeasureError::LengthsDiffer {
        input,
        length,
        expected,
    })
}
