//! People, API tokens and the audit log.

use axum::{Json, extract::State, http::StatusCode};
use peil_app::{
    AppError,
    access::{NewUser, PersonChange},
};
use peil_domain::{
    access::{Role, User},
    shared::{ApiTokenId, EmailAddress, Language, UserId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::{At, Body, ListOf, Outcome},
    caller::Caller,
    refusals::{Reading, Writing},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(get_me))
        .routes(routes!(list_users, create_user))
        .routes(routes!(update_user))
        .routes(routes!(list_tokens, create_token))
        .routes(routes!(revoke_token))
        .routes(routes!(list_audit_events))
}

/// A person who signs in.
#[derive(Serialize, ToSchema)]
struct UserView {
    /// Identifier.
    id: Uuid,
    /// Name.
    name: String,
    /// Address with which this person signs in.
    email: String,
    /// `owner`, `admin`, `analyst`, `agent` or `viewer`.
    role: &'static str,
    /// `nl` or `en`.
    language: &'static str,
    /// Whether signing in is switched off.
    is_blocked: bool,
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        Self {
            id: user.id.0,
            name: user.name,
            email: user.email.into(),
            role: user.role.code(),
            language: user.language.code(),
            is_blocked: user.is_blocked,
        }
    }
}

/// Who a token acts for.
#[derive(Serialize, ToSchema)]
struct MeView {
    /// The person.
    user: UserView,
    /// Name of the organisation.
    organisation: String,
    /// What the token may do.
    scopes: Vec<&'static str>,
}

/// Says in whose name the token acts.
#[utoipa::path(get, path = "/me", operation_id = "get_me", tag = "access",
    responses((status = 200, body = MeView), Reading))]
async fn get_me(caller: Caller) -> Json<MeView> {
    use peil_domain::access::Right;
    let actor = &caller.identity.actor;
    let scopes = Right::ALL
        .into_iter()
        .filter(|right| actor.has(*right))
        .map(Right::scope)
        .collect();
    Json(MeView {
        organisation: caller.identity.workspace.name.clone(),
        scopes,
        user: caller.identity.user.into(),
    })
}

/// Lists the people of the organisation.
#[utoipa::path(get, path = "/users", operation_id = "list_users", tag = "access",
    responses((status = 200, body = ListOf<UserView>), Reading))]
async fn list_users(State(web): State<Web>, caller: Caller) -> Outcome<Json<ListOf<UserView>>> {
    let users = web.app.list_users(&caller.identity.actor).await;
    let users = users.map_err(|error| caller.problem(&error))?;
    Ok(Json(ListOf {
        items: users.into_iter().map(UserView::from).collect(),
        next: None,
    }))
}

/// A person to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUserBody {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Address with which this person signs in.
    email: String,
    /// First password, at least 12 characters.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
    /// `owner`, `admin`, `analyst`, `agent` or `viewer`.
    role: String,
    /// `nl` or `en`; the organisation's language when absent.
    language: Option<String>,
}

/// Adds a person.
#[utoipa::path(post, path = "/users", operation_id = "create_user", tag = "access",
    request_body = NewUserBody,
    responses((status = 201, body = UserView), Writing))]
async fn create_user(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<NewUserBody>,
) -> Outcome<(StatusCode, Json<UserView>)> {
    let refuse = |error: AppError| caller.problem(&error);
    let invalid = |field, code| caller.problem(&AppError::Invalid { field, code });
    let email: EmailAddress = body
        .email
        .parse()
        .map_err(|_| invalid("email", "not_an_address"))?;
    let language: Option<Language> = body
        .language
        .map(|code| code.parse().map_err(|_| invalid("language", "unknown")))
        .transpose()?;
    let new = NewUser {
        name: body.name,
        email,
        password: body.password,
        role: role(&body.role).ok_or_else(|| invalid("role", "unknown"))?,
        language: language.unwrap_or(caller.identity.workspace.language),
    };
    let user = web
        .app
        .add_user(&caller.identity.actor, new)
        .await
        .map_err(refuse)?;
    Ok((StatusCode::CREATED, Json(user.into())))
}

/// What changes about a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UserChangeBody {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// `owner`, `admin`, `analyst`, `agent` or `viewer`.
    role: String,
    /// Whether signing in is switched off.
    is_blocked: bool,
}

/// Changes name, role or access of a person.
#[utoipa::path(put, path = "/users/{id}", operation_id = "update_user", tag = "access",
    params(("id" = Uuid, Path)), request_body = UserChangeBody,
    responses((status = 200, body = UserView), Writing))]
