//! Who calls: a program with a token.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use peil_app::{
    AppError,
    access::{AccessError, Identity},
};

use crate::{
    Web,
    edge::{problem::Problem, text::Text, visitor::Visitor},
};

/// A program that is known by its token.
pub(crate) struct Caller {
    /// In whose name it acts.
    pub(crate) identity: Identity,
    /// Speaks the language that the call asks for.
    pub(crate) text: Text,
}

impl Caller {
    /// A refusal in the caller's language.
    pub(crate) fn problem(&self, error: &AppError) -> Problem {
        Problem::of(error, self.text)
    }
}

impl FromRequestParts<Web> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let visitor = Visitor::from_request_parts(parts, web)
            .await
            .unwrap_or_else(|never| match never {});
        let text = visitor.text;
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(str::trim);
        let found = match token {
            Some(token) => web.app.identify_api_token(token).await,
            None => Err(AccessError::NotSignedIn.into()),
        };
        match found {
            Ok(identity) => Ok(Self { identity, text }),
            Err(error) => Err(Problem::of(&error, text)),
        }
    }
}
