//! Finds what needs a look: a job per organisation that comes back every few minutes.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::Actor,
    shared::{JobId, LocalDay, SignalId, WorkspaceId},
    themes::{Sighting, Signal, SignalKind, SignalState, meet},
};
use peil_store::{
    jobs::{self, Job},
    results::signals,
};

use super::others::{response_collapse, score_drops};
use crate::{
    App, AppError,
    app::{day_of, new_id},
    results::counting::responses_per_day,
    work::Done,
};

/// The kind of the job.
pub(crate) const FIND_SIGNALS: &str = "find_signals";
/// How long after a look the next one comes: soon after answers do.
const EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Days of which answers are counted.
const DAYS: i32 = 70;

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
        let kinds = [SignalKind::ScoreDrop, SignalKind::ResponseCollapse];
        self.raise_signals(workspace, &kinds, found).await
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
        let tx = self.store.begin(workspace).await?;
        let mut open = signals::list_open(&tx).await?;
        open.retain(|signal| kinds.contains(&signal.kind));
        let (changed, new) = meet(open, found, now);
        for signal in &changed {
            signals::save(&tx, signal).await?;
        }
        for sighting in &new {
            let signal = Signal {
                id: new_id!(self, SignalId),
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
