//! Table `readings`: what was read in an answer in someone's own words.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "readings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) response_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) question_key: String,
    /// Copied from the submission, as is the next one, so that counting needs this table only.
    pub(crate) survey_id: Uuid,
    pub(crate) local_day: i32,
    /// Version of the rules by which it was read.
    pub(crate) rules: i32,
    /// Version of the organisation's themes by which it was read.
    pub(crate) taxonomy: i32,
    pub(crate) language: String,
    pub(crate) polarity: String,
    /// Words between blanks, with one at both ends: what it is besides its themes.
    pub(crate) labels: String,
    /// Themes with their tone, in the same form.
    pub(crate) mentions: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) clauses: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) personal: Json,
    /// Whether a person had the last word about it.
    pub(crate) is_corrected: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
