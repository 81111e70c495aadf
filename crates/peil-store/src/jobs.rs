//! Work to be done later. A job is written in the transaction that makes it necessary, so that it
//! exists exactly when its reason does, and it survives a restart.
//!
//! Whoever takes a job gets a lease on it. A worker that slept too long finds its lease gone: what it
//! then writes about the job changes nothing.

use jiff::{SignedDuration, Timestamp};
use peil_domain::shared::{JobId, WorkspaceId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, TransactionTrait,
    sea_query::{Expr, LockBehavior, LockType},
};

use crate::{
    Session, Store, StoreError, Tx,
    convert::{micros, moment},
    entities::jobs,
    session,
};

/// A job that was taken to be done now.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Kind of work, as the application names it.
    pub kind: String,
    /// What it needs to know.
    pub payload: serde_json::Value,
    /// How often it was tried in vain since it last got anywhere.
    pub attempts: i32,
    /// Number of the lease under which it was taken; the next one is higher.
    pub lease: i64,
}

/// Adds a job that runs at `run_at` or soon after.
pub async fn enqueue(
    tx: &Tx,
    id: JobId,
    kind: &str,
    payload: serde_json::Value,
    run_at: Timestamp,
) -> Result<(), StoreError> {
    jobs::Entity::insert(to_row(tx, id, kind, payload, run_at))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Adds a job unless there is one with this identifier; that one runs at `run_at` then, unless it is
/// being done.
pub async fn enqueue_once(
    tx: &Tx,
    id: JobId,
    kind: &str,
    payload: serde_json::Value,
    run_at: Timestamp,
) -> Result<(), StoreError> {
    jobs::Entity::insert(to_row(tx, id, kind, payload, run_at))
        .on_conflict_do_nothing()
        .exec_without_returning(tx.connection())
        .await?;
    hurry(tx, id, run_at).await
}

fn to_row(
    tx: &Tx,
    id: JobId,
    kind: &str,
    payload: serde_json::Value,
    run_at: Timestamp,
) -> jobs::ActiveModel {
    jobs::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(id.0),
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        run_at: Set(micros(run_at)),
        attempts: Set(0),
        locked_until: Set(None),
        last_error: Set(None),
        created_at: Set(micros(run_at)),
        lease: Set(0),
    }
}

impl Store {
    /// Takes the job that has waited longest, of any organisation, and locks it for `lock`; a job
    /// whose worker died becomes free again after that time. Jobs of the kind `except` are left to
    /// others.
    pub async fn take_job(
        &self,
        now: Timestamp,
        lock: SignedDuration,
        except: Option<&str>,
    ) -> Result<Option<Job>, StoreError> {
        let is_free = Condition::any()
            .add(jobs::Column::LockedUntil.is_null())
            .add(jobs::Column::LockedUntil.lt(micros(now)));
        let mut due = jobs::Entity::find()
            .filter(jobs::Column::RunAt.lte(micros(now)))
            .filter(is_free);
        if let Some(kind) = except {
            due = due.filter(jobs::Column::Kind.ne(kind));
        }
        let due = due.order_by_asc(jobs::Column::RunAt).limit(1);
        // Looking first without a lock keeps an idle program from writing every second.
        if due.clone().one(self.anywhere()).await?.is_none() {
            return Ok(None);
        }
        let transaction = self
            .writing()
            .begin_with_options(session::write_options())
            .await?;
        let due = match transaction.get_database_backend() {
            DbBackend::Postgres => {
                due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            }
            _ => due,
        };
        let Some(row) = due.one(&transaction).await? else {
            return Ok(None);
        };
        let until = now.checked_add(lock).unwrap_or(Timestamp::MAX);
        // Made of the time, so that a job that is made anew under an old identifier never gets a
        // number that someone still holds.
        let lease = micros(now).max(row.lease.saturating_add(1));
        jobs::Entity::update_many()
            .col_expr(jobs::Column::LockedUntil, Expr::value(micros(until)))
            .col_expr(jobs::Column::Attempts, Expr::value(row.attempts + 1))
            .col_expr(jobs::Column::Lease, Expr::value(lease))
            .filter(jobs::Column::WorkspaceId.eq(row.workspace_id))
            .filter(jobs::Column::Id.eq(row.id))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some(Job {
            id: JobId(row.id),
            workspace: WorkspaceId(row.workspace_id),
            kind: row.kind,
            payload: row.payload,
            attempts: row.attempts,
            lease,
        }))
    }

    /// Frees every job that was locked, of any organisation. Only right at the start of the only
    /// program that works on this database: whoever had locked them is gone.
    pub async fn free_jobs(&self) -> Result<(), StoreError> {
        jobs::Entity::update_many()
            .col_expr(jobs::Column::LockedUntil, Expr::value(Option::<i64>::None))
            .filter(jobs::Column::LockedUntil.is_not_null())
            .exec(self.writing())
            .await?;
        Ok(())
    }
}

