//! Adjusting p-values for looking many times.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::real;

/// The outcome of [`p_adjust`], each list in the order of the input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdjustedP {
    /// Holm: the chance of *any* false alarm stays below the limit.
    pub holm: Vec<f64>,
    /// Benjamini and Hochberg: the expected *share* of false alarms stays below the limit.
    pub bh: Vec<f64>,
    /// Bonferroni: as Holm, simpler and never stronger.
    pub bonferroni: Vec<f64>,
}

/// Adjusts p-values for the number of comparisons made.
///
/// With the p-values in rising order p₁ <= ... <= pₘ: Holm is the running maximum of (m-i+1) pᵢ,
/// Benjamini-Hochberg the running minimum from the end of (m/i) pᵢ, Bonferroni m pᵢ; none above 1.
///
/// ```
/// use peil_measure::p_adjust;
///
/// let adjusted = p_adjust(&[0.01, 0.04, 0.03, 0.005])?;
/// assert_eq!(adjusted.holm, [0.03, 0.06, 0.06, 0.02]);
/// assert_eq!(adjusted.bh, [0.02, 0.04, 0.04, 0.02]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotProbability`] for a number outside 0 to 1.
///
/// # Sources
/// Holm (1979), *Scandinavian Journal of Statistics* 6, 65-70; Benjamini and Hochberg (1995),
/// *Journal of the Royal Statistical Society B* 57, 289-300.
pub fn p_adjust(p_values: &[f64]) -> Result<AdjustedP, MeasureError> {
    if let Some(value) = p_values.iter().find(|value| !(0.0..=1.0).contains(*value)) {
        return Err(MeasureError::NotProbability {
            input: "p",
            value: *value,
        });
    }
    let comparisons = real(u64::try_from(p_values.len()).unwrap_or(u64::MAX));
    let mut rising: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    rising.sort_unstable_by(|a, b| a.1.total_cmp(&b.1));
    let ranks: Vec<f64> = (1..).map(real).take(rising.len()).collect();

    let mut largest = 0.0_f64;
    let mut holm = Vec::with_capacity(rising.len());
    for ((place, p), rank) in rising.iter().zip(&ranks) {
        largest = largest.max((comparisons - rank + 1.0) * p);
        holm.push((*place, largest.min(1.0)));
    }
    let mut smallest = 1.0_f64;
    let mut bh = Vec::with_capacity(rising.len());
    for ((place, p), rank) in rising.iter().zip(&ranks).rev() {
        smallest = smallest.min(comparisons * p / rank);
        bh.push((*place, smallest));
    }
    Ok(AdjustedP {
        holm: in_input_order(holm),
        bh: in_input_order(bh),
        bonferroni: p_values
            .iter()
            .map(|p| (comparisons * p).min(1.0))
            .collect(),
    })
}

fn in_input_order(placed: Vec<(usize, f64)>) -> Vec<f64> {
    let mut ordered = vec![0.0; placed.len()];
    for (place, p) in placed {
        if let Some(slot) = ordered.get_mut(place) {
            *slot = p;
        }
    }
    ordered
}
