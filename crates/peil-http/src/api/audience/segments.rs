//! Operations on segments.

use axum::{Json, extract::State, http::StatusCode};
use peil_app::{
    AppError,
    audience::{AudienceError, SizedSegment},
};
use peil_domain::{
    audience::{Condition, Filter},
    shared::SegmentId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::contacts::ContactJson;
use crate::{
    Web,
    api::{
        body::{At, Body, ListOf, Outcome},
        caller::Caller,
        refusals::{Reading, Writing},
    },
};

/// Conditions that all must hold; without any it holds for everyone.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilterJson {
    /// The conditions, at most 20.
    #[schema(max_items = 20)]
    conditions: Vec<ConditionJson>,
}

/// One condition.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionJson {
    /// `language`, `account` (its name), `email`, `opt_out`, or `attribute.` and the key of one.
    #[schema(example = "attribute.regio")]
    field: String,
    /// `is`, `is_not`, `at_least`, `at_most`, `contains`, `known` or `unknown`.
    #[schema(example = "is")]
    operator: String,
    /// Of these values one must fit; none for `known` and `unknown`.
    #[serde(default)]
    #[schema(max_items = 100)]
    values: Vec<String>,
}

impl FilterJson {
    fn read(self) -> Result<Filter, AppError> {
        let read = |condition: ConditionJson| {
            Ok(Condition {
                field: condition.field.parse().map_err(AudienceError::Filter)?,
                operator: condition.operator.parse().map_err(AudienceError::Filter)?,
                values: condition.values,
            })
        };
        let conditions: Result<_, AudienceError> = self.conditions.into_iter().map(read).collect();
        Ok(Filter {
            conditions: conditions?,
        })
    }
}

impl From<Filter> for FilterJson {
    fn from(filter: Filter) -> Self {
        let write = |condition: Condition| ConditionJson {
            field: condition.field.to_string(),
            operator: condition.operator.code().to_owned(),
            values: condition.values,
        };
        Self {
            conditions: filter.conditions.into_iter().map(write).collect(),
        }
    }
}

/// A saved filter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SegmentJson {
    /// Identifier.
    id: Uuid,
    /// Name for colleagues.
    name: String,
    /// Who is in it.
    filter: FilterJson,
    /// Contacts in it at this moment; absent right after a change and when the filter no longer
    /// fits the attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
}

impl From<SizedSegment> for SegmentJson {
    fn from(sized: SizedSegment) -> Self {
        Self {
            id: sized.segment.id.0,
            name: sized.segment.name,
            filter: sized.segment.filter.into(),
            size: sized.size,
        }
    }
}

/// A segment to be made, or what becomes of one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentInput {
    /// Name for colleagues.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Who is in it.
    filter: FilterJson,
}

/// How many a filter holds for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SegmentCount {
    /// Contacts for whom it holds.
    size: u64,
    /// Those of them who may be invited by mail.
    reachable: u64,
    /// All contacts.
    all: u64,
    /// A few of those for whom it holds.
    sample: Vec<ContactJson>,
}

/// Lists the segments with their sizes of this moment.
#[utoipa::path(
    get, path = "/segments", operation_id = "list_segments", tag = "audience",
    responses((status = 200, description = "All segments.", body = ListOf<SegmentJson>), Reading)
)]
pub(super) async fn list_segments(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<ListOf<SegmentJson>>> {
    let found = web.app.list_segments(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let items = found.into_iter().map(SegmentJson::from).collect();
    Ok(Json(ListOf { items, next: None }))
}

/// Saves a filter under a name.
#[utoipa::path(
    post, path = "/segments", operation_id = "create_segment", tag = "audience",
    request_body = SegmentInput,
    responses((status = 201, description = "The segment.", body = SegmentJson), Writing)
)]
pub(super) async fn create_segment(
    State(web): State<Web>,
    caller: Caller,
    Body(input): Body<SegmentInput>,
) -> Outcome<(StatusCode, Json<SegmentJson>)> {
    let filter = input
        .filter
        .read()
        .map_err(|error| caller.problem(&error))?;
    let made = web
        .app
        .create_segment(&caller.identity.actor, &input.name, filter)
        .await;
    let segment = made.map_err(|error| caller.problem(&error))?;
    Ok((
        StatusCode::CREATED,
        Json(
            SizedSegment {
                segment,
                size: None,
            }
            .into(),
        ),
    ))
}

/// Counts the contacts for whom a filter holds, without saving it.
#[utoipa::path(
    post, path = "/segments/count", operation_id = "count_segment", tag = "audience",
    request_body = FilterJson,
    responses((status = 200, description = "The counts.", body = SegmentCount), Writing)
)]
pub(super) async fn count_segment(
    State(web): State<Web>,
    caller: Caller,
    Body(filter): Body<FilterJson>,
) -> Outcome<Json<SegmentCount>> {
    let filter = filter.read().map_err(|error| caller.problem(&error))?;
    let counted = web.app.count_segment(&caller.identity.actor, &filter).await;
    let counted = counted.map_err(|error| caller.problem(&error))?;
    let sample = counted.sample.into_iter().map(ContactJson::from).collect();
    let (size, reachable, all) = (counted.size, counted.reachable, counted.all);
    Ok(Json(SegmentCount {
        size,
        reachable,
        all,
        sample,
    }))
}

/// Reads a segment with its size of this moment.
#[utoipa::path(
    get, path = "/segments/{id}", operation_id = "get_segment", tag = "audience",
    params(("id" = Uuid, Path, description = "Identifier of the segment.")),
    responses((status = 200, description = "The segment.", body = SegmentJson), Reading)
)]
pub(super) async fn get_segment(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SegmentId>,
) -> Outcome<Json<SegmentJson>> {
    let found = web.app.get_segment(&caller.identity.actor, id).await;
    Ok(Json(found.map_err(|error| caller.problem(&error))?.into()))
}

/// Replaces name and filter of a segment.
#[utoipa::path(
    put, path = "/segments/{id}", operation_id = "update_segment", tag = "audience",
    params(("id" = Uuid, Path, description = "Identifier of the segment.")),
    request_body = SegmentInput,
    responses((status = 200, description = "The segment.", body = SegmentJson), Writing)
)]
pub(super) async fn update_segment(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SegmentId>,
    Body(input): Body<SegmentInput>,
) -> Outcome<Json<SegmentJson>> {
    let filter = input
        .filter
        .read()
        .map_err(|error| caller.problem(&error))?;
    let changed = web
        .app
        .update_segment(&caller.identity.actor, id, &input.name, filter)
        .await;
    let segment = changed.map_err(|error| caller.problem(&error))?;
    Ok(Json(
        SizedSegment {
            segment,
            size: None,
        }
        .into(),
    ))
}

/// Removes a segment; the contacts in it stay.
#[utoipa::path(
    delete, path = "/segments/{id}", operation_id = "remove_segment", tag = "audience",
    params(("id" = Uuid, Path, description = "Identifier of the segment.")),
    responses((status = 204, description = "It is gone."), Writing)
)]
pub(super) async fn remove_segment(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SegmentId>,
) -> Outcome<StatusCode> {
    let removed = web.app.remove_segment(&caller.identity.actor, id).await;
    removed.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}
