//! Whether those who answered are composed like the population.

use serde::Serialize;

use crate::distributions::chi_squared_upper_tail;
use crate::error::MeasureError;
use crate::exact::real;
use crate::not_measurable::NotMeasurable;

/// The outcome of [`composition`]; all `None` without answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Composition {
    /// Pearson's χ² of the sample against the population.
    pub chi2: Option<f64>,
    /// One fewer than there are categories with population.
    pub df: Option<u64>,
    /// P(χ² >= chi2); `None` with a single category, where nothing can differ.
    pub p: Option<f64>,
    /// The share of the sample that would have to be of another category, 0 to 1.
    pub dissimilarity: Option<f64>,
}

/// Compares the composition of a sample with that of its population.
///
/// χ² = Σ (o - e)² / e with e = n `N_h` / N, and Duncan's index of dissimilarity
/// ½ Σ |o/n - `N_h`/N|. `population` holds sizes or shares; categories without population and
/// without answers are left out.
///
/// ```
/// use peil_measure::composition;
///
/// let outcome = composition(&[50, 30, 20], &[480.0, 320.0, 200.0])?;
/// assert!((outcome.p.unwrap_or(0.0) - 0.901).abs() < 0.001);
/// assert!((outcome.dissimilarity.unwrap_or(1.0) - 0.02).abs() < 1e-12);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable::UnknownCategory`] for answers where there is no population;
/// [`MeasureError::LengthsDiffer`]; [`MeasureError::NumberOutOfRange`] for a negative or endless
/// population.
///
/// # Sources
/// Pearson (1900), *Philosophical Magazine* 50, 157-175; Duncan and Duncan (1955), *American
/// Sociological Review* 20, 210-217.
pub fn composition(observed: &[u64], population: &[f64]) -> Result<Composition, MeasureError> {
    if observed.len() != population.len() {
        return Err(MeasureError::LengthsDiffer {
            input: "population",
            length: population.len(),
            expected: observed.len(),
        });
    }
    let is_size = |size: &&f64| size.is_finite() && **size >= 0.0;
    if let Some(size) = population.iter().find(|size| !is_size(size)) {
        return Err(MeasureError::NumberOutOfRange {
            input: "population",
            value: *size,
            expected: "a finite number from 0 up",
        });
    }
    let cells = || observed.iter().zip(population);
    if let Some(place) = cells().position(|(count, size)| *count > 0 && *size <= 0.0) {
        return Err(NotMeasurable::UnknownCategory {
            category: place.to_string(),
        }
        .into());
    }
    let n = observed
        .iter()
        .fold(0_u64, |n, count| n.saturating_add(*count));
    if n == 0 {
        return Ok(Composition::default());
    }
    let n = real(n);
    let total: f64 = population.iter().sum();
    let (mut chi2, mut distance, mut categories) = (0.0, 0.0, 0_u64);
    for (count, size) in cells().filter(|(_, size)| **size > 0.0) {
        let expected = n * (size / total);
        let off = real(*count) - expected;
        chi2 += off * off / expected;
        distance += off.abs() / n;
        categories += 1;
    }
    let df = categories.saturating_sub(1);
    Ok(Composition {
        chi2: Some(chi2),
        df: Some(df),
        p: (df > 0).then(|| chi_squared_upper_tail(chi2, real(df))),
        dissimilarity: Some(distance / 2.0),
    })
}
