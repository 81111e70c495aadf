//! From how often a theme is complained about, week by week, to what needs a look.

use peil_domain::{
    shared::LocalDay,
    themes::{Evidence, EvidencePoint, Sighting, SignalKind, SignalReason},
};
use peil_measure::{MINIMUM_PEOPLE, Reason, Standing, Tally, WatchPoint, Watched};

/// Weeks of which the chart of a signal tells.
const SHOWN_WEEKS: usize = 52;
/// The week that runs is looked at every day.
pub(super) const LOOKS: u32 = 7;

/// Complaints about one theme, week by week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThemeWeeks {
    /// Code of the theme.
    pub(crate) theme: String,
    /// Which of the parts of all answers; all of them when absent.
    pub(crate) part: Option<usize>,
    /// Its weeks, those of all themes the same, the oldest first.
    pub(crate) weeks: Vec<Tally>,
}

/// A theme with what to call it.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeVerdict {
    /// Code of the theme.
    pub theme: String,
    /// What it is called; nothing when there is nothing to say.
    pub kind: Option<SignalKind>,
    /// What that rests on.
    pub evidence: Evidence,
}

/// Says what to call a theme after what was seen of its weeks. `starts` are their first days.
pub(super) fn verdict(
    theme: &str,
    weeks: &[Tally],
    starts: &[LocalDay],
    watched: &Watched,
) -> ThemeVerdict {
    let standing = watched.last().map(|point| point.standing);
    ThemeVerdict {
        theme: theme.to_owned(),
        kind: standing.and_then(kind_of),
        evidence: evidence(weeks, starts, watched),
    }
}

/// What was found, as far as it needs a look.
pub(crate) fn sightings(verdicts: Vec<ThemeVerdict>) -> Vec<Sighting> {
    let sighting = |verdict: ThemeVerdict| {
        Some(Sighting {
            kind: verdict.kind?,
            subject: verdict.theme,
            evidence: verdict.evidence,
        })
    };
    verdicts.into_iter().filter_map(sighting).collect()
}

fn kind_of(standing: Standing) -> Option<SignalKind> {
    match standing {
        Standing::Quiet => None,
        Standing::Resolved => Some(SignalKind::ThemeResolved),
        Standing::Emerging => Some(SignalKind::ThemeEmerging),
        Standing::Incident => Some(SignalKind::ThemeIncident),
        Standing::Structural => Some(SignalKind::ThemeStructural),
    }
}

const fn reason_of(reason: Reason) -> SignalReason {
    match reason {
        Reason::AboveLimit => SignalReason::AboveLimit,
        Reason::Rising => SignalReason::Rising,
        Reason::OneOfMany => SignalReason::OneOfMany,
        Reason::Lasting => SignalReason::Lasting,
        Reason::ManyIncidents => SignalReason::ManyIncidents,
        Reason::Flood => SignalReason::Flood,
        Reason::Chronic => SignalReason::Chronic,
        Reason::BackToBaseline => SignalReason::BackToBaseline,
    }
}

/// What of a series may be told. Counts of few people are left out; what is expected of them is made
/// of many weeks, and tells of nobody.
fn evidence(weeks: &[Tally], starts: &[LocalDay], watched: &Watched) -> Evidence {
    let last = watched.last();
    let since = last.and_then(|point| point.since);
    let all = weeks.iter().zip(starts).zip(&watched.points).enumerate();
    let shown_from = weeks.len().saturating_sub(SHOWN_WEEKS);
    let points = all.skip(shown_from).map(|(place, ((week, start), point))| {
        let is_part = since.is_some_and(|since| place >= since);
        told(week, *start, point, is_part)
    });
    let points: Vec<EvidencePoint> = points.collect();
    let part = weeks
        .get(since.unwrap_or(weeks.len().saturating_sub(1))..)
        .unwrap_or_default();
    let people: u64 = part.iter().map(|week| week.people).sum();
    let mentions: u64 = part.iter().map(|week| week.mentions).sum();
    let expected = watched
        .points
        .get(weeks.len().saturating_sub(part.len())..)
        .and_then(|points| {
            points
                .iter()
                .map(|point| point.expected)
                .sum::<Option<f64>>()
        });
    let may_tell = people >= MINIMUM_PEOPLE;
    Evidence {
        reason: last.and_then(|point| point.reason).map(reason_of),
        since: since.and_then(|since| starts.get(since).copied()),
        count: may_tell.then(|| f64::from(u32::try_from(mentions).unwrap_or(u32::MAX))),
        expected,
        answers: part.iter().map(|week| week.answers).sum(),
        points,
        ..Evidence::default()
    }
}

fn told(week: &Tally, start: LocalDay, point: &WatchPoint, is_part: bool) -> EvidencePoint {
    let may_tell = week.mentions == 0 || week.people >= MINIMUM_PEOPLE;
    EvidencePoint {
        start,
        count: may_tell.then_some(week.mentions),
        answers: week.answers,
        expected: point.expected,
        limit: point.limit,
        is_part,
    }
}

#[cfg(test)]
mod tests {
    use peil_measure::{WatchSettings, watch};

    use super::*;

    fn judged(weeks: &[Tally]) -> ThemeVerdict {
        let settings = WatchSettings::default().looked_at(LOOKS).unwrap();
        let watched = watch(weeks, &settings).unwrap();
        let starts: Vec<LocalDay> = (0..weeks.len())
            .map(|week| LocalDay(20_000 + 7 * i32::try_from(week).unwrap()))
            .collect();
        verdict("delivery", weeks, &starts, &watched)
    }

    fn weeks(mentions: &[u64]) -> Vec<Tally> {
        mentions.iter().map(|n| Tally::new(*n, 150)).collect()
    }

    #[test]
    fn a_lasting_problem_is_found_with_its_first_week_and_its_numbers() {
        let mut delivery = vec![6; 30];
        delivery.extend([20, 22, 21]);
        let found = judged(&weeks(&delivery));
        let evidence = &found.evidence;
        assert_eq!(found.kind, Some(SignalKind::ThemeStructural));
        assert_eq!(evidence.since, Some(LocalDay(20_000 + 7 * 30)));
        assert_eq!((evidence.count, evidence.answers), (Some(63.0), 450));
        assert!(
            evidence
                .expected
                .is_some_and(|expected| (15.0..22.0).contains(&expected))
        );
        let quiet = judged(&weeks(&[8; 33]));
        assert_eq!(quiet.kind, None);
        assert_eq!(sightings(vec![found, quiet]).len(), 1);
    }

    #[test]
    fn counts_of_few_people_are_not_told() {
        let mut week = vec![Tally::new(6, 150); 30];
        week.push(Tally {
            mentions: 3,
            people: 3,
            answers: 150,
        });
        let found = judged(&week);
        let point = found.evidence.points.last().unwrap();
        assert_eq!((point.count, point.answers), (None, 150));
    }

    #[test]
    fn no_week_gives_nothing() {
        assert_eq!(judged(&[]).kind, None);
    }
}
