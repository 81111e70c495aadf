//! Making the invitations of a wave that was started, chunk after chunk, as part of its job.
//!
//! Each chunk is one short transaction, so that respondents whose answers are written on the same
//! connection hardly wait. In it the rules of asking are applied once more, while no other wave of the
//! organisation can make an invitation: two waves never ask one person too soon after each other. How
//! far the making is, is written in the same transaction; after a crash it goes on there. The first
//! mail goes out only when everyone has an invitation.

use jiff::Timestamp;
use peil_domain::{
    access::Actor,
    audience::Contact,
    outreach::{Invitation, InvitationState, Wave, WaveState},
    shared::{ContactId, InvitationId, Language, WaveId},
    survey::SurveyPurpose,
};
use peil_store::{
    Tx, access,
    jobs::{self, Job},
    outreach::{self, invitations, waves},
    survey,
};
use serde::{Deserialize, Serialize};

use super::{
    audience::{Audience, Standing},
    letter::{Letter, expiry},
};
use crate::{App, AppError, app::new_id, secret::hash_token, work::Done};

/// What the job of a wave knows.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) wave: WaveId,
    /// The last contact who had a turn when invitations were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<ContactId>,
}

impl Order {
    /// From the first contact on.
    pub(super) fn new(wave: WaveId) -> Self {
        Self { wave, after: None }
    }

    pub(super) fn to_json(self) -> serde_json::Value {
        serde_json::json!(self)
    }

    pub(super) fn of(job: &Job) -> Option<Self> {
        serde_json::from_value(job.payload.clone()).ok()
    }
}

/// What a turn of making invitations led to.
pub(super) enum Prepared {
    /// Everyone has an invitation; the wave is being sent now.
    All(Box<Wave>),
    /// The job is done, or goes on later.
    Put(Done),
}

/// What a chunk led to.
enum Chunk {
    More(Order),
    Last(Prepared),
}

impl App {
    /// Makes the invitations of a wave until all are there, or the turn is over at `end`.
    pub(super) async fn prepare_wave(
        &self,
        job: &Job,
        wave: &Wave,
        end: Timestamp,
    ) -> Result<Prepared, AppError> {
        let session = self.store.read(job.workspace);
        let survey = survey::find(&session, wave.survey).await?;
        let purpose = survey.ok_or(AppError::NotFound)?.purpose;
        let workspace = access::find_workspace(&session).await?;
        let version = wave.version.ok_or(AppError::NotFound)?;
        let version = survey::find_version(&session, version).await?;
        let letter = Letter {
            workspace: workspace.ok_or(AppError::NotFound)?,
            wave: wave.clone(),
            definition: version.ok_or(AppError::NotFound)?.definition,
        };
        let mut order = Order::of(job).unwrap_or(Order::new(wave.id));
        loop {
            match self.prepare_chunk(job, &letter, purpose, order).await? {
                Chunk::Last(prepared) => return Ok(prepared),
                Chunk::More(next) => order = next,
            }
            if self.is_stopping() || self.clock.now() >= end {
                return Ok(Prepared::Put(Done::Later(self.clock.now())));
            }
        }
    }

    /// Decides about the next contacts and makes their invitations, in one transaction.
    async fn prepare_chunk(
        &self,
        job: &Job,
        letter: &Letter,
        purpose: SurveyPurpose,
        order: Order,
    ) -> Result<Chunk, AppError> {
        let tx = self.store.begin(job.workspace).await?;
        outreach::claim_budget(&tx).await?;
        let wave = waves::lock(&tx, order.wave).await?;
        let Some(wave) = wave.filter(|wave| wave.state == WaveState::Preparing) else {
            // Someone stopped it.
            return Ok(Chunk::Last(Prepared::Put(Done::Finished)));
        };
        let now = self.clock.now();
        let mut audience = Audience::of(&tx, &wave, purpose, now)
            .await?
            .behind(order.after);
        let people = audience.next(&tx).await?;
        let after = people.last().map(|(contact, _)| contact.id);
        let asked = people.iter().filter(|(_, one)| *one == Standing::Asked);
        let new: Vec<(Invitation, String)> = asked
            .map(|(contact, _)| self.new_invitation(letter, &wave, contact, now))
            .collect::<Option<_>>()
            .ok_or(AppError::NotFound)?;
        invitations::add_many(&tx, &new).await?;
        if audience.is_over() {
            return self.end_preparing(tx, job, wave).await.map(Chunk::Last);
        }
        let order = Order { after, ..order };
        if !self.holds(&tx, job).await? || !jobs::note(&tx, job, order.to_json()).await? {
            return Ok(Chunk::Last(Prepared::Put(Done::Lost)));
        }
        tx.commit().await?;
        Ok(Chunk::More(order))
    }

    fn new_invitation(
        &self,
        letter: &Letter,
        wave: &Wave,
        contact: &Contact,
        now: Timestamp,
    ) -> Option<(Invitation, String)> {
        let language: Language = letter.language_for(contact.language);
        let invitation = Invitation {
            id: new_id!(self, InvitationId),
            workspace: contact.workspace,
            wave: wave.id,
            survey: wave.survey,
            version: wave.version?,
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
        Some((invitation, hash_token(&token)))
    }

    /// Everyone had a turn: the wave is being sent from now on. One that turned out to have nobody to
    /// ask is a draft again, whose page says so.
    async fn end_preparing(&self, tx: Tx, job: &Job, wave: Wave) -> Result<Prepared, AppError> {
        if !self.holds(&tx, job).await? {
            return Ok(Prepared::Put(Done::Lost));
        }
        let actor = Actor::program(job.workspace);
        let total = invitations::wave_counts(&tx, wave.id).await?.total();
        let details = serde_json::json!({ "invitations": total });
        if total == 0 {
            let draft = Wave {
                state: WaveState::Draft,
                version: None,
                recipients: None,
                started_at: None,
                ..wave
            };
            waves::save(&tx, &draft).await?;
            // In this transaction: a new start makes a new job.
            jobs::finish(&tx, job).await?;
            self.record(&tx, &actor, "wave.returned", draft.id, details)
                .await?;
            tx.commit().await?;
            return Ok(Prepared::Put(Done::Finished));
        }
        let wave = Wave {
            state: WaveState::Sending,
            ..wave
        };
        waves::save(&tx, &wave).await?;
        self.record(&tx, &actor, "wave.prepared", wave.id, details)
            .await?;
        tx.commit().await?;
        Ok(Prepared::All(Box::new(wave)))
    }
}
