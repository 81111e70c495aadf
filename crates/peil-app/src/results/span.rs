//! When the answers were given that figures are made of.

use peil_domain::shared::{LocalDay, Period};

/// A stretch of time that moves along with the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From the first day of this month until today.
    ThisMonth,
    /// The calendar month before this one.
    LastMonth,
    /// From the first day of this quarter until today.
    ThisQuarter,
    /// The calendar quarter before this one.
    LastQuarter,
    /// From 1 January until today.
    ThisYear,
    /// The 365 days until today.
    TwelveMonths,
}

impl Span {
    /// Every span, the shortest first.
    pub const ALL: [Self; 6] = [
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisQuarter,
        Self::LastQuarter,
        Self::ThisYear,
        Self::TwelveMonths,
    ];

    /// The span as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThisMonth => "this-month",
            Self::LastMonth => "last-month",
            Self::ThisQuarter => "this-quarter",
            Self::LastQuarter => "last-quarter",
            Self::ThisYear => "this-year",
            Self::TwelveMonths => "12-months",
        }
    }

    /// First and last day, seen from `today`.
    #[must_use]
    pub fn days(self, today: LocalDay) -> (LocalDay, LocalDay) {
        let before = |period: Period| {
            let last = LocalDay(period.start(today).0 - 1);
            (period.start(last), last)
        };
        match self {
            Self::ThisMonth => (Period::Month.start(today), today),
            Self::LastMonth => before(Period::Month),
            Self::ThisQuarter => (Period::Quarter.start(today), today),
            Self::LastQuarter => before(Period::Quarter),
            Self::ThisYear => (Period::Year.start(today), today),
            Self::TwelveMonths => (LocalDay(today.0 - 364), today),
        }
    }
}

/// When the answers were given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum When {
    /// Whenever.
    #[default]
    Always,
    /// In a stretch of time that moves along.
    Span(Span),
    /// From the first day to the last; either may be open.
    Between(Option<LocalDay>, Option<LocalDay>),
}

impl When {
    /// First and last day, as far as there are any, seen from `today`.
    #[must_use]
    pub fn days(self, today: LocalDay) -> (Option<LocalDay>, Option<LocalDay>) {
        match self {
            Self::Always => (None, None),
            Self::Span(span) => {
                let (from, until) = span.days(today);
                (Some(from), Some(until))
            }
            Self::Between(from, until) => (from, until),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn last_quarter_ends_the_day_before_this_one_begins() {
        let today = LocalDay::from_date(date(2026, 2, 14));
        let (from, until) = Span::LastQuarter.days(today);
        assert_eq!(
            (from.date(), until.date()),
            (date(2025, 10, 1), date(2025, 12, 31))
        );
        let (from, until) = Span::TwelveMonths.days(today);
        assert_eq!((from.date(), until), (date(2025, 2, 15), today));
    }
}
