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

/// Where a function goes from below 0 to above it in `low..high`, by straight lines between its ends; an end
/// that stays too long counts for less, and a line that does not help is replaced by halving.
///
/// Anderson and Björck (1973), *BIT* 13, 253-264.
pub(crate) fn upward_crossing(mut low: f64, mut high: f64, curve: impl Fn(f64) -> f64) -> f64 {
    /// So many straight lines; what is left then is halved.
    const MAX_LINES: usize = 40;
    let (mut at_low, mut at_high) = (curve(low), curve(high));
    for _ in 0..MAX_LINES {
        let next = (low * at_high - high * at_low) / (at_high - at_low);
        if !(next > low && next < high) {
            break;
        }
        let value = curve(next);
        let (moved, kept) = if value < 0.0 {
            let kept = 1.0 - value / at_low;
            let moved = next - low;
            (low, at_low) = (next, value);
            at_high *= if kept > 0.0 { kept } else { 0.5 };
            (moved, high - next)
        } else {
            let kept = 1.0 - value / at_high;
            let moved = high - next;
            (high, at_high) = (next, value);
            at_low *= if kept > 0.0 { kept } else { 0.5 };
            (moved, next - low)
        };
        if value.abs() <= 0.0 || moved.min(kept) <= SETTLED * SETTLED {
            return next;
        }
        if high - low <= SETTLED {
            break;
        }
    }
    bisect(low, high, |at| curve(at) < 0.0)
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
