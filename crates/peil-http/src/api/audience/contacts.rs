//! Operations on contacts.

use std::collections::BTreeMap;

use axum::{Json, extract::State, http::StatusCode};
use peil_app::{
    AppError,
    audience::{ContactQuery, Upserted},
};
use peil_domain::shared::{ContactId, SegmentId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub(crate) use super::shapes::ContactJson;
use super::shapes::{ContactInput, ContactPatch, ContactStory};
use crate::{
    Web,
    api::{
        body::{Asked, At, Body, ListOf, Outcome, page_size},
        caller::Caller,
        refusals::{Reading, Writing},
    },
    edge::problem::Problem,
};

/// How many contacts there are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Audience {
    /// All of them.
    all: u64,
    /// Those with an address and without an opt-out.
    reachable: u64,
    /// Those who want no more invitations.
    opted_out: u64,
    /// By language, as far as it is known.
    languages: BTreeMap<String, u64>,
}

/// Which contacts are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ContactWish {
    /// Part of a name, address or external identifier.
    search: Option<String>,
    /// A segment in which they are.
    segment: Option<Uuid>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Items per page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "page_size")]
    limit: Option<u64>,
}

/// Contacts to add or update.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactBatch {
    /// The contacts, at most 500.
    #[schema(max_items = 500)]
    contacts: Vec<ContactInput>,
}

/// What became of the contacts of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchOutcome {
    /// One outcome for each contact, in the same order.
    outcomes: Vec<ContactOutcome>,
}

/// What became of one contact of a batch.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase", tag = "outcome")]
pub(crate) enum ContactOutcome {
    /// It is new.
    Added {
        /// Identifier.
        id: Uuid,
    },
    /// It was known.
    Updated {
        /// Identifier.
        id: Uuid,
    },
    /// It was left out.
    Refused {
        /// Why.
        problem: Problem,
    },
}

/// Why somebody may be invited again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptIn {
    /// What the contact said or did; it is kept.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Counts the contacts: all, those who may be asked, those who opted out.
#[utoipa::path(
    get, path = "/audience", operation_id = "get_audience", tag = "audience",
    responses((status = 200, description = "The counts.", body = Audience), Reading)
)]
pub(super) async fn get_audience(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<Audience>> {
    let counts = web.app.get_audience(&caller.identity.actor).await;
    let counts = counts.map_err(|error| caller.problem(&error))?;
    let named = |(language, n): (peil_domain::shared::Language, u64)| (language.to_string(), n);
    Ok(Json(Audience {
        all: counts.all,
        reachable: counts.reachable,
        opted_out: counts.opted_out,
        languages: counts.languages.into_iter().map(named).collect(),
    }))
}

/// Lists contacts by name, those without a name first.
#[utoipa::path(
    get, path = "/contacts", operation_id = "list_contacts", tag = "audience",
    params(ContactWish),
    responses((status = 200, description = "A page of contacts.", body = ListOf<ContactJson>), Reading)
)]
pub(super) async fn list_contacts(
    State(web): State<Web>,
    caller: Caller,
    Asked(wish): Asked<ContactWish>,
) -> Outcome<Json<ListOf<ContactJson>>> {
    let query = ContactQuery {
        search: wish.search,
        segment: wish.segment.map(SegmentId),
        after: wish.after,
        limit: wish.limit.unwrap_or(50),
        ..ContactQuery::default()
    };
    let page = web.app.list_contacts(&caller.identity.actor, &query).await;
    let page = page.map_err(|error| caller.problem(&error))?;
    let items = page.items.into_iter().map(ContactJson::from).collect();
    Ok(Json(ListOf {
        items,
        next: page.next,
    }))
}

