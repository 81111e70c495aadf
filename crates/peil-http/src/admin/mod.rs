//! Pages for colleagues, one module per capability.

mod access;
mod audience;
mod frame;
pub(crate) mod imports;
mod outreach;
mod overview;
mod response;
mod results;
mod settings;
mod survey;
mod themes;

pub(crate) use response::detail_name;

use askama::Template;
use axum::{
    Router,
    http::{Method, StatusCode, Uri},
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{Web, edge::problem::PageError};

/// Every page for colleagues.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .merge(access::routes())
        .merge(overview::routes())
        .merge(survey::routes())
        .merge(audience::routes())
        .merge(outreach::routes())
        .merge(response::routes())
        .merge(results::routes())
        .merge(themes::routes())
        .merge(settings::routes())
        .merge(imports::routes())
        .method_not_allowed_fallback(to_form)
}

/// An address that only takes forms leads to the page with the form: whoever loads it anew after a
/// refused form, or changes the language there, gets no empty page.
async fn to_form(method: Method, uri: Uri) -> Response {
    match uri.path().rsplit_once('/') {
        Some((parent, _)) if method == Method::GET && !parent.is_empty() => {
            Redirect::to(parent).into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// Renders a page.
fn page(template: &impl Template) -> Result<Response, PageError> {
    Ok(Html(template.render()?).into_response())
}

/// Goes to `path` and says there that something was done: the sentence `notice-{done}`.
fn done(path: &str, done: &str) -> Response {
    let joint = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{joint}done={done}")).into_response()
}
