//! Signals, and what is told of them to programs that listen.

use jiff::Timestamp;
use peil_domain::{
    shared::{SignalId, UserId, WorkspaceId},
    themes::{Signal, SignalState},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Page, Session, StoreError, Tx,
    convert::{document, maybe_moment, micros, moment, to_document, word},
    entities::{events, signals},
};

const TABLE: &str = "signals";

/// Which signals are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignalQuery {
    /// Only those in this state.
    pub state: Option<SignalState>,
    /// Only those that go on.
    pub is_open: bool,
    /// Only those about this theme or questionnaire.
    pub subject: Option<String>,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Most signals on a page.
    pub limit: u64,
}

/// An event in the form in which programs get it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identifier.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// The whole event: a `CloudEvent` as JSON.
    pub body: serde_json::Value,
}

/// Adds a signal.
pub async fn add(tx: &Tx, signal: &Signal) -> Result<(), StoreError> {
    signals::Entity::insert(to_row(tx, signal)?)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Writes everything about a signal; `false` when there is no such signal.
pub async fn save(tx: &Tx, signal: &Signal) -> Result<bool, StoreError> {
    let changed = signals::Entity::update_many()
        .set(to_row(tx, signal)?)
        .filter(signals::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(signals::Column::Id.eq(signal.id.0))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Finds a signal.
pub async fn find(session: &impl Session, id: SignalId) -> Result<Option<Signal>, StoreError> {
    signals::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_signal)
        .transpose()
}

/// Lists every signal that goes on or that ended after a moment, the oldest first.
pub async fn list_lately(
    session: &impl Session,
    after: Timestamp,
) -> Result<Vec<Signal>, StoreError> {
    let ended = signals::Column::EndedAt;
    signals::Entity::find()
        .filter(signals::Column::WorkspaceId.eq(session.workspace().0))
        .filter(
            Condition::any()
                .add(ended.is_null())
                .add(ended.gt(micros(after))),
        )
        .order_by_asc(signals::Column::Id)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_signal)
        .collect()
}

/// Lists signals, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor that no page gave.
pub async fn list(session: &impl Session, query: &SignalQuery) -> Result<Page<Signal>, StoreError> {
    let mut asked =
        signals::Entity::find().filter(signals::Column::WorkspaceId.eq(session.workspace().0));
    if let Some(state) = query.state {
        asked = asked.filter(signals::Column::State.eq(state.code()));
    }
    if query.is_open {
        asked = asked.filter(signals::Column::EndedAt.is_null());
    }
    if let Some(subject) = &query.subject {
        // No database holds the character NUL, and one refuses to look for it.
        asked = asked.filter(signals::Column::Subject.eq(subject.replace('\0', "")));
    }
    if let Some(after) = &query.after {
        let after: Uuid = after.parse().map_err(|_| StoreError::BadCursor)?;
        asked = asked.filter(signals::Column::Id.lt(after));
    }
    let mut items = asked
        .order_by_desc(signals::Column::Id)
        .limit(query.limit.saturating_add(1))
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_signal)
        .collect::<Result<Vec<Signal>, StoreError>>()?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let has_more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().map(|signal| signal.id.to_string());
    Ok(Page {
        next: last.filter(|_| has_more),
        items,
    })
}

/// Adds an event for programs that listen.
pub async fn tell(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let row = events::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(event.id),
        at: Set(micros(event.at)),
        body: Set(event.body.clone()),
    };
    events::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Lists events, the oldest first, after the one whose identifier is given.
pub async fn list_events(
    session: &impl Session,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let mut asked =
        events::Entity::find().filter(events::Column::WorkspaceId.eq(session.workspace().0));
    if let Some(after) = after {
        asked = asked.filter(events::Column::Id.gt(after));
    }
    asked
        .order_by_asc(events::Column::Id)
        .limit(limit)
        .all(session.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(Event {
                id: row.id,
                at: moment("events", row.at)?,
                body: row.body,
            })
        })
        .collect()
}

fn to_row(tx: &Tx, signal: &Signal) -> Result<signals::ActiveModel, StoreError> {
    Ok(signals::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(signal.id.0),
        kind: Set(signal.kind.code().to_owned()),
        subject: Set(signal.subject.clone()),
        state: Set(signal.state.code().to_owned()),
        dismissed_because: Set(signal.dismissed_because.clone()),
        handled_by: Set(signal.handled_by.map(|user| user.0)),
        found_at: Set(micros(signal.found_at)),
        changed_at: Set(micros(signal.changed_at)),
        ended_at: Set(signal.ended_at.map(micros)),
        evidence: Set(to_document(TABLE, &signal.evidence)?),
    })
}

fn to_signal(row: signals::Model) -> Result<Signal, StoreError> {
    Ok(Signal {
        id: SignalId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        kind: word(TABLE, &row.kind)?,
        subject: row.subject,
        state: word(TABLE, &row.state)?,
        dismissed_because: row.dismissed_because,
        handled_by: row.handled_by.map(UserId),
        found_at: moment(TABLE, row.found_at)?,
        changed_at: moment(TABLE, row.changed_at)?,
        ended_at: maybe_moment(TABLE, row.ended_at)?,
        evidence: document(TABLE, row.evidence)?,
    })
}
