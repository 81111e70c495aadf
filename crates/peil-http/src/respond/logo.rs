//! The organisation's picture, for pages and mails, and those in questionnaires. Their addresses follow
//! from their bytes, so that browsers keep them for good.

use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    settings::{FoundLogo, Picture, logo_path},
};
use peil_domain::shared::WorkspaceId;

use crate::{Web, edge::problem::PageError};

/// Should a browser ever take a picture for a page, it can do nothing.
const POLICY: &str = "default-src 'none'; sandbox";

pub(super) async fn get_logo(
    State(web): State<Web>,
    Path((workspace, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let workspace: WorkspaceId = workspace.parse().map_err(|_| AppError::NotFound)?;
    match web.app.find_logo(workspace, &name).await? {
        Some(FoundLogo::This(picture)) => Ok(show(picture)),
        // A mail of last month shows the picture of today.
        Some(FoundLogo::Replaced(logo)) => {
            Ok(Redirect::temporary(&logo_path(workspace, &logo)).into_response())
        }
        None => Err(AppError::NotFound.into()),
    }
}

/// A picture above a question.
pub(super) async fn get_picture(
    State(web): State<Web>,
    Path((workspace, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let workspace: WorkspaceId = workspace.parse().map_err(|_| AppError::NotFound)?;
    let found = web.app.find_picture(workspace, &name).await?;
    Ok(show(found.ok_or(AppError::NotFound)?))
}

fn show(picture: Picture) -> Response {
    let headers = [
        (header::CONTENT_TYPE, picture.kind.media_type()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // Mail programs show it too.
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
    (headers, picture.content).into_response()
}
