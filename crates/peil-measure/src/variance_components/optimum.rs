//! The lowest point of a restricted likelihood in its one unknown, which is not below zero.

use crate::roots::bisect;

/// A restricted likelihood may have more than one dip; these steps on a log scale tell them apart.
const STEP: f64 = 0.2;

/// The `x >= 0` where `curve` is lowest; it gives height and slope.
///
/// Zero and everything from `low` to `high`, both above zero, are looked at, in steps of a fifth of
/// their logarithm; within the lowest dip the slope's zero is found to the last digits.
pub(super) fn lowest(low: f64, high: f64, curve: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut best = (curve(0.0).0, 0.0);
    let mut before = (0.0, curve(0.0).1);
    let mut at = low;
    while at <= high {
        let slope = curve(at).1;
        if before.1 < 0.0 && slope >= 0.0 {
            let bottom = bisect(before.0, at, |x| curve(x).1 < 0.0);
            let height = curve(bottom).0;
            if height < best.0 {
                best = (height, bottom);
            }
        }
        before = (at, slope);
        at *= STEP.exp();
    }
    best.1
}
