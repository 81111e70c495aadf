//! Dates and times as people and programs write them.
//!
//! Read are ISO 8601 (`2026-03-31`, `2026-03-31T14:05:00+02:00`), day-month-year and
//! month-day-year with `-`, `/` or `.`, names of months in Dutch and English, and the form
//! `2015-02-24 11:35:52 -0800` of social media exports. A year has four digits: with two, the
//! century would be a guess.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

use super::scanner::Scanner;

/// Longer text is no date.
const LONGEST_DATE: usize = 64;

/// Names of months: the number of the month behind each.
const MONTHS: [(&str, i8); 35] = [
    ("januari", 1),
    ("january", 1),
    ("jan", 1),
    ("februari", 2),
    ("february", 2),
    ("feb", 2),
    ("febr", 2),
    ("maart", 3),
    ("march", 3),
    ("mrt", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("mei", 5),
    ("may", 5),
    ("juni", 6),
    ("june", 6),
    ("jun", 6),
    ("juli", 7),
    ("july", 7),
    ("jul", 7),
    ("augustus", 8),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sep", 9),
    ("sept", 9),
    ("oktober", 10),
    ("october", 10),
    ("okt", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// What stands first in a date like `3-4-2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `3-4-2026` is the third of April.
    #[default]
    DayFirst,
    /// `3-4-2026` is the fourth of March.
    MonthFirst,
}

/// A date as precise as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateValue {
    /// A day without a time.
    Day(Date),
    /// A time of day somewhere, without a zone.
    Local(DateTime),
    /// A moment, written with its distance to UTC.
    Instant(Timestamp),
}

impl DateValue {
    /// The moment that is meant when the writer was in `zone`; a day stands for its beginning.
    ///
    /// `None` for dates at the very ends of the calendar.
    #[must_use]
    pub fn timestamp(self, zone: &TimeZone) -> Option<Timestamp> {
        let local = match self {
            Self::Instant(timestamp) => return Some(timestamp),
            Self::Local(local) => local,
            Self::Day(day) => day.to_datetime(Time::midnight()),
        };
        zone.to_timestamp(local).ok()
    }

    /// The calendar day on which it falls in `zone`.
    #[must_use]
    pub fn day(self, zone: &TimeZone) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Local(local) => local.date(),
            Self::Instant(timestamp) => zone.to_datetime(timestamp).date(),
        }
    }
}

/// Reads a date, with or without time and distance to UTC.
///
/// The hint decides about `3-4-2026` and `3/4/2026` and nothing else; a date that only fits the
/// other order is `None`. With dots the day always comes first.
///
/// ```
/// use jiff::civil::date;
/// use peil_domain::shared::values::{parse_date, DateOrder, DateValue};
/// let read = parse_date("31 maart 2026", DateOrder::DayFirst);
/// assert_eq!(read, Some(DateValue::Day(date(2026, 3, 31))));
/// assert_eq!(parse_date("3/31/2026", DateOrder::DayFirst), None);
/// ```
#[must_use]
pub fn parse_date(text: &str, order: DateOrder) -> Option<DateValue> {
    let text = text.trim();
    if text.len() > LONGEST_DATE {
        return None;
    }
    let mut rest = Scanner::new(text);
    let date = read_date(&mut rest, order)?;
    if rest.is_done() {
        return Some(DateValue::Day(date));
    }
    let has_separator = rest.eat_any(&['T', 't', ',']).is_some();
    if !rest.spaces() && !has_separator {
        return None;
    }
    let local = date.to_datetime(read_time(&mut rest)?);
    if rest.is_done() {
        return Some(DateValue::Local(local));
    }
    let offset = read_offset(&mut rest)?;
    if !rest.is_done() {
        return None;
    }
    offset.to_timestamp(local).ok().map(DateValue::Instant)
}

fn read_date(rest: &mut Scanner<'_>, order: DateOrder) -> Option<Date> {
    let start = *rest;
    if let Some(date) = read_numeric_date(rest, order) {
        return Some(date);
    }
    *rest = start;
    read_worded_date(rest)
}

