//! Verdicts on differences as programs read them.

use peil_app::results::{Change, Difference};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::FigureView;

/// A difference and what can be said about it.
#[derive(Serialize, ToSchema)]
pub(super) struct DifferenceView {
    /// The difference: points for NPS, a fraction for a share, units of the scale for a mean.
    pub(super) value: f64,
    /// Both ends of its 95 % interval; absent when the answers have no spread.
    pub(super) interval: Option<[f64; 2]>,
    /// The p-value of this comparison alone.
    pub(super) p: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg for all comparisons in the answer.
    pub(super) p_adjusted: Option<f64>,
    /// How many comparisons were adjusted together.
    pub(super) among: usize,
    /// The largest difference that still counts as none.
    pub(super) margin: f64,
    /// `differs`, `does_not_differ` (the interval lies within the margin) or `cannot_tell`.
    pub(super) verdict: &'static str,
}

impl From<&Difference> for DifferenceView {
    fn from(found: &Difference) -> Self {
        Self {
            value: found.value,
            interval: found.interval.map(|(low, high)| [low, high]),
            p: found.p,
            p_adjusted: found.p_adjusted,
            among: found.among,
            margin: found.margin,
            verdict: found.verdict.code(),
        }
    }
}

/// A difference with an earlier period.
#[derive(Serialize, ToSchema)]
pub(super) struct ChangeView {
    /// First day of the earlier period.
    pub(super) from: String,
    /// Its last day.
    pub(super) until: String,
    /// Its figure.
    pub(super) figure: FigureView,
    /// How much the later period differs from it.
    pub(super) difference: DifferenceView,
}

impl From<&Change> for ChangeView {
    fn from(change: &Change) -> Self {
        Self {
            from: change.from.date().to_string(),
            until: change.until.date().to_string(),
            figure: (&change.figure).into(),
            difference: (&change.difference).into(),
        }
    }
}
