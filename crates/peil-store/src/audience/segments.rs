//! Saved filters over contacts.

use peil_domain::{
    audience::Segment,
    shared::{SegmentId, WorkspaceId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Session, StoreError, Tx,
    convert::{document, to_document},
    entities::segments,
};

/// Adds a segment.
///
/// # Errors
/// [`StoreError::Taken`] when its name is in use.
pub async fn add(tx: &Tx, segment: &Segment) -> Result<(), StoreError> {
    segments::Entity::insert(to_row(tx, segment)?)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Writes name and filter of a segment; `false` when there is no such segment.
///
/// # Errors
/// [`StoreError::Taken`] when the name is in use by another one.
pub async fn save(tx: &Tx, segment: &Segment) -> Result<bool, StoreError> {
    let changed = segments::Entity::update_many()
        .set(to_row(tx, segment)?)
        .filter(segments::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(segments::Column::Id.eq(segment.id.0))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes a segment.
pub async fn remove(tx: &Tx, id: SegmentId) -> Result<(), StoreError> {
    segments::Entity::delete_by_id((tx.workspace().0, id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Finds a segment.
pub async fn find(session: &impl Session, id: SegmentId) -> Result<Option<Segment>, StoreError> {
    segments::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_segment)
        .transpose()
}

/// Lists all segments by name.
pub async fn list(session: &impl Session) -> Result<Vec<Segment>, StoreError> {
    segments::Entity::find()
        .filter(segments::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_asc(segments::Column::Name)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_segment)
        .collect()
}

fn to_row(tx: &Tx, segment: &Segment) -> Result<segments::ActiveModel, StoreError> {
    Ok(segments::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(segment.id.0),
        name: Set(segment.name.clone()),
        filter: Set(to_document("segments", &segment.filter)?),
    })
}

fn to_segment(row: segments::Model) -> Result<Segment, StoreError> {
    Ok(Segment {
        id: SegmentId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        name: row.name,
        filter: document("segments", row.filter)?,
    })
}
