//! Organisations whose old answers are to be read again, and how far that is.

use jiff::Timestamp;
use peil_domain::shared::{ResponseId, WorkspaceId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Session, Store, StoreError, Tx,
    convert::micros,
    entities::{
        readings_due::{ActiveModel, Column, Entity, Model},
        responses,
    },
    response::COMPLETE,
};

/// How far reading old answers again is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// What tells it from reading for another reason.
    pub since: i64,
    /// The last submission that was looked at.
    pub after: Option<ResponseId>,
    /// Submissions that were looked at.
    pub done: u64,
    /// Submissions in all, when it began.
    pub total: u64,
}

/// Lets all answers of the organisation be read again, from the first one on.
pub async fn begin_again(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let total = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(responses::Column::Completion.eq(COMPLETE))
        .count(tx.connection())
        .await?;
    let row = ActiveModel {
        workspace_id: Set(tx.workspace().0),
        since: Set(micros(now)),
        after: Set(None),
        done: Set(0),
        total: Set(i64::try_from(total).unwrap_or(i64::MAX)),
    };
    let replace = OnConflict::column(Column::WorkspaceId)
        .update_columns([Column::Since, Column::After, Column::Done, Column::Total])
        .to_owned();
    Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// How far it is in one organisation; nothing when nothing is due.
pub async fn find_due(session: &impl Session) -> Result<Option<Due>, StoreError> {
    let row = Entity::find_by_id(session.workspace().0)
        .one(session.connection())
        .await?;
    Ok(row.as_ref().map(due))
}

/// Every organisation in which something is due, the one that waits longest first.
pub async fn all_due(store: &Store) -> Result<Vec<(WorkspaceId, Due)>, StoreError> {
    let rows = Entity::find()
        .order_by_asc(Column::Since)
        .all(store.anywhere())
        .await?;
    let of = |row: &Model| (WorkspaceId(row.workspace_id), due(row));
    Ok(rows.iter().map(of).collect())
}

/// Notes how far it is; nothing happens when it began anew meanwhile.
pub async fn note_due(tx: &Tx, due: &Due) -> Result<(), StoreError> {
    let done = i64::try_from(due.done).unwrap_or(i64::MAX);
    Entity::update_many()
        .col_expr(Column::After, Expr::value(due.after.map(|id| id.0)))
        .col_expr(Column::Done, Expr::value(done))
        .filter(is_same(tx, due))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// It is done; nothing happens when it began anew meanwhile.
pub async fn finish_due(tx: &Tx, due: &Due) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(is_same(tx, due))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn is_same(tx: &Tx, due: &Due) -> Condition {
    Condition::all()
        .add(Column::WorkspaceId.eq(tx.workspace().0))
        .add(Column::Since.eq(due.since))
}

fn due(row: &Model) -> Due {
    Due {
        since: row.since,
        after: row.after.map(ResponseId),
        done: row.done.unsigned_abs(),
        total: row.total.unsigned_abs(),
    }
}
