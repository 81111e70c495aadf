//! Pages for respondents: HTML and one style sheet, nothing stored before a person sends a form. A
//! page on which a question depends on another has a script that hides it sooner; all works without.

mod answer;
mod fields;
mod friendly;
mod guard;
mod link;
mod logo;
mod opt_out;
mod preview;
mod print;
mod question;
mod rows;
mod shape;
mod shell;
mod show;
#[cfg(test)]
mod tests;
mod trial;
mod words;

use askama::Template;
use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};

use crate::{Web, edge::problem::PageError};

// The editor shows a questionnaire as customers will see it.
pub(crate) use preview::preview;
// The same on paper, for who has to approve it.
pub(crate) use print::{Remarks, print};
pub(crate) use trial::{ATTRIBUTE, Trial};

/// Most bytes of a form: every open question of a long questionnaire answered at length.
const MOST_BYTES: usize = 1_048_576;

/// No script, no pictures from elsewhere, forms to ourselves only; frames by our own editor only.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; frame-ancestors 'self'; base-uri 'none'";

/// The same with our own script, for pages on which questions come and go.
const LIVE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self' data:; form-action 'self'; frame-ancestors 'self'; base-uri 'none'";

/// Every page for respondents.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route(
            "/s/{slug}",
            get(show::show_public).post(answer::answer_public),
        )
        .route("/s/{slug}/done", get(show::show_public_thanks))
        .route(
            "/r/{token}",
            get(show::show_personal).post(answer::answer_personal),
        )
        .route("/r/{token}/done", get(show::show_personal_thanks))
        .route(
            "/r/{token}/stop",
            get(opt_out::show_stop).post(opt_out::stop),
        )
        .route("/logo/{workspace}/{name}", get(logo::get_logo))
        .route("/picture/{workspace}/{name}", get(logo::get_picture))
        .route("/r/{token}/unsubscribe", get(opt_out::show_stop))
        .route("/r/{token}/unsubscribe", post(opt_out::unsubscribe))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(Extension(guard::Crowd::default()))
}

/// Renders a page that nothing keeps, indexes or runs script on.
fn page(template: &impl Template) -> Result<Response, PageError> {
    page_under(POLICY, template)
}

fn page_under(policy: &'static str, template: &impl Template) -> Result<Response, PageError> {
    let headers = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(policy),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        ),
    ];
    Ok((headers, Html(template.render()?)).into_response())
}
