//! What a page may print: a value with its interval and n, or the reason why there is none.

use serde::{Serialize, Serializer};

/// The fewest people behind a printed figure, unless a workspace asks for more.
///
/// Below five, one colleague can often tell who gave which answer, and no interval says anything
/// useful.
pub const MINIMUM_PEOPLE: u64 = 5;

/// Both ends of a confidence interval, in the unit of the value. Serialised as `[low, high]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// `center` minus and plus `margin`.
    pub(crate) fn around(center: f64, margin: f64) -> Self {
        Self {
            low: center - margin,
            high: center + margin,
        }
    }

    /// The same interval cut off at `-limit` and `limit`.
    pub(crate) fn clipped(self, limit: f64) -> Self {
        Self {
            low: self.low.clamp(-limit, limit),
            high: self.high.clamp(-limit, limit),
        }
    }

    /// Half the distance between the ends: the ± of a symmetric interval.
    ///
    /// ```
    /// let interval = peil_measure::Interval { low: 0.6, high: 0.8 };
    /// assert!((interval.half_width() - 0.1).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Whether a value lies in the interval, ends included.
    ///
    /// ```
    /// let interval = peil_measure::Interval { low: -5.0, high: 12.0 };
    /// assert!(interval.contains(0.0));
    /// ```
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.low, self.high].serialize(serializer)
    }
}

/// The figure of one tile. No number stands for "no answer".
///
/// ```
/// use peil_measure::{Histogram, Level, Measured, MINIMUM_PEOPLE, nps};
///
/// let three_promoters = Histogram::from_counts(0, vec![0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3])?;
/// let tile = nps(&three_promoters, Level::default())?.measured(MINIMUM_PEOPLE);
/// assert_eq!(tile, Measured::TooFew { n: 3, needed: 5 });
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measured {
    /// A figure that may be shown.
    Value {
        /// The estimate.
        value: f64,
        /// Its confidence interval.
        interval: Interval,
        /// How many answers it stands on.
        n: u64,
    },
    /// There are answers, but too few to show a figure.
    TooFew {
        /// How many answers there are.
        n: u64,
        /// How many are needed.
        needed: u64,
    },
    /// Nobody answered.
    None,
}

impl Measured {
    /// Decides what may be shown of an estimate on `n` answers.
    ///
    /// An estimate without an interval is not shown either: it would stand alone.
    pub(crate) fn decide(n: u64, needed: u64, estimate: Option<(f64, Interval)>) -> Self {
        if n == 0 {
            return Self::None;
        }
        match estimate {
            Some((value, interval)) if n >= needed => Self::Value { value, interval, n },
            // One answer has a mean but no spread; two is the least that has both.
            _ => Self::TooFew {
                n,
                needed: needed.max(n + 1),
            },
        }
    }

    /// Whether the figure is there but too uncertain to act on; pages print it grey.
    ///
    /// A figure that is not shown is not uncertain: it has its own presentation.
    ///
    /// ```
    /// use peil_measure::{Histogram, Level, MINIMUM_PEOPLE, Unit, nps};
    ///
    /// let few = Histogram::from_counts(0, vec![1, 0, 0, 1, 0, 2, 1, 5, 6, 2, 6])?;
    /// let tile = nps(&few, Level::default())?.measured(MINIMUM_PEOPLE);
    /// assert!(tile.is_uncertain(Unit::Points)); // 12.5, but anything from -17 to 40
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn is_uncertain(self, unit: Unit) -> bool {
        match self {
            Self::Value { interval, .. } => interval.half_width() > unit.widest_certain_margin(),
            Self::TooFew { .. } | Self::None => false,
        }
    }
}

/// The unit a figure is in, which decides how wide an interval may be before it is uncertain.
///
/// The limits are a convention of this crate, chosen for what a reader would do with the figure.
/// An NPS of 20 ± 16 may be 4 or 36, a share of 0.70 ± 0.11 may be 0.59 or 0.81: such a figure
/// allows opposite conclusions, and two of them can hardly ever be told apart. At 95 % the limits
/// are met by about 100 answers for a typical NPS (60 % of the answers not passive), 93 for a share
/// near one half, and 32 for a mean on a five-point scale (standard deviation 1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// NPS points, -100 to 100: uncertain beyond ± 15 points.
    Points,
    /// A share, 0 to 1: uncertain beyond ± 0.10.
    Share,
    /// A mean on a scale: uncertain beyond ± 10 % of the scale's range.
    Scale {
        /// The lowest score.
        min: i32,
        /// The highest score.
        max: i32,
    },
}

impl Unit {
    /// The largest half-width of an interval that still counts as certain, in this unit.
    ///
    /// ```
    /// assert_eq!(peil_measure::Unit::Scale { min: 1, max: 5 }.widest_certain_margin(), 0.4);
    /// ```
    #[must_use]
    pub fn widest_certain_margin(self) -> f64 {
        match self {
            Self::Points => 15.0,
            Self::Share => 0.10,
            Self::Scale { min, max } => (f64::from(max) - f64::from(min)) / 10.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Interval = Interval {
        low: -20.0,
        high: 20.0,
    };

    #[test]
    fn nobody_answered_is_not_too_few() {
        assert_eq!(Measured::decide(0, 5, None), Measured::None);
    }

    #[test]
    fn four_people_stay_hidden_and_five_are_shown() {
        let estimate = Some((0.0, INTERVAL));
        assert_eq!(
            Measured::decide(4, 5, estimate),
            Measured::TooFew { n: 4, needed: 5 }
        );
        let shown = Measured::Value {
            value: 0.0,
            interval: INTERVAL,
            n: 5,
        };
        assert_eq!(Measured::decide(5, 5, estimate), shown);
    }

    #[test]
    fn a_value_without_an_interval_is_not_shown() {
        assert_eq!(
            Measured::decide(1, 1, None),
            Measured::TooFew { n: 1, needed: 2 }
        );
    }

    #[test]
    fn a_margin_on_the_limit_is_certain_and_beyond_it_is_not() {
        let on_limit = Interval {
            low: -15.0,
            high: 15.0,
        };
        let value = |interval| Measured::Value {
            value: 0.0,
            interval,
            n: 90,
        };
        assert!(!value(on_limit).is_uncertain(Unit::Points));
        assert!(value(INTERVAL).is_uncertain(Unit::Points));
        assert!(!Measured::None.is_uncertain(Unit::Points));
    }
}
