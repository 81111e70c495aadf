//! `Idempotency-Key`: a `POST` that is repeated with the same key is done once and answered the
//! same.

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use peil_app::hash_token;
use sha2::{Digest, Sha256};

use super::{body::plain, caller::Caller};
use crate::Web;

/// Largest body of a call with a key.
const LARGEST: usize = 4 << 20;
/// Longest key.
const LONGEST_KEY: usize = 200;

/// Answers a repeated call from memory; passes every other call on.
pub(super) async fn repeat(State(web): State<Web>, request: Request, next: Next) -> Response {
    let key = request.headers().get("idempotency-key").cloned();
    let path = request.uri().path();
    // A new token is shown once and kept nowhere; a file is too large to be remembered, and is
    // recognised by its rows.
    let is_never_kept = path.ends_with("/tokens") || path.ends_with("/imports");
    let (Some(key), &Method::POST, false) = (key, request.method(), is_never_kept) else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let caller = match Caller::from_request_parts(&mut parts, &web).await {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response(),
    };
    let key = key.to_str().unwrap_or_default().to_owned();
    if key.is_empty() || key.len() > LONGEST_KEY {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return plain(status, "bad-key", caller.text, None).into_response();
    }
    let Ok(bytes) = to_bytes(body, LARGEST).await else {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return plain(status, "too-large", caller.text, None).into_response();
    };
    let address = parts
        .uri
        .path_and_query()
        .map_or("/", |address| address.as_str());
    let fingerprint = fingerprint(address, &bytes);
    // Bound to the person and the rights of the token: nobody is given another's answer.
    let actor = &caller.identity.actor;
    let scopes = actor
        .scopes
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let key = hash_token(&format!("{}\n{scopes}\n{key}", caller.identity.user.id));
    match web.app.find_kept_answer(&caller.identity.actor, &key).await {
        Ok(Some(kept)) if kept.fingerprint == fingerprint => {
            return json(
                StatusCode::from_u16(kept.status).unwrap_or_default(),
                kept.body,
            );
        }
        Ok(Some(_)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return plain(status, "key-reused", caller.text, None).into_response();
        }
        Ok(None) => {}
        Err(error) => return caller.problem(&error).into_response(),
    }
    let response = next
        .run(Request::from_parts(parts, Body::from(bytes)))
        .await;
    if !response.status().is_success() {
        return response;
    }
    let status = response.status();
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else {
        return status.into_response();
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let kept = web
        .app
        .keep_answer(
            &caller.identity.actor,
            &key,
            &fingerprint,
            status.as_u16(),
            text,
        )
        .await;
    if let Err(error) = kept {
        tracing::error!(%error, "answer could not be kept");
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// What tells one call from another: its address and every byte of its body.
fn fingerprint(address: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(address.as_bytes());
    hash.update([0]);
    hash.update(body);
    hash.finalize()
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn json(status: StatusCode, body: String) -> Response {
    let kind = (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    (status, [kind], body).into_response()
}
