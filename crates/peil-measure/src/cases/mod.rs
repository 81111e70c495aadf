//! Every measure behind one door: JSON in, JSON out.
//!
//! The contract of a *family* is one object in, one object out. NPS figures are in points, shares
//! and p-values are fractions, means are in scale units. What is undefined is `null`: never NaN,
//! never an absent field. `level` defaults to 0.95. Counts are histograms and may go up to 10⁸ per
//! score at no cost. Data that are readable but allow no statistic are an answer too:
//! `{"error": code}`, with the codes of [`NotMeasurable`](crate::NotMeasurable).
//!
//! ```
//! use peil_measure::cases::compute;
//! use serde_json::json;
//!
//! let answer = compute("csat", &json!({ "counts": [0, 0, 0, 0, 0], "top": 2 }))?;
//! assert_eq!(answer, json!({ "n": 0, "top_n": 0, "share": null, "ci_wilson": null }));
//!
//! let error = compute("csat", &json!({ "counts": [0, 0, -1], "top": 2 }));
//! assert_eq!(error.unwrap_err().to_string(), "counts[2] is not a whole number from 0 up");
//! # Ok::<(), peil_measure::cases::ComputeError>(())
//! ```

mod accounts;
mod actions;
mod answers;
mod comparison;
mod drivers;
mod families;
mod read;
mod records;
mod representativity;
mod sampling;
mod signals;
mod trend;
mod weighting;
mod write;

use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::error::MeasureError;
use read::Fields;

/// Why a family could not be computed.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ComputeError {
    /// There is no family of this name.
    #[error("no family is named {name}")]
    UnknownFamily {
        /// The name that was asked for.
        name: String,
    },
    /// The input is JSON, but not an object.
    #[error("the input is not a JSON object")]
    NotAnObject,
    /// A required field is absent.
    #[error("{field} is missing")]
    MissingField {
        /// The name of the field.
        field: &'static str,
    },
    /// A field has another type than it should have.
    #[error("{field} is not {expected}")]
    WrongType {
        /// The field, with the 0-based place in a list: `counts[2]`.
        field: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The measure refused the value of a field.
    #[error("{field}: {source}")]
    Refused {
        /// The field or fields that hold the value.
        field: &'static str,
        /// What was wrong with it.
        source: MeasureError,
    },
    /// The outcome could not be written as JSON.
    #[error("the outcome cannot be written as JSON: {reason}")]
    NotWritable {
        /// What the writer said.
        reason: String,
    },
}

/// A family of statistics that [`compute`] knows.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Family {
    /// The name to ask for it by.
    pub name: &'static str,
    /// One line in English on what it computes.
    pub summary: &'static str,
    /// The fields of its input; a question mark follows the optional ones.
    pub input: &'static str,
    #[serde(skip)]
    compute: fn(&Fields) -> Result<Value, ComputeError>,
}

/// All families, in the order in which a list should show them.
///
/// ```
/// let names: Vec<&str> = peil_measure::cases::families().iter().map(|family| family.name).collect();
/// assert!(names.contains(&"nps"));
/// ```
#[must_use]
pub fn families() -> &'static [Family] {
    families::ALL
}

/// Families that no other package computes as a whole, in the order in which a list should show
/// them. [`compute`] knows them too.
///
/// ```
/// let own = peil_measure::cases::own_families();
/// assert!(own.iter().any(|family| family.name == "goal_course"));
/// ```
#[must_use]
pub fn own_families() -> &'static [Family] {
    actions::ALL
}

/// Computes one family from its JSON input.
///
/// ```
/// use serde_json::json;
///
/// let input = json!({ "counts": [0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 5] });
/// let answer = peil_measure::cases::compute("nps", &input)?;
/// assert_eq!(answer["nps"], 30.0);
/// # Ok::<(), peil_measure::cases::ComputeError>(())
/// ```
///
/// # Errors
/// [`ComputeError`], naming the family or the field that was wrong.
pub fn compute(family: &str, input: &Value) -> Result<Value, ComputeError> {
    compute_noting(family, input).map(|computed| computed.answer)
}

/// What [`compute_noting`] answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The answer of [`compute`].
    pub answer: Value,
    /// The fields of the input that it does not depend on, such as one that is misspelt.
    pub unread: Vec<String>,
}

/// As [`compute`], and says which fields it did not need.
///
/// ```
/// use serde_json::json;
///
/// let computed = peil_measure::cases::compute_noting("kish", &json!({ "weights": [1], "lvl": 1 }))?;
/// assert_eq!(computed.unread, ["lvl"]);
/// # Ok::<(), peil_measure::cases::ComputeError>(())
/// ```
///
/// # Errors
/// As [`compute`].
pub fn compute_noting(family: &str, input: &Value) -> Result<Computed, ComputeError> {
    let mut all = families().iter().chain(own_families());
    let Some(family) = all.find(|known| known.name == family) else {
        return Err(ComputeError::UnknownFamily {
            name: family.to_owned(),
        });
    };
    let fields = input
        .as_object()
        .map(Fields::new)
        .ok_or(ComputeError::NotAnObject)?;
    let answer = (family.compute)(&fields)?;
    Ok(Computed {
        answer,
        unread: fields.unread(),
    })
}
