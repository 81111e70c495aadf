//! Whether those who responded are like all who were invited, and which variables spoil it.

mod catch_up;
mod fit;
mod frame;
mod indicator;
mod partial;
mod propensity;
mod sweep;

use serde::Serialize;

pub use catch_up::{CaughtUp, catch_up};
pub use fit::{ResponseFit, response_fit};
pub use frame::FrameCell;
pub use partial::{CategoryPartial, VariablePartial};

use crate::error::MeasureError;
use crate::level::Level;
use crate::measured::Interval;
use frame::Frame;
use indicator::Indicator;
use propensity::Propensities;

/// The outcome of [`r_indicator`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Representativity {
    /// How many were invited.
    pub n: u64,
    /// The share that responded.
    pub response_rate: f64,
    /// 1 - 2 √V, with V the variance of the response propensities: 1 when all are alike.
    pub r_unadjusted: f64,
    /// The same after taking out what chance adds to V: the one to print.
    pub r: f64,
    /// The standard error of r; `None` when the propensities do not differ.
    pub r_se: Option<f64>,
    /// √V over the mean propensity: the most that non-response can bias a mean, in standard
    /// deviations.
    pub cv_unadjusted: f64,
    /// The same after taking out what chance adds to V.
    pub cv: f64,
    /// The standard error of cv; `None` when the propensities do not differ.
    pub cv_se: Option<f64>,
    /// What each variable adds, in the order of the input.
    pub variables: Vec<VariablePartial>,
    /// What each category adds: variables in the order of the input, categories by name.
    pub categories: Vec<CategoryPartial>,
}

impl Representativity {
    /// r ± z · `r_se`, cut off at 0 and 1; `None` when the propensities do not differ.
    ///
    /// ```
    /// use peil_measure::{FrameCell, Level, r_indicator};
    ///
    /// let cell = |segment, n, responded| FrameCell { values: vec![segment], n, responded };
    /// let cells = [cell("large", 300, 120), cell("middle", 200, 30), cell("small", 100, 25)];
    /// let interval = r_indicator(&["segment"], &cells)?.r_interval(Level::default());
    /// assert!(interval.is_some_and(|interval| interval.low > 0.70 && interval.high < 0.86));
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn r_interval(&self, level: Level) -> Option<Interval> {
        let margin = self.r_se? * level.z();
        Some(Interval {
            low: (self.r - margin).max(0.0),
            high: (self.r + margin).min(1.0),
        })
    }
}

/// The representativity indicator of a response, with its partial indicators.
///
/// Response propensities ρ by logistic regression on the main effects of `variables`, over everyone
/// invited. R = 1 - 2 √V(ρ). Part of V is chance: bias = Σ g'Σg / N with g = ρ(1-ρ)x and Σ the
/// covariance of the coefficients; V is lowered to `max(0, V - bias)`. Unconditional partials say
/// how far the mean propensities of the categories lie apart, conditional ones how much they differ
/// among people alike in the other variables. A category in which everyone or nobody responded has
/// the propensity 1 or 0.
///
/// ```
/// use peil_measure::{FrameCell, r_indicator};
///
/// let cell = |segment, n, responded| FrameCell { values: vec![segment], n, responded };
/// let outcome = r_indicator(
///     &["segment"],
///     &[cell("large", 300, 120), cell("middle", 200, 30), cell("small", 100, 25)],
/// )?;
/// assert!((outcome.r - 0.781).abs() < 0.001);
/// // The large ones are over-represented.
/// assert!(outcome.categories[0].pu > 0.0);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable`](crate::NotMeasurable): more responded than were invited, or nobody or
/// everybody responded; [`MeasureError::LengthsDiffer`] for a cell with more or fewer values than
/// there are variables; [`MeasureError::TooManyAnswers`].
///
/// # Sources
/// Schouten, Cobben and Bethlehem (2009), *Survey Methodology* 35(1), 101-113; Shlomo, Skinner and
/// Schouten (2012), *Journal of Statistical Planning and Inference* 142, 201-211; de Heij, Schouten
/// and Shlomo (2015), *RISQ manual 2.1*.
pub fn r_indicator(
    variables: &[&str],
    cells: &[FrameCell<'_>],
) -> Result<Representativity, MeasureError> {
    let frame = Frame::read(variables.len(), cells)?;
    let all: Vec<usize> = (0..variables.len()).collect();
    let propensities = Propensities::fit(&frame, &all);
    let indicator = Indicator::of(&frame, &propensities);
    let kept = indicator.kept_spread();
    let (parts, categories) = partial::partials(&frame, variables, &propensities, kept);
    Ok(Representativity {
        n: frame.n,
        response_rate: frame.response_rate(),
        r_unadjusted: indicator.r_unadjusted(),
        r: indicator.r(),
        r_se: indicator.r_se(),
        cv_unadjusted: indicator.cv_unadjusted(),
        cv: indicator.cv(),
        cv_se: indicator.cv_se(),
        variables: parts,
        categories,
    })
}
