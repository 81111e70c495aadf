//! The periods of a trend: when, and what was answered.

use crate::error::MeasureError;
use crate::histogram::Histogram;
use crate::not_measurable::NotMeasurable;

/// The answers of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// When, in any unit and from any start: week 12, or 2026.25.
    pub time: f64,
    /// What was answered then.
    pub answers: Histogram,
}

/// The periods in which somebody answered, with times counted from the first of them, so that a
/// calendar far from zero costs no digits.
pub(super) fn with_answers(periods: &[Period]) -> Result<Vec<(f64, &Histogram)>, MeasureError> {
    if let Some(period) = periods.iter().find(|period| !period.time.is_finite()) {
        return Err(MeasureError::NumberOutOfRange {
            input: "t",
            value: period.time,
            expected: "a finite number",
        });
    }
    let answered: Vec<&Period> = periods.iter().filter(|p| p.answers.n() > 0).collect();
    let mut times: Vec<f64> = answered.iter().map(|period| period.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup_by(|a, b| (*a - *b).abs() <= 0.0);
    let [start, _, _, ..] = times.as_slice() else {
        return Err(NotMeasurable::TooFewPeriods.into());
    };
    Ok(answered
        .into_iter()
        .map(|period| (period.time - start, &period.answers))
        .collect())
}
