//! Table `taxonomy_drafts`: changes to the themes of an organisation that are not in use yet.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "taxonomy_drafts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    pub(crate) revision: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) themes: Json,
    pub(crate) made_by: Option<Uuid>,
    pub(crate) made_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
