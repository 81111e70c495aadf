//! The difference between the NPS of two groups.

use serde::Serialize;

use crate::distributions::normal_two_sided_p;
use crate::error::MeasureError;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::nps::{NpsEstimate, Split};
use crate::permutation::exact_p;

/// The outcome of [`nps_diff`]. Differences run from -200 to 200 points, p-values are two-sided.
///
/// With an empty group everything but the other group's NPS is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct NpsDiff {
    /// The NPS of the first group, in points.
    pub nps_a: Option<f64>,
    /// The NPS of the second group, in points.
    pub nps_b: Option<f64>,
    /// Second minus first, in points.
    pub diff: Option<f64>,
    /// √(`se_a`² + `se_b`²), in points.
    pub se: Option<f64>,
    /// diff / se; `None` when se is 0.
    pub z: Option<f64>,
    /// P(|Z| >= |z|); `None` when se is 0.
    pub p: Option<f64>,
    /// diff ± z · se, in points.
    pub ci: Option<Interval>,
    /// The difference after adding three imaginary answers to each group.
    pub diff_adjusted: Option<f64>,
    /// `diff_adjusted` over its standard error.
    pub z_adjusted: Option<f64>,
    /// P(|Z| >= |`z_adjusted`|).
    pub p_adjusted: Option<f64>,
    /// The adjusted interval, cut off at ±200: the one to print.
    pub ci_adjusted: Option<Interval>,
    /// The exact permutation p-value; `None` above 400 answers in all.
    pub p_permutation: Option<f64>,
}

/// One contrast: the difference, its standard error and what follows from them.
struct Contrast {
    diff: f64,
    se: f64,
    z: Option<f64>,
    p: Option<f64>,
    ci: Interval,
}

impl Contrast {
    fn between(a: NpsEstimate, b: NpsEstimate, critical_value: f64) -> Self {
        let diff = b.nps - a.nps;
        // Points are far from where squares overflow, and almost as far from where they vanish.
        let se = (a.se * a.se + b.se * b.se).sqrt();
        let z = (se > 0.0).then(|| diff / se);
        let ci = Interval::around(diff, critical_value * se);
        Self {
            diff,
            se,
            z,
            p: z.map(normal_two_sided_p),
            ci,
        }
    }
}

/// Compares the NPS of two independent groups, second minus first.
///
/// Three answers to "could this be chance?": the unpooled Wald test; the same after adding ¾
/// promoter, 1½ passive and ¾ detractor to each group, which holds up in small groups; and, up to
/// 400 answers, the exact permutation test, which assumes nothing.
///
/// ```
/// use peil_measure::{Histogram, Level, nps_diff};
///
/// let before = Histogram::from_counts(0, vec![0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 4])?;
/// let after = Histogram::from_counts(0, vec![0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0])?;
/// let outcome = nps_diff(&before, &after, Level::default())?;
///
/// assert_eq!(outcome.diff, Some(-130.0));
/// // Wald sees a difference in nine people; the exact test does not.
/// assert!(outcome.p.unwrap_or(1.0) < 0.01);
/// assert!((outcome.p_permutation.unwrap_or(1.0) - 0.0873).abs() < 0.0001);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotRecommendationScale`] unless both scales are 0 to 10.
///
/// # Sources
/// Rocks (2016), *The American Statistician* 70(4), 365-372; Bonett and Price (2012), *Journal of
/// Educational and Behavioral Statistics* 37(4), 479-488.
pub fn nps_diff(a: &Histogram, b: &Histogram, level: Level) -> Result<NpsDiff, MeasureError> {
    let (a, b) = (Split::of(a)?, Split::of(b)?);
    let (wald_a, wald_b) = (a.wald(), b.wald());
    let sides = NpsDiff {
        nps_a: wald_a.map(|wald| wald.nps),
        nps_b: wald_b.map(|wald| wald.nps),
        ..NpsDiff::default()
    };
    let z = level.z();
    let plain = wald_a.zip(wald_b).map(|(a, b)| Contrast::between(a, b, z));
    let adjusted = a
        .adjusted()
        .zip(b.adjusted())
        .map(|(a, b)| Contrast::between(a, b, z));
    let Some((plain, adjusted)) = plain.zip(adjusted) else {
        return Ok(sides);
    };
    Ok(NpsDiff {
        diff: Some(plain.diff),
        se: Some(plain.se),
        z: plain.z,
        p: plain.p,
        ci: Some(plain.ci),
        diff_adjusted: Some(adjusted.diff),
        z_adjusted: adjusted.z,
        p_adjusted: adjusted.p,
        ci_adjusted: Some(adjusted.ci.clipped(200.0)),
        p_permutation: exact_p(a, b),
        ..sides
    })
}
