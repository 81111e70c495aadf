//! Table `theme_discoveries`: when answers that no theme claims were last looked at, one row per
//! organisation.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "theme_discoveries")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    pub(crate) granularity: String,
    pub(crate) asked_at: i64,
    pub(crate) done_at: Option<i64>,
    pub(crate) looked_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
