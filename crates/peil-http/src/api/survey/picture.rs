//! Pictures for questionnaires.

use axum::{Json, extract::State, http::StatusCode};
use peil_app::settings::picture_bytes;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{Body, Outcome},
        caller::Caller,
        refusals::Writing,
    },
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(add_picture))
}

/// A picture to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPicture {
    /// A PNG, JPEG or WebP file in base 64.
    content: String,
}

/// A picture that is kept.
#[derive(Serialize, ToSchema)]
struct KeptPicture {
    /// The name to be used as `picture.file` of a question or `look.logo.file`.
    file: String,
    /// Width in pixels.
    width: u32,
    /// Height in pixels.
    height: u32,
}

/// Keeps a picture for questions; the same picture has the same name.
#[utoipa::path(post, path = "/pictures", operation_id = "create_picture", tag = "survey",
    request_body = NewPicture, responses((status = 201, body = KeptPicture), Writing))]
async fn add_picture(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<NewPicture>,
) -> Outcome<(StatusCode, Json<KeptPicture>)> {
    let content = picture_bytes(&body.content).map_err(|error| caller.problem(&error))?;
    let actor = &caller.identity.actor;
    let kept = web.app.keep_picture(actor, &content).await;
    let kept = kept.map_err(|error| caller.problem(&error))?;
    let body = KeptPicture {
        file: kept.file,
        width: kept.width,
        height: kept.height,
    };
    Ok((StatusCode::CREATED, Json(body)))
}
