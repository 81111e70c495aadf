//! Table `theme_labels`: what people said that answers mention, where reading them was wrong.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "theme_labels")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) response_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) question_key: String,
    /// The last word about an answer counts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) given_at: i64,
    /// Themes with their tone, as in table `readings`.
    pub(crate) mentions: String,
    pub(crate) given_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
