//! What customers only began to talk about: a proposal that grew fast is a signal, once.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use peil_domain::{
    access::Actor,
    shared::{LocalDay, ResponseId, WorkspaceId},
    themes::{Evidence, Sighting, Signal, SignalKind, SignalReason},
};
use peil_facts::{CountQuery, Scope, Subject};
use peil_measure::{Level, MINIMUM_PEOPLE, prop_diff};
use peil_store::{
    results::signals,
    themes::{ask_discovery, find_discovery},
};

use super::discovery::granularity_code;
use crate::{App, AppError, app::day_of, facts::Counting};

/// Days that are compared with those before them.
const DAYS: i32 = 28;
/// The chance of such a growth by chance, for all proposals together.
const CHANCE: f64 = 0.005;
/// Answers that show it.
const QUOTES: usize = 3;
/// After so long what nobody names is looked for again ...
const EVERY: SignedDuration = SignedDuration::from_hours(24 * 7);
/// ... where so many answered in those days.
const FEWEST_ANSWERS: u64 = 100;

/// Something that is said: on which day, in which submission, by whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) day: LocalDay,
    pub(super) response: ResponseId,
    pub(super) by: &'a str,
}

/// Stretches of words of the last days, and of before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Spread {
    recent: u64,
    earlier: u64,
}

impl Spread {
    pub(super) fn of(days: impl Iterator<Item = LocalDay>, today: LocalDay) -> Self {
        let mut found = Self::default();
        for day in days {
            let part = if is_recent(day, today) {
                &mut found.recent
            } else {
                &mut found.earlier
            };
            *part += 1;
        }
        found
    }
}

const fn is_recent(day: LocalDay, today: LocalDay) -> bool {
    day.0 > today.0 - DAYS
}

/// A group of words that is said far more often of late than before, by enough people: more than chance
/// brings among so many groups. `all` are the words that no theme claims.
pub(super) fn growth(
    said: &[Said<'_>],
    all: Spread,
    groups: usize,
    today: LocalDay,
) -> Result<Option<Evidence>, AppError> {
    let own = Spread::of(said.iter().map(|one| one.day), today);
    let recent: Vec<&Said<'_>> = said
        .iter()
        .filter(|one| is_recent(one.day, today))
        .collect();
    let people: BTreeSet<&str> = recent.iter().map(|one| one.by).collect();
    let people = u64::try_from(people.len()).unwrap_or(u64::MAX);
    let found = prop_diff(
        own.earlier.min(all.earlier),
        all.earlier,
        own.recent.min(all.recent),
        all.recent,
        Level::default(),
    )?;
    let is_more = found.diff.is_some_and(|more| more > 0.0);
    let tries = f64::from(u32::try_from(groups.max(1)).unwrap_or(u32::MAX));
    let is_beyond_chance = found
        .p_fisher
        .or(found.p)
        .is_some_and(|p| p * tries <= CHANCE);
    if people < MINIMUM_PEOPLE || !is_more || !is_beyond_chance {
        return Ok(None);
    }
    let mut quotes: Vec<ResponseId> = recent.iter().map(|one| one.response).collect();
    quotes.sort_unstable();
    quotes.dedup();
    let answers = u64::try_from(quotes.len()).unwrap_or(u64::MAX);
    quotes.reverse();
    quotes.truncate(QUOTES);
    Ok(Some(Evidence {
        reason: Some(SignalReason::Grew),
        since: Some(LocalDay(today.0 - DAYS + 1)),
        count: Some(f64::from(u32::try_from(people).unwrap_or(u32::MAX))),
        answers,
        quotes,
        ..Evidence::default()
    }))
}

impl App {
    /// Sees to it that what nobody names is looked for now and then, where enough is said.
    pub(crate) async fn plan_discovery(&self, workspace: WorkspaceId) -> Result<(), AppError> {
        let session = self.look(workspace).await?;
        let now = self.clock.now();
        let last = find_discovery(&session).await?;
        let is_waiting = |last: &peil_store::themes::Discovery| {
            last.done_at
                .is_none_or(|done| now.duration_since(done) < EVERY)
        };
        if last.as_ref().is_some_and(is_waiting) {
            return Ok(());
        }
        let house = self.workspace_of(&Actor::program(workspace)).await?;
        let mut scope = Scope::all(workspace, Vec::new());
        scope.from = Some(LocalDay(day_of(&house, now).0 - DAYS + 1));
        let mut query = CountQuery::new(scope, Subject::Submissions);
        query.with_people = false;
        let cells = session.facts().counts(&query).await?.found;
        if cells.iter().map(|cell| cell.answers.n).sum::<u64>() < FEWEST_ANSWERS {
            return Ok(());
        }
        let granularity = last.map_or_else(
            || granularity_code(peil_themes::Granularity::default()).to_owned(),
            |last| last.granularity,
        );
        let tx = self.store.begin(workspace).await?;
        ask_discovery(&tx, &granularity, now).await?;
        Ok(tx.commit().await?)
    }

    /// Ends the signal of a proposal on which someone decided.
    pub(super) async fn end_new_theme(
        &self,
        workspace: WorkspaceId,
        number: i64,
    ) -> Result<(), AppError> {
        let session = self.store.read(workspace);
        let known = signals::list_lately(&session, self.clock.now()).await?;
        let goes_on = |signal: &Signal| {
            signal.kind == SignalKind::NewTheme
                && signal.ended_at.is_none()
                && signal.subject != number.to_string()
        };
        let others = known.into_iter().filter(goes_on).map(|signal| Sighting {
            kind: signal.kind,
            subject: signal.subject,
            evidence: signal.evidence,
        });
        let kinds = [SignalKind::NewTheme];
        self.raise_signals(workspace, &kinds, others.collect())
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: LocalDay = LocalDay(20_000);

    fn said(days_ago: &[i32], by: &'static [&'static str]) -> Vec<Said<'static>> {
        let days = days_ago.iter().zip(by.iter().cycle()).zip(0_u8..);
        days.map(|((ago, by), n)| Said {
            day: LocalDay(TODAY.0 - ago),
            response: ResponseId(uuid::Uuid::from_bytes([n; 16])),
            by,
        })
        .collect()
    }

    const MANY: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h"];

    fn found(said: &[Said<'_>], recent: u64, earlier: u64) -> Option<Evidence> {
        growth(said, Spread { recent, earlier }, 30, TODAY).unwrap()
    }

    #[test]
    fn what_only_began_to_be_said_by_enough_people_grew() {
        let new = said(&[1, 2, 3, 9, 12, 20, 27], MANY);
        let evidence = found(&new, 100, 900).unwrap();
        assert_eq!((evidence.count, evidence.answers), (Some(7.0), 7));
        assert_eq!(evidence.quotes.len(), 3);
    }

    #[test]
    fn more_words_by_one_person_or_in_a_short_past_or_as_often_as_before_are_no_growth() {
        let one = said(&[1, 2, 3, 9, 12, 20, 27], &["a"]);
        assert_eq!(found(&one, 100, 900), None);
        let new = said(&[1, 2, 3, 9, 12, 20, 27], MANY);
        assert_eq!(found(&new, 900, 100), None);
        assert_eq!(found(&new, 900, 0), None);
        let steady = said(&[1, 9, 20, 27, 40, 60, 80, 99, 120, 140, 150, 200], MANY);
        assert_eq!(found(&steady, 100, 300), None);
    }
}
