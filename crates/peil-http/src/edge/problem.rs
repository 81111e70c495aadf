//! What went wrong, said to people as a page and to programs as problem+json (RFC 9457).

use askama::Template;
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::AppError;
use serde::Serialize;
use utoipa::ToSchema;

use super::{fields::encode, text::Text, visitor::language_of};
use crate::Web;

mod answer;
mod imports;
mod outreach;
mod survey;
mod themes;
mod words;

pub(crate) use answer::answer_problem;
pub(crate) use imports::{map_problem, refused_row};
pub(crate) use survey::{survey_field_problems, survey_problem};
pub(crate) use words::{Described, describe};

/// Seconds after which it is worth trying again when it is too busy.
pub(crate) const BUSY_SECONDS: &str = "5";

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum PageError {
    /// Signing in comes first.
    SignInFirst {
        /// Where to go afterwards.
        back_to: String,
    },
    /// The form did not come from a page of ours, or the page is too old.
    ForeignForm,
    /// More was sent than is taken.
    TooLarge,
    /// A template failed.
    Template(askama::Error),
    /// A use case refused or failed.
    App(AppError),
}

impl From<AppError> for PageError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::Template(error)
    }
}

/// Left in a response for [`render_errors`], which knows the reader's language.
#[derive(Debug, Clone, Copy)]
struct ErrorPage {
    code: &'static str,
    /// How far something is that will be there in a moment.
    percent: Option<u8>,
}

/// After so many seconds a page that will be there in a moment is asked for again.
const REFRESH: HeaderValue = HeaderValue::from_static("3");

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut percent = None;
        let (status, code) = match self {
            Self::SignInFirst { back_to } => {
                let back = if back_to == "/" {
                    String::new()
                } else {
                    format!("?back={}", encode(&back_to))
                };
                return Redirect::to(&format!("/sign-in{back}")).into_response();
            }
            Self::ForeignForm => (StatusCode::FORBIDDEN, "foreign-form"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::Template(error) => {
                tracing::error!(%error, "template failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "failed")
            }
            Self::App(error) => {
                let status = words::status(&error);
                if let AppError::FiguresNotReady { percent: done } = &error {
                    percent = Some(*done);
                } else if status.is_server_error() {
                    tracing::error!(%error, "request failed");
                }
                (status, words::page_code(&error))
            }
        };
        let mut response = status.into_response();
        let page = ErrorPage { code, percent };
        response.extensions_mut().insert(page);
        response
    }
}

/// The page for addresses that lead nowhere.
pub(crate) async fn unknown_page() -> PageError {
    PageError::App(AppError::NotFound)
}

#[derive(Template)]
#[template(path = "layout/error.html")]
struct ErrorTemplate {
    t: Text,
    status: u16,
    title: String,
    explanation: String,
    /// Whether the overview is there meanwhile.
    has_overview: bool,
}

/// Renders the error that a handler left behind, in the reader's language.
pub(crate) async fn render_errors(
    State(web): State<Web>,
    request: Request,
    next: Next,
) -> Response {
    let language = language_of(request.headers(), &web.config);
    let response = next.run(request).await;
    let Some(ErrorPage { code, percent }) = response.extensions().get().copied() else {
        return response;
    };
    if code == words::DISK_PAGE {
        web.app.note_refused_writing();
    }
    let status = response.status();
    let t = Text::new(language);
    let page = ErrorTemplate {
        t,
        status: status.as_u16(),
        title: t.s(&format!("error-{code}-title")),
        explanation: t.a(
            &format!("error-{code}-text"),
            &[("percent", i64::from(percent.unwrap_or_default()).into())],
        ),
        // It is made of figures as well: this page waits for them, and asks again by itself.
        has_overview: percent.is_none(),
    };
    let mut response = match page.render() {
        Ok(html) => {
            let kind = (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            );
            say_when(status, (status, [kind], html).into_response())
        }
        Err(_) => status.into_response(),
    };
    if percent.is_some() {
        response.headers_mut().insert(header::REFRESH, REFRESH);
    }
    response
}

/// Adds when to try again, where that helps.
pub(crate) fn say_when(status: StatusCode, mut response: Response) -> Response {
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let wait = HeaderValue::from_static(BUSY_SECONDS);
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    response
}

/// A problem as RFC 9457 describes it, with a stable code and the fields that are wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the code says which problem it is.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// What it is, in words.
    pub(crate) title: String,
    /// HTTP status.
    pub(crate) status: u16,
    /// Stable name of the problem.
    pub(crate) code: String,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The field.
    pub(crate) field: String,
    /// Stable name of what is wrong with it.
    pub(crate) code: String,
    /// The same in words.
    pub(crate) message: String,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        say_when(status, (status, [kind], Json(self)).into_response())
    }
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::Language;

    use super::*;

    #[test]
    fn a_page_that_waits_for_figures_leads_to_no_page_that_waits_for_them_too() {
        let page = |has_overview| {
            let page = ErrorTemplate {
                t: Text::new(Language::Nl),
                status: 503,
                title: "Even".to_owned(),
                explanation: String::new(),
                has_overview,
            };
            page.render().unwrap()
        };
        assert!(page(true).contains("class=\"actions\""));
        assert!(!page(false).contains("class=\"actions\""));
    }
}
