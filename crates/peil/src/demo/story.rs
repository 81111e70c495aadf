//! What happens in the year of the demonstration, fitted to the calendar: a courier service is
//! changed in autumn and deliveries go wrong for seven weeks; from spring on the service desk
//! calls back within the hour, and that works.
//!
//! Both must be seen with some weeks before and after. The year ends on the day on which the
//! demonstration is made, so where the story would not fit it begins up to three months earlier; in
//! deepest winter the spring comes before the autumn.

use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

/// Weeks in which deliveries go wrong.
const COURIER_WEEKS: i32 = 7;
/// Weeks that must be seen before something begins: what is usual is known from eight weeks on.
const WEEKS_BEFORE: i32 = 10;
/// Months of the longest story.
const MOST_MONTHS: i32 = 15;

/// The days that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Story {
    /// First day with answers.
    pub first: Date,
    /// The day after the last one with answers.
    pub end: Date,
    /// Monday on which the new courier service begins.
    pub courier_from: Date,
    /// The day after the trouble with it is over.
    pub courier_until: Date,
    /// Monday from which the service desk calls back.
    pub callback_from: Date,
}

impl Story {
    /// Fits the story to a year that ends on `today`.
    #[must_use]
    pub fn new(today: Date) -> Self {
        let year_ago = today.saturating_sub(1.year());
        let callback_from = last_spring(today);
        let autumn = |year| monday_from(date(year, 10, 5));
        let earliest = today
            .saturating_sub(MOST_MONTHS.months())
            .saturating_add(WEEKS_BEFORE.weeks());
        let before = autumn(callback_from.year() - 1).max(monday_from(earliest));
        let latest = monday_from(date(callback_from.year() - 1, 11, 16));
        let courier_from = if before <= latest {
            before
        } else {
            autumn(callback_from.year())
        };
        let begin = courier_from
            .min(callback_from)
            .saturating_sub(WEEKS_BEFORE.weeks());
        Self {
            first: begin.min(year_ago),
            end: today,
            courier_from,
            courier_until: courier_from.saturating_add(COURIER_WEEKS.weeks()),
            callback_from,
        }
    }

    /// Every day with answers.
    pub(super) fn days(&self) -> impl Iterator<Item = Date> + use<> {
        let end = self.end;
        self.first.series(1.day()).take_while(move |day| *day < end)
    }

    /// How bad deliveries are on a day, 0 to 1: worst at once, better from the fifth week on.
    #[must_use]
    pub fn courier_trouble(&self, day: Date) -> f64 {
        if day < self.courier_from || day >= self.courier_until {
            return 0.0;
        }
        let weeks = days_between(self.courier_from, day) / 7;
        f64::from((COURIER_WEEKS - weeks).min(4)) / 4.0
    }

    /// How well calling back works on a day, 0 to 1: it takes three weeks to settle.
    #[must_use]
    pub fn callback(&self, day: Date) -> f64 {
        if day < self.callback_from {
            return 0.0;
        }
        f64::from((days_between(self.callback_from, day) / 7 + 1).min(3)) / 3.0
    }

    /// How busy a day is compared with an ordinary one: bikes are bought in spring.
    #[must_use]
    pub fn bustle(&self, day: Date) -> f64 {
        let month = match day.month() {
            4..=6 => 1.5,
            3 | 7 | 8 | 9 => 1.1,
            11 | 12 => 0.9,
            _ => 0.7,
        };
        let weekday = match day.weekday() {
            Weekday::Saturday => 0.6,
            Weekday::Sunday => 0.4,
            Weekday::Monday => 1.2,
            _ => 1.0,
        };
        month * weekday
    }
}

/// The last beginning of spring of which the effect can be seen by now: April when at least six
/// weeks have passed since, March when at least four have, else April of the year before.
fn last_spring(today: Date) -> Date {
    let april = monday_from(date(today.year(), 4, 1));
    let march = monday_from(date(today.year(), 3, 1));
    if april.saturating_add(6.weeks()) <= today {
        april
    } else if march.saturating_add(4.weeks()) <= today {
        march
    } else {
        monday_from(date(today.year() - 1, 4, 1))
    }
}

/// The first Monday on or after a day.
fn monday_from(day: Date) -> Date {
    let since = day.weekday().to_monday_zero_offset();
    let ahead = (7 - i32::from(since)) % 7;
    day.saturating_add(ahead.days())
}

pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_day_both_episodes_are_seen_with_what_came_before_and_after() {
        let mut day = date(2026, 1, 1);
        while day < date(2030, 1, 1) {
            let story = Story::new(day);
            let length = days_between(story.first, day);
            assert!((365..=465).contains(&length), "{day}: {length} days");
            for from in [story.courier_from, story.callback_from] {
                assert_eq!(from.weekday(), Weekday::Monday, "{day}");
                assert!(days_between(story.first, from) >= 70, "{day}: {story:?}");
                assert!(days_between(from, day) >= 28, "{day}: {story:?}");
            }
            assert!(
                (10..=11).contains(&story.courier_from.month()),
                "{day}: {story:?}"
            );
            assert!(
                (3..=4).contains(&story.callback_from.month()),
                "{day}: {story:?}"
            );
            if (5..=11).contains(&day.month()) {
                assert!(story.courier_from < story.callback_from, "{day}: {story:?}");
            }
            day = day.saturating_add(1.day());
        }
    }

    #[test]
    fn trouble_comes_at_once_and_fades() {
        let story = Story::new(date(2026, 7, 1));
        let after =
            |weeks: i32| story.courier_trouble(story.courier_from.saturating_add(weeks.weeks()));
        let weeks = [after(-1), after(0), after(3), after(5), after(7)];
        assert_eq!(format!("{weeks:?}"), "[0.0, 1.0, 1.0, 0.5, 0.0]");
        assert!(story.callback(story.end) > story.callback(story.callback_from));
    }
}