async fn update_user(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
    Body(body): Body<UserChangeBody>,
) -> Outcome<Json<UserView>> {
    let unknown = || {
        caller.problem(&AppError::Invalid {
            field: "role",
            code: "unknown",
        })
    };
    let role = role(&body.role).ok_or_else(unknown)?;
    let change = PersonChange {
        name: body.name,
        role,
        is_blocked: body.is_blocked,
    };
    let user = web
        .app
        .update_user(&caller.identity.actor, UserId(id), change)
        .await;
    Ok(Json(user.map_err(|error| caller.problem(&error))?.into()))
}

fn role(code: &str) -> Option<Role> {
    code.parse().ok()
}

/// An API token, without the token itself.
#[derive(Serialize, ToSchema)]
struct TokenView {
    /// Identifier.
    id: Uuid,
    /// What it is for.
    name: String,
    /// What it may do.
    scopes: Vec<&'static str>,
    /// When it was made.
    created_at: String,
    /// Since when it no longer works.
    revoked_at: Option<String>,
}

/// Lists the API tokens of the organisation.
#[utoipa::path(get, path = "/tokens", operation_id = "list_tokens", tag = "access",
    responses((status = 200, body = ListOf<TokenView>), Reading))]
async fn list_tokens(State(web): State<Web>, caller: Caller) -> Outcome<Json<ListOf<TokenView>>> {
    let tokens = web.app.list_api_tokens(&caller.identity.actor).await;
    let tokens = tokens.map_err(|error| caller.problem(&error))?;
    let view = |token: peil_app::access::ApiToken| TokenView {
        id: token.id.0,
        name: token.name,
        scopes: token.scopes.0.iter().map(|right| right.scope()).collect(),
        created_at: token.created_at.to_string(),
        revoked_at: token.revoked_at.map(|at| at.to_string()),
    };
    Ok(Json(ListOf {
        items: tokens.into_iter().map(view).collect(),
        next: None,
    }))
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTokenBody {
    /// What it is for.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// What it may do, such as `results:read`.
    scopes: Vec<String>,
}

/// A token just made; it cannot be read again.
#[derive(Serialize, ToSchema)]
struct NewTokenView {
    /// Identifier.
    id: Uuid,
    /// The token.
    token: String,
}

/// Makes a token that acts in the caller's name.
#[utoipa::path(post, path = "/tokens", operation_id = "create_token", tag = "access",
    request_body = NewTokenBody,
    responses((status = 201, body = NewTokenView), Writing))]
async fn create_token(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<NewTokenBody>,
) -> Outcome<(StatusCode, Json<NewTokenView>)> {
    let unknown = || {
        caller.problem(&AppError::Invalid {
            field: "scopes",
            code: "unknown",
        })
    };
    let scopes = body.scopes.join(" ").parse().map_err(|_| unknown())?;
    let identity = &caller.identity;
    let new = web
        .app
        .add_api_token(&identity.actor, identity.user.id, &body.name, scopes)
        .await;
    let new = new.map_err(|error| caller.problem(&error))?;
    Ok((
        StatusCode::CREATED,
        Json(NewTokenView {
            id: new.id.0,
            token: new.token,
        }),
    ))
}

/// Ends a token.
#[utoipa::path(delete, path = "/tokens/{id}", operation_id = "revoke_token", tag = "access",
    params(("id" = Uuid, Path)),
    responses((status = 204), Writing))]
async fn revoke_token(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
) -> Outcome<StatusCode> {
    let done = web
        .app
        .revoke_api_token(&caller.identity.actor, ApiTokenId(id))
        .await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// One thing that was done.
#[derive(Serialize, ToSchema)]
struct AuditEventView {
    /// Identifier.
    id: Uuid,
    /// When.
    at: String,
    /// By whom, unless by the program itself.
    user: Option<Uuid>,
    /// What, as a stable word.
    event: String,
    /// To what.
    subject: String,
    /// Anything worth keeping besides.
    details: serde_json::Value,
}

/// Lists the last 200 events of the audit log, the newest first.
#[utoipa::path(get, path = "/audit-events", operation_id = "list_audit_events", tag = "access",
    responses((status = 200, body = ListOf<AuditEventView>), Reading))]
async fn list_audit_events(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<ListOf<AuditEventView>>> {
    let events = web.app.list_audit_events(&caller.identity.actor).await;
    let events = events.map_err(|error| caller.problem(&error))?;
    let view = |event: peil_app::access::AuditEvent| AuditEventView {
        id: event.id,
        at: event.at.to_string(),
        user: event.user.map(|id| id.0),
        event: event.event,
        subject: event.subject,
        details: event.details,
    };
    Ok(Json(ListOf {
        items: events.into_iter().map(view).collect(),
        next: None,
    }))
}
