//! Table `answers`: one answer to one question.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "answers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) response_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) question_key: String,
    pub(crate) survey_id: Uuid,
    /// Place among the answers of the submission, from 0.
    pub(crate) position: i32,
    pub(crate) score: Option<i32>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub(crate) codes: Option<Json>,
    pub(crate) words: Option<String>,
    /// Who the respondent is: personal data, apart from words so that no search or export of words
    /// meets it. An answer without score, codes, words and details is "not applicable".
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub(crate) details: Option<Json>,
    /// Copied from the submission, as is the next one, so that counting needs this table only.
    pub(crate) local_day: i32,
    /// Whether figures count it unless more is asked: its submission is complete and not marked as
    /// automatic.
    pub(crate) is_counted: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
