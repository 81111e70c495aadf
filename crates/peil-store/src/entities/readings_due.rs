//! Table `readings_due`: organisations whose old answers are being read again.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "readings_due")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    /// When it became due: whoever read for an earlier reason changes nothing here.
    pub(crate) since: i64,
    /// The last submission that was looked at.
    pub(crate) after: Option<Uuid>,
    pub(crate) done: i64,
    pub(crate) total: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
