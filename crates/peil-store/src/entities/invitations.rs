//! Table `invitations`: one ask of one contact; the link holds a token of which only the hash is stored.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) wave_id: Uuid,
    pub(crate) survey_id: Uuid,
    pub(crate) version_id: Uuid,
    pub(crate) contact_id: Uuid,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) language: String,
    pub(crate) token_hash: String,
    pub(crate) state: String,
    pub(crate) attempts: i32,
    pub(crate) created_at: i64,
    pub(crate) due_at: i64,
    pub(crate) sent_at: Option<i64>,
    pub(crate) answered_at: Option<i64>,
    pub(crate) expires_at: i64,
    pub(crate) last_error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
