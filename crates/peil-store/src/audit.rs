//! The record of who did what. Rows are only ever added.

use jiff::Timestamp;
use peil_domain::{access::Actor, shared::UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Session, StoreError, Tx,
    convert::{micros, moment},
    entities::audit_events,
};

/// One thing that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identifier, sorting by time.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// By whom, unless by the program itself.
    pub user: Option<UserId>,
    /// What, as a stable word such as `survey.published`.
    pub event: String,
    /// To what: an identifier or name.
    pub subject: String,
    /// Anything worth keeping besides; never answers, addresses or secrets.
    pub details: serde_json::Value,
}

/// Adds an event.
pub async fn record(tx: &Tx, actor: &Actor, event: Event) -> Result<(), StoreError> {
    let row = audit_events::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(event.id),
        at: Set(micros(event.at)),
        user_id: Set(actor.user.map(|id| id.0)),
        event: Set(event.event),
        subject: Set(event.subject),
        details: Set(event.details),
    };
    audit_events::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Lists the newest events.
pub async fn list(session: &impl Session, limit: u64) -> Result<Vec<Event>, StoreError> {
    audit_events::Entity::find()
        .filter(audit_events::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(audit_events::Column::At)
        .order_by_desc(audit_events::Column::Id)
        .limit(limit)
        .all(session.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(Event {
                id: row.id,
                at: moment("audit_events", row.at)?,
                user: row.user_id.map(UserId),
                event: row.event,
                subject: row.subject,
                details: row.details,
            })
        })
        .collect()
}
