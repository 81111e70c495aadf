//! Calls to the API that may be repeated: first a key is reserved, then the call runs, then its
//! answer is kept under the key.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Session, StoreError, Tx,
    convert::{document, micros, to_document},
    entities::idempotency_keys::{ActiveModel, Column, Entity, Model},
};

/// A call that wants to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Identifier of this attempt, so that a later one is not taken for it.
    pub id: Uuid,
    /// The key.
    pub key: String,
    /// What tells this call from others with the same key.
    pub fingerprint: String,
    /// When it comes in.
    pub at: Timestamp,
    /// When somebody else may try, should nothing more be heard of it.
    pub until: Timestamp,
}

/// An answer that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// HTTP status.
    pub status: u16,
    /// Names and values of the headers that belong to the answer.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: String,
}

/// What became of a wish to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reserved {
    /// The key is taken for this attempt: run.
    Mine,
    /// An attempt with this key is running.
    Running,
    /// The call was answered before.
    Kept(Kept),
    /// The key belongs to another call.
    OtherCall,
}

/// Takes a key for an attempt, unless another one has it.
pub async fn reserve(tx: &Tx, attempt: &Attempt) -> Result<Reserved, StoreError> {
    let row = ActiveModel {
        workspace_id: Set(tx.workspace().0),
        key: Set(attempt.key.clone()),
        fingerprint: Set(attempt.fingerprint.clone()),
        status: Set(0),
        headers: Set(to_document("idempotency_keys", &Headers::new())?),
        body: Set(String::new()),
        created_at: Set(micros(attempt.at)),
        attempt: Set(Some(attempt.id)),
        running_until: Set(Some(micros(attempt.until))),
    };
    let inserted = Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(tx.connection())
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(1)) {
        return Ok(Reserved::Mine);
    }
    let Some(found) = find(tx, &attempt.key).await? else {
        // Released in these very moments: the caller is told to try again.
        return Ok(Reserved::Running);
    };
    if found.fingerprint != attempt.fingerprint {
        return Ok(Reserved::OtherCall);
    }
    match (found.attempt, found.running_until) {
        (Some(other), Some(until)) if until <= micros(attempt.at) => {
            take_over(tx, attempt, other).await
        }
        (Some(_), _) => Ok(Reserved::Running),
        (None, _) => Ok(Reserved::Kept(to_kept(found)?)),
    }
}

type Headers = Vec<(String, String)>;

/// Takes the key of an attempt of which nothing was heard any more.
async fn take_over(tx: &Tx, attempt: &Attempt, other: Uuid) -> Result<Reserved, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::Attempt, Expr::value(attempt.id))
        .col_expr(Column::CreatedAt, Expr::value(micros(attempt.at)))
        .col_expr(Column::RunningUntil, Expr::value(micros(attempt.until)))
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Key.eq(attempt.key.as_str()))
        .filter(Column::Attempt.eq(other))
        .exec(tx.connection())
        .await?;
    Ok(if changed.rows_affected == 1 {
        Reserved::Mine
    } else {
        Reserved::Running
    })
}

/// Keeps the answer to an attempt; `false` when somebody else has taken its key since.
pub async fn keep(tx: &Tx, attempt: &Attempt, kept: &Kept) -> Result<bool, StoreError> {
    let headers = to_document("idempotency_keys", &kept.headers)?;
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(i32::from(kept.status)))
        .col_expr(Column::Headers, Expr::value(headers))
        .col_expr(Column::Body, Expr::value(kept.body.clone()))
        .col_expr(Column::Attempt, Expr::value(None::<Uuid>))
        .col_expr(Column::RunningUntil, Expr::value(None::<i64>))
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Key.eq(attempt.key.as_str()))
        .filter(Column::Attempt.eq(attempt.id))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Gives the key of an attempt back, so that the call can be tried again.
pub async fn release(tx: &Tx, attempt: &Attempt) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Key.eq(attempt.key.as_str()))
        .filter(Column::Attempt.eq(attempt.id))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Forgets calls that came in before `before`.
pub async fn forget(tx: &Tx, before: Timestamp) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::CreatedAt.lt(micros(before)))
        .exec(tx.connection())
        .await?;
    Ok(())
}

async fn find(session: &impl Session, key: &str) -> Result<Option<Model>, StoreError> {
    let key = (session.workspace().0, key.to_owned());
    Ok(Entity::find_by_id(key).one(session.connection()).await?)
}

fn to_kept(row: Model) -> Result<Kept, StoreError> {
    Ok(Kept {
        status: u16::try_from(row.status).unwrap_or(500),
        headers: document("idempotency_keys", row.headers)?,
        body: row.body,
    })
}
