//! Finding where a function crosses zero, without ever leaving the bracket.

/// Enough halvings for any bracket used here; loops end earlier, when the floats run out.
const MAX_STEPS: usize = 400;

/// Relative change below which a root is found; smaller steps only follow rounding noise.
const SETTLED: f64 = 1e-14;

/// Relative change by a step of Newton below which the next one would change nothing.
const NEARLY_SETTLED: f64 = 1e-9;

/// The point in `low..high` where `is_before` turns from true to false, found by halving.
pub(crate) fn bisect(mut low: f64, mut high: f64, is_before: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..MAX_STEPS {
        let middle = low.midpoint(high);
        if middle <= low || middle >= high {
            break;
        }
        if is_before(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low.midpoint(high)
}

/// The root of an increasing function in `low..high`, by Newton's steps; a step that would leave
/// the bracket is replaced by halving it.
///
/// `curve` returns value and slope.
pub(crate) fn newton(
    mut low: f64,
    mut high: f64,
    start: f64,
    curve: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let mut at = start.clamp(low, high);
    for _ in 0..MAX_STEPS {
        let (value, slope) = curve(at);
        if value < 0.0 {
            low = at;
        } else {
            high = at;
        }
        let step = at - value / slope;
        let is_inside = step > low && step < high;
        let next = if is_inside { step } else { low.midpoint(high) };
        let moved = (next - at).abs();
        at = next;
        // Newton's steps square what is left, so after a small one nothing is.
        let enough = if is_inside { NEARLY_SETTLED } else { SETTLED };
        if moved <= enough * at.abs().max(1.0) {
            break;
        }
    }
    at
}
