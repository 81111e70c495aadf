//! Starting a wave: makes an invitation for everyone who may be asked, then lets the worker send.

use peil_domain::{
    access::{Actor, Right},
    audience::Contact,
    outreach::{Invitation, InvitationState, Wave, WaveState},
    shared::{InvitationId, Language, WaveId},
    survey::Version,
};
use peil_store::{
    StoreError, access, jobs,
    outreach::{
        invitations::{self, WaveCounts},
        waves,
    },
    survey,
};

use super::{
    Blocker, OutreachError, SEND_WAVE,
    audience::{Audience, Standing},
    letter::{Letter, expiry},
    life::job_of,
};
use crate::{
    App, AppError,
    app::{demand, new_id},
    secret::hash_token,
};

impl App {
    /// Starts a wave: everyone in its segment who may be asked now gets one invitation, and
    /// sending begins. Starting it again invites nobody twice; when sending waits for something,
    /// it is tried again at once.
    ///
    /// # Errors
    /// [`OutreachError::Blocked`] when something is missing; [`OutreachError::AlreadyStarted`]
    /// when it was stopped.
    pub async fn start_wave(&self, actor: &Actor, id: WaveId) -> Result<Wave, AppError> {
        demand(actor, Right::WriteOutreach)?;
        let session = self.store.read(actor.workspace);
        let wave = waves::find(&session, id).await?.ok_or(AppError::NotFound)?;
        match wave.state {
            WaveState::Draft => {}
            WaveState::Sending => return self.try_again(actor, wave).await,
            WaveState::Sent => return Ok(wave),
            WaveState::Stopped => return Err(OutreachError::AlreadyStarted.into()),
        }
        let survey = survey::find(&session, wave.survey)
            .await?
            .ok_or(AppError::NotFound)?;
        if let Some(blocker) = self
            .blockers(&session, actor, &wave, &survey)
            .await?
            .first()
        {
            return Err(OutreachError::Blocked(*blocker).into());
        }
        let workspace = access::find_workspace(&session)
            .await?
            .ok_or(AppError::NotFound)?;
        let version = survey::newest_version(&session, survey.id)
            .await?
            .ok_or(OutreachError::Blocked(Blocker::SurveyNotLive))?;
        let now = self.clock.now();
        let mut audience = Audience::of(&session, &wave, survey.purpose, now).await?;
        let letter = Letter {
            workspace,
            wave,
            definition: version.definition.clone(),
        };
        loop {
            let people = audience.next(&session).await?;
            if people.is_empty() {
                break;
            }
            let asked = people
                .into_iter()
                .filter(|(_, standing)| *standing == Standing::Asked);
            let asked: Vec<Contact> = asked.map(|(contact, _)| contact).collect();
            self.invite(actor, &letter, &version, &asked).await?;
        }
        let counts = invitations::wave_counts(&session, id).await?;
        if counts.total() == 0 {
            return Err(OutreachError::Blocked(Blocker::NobodyToAsk).into());
        }
        self.begin_sending(actor, id, counts).await
    }

    /// Makes invitations; contacts that another start has invited meanwhile are left out.
    async fn invite(
        &self,
        actor: &Actor,
        letter: &Letter,
        version: &Version,
        asked: &[Contact],
    ) -> Result<(), AppError> {
        const TRIES: usize = 3;
        for last in (0..TRIES).map(|attempt| attempt + 1 == TRIES) {
            let tx = self.store.begin(actor.workspace).await?;
            let ids: Vec<_> = asked.iter().map(|contact| contact.id).collect();
            let invited = invitations::invited_of(&tx, letter.wave.id, &ids).await?;
            let new: Vec<(Invitation, String)> = asked
                .iter()
                .filter(|contact| !invited.contains(&contact.id))
                .map(|contact| self.new_invitation(letter, version, contact))
                .collect();
            match invitations::add_many(&tx, &new).await {
                Ok(()) => return Ok(tx.commit().await?),
                Err(StoreError::Taken(_)) if !last => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(())
    }

    fn new_invitation(
        &self,
        letter: &Letter,
        version: &Version,
        contact: &Contact,
    ) -> (Invitation, String) {
        let now = self.clock.now();
        let language: Language = letter.language_for(contact.language);
        let invitation = Invitation {
            id: new_id!(self, InvitationId),
            workspace: contact.workspace,
            wave: letter.wave.id,
            survey: letter.wave.survey,
            version: version.id,
            contact: contact.id,
            account: contact.account,
            language,
            state: InvitationState::Queued,
            created_at: now,
            sent_at: None,
            answered_at: None,
            expires_at: expiry(now),
            last_error: None,
        };
        let token = self.invitation_token(invitation.id);
        (invitation, hash_token(&token))
    }

    /// The moment from which the wave is being sent: state, job and record in one transaction.
    async fn begin_sending(
        &self,
        actor: &Actor,
        id: WaveId,
        counts: WaveCounts,
    ) -> Result<Wave, AppError> {
        let now = self.clock.now();
        let tx = self.store.begin(actor.workspace).await?;
        let before = waves::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        if before.state != WaveState::Draft {
            return Ok(before);
        }
        let wave = Wave {
            state: WaveState::Sending,
            started_at: Some(now),
            ..before
        };
        waves::save(&tx, &wave).await?;
        let payload = serde_json::json!({ "wave": id });
        match jobs::enqueue(&tx, job_of(id), SEND_WAVE, payload, now).await {
            // Another start was quicker, and its transaction holds everything.
            Err(StoreError::Taken(_)) => return Ok(wave),
            other => other?,
        }
        let details = serde_json::json!({ "invitations": counts.total() });
        self.record(&tx, actor, "wave.started", id, details).await?;
        tx.commit().await?;
        self.wake_worker();
        Ok(wave)
    }

    async fn try_again(&self, actor: &Actor, wave: Wave) -> Result<Wave, AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        jobs::hurry(&tx, job_of(wave.id), self.clock.now()).await?;
        tx.commit().await?;
        self.wake_worker();
        Ok(wave)
    }
}
