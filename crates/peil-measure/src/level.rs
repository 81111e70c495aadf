//! The confidence level of an interval.

use crate::distributions::{normal_critical_value, student_critical_value};
use crate::error::MeasureError;

/// How often, over many samples, an interval holds the true value: strictly between 0 and 1.
///
/// ```
/// use peil_measure::Level;
///
/// assert_eq!(Level::default().value(), 0.95);
/// assert!(Level::new(95.0).is_err());
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    value: f64,
    /// Kept, because every interval asks for it.
    z: f64,
}

impl Level {
    /// Takes a confidence level as a fraction, such as `0.95`.
    ///
    /// ```
    /// use peil_measure::Level;
    ///
    /// assert!(Level::new(0.9).is_ok() && Level::new(1.0).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::LevelOutOfRange`] unless `0 < level < 1`.
    pub fn new(level: f64) -> Result<Self, MeasureError> {
        if level > 0.0 && level < 1.0 {
            Ok(Self {
                value: level,
                z: normal_critical_value(1.0 - level),
            })
        } else {
            Err(MeasureError::LevelOutOfRange { level })
        }
    }

    /// The level as a fraction.
    ///
    /// ```
    /// assert_eq!(peil_measure::Level::new(0.9)?.value(), 0.9);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// The probability left outside an interval, both sides together: `1 - level`.
    pub(crate) fn outside(self) -> f64 {
        1.0 - self.value
    }

    /// z = Φ⁻¹(1 - (1 - level)/2): how many standard errors a normal interval reaches.
    pub(crate) fn z(self) -> f64 {
        self.z
    }

    /// The same for Student's t with `df` degrees of freedom (any positive number).
    pub(crate) fn t(self, df: f64) -> f64 {
        student_critical_value(self.outside(), df)
    }
}

/// 95 %, the level Peil prints unless someone asks for another.
impl Default for Level {
    fn default() -> Self {
        Self {
            value: 0.95,
            z: 1.959_963_984_540_053_8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_level_of_95_percent() {
        assert_eq!(Level::new(0.95), Ok(Level::default()));
    }
}
