//! Table `dismissed_findings`: findings of the reviewer that people put aside, with the reason.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dismissed_findings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) survey_id: Uuid,
    pub(crate) rule: String,
    pub(crate) place: String,
    pub(crate) language: String,
    pub(crate) text: String,
    pub(crate) words: String,
    pub(crate) reason: String,
    pub(crate) version: i32,
    pub(crate) last: Option<i32>,
    pub(crate) dismissed_by: Option<Uuid>,
    pub(crate) dismissed_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
