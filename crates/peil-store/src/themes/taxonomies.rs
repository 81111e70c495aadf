//! The themes that an organisation sorts answers into, every version of them.

use jiff::Timestamp;
use peil_domain::shared::UserId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Session, StoreError, Tx,
    convert::{micros, moment},
    entities::taxonomies::{ActiveModel, Column, Entity, Model},
};

/// A version of an organisation's themes.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTaxonomy {
    /// Its number; each is higher than the one before.
    pub version: i32,
    /// The themes, as the application writes them.
    pub themes: serde_json::Value,
    /// Who made it.
    pub made_by: Option<UserId>,
    /// When.
    pub made_at: Timestamp,
}

/// Number of the newest version; nothing when the organisation never changed its themes.
pub async fn taxonomy_version(session: &impl Session) -> Result<Option<i32>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Version)
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(Column::Version)
        .into_tuple()
        .one(session.connection())
        .await?)
}

/// The newest version; nothing when the organisation never changed its themes.
pub async fn newest_taxonomy(session: &impl Session) -> Result<Option<StoredTaxonomy>, StoreError> {
    let row = Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(Column::Version)
        .one(session.connection())
        .await?;
    row.map(to_stored).transpose()
}

/// The newest versions, the newest first.
pub async fn list_taxonomies(
    session: &impl Session,
    limit: u64,
) -> Result<Vec<StoredTaxonomy>, StoreError> {
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(Column::Version)
        .limit(limit)
        .all(session.connection())
        .await?;
    rows.into_iter().map(to_stored).collect()
}

/// The version with this number.
pub async fn find_taxonomy(
    session: &impl Session,
    version: i32,
) -> Result<Option<StoredTaxonomy>, StoreError> {
    let row = Entity::find_by_id((session.workspace().0, version))
        .one(session.connection())
        .await?;
    row.map(to_stored).transpose()
}

/// Adds a version.
///
/// # Errors
/// [`StoreError::Taken`] when somebody else was faster with one of this number.
pub async fn add_taxonomy(tx: &Tx, taxonomy: &StoredTaxonomy) -> Result<(), StoreError> {
    let row = ActiveModel {
        workspace_id: Set(tx.workspace().0),
        version: Set(taxonomy.version),
        themes: Set(taxonomy.themes.clone()),
        made_by: Set(taxonomy.made_by.map(|user| user.0)),
        made_at: Set(micros(taxonomy.made_at)),
    };
    let added = Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(tx.connection())
        .await?;
    if matches!(added, sea_orm::TryInsertResult::Inserted(1)) {
        Ok(())
    } else {
        Err(StoreError::Taken("taxonomy".into()))
    }
}

fn to_stored(row: Model) -> Result<StoredTaxonomy, StoreError> {
    Ok(StoredTaxonomy {
        version: row.version,
        themes: row.themes,
        made_by: row.made_by.map(UserId),
        made_at: moment("taxonomies", row.made_at)?,
    })
}
