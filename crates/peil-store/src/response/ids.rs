//! Identifiers of submissions in large numbers.

use std::collections::BTreeSet;

use peil_domain::shared::{ResponseId, SurveyId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{Session, StoreError, convert::MOST_IN_LIST, entities::responses};

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

/// Where a list of identifiers ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdsEnd {
    at: i64,
    id: uuid::Uuid,
}

/// Lists the identifiers of all submissions to a questionnaire, at most `most` after `after`, by the
/// moment at which they were made; nothing more once there is no end.
pub async fn list_ids(
    session: &impl Session,
    survey: SurveyId,
    after: Option<IdsEnd>,
    most: u64,
) -> Result<(Vec<ResponseId>, Option<IdsEnd>), StoreError> {
    let mut find = responses::Entity::find()
        .select_only()
        .column(responses::Column::SubmittedAt)
        .column(responses::Column::Id)
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::SurveyId.eq(survey.0));
    if let Some(after) = after {
        find = find.filter(later_than(after));
    }
    let found: Vec<(i64, uuid::Uuid)> = find
        .order_by_asc(responses::Column::SubmittedAt)
        .order_by_asc(responses::Column::Id)
        .limit(most)
        .into_tuple()
        .all(session.connection())
        .await?;
    let end = found.last().map(|(at, id)| IdsEnd { at: *at, id: *id });
    let ids = found.into_iter().map(|(_, id)| ResponseId(id)).collect();
    Ok((ids, end))
}

fn later_than(after: IdsEnd) -> Condition {
    let same_moment = Condition::all()
        .add(responses::Column::SubmittedAt.eq(after.at))
        .add(responses::Column::Id.gt(after.id));
    Condition::all()
        // Says nothing new, but lets the database begin at the right place of the index.
        .add(responses::Column::SubmittedAt.gte(after.at))
        .add(
            Condition::any()
                .add(responses::Column::SubmittedAt.gt(after.at))
                .add(same_moment),
        )
}
