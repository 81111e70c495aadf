//! The themes that answers are sorted into: what the organisation makes of them, tried before it counts.

pub(super) mod forms;
mod list;
mod part;
mod save;
mod theme;
mod trial;
mod versions;
mod words;

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use peil_app::{
    AppError,
    themes::{EditError, TaxonomyFound},
};

use crate::{
    Web,
    admin::frame::Frame,
    edge::{
        parts::FormError,
        problem::{PageError, describe},
        signed::Signed,
        text::Text,
    },
};

/// The page with all themes.
const HERE: &str = "/themes/taxonomy";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route(HERE, get(list::show).post(list::add))
        .route("/themes/taxonomy/sector", post(list::sector))
        .route(
            "/themes/taxonomy/of/{code}",
            get(theme::show).post(theme::change),
        )
        .route("/themes/taxonomy/trial", get(trial::show))
        .route("/themes/taxonomy/undo", post(save::undo))
        .route("/themes/taxonomy/discard", post(save::discard))
        .route("/themes/taxonomy/save", post(save::save))
        .route(
            "/themes/taxonomy/versions",
            get(versions::show).post(versions::restore),
        )
}

/// The page of one theme or part.
fn of_href(code: &str) -> String {
    format!("{HERE}/of/{code}")
}

/// What is not in use yet, and what can be done about it.
struct DraftBar {
    t: Text,
    csrf: String,
    count: String,
    pending: Vec<String>,
    by: Option<String>,
    may_change: bool,
    /// Whether the page is the one on which the draft is tried.
    is_trial: bool,
}

fn draft_bar(signed: &Signed, frame: &Frame, found: &TaxonomyFound) -> Option<DraftBar> {
    let t = signed.text;
    let (name, at) = found.draft.as_ref()?;
    let mut pending: Vec<String> = found
        .pending
        .iter()
        .map(|edit| words::edit(t, found, edit))
        .collect();
    if found.is_sector_pending {
        pending.insert(0, words::sector_change(t, found.sector));
    }
    let when = t.moment(*at, &signed.zone);
    Some(DraftBar {
        t,
        csrf: frame.csrf.clone(),
        count: t.a("taxonomy-pending", &[("n", pending.len().into())]),
        pending,
        by: name.as_ref().map(|name| {
            t.a(
                "taxonomy-pending-by",
                &[("name", name.as_str().into()), ("when", when.into())],
            )
        }),
        may_change: found.may_change,
        is_trial: false,
    })
}

/// How far reading old answers again is, in words.
fn reading(t: Text, found: &TaxonomyFound) -> Option<String> {
    found.reading.map(|(done, total)| {
        t.a(
            "taxonomy-reading",
            &[
                ("done", t.count(done).into()),
                ("total", t.count(total.max(done)).into()),
            ],
        )
    })
}

/// The error of a form, beside the field that it is about; other errors are for a page of their own.
pub(super) fn form_errors(
    t: Text,
    error: AppError,
    field: &str,
) -> Result<Vec<FormError>, PageError> {
    match &error {
        AppError::Themes(EditError::Unknown(_)) => Err(AppError::NotFound.into()),
        AppError::Themes(_) => Ok(vec![FormError {
            field: field.to_owned(),
            message: describe(&error, t).message,
        }]),
        _ => Err(error.into()),
    }
}

/// A page with a form that was refused.
fn refused(shown: Response) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response()
}
