//! The mail of a wave, as its recipients see it, for a frame in the page of the wave.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

use super::wave_id;
use crate::{
    Web,
    edge::{problem::PageError, signed::Signed},
};

/// A mail brings its own styles; it may do nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
     frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox";

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let language = signed.query.get("language").parse().ok();
    let mail = web
        .app
        .preview_wave(&signed.identity.actor, wave_id(&id)?, language)
        .await?;
    let policy = (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    Ok(([policy], Html(mail.html)).into_response())
}
