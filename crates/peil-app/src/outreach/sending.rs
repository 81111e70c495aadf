//! The job that sends the mails of a wave, each at most once.
//!
//! Mails go out in small groups, one over each connection. The mail server first hears for whom
//! they are; then the whole group is marked on disk as being handed over; only then the server
//! gets the texts; then the outcome is written. A crash can therefore lose the server's word for
//! one group, never send a mail twice: what is found half-way afterwards becomes unconfirmed.

mod group;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::Actor,
    audience::Contact,
    outreach::{Wave, WaveState},
    shared::{ContactId, InvitationId, WaveId},
};
use peil_store::{
    Session, access,
    audience::contacts,
    jobs::{self, Job},
    outreach::{self, Due, waves},
    settings, survey,
};

use self::group::{Dispatch, Outgoing, Round};
use super::{
    Halt, HaltReason,
    letter::Letter,
    prepare::{Order, Prepared},
};
use crate::{App, AppError, ports::SmtpSettings, work::Done};

/// Kind of the job that sends a wave.
pub(crate) const SEND_WAVE: &str = "send_wave";
/// Invitations that are read at once.
const CHUNK: u64 = 200;
/// How long the job works before other waves get a turn.
const TURN: SignedDuration = SignedDuration::from_secs(20);
/// Name of the settings that say how fast mails go out.
const SENDING: &str = "sending";
/// Longest wait before an unreachable server is tried again, in minutes.
const LONGEST_WAIT_MINUTES: i64 = 15;

/// How fast mails go out.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
#[serde(default)]
struct SendingPace {
    /// Connections to the mail server at the same time.
    connections: u8,
}

impl Default for SendingPace {
    fn default() -> Self {
        Self { connections: 4 }
    }
}

impl App {
    /// Sends what is due of a wave.
    pub(crate) async fn send_wave(&self, job: &Job) -> Result<Done, AppError> {
        let Some(Order { wave: id, .. }) = Order::of(job) else {
            return Ok(Done::Finished);
        };
        let end = self.clock.now().checked_add(TURN).unwrap_or(Timestamp::MAX);
        let actor = Actor::program(job.workspace);
        let tx = self.store.begin(job.workspace).await?;
        if !self.holds(&tx, job).await? {
            return Ok(Done::Lost);
        }
        // This job is nobody else's now: what is being handed over was so when a program stopped.
        let stale = outreach::unconfirm_stale(&tx, id).await?;
        if stale > 0 {
            let details = serde_json::json!({ "invitations": stale });
            self.record(&tx, &actor, "wave.unconfirmed", id, details)
                .await?;
        }
        tx.commit().await?;
        let session = self.store.read(job.workspace);
        let Some(mut wave) = waves::find(&session, id).await? else {
            return Ok(Done::Finished);
        };
        if wave.state == WaveState::Preparing {
            wave = match self.prepare_wave(job, &wave, end).await? {
                Prepared::All(wave) => *wave,
                Prepared::Put(done) => return Ok(done),
            };
        }
        if wave.state != WaveState::Sending {
            return Ok(Done::Finished);
        }
        let mut dispatch = match self.open_dispatch(&session, &actor, &wave).await? {
            Ok(dispatch) => dispatch,
            Err(reason) => return Ok(self.halted(job, reason, String::new())),
        };
        let outcome = self.send_due(job, &wave, &mut dispatch, end).await;
        dispatch.close().await;
        outcome
    }

    /// Everything that sending needs, or what it waits for.
    async fn open_dispatch(
        &self,
        session: &impl Session,
        actor: &Actor,
        wave: &Wave,
    ) -> Result<Result<Dispatch, HaltReason>, AppError> {
        let survey = survey::find(session, wave.survey).await?;
        if !survey.is_some_and(|survey| survey.is_open()) {
            return Ok(Err(HaltReason::SurveyClosed));
        }
        let Some(settings) = self.mail_settings(actor).await? else {
            return Ok(Err(HaltReason::NotConfigured));
        };
        let workspace = access::find_workspace(session)
            .await?
            .ok_or(AppError::NotFound)?;
        let version = wave.version.ok_or(AppError::NotFound)?;
        let version = survey::find_version(session, version).await?;
        let definition = version.ok_or(AppError::NotFound)?.definition;
        let letter = Letter {
            workspace,
            wave: wave.clone(),
            definition,
        };
        let pace: SendingPace = settings::find(session, SENDING).await?.unwrap_or_default();
        Ok(Ok(Dispatch::new(
            letter,
            settings,
            usize::from(pace.connections.clamp(1, 32)),
        )))
    }

