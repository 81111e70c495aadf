//! The difference between two shares.

use serde::Serialize;

use crate::distributions::normal_two_sided_p;
use crate::error::MeasureError;
use crate::exact::{real, real_product};
use crate::fisher::minimum_likelihood_p;
use crate::level::Level;
use crate::measured::Interval;
use crate::proportion::{require_part_of_total, wilson};

/// The outcome of [`prop_diff`]; all `None` when a group is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct PropDiff {
    /// Second share minus first, from -1 to 1.
    pub diff: Option<f64>,
    /// Newcombe's hybrid of the two Wilson intervals, within -1 and 1.
    pub ci_newcombe: Option<Interval>,
    /// The pooled z statistic without continuity correction; `None` when nobody or everybody
    /// succeeded.
    pub z: Option<f64>,
    /// P(|Z| >= |z|); `None` when z is.
    pub p: Option<f64>,
    /// Fisher's exact p-value by minimum likelihood; `None` above a million answers in all.
    pub p_fisher: Option<f64>,
}

/// Compares two independent shares, `x1` of `n1` and `x2` of `n2`, second minus first.
///
/// Newcombe's interval: from diff - √((p2-l2)² + (u1-p1)²) to diff + √((u2-p2)² + (p1-l1)²), with
/// l and u the ends of the Wilson intervals. z = diff / √(p(1-p)(1/n1 + 1/n2)) for the pooled
/// share p.
///
/// ```
/// use peil_measure::{Level, prop_diff};
///
/// let outcome = prop_diff(56, 70, 48, 80, Level::default())?;
/// let interval = outcome.ci_newcombe.ok_or("an empty group")?;
/// assert!((interval.low + 0.3339).abs() < 1e-4 && (interval.high + 0.0524).abs() < 1e-4);
/// assert!((outcome.p_fisher.unwrap_or(1.0) - 0.0125).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`proportion`](crate::proportion()).
///
/// # Sources
/// Newcombe (1998), *Statistics in Medicine* 17, 873-890, method 10; Fisher (1935), *Journal of the
/// Royal Statistical Society* 98, 39-82.
pub fn prop_diff(
    x1: u64,
    n1: u64,
    x2: u64,
    n2: u64,
    level: Level,
) -> Result<PropDiff, MeasureError> {
    require_part_of_total(x1, n1)?;
    require_part_of_total(x2, n2)?;
    if n1 == 0 || n2 == 0 {
        return Ok(PropDiff::default());
    }
    let critical_value = level.z();
    let (share1, share2) = (real(x1) / real(n1), real(x2) / real(n2));
    let diff = difference((x1, n1), (x2, n2));
    let (first, second) = (
        wilson(x1, n1, critical_value),
        wilson(x2, n2, critical_value),
    );
    let ci_newcombe = Interval {
        low: diff - (share2 - second.low).hypot(first.high - share1),
        high: diff + (second.high - share2).hypot(share1 - first.low),
    };
    let z = pooled_z(diff, (x1, n1), (x2, n2));
    Ok(PropDiff {
        diff: Some(diff),
        ci_newcombe: Some(ci_newcombe.clipped(1.0)),
        z,
        p: z.map(normal_two_sided_p),
        p_fisher: minimum_likelihood_p(x1, n1, x2, n2),
    })
}

/// The second share minus the first, of successes and totals above zero. Subtracted before
/// dividing, so that equal shares differ by exactly 0.
pub(crate) fn difference((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> f64 {
    let cross = |x: u64, n: u64| i128::from(x) * i128::from(n);
    real_product(cross(x2, n1) - cross(x1, n2)) / real_product(cross(n1, n2))
}

/// The pooled z statistic of a difference; nothing when nobody or everybody succeeded.
pub(crate) fn pooled_z(diff: f64, (x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> Option<f64> {
    let pooled = real(x1 + x2) / real(n1 + n2);
    let missed = real(n1 + n2 - x1 - x2) / real(n1 + n2);
    let se = (pooled * missed * (1.0 / real(n1) + 1.0 / real(n2))).sqrt();
    (se > 0.0).then(|| diff / se)
}
