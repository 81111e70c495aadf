//! One event is one signal: themes that are complained about more in the same answers stand together, and
//! what all answers show is not told again of a part of them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use jiff::tz::TimeZone;
use peil_domain::{
    shared::{LocalDay, ResponseId},
    themes::{Sighting, Signal, SignalKind},
};
use peil_facts::{RowsQuery, Subject};

use super::parts::Part;
use crate::{AppError, facts::Counting, themes::complaining};

/// Answers behind a signal that are looked at, the newest.
const MOST_ANSWERS: usize = 5_000;
/// What began so many days before an event, or during it, belongs to it.
const DAYS_BEFORE: i32 = 28;
/// What is told already goes before what is larger by less than this many times.
const LARGER: f64 = 1.5;

/// Something that was found, with the answers behind it.
struct Candidate {
    sighting: Sighting,
    /// The answers since it began.
    own: BTreeSet<ResponseId>,
    /// Those since the first of all that was found began.
    all: BTreeSet<ResponseId>,
    /// How many more complaints there are than expected.
    excess: f64,
}

/// Leaves each event once; `known` are the signals of before, `day` is today in the organisation's time zone.
pub(super) async fn once_each(
    session: &(impl Counting + Sync),
    found: Vec<Sighting>,
    known: &[Signal],
    parts: &[Part],
    (day, zone): (LocalDay, &TimeZone),
) -> Result<Vec<Sighting>, AppError> {
    let ends: Vec<(&Signal, LocalDay)> = known
        .iter()
        .filter_map(|signal| Some((signal, end_of(signal, &found, (day, zone))?)))
        .collect();
    let (over, open): (Vec<Sighting>, Vec<Sighting>) = found
        .into_iter()
        .filter(|sighting| is_worth(sighting, known, &ends))
        .partition(|sighting| sighting.kind == SignalKind::ThemeResolved);
    // A share above the limit of the organisation is told of every theme.
    let (mut told, begun): (Vec<Sighting>, Vec<Sighting>) = open
        .into_iter()
        .partition(|sighting| sighting.evidence.since.is_none());
    let first = begun.iter().filter_map(|one| one.evidence.since).min();
    let mut candidates = Vec::new();
    let is_alone = begun.len() < 2;
    for sighting in begun {
        let since = sighting.evidence.since.unwrap_or(day);
        let rows = if is_alone {
            BTreeMap::new()
        } else {
            let days = (first.unwrap_or(since), day);
            answers_behind(session, &sighting, parts, days).await?
        };
        candidates.push(Candidate {
            own: rows
                .iter()
                .filter(|(_, day)| **day >= since)
                .map(|(id, _)| *id)
                .collect(),
            all: rows.into_keys().collect(),
            excess: excess(&sighting, known),
            sighting,
        });
    }
    told.extend(merged(candidates));
    told.extend(over);
    Ok(told)
}

/// The last day of a signal: that on which it ended, or today when what it tells is not found any more.
fn end_of(
    signal: &Signal,
    found: &[Sighting],
    (day, zone): (LocalDay, &TimeZone),
) -> Option<LocalDay> {
    if let Some(ended) = signal.ended_at {
        return Some(LocalDay::of(ended, zone));
    }
    let goes_on = found.iter().any(|sighting| {
        sighting.kind != SignalKind::ThemeResolved && is_about_the_same(signal, sighting)
    });
    (!goes_on).then_some(day)
}

/// What was never told as a problem needs no end, and what an event that was told leaves behind in a part of
/// the answers, or in a theme beside it, is that event; `ends` are those that ended, with their last day.
fn is_worth(sighting: &Sighting, known: &[Signal], ends: &[(&Signal, LocalDay)]) -> bool {
    if ends.iter().any(|ended| is_left_of(sighting, *ended)) {
        return false;
    }
    sighting.kind != SignalKind::ThemeResolved
        || known.iter().any(|signal| {
            signal.kind == SignalKind::ThemeStructural && is_about_the_same(signal, sighting)
        })
}

