//! Starting a wave, and sending mails again of which nobody knows whether they arrived.
//!
//! A start claims the wave: from then on its texts, questionnaire and recipients are fixed, and its
//! job makes the invitations and sends them.

use peil_domain::{
    access::{Actor, Right},
    audience::Filter,
    outreach::{Wave, WaveState},
    shared::WaveId,
};
use peil_store::{
    Session, Tx,
    audience::segments,
    jobs,
    outreach::{self, waves},
    survey,
};

use super::{
    Blocker, OutreachError, SEND_WAVE,
    audience::{Audience, Standing},
    life::job_of,
    prepare::Order,
};
use crate::{App, AppError, app::demand};

impl App {
    /// Starts a wave: everyone in its segment who may be asked gets one invitation, and when all
    /// are made, sending begins. Starting it again invites nobody twice; when sending waits for
    /// something, it is tried again at once.
    ///
    /// # Errors
    /// [`OutreachError::Blocked`] when something is missing; [`OutreachError::AlreadyStarted`]
    /// when it was stopped.
    pub async fn start_wave(&self, actor: &Actor, id: WaveId) -> Result<Wave, AppError> {
        demand(actor, Right::WriteOutreach)?;
        let session = self.store.read(actor.workspace);
        let wave = waves::find(&session, id).await?.ok_or(AppError::NotFound)?;
        if wave.state == WaveState::Draft {
            self.refuse_blocked(&session, actor, &wave).await?;
            // Looked up before anything is claimed: it may take a walk through all contacts.
            if !self.has_anyone(&session, &wave).await? {
                return Err(OutreachError::Blocked(Blocker::NobodyToAsk).into());
            }
        }
        let tx = self.store.begin(actor.workspace).await?;
        let wave = waves::lock(&tx, id).await?.ok_or(AppError::NotFound)?;
        let wave = match wave.state {
            WaveState::Draft => self.claim(&tx, actor, wave).await?,
            WaveState::Preparing | WaveState::Sending => wave,
            WaveState::Sent => return Ok(wave),
            WaveState::Stopped => return Err(OutreachError::AlreadyStarted.into()),
        };
        self.order_sending(&tx, &wave).await?;
        tx.commit().await?;
        self.wake_worker();
        Ok(wave)
    }

    /// Sends mails again of which nobody knows whether they arrived: a person decided that twice
    /// is better than not at all. Their links stay the same. When there are none left, nothing
    /// happens.
    ///
    /// # Errors
    /// [`OutreachError::NotSending`] when the wave was not sent yet, or stopped.
    pub async fn resend_wave(&self, actor: &Actor, id: WaveId) -> Result<Wave, AppError> {
        demand(actor, Right::WriteOutreach)?;
        let tx = self.store.begin(actor.workspace).await?;
        let wave = waves::lock(&tx, id).await?.ok_or(AppError::NotFound)?;
        match wave.state {
            WaveState::Sending | WaveState::Sent => {}
            WaveState::Draft | WaveState::Preparing | WaveState::Stopped => {
                return Err(OutreachError::NotSending.into());
            }
        }
        let again = outreach::requeue_unconfirmed(&tx, id, self.clock.now()).await?;
        if again == 0 {
            return Ok(wave);
        }
        let wave = Wave {
            state: WaveState::Sending,
            finished_at: None,
            ..wave
        };
        waves::save(&tx, &wave).await?;
        self.order_sending(&tx, &wave).await?;
        let details = serde_json::json!({ "invitations": again });
        self.record(&tx, actor, "wave.resent", id, details).await?;
        tx.commit().await?;
        self.wake_worker();
        Ok(wave)
    }

    /// Fixes what is asked of whom. Everything that could stop the wave is looked at once more: it may
    /// have changed until the wave was locked.
    async fn claim(&self, tx: &Tx, actor: &Actor, wave: Wave) -> Result<Wave, AppError> {
        self.refuse_blocked(tx, actor, &wave).await?;
        let version = survey::newest_version(tx, wave.survey)
            .await?
            .ok_or(OutreachError::Blocked(Blocker::SurveyNotLive))?;
        let wave = Wave {
            state: WaveState::Preparing,
            version: Some(version.id),
            recipients: Some(recipients(tx, &wave).await?),
            started_at: Some(self.clock.now()),
            ..wave
        };
        waves::save(tx, &wave).await?;
        let details = serde_json::json!({ "version": version.id });
        self.record(tx, actor, "wave.started", wave.id, details)
            .await?;
        Ok(wave)
    }

    /// Makes sure that the job of a wave is there and runs soon.
    async fn order_sending(&self, tx: &Tx, wave: &Wave) -> Result<(), AppError> {
        let order = Order::new(wave.id).to_json();
        let now = self.clock.now();
        Ok(jobs::enqueue_once(tx, job_of(wave.id), SEND_WAVE, order, now).await?)
    }

    async fn refuse_blocked(
        &self,
        session: &impl Session,
        actor: &Actor,
        wave: &Wave,
    ) -> Result<(), AppError> {
        let survey = survey::find(session, wave.survey)
            .await?
            .ok_or(AppError::NotFound)?;
        let blockers = self.blockers(session, actor, wave, &survey).await?;
        match blockers.first() {
            Some(blocker) => Err(OutreachError::Blocked(*blocker).into()),
            None => Ok(()),
        }
    }

    /// Whether there is anyone to ask.
    async fn has_anyone(&self, session: &impl Session, wave: &Wave) -> Result<bool, AppError> {
        let survey = survey::find(session, wave.survey)
            .await?
            .ok_or(AppError::NotFound)?;
        let now = self.clock.now();
        let mut audience = Audience::of(session, wave, survey.purpose, now).await?;
        while !audience.is_over() {
            let people = audience.next(session).await?;
            if people.iter().any(|(_, one)| *one == Standing::Asked) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whom a wave asks: what was fixed at its start, else what its segment stands for now.
///
/// # Errors
/// [`Blocker::SegmentGone`].
pub(super) async fn recipients(session: &impl Session, wave: &Wave) -> Result<Filter, AppError> {
    if let Some(fixed) = &wave.recipients {
        return Ok(fixed.clone());
    }
    match wave.segment {
        None => Ok(Filter::default()),
        Some(id) => {
            let segment = segments::find(session, id).await?;
            let segment = segment.ok_or(OutreachError::Blocked(Blocker::SegmentGone))?;
            Ok(segment.filter)
        }
    }
}
