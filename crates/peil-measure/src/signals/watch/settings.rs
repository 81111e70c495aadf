//! With how much certainty a series is judged.

use super::super::baseline::require;
use super::tally::PriorRate;
use crate::error::MeasureError;

/// How a series is judged. The default is what the methods page gives figures for.
///
/// ```
/// use peil_measure::WatchSettings;
///
/// let daily = WatchSettings::default().looked_at(7)?.chronic_above(0.15)?;
/// assert!(WatchSettings::default().looked_at(0).is_err());
/// # let _ = daily;
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WatchSettings {
    /// How many quiet periods make the baseline.
    pub(super) baseline: usize,
    /// The chance with which a quiet period stays within its limit.
    pub(super) within: f64,
    /// How many times the baseline a lasting rise is.
    pub(super) ratio: f64,
    /// How much evidence must gather before a rise counts as lasting (natural logarithm of the odds).
    pub(super) threshold: f64,
    /// What share of those told may be false when many series are watched.
    pub(super) false_share: f64,
    /// From which share of answers on a subject is structural however long it has been so.
    pub(super) chronic: Option<f64>,
    /// How often the last period is looked at before it is over.
    pub(super) looks: u32,
    /// What is known while the series is young.
    pub(super) prior: Option<PriorRate>,
}

impl Default for WatchSettings {
    fn default() -> Self {
        Self {
            baseline: 26,
            within: 0.995,
            ratio: 2.0,
            threshold: 4.5,
            false_share: 0.05,
            chronic: None,
            looks: 1,
            prior: None,
        }
    }
}

impl WatchSettings {
    /// The last period is not over and is looked at so many times: its limits are as much stricter.
    ///
    /// ```
    /// assert!(peil_measure::WatchSettings::default().looked_at(7).is_ok());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NumberOutOfRange`] for no look at all.
    pub fn looked_at(mut self, looks: u32) -> Result<Self, MeasureError> {
        require("looks", f64::from(looks), "at least 1", looks > 0)?;
        self.looks = looks;
        Ok(self)
    }

    /// More mentions per answer than this are structural even when it was never different.
    ///
    /// ```
    /// assert!(peil_measure::WatchSettings::default().chronic_above(0.0).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NumberOutOfRange`] unless the share is above zero and finite.
    pub fn chronic_above(mut self, share: f64) -> Result<Self, MeasureError> {
        require(
            "the chronic share",
            share,
            "above zero",
            share > 0.0 && share.is_finite(),
        )?;
        self.chronic = Some(share);
        Ok(self)
    }

    /// Of those told, no more than this share may be false when many series are watched; 0.05 when it is
    /// not said.
    ///
    /// ```
    /// assert!(peil_measure::WatchSettings::default().with_false_share(0.03).is_ok());
    /// assert!(peil_measure::WatchSettings::default().with_false_share(1.0).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NumberOutOfRange`] unless the share is strictly between 0 and 1.
    pub fn with_false_share(mut self, share: f64) -> Result<Self, MeasureError> {
        require(
            "the false share",
            share,
            "strictly between 0 and 1",
            share > 0.0 && share < 1.0,
        )?;
        self.false_share = share;
        Ok(self)
    }

    /// What is known of the rate while a series is young.
    ///
    /// ```
    /// use peil_measure::{PriorRate, WatchSettings};
    ///
    /// let settings = WatchSettings::default().with_prior(PriorRate::new(0.05, 200.0)?);
    /// assert_ne!(settings, WatchSettings::default());
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn with_prior(mut self, prior: PriorRate) -> Self {
        self.prior = Some(prior);
        self
    }
}
