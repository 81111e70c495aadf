//! Definitions of attributes that contacts may have.

use peil_domain::{
    audience::Attribute,
    shared::{AttributeId, QuestionKey, WorkspaceId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

use crate::{Session, StoreError, Tx, convert::word, entities::attributes};

/// Adds an attribute.
///
/// # Errors
/// [`StoreError::Taken`] when its key is in use.
pub async fn add(tx: &Tx, attribute: &Attribute) -> Result<(), StoreError> {
    let row = attributes::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(attribute.id.0),
        key: Set(attribute.key.to_string()),
        label: Set(attribute.label.clone()),
        kind: Set(attribute.kind.code().to_owned()),
    };
    attributes::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Writes the label of an attribute; key and kind never change, since values hang on them.
pub async fn save_label(tx: &Tx, attribute: &Attribute) -> Result<(), StoreError> {
    attributes::Entity::update_many()
        .col_expr(
            attributes::Column::Label,
            Expr::value(attribute.label.as_str()),
        )
        .filter(attributes::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(attributes::Column::Id.eq(attribute.id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Lists all attributes by label.
pub async fn list(session: &impl Session) -> Result<Vec<Attribute>, StoreError> {
    attributes::Entity::find()
        .filter(attributes::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_asc(attributes::Column::Label)
        .order_by_asc(attributes::Column::Id)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_attribute)
        .collect()
}

/// Finds the attribute with this key.
pub async fn find(
    session: &impl Session,
    key: &QuestionKey,
) -> Result<Option<Attribute>, StoreError> {
    attributes::Entity::find()
        .filter(attributes::Column::WorkspaceId.eq(session.workspace().0))
        .filter(attributes::Column::Key.eq(key.as_str()))
        .one(session.connection())
        .await?
        .map(to_attribute)
        .transpose()
}

fn to_attribute(row: attributes::Model) -> Result<Attribute, StoreError> {
    const TABLE: &str = "attributes";
    Ok(Attribute {
        id: AttributeId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        key: word(TABLE, &row.key)?,
        label: row.label,
        kind: word(TABLE, &row.kind)?,
    })
}
