//! Plain counts of the records, to hold figures against.

use std::collections::BTreeSet;

use peil_domain::{
    response::Flag,
    shared::{LocalDay, QuestionKey, SurveyId, WorkspaceId},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{ExprTrait, Query},
};
use uuid::Uuid;

use super::scope::{answer, column, marked};
use crate::{
    Snapshot, StoreError,
    convert::word,
    entities::{
        answers,
        responses::{self, Column},
    },
};

/// A number of complete answers or submissions by people on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// Organisation.
    pub workspace: WorkspaceId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The question; absent when submissions are counted.
    pub question: Option<QuestionKey>,
    /// The day.
    pub day: LocalDay,
    /// The score, if one was given.
    pub score: Option<i32>,
    /// How many.
    pub n: u64,
}

impl Snapshot {
    /// Counts complete submissions by people, and their answers, of all organisations on every day.
    pub async fn count_by_day(&self) -> Result<Vec<DayCount>, StoreError> {
        let mut found = self.submissions_by_day().await?;
        found.extend(self.answers_by_day().await?);
        Ok(found)
    }

    async fn submissions_by_day(&self) -> Result<Vec<DayCount>, StoreError> {
        let by = [Column::WorkspaceId, Column::SurveyId, Column::LocalDay];
        let mut select = Query::select()
            .columns(by.map(|column| (responses::Entity, column)))
            .expr(column(Column::Id).count())
            .from(responses::Entity)
            .and_where(column(Column::Completion).eq("complete"))
            .group_by_columns(by.map(|column| (responses::Entity, column)))
            .to_owned();
        for flag in Flag::ALL.into_iter().filter(|flag| flag.is_automatic()) {
            select.and_where(marked(flag).not());
        }
        let rows = self.connection().query_all(&select).await?;
        rows.iter()
            .map(|row| {
                let (workspace, survey, day, n): (Uuid, Uuid, i32, i64) =
                    row.try_get_many_by_index()?;
                Ok(DayCount {
                    workspace: WorkspaceId(workspace),
                    survey: SurveyId(survey),
                    question: None,
                    day: LocalDay(day),
                    score: None,
                    n: n.unsigned_abs(),
                })
            })
            .collect()
    }

    async fn answers_by_day(&self) -> Result<Vec<DayCount>, StoreError> {
        let by = [
            answers::Column::WorkspaceId,
            answers::Column::SurveyId,
            answers::Column::QuestionKey,
            answers::Column::LocalDay,
            answers::Column::Score,
        ];
        let select = Query::select()
            .columns(by.map(|column| (answers::Entity, column)))
            .expr(answer(answers::Column::ResponseId).count())
            .from(answers::Entity)
            .and_where(answer(answers::Column::IsCounted).eq(true))
            .group_by_columns(by.map(|column| (answers::Entity, column)))
            .to_owned();
        let rows = self.connection().query_all(&select).await?;
        rows.iter()
            .map(|row| {
                let (workspace, survey, question, day, score, n): (
                    Uuid,
                    Uuid,
                    String,
                    i32,
                    Option<i32>,
                    i64,
                ) = row.try_get_many_by_index()?;
                Ok(DayCount {
                    workspace: WorkspaceId(workspace),
                    survey: SurveyId(survey),
                    question: Some(word("answers", &question)?),
                    day: LocalDay(day),
                    score,
                    n: n.unsigned_abs(),
                })
            })
            .collect()
    }

    /// Questionnaires of all organisations to which anything was ever sent.
    pub async fn surveys_with_answers(
        &self,
    ) -> Result<BTreeSet<(WorkspaceId, SurveyId)>, StoreError> {
        let by = [Column::WorkspaceId, Column::SurveyId];
        let select = Query::select()
            .distinct()
            .columns(by.map(|column| (responses::Entity, column)))
            .from(responses::Entity)
            .to_owned();
        let rows = self.connection().query_all(&select).await?;
        rows.iter()
            .map(|row| {
                let (workspace, survey): (Uuid, Uuid) = row.try_get_many_by_index()?;
                Ok((WorkspaceId(workspace), SurveyId(survey)))
            })
            .collect()
    }
}
