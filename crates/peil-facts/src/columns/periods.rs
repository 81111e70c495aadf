//! Days, and the periods that they fall in.

use peil_domain::shared::LocalDay;

use crate::{Scope, Step};

/// Days and the periods that they fall in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Periods {
    first: i32,
    /// For every day from the first one on the place of its period.
    places: Vec<u32>,
    /// First day of each period.
    pub(super) starts: Vec<LocalDay>,
    /// Whether every month lies in one period.
    pub(super) keep_months: bool,
}

impl Periods {
    /// The periods that these days and a scope have in common; nothing without days.
    pub(super) fn of(
        step: Step,
        scope: &Scope,
        days: impl Iterator<Item = (i32, i32)> + Clone,
    ) -> Option<Self> {
        let first = days.clone().map(|days| days.0).min()?;
        let last = days.map(|days| days.1).max()?;
        let first = scope.from.map_or(first, |from| from.0.max(first));
        let last = scope.until.map_or(last, |until| until.0.min(last));
        Some(Self::new(step, first, last))
    }

    fn new(step: Step, first: i32, last: i32) -> Self {
        let mut periods = Self {
            first,
            keep_months: matches!(step, Step::Month | Step::Quarter | Step::Year),
            ..Self::default()
        };
        for day in first..=last {
            let start = step.start(LocalDay(day));
            if periods.starts.last() != Some(&start) {
                periods.starts.push(start);
            }
            let place = periods.starts.len() - 1;
            periods
                .places
                .push(u32::try_from(place).unwrap_or_default());
        }
        periods
    }

    /// The place of the period of a day, and the first day of the next one.
    fn around(&self, day: i32) -> (usize, i32) {
        let place = usize::try_from(day - self.first).ok();
        let place = place.and_then(|place| self.places.get(place));
        let place = place.map_or(0, |place| *place as usize);
        let next = self.starts.get(place + 1);
        (place, next.map_or(i32::MAX, |start| start.0))
    }
}

/// Walks over rows in runs of days that go up, in spans of one period within the limits.
pub(super) fn spans(
    runs: &[(i32, u32)],
    limits: (Option<LocalDay>, Option<LocalDay>),
    periods: Option<&Periods>,
    (from, to): (u32, u32),
    mut one: impl FnMut(usize, u32, u32),
) {
    let first = runs.partition_point(|(_, end)| *end <= from);
    let later = runs.get(first..).unwrap_or_default();
    let number = later.partition_point(|(_, end)| *end < to) + 1;
    let mut runs = later.get(..number).unwrap_or(later);
    let mut start = from;
    // Takes the runs before a day; periods are long, so that it is sought by halving.
    let mut take_before = |day: i32| {
        let (before, rest) = runs.split_at(runs.partition_point(|run| run.0 < day));
        runs = rest;
        let end = before.last().map_or(start, |run| run.1.min(to));
        let span = (start, end);
        start = end;
        (span, rest.first().map(|run| run.0))
    };
    let (_, mut next) = take_before(limits.0.map_or(i32::MIN, |from| from.0));
    let beyond = limits.1.map_or(i32::MAX, |until| until.0.saturating_add(1));
    while let Some(day) = next.filter(|day| *day < beyond) {
        let (period, end) = periods.map_or((0, i32::MAX), |periods| periods.around(day));
        let ((from, to), later) = take_before(end.min(beyond));
        if from < to {
            one(period, from, to);
        }
        next = later;
    }
}
