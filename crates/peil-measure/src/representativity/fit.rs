//! Whether those who responded are composed like all who were invited.

use serde::Serialize;

use crate::distributions::chi_squared_upper_tail;
use crate::error::MeasureError;
use crate::exact::real;
use crate::not_measurable::NotMeasurable;
use crate::sampling::composition;

/// An expected count from which χ² is trusted.
const ENOUGH: f64 = 5.0;

/// The outcome of [`response_fit`]; all `None` when nobody responded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ResponseFit {
    /// χ² of those who responded against all invited; `None` also when everybody responded.
    pub chi2: Option<f64>,
    /// One fewer than there are groups with people.
    pub df: Option<u64>,
    /// P(χ² >= chi2); `None` with a single group, and when groups are too small for χ².
    pub p: Option<f64>,
    /// The share of those who responded that would have to be of another group, 0 to 1.
    pub dissimilarity: Option<f64>,
}

/// Goodness of fit of those who responded to all who were invited, of whom they are a part.
///
/// Groups are `(invited, responded)`. Pearson's χ² = Σ (o - e)² / e with e = n `N_h` / N, divided by
/// 1 - n/N because those who responded are drawn from the invited without putting back; that makes
/// it the χ² of the table of groups by response. No p by Cochran's rule: when an expected count of
/// those who did or did not respond is below 1, or more than a fifth of them are below 5.
///
/// ```
/// use peil_measure::response_fit;
///
/// let fit = response_fit(&[(300, 120), (200, 30), (100, 25)])?;
/// assert!((fit.chi2.unwrap_or(0.0) - 37.311).abs() < 0.001);
/// assert!((fit.dissimilarity.unwrap_or(0.0) - 0.186).abs() < 0.001);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable::RespondedExceedsInvited`].
///
/// # Sources
/// Pearson (1900), *Philosophical Magazine* 50, 157-175; Cochran (1954), *Biometrics* 10, 417-451.
pub fn response_fit(groups: &[(u64, u64)]) -> Result<ResponseFit, MeasureError> {
    if let Some((n, responded)) = groups.iter().find(|(n, responded)| responded > n) {
        let (n, responded) = (*n, *responded);
        return Err(NotMeasurable::RespondedExceedsInvited { responded, n }.into());
    }
    let responded: Vec<u64> = groups.iter().map(|(_, responded)| *responded).collect();
    let invited: Vec<f64> = groups.iter().map(|(n, _)| real(*n)).collect();
    let plain = composition(&responded, &invited)?;
    let all: f64 = invited.iter().sum();
    let share = responded.iter().map(|n| real(*n)).sum::<f64>() / all;
    let expected = || {
        let filled = invited.iter().filter(|n| **n > 0.0);
        filled.flat_map(|n| [n * share, n * (1.0 - share)])
    };
    let few = expected().filter(|count| *count < ENOUGH).count();
    let is_trusted = expected().all(|count| count >= 1.0) && 5 * few <= expected().count();
    let chi2 = plain
        .chi2
        .filter(|_| share < 1.0)
        .map(|chi2| chi2 / (1.0 - share));
    let freedom = plain.df.filter(|df| *df > 0 && is_trusted);
    Ok(ResponseFit {
        chi2,
        df: plain.df,
        p: chi2
            .zip(freedom)
            .map(|(chi2, df)| chi_squared_upper_tail(chi2, real(df))),
        dissimilarity: plain.dissimilarity,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_is_that_of_the_table_of_groups_by_response_in_r() {
        // chisq.test(rbind(c(120, 30, 25), c(180, 170, 75)), correct = FALSE)
        let fit = response_fit(&[(300, 120), (200, 30), (100, 25), (0, 0)]).unwrap();
        assert!((fit.chi2.unwrap() - 37.310_924_369_747_91).abs() < 1e-10);
        assert!((fit.p.unwrap() / 7.907_436_549_484_47e-9 - 1.0).abs() < 1e-8);
        assert_eq!(fit.df, Some(2));
    }

    #[test]
    fn small_groups_one_group_nobody_and_everybody_have_no_p() {
        let p = |groups: &[(u64, u64)]| response_fit(groups).unwrap().p;
        assert_eq!(p(&[(20, 10), (3, 1)]), None);
        assert_eq!(p(&[(200, 10)]), None);
        assert_eq!(p(&[(20, 0), (30, 0)]), None);
        assert_eq!(p(&[(20, 20), (30, 30)]), None);
        assert!(response_fit(&[(1, 2)]).is_err());
    }
}