/// Adds a contact.
#[utoipa::path(
    post, path = "/contacts", operation_id = "create_contact", tag = "audience",
    request_body = ContactInput,
    responses((status = 201, description = "The contact.", body = ContactJson), Writing)
)]
pub(super) async fn create_contact(
    State(web): State<Web>,
    caller: Caller,
    Body(input): Body<ContactInput>,
) -> Outcome<(StatusCode, Json<ContactJson>)> {
    let draft = input.read().map_err(|error| caller.problem(&error))?;
    let made = web.app.create_contact(&caller.identity.actor, draft).await;
    let made = made.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Reads a contact with everything that happened, and whether it may be asked now.
#[utoipa::path(
    get, path = "/contacts/{id}", operation_id = "get_contact", tag = "audience",
    params(("id" = Uuid, Path, description = "Identifier of the contact.")),
    responses((status = 200, description = "The contact.", body = ContactStory), Reading)
)]
pub(super) async fn get_contact(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<ContactId>,
) -> Outcome<Json<ContactStory>> {
    let found = web.app.get_contact(&caller.identity.actor, id).await;
    Ok(Json(found.map_err(|error| caller.problem(&error))?.into()))
}

/// Changes a contact: what is not named stays, `null` makes a field unknown.
#[utoipa::path(
    patch, path = "/contacts/{id}", operation_id = "update_contact", tag = "audience",
    params(("id" = Uuid, Path, description = "Identifier of the contact.")),
    request_body = ContactPatch,
    responses((status = 200, description = "The contact.", body = ContactJson), Writing)
)]
pub(super) async fn update_contact(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<ContactId>,
    Body(patch): Body<ContactPatch>,
) -> Outcome<Json<ContactJson>> {
    let change = patch.read().map_err(|error| caller.problem(&error))?;
    let changed = web
        .app
        .update_contact(&caller.identity.actor, id, change)
        .await;
    Ok(Json(
        changed.map_err(|error| caller.problem(&error))?.into(),
    ))
}

/// Adds or updates up to 500 contacts in one transaction, by external identifier first, then by
/// address. Those that cannot be taken are left out and named.
#[utoipa::path(
    post, path = "/contacts/upsert", operation_id = "upsert_contacts", tag = "audience",
    request_body = ContactBatch,
    responses((status = 200, description = "What became of each.", body = BatchOutcome), Writing)
)]
pub(super) async fn upsert_contacts(
    State(web): State<Web>,
    caller: Caller,
    Body(batch): Body<ContactBatch>,
) -> Outcome<Json<BatchOutcome>> {
    let drafts: Result<Vec<_>, AppError> =
        batch.contacts.into_iter().map(ContactInput::read).collect();
    let drafts = drafts.map_err(|error| caller.problem(&error))?;
    let outcomes = web
        .app
        .upsert_contacts(&caller.identity.actor, drafts)
        .await;
    let outcomes = outcomes.map_err(|error| caller.problem(&error))?;
    let said = |outcome| match outcome {
        Upserted::Added(id) => ContactOutcome::Added { id: id.0 },
        Upserted::Updated(id) => ContactOutcome::Updated { id: id.0 },
        Upserted::Refused(error) => ContactOutcome::Refused {
            problem: caller.problem(&AppError::Audience(error)),
        },
    };
    Ok(Json(BatchOutcome {
        outcomes: outcomes.into_iter().map(said).collect(),
    }))
}

/// Stops all invitations to a contact.
#[utoipa::path(
    post, path = "/contacts/{id}/opt-out", operation_id = "opt_out_contact", tag = "audience",
    params(("id" = Uuid, Path, description = "Identifier of the contact.")),
    responses((status = 204, description = "No more invitations go out."), Writing)
)]
pub(super) async fn opt_out_contact(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<ContactId>,
) -> Outcome<StatusCode> {
    let done = web.app.opt_out_contact(&caller.identity.actor, id).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Allows invitations to a contact again, for a reason that is kept.
#[utoipa::path(
    post, path = "/contacts/{id}/opt-in", operation_id = "opt_in_contact", tag = "audience",
    params(("id" = Uuid, Path, description = "Identifier of the contact.")),
    request_body = OptIn,
    responses((status = 204, description = "Invitations are allowed again."), Writing)
)]
pub(super) async fn opt_in_contact(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<ContactId>,
    Body(input): Body<OptIn>,
) -> Outcome<StatusCode> {
    let done = web
        .app
        .opt_in_contact(&caller.identity.actor, id, &input.reason)
        .await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}
