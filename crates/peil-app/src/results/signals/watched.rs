//! The series that are watched: how often themes are complained about, week by week.

use std::{collections::BTreeMap, sync::Arc};

use peil_domain::{
    access::Actor,
    shared::{LocalDay, Period},
};
use peil_measure::Tally;
use peil_store::Session;

use super::themed::{ThemeVerdict, ThemeWeeks, judge};
use crate::{
    App, AppError,
    app::day_of,
    facts::{Counting, Look},
    themes::{SeriesPoint, ThemeSeries, complaints},
};

/// Weeks that are looked back upon.
const WEEKS: i32 = 104;

/// Complaints by theme and week over all weeks that are looked back upon.
pub(super) struct Past {
    found: ThemeSeries,
    until: LocalDay,
}

impl Past {
    /// Counts them up to and including a day.
    pub(super) async fn until(
        session: &(impl Counting + Sync),
        until: LocalDay,
    ) -> Result<Self, AppError> {
        let first = LocalDay(Period::Week.start(until).0 - 7 * (WEEKS - 1));
        let found = complaints(session, (first, until)).await?;
        Ok(Self { found, until })
    }

    /// What was known of them at the end of an earlier day.
    pub(super) async fn known_on(
        &self,
        session: &(impl Counting + Sync),
        day: LocalDay,
    ) -> Result<Self, AppError> {
        let week = Period::Week.start(day);
        let before = |points: &[SeriesPoint]| {
            let earlier = points.iter().filter(|point| point.start < week);
            earlier.cloned().collect::<Vec<SeriesPoint>>()
        };
        let mut found = complaints(session, (week, day)).await?;
        let mut all = ThemeSeries {
            submissions: before(&self.found.submissions),
            negative: before(&self.found.negative),
            ..ThemeSeries::default()
        };
        all.submissions.append(&mut found.submissions);
        all.negative.append(&mut found.negative);
        Ok(Self {
            found: all,
            until: day,
        })
    }

    /// By theme, all weeks from the first one with any answer, and the first days of those weeks.
    fn weeks(&self) -> (Vec<ThemeWeeks>, Vec<LocalDay>) {
        let submissions = self.found.submissions.iter();
        let answers: BTreeMap<LocalDay, u64> =
            submissions.map(|point| (point.start, point.n)).collect();
        let Some(first) = answers.keys().next().copied() else {
            return (Vec::new(), Vec::new());
        };
        let last = Period::Week.start(self.until);
        let starts: Vec<LocalDay> = (first.0..=last.0).step_by(7).map(LocalDay).collect();
        let mut themes: BTreeMap<Arc<str>, BTreeMap<LocalDay, &SeriesPoint>> = BTreeMap::new();
        for point in &self.found.negative {
            if let Some(theme) = &point.theme {
                let theme = themes.entry(Arc::clone(theme)).or_default();
                theme.insert(point.start, point);
            }
        }
        let tally = |points: &BTreeMap<LocalDay, &SeriesPoint>, start: &LocalDay| Tally {
            mentions: points.get(start).map_or(0, |point| point.n),
            people: points.get(start).map_or(0, |point| point.people),
            answers: answers.get(start).copied().unwrap_or_default(),
        };
        let themes = themes.iter().map(|(theme, points)| ThemeWeeks {
            theme: theme.to_string(),
            weeks: starts.iter().map(|start| tally(points, start)).collect(),
        });
        (themes.collect(), starts)
    }
}

impl App {
    /// Says what to call a theme by now, of all questionnaires together; nothing when nobody ever
    /// complained about it.
    pub(crate) async fn theme_verdict(
        &self,
        session: &Look,
        theme: &str,
    ) -> Result<Option<ThemeVerdict>, AppError> {
        let actor = Actor::program(session.workspace());
        let today = day_of(&self.workspace_of(&actor).await?, self.clock.now());
        let past = Past::until(session, today).await?;
        let verdicts = self.verdicts(session, &past).await?;
        Ok(verdicts.into_iter().find(|verdict| verdict.theme == theme))
    }

    /// Says of every theme that was ever complained about what to call it.
    pub(super) async fn verdicts(
        &self,
        session: &impl Session,
        past: &Past,
    ) -> Result<Vec<ThemeVerdict>, AppError> {
        let actor = Actor::program(session.workspace());
        let chronic = self.signal_settings(&actor).await?.chronic_share;
        let (themes, starts) = past.weeks();
        judge(&themes, &starts, chronic)
    }
}
