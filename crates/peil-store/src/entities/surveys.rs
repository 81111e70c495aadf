//! Table `surveys`: questionnaires with the draft that is being edited.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "surveys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) state: String,
    pub(crate) has_public_link: bool,
    pub(crate) allows_repeats: bool,
    pub(crate) touchpoint_id: Option<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) draft: Json,
    pub(crate) revision: i32,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