/// When a job goes on, and why it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// When it runs, or should have.
    pub run_at: Timestamp,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Finds a job that is not done yet.
pub async fn find_waiting(
    session: &impl Session,
    id: JobId,
) -> Result<Option<Waiting>, StoreError> {
    let row = jobs::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?;
    row.map(|row| {
        Ok(Waiting {
            run_at: moment("jobs", row.run_at)?,
            last_error: row.last_error,
        })
    })
    .transpose()
}

/// Lets a job that waits run at `now`; one that is being done is left alone.
pub async fn hurry(tx: &Tx, id: JobId, now: Timestamp) -> Result<(), StoreError> {
    jobs::Entity::update_many()
        .col_expr(jobs::Column::RunAt, Expr::value(micros(now)))
        .filter(jobs::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(jobs::Column::Id.eq(id.0))
        .filter(jobs::Column::LockedUntil.is_null())
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Removes a job that is done; `false` when the lease is gone.
pub async fn finish(tx: &Tx, job: &Job) -> Result<bool, StoreError> {
    let removed = jobs::Entity::delete_many()
        .filter(is_held(tx, job))
        .exec(tx.connection())
        .await?;
    Ok(removed.rows_affected == 1)
}

/// Puts a job back to go on at `run_at`; `error` says why, when something went wrong. `false` when
/// the lease is gone.
pub async fn postpone(
    tx: &Tx,
    job: &Job,
    run_at: Timestamp,
    error: Option<&str>,
) -> Result<bool, StoreError> {
    let mut update = jobs::Entity::update_many()
        .col_expr(jobs::Column::RunAt, Expr::value(micros(run_at)))
        .col_expr(jobs::Column::LockedUntil, Expr::value(Option::<i64>::None))
        .col_expr(
            jobs::Column::LastError,
            Expr::value(error.map(str::to_owned)),
        );
    if error.is_none() {
        update = update.col_expr(jobs::Column::Attempts, Expr::value(0));
    }
    let changed = update
        .filter(is_held(tx, job))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Keeps a job locked until `until`; `false` when the lease is gone, and with it the right to do
/// anything in the name of this job.
pub async fn renew(tx: &Tx, job: &Job, until: Timestamp) -> Result<bool, StoreError> {
    let changed = jobs::Entity::update_many()
        .col_expr(jobs::Column::LockedUntil, Expr::value(micros(until)))
        .filter(is_held(tx, job))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Keeps what a job needs to know when it goes on; `false` when the lease is gone.
pub async fn note(tx: &Tx, job: &Job, payload: serde_json::Value) -> Result<bool, StoreError> {
    let changed = jobs::Entity::update_many()
        .col_expr(jobs::Column::Payload, Expr::value(payload))
        .filter(is_held(tx, job))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

fn is_held(tx: &Tx, job: &Job) -> Condition {
    Condition::all()
        .add(jobs::Column::WorkspaceId.eq(tx.workspace().0))
        .add(jobs::Column::Id.eq(job.id.0))
        .add(jobs::Column::Lease.eq(job.lease))
}
