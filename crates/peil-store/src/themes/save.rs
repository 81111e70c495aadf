//! Writes what was read, and tells figures what is mentioned.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    response::{AnswerValue, Completion, Response},
    shared::{QuestionKey, ResponseId},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{Mentions, Reading, readings::to_row};
use crate::{
    Session, StoreError, Tx,
    convert::word,
    entities::{readings, responses},
    outbox::{self, Submission},
    response::with_answers,
};

/// Rows in one statement.
const MOST_AT_ONCE: usize = 100;

/// A reading with the words that were read.
#[derive(Debug, Clone, PartialEq)]
pub struct FreshReading {
    /// What was read.
    pub reading: Reading,
    /// In which words.
    pub words: String,
}

/// Writes readings of an organisation's submissions, in place of earlier ones, and tells whoever keeps
/// figures of those that mention something else than before. What was changed, made incomplete or
/// taken away since it was read is left alone: it comes by again. Gives the number of readings that
/// were written.
pub async fn save(tx: &Tx, fresh: &[FreshReading]) -> Result<u64, StoreError> {
    let ids: BTreeSet<Uuid> = fresh.iter().map(|one| one.reading.response.0).collect();
    let known = held(tx, &ids).await?;
    let mut before = mentions_of(tx, &ids).await?;
    let mut written: Vec<&Reading> = Vec::new();
    let mut after: BTreeMap<ResponseId, BTreeMap<QuestionKey, Mentions>> = BTreeMap::new();
    for one in fresh {
        let reading = &one.reading;
        let is_so = known
            .get(&reading.response)
            .is_some_and(|response| is_still(response, &reading.question, &one.words));
        if !is_so {
            continue;
        }
        let now = after
            .entry(reading.response)
            .or_insert_with(|| before.get(&reading.response).cloned().unwrap_or_default());
        now.remove(&reading.question);
        if !reading.mentions.is_empty() {
            now.insert(reading.question.clone(), reading.mentions.clone());
        }
        written.push(reading);
    }
    for some in written.chunks(MOST_AT_ONCE) {
        write(tx, some).await?;
    }
    for (id, now) in after {
        let Some(response) = known.get(&id) else {
            continue;
        };
        let then = before.remove(&id).unwrap_or_default();
        if then == now {
            continue;
        }
        let plain = Submission::of(response);
        let was = Submission {
            mentions: then,
            ..plain.clone()
        };
        outbox::tell(tx, false, was).await?;
        let is = Submission {
            mentions: now,
            ..plain
        };
        outbox::tell(tx, true, is).await?;
    }
    Ok(u64::try_from(written.len()).unwrap_or(u64::MAX))
}

/// The submissions as they are; nobody else changes them until this transaction ends.
async fn held(tx: &Tx, ids: &BTreeSet<Uuid>) -> Result<BTreeMap<ResponseId, Response>, StoreError> {
    let mut find = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(responses::Column::Id.is_in(ids.iter().copied()));
    if tx.connection().get_database_backend() == DbBackend::Postgres {
        find = find.lock_exclusive();
    }
    let rows = find.all(tx.connection()).await?;
    let responses = with_answers(tx, rows).await?;
    Ok(responses
        .into_iter()
        .map(|response| (response.id, response))
        .collect())
}

/// Whether a submission counts and says this in answer to a question.
fn is_still(response: &Response, question: &QuestionKey, words: &str) -> bool {
    let said = response
        .answers
        .iter()
        .find(|answer| answer.key == *question)
        .and_then(|answer| match &answer.value {
            AnswerValue::Text(words) => Some(words.as_str()),
            AnswerValue::Choices { other, .. } => other.as_deref(),
            _ => None,
        });
    response.completion == Completion::Complete && !response.is_automatic() && said == Some(words)
}

async fn mentions_of(
    tx: &Tx,
    ids: &BTreeSet<Uuid>,
) -> Result<BTreeMap<ResponseId, BTreeMap<QuestionKey, Mentions>>, StoreError> {
    let rows: Vec<(Uuid, String, String)> = readings::Entity::find()
        .select_only()
        .columns([
            readings::Column::ResponseId,
            readings::Column::QuestionKey,
            readings::Column::Mentions,
        ])
        .filter(readings::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(readings::Column::ResponseId.is_in(ids.iter().copied()))
        .filter(readings::Column::Mentions.ne(""))
        .into_tuple()
        .all(tx.connection())
        .await?;
    let mut found: BTreeMap<_, BTreeMap<QuestionKey, Mentions>> = BTreeMap::new();
    for (response, question, mentions) in rows {
        let question = word("readings", &question)?;
        let of_response = found.entry(ResponseId(response)).or_default();
        of_response.insert(question, mentions.into());
    }
    Ok(found)
}

async fn write(tx: &Tx, some: &[&Reading]) -> Result<(), StoreError> {
    use readings::Column;
    let rows = some.iter().map(|reading| to_row(tx.workspace().0, reading));
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    let replace =
        OnConflict::columns([Column::WorkspaceId, Column::ResponseId, Column::QuestionKey])
            .update_columns([
                Column::Rules,
                Column::Taxonomy,
                Column::Language,
                Column::Polarity,
                Column::Labels,
                Column::Mentions,
                Column::Clauses,
                Column::Personal,
                Column::IsCorrected,
            ])
            .to_owned();
    readings::Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}
