//! Named documents of settings, one of each per organisation.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Session, StoreError, Tx,
    convert::{document, to_document},
    entities::settings,
};

/// Reads the settings called `name`; nothing when they were never saved.
pub async fn find<T: DeserializeOwned>(
    session: &impl Session,
    name: &str,
) -> Result<Option<T>, StoreError> {
    let key = (session.workspace().0, name.to_owned());
    let row = settings::Entity::find_by_id(key)
        .one(session.connection())
        .await?;
    row.map(|row| document("settings", row.value)).transpose()
}

/// Saves the settings called `name`.
pub async fn save<T: Serialize + Sync>(tx: &Tx, name: &str, value: &T) -> Result<(), StoreError> {
    let row = settings::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        name: Set(name.to_owned()),
        value: Set(to_document("settings", value)?),
    };
    let replace = OnConflict::columns([settings::Column::WorkspaceId, settings::Column::Name])
        .update_column(settings::Column::Value)
        .to_owned();
    settings::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Removes the settings called `name`; nothing happens when there are none.
pub async fn remove(tx: &Tx, name: &str) -> Result<(), StoreError> {
    settings::Entity::delete_by_id((tx.workspace().0, name.to_owned()))
        .exec(tx.connection())
        .await?;
    Ok(())
}
