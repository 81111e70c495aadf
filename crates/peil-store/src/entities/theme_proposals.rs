//! Table `theme_proposals`: groups of answers that no theme claims, as proposals for themes.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "theme_proposals")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i64,
    pub(crate) state: String,
    pub(crate) name: String,
    pub(crate) people: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) places: Json,
    pub(crate) because: Option<String>,
    pub(crate) handled_by: Option<Uuid>,
    pub(crate) found_at: i64,
    pub(crate) handled_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
