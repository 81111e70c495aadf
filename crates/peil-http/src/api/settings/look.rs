//! The organisation's picture above questionnaires and mails.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
};
use peil_app::{AppError, settings::logo_path};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::{body::Outcome, caller::Caller};
use crate::{
    api::operations::{Operations, routes},
    {Web, edge::problem::Problem},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(update_logo, remove_logo))
}

/// A picture that is shown from now on.
#[derive(Serialize, ToSchema)]
struct NewLogo {
    /// Where it is; another picture has another address.
    link: String,
    /// Width in pixels.
    width: u32,
    /// Height in pixels.
    height: u32,
}

/// Changes the picture: a PNG, JPEG or WebP file of at most 200 000 bytes and 16 to 2 000 pixels
/// wide and high, known by its bytes.
#[utoipa::path(put, path = "/organisation/logo", operation_id = "update_logo", tag = "settings",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = NewLogo),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn update_logo(
    State(web): State<Web>,
    caller: Caller,
    content: Result<Bytes, BytesRejection>,
) -> Outcome<Json<NewLogo>> {
    let too_large = |_| {
        caller.problem(&AppError::Invalid {
            field: "logo",
            code: "logo_too_large",
        })
    };
    let content = content.map_err(too_large)?;
    let actor = &caller.identity.actor;
    let logo = web.app.update_logo(actor, &content).await;
    let logo = logo.map_err(|error| caller.problem(&error))?;
    let path = logo_path(actor.workspace, &logo);
    Ok(Json(NewLogo {
        link: format!("{}{path}", web.app.public_url()),
        width: logo.width,
        height: logo.height,
    }))
}

/// Shows the organisation's name instead of a picture.
#[utoipa::path(delete, path = "/organisation/logo", operation_id = "remove_logo",
    tag = "settings",
    responses((status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json")))]
async fn remove_logo(State(web): State<Web>, caller: Caller) -> Outcome<StatusCode> {
    let done = web.app.remove_logo(&caller.identity.actor).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}
