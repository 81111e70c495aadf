//! What people said that answers mention, where reading them was wrong. The last word about an answer
//! counts; taken back, the word before it counts again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use peil_domain::shared::{QuestionKey, ResponseId, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::Mentions;
use crate::{
    Session, StoreError, Tx,
    convert::{MOST_IN_LIST, micros, moment, word},
    entities::theme_labels::{ActiveModel, Column, Entity, Model},
};

/// What someone said that an answer mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The submission.
    pub response: ResponseId,
    /// The question.
    pub question: QuestionKey,
    /// What it mentions, and nothing else.
    pub mentions: Mentions,
    /// Who said so.
    pub given_by: Option<UserId>,
    /// When.
    pub given_at: Timestamp,
}

/// The last word about each answer of these submissions about which anyone said anything.
pub async fn list_labels(
    session: &impl Session,
    ids: &[ResponseId],
) -> Result<BTreeMap<(ResponseId, QuestionKey), Label>, StoreError> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(MOST_IN_LIST) {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(session.workspace().0))
            .filter(Column::ResponseId.is_in(some.iter().map(|id| id.0)))
            .order_by_asc(Column::GivenAt)
            .all(session.connection())
            .await?;
        for row in rows {
            let label = to_label(row)?;
            found.insert((label.response, label.question.clone()), label);
        }
    }
    Ok(found)
}

/// What tells whether anyone said anything since.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LabelsMark {
    /// How much was said and not taken back.
    pub number: u64,
    /// When the last of it was said.
    pub newest: Option<Timestamp>,
}

/// How much people said, and when last.
pub async fn labels_mark(session: &impl Session) -> Result<LabelsMark, StoreError> {
    let of = Entity::find().filter(Column::WorkspaceId.eq(session.workspace().0));
    let number = of.clone().count(session.connection()).await?;
    let newest: Option<i64> = of
        .select_only()
        .column(Column::GivenAt)
        .order_by_desc(Column::GivenAt)
        .limit(1)
        .into_tuple()
        .one(session.connection())
        .await?;
    Ok(LabelsMark {
        number,
        newest: newest
            .map(|micros| moment("theme_labels", micros))
            .transpose()?,
    })
}

/// The last word about each answer, the newest of all; in the order of the answers.
pub async fn list_all_labels(session: &impl Session, limit: u64) -> Result<Vec<Label>, StoreError> {
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(Column::GivenAt)
        .order_by_desc(Column::ResponseId)
        .limit(limit)
        .all(session.connection())
        .await?;
    let mut found = BTreeMap::new();
    for row in rows {
        let label = to_label(row)?;
        let key = (label.response, label.question.clone());
        found.entry(key).or_insert(label);
    }
    Ok(found.into_values().collect())
}

/// Adds a word about an answer.
pub async fn add_label(tx: &Tx, label: &Label) -> Result<(), StoreError> {
    let row = ActiveModel {
        workspace_id: Set(tx.workspace().0),
        response_id: Set(label.response.0),
        question_key: Set(label.question.to_string()),
        given_at: Set(micros(label.given_at)),
        mentions: Set(label.mentions.to_string()),
        given_by: Set(label.given_by.map(|user| user.0)),
    };
    Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Takes the last word about an answer back, and gives it; nothing when there is none.
pub async fn remove_label(
    tx: &Tx,
    response: ResponseId,
    question: &QuestionKey,
) -> Result<Option<Label>, StoreError> {
    let row = Entity::find()
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::ResponseId.eq(response.0))
        .filter(Column::QuestionKey.eq(question.as_str()))
        .order_by_desc(Column::GivenAt)
        .one(tx.connection())
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Entity::delete_by_id((
        row.workspace_id,
        row.response_id,
        row.question_key.clone(),
        row.given_at,
    ))
    .exec(tx.connection())
    .await?;
    to_label(row).map(Some)
}

fn to_label(row: Model) -> Result<Label, StoreError> {
    const TABLE: &str = "theme_labels";
    Ok(Label {
        response: ResponseId(row.response_id),
        question: word(TABLE, &row.question_key)?,
        mentions: row.mentions.into(),
        given_by: row.given_by.map(UserId),
        given_at: moment(TABLE, row.given_at)?,
    })
}
