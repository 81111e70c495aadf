//! Invitations: adding, finding and counting them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use peil_domain::{
    outreach::{Invitation, InvitationState},
    shared::{AccountId, ContactId, InvitationId, SurveyId, VersionId, WaveId, WorkspaceId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    Session, Store, StoreError, Tx,
    convert::{MOST_IN_LIST, known, maybe_moment, micros, moment, word},
    entities::invitations::{self, Column},
};

/// Rows in one statement when many are written.
const MOST_AT_ONCE: usize = 500;

/// How many invitations of a wave are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WaveCounts {
    /// Wait for their turn.
    pub queued: u64,
    /// Are with the mail server at this moment.
    pub handing_over: u64,
    /// Taken by the mail server.
    pub sent: u64,
    /// May have arrived; nobody knows.
    pub unconfirmed: u64,
    /// Refused for good.
    pub failed: u64,
    /// Taken back.
    pub cancelled: u64,
    /// Answered, whatever their state.
    pub answered: u64,
}

impl WaveCounts {
    /// All invitations of the wave.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.queued
            + self.handing_over
            + self.sent
            + self.unconfirmed
            + self.failed
            + self.cancelled
    }
}

impl Store {
    /// Finds the invitation behind a personal link by the hash of its token, of whichever
    /// organisation.
    pub async fn find_invitation_by_token(
        &self,
        token_hash: &str,
    ) -> Result<Option<Invitation>, StoreError> {
        invitations::Entity::find()
            .filter(Column::TokenHash.eq(token_hash))
            .one(self.anywhere())
            .await?
            .map(to_invitation)
            .transpose()
    }
}

/// Adds invitations, each with the hash of the token in its link; they are due at once.
///
/// # Errors
/// [`StoreError::Taken`] when a contact has an invitation to the same wave already; the
/// transaction cannot go on then.
pub async fn add_many(tx: &Tx, new: &[(Invitation, String)]) -> Result<(), StoreError> {
    for some in new.chunks(MOST_AT_ONCE) {
        let rows = some
            .iter()
            .map(|(invitation, token_hash)| to_row(tx, invitation, token_hash));
        invitations::Entity::insert_many(rows)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// Finds an invitation.
pub async fn find(
    session: &impl Session,
    id: InvitationId,
) -> Result<Option<Invitation>, StoreError> {
    invitations::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_invitation)
        .transpose()
}

/// Lists the last invitations of a contact, the newest first.
pub async fn list_by_contact(
    session: &impl Session,
    contact: ContactId,
    limit: u64,
) -> Result<Vec<Invitation>, StoreError> {
    invitations::Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::ContactId.eq(contact.0))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_invitation)
        .collect()
}

/// Lists invitations of a wave in the order of their identifiers, at most `limit` after `after`;
/// those in one state, or all.
pub async fn list_by_wave(
    session: &impl Session,
    wave: WaveId,
    state: Option<InvitationState>,
    after: Option<InvitationId>,
    limit: u64,
) -> Result<Vec<Invitation>, StoreError> {
    let mut select = invitations::Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::WaveId.eq(wave.0));
    if let Some(state) = state {
        select = select.filter(Column::State.eq(state.code()));
    }
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after.0));
    }
    select
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_invitation)
        .collect()
}

/// Says which of these contacts have an invitation of a wave.
pub async fn invited_of(
    session: &impl Session,
    wave: WaveId,
    contacts: &[ContactId],
) -> Result<BTreeSet<ContactId>, StoreError> {
    let mut found = BTreeSet::new();
    for some in contacts.chunks(MOST_IN_LIST) {
        let ids: Vec<Uuid> = invitations::Entity::find()
            .select_only()
            .column(Column::ContactId)
            .filter(Column::WorkspaceId.eq(session.workspace().0))
            .filter(Column::WaveId.eq(wave.0))
            .filter(Column::ContactId.is_in(some.iter().map(|id| id.0)))
            .into_tuple()
            .all(session.connection())
            .await?;
        found.extend(ids.into_iter().map(ContactId));
    }
    Ok(found)
}

