//! Numbers with a decimal comma or a decimal point.

use serde::{Deserialize, Serialize};

/// Currencies that may stand before or behind a number.
const CURRENCIES: [&str; 6] = ["€", "$", "£", "EUR", "USD", "GBP"];
/// Spaces that separate thousands: plain, no-break, narrow no-break, thin.
const SPACES: [char; 4] = [' ', '\u{A0}', '\u{202F}', '\u{2009}'];

/// Which sign separates the decimals.
///
/// It matters for one form only: one sign with one to three digits before and exactly three behind
/// it. `1.234` is 1234 with a decimal comma, as in Dutch, and 1.234 with a decimal point, as in
/// English. In all other forms the number itself shows what is meant, whatever the style:
/// `1.234,5`, `1,234.5`, `7.5`, `7,5`, `1.234.567`, `0.125`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalStyle {
    /// `1.234,5`
    #[default]
    Comma,
    /// `1,234.5`
    Point,
}

/// A number as it can be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Reading {
    /// It has one meaning; with the style that it shows, if any.
    Clear {
        value: f64,
        style: Option<DecimalStyle>,
    },
    /// Its one separator may be of thousands or of decimals.
    Ambiguous { comma: f64, point: f64 },
}

/// Reads a number; a currency sign before or behind it is left out.
///
/// Not read are percentages (is `85%` 85 or 0.85?), numbers in brackets, and anything with
/// thousands that are not in groups of three.
///
/// ```
/// use peil_domain::shared::values::{parse_number, DecimalStyle};
/// assert_eq!(parse_number("1.234,5", DecimalStyle::Point), Some(1234.5));
/// assert_eq!(parse_number("1.234", DecimalStyle::Comma), Some(1234.0));
/// assert_eq!(parse_number("1.234", DecimalStyle::Point), Some(1.234));
/// ```
#[must_use]
pub fn parse_number(text: &str, style: DecimalStyle) -> Option<f64> {
    match (read_number(text)?, style) {
        (Reading::Clear { value, .. }, _)
        | (Reading::Ambiguous { comma: value, .. }, DecimalStyle::Comma)
        | (Reading::Ambiguous { point: value, .. }, DecimalStyle::Point) => Some(value),
    }
}

/// Reads a number in every way that it can be meant.
pub(super) fn read_number(text: &str) -> Option<Reading> {
    let written = Written::split(text)?;
    let mantissa = written.mantissa.as_str();
    match separators(mantissa) {
        Separators::None => written.clear(grouped(mantissa, ' ')?, "0", None),
        Separators::Grouping(sign) => {
            written.clear(grouped(mantissa, sign)?, "0", Some(style_with_groups(sign)))
        }
        Separators::Decimal { sign, grouping } => {
            let (whole, decimals) = mantissa.rsplit_once(sign)?;
            if !decimals.chars().all(|c| c.is_ascii_digit()) {
                return None;
            }
            let whole = grouped(whole, grouping)?;
            written.clear(whole, decimals, Some(style_with_decimals(sign)))
        }
        Separators::Single(sign) => written.with_single(sign),
    }
}

/// The parts of a number as it is written.
struct Written {
    is_negative: bool,
    /// Digits, points, commas and plain spaces; ends with a digit.
    mantissa: String,
    exponent: Option<i16>,
}

impl Written {
    fn split(text: &str) -> Option<Self> {
        let (is_negative, body) = without_sign(without_currency(text.trim()));
        let (mantissa, exponent) = match body.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent.parse().ok()?)),
            None => (body, None),
        };
        let mantissa = mantissa.replace(SPACES, " ");
        let is_simple = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ');
        let fits = !mantissa.starts_with(' ')
            && mantissa.ends_with(|c: char| c.is_ascii_digit())
            && mantissa.chars().all(is_simple);
        fits.then_some(Self {
            is_negative,
            mantissa,
            exponent,
        })
    }

    /// A number with one sign that may separate thousands or decimals.
    fn with_single(&self, sign: char) -> Option<Reading> {
        let (whole, behind) = self.mantissa.split_once(sign)?;
        let style = style_with_decimals(sign);
        let is_group =
            behind.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        if !is_group || self.exponent.is_some() {
            return self.clear(whole, behind, Some(style));
        }
        let joined = self.value(&self.mantissa, "0")?;
        let cut = self.value(whole, behind)?;
        Some(match style {
            DecimalStyle::Comma => Reading::Ambiguous {
                comma: cut,
                point: joined,
            },
            DecimalStyle::Point => Reading::Ambiguous {
                comma: joined,
                point: cut,
            },
        })
    }

    fn clear(&self, whole: &str, decimals: &str, style: Option<DecimalStyle>) -> Option<Reading> {
        let value = self.value(whole, decimals)?;
        Some(Reading::Clear { value, style })
    }

    /// The value of whole digits, with anything between them, and decimals.
    fn value(&self, whole: &str, decimals: &str) -> Option<f64> {
        let sign = if self.is_negative { "-" } else { "" };
        let exponent = self.exponent.unwrap_or(0);
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        let value: f64 = format!("{sign}{digits}.{decimals}e{exponent}")
            .parse()
            .ok()?;
        value.is_finite().then_some(value)
    }
}

