//! What a series does while nothing is going on.

use crate::error::MeasureError;

/// The centre and the standard deviation of a series in quiet times, in its own units.
///
/// ```
/// use peil_measure::Baseline;
///
/// assert_eq!(Baseline::new(40.0, 8.0)?.center(), 40.0);
/// assert!(Baseline::new(40.0, 0.0).is_err());
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    center: f64,
    sd: f64,
}

impl Baseline {
    /// Takes the centre and the standard deviation of a single point.
    ///
    /// ```
    /// use peil_measure::Baseline;
    ///
    /// assert!(Baseline::new(40.0, 8.0).is_ok() && Baseline::new(40.0, -8.0).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NumberOutOfRange`] unless both are finite and the deviation is above zero.
    pub fn new(center: f64, sd: f64) -> Result<Self, MeasureError> {
        require("center", center, "finite", center.is_finite())?;
        require("sd", sd, "above zero", sd > 0.0 && sd.is_finite())?;
        Ok(Self { center, sd })
    }

    /// The centre.
    ///
    /// ```
    /// assert_eq!(peil_measure::Baseline::new(40.0, 8.0)?.center(), 40.0);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn center(self) -> f64 {
        self.center
    }

    /// The standard deviation of a single point.
    ///
    /// ```
    /// assert_eq!(peil_measure::Baseline::new(40.0, 8.0)?.sd(), 8.0);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn sd(self) -> f64 {
        self.sd
    }
}

/// Refuses a number for which `is_met` is false.
pub(super) fn require(
    input: &'static str,
    value: f64,
    expected: &'static str,
    is_met: bool,
) -> Result<(), MeasureError> {
    if is_met {
        return Ok(());
    }
    Err(MeasureError::NumberOutOfRange {
        input,
        value,
        expected,
    })
}

/// Refuses points that are infinite or not a number.
pub(super) fn require_finite(points: &[f64]) -> Result<(), MeasureError> {
    points
        .iter()
        .try_for_each(|point| require("x", *point, "finite", point.is_finite()))
}
