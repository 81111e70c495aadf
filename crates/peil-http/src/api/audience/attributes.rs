//! Operations on attributes and accounts.

use axum::{Json, extract::State, http::StatusCode};
use peil_app::audience::{AccountSize, AttributeUse};
use peil_domain::{
    audience::{Attribute, AttributeKind},
    shared::QuestionKey,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Web,
    api::{
        body::{Asked, At, Body, ListOf, Outcome, page_size},
        caller::Caller,
        refusals::{Reading, Writing},
    },
};

/// The type of the values of an attribute.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = AttributeKind)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// A number.
    Number,
    /// A calendar date.
    Date,
    /// Yes or no.
    Boolean,
    /// One of a limited number of texts.
    Choice,
}

impl From<Kind> for AttributeKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text,
            Kind::Number => Self::Number,
            Kind::Date => Self::Date,
            Kind::Boolean => Self::Boolean,
            Kind::Choice => Self::Choice,
        }
    }
}

impl From<AttributeKind> for Kind {
    fn from(kind: AttributeKind) -> Self {
        match kind {
            AttributeKind::Text => Self::Text,
            AttributeKind::Number => Self::Number,
            AttributeKind::Date => Self::Date,
            AttributeKind::Boolean => Self::Boolean,
            AttributeKind::Choice => Self::Choice,
        }
    }
}

/// Something that is kept of contacts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttributeJson {
    /// Stable name, by which contacts and filters refer to it.
    key: String,
    /// Name for colleagues.
    label: String,
    /// Type of its values.
    kind: Kind,
}

/// An attribute with what contacts have of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsedAttribute {
    #[serde(flatten)]
    attribute: AttributeJson,
    /// Contacts of whom it is known.
    contacts: u64,
    /// The most frequent values of a choice.
    values: Vec<ValueCount>,
}

/// A value with the number of contacts that have it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ValueCount {
    /// The value.
    pub(crate) value: String,
    /// The number of contacts.
    pub(crate) contacts: u64,
}

/// An attribute to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAttribute {
    /// Name for colleagues; the key is made of it.
    #[schema(min_length = 1, max_length = 80)]
    label: String,
    /// Type of its values; it never changes.
    kind: Kind,
}

/// What changes about an attribute.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttributeChange {
    /// Name for colleagues.
    #[schema(min_length = 1, max_length = 80)]
    label: String,
}

/// An organisation that is a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountJson {
    /// Identifier.
    id: Uuid,
    /// Identifier in your own systems, or the name.
    external_id: String,
    /// Name.
    name: String,
    /// Contacts that work for it.
    contacts: u64,
}

/// Which accounts are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AccountWish {
    /// Part of the name.
    search: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Items per page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "page_size")]
    limit: Option<u64>,
}

impl From<Attribute> for AttributeJson {
    fn from(attribute: Attribute) -> Self {
        Self {
            key: attribute.key.to_string(),
            label: attribute.label,
            kind: attribute.kind.into(),
        }
    }
}

impl From<AttributeUse> for UsedAttribute {
    fn from(used: AttributeUse) -> Self {
        let count = |(value, contacts)| ValueCount { value, contacts };
        Self {
            attribute: used.attribute.into(),
            contacts: used.contacts,
            values: used.values.into_iter().map(count).collect(),
        }
    }
}

impl From<AccountSize> for AccountJson {
    fn from(sized: AccountSize) -> Self {
        Self {
            id: sized.account.id.0,
            external_id: sized.account.external_id,
            name: sized.account.name,
            contacts: sized.contacts,
        }
    }
}

/// Lists what is kept of contacts, with how many have it.
#[utoipa::path(
    get, path = "/attributes", operation_id = "list_attributes", tag = "audience",
    responses((status = 200, description = "All attributes.", body = ListOf<UsedAttribute>), Reading)
)]
pub(super) async fn list_attributes(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<ListOf<UsedAttribute>>> {
    let found = web.app.list_attributes(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let items = found.into_iter().map(UsedAttribute::from).collect();
    Ok(Json(ListOf { items, next: None }))
}

/// Makes an attribute.
#[utoipa::path(
    post, path = "/attributes", operation_id = "create_attribute", tag = "audience",
    request_body = NewAttribute,
    responses((status = 201, description = "The attribute.", body = AttributeJson), Writing)
)]
pub(super) async fn create_attribute(
    State(web): State<Web>,
    caller: Caller,
    Body(input): Body<NewAttribute>,
) -> Outcome<(StatusCode, Json<AttributeJson>)> {
    let actor = &caller.identity.actor;
    let made = web
        .app
        .create_attribute(actor, &input.label, input.kind.into())
        .await;
    let made = made.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Gives an attribute another label; key and kind never change.
#[utoipa::path(
    patch, path = "/attributes/{key}", operation_id = "update_attribute", tag = "audience",
    params(("key" = String, Path, description = "Key of the attribute.")),
    request_body = AttributeChange,
    responses((status = 200, description = "The attribute.", body = AttributeJson), Writing)
)]
pub(super) async fn update_attribute(
    State(web): State<Web>,
    caller: Caller,
    At(key): At<QuestionKey>,
    Body(input): Body<AttributeChange>,
) -> Outcome<Json<AttributeJson>> {
    let changed = web
        .app
        .update_attribute(&caller.identity.actor, &key, &input.label)
        .await;
    let changed = changed.map_err(|error| caller.problem(&error))?;
    Ok(Json(changed.into()))
}

/// Lists the organisations that contacts work for, by name.
#[utoipa::path(
    get, path = "/accounts", operation_id = "list_accounts", tag = "audience",
    params(AccountWish),
    responses((status = 200, description = "A page of accounts.", body = ListOf<AccountJson>), Reading)
)]
pub(super) async fn list_accounts(
    State(web): State<Web>,
    caller: Caller,
    Asked(wish): Asked<AccountWish>,
) -> Outcome<Json<ListOf<AccountJson>>> {
    let limit = wish.limit.unwrap_or(50);
    let (search, after) = (wish.search.as_deref(), wish.after.as_deref());
    let page = web
        .app
        .list_accounts(&caller.identity.actor, search, after, limit)
        .await;
    let page = page.map_err(|error| caller.problem(&error))?;
    let items = page.items.into_iter().map(AccountJson::from).collect();
    Ok(Json(ListOf {
        items,
        next: page.next,
    }))
}