fn read_numeric_date(rest: &mut Scanner<'_>, order: DateOrder) -> Option<Date> {
    let (first, first_digits) = rest.number(1..=4)?;
    let separator = rest.eat_any(&['-', '/', '.'])?;
    let (second, _) = rest.number(1..=2)?;
    if !rest.eat(separator) {
        return None;
    }
    match first_digits {
        4 => {
            let (day, _) = rest.number(1..=2)?;
            date_of(first, second, day)
        }
        1 | 2 => {
            let (year, _) = rest.number(4..=4)?;
            match order {
                DateOrder::MonthFirst if separator != '.' => date_of(year, first, second),
                _ => date_of(year, second, first),
            }
        }
        _ => None,
    }
}

/// `31 maart 2026`, `31-mrt-2026`, `Mar. 31, 2026`.
fn read_worded_date(rest: &mut Scanner<'_>) -> Option<Date> {
    let (day, month) = if let Some((day, _)) = rest.number(1..=2) {
        rest.eat('.');
        read_gap(rest);
        (day, read_month(rest)?)
    } else {
        let month = read_month(rest)?;
        read_gap(rest);
        (rest.number(1..=2)?.0, month)
    };
    rest.eat(',');
    if !read_gap(rest) {
        return None;
    }
    let (year, _) = rest.number(4..=4)?;
    Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()
}

fn read_month(rest: &mut Scanner<'_>) -> Option<i8> {
    let word = rest.word().to_lowercase();
    rest.eat('.');
    let (_, month) = MONTHS.iter().find(|(name, _)| *name == word)?;
    Some(*month)
}

fn read_gap(rest: &mut Scanner<'_>) -> bool {
    rest.spaces() || rest.eat('-')
}

fn date_of(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// `14:05`, `14:05:10.5`, `2:05 PM`.
fn read_time(rest: &mut Scanner<'_>) -> Option<Time> {
    let (mut hour, _) = rest.number(1..=2)?;
    if !rest.eat(':') {
        return None;
    }
    let (minute, _) = rest.number(2..=2)?;
    let (mut second, mut nanosecond) = (0, 0);
    if rest.eat(':') {
        second = rest.number(2..=2)?.0;
        if rest.eat_any(&['.', ',']).is_some() {
            let (fraction, digits) = rest.number(1..=9)?;
            nanosecond = fraction * 10_i32.pow(9 - u32::try_from(digits).ok()?);
        }
    }
    if let Some(is_afternoon) = read_half_of_day(rest) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if is_afternoon { 12 } else { 0 };
    }
    let small = |number: i32| i8::try_from(number).ok();
    Time::new(small(hour)?, small(minute)?, small(second)?, nanosecond).ok()
}

/// `AM` or `PM`; reads nothing when there is something else.
fn read_half_of_day(rest: &mut Scanner<'_>) -> Option<bool> {
    let start = *rest;
    rest.spaces();
    let is_afternoon = match rest.word().to_ascii_lowercase().as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    };
    if is_afternoon.is_none() {
        *rest = start;
    }
    is_afternoon
}

/// `Z`, `UTC`, `+02:00`, `-0800`, `+01`.
fn read_offset(rest: &mut Scanner<'_>) -> Option<Offset> {
    rest.spaces();
    let sign = match rest.eat_any(&['+', '-']) {
        Some('-') => -1,
        Some(_) => 1,
        None => {
            let is_utc = matches!(
                rest.word().to_ascii_uppercase().as_str(),
                "Z" | "UTC" | "GMT"
            );
            return is_utc.then_some(Offset::UTC);
        }
    };
    let (hours, minutes) = match rest.number(2..=4)? {
        (both, 4) => (both / 100, both % 100),
        (hours, 2) if rest.eat(':') => (hours, rest.number(2..=2)?.0),
        (hours, 2) => (hours, 0),
        _ => return None,
    };
    if minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()
}

#[cfg(test)]
mod tests {

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_is_read_in_every_common_form() {
        let day = Some(DateValue::Day(date(2026, 3, 31)));
        for text in [
            "2026-03-31",
            "2026/3/31",
            "31-03-2026",
            "31/03/2026",
            "31.3.2026",
            " 31-3-2026 ",
            "31 maart 2026",
            "31 MRT. 2026",
            "31-mrt-2026",
            "31. March 2026",
            "March 31, 2026",
            "Mar 31 2026",
        ] {
            assert_eq!(parse_date(text, DateOrder::DayFirst), day, "{text:?}");
        }
    }