/// Counts the invitations by mail that went out before `until`, and how many of those were
/// answered; of one questionnaire, or of all.
pub async fn answered_of_sent(
    session: &impl Session,
    survey: Option<SurveyId>,
    until: Timestamp,
) -> Result<(u64, u64), StoreError> {
    let mut select = invitations::Entity::find()
        .select_only()
        .expr_as(Column::Id.count(), "sent")
        .expr_as(Column::AnsweredAt.count(), "answered")
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::SentAt.lt(micros(until)));
    if let Some(survey) = survey {
        select = select.filter(Column::SurveyId.eq(survey.0));
    }
    let found: Option<(i64, i64)> = select.into_tuple().one(session.connection()).await?;
    let (sent, answered) = found.unwrap_or_default();
    Ok((sent.unsigned_abs(), answered.unsigned_abs()))
}

/// Counts the mails of all waves that went out since `from`, per quarter of an hour: the coarsest
/// step from which days in any time zone can be made.
pub async fn sent_per_quarter_hour(
    session: &impl Session,
    from: Timestamp,
) -> Result<Vec<(Timestamp, u64)>, StoreError> {
    const QUARTER_HOUR: i64 = 900_000_000;
    let rows: Vec<(i64, i64)> = invitations::Entity::find()
        .select_only()
        .expr_as(Expr::col(Column::SentAt).div(QUARTER_HOUR), "step")
        .expr_as(Column::Id.count(), "sent")
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::SentAt.gte(micros(from)))
        // By name: two bound numbers are two different expressions to PostgreSQL.
        .group_by(Expr::col("step"))
        .into_tuple()
        .all(session.connection())
        .await?;
    rows.into_iter()
        .map(|(step, sent)| {
            let start = step.saturating_mul(QUARTER_HOUR);
            Ok((moment("invitations", start)?, sent.unsigned_abs()))
        })
        .collect()
}

/// Counts the invitations of a wave by state.
pub async fn wave_counts(session: &impl Session, wave: WaveId) -> Result<WaveCounts, StoreError> {
    let rows: Vec<(String, i64, i64)> = invitations::Entity::find()
        .select_only()
        .column(Column::State)
        .expr_as(Column::Id.count(), "invited")
        .expr_as(Column::AnsweredAt.count(), "answered")
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::WaveId.eq(wave.0))
        .group_by(Column::State)
        .into_tuple()
        .all(session.connection())
        .await?;
    let mut counts = WaveCounts::default();
    for (state, invited, answered) in rows {
        let invited = invited.unsigned_abs();
        match known("invitations", state)? {
            InvitationState::Queued => counts.queued = invited,
            InvitationState::HandingOver => counts.handing_over = invited,
            InvitationState::Sent => counts.sent = invited,
            InvitationState::Unconfirmed => counts.unconfirmed = invited,
            InvitationState::Failed => counts.failed = invited,
            InvitationState::Cancelled => counts.cancelled = invited,
        }
        counts.answered += answered.unsigned_abs();
    }
    Ok(counts)
}

fn to_row(tx: &Tx, invitation: &Invitation, token_hash: &str) -> invitations::ActiveModel {
    invitations::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(invitation.id.0),
        wave_id: Set(invitation.wave.0),
        survey_id: Set(invitation.survey.0),
        version_id: Set(invitation.version.0),
        contact_id: Set(invitation.contact.0),
        account_id: Set(invitation.account.map(|id| id.0)),
        language: Set(invitation.language.code().to_owned()),
        token_hash: Set(token_hash.to_owned()),
        state: Set(invitation.state.code().to_owned()),
        attempts: Set(0),
        created_at: Set(micros(invitation.created_at)),
        due_at: Set(micros(invitation.created_at)),
        sent_at: Set(invitation.sent_at.map(micros)),
        answered_at: Set(invitation.answered_at.map(micros)),
        expires_at: Set(micros(invitation.expires_at)),
        last_error: Set(invitation.last_error.clone()),
    }
}

pub(super) fn to_invitation(row: invitations::Model) -> Result<Invitation, StoreError> {
    const TABLE: &str = "invitations";
    Ok(Invitation {
        id: InvitationId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        wave: WaveId(row.wave_id),
        survey: SurveyId(row.survey_id),
        version: VersionId(row.version_id),
        contact: ContactId(row.contact_id),
        account: row.account_id.map(AccountId),
        language: word(TABLE, &row.language)?,
        state: known(TABLE, row.state)?,
        created_at: moment(TABLE, row.created_at)?,
        sent_at: maybe_moment(TABLE, row.sent_at)?,
        answered_at: maybe_moment(TABLE, row.answered_at)?,
        expires_at: moment(TABLE, row.expires_at)?,
        last_error: row.last_error,
    })
}