enum Separators {
    /// At most spaces.
    None,
    /// One sign, more than once.
    Grouping(char),
    /// One sign, once, and nothing else.
    Single(char),
    /// The last sign, behind a whole part with groups.
    Decimal { sign: char, grouping: char },
}

fn separators(mantissa: &str) -> Separators {
    let points = mantissa.matches('.').count();
    let commas = mantissa.matches(',').count();
    let has_spaces = mantissa.contains(' ');
    match (points, commas) {
        (0, 0) => Separators::None,
        (1, 0) if has_spaces => Separators::Decimal {
            sign: '.',
            grouping: ' ',
        },
        (0, 1) if has_spaces => Separators::Decimal {
            sign: ',',
            grouping: ' ',
        },
        (1, 0) => Separators::Single('.'),
        (0, 1) => Separators::Single(','),
        (_, 0) => Separators::Grouping('.'),
        (0, _) => Separators::Grouping(','),
        _ if mantissa.rfind('.') > mantissa.rfind(',') => Separators::Decimal {
            sign: '.',
            grouping: ',',
        },
        _ => Separators::Decimal {
            sign: ',',
            grouping: '.',
        },
    }
}

fn style_with_decimals(sign: char) -> DecimalStyle {
    if sign == ',' {
        DecimalStyle::Comma
    } else {
        DecimalStyle::Point
    }
}

fn style_with_groups(sign: char) -> DecimalStyle {
    if sign == ',' {
        DecimalStyle::Point
    } else {
        DecimalStyle::Comma
    }
}

/// The whole part, when its digits stand in groups of three.
fn grouped(whole: &str, sign: char) -> Option<&str> {
    let mut groups = whole.split(sign);
    let first = groups.next()?;
    let has_groups = first.len() < whole.len();
    let is_digits = |group: &str| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
    let fits = is_digits(first)
        && (!has_groups || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && is_digits(group));
    fits.then_some(whole)
}

fn without_currency(text: &str) -> &str {
    let front = CURRENCIES.iter().find_map(|sign| text.strip_prefix(sign));
    let bare = front.or_else(|| CURRENCIES.iter().find_map(|sign| text.strip_suffix(sign)));
    bare.unwrap_or(text).trim()
}

fn without_sign(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix(['-', '−']) {
        return (true, without_currency(rest));
    }
    (false, text.strip_prefix('+').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_read_in_dutch_and_in_english() {
        for (text, comma, point) in [
            ("12", Some(12.0), Some(12.0)),
            ("-12", Some(-12.0), Some(-12.0)),
            ("−12,5", Some(-12.5), Some(-12.5)),
            ("+7", Some(7.0), Some(7.0)),
            ("1.234,5", Some(1234.5), Some(1234.5)),
            ("1,234.5", Some(1234.5), Some(1234.5)),
            ("1.234", Some(1234.0), Some(1.234)),
            ("1,234", Some(1.234), Some(1234.0)),
            ("-1.234", Some(-1234.0), Some(-1.234)),
            ("0.125", Some(0.125), Some(0.125)),
            ("1234.567", Some(1234.567), Some(1234.567)),
            ("7,5", Some(7.5), Some(7.5)),
            ("7.5", Some(7.5), Some(7.5)),
            (",5", Some(0.5), Some(0.5)),
            ("1.234.567", Some(1_234_567.0), Some(1_234_567.0)),
            ("1 234 567,89", Some(1_234_567.89), Some(1_234_567.89)),
            ("1\u{A0}234", Some(1234.0), Some(1234.0)),
            ("€ 1.234,50", Some(1234.5), Some(1234.5)),
            ("-€ 5", Some(-5.0), Some(-5.0)),
            ("12,50 EUR", Some(12.5), Some(12.5)),
            ("1,5E+03", Some(1500.0), Some(1500.0)),
            ("2e-2", Some(0.02), Some(0.02)),
        ] {
            let read = (
                parse_number(text, DecimalStyle::Comma),
                parse_number(text, DecimalStyle::Point),
            );
            assert_eq!(read, (comma, point), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_surely_a_number_is_refused() {
        for text in [
            "",
            "-",
            "5-",
            "5.",
            "1.23.4",
            "1,2,3",
            "12.34,5,6",
            "1.2345,6",
            "12 34",
            "85%",
            "(5)",
            "1e999",
            "0x10",
            "NaN",
            "inf",
            "een",
            "1.234.56",
            "1,234,5.6",
            "--5",
            "١٢",
            "1e",
            ".",
            "31-3-2026",
        ] {
            assert_eq!(parse_number(text, DecimalStyle::Comma), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_number_comes_back_as_it_was_written(value in -1e15_f64..1e15, exponent in 0..24) {
            let value = value / 10_f64.powi(exponent);
            let text = value.to_string();
            prop_assert_eq!(parse_number(&text, DecimalStyle::Point), Some(value));
            prop_assert_eq!(parse_number(&text.replace('.', ","), DecimalStyle::Comma), Some(value));
        }

        #[test]
        fn a_hint_never_decides_whether_something_is_a_number(text in "[0-9., eE+€-]{0,12}|\\PC{0,20}") {
            let comma = parse_number(&text, DecimalStyle::Comma);
            let point = parse_number(&text, DecimalStyle::Point);
            prop_assert_eq!(comma.is_some(), point.is_some());
            prop_assert!(comma.is_none_or(f64::is_finite));
        }
    }
}
