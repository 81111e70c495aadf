//! Days, and the periods that they fall in.

use peil_domain::shared::LocalDay;

use super::column::Days;
use crate::{Scope, Step};

/// Days and the periods that they fall in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Periods {
    first: i32,
    /// For every day from the first one on the place of its period.
    places: Vec<u32>,
    /// First day of each period.
    pub(super) starts: Vec<LocalDay>,
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

    pub(super) fn place(&self, day: i32) -> u32 {
        let place = usize::try_from(day - self.first).ok();
        let place = place.and_then(|place| self.places.get(place));
        place.copied().unwrap_or_default()
    }
}

/// Walks over rows of which the days go up, in spans of one period within the limits.
pub(super) fn spans(
    days: &Days,
    limits: (Option<LocalDay>, Option<LocalDay>),
    periods: Option<&Periods>,
    (from, to): (u32, u32),
    mut one: impl FnMut(usize, u32, u32),
) {
    let mut run = days.runs.partition_point(|(_, end)| *end <= from);
    let (mut start, mut end, mut period) = (from, from, 0);
    while let Some((day, run_end)) = days.runs.get(run).filter(|_| end < to) {
        let is_meant = limits.0.is_none_or(|from| *day >= from.0)
            && limits.1.is_none_or(|until| *day <= until.0);
        let place = match periods {
            Some(periods) if is_meant => periods.place(*day),
            _ => 0,
        };
        if !is_meant || place != period {
            if start < end {
                one(period as usize, start, end);
            }
            start = if is_meant { end } else { *run_end };
            period = place;
        }
        end = Ord::min(*run_end, to);
        run += 1;
    }
    if start < end {
        one(period as usize, start, end);
    }
}