    async fn send_due(
        &self,
        job: &Job,
        wave: &Wave,
        dispatch: &mut Dispatch,
        end: Timestamp,
    ) -> Result<Done, AppError> {
        loop {
            let mut waiting = self
                .take_chunk(job, &dispatch.letter, &dispatch.settings)
                .await?
                .into_iter();
            if waiting.len() == 0 {
                let session = self.store.read(job.workspace);
                let is_due = |at: Timestamp| at <= self.clock.now();
                // A chunk of which every mail was taken back leaves nothing, though more is due.
                if outreach::next_due_at(&session, wave.id)
                    .await?
                    .is_some_and(is_due)
                {
                    continue;
                }
                return self.end_or_wait(job, wave.id).await;
            }
            loop {
                if self.is_stopping() || self.clock.now() >= end {
                    return Ok(Done::Later(self.clock.now()));
                }
                let group: Vec<Outgoing> = waiting.by_ref().take(dispatch.width()).collect();
                if group.is_empty() {
                    break;
                }
                match self.send_group(job, dispatch, group).await? {
                    Round::GoOn => {}
                    Round::LookAgain => break,
                    Round::Lost => return Ok(Done::Lost),
                    Round::Halt(reason, detail) => return Ok(self.halted(job, reason, detail)),
                }
            }
        }
    }

    /// Reads invitations whose turn it is and makes their mails. Those that may not be sent any
    /// more are taken back.
    async fn take_chunk(
        &self,
        job: &Job,
        letter: &Letter,
        settings: &SmtpSettings,
    ) -> Result<Vec<Outgoing>, AppError> {
        let now = self.clock.now();
        let tx = self.store.begin(job.workspace).await?;
        let due: Vec<Due> = outreach::take_due(&tx, letter.wave.id, now, CHUNK).await?;
        let ids: Vec<ContactId> = due.iter().map(|due| due.invitation.contact).collect();
        let people = contacts::list_by_ids(&tx, &ids).await?;
        let people: BTreeMap<ContactId, Contact> = people
            .into_iter()
            .map(|contact| (contact.id, contact))
            .collect();
        let mut ready = Vec::with_capacity(due.len());
        let mut gone: BTreeMap<&str, Vec<InvitationId>> = BTreeMap::new();
        for Due {
            invitation,
            attempts,
        } in due
        {
            let contact = people.get(&invitation.contact);
            let reason = match contact {
                None => "no_address",
                Some(contact) if contact.opted_out_at.is_some() => "opted_out",
                _ if invitation.expires_at <= now => "expired",
                Some(contact) => {
                    if let Some(mail) = self.mail_for(letter, settings, &invitation, contact) {
                        ready.push(Outgoing {
                            id: invitation.id,
                            attempts,
                            mail,
                        });
                        continue;
                    }
                    "no_address"
                }
            };
            gone.entry(reason).or_default().push(invitation.id);
        }
        for (reason, ids) in &gone {
            outreach::mark_cancelled(&tx, ids, reason).await?;
        }
        tx.commit().await?;
        Ok(ready)
    }

    /// Nothing is due now: the wave is over, or goes on when something is.
    async fn end_or_wait(&self, job: &Job, id: WaveId) -> Result<Done, AppError> {
        let now = self.clock.now();
        let tx = self.store.begin(job.workspace).await?;
        let wave = waves::lock(&tx, id).await?.ok_or(AppError::NotFound)?;
        if let Some(at) = outreach::next_due_at(&tx, id).await? {
            return Ok(Done::Later(at));
        }
        // In this transaction: whoever has the wave sent again makes a new job.
        if !jobs::finish(&tx, job).await? {
            return Ok(Done::Lost);
        }
        if wave.state == WaveState::Sending {
            let wave = Wave {
                state: WaveState::Sent,
                finished_at: Some(now),
                ..wave
            };
            waves::save(&tx, &wave).await?;
            let actor = Actor::program(job.workspace);
            self.record(&tx, &actor, "wave.sent", id, serde_json::Value::Null)
                .await?;
        }
        tx.commit().await?;
        Ok(Done::Finished)
    }

    fn halted(&self, job: &Job, reason: HaltReason, detail: String) -> Done {
        let tries = i64::from(job.attempts.clamp(0, 4));
        let minutes = (tries * tries).clamp(1, LONGEST_WAIT_MINUTES);
        let at = self
            .clock
            .now()
            .checked_add(SignedDuration::from_mins(minutes));
        let halt = Halt { reason, detail };
        tracing::warn!(reason = reason.code(), detail = halt.detail, "wave waits");
        Done::Halted(at.unwrap_or(Timestamp::MAX), halt.write())
    }
}
