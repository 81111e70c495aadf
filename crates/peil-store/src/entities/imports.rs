//! Table `imports`: files that are or were imported.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) user_id: Option<Uuid>,
    pub(crate) survey_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) file_name: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) mapping: Json,
    pub(crate) done: i64,
    pub(crate) total: i64,
    pub(crate) added: i64,
    pub(crate) updated: i64,
    pub(crate) failed: i64,
    pub(crate) created_at: i64,
    pub(crate) finished_at: Option<i64>,
    pub(crate) last_error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