/// Whether something began with an event of which it is a part, or beside which it stands, and that ended on this
/// day.
fn is_left_of(sighting: &Sighting, (signal, ended): (&Signal, LocalDay)) -> bool {
    let evidence = &sighting.evidence;
    let is_part = signal.subject == sighting.subject
        && evidence.part.is_some()
        && signal.evidence.part.is_none();
    let is_beside = signal.evidence.companions.contains(&sighting.subject);
    let is_event = signal.kind.is_of_theme() && signal.kind != SignalKind::ThemeResolved;
    let (Some(began), Some(since)) = (signal.evidence.since, evidence.since) else {
        return false;
    };
    let is_then = (began.0 - DAYS_BEFORE..=ended.0).contains(&since.0);
    is_event && is_then && (is_part || is_beside)
}

fn is_about_the_same(signal: &Signal, sighting: &Sighting) -> bool {
    signal.subject == sighting.subject && signal.evidence.is_of_same_part(&sighting.evidence)
}

fn excess(sighting: &Sighting, known: &[Signal]) -> f64 {
    let evidence = &sighting.evidence;
    let more = evidence.count.unwrap_or_default() - evidence.expected.unwrap_or_default();
    let is_known = known.iter().any(|signal| {
        let goes_on = signal.ended_at.is_none() && signal.kind == sighting.kind;
        goes_on && is_about_the_same(signal, sighting)
    });
    more.max(0.0) * if is_known { LARGER } else { 1.0 }
}

/// Complaints about a theme in some days, with the day of each.
async fn answers_behind(
    session: &(impl Counting + Sync),
    sighting: &Sighting,
    parts: &[Part],
    days: (LocalDay, LocalDay),
) -> Result<BTreeMap<ResponseId, LocalDay>, AppError> {
    let mut scope = complaining(session, &sighting.subject, days);
    let part = Part::of(parts, &sighting.evidence);
    scope.filters.extend(part.map(Part::filter));
    let query = RowsQuery {
        scope,
        subject: Subject::Submissions,
        scores: None,
        option: None,
        after: None,
        limit: MOST_ANSWERS,
    };
    let rows = session.facts().rows(&query).await?.found;
    Ok(rows
        .into_iter()
        .map(|row| (row.response, row.local_day))
        .collect())
}

/// Takes together what is one event, the largest first, what all answers show before what parts show.
fn merged(mut candidates: Vec<Candidate>) -> Vec<Sighting> {
    let is_told = |one: &Candidate| one.sighting.kind.is_told();
    let is_whole = |one: &Candidate| one.sighting.evidence.part.is_none();
    candidates.sort_by(|one, other| {
        let order = |one: &Candidate| Reverse((is_told(one), is_whole(one)));
        let size = other.excess.total_cmp(&one.excess);
        order(one).cmp(&order(other)).then(size)
    });
    let mut told: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let twin = told.iter_mut().find(|told| is_one_event(told, &candidate));
        match twin {
            None => told.push(candidate),
            Some(twin) => {
                let (theme, evidence) = (candidate.sighting.subject, &mut twin.sighting.evidence);
                if theme != twin.sighting.subject && !evidence.companions.contains(&theme) {
                    evidence.companions.push(theme);
                }
            }
        }
    }
    told.into_iter().map(|one| one.sighting).collect()
}

/// Whether something is the same as what is told before it: the same theme in all answers and in a part of
/// them, or themes in the same answers for the most part.
fn is_one_event(told: &Candidate, other: &Candidate) -> bool {
    let is_whole = |one: &Candidate| one.sighting.evidence.part.is_none();
    if told.sighting.subject == other.sighting.subject && (is_whole(told) || is_whole(other)) {
        return true;
    }
    let shared = other.own.intersection(&told.all).count();
    shared > 0 && 2 * shared > other.own.len()
}

#[cfg(test)]
mod tests {
    use peil_domain::themes::{Evidence, SignalPart};

    use super::*;

    fn found(
        theme: &str,
        kind: SignalKind,
        part: Option<&str>,
        answers: std::ops::Range<u8>,
    ) -> Candidate {
        let part = part.map(|name| SignalPart {
            dimension: "survey".to_owned(),
            value: name.to_owned(),
            property: "survey".to_owned(),
            name: name.to_owned(),
        });
        let excess = f64::from(answers.end - answers.start);
        let all: BTreeSet<ResponseId> = answers
            .map(|n| ResponseId(uuid::Uuid::from_bytes([n; 16])))
            .collect();
        Candidate {
            sighting: Sighting {
                kind,
                subject: theme.to_owned(),
                evidence: Evidence {
                    part,
                    ..Evidence::default()
                },
            },
            own: all.clone(),
            all,
            excess,
        }
    }

