//! What a formula calculates with.

use std::{cmp::Ordering, fmt};

use jiff::civil::Date;

/// A finite number; zero has no sign.
#[derive(Debug, Clone, Copy)]
pub struct Number(f64);

impl Number {
    /// The number, unless it is infinite or none at all.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        // Adding zero takes the sign from a negative zero.
        number.is_finite().then_some(Self(number + 0.0))
    }

    /// The number in twelve digits, so that 0.1 and 0.2 make 0.3, as people expect.
    pub(super) fn rounded(number: f64) -> Option<Self> {
        // A whole number in fewer digits is so already.
        if number.fract() == 0.0 && number.abs() < 1e11 {
            return Self::new(number);
        }
        format!("{number:.11e}").parse().ok().and_then(Self::new)
    }

    /// Reads a number in digits with a point, such as `-3.25`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
        let text = text.trim();
        if text.is_empty() || !text.chars().all(is_plain) {
            return None;
        }
        text.parse().ok().and_then(Self::new)
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self(f64::from(number))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a part of a formula comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not answered, not known, or not to be calculated.
    Empty,
    /// A number.
    Number(Number),
    /// A text, or the code of an option.
    Text(String),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Date(Date),
    /// The codes of several options.
    List(Vec<String>),
}

impl Value {
    /// Whether there is nothing: nothing answered, a text of spaces, no option.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Number(_) | Self::Truth(_) | Self::Date(_) => false,
        }
    }

    /// The number, of a number or of a text that is one.
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => Number::read(text),
            _ => None,
        }
    }

    /// Whether both are the same. The order of chosen options does not matter.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        if self.is_empty() || other.is_empty() {
            return self.is_empty() && other.is_empty();
        }
        match (self, other) {
            (Self::List(ours), Self::List(theirs)) => {
                let holds =
                    |list: &[String], item: &String| list.iter().any(|one| folds(one, item));
                ours.iter().all(|item| holds(theirs, item))
                    && theirs.iter().all(|item| holds(ours, item))
            }
            (Self::List(items), Self::Text(text)) | (Self::Text(text), Self::List(items)) => {
                matches!(items.as_slice(), [only] if folds(only, text))
            }
            _ => self.order(other) == Some(Ordering::Equal),
        }
    }

    /// Which comes first, of two values that have an order.
    #[must_use]
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(ours), Self::Text(theirs)) => Some(fold(ours).cmp(&fold(theirs))),
            (Self::Truth(ours), Self::Truth(theirs)) => Some(ours.cmp(theirs)),
            (Self::Date(ours), Self::Date(theirs)) => Some(ours.cmp(theirs)),
            (Self::Date(ours), Self::Text(theirs)) => Some(ours.cmp(&read_date(theirs)?)),
            (Self::Text(ours), Self::Date(theirs)) => Some(read_date(ours)?.cmp(theirs)),
            (Self::Truth(ours), Self::Text(theirs)) => Some(ours.cmp(&read_truth(theirs)?)),
            (Self::Text(ours), Self::Truth(theirs)) => Some(read_truth(ours)?.cmp(theirs)),
            _ => Some(self.number()?.cmp(&other.number()?)),
        }
    }

    /// Whether an option was chosen, or a text stands in this one. A list is held when all of it is.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        if other.is_empty() {
            return false;
        }
        match (self, other) {
            (_, Self::List(items)) => items
                .iter()
                .all(|item| self.holds(&Self::Text(item.clone()))),
            (Self::List(items), Self::Text(text)) => items.iter().any(|item| folds(item, text)),
            (Self::List(items), Self::Number(number)) => {
                items.iter().any(|item| Number::read(item) == Some(*number))
            }
            (Self::Text(text), Self::Text(part)) => fold(text).contains(&fold(part)),
            _ => false,
        }
    }
}

/// A day as `2026-01-31`, also at the beginning of a moment in time.
pub(super) fn read_date(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

fn read_truth(text: &str) -> Option<bool> {
    crate::shared::values::parse_boolean(text)
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

fn folds(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Value {
        Value::Text(words.into())
    }

    #[test]
    fn empty_equals_only_empty_and_has_no_order() {
        assert!(Value::Empty.is_same(&text("  ")));
        assert!(!Value::Empty.is_same(&Value::Number(0.into())));
        assert_eq!(Value::Empty.order(&Value::Number(0.into())), None);
    }

    #[test]
    fn a_text_that_is_a_number_counts_as_one_beside_a_number() {
        let seven = Value::Number(7.into());
        assert!(seven.is_same(&text(" 7.0 ")));
        assert_eq!(text("10").order(&seven), Some(Ordering::Greater));
        assert_eq!(text("10").order(&text("7")), Some(Ordering::Less));
        assert_eq!(text("inf").order(&seven), None);
    }

    #[test]
    fn capitals_and_the_order_of_options_do_not_matter() {
        let list = |items: &[&str]| Value::List(items.iter().map(|item| (*item).into()).collect());
        assert!(list(&["a", "B"]).is_same(&list(&["b", "A"])));
        assert!(!list(&["a", "b"]).is_same(&list(&["a"])));
        assert!(list(&["a"]).is_same(&text("A")));
        assert!(list(&["prijs", "tijd"]).holds(&text("Prijs")));
        assert!(text("Te lang gewacht").holds(&text("LANG")));
        assert!(!text("Te lang gewacht").holds(&Value::Empty));
    }

    #[test]
    fn numbers_are_rounded_to_twelve_digits() {
        let rounded = |number: f64| Number::rounded(number).map(Number::get);
        assert_eq!(rounded(0.1 + 0.2), Some(0.3));
        assert_eq!(rounded(-3.0), Some(-3.0));
        assert_eq!(rounded(1_234_567_890_123.0), Some(1_234_567_890_120.0));
        assert_eq!(rounded(f64::INFINITY), None);
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(Number::new(-0.0), Number::new(0.0));
        assert_eq!(Number::new(f64::NAN), None);
    }
}
