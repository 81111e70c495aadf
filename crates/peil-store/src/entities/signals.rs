//! Table `signals`: what changed and needs a look.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "signals")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) state: String,
    pub(crate) dismissed_because: Option<String>,
    pub(crate) handled_by: Option<Uuid>,
    pub(crate) found_at: i64,
    pub(crate) changed_at: i64,
    pub(crate) ended_at: Option<i64>,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) evidence: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
