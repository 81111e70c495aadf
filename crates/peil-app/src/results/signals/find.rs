//! Finds what needs a look: a job per organisation that comes back every few minutes.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::Actor,
    shared::{JobId, LocalDay, Period, SignalId, WorkspaceId},
    themes::{Evidence, Sighting, Signal, SignalKind, SignalState, meet},
};
use peil_store::{
    Session,
    jobs::{self, Job},
    results::signals,
    themes::find_due,
};

use super::{
    origins::{origins, quotes},
    others::{response_collapse, score_drops},
    parts::Part,
    themed::{ThemeVerdict, sightings},
    together::once_each,
    watched::{Past, Watch},
};
use crate::{
    App, AppError,
    app::{day_of, zone_of},
    facts::Look,
    results::counting::responses_per_day,
    themes::{Pace, ThemeNames, complaints, on_a_thread},
    work::Done,
};

/// The kind of the job.
pub(crate) const FIND_SIGNALS: &str = "find_signals";
/// How long after a look the next one comes: soon after answers do.
const EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Days of which answers are counted.
const DAYS: i32 = 70;
/// What ended longer ago is not found again: it is new.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 100);
/// The hour of a past day at which it is looked at.
const EVENING: i8 = 22;

/// Verdicts on themes.
const OF_THEMES: [SignalKind; 4] = [
    SignalKind::ThemeIncident,
    SignalKind::ThemeStructural,
    SignalKind::ThemeEmerging,
    SignalKind::ThemeResolved,
];

