//! Days in the organisation's own time zone, and the periods that figures are shown in.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// A calendar day in the organisation's time zone, stored as days since 1970-01-01.
///
/// Buckets are looked up by this number and never computed from timestamps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalDay(pub i32);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl LocalDay {
    /// The day on which `at` falls in `zone`.
    #[must_use]
    pub fn of(at: Timestamp, zone: &TimeZone) -> Self {
        Self::from_date(at.to_zoned(zone.clone()).date())
    }

    /// The number of a calendar date.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        Self(EPOCH.until(date).map_or(0, |span| span.get_days()))
    }

    /// The calendar date; dates beyond the calendar's range become its last day.
    #[must_use]
    pub fn date(self) -> Date {
        EPOCH
            .checked_add(self.0.days())
            .unwrap_or(if self.0 < 0 { Date::MIN } else { Date::MAX })
    }
}

/// Length of the buckets in which a figure is followed through time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// One calendar day.
    Day,
    /// ISO 8601 week, Monday to Sunday.
    Week,
    /// Calendar month.
    Month,
    /// Calendar quarter.
    Quarter,
    /// Calendar year.
    Year,
}

impl Period {
    /// First day of the bucket that `day` falls in.
    #[must_use]
    pub fn start(self, day: LocalDay) -> LocalDay {
        let date = day.date();
        let first = match self {
            Self::Day => return day,
            Self::Week => {
                let back = date.weekday().since(Weekday::Monday);
                return LocalDay(day.0 - i32::from(back));
            }
            Self::Month => date.first_of_month(),
            Self::Quarter => jiff::civil::date(date.year(), (date.month() - 1) / 3 * 3 + 1, 1),
            Self::Year => jiff::civil::date(date.year(), 1, 1),
        };
        LocalDay::from_date(first)
    }

    /// First day of the bucket after the one that `day` falls in.
    #[must_use]
    pub fn next(self, day: LocalDay) -> LocalDay {
        let first = self.start(day);
        let longest = match self {
            Self::Day => return LocalDay(day.0 + 1),
            Self::Week => 7,
            Self::Month => 31,
            Self::Quarter => 92,
            Self::Year => 366,
        };
        self.start(LocalDay(first.0 + longest))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_counted_in_the_zone_of_the_organisation() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let late: Timestamp = "2026-06-30T22:30:00Z".parse().unwrap();
        assert_eq!(LocalDay::of(late, &zone).date(), date(2026, 7, 1));
        assert_eq!(LocalDay::of(late, &TimeZone::UTC).date(), date(2026, 6, 30));
    }

    #[test]
    fn periods_start_on_monday_on_the_first_and_in_january_april_july_october() {
        let day = LocalDay::from_date(date(2026, 8, 20));
        assert_eq!(Period::Week.start(day).date(), date(2026, 8, 17));
        assert_eq!(Period::Month.start(day).date(), date(2026, 8, 1));
        assert_eq!(Period::Quarter.start(day).date(), date(2026, 7, 1));
        assert_eq!(Period::Year.start(day).date(), date(2026, 1, 1));
    }

    #[test]
    fn every_day_lies_between_its_start_and_the_next_start() {
        for number in -1_000..40_000 {
            let day = LocalDay(number);
            for period in [
                Period::Day,
                Period::Week,
                Period::Month,
                Period::Quarter,
                Period::Year,
            ] {
                let (start, next) = (period.start(day), period.next(day));
                assert!(start <= day && day < next, "{period:?} {number}");
                assert_eq!(period.start(next), next, "{period:?} {number}");
            }
        }
    }
}