    fn told(candidates: Vec<Candidate>) -> Vec<(String, Option<String>, Vec<String>)> {
        let line = |sighting: Sighting| {
            let part = sighting.evidence.part.map(|part| part.name);
            (sighting.subject, part, sighting.evidence.companions)
        };
        merged(candidates).into_iter().map(line).collect()
    }

    const LASTING: SignalKind = SignalKind::ThemeStructural;

    #[test]
    fn themes_in_the_same_answers_are_one_signal_and_a_theme_in_others_is_another() {
        let all = vec![
            found("communication", LASTING, None, 30..50),
            found("delivery", LASTING, None, 0..50),
            found("price", LASTING, None, 45..60),
        ];
        let one = (
            "delivery".to_owned(),
            None,
            vec!["communication".to_owned()],
        );
        let other = ("price".to_owned(), None, Vec::new());
        assert_eq!(told(all), [one, other]);
    }

    #[test]
    fn what_all_answers_show_is_not_told_again_of_a_part() {
        let all = vec![
            found("delivery", LASTING, Some("after delivery"), 0..50),
            found("delivery", SignalKind::ThemeIncident, None, 0..20),
            found("staff", LASTING, Some("service desk"), 100..120),
            found("staff", SignalKind::ThemeEmerging, None, 90..120),
        ];
        let whole = ("delivery".to_owned(), None, Vec::new());
        let part = (
            "staff".to_owned(),
            Some("service desk".to_owned()),
            Vec::new(),
        );
        assert_eq!(told(all), [whole, part]);
    }

    #[test]
    fn what_an_event_leaves_behind_is_not_told_again_and_what_began_later_is() {
        let since = |day: i32, part: Option<&str>, theme: &str| {
            let mut sighting = found(theme, LASTING, part, 0..1).sighting;
            sighting.evidence.since = Some(LocalDay(day));
            sighting
        };
        let told = since(20_000, None, "delivery");
        let id = uuid::Uuid::nil();
        let signal = Signal {
            id: peil_domain::shared::SignalId(id),
            workspace: peil_domain::shared::WorkspaceId(id),
            kind: told.kind,
            subject: told.subject,
            state: peil_domain::themes::SignalState::Seen,
            dismissed_because: None,
            handled_by: None,
            found_at: jiff::Timestamp::UNIX_EPOCH,
            changed_at: jiff::Timestamp::UNIX_EPOCH,
            ended_at: jiff::Timestamp::from_second(20_050 * 86_400).ok(),
            evidence: Evidence {
                companions: vec!["staff".to_owned()],
                ..told.evidence
            },
        };
        let is_told_beside = |sighting: &Sighting, signal: &Signal| {
            let today = (LocalDay(20_070), &TimeZone::UTC);
            let end = end_of(signal, std::slice::from_ref(sighting), today);
            let ends: Vec<(&Signal, LocalDay)> = end.map(|end| (signal, end)).into_iter().collect();
            is_worth(sighting, std::slice::from_ref(signal), &ends)
        };
        let is_told = |sighting: &Sighting| is_told_beside(sighting, &signal);
        assert!(!is_told(&since(20_014, Some("south"), "delivery")));
        assert!(!is_told(&since(19_990, None, "staff")));
        assert!(is_told(&since(20_060, Some("south"), "delivery")));
        assert!(is_told(&since(20_014, Some("south"), "price")));
        assert!(is_told(&since(20_060, None, "staff")));
        // What is not found any more ends today, and leaves as much behind.
        let open = Signal {
            ended_at: None,
            ..signal.clone()
        };
        assert!(!is_told_beside(
            &since(20_014, Some("south"), "delivery"),
            &open
        ));
        assert!(is_told_beside(&since(20_000, None, "delivery"), &open));
    }

    #[test]
    fn a_questionnaire_and_its_contact_moment_are_one() {
        let all = vec![
            found("staff", LASTING, Some("after contact"), 0..30),
            found("staff", LASTING, Some("service desk"), 0..29),
        ];
        let one = (
            "staff".to_owned(),
            Some("after contact".to_owned()),
            Vec::new(),
        );
        assert_eq!(told(all), [one]);
    }
}
