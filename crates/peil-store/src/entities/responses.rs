//! Table `responses`: submissions.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "responses")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) survey_id: Uuid,
    pub(crate) version_id: Uuid,
    pub(crate) contact_id: Option<Uuid>,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) invitation_id: Option<Uuid>,
    pub(crate) channel: String,
    pub(crate) language: String,
    pub(crate) touchpoint: Option<String>,
    pub(crate) completion: String,
    pub(crate) pages_done: Option<i32>,
    pub(crate) submitted_at: i64,
    pub(crate) local_day: i32,
    pub(crate) seconds: Option<i32>,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) segments: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) flags: Json,
    /// What was shown in an order of the respondent's own: keys by page or question.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub(crate) orders: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
