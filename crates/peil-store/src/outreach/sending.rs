//! The way of an invitation to the mail server. It is marked as being handed over before the
//! server sees it, so that a crash can lose the server's word but never send a mail twice.

use jiff::Timestamp;
use peil_domain::{
    outreach::{Invitation, InvitationState},
    shared::{InvitationId, WaveId},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query},
};

use super::invitations::to_invitation;
use crate::{
    Session, StoreError, Tx,
    convert::{MOST_IN_LIST, maybe_moment, micros},
    entities::{
        contacts,
        invitations::{self, Column},
    },
};

/// An invitation whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The invitation.
    pub invitation: Invitation,
    /// How often it was tried before.
    pub attempts: i32,
}

/// Takes invitations of a wave whose turn it is, in the order of their identifiers. On a server
/// other transactions do not see them until this one ends; mark them before that.
pub async fn take_due(
    tx: &Tx,
    wave: WaveId,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Due>, StoreError> {
    let due = of_wave(wave, tx, &[InvitationState::Queued])
        .filter(Column::DueAt.lte(micros(now)))
        .order_by_asc(Column::Id)
        .limit(limit);
    let due = match tx.connection().get_database_backend() {
        DbBackend::Postgres => due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked),
        _ => due,
    };
    due.all(tx.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(Due {
                attempts: row.attempts,
                invitation: to_invitation(row)?,
            })
        })
        .collect()
}

/// States from which an invitation can be refused or taken back.
const UNDECIDED: [InvitationState; 2] = [InvitationState::Queued, InvitationState::HandingOver];

/// Marks queued invitations as being handed to the mail server, apart from those of people who opted
/// out in the meantime; says how many were marked.
pub async fn mark_handing_over(tx: &Tx, ids: &[InvitationId]) -> Result<u64, StoreError> {
    let mut marked = 0;
    for some in ids.chunks(MOST_IN_LIST) {
        marked += to_state(InvitationState::HandingOver)
            .filter(Column::WorkspaceId.eq(tx.workspace().0))
            .filter(Column::Id.is_in(some.iter().map(|id| id.0)))
            .filter(Column::State.eq(InvitationState::Queued.code()))
            .filter(may_be_mailed())
            .exec(tx.connection())
            .await?
            .rows_affected;
    }
    Ok(marked)
}

