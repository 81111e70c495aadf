//! From values to pixels, with round ticks; knows nothing of drawing.

use super::reading::{Bounds, usable};

/// More ticks than this never help a reader.
const MOST_TICKS: usize = 24;

/// A count as a length.
#[expect(
    clippy::cast_precision_loss,
    reason = "a pixel is far coarser than the lost digits"
)]
pub(super) fn from_count(count: u64) -> f64 {
    count as f64
}

/// A position in a list as a length.
#[expect(
    clippy::cast_precision_loss,
    reason = "lists are far shorter than 2^52"
)]
pub(super) fn from_index(index: usize) -> f64 {
    index as f64
}

/// Part of a whole between 0 and 1; 0 when there is no whole.
pub(super) fn fraction(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    (from_count(part) / from_count(whole)).clamp(0.0, 1.0)
}

/// Straight mapping from values to a stretch of pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    bounds: Bounds,
    start: f64,
    end: f64,
}

impl Scale {
    /// Maps the low bound to `start` and the high one to `end`, which may lie before it.
    pub(super) fn new(bounds: Bounds, start: f64, end: f64) -> Self {
        Self { bounds, start, end }
    }

    /// Pixel of a value; what lies outside is put on the edge.
    pub(super) fn place(&self, value: f64) -> f64 {
        let share = (value - self.bounds.low) / (self.bounds.high - self.bounds.low);
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.5
        };
        self.start + share * (self.end - self.start)
    }
}

/// Round values between the bounds, and how many decimals they need.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    pub(super) values: Vec<f64>,
    pub(super) decimals: usize,
}

/// Step of 1, 2 or 5 times a power of ten that gives about `wanted` parts.
fn round_step(span: f64, wanted: f64) -> f64 {
    let raw = (span / wanted).max(1e-6);
    let magnitude = 10_f64.powf(raw.log10().floor());
    let norm = raw / magnitude;
    let factor = match norm {
        _ if norm <= 1.0 + 1e-9 => 1.0,
        _ if norm <= 2.0 + 1e-9 => 2.0,
        _ if norm <= 5.0 + 1e-9 => 5.0,
        _ => 10.0,
    };
    factor * magnitude
}

fn decimals_of(step: f64) -> usize {
    let mut decimals = 0;
    let mut scaled = step;
    while decimals < 6 && (scaled - scaled.round()).abs() > 1e-6 {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals
}

/// Chooses about `wanted` round values within the bounds.
pub(super) fn ticks(bounds: Bounds, wanted: f64) -> Ticks {
    let step = round_step(bounds.high - bounds.low, wanted);
    let first = (bounds.low / step - 1e-9).ceil();
    let values = (0..MOST_TICKS)
        .map(|index| (first + from_index(index)) * step)
        .take_while(|value| *value <= bounds.high + step * 1e-9)
        // Adding zero turns minus zero into zero.
        .map(|value| value + 0.0)
        .collect();
    Ticks {
        values,
        decimals: decimals_of(step),
    }
}

/// Round bounds around the values with some air, never outside `limit`.
///
/// Equal values get room on both sides; no values give the limit, or 0 to 1.
pub(super) fn bounds_around(
    values: impl Iterator<Item = f64>,
    limit: Option<Bounds>,
    wanted: f64,
) -> Bounds {
    let limit = limit.and_then(Bounds::tidy);
    let extent = values
        .filter_map(usable)
        .fold(None, |extent: Option<(f64, f64)>, value| {
            Some(extent.map_or((value, value), |(low, high)| {
                (low.min(value), high.max(value))
            }))
        });
    let Some((low, high)) = extent else {
        return limit.unwrap_or(Bounds {
            low: 0.0,
            high: 1.0,
        });
    };
    let least_air = if high - low < 1e-9 {
        (high.abs() * 0.1).max(0.5)
    } else {
        0.0
    };
    let air = ((high - low) * 0.06).max(least_air);
    let step = round_step(high - low + 2.0 * air, wanted);
    let mut around = Bounds {
        low: ((low - air) / step).floor() * step,
        high: ((high + air) / step).ceil() * step,
    };
    if let Some(limit) = limit {
        let kept = Bounds {
            low: around.low.max(limit.low),
            high: around.high.min(limit.high),
        };
        // Values wholly outside the limit are a mistake; the limit itself then says most.
        around = kept.tidy().unwrap_or(limit);
    }
    around
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "ticks are exact multiples")]
    use super::*;

    fn around(values: &[f64], limit: Option<Bounds>) -> Bounds {
        bounds_around(values.iter().copied(), limit, 4.0)
    }

    #[test]
    fn ticks_are_round_and_lie_within_the_bounds() {
        let cases = [
            ((0.0, 100.0), vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0], 0),
            ((-100.0, 100.0), vec![-100.0, -50.0, 0.0, 50.0, 100.0], 0),
            ((1.0, 7.0), vec![2.0, 4.0, 6.0], 0),
            ((7.0, 8.0), vec![7.0, 7.5, 8.0], 1),
        ];
        for ((low, high), values, decimals) in cases {
            let found = ticks(Bounds { low, high }, if high > 99.0 { 5.0 } else { 3.0 });
            assert_eq!(found, Ticks { values, decimals }, "{low} to {high}");
        }
    }

    #[test]
    fn equal_values_get_room_on_both_sides() {
        for value in [0.0, 7.4, -40.0, 1e9] {
            let bounds = around(&[value, value], None);
            assert!(bounds.low < value && value < bounds.high, "{bounds:?}");
        }
    }

    #[test]
    fn bounds_never_leave_the_scale_of_the_measure() {
        let limit = Bounds {
            low: 1.0,
            high: 5.0,
        };
        assert_eq!(around(&[1.0, 5.0], Some(limit)), limit);
        assert_eq!(around(&[f64::NAN], Some(limit)), limit);
        assert_eq!(around(&[900.0], Some(limit)), limit);
    }

    #[test]
    fn a_value_outside_the_scale_is_put_on_the_edge() {
        let scale = Scale::new(
            Bounds {
                low: 0.0,
                high: 10.0,
            },
            100.0,
            0.0,
        );
        assert_eq!(scale.place(-5.0), 100.0);
        assert_eq!(scale.place(5.0), 50.0);
        assert_eq!(scale.place(50.0), 0.0);
    }
}
