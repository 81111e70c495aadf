//! Touchpoints of the customer journey.

use peil_domain::{
    journey::Touchpoint,
    shared::{TouchpointId, WorkspaceId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Session, StoreError, Tx, convert::word, entities::touchpoints};

/// Adds a touchpoint.
pub async fn add_touchpoint(tx: &Tx, touchpoint: &Touchpoint) -> Result<(), StoreError> {
    let row = touchpoints::ActiveModel {
        workspace_id: Set(touchpoint.workspace.0),
        id: Set(touchpoint.id.0),
        key: Set(touchpoint.key.to_string()),
        name: Set(touchpoint.name.clone()),
        position: Set(touchpoint.position),
    };
    touchpoints::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Lists all touchpoints in the order of the journey.
pub async fn list_touchpoints(session: &impl Session) -> Result<Vec<Touchpoint>, StoreError> {
    touchpoints::Entity::find()
        .filter(touchpoints::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_asc(touchpoints::Column::Position)
        .order_by_asc(touchpoints::Column::Key)
        .all(session.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(Touchpoint {
                id: TouchpointId(row.id),
                workspace: WorkspaceId(row.workspace_id),
                key: word("touchpoints", &row.key)?,
                name: row.name,
                position: row.position,
            })
        })
        .collect()
}
