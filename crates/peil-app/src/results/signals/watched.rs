//! The series that are watched: how often themes are complained about, week by week, in all answers and in
//! the parts of them that are large enough.

use std::{collections::BTreeMap, sync::Arc};

use peil_domain::{
    access::Actor,
    shared::{LocalDay, Period},
    themes::SignalKind,
};
use peil_measure::{Tally, WatchSettings, Watching};
use peil_store::Session;

use super::{
    parts::{Part, parts, series_of},
    themed::{LOOKS, ThemeVerdict, ThemeWeeks, verdict},
};
use crate::{
    App, AppError,
    app::day_of,
    facts::{Counting, Look},
    themes::{SeriesPoint, ThemeSeries, complaints},
};

/// Weeks that are looked back upon in all answers, and in parts of them.
const WEEKS: i32 = 104;
const WEEKS_OF_PARTS: usize = 78;
/// What share of those told of parts may be false: less than of all answers, since they are many.
const FALSE_OF_PARTS: f64 = 0.04;
/// A theme that is complained about less often in a part than this has no series there.
const FEWEST_COMPLAINTS: u64 = 5;

/// Complaints by theme and week over all weeks that are looked back upon.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// The first days of the weeks.
    starts: Vec<LocalDay>,
    /// Themes in all answers.
    whole: Vec<ThemeWeeks>,
    /// Themes in parts of them, and those parts.
    of_parts: Vec<ThemeWeeks>,
    pub(super) parts: Vec<Part>,
}

impl Past {
    /// Counts them in all answers up to and including a day.
    pub(super) async fn whole(
        session: &(impl Counting + Sync),
        until: LocalDay,
    ) -> Result<Self, AppError> {
        let first = LocalDay(Period::Week.start(until).0 - 7 * (WEEKS - 1));
        let found = complaints(session, (first, until)).await?;
        let Some(first) = found.submissions.iter().map(|point| point.start).min() else {
            return Ok(Self::default());
        };
        let last = Period::Week.start(until);
        let starts: Vec<LocalDay> = (first.0..=last.0).step_by(7).map(LocalDay).collect();
        Ok(Self {
            whole: weeks(&found, &starts, None),
            starts,
            ..Self::default()
        })
    }

    /// Counts them in all answers, and in parts of them.
    pub(super) async fn with_parts(
        session: &(impl Counting + Sync),
        until: LocalDay,
    ) -> Result<Self, AppError> {
        let mut past = Self::whole(session, until).await?;
        let earlier = past.starts.len().saturating_sub(WEEKS_OF_PARTS);
        let Some(first) = past.starts.get(earlier).copied() else {
            return Ok(past);
        };
        past.parts = parts(session, until).await?;
        let found = series_of(session, &past.parts, (first, until)).await?;
        for (place, found) in found.iter().enumerate() {
            let of_part = weeks(found, &past.starts, Some(place)).into_iter();
            past.of_parts.extend(of_part.filter(|series| {
                let said = series.weeks.iter().map(|week| week.mentions);
                said.sum::<u64>() >= FEWEST_COMPLAINTS
            }));
        }
        Ok(past)
    }

    /// The place of the week that a day falls in.
    fn place(&self, day: LocalDay) -> Option<usize> {
        let start = Period::Week.start(day);
        self.starts.iter().position(|known| *known == start)
    }
}

/// By theme all weeks.
fn weeks(found: &ThemeSeries, starts: &[LocalDay], part: Option<usize>) -> Vec<ThemeWeeks> {
    let submissions = found.submissions.iter();
    let answers: BTreeMap<LocalDay, u64> =
        submissions.map(|point| (point.start, point.n)).collect();
    let mut themes: BTreeMap<Arc<str>, BTreeMap<LocalDay, &SeriesPoint>> = BTreeMap::new();
    for point in &found.negative {
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
        part,
        weeks: starts.iter().map(|start| tally(points, start)).collect(),
    });
    themes.collect()
}

