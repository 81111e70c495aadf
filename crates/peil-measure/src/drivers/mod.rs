//! Key drivers: how much of the differences in an outcome goes with each of several scores.

mod lmg;
mod parts;
mod quadrant;
mod relative_weights;
mod resampled;
mod table;

use serde::Serialize;

use crate::error::MeasureError;
use crate::not_measurable::NotMeasurable;

pub use lmg::MAX_LMG_DRIVERS;
pub use quadrant::{Quadrant, Quadrants, quadrants};
pub use resampled::{Direction, DriverInterval, DriverIntervals, MAX_RESAMPLES, driver_intervals};
pub use table::DriverTable;

use parts::divide;

/// The outcome of [`drivers`]: one number per driver, in the order of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drivers {
    /// Complete rows.
    pub n_used: u64,
    /// The part of the outcome's variance that all drivers explain together, 0 to 1.
    pub r2: f64,
    /// Pearson's correlation with the outcome.
    pub correlation: Vec<f64>,
    /// The coefficient of the regression on all drivers, everything in standard deviations.
    pub beta: Vec<f64>,
    /// The part of `r2` that goes with the driver after Lindeman, Merenda and Gold (the Shapley
    /// value); they add up to `r2`. `None` above [`MAX_LMG_DRIVERS`] drivers.
    pub lmg: Option<Vec<f64>>,
    /// The same after Johnson; they add up to `r2` too.
    pub relative_weight: Vec<f64>,
    /// `lmg` as a part of one; `None` when nothing is explained, or like `lmg`.
    pub lmg_share: Option<Vec<f64>>,
    /// `relative_weight` as a part of one; `None` when nothing is explained.
    pub relative_share: Option<Vec<f64>>,
}

/// Divides what a linear regression explains of an outcome over its drivers, in two ways.
///
/// LMG is the R² that a driver adds, averaged over all orders in which drivers can enter the
/// regression. Johnson's relative weight goes by way of the orthogonal variables closest to the
/// drivers: with R the correlations among drivers and r those with the outcome, it is
/// Σ (R^½)²ⱼₖ (R^-½ r)²ₖ over k. Both are fair to drivers that go together, where coefficients are not;
/// neither says what *causes* the outcome.
///
/// ```
/// use peil_measure::{DriverTable, drivers};
///
/// let mut table = DriverTable::new(2);
/// for (overall, speed, price) in [(8.0, 9.0, 6.0), (6.0, 5.0, 7.0), (9.0, 9.0, 8.0), (4.0, 5.0, 3.0), (7.0, 6.0, 8.0)] {
///     table.push(Some(overall), &[Some(speed), Some(price)])?;
/// }
/// let outcome = drivers(&table)?;
/// let shares = outcome.lmg_share.ok_or("nothing explained")?;
/// assert!(outcome.r2 > 0.9 && shares.iter().all(|share| *share > 0.3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// In this order: [`NotMeasurable::TooFewRows`] below p + 2 complete rows for p drivers;
/// [`NotMeasurable::ZeroVariance`] when the outcome or a driver is the same in all of them;
/// [`NotMeasurable::Singular`] when a driver follows from the others.
///
/// # Sources
/// Lindeman, Merenda and Gold (1980), *Introduction to Bivariate and Multivariate Analysis*, 119-127;
/// Grömping (2006), *Journal of Statistical Software* 17(1); Johnson (2000), *Multivariate Behavioral
/// Research* 35, 1-19.
pub fn drivers(table: &DriverTable) -> Result<Drivers, MeasureError> {
    require_rows(table)?;
    let spread = table.spread().ok_or(NotMeasurable::ZeroVariance)?;
    let parts = divide(&spread.correlations()).ok_or(NotMeasurable::Singular)?;
    Ok(Drivers {
        n_used: u64::try_from(table.complete_rows()).unwrap_or(u64::MAX),
        r2: parts.r2,
        lmg_share: parts.lmg.as_deref().and_then(shares),
        relative_share: shares(&parts.relative_weight),
        correlation: parts.correlation,
        beta: parts.beta,
        lmg: parts.lmg,
        relative_weight: parts.relative_weight,
    })
}

/// Refuses fewer rows than a regression on all drivers needs.
fn require_rows(table: &DriverTable) -> Result<(), MeasureError> {
    let (rows, needed) = (table.complete_rows(), table.drivers() + 2);
    if rows < needed {
        return Err(NotMeasurable::TooFewRows { rows, needed }.into());
    }
    Ok(())
}

/// Parts as parts of one; nothing when there is nothing to divide.
fn shares(parts: &[f64]) -> Option<Vec<f64>> {
    let whole: f64 = parts.iter().sum();
    let is_nothing = whole <= f64::EPSILON && !parts.is_empty();
    (!is_nothing).then(|| parts.iter().map(|part| part / whole).collect())
}
