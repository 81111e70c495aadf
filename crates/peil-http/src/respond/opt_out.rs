//! "No more of this": a page with one button, and the one-click way of mail programs (RFC 8058).
//! Opening a page never unsubscribes anyone, since programs that look for viruses open every link.

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{AppError, collect::CollectError};

use super::{
    friendly,
    link::Link,
    page,
    shell::{Shell, Switch},
};
use crate::{
    Web,
    edge::{problem::PageError, visitor::Visitor},
};

/// What a mail program sends when its user presses "unsubscribe".
const ONE_CLICK: &[u8] = b"one-click";

/// The page with the button, or the confirmation.
#[derive(Template)]
#[template(path = "respond/stop.html")]
struct StopPage<'a> {
    shell: Shell<'a>,
    action: String,
    has_stopped: bool,
}

pub(super) async fn show_stop(
    State(web): State<Web>,
    Path(token): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let link = Link::Personal(token.clone());
    let has_stopped = match web.app.has_opted_out(&token).await {
        Ok(has_stopped) => has_stopped,
        Err(error) => return friendly::refuse(&web, &visitor, &link, error).await,
    };
    let Some(look) = link.look(&web.app).await else {
        let error = CollectError::UnknownLink.into();
        return friendly::refuse(&web, &visitor, &link, error).await;
    };
    let language = look.language([visitor.query.get("lang").parse().ok(), visitor.browser]);
    let action = link.stop_path().unwrap_or_default();
    let languages = look
        .version
        .as_ref()
        .map(|version| version.definition.languages.as_slice());
    let shell = Shell::new(&look.workspace, language)
        .switching(languages.unwrap_or_default(), &Switch::Link(&action));
    let privacy_of = [("organisation", shell.organisation.into())];
    let privacy = shell.t.a("respond-privacy-personal", &privacy_of);
    let action = format!("{action}?lang={language}");
    page(&StopPage {
        shell: Shell { privacy, ..shell },
        action,
        has_stopped,
    })
}

pub(super) async fn stop(
    State(web): State<Web>,
    Path(token): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let link = Link::Personal(token.clone());
    if let Err(error) = web.app.opt_out_by_link(&token).await {
        return friendly::refuse(&web, &visitor, &link, error).await;
    }
    let language = visitor.query.some("lang").unwrap_or_default();
    let language: Option<peil_domain::shared::Language> = language.parse().ok();
    let query = language
        .map(|language| format!("?lang={language}"))
        .unwrap_or_default();
    Ok(Redirect::to(&format!("{}/stop{query}", link.path())).into_response())
}

pub(super) async fn unsubscribe(
    State(web): State<Web>,
    Path(token): Path<String>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, PageError> {
    let is_one_click = body
        .windows(ONE_CLICK.len())
        .any(|part| part.eq_ignore_ascii_case(ONE_CLICK));
    if !is_one_click {
        return show_stop(State(web), Path(token), visitor).await;
    }
    match web.app.opt_out_by_link(&token).await {
        Ok(()) => Ok(StatusCode::OK.into_response()),
        Err(AppError::Collect(_)) => Ok(StatusCode::NOT_FOUND.into_response()),
        Err(error) => Err(error.into()),
    }
}
