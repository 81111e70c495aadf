//! Writes numbers the way a reader expects them; never rounds for arithmetic.

use super::reading::{Interval, Known, usable};

/// Stands where a number is missing.
pub(super) const NO_NUMBER: &str = "–";

const MINUS: char = '\u{2212}';
const MOST_DECIMALS: usize = 6;

/// Signs that a language puts in a number, such as `,` and `.` in Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    /// Between whole and fraction.
    pub decimal: char,
    /// Between groups of three digits.
    pub group: char,
}

impl NumberStyle {
    /// Writes a number with a fixed number of decimals; a dash when it is not a number.
    #[must_use]
    pub fn number(self, value: f64, decimals: usize) -> String {
        let Some(value) = usable(value) else {
            return NO_NUMBER.to_owned();
        };
        let plain = format!("{:.*}", decimals.min(MOST_DECIMALS), value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut written = String::new();
        // What rounds to zero has no sign.
        if value < 0.0 && plain.chars().any(|sign| ('1'..='9').contains(&sign)) {
            written.push(MINUS);
        }
        written.push_str(&self.grouped(whole));
        if !fraction.is_empty() {
            written.push(self.decimal);
            written.push_str(fraction);
        }
        written
    }

    /// Writes a count, such as `1.234`.
    #[must_use]
    pub fn count(self, count: u64) -> String {
        self.grouped(&count.to_string())
    }

    /// Writes a part of a whole as a percentage without decimals.
    ///
    /// A few out of many is `<1%`, almost all is `>99%`: rounding must not say "none" or "all".
    #[must_use]
    pub fn share(self, part: u64, whole: u64) -> String {
        if whole == 0 {
            return NO_NUMBER.to_owned();
        }
        let (part_wide, whole_wide) = (u128::from(part), u128::from(whole));
        let percent = (part_wide * 200 + whole_wide) / (whole_wide * 2);
        if percent == 0 && part > 0 {
            return "<1%".to_owned();
        }
        if percent == 100 && part < whole {
            return ">99%".to_owned();
        }
        format!("{}%", self.grouped(&percent.to_string()))
    }

    fn grouped(self, digits: &str) -> String {
        let length = digits.chars().count();
        let mut written = String::with_capacity(length + length / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (length - index).is_multiple_of(3) {
                written.push(self.group);
            }
            written.push(digit);
        }
        written
    }
}

/// How one measure is written: `+31`, `7,4`, `64%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueFormat {
    /// Signs of the language.
    pub numbers: NumberStyle,
    /// Digits after the decimal sign, at most 6.
    pub decimals: usize,
    /// Whether a positive value gets a plus, as a net score does.
    pub shows_plus: bool,
    /// Written directly after the number, such as `%`; may be empty.
    pub suffix: String,
}

impl ValueFormat {
    /// Writes one value; a dash when it is not a number.
    #[must_use]
    pub fn value(&self, value: f64) -> String {
        self.with_decimals(value, self.decimals)
    }

    /// Writes both ends of an interval, such as `7,1 – 7,7`.
    #[must_use]
    pub fn interval(&self, interval: Interval) -> String {
        format!(
            "{} – {}",
            self.value(interval.low),
            self.value(interval.high)
        )
    }

    /// A whole figure in words: `7,4 (7,1 – 7,7), n 214`.
    pub(super) fn reading(&self, known: Known, people: &str) -> String {
        let interval = known
            .interval
            .map(|interval| format!(" ({})", self.interval(interval)));
        let count = self.numbers.count(known.n);
        format!(
            "{}{}, {people} {count}",
            self.value(known.value),
            interval.unwrap_or_default()
        )
    }

    pub(super) fn with_decimals(&self, value: f64, decimals: usize) -> String {
        let Some(value) = usable(value) else {
            return NO_NUMBER.to_owned();
        };
        let written = self.numbers.number(value, decimals);
        let is_positive = value > 0.0 && written.chars().any(|sign| ('1'..='9').contains(&sign));
        let plus = if self.shows_plus && is_positive {
            "+"
        } else {
            ""
        };
        format!("{plus}{written}{}", self.suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::checks::{DUTCH, net_score};

    #[test]
    fn a_number_has_the_signs_of_its_language() {
        assert_eq!(DUTCH.number(7.44, 1), "7,4");
        assert_eq!(DUTCH.number(-1_234_567.8, 1), "−1.234.567,8");
        assert_eq!(DUTCH.count(999), "999");
        assert_eq!(DUTCH.count(1000), "1.000");
    }

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!(DUTCH.number(-0.04, 1), "0,0");
        assert_eq!(net_score().value(0.3), "0");
        assert_eq!(net_score().value(31.0), "+31");
    }

    #[test]
    fn what_is_not_a_number_is_a_dash() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert_eq!(DUTCH.number(value, 1), NO_NUMBER);
            assert_eq!(net_score().value(value), NO_NUMBER);
        }
    }

    #[test]
    fn a_share_never_rounds_to_none_or_all() {
        assert_eq!(DUTCH.share(1, 1000), "<1%");
        assert_eq!(DUTCH.share(999, 1000), ">99%");
        assert_eq!(DUTCH.share(0, 1000), "0%");
        assert_eq!(DUTCH.share(1, 3), "33%");
        assert_eq!(DUTCH.share(2, 3), "67%");
        assert_eq!(DUTCH.share(0, 0), NO_NUMBER);
        assert_eq!(DUTCH.share(u64::MAX, u64::MAX), "100%");
    }
}
