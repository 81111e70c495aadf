//! Numbers and days as programs read them.

use peil_app::results::NumberResult;
use serde::Serialize;
use utoipa::ToSchema;

/// A question that asks for a number or a day, summed up. Days count from 1 January 1970.
#[derive(Serialize, ToSchema)]
pub(super) struct NumbersView {
    /// Key of the question.
    question: String,
    /// Number of answers; absent, as all else, when they are of too few people to be told.
    answers: Option<u64>,
    /// The mean.
    mean: Option<f64>,
    /// Both ends of the interval of the mean.
    interval: Option<[f64; 2]>,
    /// The standard deviation.
    standard_deviation: Option<f64>,
    /// The lower quartile, the median and the upper quartile.
    quartiles: Option<[f64; 3]>,
}

impl From<&NumberResult> for NumbersView {
    fn from(result: &NumberResult) -> Self {
        let shown = result.shown;
        Self {
            question: result.question.key.to_string(),
            answers: shown.map(|shown| shown.n),
            mean: shown.map(|shown| shown.mean),
            interval: shown.map(|shown| [shown.interval.low, shown.interval.high]),
            standard_deviation: shown.map(|shown| shown.sd),
            quartiles: shown.map(|shown| shown.quartiles),
        }
    }
}
