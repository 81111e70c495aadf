//! `Idempotency-Key`: a `POST` that is repeated with the same key is done once and answered the
//! same.
//!
//! The key is taken before the call runs and given back when it fails, so that two calls at the
//! same moment are not both done. A call that runs is finished even when its caller hangs up.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use peil_app::{
    hash_token,
    repeat::{Attempt, Kept, Repetition},
};
use sha2::{Digest, Sha256};

use super::{body::plain, caller::Caller};
use crate::Web;

/// Largest body of a call with a key.
const LARGEST: usize = 4 << 20;
/// Longest key.
const LONGEST_KEY: usize = 200;
/// The headers that belong to an answer.
const ANSWERED_WITH: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG];
/// Seconds after which a call may be repeated while the first one runs.
const WAIT_SECONDS: &str = "2";

/// Answers a repeated call from memory; passes every other call on.
pub(super) async fn repeat(State(web): State<Web>, request: Request, next: Next) -> Response {
    let key = request.headers().get("idempotency-key").cloned();
    let path = request.uri().path();
    // A new token is shown once and kept nowhere; a file is too large to be remembered: one that
    // comes in is recognised by its rows, one that goes out may go out twice.
    let is_never_kept = ["/tokens", "/imports", "/export"]
        .iter()
        .any(|end| path.ends_with(end));
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
    let attempt = match web.app.reserve_call(actor, key, fingerprint).await {
        Ok(Repetition::Run(attempt)) => attempt,
        Ok(Repetition::Running) => return still_running(&caller),
        Ok(Repetition::Kept(kept)) => return given_before(kept),
        Ok(Repetition::OtherCall) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return plain(status, "key-reused", caller.text, None).into_response();
        }
        Err(error) => return caller.problem(&error).into_response(),
    };
    run(
        web,
        caller,
        attempt,
        Request::from_parts(parts, Body::from(bytes)),
        next,
    )
    .await
}

/// Runs the call to its end, whether or not somebody still waits for it.
#[expect(
    clippy::disallowed_methods,
    reason = "work that is cut off half-way would leave its key taken and its outcome unknown"
)]
async fn run(web: Web, caller: Caller, attempt: Attempt, request: Request, next: Next) -> Response {
    let (app, actor) = (web.app.clone(), caller.identity.actor.clone());
    let taken = attempt.clone();
    let running = tokio::spawn(async move {
        let response = next.run(request).await;
        keep(&web, &caller, &attempt, response).await
    });
    match running.await {
        Ok(response) => response,
        Err(stopped) => {
            if let Err(error) = app.release_call(&actor, &taken).await {
                tracing::error!(%error, "a key could not be given back");
            }
            match stopped.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            }
        }
    }
}

/// Keeps the answer of a call that was done; gives the key of any other call back.
async fn keep(web: &Web, caller: &Caller, attempt: &Attempt, response: Response) -> Response {
    let actor = &caller.identity.actor;
    if !response.status().is_success() {
        if let Err(error) = web.app.release_call(actor, attempt).await {
            tracing::error!(%error, "a key could not be given back");
        }
        return response;
    }
    let (parts, body) = response.into_parts();
    // No operation that may be repeated answers with more; what was done stays done.
    let bytes = to_bytes(body, LARGEST).await.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer is too large to be kept");
        Bytes::new()
    });
    let kept = Kept {
        status: parts.status.as_u16(),
        headers: headers_of(&parts.headers),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    if let Err(error) = web.app.keep_answer(actor, attempt, &kept).await {
        tracing::error!(%error, "answer could not be kept");
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn headers_of(headers: &HeaderMap) -> Vec<(String, String)> {
    let named = |name: &HeaderName| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    };
    ANSWERED_WITH.iter().filter_map(named).collect()
}

/// The answer that was given before.
fn given_before(kept: Kept) -> Response {
    let mut response = kept.body.into_response();
    *response.status_mut() = StatusCode::from_u16(kept.status).unwrap_or_default();
    response.headers_mut().remove(header::CONTENT_TYPE);
    for (name, value) in kept.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The same call is being done: its answer can be had in a moment.
fn still_running(caller: &Caller) -> Response {
    let mut response =
        plain(StatusCode::CONFLICT, "still-running", caller.text, None).into_response();
    let wait = HeaderValue::from_static(WAIT_SECONDS);
    response.headers_mut().insert(header::RETRY_AFTER, wait);
    response
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
