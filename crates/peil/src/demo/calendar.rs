//! Moments of the demonstration in the time zone of its organisation.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use peil_domain::shared::LocalDay;

/// Time zone of the demonstration.
pub(super) const ZONE: &str = "Europe/Amsterdam";

/// Turns days and times into moments and back.
pub(super) struct Calendar {
    zone: TimeZone,
}

impl Calendar {
    /// Falls back to UTC on a machine without time zones, as the program itself does.
    pub(super) fn new() -> Self {
        Self {
            zone: TimeZone::get(ZONE).unwrap_or(TimeZone::UTC),
        }
    }

    /// The moment `seconds` after a day began.
    pub(super) fn at(&self, day: Date, seconds: i64) -> Timestamp {
        let start = day
            .to_zoned(self.zone.clone())
            .map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp());
        start
            .checked_add(SignedDuration::from_secs(seconds))
            .unwrap_or(start)
    }

    /// The beginning of a day, as identifiers count it.
    pub(super) fn millis(&self, day: Date) -> u64 {
        Self::millis_of(self.at(day, 0))
    }

    pub(super) fn at_millis(millis: u64) -> Timestamp {
        let millis = i64::try_from(millis).unwrap_or(0);
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    pub(super) fn millis_of(at: Timestamp) -> u64 {
        u64::try_from(at.as_millisecond()).unwrap_or(0)
    }

    /// The day of a moment.
    pub(super) fn day(&self, at: Timestamp) -> LocalDay {
        LocalDay::of(at, &self.zone)
    }

    /// Nobody answers in the middle of the night: those moments become morning.
    pub(super) fn awake(&self, at: Timestamp) -> Timestamp {
        let hour = at.to_zoned(self.zone.clone()).hour();
        if (1..7).contains(&hour) {
            at.checked_add(SignedDuration::from_hours(7)).unwrap_or(at)
        } else {
            at
        }
    }
}
