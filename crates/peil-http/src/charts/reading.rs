//! What is known of a figure when it is drawn: value, interval and n, or why there is none.

/// Beyond this size a value can only be a mistake and would break the layout.
const LARGEST: f64 = 1e12;

/// The number, unless it is not one.
pub(super) fn usable(value: f64) -> Option<f64> {
    (value.is_finite() && value.abs() <= LARGEST).then_some(value)
}

/// Range in which the true value lies with the confidence that the caption names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end, in the unit of the value.
    pub low: f64,
    /// Upper end, in the unit of the value.
    pub high: f64,
}

impl Interval {
    /// Both ends in order, or nothing when an end is not a number.
    fn tidy(self) -> Option<Self> {
        let (low, high) = (usable(self.low)?, usable(self.high)?);
        Some(Self {
            low: low.min(high),
            high: low.max(high),
        })
    }
}

/// Ends of the scale on which a measure can lie, such as -100 and 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lowest possible value.
    pub low: f64,
    /// Highest possible value.
    pub high: f64,
}

impl Bounds {
    /// The bounds, unless they span nothing.
    pub(super) fn tidy(self) -> Option<Self> {
        let (low, high) = (usable(self.low)?, usable(self.high)?);
        (low < high).then_some(Self { low, high })
    }
}

/// Part of the scale: detractor, passive, promoter or their likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Detractor, dissatisfied.
    Low,
    /// Passive, neutral.
    Mid,
    /// Promoter, satisfied.
    High,
}

/// A figure that may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// The figure itself.
    pub value: f64,
    /// How sure it is.
    pub interval: Option<Interval>,
    /// Number of people behind it.
    pub n: u64,
    /// Whether it is too unsure to draw a conclusion from; drawn grey and hatched.
    pub is_uncertain: bool,
}

/// A figure, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// There is a figure.
    Known(Known),
    /// There are answers, but of too few people to show anything, n included.
    TooFew,
    /// Nobody answered.
    Absent,
}

impl Reading {
    /// The figure when it can be drawn; a value that is not a number counts as absent.
    pub(super) fn known(&self) -> Option<Known> {
        let Self::Known(known) = *self else {
            return None;
        };
        let value = usable(known.value)?;
        let interval = known.interval.and_then(Interval::tidy);
        Some(Known {
            value,
            interval,
            ..known
        })
    }

    pub(super) fn is_too_few(&self) -> bool {
        matches!(self, Self::TooFew)
    }
}

/// A value to compare with: a goal, an overall mean.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceLine {
    /// Name without the value, such as "Doel".
    pub label: String,
    /// Where it lies, in the unit of the chart.
    pub value: f64,
}

/// The line when its value is a number.
pub(super) fn usable_line(line: Option<&ReferenceLine>) -> Option<&ReferenceLine> {
    line.filter(|line| usable(line.value).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_not_a_number_counts_as_absent() {
        let known = Known {
            value: f64::NAN,
            interval: None,
            n: 9,
            is_uncertain: false,
        };
        assert_eq!(Reading::Known(known).known(), None);
    }

    #[test]
    fn a_reversed_interval_is_put_in_order_and_a_broken_one_dropped() {
        let reversed = Interval {
            low: 3.0,
            high: 1.0,
        };
        assert_eq!(
            reversed.tidy(),
            Some(Interval {
                low: 1.0,
                high: 3.0
            })
        );
        assert_eq!(
            Interval {
                low: f64::NAN,
                high: 1.0
            }
            .tidy(),
            None
        );
    }
}