/// Goes through the weeks of the past, and says what was to be said at the end of a day.
pub(super) struct Watch {
    pub(super) past: Past,
    of_whole: Watching,
    /// Of parts, with all answers beside them: that is how many series are watched.
    of_all: Watching,
    done: usize,
}

impl Watch {
    /// `chronic` is the share of answers from which on a theme is a lasting problem however long it has
    /// been so.
    pub(super) fn new(past: Past, chronic: Option<f64>) -> Result<Self, AppError> {
        let plain = WatchSettings::default().looked_at(LOOKS)?;
        let settings = match chronic {
            Some(share) => plain.chronic_above(share)?,
            None => plain,
        };
        Ok(Self {
            of_whole: Watching::new(past.whole.len(), &settings),
            of_all: Watching::new(
                past.whole.len() + past.of_parts.len(),
                &plain.with_false_share(FALSE_OF_PARTS)?,
            ),
            past,
            done: 0,
        })
    }

    /// What to call every theme in all answers at the end of a day; days come in their order. `running` are
    /// its complaints in the week of that day as far as they were known, when that is not all of the week.
    pub(super) fn whole(
        &mut self,
        day: LocalDay,
        running: Option<&ThemeSeries>,
    ) -> Result<Vec<ThemeVerdict>, AppError> {
        let Some(place) = self.go_to(day)? else {
            return Ok(Vec::new());
        };
        let start = self.past.starts.get(place..=place).unwrap_or_default();
        let known = running.map(|running| (weeks(running, start, None), answers(running)));
        let week = |series: &ThemeWeeks| match &known {
            Some((known, answers)) => {
                let same = known.iter().find(|known| known.theme == series.theme);
                let week = same.and_then(|same| same.weeks.first().copied());
                week.unwrap_or(Tally::new(0, *answers))
            }
            None => series.weeks.get(place).copied().unwrap_or_default(),
        };
        let now: Vec<Tally> = self.past.whole.iter().map(week).collect();
        let watched = self.of_whole.now(&now)?;
        let starts = self.past.starts.get(..=place).unwrap_or_default();
        let all = self.past.whole.iter().zip(&now).zip(&watched);
        let verdicts = all.map(|((series, now), watched)| {
            let mut weeks = series.weeks.get(..place).unwrap_or_default().to_vec();
            weeks.push(*now);
            verdict(&series.theme, &weeks, starts, watched)
        });
        Ok(verdicts.collect())
    }

    /// What to call themes in parts of all answers, as far as they need a look, in the week of a day with
    /// all that is known of it.
    pub(super) fn parts(&mut self, day: LocalDay) -> Result<Vec<ThemeVerdict>, AppError> {
        let Some(place) = self.go_to(day)? else {
            return Ok(Vec::new());
        };
        let first = self.first_of_parts();
        if place < first {
            return Ok(Vec::new());
        }
        let watched = self.of_all.now(&self.of_week(place))?;
        let starts = self.past.starts.get(first..=place).unwrap_or_default();
        let of_parts = watched.iter().skip(self.past.whole.len());
        let mut found = Vec::new();
        for (series, watched) in self.past.of_parts.iter().zip(of_parts) {
            let weeks = series.weeks.get(first..=place).unwrap_or_default();
            let mut verdict = verdict(&series.theme, weeks, starts, watched);
            let part = series.part.and_then(|part| self.past.parts.get(part));
            verdict.evidence.part = part.map(|part| part.shown.clone());
            let is_told = verdict.kind.is_some_and(SignalKind::is_told);
            if is_told && verdict.evidence.part.is_some() {
                found.push(verdict);
            }
        }
        Ok(found)
    }

    /// The week in which parts begin to be watched.
    fn first_of_parts(&self) -> usize {
        self.past.starts.len().saturating_sub(WEEKS_OF_PARTS)
    }

