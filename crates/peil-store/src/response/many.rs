//! Submissions in large numbers, as imports bring them.

use std::collections::BTreeSet;

use peil_domain::{response::Response, shared::ResponseId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::row::{answer_row, to_row};
use crate::{
    Session, StoreError, Tx,
    convert::MOST_IN_LIST,
    entities::{answers, responses},
    outbox::{self, Submission},
};

/// Rows in one statement when many are written.
const MOST_AT_ONCE: usize = 500;

/// Adds submissions that no invitation led to, many at once, and gives the identifiers of those
/// that were new; the others are left as they are.
pub async fn add_many(tx: &Tx, responses: &[Response]) -> Result<BTreeSet<ResponseId>, StoreError> {
    let mut new = BTreeSet::new();
    for some in responses.chunks(MOST_AT_ONCE) {
        let ids: Vec<ResponseId> = some.iter().map(|response| response.id).collect();
        let known = list_known(tx, &ids).await?;
        let mut rows = Vec::with_capacity(some.len());
        let mut answer_rows = Vec::new();
        for response in some {
            if known.contains(&response.id) || !new.insert(response.id) {
                continue;
            }
            rows.push(to_row(response)?);
            for answer in &response.answers {
                answer_rows.push(answer_row(response, answer)?);
            }
            outbox::tell(tx, true, Submission::of(response)).await?;
        }
        if !rows.is_empty() {
            // On a server somebody else may add the same rows at the same time; they are equal.
            responses::Entity::insert_many(rows)
                .on_conflict_do_nothing()
                .exec_without_returning(tx.connection())
                .await?;
        }
        // The number of answers differs per submission; equal parts keep the statement prepared.
        while !answer_rows.is_empty() {
            let rest = answer_rows.split_off(answer_rows.len().min(MOST_AT_ONCE));
            answers::Entity::insert_many(answer_rows)
                .on_conflict_do_nothing()
                .exec_without_returning(tx.connection())
                .await?;
            answer_rows = rest;
        }
    }
    Ok(new)
}

/// Which of these submissions exist.
pub async fn list_known(
    session: &impl Session,
    ids: &[ResponseId],
) -> Result<BTreeSet<ResponseId>, StoreError> {
    let mut known = BTreeSet::new();
    for some in ids.chunks(MOST_IN_LIST) {
        let found: Vec<uuid::Uuid> = responses::Entity::find()
            .select_only()
            .column(responses::Column::Id)
            .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
            .filter(responses::Column::Id.is_in(some.iter().map(|id| id.0)))
            .into_tuple()
            .all(session.connection())
            .await?;
        known.extend(found.into_iter().map(ResponseId));
    }
    Ok(known)
}

/// Ranges in one statement.
const MOST_RANGES: usize = 100;

/// The submissions with identifiers from a first one to a last one, both included, for each of these
/// pairs.
pub async fn list_between(
    session: &impl Session,
    ranges: &[(ResponseId, ResponseId)],
) -> Result<Vec<ResponseId>, StoreError> {
    let mut all = Vec::new();
    for some in ranges.chunks(MOST_RANGES) {
        let mut within = Condition::any();
        for (first, last) in some {
            within = within.add(responses::Column::Id.between(first.0, last.0));
        }
        let found: Vec<uuid::Uuid> = responses::Entity::find()
            .select_only()
            .column(responses::Column::Id)
            .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
            .filter(within)
            .into_tuple()
            .all(session.connection())
            .await?;
        all.extend(found.into_iter().map(ResponseId));
    }
    Ok(all)
}
