//! Table `readers`: how far those who follow the outbox are, for all organisations.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "readers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) name: String,
    /// The place in the outbox; absent before anything was read.
    pub(crate) place: Option<String>,
    /// Version of the rules by which everything was read.
    pub(crate) rules: i32,
    /// The program that reads.
    pub(crate) holder: Option<Uuid>,
    /// Until when no other program may.
    pub(crate) held_until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