impl App {
    /// Sees to it that every organisation is looked after.
    pub(crate) async fn plan_signals(&self) -> Result<(), AppError> {
        for workspace in self.store.list_workspaces().await? {
            let id = JobId(workspace.id.0);
            let session = self.store.read(workspace.id);
            if jobs::find_waiting(&session, id).await?.is_none() {
                let tx = self.store.begin(workspace.id).await?;
                let (now, nothing) = (self.clock.now(), serde_json::Value::Null);
                jobs::enqueue_once(&tx, id, FIND_SIGNALS, nothing, now).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    /// Looks what needs a look, tells of it, and comes back.
    pub(crate) async fn run_find_signals(&self, job: &Job) -> Result<Done, AppError> {
        self.find_signals(job.workspace).await?;
        self.plan_discovery(job.workspace).await?;
        self.mail_signals(job.workspace).await?;
        let next = self.clock.now().checked_add(EVERY);
        Ok(Done::Later(next.unwrap_or(Timestamp::MAX)))
    }

    /// Finds what needs a look now; gives how many signals are new.
    pub async fn find_signals(&self, workspace: WorkspaceId) -> Result<usize, AppError> {
        let actor = Actor::program(workspace);
        let today = day_of(&self.workspace_of(&actor).await?, self.clock.now());
        let mut found = score_drops(&self.list_headlines(&actor).await?);
        let session = self.look(workspace).await?;
        let mut days = responses_per_day(&session, LocalDay(today.0 - DAYS)).await?;
        days.remove(&today);
        found.extend(response_collapse(&days, today)?);
        let mut kinds = vec![SignalKind::ScoreDrop, SignalKind::ResponseCollapse];
        // While old answers are read, complaints are missing that were there.
        if find_due(&session).await?.is_none() {
            kinds.extend(OF_THEMES);
            let past = Past::with_parts(&session, today).await?;
            let chronic = self.signal_settings(&actor).await?.chronic_share;
            let judging = move || {
                let mut watch = Watch::new(past, chronic)?;
                let mut verdicts = watch.whole(today, None)?;
                verdicts.extend(watch.parts(today)?);
                Ok::<_, AppError>((verdicts, watch.past.parts))
            };
            let (verdicts, parts) = on_a_thread(Pace::StepsBack, judging).await??;
            let moment = (today, self.clock.now());
            let seen = self.themes_seen(&session, verdicts, &parts, moment);
            found.extend(seen.await?);
        }
        self.raise_signals(workspace, &kinds, found).await
    }

    /// Looks again at days that are past, the oldest first, as they were seen at the end of each, for
    /// answers that came before anyone looked; gives how many signals of themes were new.
    pub async fn find_past_signals(
        &self,
        workspace: WorkspaceId,
        days: &[LocalDay],
    ) -> Result<usize, AppError> {
        let house = self.workspace_of(&Actor::program(workspace)).await?;
        let session = self.look(workspace).await?;
        let Some(last) = days.last() else {
            return Ok(0);
        };
        let actor = Actor::program(workspace);
        let chronic = self.signal_settings(&actor).await?.chronic_share;
        let mut watch = Watch::new(Past::with_parts(&session, *last).await?, chronic)?;
        let parts = watch.past.parts.clone();
        let mut number = 0;
        for day in days {
            let evening = day.date().at(EVENING, 0, 0, 0).to_zoned(zone_of(&house));
            let at = evening.map_or_else(|_| self.clock.now(), |evening| evening.timestamp());
            let week = Period::Week.start(*day);
            let known = complaints(&session, (week, *day)).await?;
            let mut verdicts = watch.whole(*day, Some(&known))?;
            // Parts are looked at when their week is whole.
            let is_whole = Period::Week.next(week).0 == day.0 + 1 || day == last;
            if is_whole {
                verdicts.extend(watch.parts(*day)?);
            }
            let found = self.themes_seen(&session, verdicts, &parts, (*day, at));
            let found = found.await?;
            let is_looked_at = |signal: &Signal| {
                OF_THEMES.contains(&signal.kind) && (is_whole || signal.evidence.part.is_none())
            };
            number += self.raise_at(workspace, is_looked_at, found, at).await?;
        }
        Ok(number)
    }

    /// The themes that need a look on a day, with what shows it.
    async fn themes_seen(
        &self,
        session: &Look,
        verdicts: Vec<ThemeVerdict>,
        parts: &[Part],
        (day, now): (LocalDay, Timestamp),
    ) -> Result<Vec<Sighting>, AppError> {
        let house = self
            .workspace_of(&Actor::program(session.workspace()))
            .await?;
        let names = self.theme_names(session).await?;
        let known = signals::list_lately(session, lately(now)).await?;
        let found = sightings(verdicts);
        let today = (day, &zone_of(&house));
        let mut found = once_each(session, found, &known, parts, today).await?;
        for sighting in &mut found {
            sighting.evidence.name = names.name(&sighting.subject, house.language);
            let since = sighting.evidence.since;
            let Some(since) = since.filter(|_| sighting.kind != SignalKind::ThemeResolved) else {
                continue;
            };
            let days = (since, day);
            let part = Part::of(parts, &sighting.evidence);
            sighting.evidence.quotes = quotes(session, &sighting.subject, part, days).await?;
            // Of a part it is known where it comes from.
            if sighting.kind != SignalKind::ThemeEmerging && part.is_none() {
                sighting.evidence.origins = match known.iter().find(|known| says(known, sighting)) {
                    Some(known) => known.evidence.origins.clone(),
                    None => origins(session, &sighting.subject, days).await?,
                };
            }
        }
        Ok(found)
    }

    /// What themes are called.
    pub(super) async fn theme_names(&self, session: &impl Session) -> Result<ThemeNames, AppError> {
        Ok(self.book(session).await?.names.clone())
    }

    /// Holds what was found of these kinds against the signals that go on, and writes what is new, what
    /// grew and what has ended. Who finds other kinds, such as goals at risk, calls this with theirs.
    pub async fn raise_signals(
        &self,
        workspace: WorkspaceId,
        kinds: &[SignalKind],
        found: Vec<Sighting>,
    ) -> Result<usize, AppError> {
        let now = self.clock.now();
        let is_meant = |signal: &Signal| kinds.contains(&signal.kind);
        self.raise_at(workspace, is_meant, found, now).await
    }

    async fn raise_at(
        &self,
        workspace: WorkspaceId,
        is_looked_at: impl Fn(&Signal) -> bool + Send,
        found: Vec<Sighting>,
        now: Timestamp,
    ) -> Result<usize, AppError> {
        let tx = self.store.begin(workspace).await?;
        let mut known = signals::list_lately(&tx, lately(now)).await?;
        known.retain(is_looked_at);
        let (changed, new) = meet(known, found, now);
        for signal in &changed {
            signals::save(&tx, signal).await?;
        }
        // Of a past day, so that they stand in the order in which they were found.
        let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
        for sighting in &new {
            let signal = Signal {
                id: SignalId::new(millis, self.random::<10>()),
                workspace,
                kind: sighting.kind,
                subject: sighting.subject.clone(),
                state: SignalState::New,
                dismissed_because: None,
                handled_by: None,
                found_at: now,
                changed_at: now,
                ended_at: None,
                evidence: sighting.evidence.clone(),
            };
            signals::add(&tx, &signal).await?;
            self.tell_programs(&tx, &signal).await?;
        }
        tx.commit().await?;
        Ok(new.len())
    }
}

/// Since when what ended is remembered.
fn lately(now: Timestamp) -> Timestamp {
    now.checked_sub(REMEMBERED).unwrap_or(Timestamp::MIN)
}

/// Whether a signal says of this week where complaints come from: once a week is enough to look.
fn says(known: &Signal, found: &Sighting) -> bool {
    let week = |evidence: &Evidence| evidence.points.last().map(|week| week.start);
    (known.kind, &known.subject) == (found.kind, &found.subject)
        && known.evidence.is_of_same_part(&found.evidence)
        && known.evidence.since == found.evidence.since
        && week(&known.evidence) == week(&found.evidence)
}
