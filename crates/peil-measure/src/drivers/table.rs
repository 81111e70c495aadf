//! The rows that a driver analysis stands on: an outcome and a score per driver.

use crate::complete_rows::{CompleteRows, Spread};
use crate::error::MeasureError;

/// Outcomes with the scores that may drive them; rows with something missing are left out.
///
/// ```
/// use peil_measure::DriverTable;
///
/// let mut table = DriverTable::new(2);
/// table.push(Some(8.0), &[Some(9.0), Some(7.0)])?;
/// table.push(Some(5.0), &[None, Some(6.0)])?;
/// assert_eq!((table.drivers(), table.complete_rows()), (2, 1));
/// assert!(table.push(Some(5.0), &[Some(6.0)]).is_err());
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DriverTable {
    /// The outcome first.
    rows: CompleteRows,
}

impl DriverTable {
    /// An empty table for so many drivers.
    ///
    /// ```
    /// assert_eq!(peil_measure::DriverTable::new(3).complete_rows(), 0);
    /// ```
    #[must_use]
    pub fn new(drivers: usize) -> Self {
        Self {
            rows: CompleteRows::new(drivers + 1),
        }
    }

    /// Adds the answers of one person; kept only when none is missing.
    ///
    /// ```
    /// let mut table = peil_measure::DriverTable::new(1);
    /// table.push(None, &[Some(4.0)])?;
    /// assert_eq!(table.complete_rows(), 0);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::LengthsDiffer`] unless there is a score per driver, missing or not;
    /// [`MeasureError::NumberOutOfRange`] for a number that is not finite.
    pub fn push(
        &mut self,
        outcome: Option<f64>,
        scores: &[Option<f64>],
    ) -> Result<(), MeasureError> {
        self.rows.push(core::iter::once(&outcome).chain(scores))
    }

    /// How many drivers there are.
    ///
    /// ```
    /// assert_eq!(peil_measure::DriverTable::new(3).drivers(), 3);
    /// ```
    #[must_use]
    pub fn drivers(&self) -> usize {
        self.rows.width() - 1
    }

    /// How many rows have nothing missing.
    ///
    /// ```
    /// assert_eq!(peil_measure::DriverTable::new(3).complete_rows(), 0);
    /// ```
    #[must_use]
    pub fn complete_rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn rows(&self) -> &CompleteRows {
        &self.rows
    }

    pub(super) fn spread(&self) -> Option<Spread> {
        self.rows.spread()
    }
}