    #[test]
    fn the_hint_decides_about_day_and_month_and_is_never_overruled() {
        for (text, day_first, month_first) in [
            ("3/4/2026", Some(date(2026, 4, 3)), Some(date(2026, 3, 4))),
            ("3/31/2026", None, Some(date(2026, 3, 31))),
            ("31-03-2026", Some(date(2026, 3, 31)), None),
            ("3.4.2026", Some(date(2026, 4, 3)), Some(date(2026, 4, 3))),
            ("2026-03-04", Some(date(2026, 3, 4)), Some(date(2026, 3, 4))),
        ] {
            let day = |order| parse_date(text, order).map(|value| value.day(&TimeZone::UTC));
            assert_eq!(
                (day(DateOrder::DayFirst), day(DateOrder::MonthFirst)),
                (day_first, month_first),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_time_without_zone_stays_local_and_one_with_offset_becomes_a_moment() {
        for (text, local) in [
            ("2026-03-31T14:05", "2026-03-31T14:05:00"),
            ("2026-03-31 14:05:10", "2026-03-31T14:05:10"),
            ("31-3-2026 9:05:10,25", "2026-03-31T09:05:10.25"),
            ("31 maart 2026, 14:05", "2026-03-31T14:05:00"),
            ("31/3/2026 12:05 AM", "2026-03-31T00:05:00"),
            ("31/3/2026 2:05pm", "2026-03-31T14:05:00"),
        ] {
            let expected = Some(DateValue::Local(local.parse().unwrap()));
            assert_eq!(parse_date(text, DateOrder::DayFirst), expected, "{text:?}");
        }
        for (text, moment) in [
            ("2015-02-24 11:35:52 -0800", "2015-02-24T19:35:52Z"),
            ("2026-03-31T14:05:00Z", "2026-03-31T14:05:00Z"),
            (
                "2026-03-31T14:05:00.123456789+02:00",
                "2026-03-31T12:05:00.123456789Z",
            ),
            ("2026-03-31 14:05 UTC", "2026-03-31T14:05:00Z"),
            ("2026-03-31T14:05:00+01", "2026-03-31T13:05:00Z"),
        ] {
            let expected = Some(DateValue::Instant(moment.parse().unwrap()));
            assert_eq!(parse_date(text, DateOrder::DayFirst), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_surely_a_date_is_refused() {
        for text in [
            "",
            "31",
            "31-3-26",
            "31-13-2026",
            "30-2-2026",
            "2026-3",
            "20260331",
            "31-3/2026",
            "31 maart2026",
            "31 maand 2026",
            "2026-03-31T",
            "2026-03-31 25:00",
            "2026-03-31 14:05 13:00",
            "2026-03-31T14:05:00+99:00",
            "2026-03-31 13:05 PM",
            "2026-03-31x",
            "7,5",
        ] {
            assert_eq!(parse_date(text, DateOrder::DayFirst), None, "{text:?}");
        }
    }

    #[test]
    fn a_day_begins_in_the_zone_of_the_writer() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let begin = DateValue::Day(date(2026, 7, 1)).timestamp(&zone);
        assert_eq!(begin, Some("2026-06-30T22:00:00Z".parse().unwrap()));
        assert_eq!(
            DateValue::Instant(begin.unwrap()).day(&zone),
            date(2026, 7, 1)
        );
    }

    proptest! {
        #[test]
        fn whatever_is_read_as_a_date_has_a_year_of_four_digits_in_it(
            text in "[0-9]{1,4}[-/. ][0-9a-z]{1,5}[-/. ][0-9]{1,4}[0-9:T .,+-]{0,16}|\\PC{0,30}",
        ) {
            if let Some(value) = parse_date(&text, DateOrder::MonthFirst) {
                let year = match value {
                    DateValue::Instant(_) => return Ok(()),
                    other => format!("{:04}", other.day(&TimeZone::UTC).year()),
                };
                prop_assert!(text.contains(&year), "{text:?}");
            }
        }
    }
}