    fn of_week(&self, place: usize) -> Vec<Tally> {
        let all = self.past.whole.iter().chain(&self.past.of_parts);
        let week = |series: &ThemeWeeks| series.weeks.get(place).copied().unwrap_or_default();
        all.map(week).collect()
    }

    /// Takes the weeks before that of a day.
    fn go_to(&mut self, day: LocalDay) -> Result<Option<usize>, AppError> {
        let Some(place) = self.past.place(day) else {
            return Ok(None);
        };
        while self.done < place {
            let of_all = self.of_week(self.done);
            let of_whole = of_all.get(..self.past.whole.len()).unwrap_or_default();
            self.of_whole.step(of_whole)?;
            if self.done >= self.first_of_parts() && !self.past.of_parts.is_empty() {
                self.of_all.step(&of_all)?;
            }
            self.done += 1;
        }
        Ok(Some(place))
    }
}

fn answers(running: &ThemeSeries) -> u64 {
    running.submissions.iter().map(|point| point.n).sum()
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
        let chronic = self.signal_settings(&actor).await?.chronic_share;
        let past = Past::whole(session, today).await?;
        let verdicts = Watch::new(past, chronic)?.whole(today, None)?;
        Ok(verdicts.into_iter().find(|verdict| verdict.theme == theme))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use peil_domain::themes::SignalPart;

    /// Forty weeks: 300 answers, 30 of them from lease riders, of whom three complain at first.
    fn past(of_lease: &[u64]) -> Past {
        let starts = (0..40).map(|week| LocalDay(20_003 + 7 * week)).collect();
        let late = |week: usize| of_lease.get(week).copied().unwrap_or(3);
        let series = |part: Option<usize>, more: u64, answers: u64| ThemeWeeks {
            theme: "delivery".to_owned(),
            part,
            weeks: (0..40)
                .map(|week| Tally::new(more + late(week), answers))
                .collect(),
        };
        let shown = SignalPart {
            dimension: "segment.group".to_owned(),
            value: "lease".to_owned(),
            property: "Group".to_owned(),
            name: "Lease".to_owned(),
        };
        Past {
            starts,
            whole: vec![series(None, 30, 300)],
            of_parts: vec![series(Some(0), 0, 30)],
            parts: vec![Part::for_test(shown)],
        }
    }

    #[test]
    fn what_gets_worse_in_one_group_is_found_though_all_answers_hide_it() {
        let mut weeks = [3; 40];
        weeks[38] = 9;
        weeks[39] = 11;
        let past = past(&weeks);
        let today = LocalDay(past.starts[39].0 + 6);
        let mut watch = Watch::new(past, None).unwrap();
        assert_eq!(watch.whole(today, None).unwrap()[0].kind, None);
        let found = watch.parts(today).unwrap();
        assert_eq!(
            found[0].kind,
            Some(SignalKind::ThemeStructural),
            "{found:?}"
        );
        assert_eq!(found[0].evidence.part.as_ref().unwrap().name, "Lease");
        let quiet = self::past(&[]);
        assert_eq!(Watch::new(quiet, None).unwrap().parts(today).unwrap(), []);
    }

    #[test]
    fn going_through_the_weeks_says_the_same_as_looking_at_once() {
        let mut weeks = [3; 40];
        weeks[36..].copy_from_slice(&[30, 32, 31, 33]);
        let past = past(&weeks);
        let days: Vec<LocalDay> = past
            .starts
            .iter()
            .map(|start| LocalDay(start.0 + 6))
            .collect();
        let mut watch = Watch::new(past.clone(), None).unwrap();
        for day in days {
            let at_once = Watch::new(past.clone(), None)
                .unwrap()
                .whole(day, None)
                .unwrap();
            assert_eq!(watch.whole(day, None).unwrap(), at_once);
            let at_once = Watch::new(past.clone(), None).unwrap().parts(day).unwrap();
            assert_eq!(watch.parts(day).unwrap(), at_once);
        }
    }
}
