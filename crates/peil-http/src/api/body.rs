//! Bodies, addresses and answers of calls, refused as problem+json when they are malformed.

use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::JsonRejection},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use peil_app::AppError;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Web,
    edge::{problem::Problem, text::Text, visitor::Visitor},
};

/// The outcome of an operation.
pub(crate) type Outcome<T> = Result<T, Problem>;

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let text = text_of(&mut parts, web).await;
        match Json::<T>::from_request(Request::from_parts(parts, body), web).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(malformed(&rejection, text)),
        }
    }
}

fn malformed(rejection: &JsonRejection, t: Text) -> Problem {
    let (status, code) = match rejection {
        JsonRejection::JsonDataError(_) => (StatusCode::UNPROCESSABLE_ENTITY, "wrong-shape"),
        JsonRejection::MissingJsonContentType(_) => {
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json")
        }
        JsonRejection::BytesRejection(broken)
            if broken.status() == StatusCode::PAYLOAD_TOO_LARGE =>
        {
            (StatusCode::PAYLOAD_TOO_LARGE, "too-large")
        }
        _ => (StatusCode::BAD_REQUEST, "malformed"),
    };
    // The parser names the line, column and field; that is for programmers and stays in English.
    plain(status, code, t, Some(&rejection.body_text()))
}

/// An address whose parts have the right form; anything else leads nowhere.
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Web> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let text = text_of(parts, web).await;
        match Path::<T>::from_request_parts(parts, web).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::of(&AppError::NotFound, text)),
        }
    }
}

/// What stands behind the question mark.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<Web> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let text = text_of(parts, web).await;
        match Query::<T>::from_request_parts(parts, web).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(rejection) => {
                let detail = rejection.body_text();
                Err(plain(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "wrong-shape",
                    text,
                    Some(&detail),
                ))
            }
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ListOf<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// Ask with `after` set to this for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

/// Which page of a list is wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// The `next` of the page before.
    pub(crate) after: Option<String>,
    /// Items per page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "page_size")]
    pub(crate) limit: Option<u64>,
}

/// Most items on a page.
const LARGEST_PAGE: u64 = 200;

/// Reads how many items a page should have; zero and too many are refused rather than changed.
pub(crate) fn page_size<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u64>, D::Error> {
    let size = Option::<u64>::deserialize(deserializer)?;
    match size {
        Some(size) if !(1..=LARGEST_PAGE).contains(&size) => {
            Err(serde::de::Error::custom("limit must be 1 to 200"))
        }
        other => Ok(other),
    }
}

impl Paging {
    /// Items per page.
    pub(crate) fn size(&self) -> u64 {
        self.limit.unwrap_or(50)
    }
}

/// The answer to a call that leads nowhere.
pub(crate) async fn unknown_operation(visitor: Visitor) -> Problem {
    Problem::of(&AppError::NotFound, visitor.text)
}

/// The answer to a call with the wrong verb.
pub(crate) async fn wrong_method(visitor: Visitor) -> Response {
    plain(
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong-method",
        visitor.text,
        None,
    )
    .into_response()
}

/// A problem of the call itself.
pub(crate) fn plain(status: StatusCode, code: &str, t: Text, detail: Option<&str>) -> Problem {
    let words = t.s(&format!("problem-{code}"));
    let title = detail.map_or_else(|| words.clone(), |detail| format!("{words} ({detail})"));
    Problem {
        kind: "about:blank",
        title,
        status: status.as_u16(),
        code: code.to_owned(),
        errors: Vec::new(),
    }
}

async fn text_of(parts: &mut Parts, web: &Web) -> Text {
    let visitor = Visitor::from_request_parts(parts, web)
        .await
        .unwrap_or_else(|never| match never {});
    visitor.text
}
