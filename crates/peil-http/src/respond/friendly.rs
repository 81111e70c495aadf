//! Pages for links that cannot be answered: in the organisation's look, in the reader's language,
//! with the right status.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use peil_app::{AppError, StoreError, collect::CollectError};
use peil_domain::shared::Language;

use super::{
    link::Link,
    page,
    shell::{Shell, Switch},
};
use crate::{
    Web,
    edge::{
        problem::{PageError, say_when},
        visitor::Visitor,
    },
};

/// A heading and what to do now.
#[derive(Template)]
#[template(path = "respond/friendly.html")]
struct FriendlyPage<'a> {
    shell: Shell<'a>,
    title: String,
    text: String,
}

/// Says why a link cannot be answered.
pub(super) async fn refuse(
    web: &Web,
    visitor: &Visitor,
    link: &Link,
    error: AppError,
) -> Result<Response, PageError> {
    let (status, words) = match &error {
        AppError::Collect(CollectError::UnknownLink) => (
            StatusCode::NOT_FOUND,
            ["respond-unknown-title", "respond-unknown-text"],
        ),
        AppError::Collect(CollectError::Closed) => (
            StatusCode::GONE,
            ["respond-closed-title", "respond-closed-text"],
        ),
        AppError::Collect(CollectError::Expired) => (
            StatusCode::GONE,
            ["respond-expired-title", "respond-expired-text"],
        ),
        AppError::Collect(CollectError::AlreadyAnswered) => (
            StatusCode::CONFLICT,
            ["respond-answered-title", "respond-answered-text"],
        ),
        AppError::Store(StoreError::Busy) => (
            StatusCode::SERVICE_UNAVAILABLE,
            ["error-busy-title", "error-busy-text"],
        ),
        AppError::Store(_) | AppError::Folder(_) => {
            tracing::error!(%error, "respondent page failed");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                ["respond-broken-title", "respond-broken-text"],
            )
        }
        _ => return Err(error.into()),
    };
    say(web, visitor, link, status, words).await
}

/// Says that more was sent than is taken.
pub(super) async fn too_large(
    web: &Web,
    visitor: &Visitor,
    link: &Link,
) -> Result<Response, PageError> {
    let words = ["respond-too-large-title", "respond-too-large-text"];
    say(web, visitor, link, StatusCode::PAYLOAD_TOO_LARGE, words).await
}

async fn say(
    web: &Web,
    visitor: &Visitor,
    link: &Link,
    status: StatusCode,
    [title, text]: [&str; 2],
) -> Result<Response, PageError> {
    // Before anything is set up there is no organisation whose look this could be.
    let Some(look) = link.look(&web.app).await else {
        return Err(AppError::NotFound.into());
    };
    let language = look.language([visitor.query.get("lang").parse().ok(), visitor.browser]);
    let here = link.path();
    let languages = match &look.version {
        Some(version) => version.definition.languages.as_slice(),
        None => &Language::ALL,
    };
    let mut shell =
        Shell::new(&look.workspace, language).switching(languages, &Switch::Link(&here));
    if let Some(version) = &look.version {
        shell = shell.dressed(&look.workspace, &version.definition.look);
    }
    if look.invitation.is_some() {
        shell = shell.on(link);
    }
    let t = shell.t;
    let organisation = [("organisation", shell.organisation.into())];
    let template = FriendlyPage {
        title: t.s(title),
        text: t.a(text, &organisation),
        shell,
    };
    let mut response = page(&template)?;
    *response.status_mut() = status;
    Ok(say_when(status, response))
}
