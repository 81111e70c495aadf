//! The difference between two means.

use serde::Serialize;

use crate::distributions::student_two_sided_p;
use crate::error::MeasureError;
use crate::exact::{real, real_product};
use crate::histogram::{Histogram, Moments};
use crate::level::Level;
use crate::measured::Interval;

/// The outcome of [`mean_diff`], in scale units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanDiff {
    /// The mean of the first group; `None` when it is empty.
    pub mean_a: Option<f64>,
    /// The mean of the second group; `None` when it is empty.
    pub mean_b: Option<f64>,
    /// Second minus first; `None` when a group is empty.
    pub diff: Option<f64>,
    /// diff over its standard error; `None` when a group has fewer than two answers or neither
    /// has any spread.
    pub t: Option<f64>,
    /// The degrees of freedom of Welch and Satterthwaite, not a whole number; `None` like t.
    pub df: Option<f64>,
    /// P(|T| >= |t|); `None` like t.
    pub p: Option<f64>,
    /// diff ± t · se; `None` like t.
    pub ci: Option<Interval>,
}

/// The difference of two means against its standard error.
pub(crate) struct WelchTest {
    pub(crate) diff: f64,
    pub(crate) se: f64,
    pub(crate) t: f64,
    /// The degrees of freedom of Welch and Satterthwaite.
    pub(crate) df: f64,
}

/// What one group adds to the standard error.
struct Side {
    /// Variance over n.
    squared_se: f64,
    df: f64,
}

/// Compares the means of two independent groups on the same scale, second minus first.
///
/// Welch's t test, which does not suppose equal spread: se² = `s_a`²/`n_a` + `s_b`²/`n_b` and
/// df = se⁴ / Σ (s²/n)²/(n-1).
///
/// ```
/// use peil_measure::{Histogram, Level, mean_diff};
///
/// let spring = Histogram::from_counts(1, vec![2, 4, 9, 20, 15])?;
/// let autumn = Histogram::from_counts(1, vec![5, 9, 9, 12, 8])?;
/// let outcome = mean_diff(&spring, &autumn, Level::default())?;
///
/// assert!((outcome.diff.unwrap_or(0.0) + 0.631).abs() < 0.001);
/// assert!((outcome.p.unwrap_or(1.0) - 0.0136).abs() < 0.0001);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::ScalesDiffer`] when the groups answered on different scales.
///
/// # Sources
/// Welch (1947), *Biometrika* 34, 28-35; Satterthwaite (1946), *Biometrics Bulletin* 2, 110-114.
pub fn mean_diff(a: &Histogram, b: &Histogram, level: Level) -> Result<MeanDiff, MeasureError> {
    a.require_same_scale(b)?;
    let (a, b) = (a.moments(), b.moments());
    let (mean_a, mean_b) = (a.mean(), b.mean());
    let diff = difference(&a, &b);
    let nothing = MeanDiff {
        mean_a,
        mean_b,
        diff,
        t: None,
        df: None,
        p: None,
        ci: None,
    };
    let Some(test) = welch_test(&a, &b) else {
        return Ok(nothing);
    };
    Ok(MeanDiff {
        t: Some(test.t),
        df: Some(test.df),
        p: Some(student_two_sided_p(test.t, test.df)),
        ci: Some(Interval::around(test.diff, level.t(test.df) * test.se)),
        ..nothing
    })
}

/// Welch's comparison of two means; nothing when a group has fewer than two answers or neither
/// has any spread.
pub(crate) fn welch_test(a: &Moments, b: &Moments) -> Option<WelchTest> {
    let (diff, side_a, side_b) = (difference(a, b)?, side(a)?, side(b)?);
    let squared_se = side_a.squared_se + side_b.squared_se;
    if squared_se <= 0.0 {
        return None;
    }
    let se = squared_se.sqrt();
    // Parts of one, so that squaring them cannot run out of range.
    let part = |side: &Side| (side.squared_se / squared_se).powi(2) / side.df;
    Some(WelchTest {
        diff,
        se,
        t: diff / se,
        df: 1.0 / (part(&side_a) + part(&side_b)),
    })
}

/// The second mean minus the first, subtracted before dividing.
fn difference(a: &Moments, b: &Moments) -> Option<f64> {
    let (n_a, n_b) = (i128::from(a.n), i128::from(b.n));
    (n_a > 0 && n_b > 0).then(|| real_product(b.sum * n_a - a.sum * n_b) / real_product(n_a * n_b))
}

fn side(moments: &Moments) -> Option<Side> {
    let n = real(moments.n);
    moments.variance().map(|variance| Side {
        squared_se: variance / n,
        df: n - 1.0,
    })
}
