//! Key drivers: how much of the differences in an outcome goes with each of several scores.

mod lmg;
mod quadrant;
mod relative_weights;
mod table;

use serde::Serialize;

use crate::error::MeasureError;
use crate::linear::{Symmetric, dot};
use crate::not_measurable::NotMeasurable;

pub use lmg::MAX_LMG_DRIVERS;
pub use quadrant::{Quadrant, Quadrants, quadrants};
pub use table::DriverTable;

/// A driver of which less than this part of its variance is its own follows from the others.
const SMALLEST_OWN_PART: f64 = 1e-11;

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
    let (rows, needed) = (table.complete_rows(), table.drivers() + 2);
    if rows < needed {
        return Err(NotMeasurable::TooFewRows { rows, needed }.into());
    }
    let spread = table.spread().ok_or(NotMeasurable::ZeroVariance)?;
    let (among, outcome) = separate(&spread.correlations());
    let factor = among
        .cholesky(SMALLEST_OWN_PART)
        .ok_or(NotMeasurable::Singular)?;
    let beta = factor.solve(&outcome);
    let r2 = dot(&beta, &outcome).clamp(0.0, 1.0);
    let lmg = lmg::split(&among, &outcome);
    let relative_weight = relative_weights::split(&factor, &outcome);
    Ok(Drivers {
        n_used: u64::try_from(table.complete_rows()).unwrap_or(u64::MAX),
        r2,
        lmg_share: lmg.as_deref().and_then(shares),
        relative_share: shares(&relative_weight),
        correlation: outcome,
        beta,
        lmg,
        relative_weight,
    })
}

/// The correlations among drivers, and those with the outcome, which is the first column.
fn separate(correlations: &[Vec<f64>]) -> (Symmetric, Vec<f64>) {
    let below = correlations.get(1..).unwrap_or_default();
    let outcome = below
        .iter()
        .filter_map(|row| row.first())
        .copied()
        .collect();
    let among = Symmetric::from_lower(below.len(), |i, j| {
        let row = below.get(i).and_then(|row| row.get(j + 1));
        row.filter(|_| i != j).copied().unwrap_or(1.0)
    });
    (among, outcome)
}

/// Parts as parts of one; nothing when there is nothing to divide.
fn shares(parts: &[f64]) -> Option<Vec<f64>> {
    let whole: f64 = parts.iter().sum();
    let is_nothing = whole <= f64::EPSILON && !parts.is_empty();
    (!is_nothing).then(|| parts.iter().map(|part| part / whole).collect())
}
