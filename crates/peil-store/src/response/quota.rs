//! Counts submissions for quotas, so that no two take the last place.

use std::collections::BTreeMap;

use peil_domain::shared::{QuestionKey, SurveyId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{Session, StoreError, Tx, entities::quota_counts};

/// What belongs to a submission besides its answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// The quotas that it counts for, each with the number after which it is full.
    pub quotas: BTreeMap<QuestionKey, u32>,
    /// Keys in the order in which they were shown, by page or question, where that differs per
    /// respondent.
    pub orders: BTreeMap<String, Vec<QuestionKey>>,
}

/// Counts a submission for all of its quotas, or for none when one is full: that one.
pub(super) async fn take(
    tx: &Tx,
    survey: SurveyId,
    quotas: &BTreeMap<QuestionKey, u32>,
) -> Result<Option<QuestionKey>, StoreError> {
    // Always in the same order, so that two who need the same ones never wait for each other.
    for (quota, most) in quotas {
        if !count(tx, survey, quota, *most).await? {
            let taken = quotas.keys().take_while(|other| *other != quota);
            give_back(tx, survey, taken).await?;
            return Ok(Some(quota.clone()));
        }
    }
    Ok(None)
}

/// Undoes counting.
pub(super) async fn give_back(
    tx: &Tx,
    survey: SurveyId,
    quotas: impl Iterator<Item = &QuestionKey>,
) -> Result<(), StoreError> {
    for quota in quotas {
        quota_counts::Entity::update_many()
            .col_expr(
                quota_counts::Column::Counted,
                Expr::col(quota_counts::Column::Counted).sub(1),
            )
            .filter(its(tx, survey, quota))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

/// Counts one more; `false` when it is full.
async fn count(
    tx: &Tx,
    survey: SurveyId,
    quota: &QuestionKey,
    most: u32,
) -> Result<bool, StoreError> {
    let begun = quota_counts::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        survey_id: Set(survey.0),
        quota: Set(quota.to_string()),
        counted: Set(0),
    };
    quota_counts::Entity::insert(begun)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.connection())
        .await?;
    let changed = quota_counts::Entity::update_many()
        .col_expr(
            quota_counts::Column::Counted,
            Expr::col(quota_counts::Column::Counted).add(1),
        )
        .filter(its(tx, survey, quota))
        .filter(quota_counts::Column::Counted.lt(i64::from(most)))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

fn its(tx: &Tx, survey: SurveyId, quota: &QuestionKey) -> Condition {
    Condition::all()
        .add(quota_counts::Column::WorkspaceId.eq(tx.workspace().0))
        .add(quota_counts::Column::SurveyId.eq(survey.0))
        .add(quota_counts::Column::Quota.eq(quota.as_str()))
}

/// How often every quota of a questionnaire was taken.
pub async fn quota_counts(
    session: &impl Session,
    survey: SurveyId,
) -> Result<BTreeMap<String, u64>, StoreError> {
    let rows = quota_counts::Entity::find()
        .filter(quota_counts::Column::WorkspaceId.eq(session.workspace().0))
        .filter(quota_counts::Column::SurveyId.eq(survey.0))
        .all(session.connection())
        .await?;
    let counts = rows.into_iter();
    Ok(counts
        .map(|row| (row.quota, u64::try_from(row.counted).unwrap_or_default()))
        .collect())
}
