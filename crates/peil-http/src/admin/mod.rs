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

use askama::Template;
use axum::{
    Router,
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
        .merge(settings::routes())
        .merge(imports::routes())
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
