//! What needs a look besides themes: a score that fell, people who no longer answer, and hooks for what
//! others find.

use std::collections::BTreeMap;

use peil_domain::{
    shared::LocalDay,
    survey::Metric,
    themes::{Evidence, EvidencePoint, Sighting, SignalKind, SignalReason},
};
use peil_measure::{Tally, count_upper_tail, expectation};

use super::super::{Headline, Verdict};
use crate::AppError;

/// Weeks that say what an ordinary week is like.
const BASELINE_WEEKS: usize = 8;
/// Where fewer answers are expected a week, a week without them says nothing.
const FEWEST_EXPECTED: f64 = 10.0;
/// Only less than this share of what is expected is worth a word.
const WORTH_A_WORD: f64 = 0.5;
/// The chance with which so few answers come in a quiet week.
const CHANCE: f64 = 0.005;

/// Scores that are lower than the quarter before, where that is real and matters.
pub(crate) fn score_drops(headlines: &[Headline]) -> Vec<Sighting> {
    let drop = |headline: &Headline| {
        let change = headline.change.as_ref()?;
        let quarter = headline.quarter?;
        let is_real = change.difference.verdict == Verdict::Differs;
        if !is_real || change.difference.is_better {
            return None;
        }
        let (now, before) = (quarter.figure.shown()?, change.figure.shown()?);
        // A share is told in percents, as on every page.
        let unit = match headline.result.as_ref()?.scale.metric {
            Metric::TopBox => 100.0,
            _ => 1.0,
        };
        Some(Sighting {
            kind: SignalKind::ScoreDrop,
            subject: headline.survey.slug.to_string(),
            evidence: Evidence {
                name: headline.survey.name.clone(),
                reason: Some(SignalReason::Lower),
                since: Some(quarter.start),
                count: Some(unit * now.value),
                expected: Some(unit * before.value),
                answers: now.n,
                ..Evidence::default()
            },
        })
    };
    headlines.iter().filter_map(drop).collect()
}

/// Far fewer answers in the last seven whole days than in the weeks before them. `days` holds the answers
/// of every day, today left out.
pub(crate) fn response_collapse(
    days: &BTreeMap<LocalDay, u64>,
    today: LocalDay,
) -> Result<Option<Sighting>, AppError> {
    let week = |back: i32| {
        let first = LocalDay(today.0 - 7 * back);
        let last = LocalDay(first.0 + 6);
        let count: u64 = days.range(first..=last).map(|(_, n)| n).sum();
        (first, count)
    };
    let newest = i32::try_from(BASELINE_WEEKS).unwrap_or(8) + 1;
    let weeks: Vec<(LocalDay, u64)> = (1..=newest).rev().map(week).collect();
    let Some(((start, now), before)) = weeks.split_last() else {
        return Ok(None);
    };
    // One answer a week stands for one chance to answer: what is counted are answers by themselves.
    let tallies: Vec<Tally> = before.iter().map(|(_, n)| Tally::new(*n, 1)).collect();
    let Some(expected) = expectation(&tallies, None) else {
        return Ok(None);
    };
    let mean = expected.mentions(1);
    let counted = f64::from(u32::try_from(*now).unwrap_or(u32::MAX));
    if mean < FEWEST_EXPECTED || counted > WORTH_A_WORD * mean {
        return Ok(None);
    }
    let chance = 1.0 - count_upper_tail(now + 1, mean, expected.variance(1))?;
    if chance > CHANCE {
        return Ok(None);
    }
    let point = |(first, n): &(LocalDay, u64)| EvidencePoint {
        start: *first,
        count: Some(*n),
        answers: *n,
        expected: Some(mean),
        limit: None,
        is_part: first == start,
    };
    Ok(Some(Sighting {
        kind: SignalKind::ResponseCollapse,
        subject: String::new(),
        evidence: Evidence {
            reason: Some(SignalReason::BelowLimit),
            since: Some(*start),
            count: Some(counted),
            expected: Some(mean),
            answers: *now,
            points: weeks.iter().map(point).collect(),
            ..Evidence::default()
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(weeks: &[u64]) -> BTreeMap<LocalDay, u64> {
        let all = weeks.iter().enumerate().flat_map(|(week, n)| {
            (0..7).map(move |day| (LocalDay(i32::try_from(7 * week + day).unwrap()), n / 7))
        });
        all.collect()
    }

    #[test]
    fn a_week_with_half_of_the_answers_or_less_is_a_collapse() {
        let today = LocalDay(7 * 9);
        let found = response_collapse(&days(&[70, 77, 70, 63, 70, 77, 70, 70, 14]), today).unwrap();
        let evidence = found.unwrap().evidence;
        assert_eq!(
            (evidence.count, evidence.since),
            (Some(14.0), Some(LocalDay(56)))
        );
        let quiet = response_collapse(&days(&[70, 77, 70, 63, 70, 77, 70, 70, 56]), today).unwrap();
        assert_eq!(quiet, None);
    }

    #[test]
    fn where_hardly_anyone_answers_nothing_collapses() {
        let today = LocalDay(7 * 9);
        assert_eq!(
            response_collapse(&days(&[7, 7, 7, 0, 7, 7, 0, 7, 0]), today).unwrap(),
            None
        );
        assert_eq!(response_collapse(&BTreeMap::new(), today).unwrap(), None);
    }
}
