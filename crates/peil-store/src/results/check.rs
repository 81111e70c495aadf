//! Plain counts of the records, to hold figures against.

use std::collections::BTreeSet;

use peil_domain::{
    response::Flag,
    shared::{LocalDay, QuestionKey, SurveyId, WorkspaceId},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use super::scope::{answer, column, marked};
use crate::{
    Snapshot, StoreError,
    convert::word,
    entities::{
        answers, readings,
        responses::{self, Column},
        workspaces,
    },
    themes::Mentions,
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

/// A number of mentions of one theme in one tone on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionCount {
    /// Organisation.
    pub workspace: WorkspaceId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The question in answer to which it was mentioned.
    pub question: QuestionKey,
    /// The day.
    pub day: LocalDay,
    /// Code of the theme or of its part.
    pub theme: String,
    /// The tone.
    pub tone: i8,
    /// How many.
    pub n: u64,
}

/// Submissions of an organisation that stand together in the order of their ids.
#[derive(Debug, Clone, Copy)]
struct Part {
    workspace: Uuid,
    /// Those that come later than this one; from the first where absent.
    after: Option<Uuid>,
    /// Up to and with this one; to the last where absent.
    until: Option<Uuid>,
}

impl Part {
    /// The rows of this part, in a table with these columns.
    fn rows(self, workspace: Expr, response: &Expr) -> Condition {
        Condition::all()
            .add(workspace.eq(self.workspace))
            .add_option(self.after.map(|id| response.clone().gt(id)))
            .add_option(self.until.map(|id| response.clone().lte(id)))
    }
}

impl Snapshot {
    /// Counts complete submissions by people, and their answers, of all organisations on every day.
    ///
    /// They are counted so many submissions at a time, and each time `take` is told what was
    /// found: a database would need as much memory as there are answers to put all of them in order.
    /// The same day of a question comes by more than once.
    pub async fn count_by_day(
        &self,
        at_once: u64,
        mut take: impl FnMut(DayCount),
    ) -> Result<(), StoreError> {
        let all = Query::select()
            .column(workspaces::Column::Id)
            .from(workspaces::Entity)
            .to_owned();
        for row in self.connection().query_all(&all).await? {
            let workspace = row.try_get_by_index(0)?;
            let mut after = None;
            loop {
                let rest = Part {
                    workspace,
                    after,
                    until: None,
                };
                let until = self.last_of_next(rest, at_once).await?;
                let part = Part { until, ..rest };
                self.submissions_by_day(part, &mut take).await?;
                self.answers_by_day(part, &mut take).await?;
                if until.is_none() {
                    break;
                }
                after = until;
            }
        }
        Ok(())
    }

    /// Counts what is mentioned in answers, of all organisations on every day, so many submissions at a
    /// time; the same mention comes by more than once.
    pub async fn count_mentions(
        &self,
        at_once: u64,
        mut take: impl FnMut(MentionCount),
    ) -> Result<(), StoreError> {
        let all = Query::select()
            .column(workspaces::Column::Id)
            .from(workspaces::Entity)
            .to_owned();
        for row in self.connection().query_all(&all).await? {
            let mut part = Part {
                workspace: row.try_get_by_index(0)?,
                after: None,
                until: None,
            };
            loop {
                part.until = self.last_of_next(part, at_once).await?;
                self.mentions_by_day(part, &mut take).await?;
                if part.until.is_none() {
                    break;
                }
                part = Part {
                    after: part.until,
                    until: None,
                    ..part
                };
            }
        }
        Ok(())
    }

    async fn mentions_by_day(
        &self,
        part: Part,
        take: &mut impl FnMut(MentionCount),
    ) -> Result<(), StoreError> {
        let read = |column: readings::Column| Expr::col((readings::Entity, column));
        let by = [
            readings::Column::SurveyId,
            readings::Column::QuestionKey,
            readings::Column::LocalDay,
            readings::Column::Mentions,
        ];
        let response = read(readings::Column::ResponseId);
        let select = Query::select()
            .columns(by.map(|column| (readings::Entity, column)))
            .expr(response.clone().count())
            .from(readings::Entity)
            .cond_where(part.rows(read(readings::Column::WorkspaceId), &response))
            .and_where(read(readings::Column::Mentions).ne(""))
            .group_by_columns(by.map(|column| (readings::Entity, column)))
            .to_owned();
        for row in self.connection().query_all(&select).await? {
            let (survey, question, day, text, n): (Uuid, String, i32, String, i64) =
                row.try_get_many_by_index()?;
            let question: QuestionKey = word("readings", &question)?;
            for (theme, tone) in Mentions::from(text).0 {
                take(MentionCount {
                    workspace: WorkspaceId(part.workspace),
                    survey: SurveyId(survey),
                    question: question.clone(),
                    day: LocalDay(day),
                    theme,
                    tone,
                    n: n.unsigned_abs(),
                });
            }
        }
        Ok(())
    }

    /// The last of the next so many submissions of a part, where there are so many.
    async fn last_of_next(&self, part: Part, at_once: u64) -> Result<Option<Uuid>, StoreError> {
        let select = Query::select()
            .expr(column(Column::Id))
            .from(responses::Entity)
            .cond_where(part.rows(column(Column::WorkspaceId), &column(Column::Id)))
            .order_by((responses::Entity, Column::Id), Order::Asc)
            .offset(at_once.saturating_sub(1))
            .limit(1)
            .to_owned();
        let row = self.connection().query_one(&select).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    async fn submissions_by_day(
        &self,
        part: Part,
        take: &mut impl FnMut(DayCount),
    ) -> Result<(), StoreError> {
        let by = [Column::SurveyId, Column::LocalDay];
        let mut select = Query::select()
            .columns(by.map(|column| (responses::Entity, column)))
            .expr(column(Column::Id).count())
            .from(responses::Entity)
            .cond_where(part.rows(column(Column::WorkspaceId), &column(Column::Id)))
            .and_where(column(Column::Completion).eq("complete"))
            .group_by_columns(by.map(|column| (responses::Entity, column)))
            .to_owned();
        for flag in Flag::ALL.into_iter().filter(|flag| flag.is_automatic()) {
            select.and_where(marked(flag).not());
        }
        for row in self.connection().query_all(&select).await? {
            let (survey, day, n): (Uuid, i32, i64) = row.try_get_many_by_index()?;
            take(DayCount {
                workspace: WorkspaceId(part.workspace),
                survey: SurveyId(survey),
                question: None,
                day: LocalDay(day),
                score: None,
                n: n.unsigned_abs(),
            });
        }
        Ok(())
    }

    async fn answers_by_day(
        &self,
        part: Part,
        take: &mut impl FnMut(DayCount),
    ) -> Result<(), StoreError> {
        let by = [
            answers::Column::SurveyId,
            answers::Column::QuestionKey,
            answers::Column::LocalDay,
            answers::Column::Score,
        ];
        let response = answer(answers::Column::ResponseId);
        let select = Query::select()
            .columns(by.map(|column| (answers::Entity, column)))
            .expr(response.clone().count())
            .from(answers::Entity)
            .cond_where(part.rows(answer(answers::Column::WorkspaceId), &response))
            .and_where(answer(answers::Column::IsCounted).eq(true))
            .group_by_columns(by.map(|column| (answers::Entity, column)))
            .to_owned();
        for row in self.connection().query_all(&select).await? {
            let (survey, question, day, score, n): (Uuid, String, i32, Option<i32>, i64) =
                row.try_get_many_by_index()?;
            take(DayCount {
                workspace: WorkspaceId(part.workspace),
                survey: SurveyId(survey),
                question: Some(word("answers", &question)?),
                day: LocalDay(day),
                score,
                n: n.unsigned_abs(),
            });
        }
        Ok(())
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