/// Marks invitations as taken by the mail server, whatever was thought of them before: its word is
/// the last one.
pub async fn mark_sent(tx: &Tx, ids: &[InvitationId], at: Timestamp) -> Result<(), StoreError> {
    for some in ids.chunks(MOST_IN_LIST) {
        to_state(InvitationState::Sent)
            .col_expr(Column::SentAt, Expr::value(micros(at)))
            .col_expr(Column::LastError, Expr::value(Option::<String>::None))
            .filter(Column::WorkspaceId.eq(tx.workspace().0))
            .filter(Column::Id.is_in(some.iter().map(|id| id.0)))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

/// Marks invitations that were being handed over and of which nobody knows whether the mail server
/// took them.
pub async fn mark_unconfirmed(
    tx: &Tx,
    ids: &[InvitationId],
    error: &str,
) -> Result<(), StoreError> {
    let from = [InvitationState::HandingOver];
    end_all(tx, ids, &from, InvitationState::Unconfirmed, error).await
}

/// Takes back invitations that may no longer be sent.
pub async fn mark_cancelled(tx: &Tx, ids: &[InvitationId], reason: &str) -> Result<(), StoreError> {
    end_all(tx, ids, &UNDECIDED, InvitationState::Cancelled, reason).await
}

async fn end_all(
    tx: &Tx,
    ids: &[InvitationId],
    from: &[InvitationState],
    state: InvitationState,
    reason: &str,
) -> Result<(), StoreError> {
    for some in ids.chunks(MOST_IN_LIST) {
        to_state(state)
            .col_expr(Column::LastError, Expr::value(reason))
            .filter(Column::WorkspaceId.eq(tx.workspace().0))
            .filter(Column::Id.is_in(some.iter().map(|id| id.0)))
            .filter(Column::State.is_in(from.iter().map(|state| state.code())))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

/// Marks an invitation as refused for good.
pub async fn mark_failed(tx: &Tx, id: InvitationId, error: &str) -> Result<(), StoreError> {
    end_all(tx, &[id], &UNDECIDED, InvitationState::Failed, error).await
}

/// Puts an invitation back to be tried again at `due_at`, with one more attempt on its count. One
/// that was taken back in the meantime stays so.
pub async fn mark_retry(
    tx: &Tx,
    id: InvitationId,
    due_at: Timestamp,
    error: &str,
) -> Result<(), StoreError> {
    to_state(InvitationState::Queued)
        .col_expr(Column::DueAt, Expr::value(micros(due_at)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LastError, Expr::value(error))
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.is_in(UNDECIDED.iter().map(|state| state.code())))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Marks what was being handed over when the program stopped: it may have arrived, so it is not sent
/// again by itself. Says how many there were.
pub async fn unconfirm_stale(tx: &Tx, wave: WaveId) -> Result<u64, StoreError> {
    move_all(
        tx,
        wave,
        InvitationState::HandingOver,
        InvitationState::Unconfirmed,
    )
    .await
}

/// Queues anew those invitations of a wave of which nobody knows whether they arrived: not answered,
/// still valid, and of people who did not opt out. Their links stay the same. Says how many.
pub async fn requeue_unconfirmed(tx: &Tx, wave: WaveId, now: Timestamp) -> Result<u64, StoreError> {
    let changed = to_state(InvitationState::Queued)
        .col_expr(Column::DueAt, Expr::value(micros(now)))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::LastError, Expr::value(Option::<String>::None))
        .filter(is_in_doubt(tx, wave, now))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected)
}

/// Counts the invitations that [`requeue_unconfirmed`] would queue.
pub async fn in_doubt_count(
    session: &impl Session,
    wave: WaveId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    Ok(invitations::Entity::find()
        .filter(is_in_doubt(session, wave, now))
        .count(session.connection())
        .await?)
}

fn is_in_doubt(session: &impl Session, wave: WaveId, now: Timestamp) -> Condition {
    Condition::all()
        .add(Column::WorkspaceId.eq(session.workspace().0))
        .add(Column::WaveId.eq(wave.0))
        .add(Column::State.eq(InvitationState::Unconfirmed.code()))
        .add(Column::AnsweredAt.is_null())
        .add(Column::ExpiresAt.gt(micros(now)))
        .add(may_be_mailed())
}

/// Whether the contact of an invitation is still there and did not opt out.
fn may_be_mailed() -> Expr {
    let contact = |column: contacts::Column| Expr::col((contacts::Entity, column));
    let own = |column: Column| (invitations::Entity, column);
    Expr::exists(
        Query::select()
            .expr(Expr::value(1))
            .from(contacts::Entity)
            .and_where(contact(contacts::Column::WorkspaceId).equals(own(Column::WorkspaceId)))
            .and_where(contact(contacts::Column::Id).equals(own(Column::ContactId)))
            .and_where(contact(contacts::Column::OptedOutAt).is_null())
            .to_owned(),
    )
}

/// Takes back what was not sent yet; says how many there were.
pub async fn cancel_queued(tx: &Tx, wave: WaveId) -> Result<u64, StoreError> {
    move_all(
        tx,
        wave,
        InvitationState::Queued,
        InvitationState::Cancelled,
    )
    .await
}

/// Counts the invitations of a wave that have yet to be sent or to be confirmed.
pub async fn open_count(session: &impl Session, wave: WaveId) -> Result<u64, StoreError> {
    let open = [InvitationState::Queued, InvitationState::HandingOver];
    Ok(of_wave(wave, session, &open)
        .count(session.connection())
        .await?)
}

/// When the next invitation of a wave is due; nothing when none waits.
pub async fn next_due_at(
    session: &impl Session,
    wave: WaveId,
) -> Result<Option<Timestamp>, StoreError> {
    let due: Option<i64> = of_wave(wave, session, &[InvitationState::Queued])
        .select_only()
        .column(Column::DueAt)
        .order_by_asc(Column::DueAt)
        .limit(1)
        .into_tuple()
        .one(session.connection())
        .await?;
    maybe_moment("invitations", due)
}

/// Counts the invitations of all waves that the mail server took since `from`.
pub async fn sent_since(session: &impl Session, from: Timestamp) -> Result<u64, StoreError> {
    Ok(invitations::Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::SentAt.gte(micros(from)))
        .count(session.connection())
        .await?)
}

fn of_wave(
    wave: WaveId,
    session: &impl Session,
    states: &[InvitationState],
) -> sea_orm::Select<invitations::Entity> {
    invitations::Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::WaveId.eq(wave.0))
        .filter(Column::State.is_in(states.iter().map(|state| state.code())))
}

fn to_state(state: InvitationState) -> UpdateMany<invitations::Entity> {
    invitations::Entity::update_many().col_expr(Column::State, Expr::value(state.code()))
}

async fn move_all(
    tx: &Tx,
    wave: WaveId,
    from: InvitationState,
    to: InvitationState,
) -> Result<u64, StoreError> {
    let changed = to_state(to)
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::WaveId.eq(wave.0))
        .filter(Column::State.eq(from.code()))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected)
}
