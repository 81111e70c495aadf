//! Answers given to API calls that may be repeated, kept for a day.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult};

use crate::{Session, StoreError, Tx, convert::micros, entities::idempotency_keys};

/// An answer that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Fingerprint of the call that it answered.
    pub fingerprint: String,
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: String,
}

/// Finds the answer given to the call with this key.
pub async fn find(session: &impl Session, key: &str) -> Result<Option<Kept>, StoreError> {
    let key = (session.workspace().0, key.to_owned());
    let row = idempotency_keys::Entity::find_by_id(key)
        .one(session.connection())
        .await?;
    Ok(row.map(|row| Kept {
        fingerprint: row.fingerprint,
        status: u16::try_from(row.status).unwrap_or(500),
        body: row.body,
    }))
}

/// Keeps an answer; `false` when another call with the same key was faster.
pub async fn keep(tx: &Tx, key: &str, kept: &Kept, now: Timestamp) -> Result<bool, StoreError> {
    let row = idempotency_keys::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        key: Set(key.to_owned()),
        fingerprint: Set(kept.fingerprint.clone()),
        status: Set(i32::from(kept.status)),
        body: Set(kept.body.clone()),
        created_at: Set(micros(now)),
    };
    let inserted = idempotency_keys::Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(tx.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// Forgets answers given before `before`.
pub async fn forget(tx: &Tx, before: Timestamp) -> Result<(), StoreError> {
    idempotency_keys::Entity::delete_many()
        .filter(idempotency_keys::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(idempotency_keys::Column::CreatedAt.lt(micros(before)))
        .exec(tx.connection())
        .await?;
    Ok(())
}
