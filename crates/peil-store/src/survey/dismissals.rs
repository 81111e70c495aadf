//! Findings of the reviewer that people put aside.

use peil_domain::{
    shared::{DismissalId, SurveyId, UserId},
    survey::review::Dismissal,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

use crate::{
    Session, StoreError, Tx,
    convert::{micros, moment, word},
    entities::dismissed_findings::{ActiveModel, Column, Entity, Model},
};

/// Adds what was put aside.
pub async fn add(tx: &Tx, new: &Dismissal) -> Result<(), StoreError> {
    let row = ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(new.id.0),
        survey_id: Set(new.survey.0),
        rule: Set(new.rule.code().to_owned()),
        place: Set(new.place.clone()),
        language: Set(new.language.code().to_owned()),
        text: Set(new.text.clone()),
        words: Set(new.words.clone()),
        reason: Set(new.reason.clone()),
        version: Set(new.version),
        last: Set(new.last),
        dismissed_by: Set(new.by.map(|id| id.0)),
        dismissed_at: Set(micros(new.at)),
    };
    Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Lists what was put aside in a questionnaire, over all versions, the oldest first.
pub async fn list(session: &impl Session, survey: SurveyId) -> Result<Vec<Dismissal>, StoreError> {
    Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .filter(Column::SurveyId.eq(survey.0))
        .order_by_asc(Column::DismissedAt)
        .order_by_asc(Column::Id)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_dismissal)
        .collect()
}

/// Lets one hold for no version after `last`.
pub async fn end(tx: &Tx, id: DismissalId, last: i32) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Last, Expr::value(last))
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Id.eq(id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Removes one that never held for a published version.
pub async fn remove(tx: &Tx, id: DismissalId) -> Result<(), StoreError> {
    Entity::delete_by_id((tx.workspace().0, id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Removes all of a questionnaire.
pub async fn remove_all(tx: &Tx, survey: SurveyId) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::SurveyId.eq(survey.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn to_dismissal(row: Model) -> Result<Dismissal, StoreError> {
    const TABLE: &str = "dismissed_findings";
    Ok(Dismissal {
        id: DismissalId(row.id),
        survey: SurveyId(row.survey_id),
        rule: word(TABLE, &row.rule)?,
        place: row.place,
        language: word(TABLE, &row.language)?,
        text: row.text,
        words: row.words,
        reason: row.reason,
        version: row.version,
        last: row.last,
        by: row.dismissed_by.map(UserId),
        at: moment(TABLE, row.dismissed_at)?,
    })
}
