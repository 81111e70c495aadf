//! Table `idempotency_keys`: calls to the API that may be repeated, running or answered.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) fingerprint: String,
    /// 0 while it runs.
    pub(crate) status: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) headers: Json,
    pub(crate) body: String,
    pub(crate) created_at: i64,
    /// The attempt that runs; empty once there is an answer.
    pub(crate) attempt: Option<Uuid>,
    /// Until when that attempt is believed to run.
    pub(crate) running_until: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
