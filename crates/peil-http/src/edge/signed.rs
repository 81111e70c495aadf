//! Who is signed in, and forms that really come from our own pages.
//!
//! Every form carries a token derived from the secret cookie of its reader: a foreign page can send
//! the cookie along, but cannot know the token.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use jiff::tz::TimeZone;
use peil_app::{
    AppError,
    access::{AccessError, Identity},
    hash_token,
    storage::StorageTrouble,
};

use super::{cookie::Cookie, fields::Fields, problem::PageError, text::Text, visitor::Visitor};
use crate::Web;

/// Someone who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    /// Who.
    pub(crate) identity: Identity,
    /// Speaks that person's language.
    pub(crate) text: Text,
    /// The organisation's time zone.
    pub(crate) zone: TimeZone,
    /// Token for forms.
    pub(crate) csrf: String,
    /// The fields behind the question mark.
    pub(crate) query: Fields,
    /// Path and query of this page.
    pub(crate) path: String,
    /// What is wrong with the disk.
    pub(crate) storage: Option<StorageTrouble>,
}

/// A form sent by someone who is signed in, from a page of ours.
#[derive(Debug, Clone)]
pub(crate) struct SignedForm {
    /// Who sent it.
    pub(crate) signed: Signed,
    /// What it says.
    pub(crate) fields: Fields,
}

/// A form sent by someone who is not signed in, from a page of ours.
#[derive(Debug, Clone)]
pub(crate) struct VisitorForm {
    /// Who sent it.
    pub(crate) visitor: Visitor,
    /// What it says.
    pub(crate) fields: Fields,
}

/// The token that forms of the owner of `secret` carry.
pub(crate) fn csrf_of(secret: &str) -> String {
    hash_token(&format!("form:{secret}"))
}

/// Name of the hidden field that carries the token.
pub(crate) const CSRF_FIELD: &str = "csrf";

impl FromRequestParts<Web> for Signed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, PageError> {
        let visitor = Visitor::from_request_parts(parts, web)
            .await
            .unwrap_or_else(|never| match never {});
        let token = Cookie::SignIn.read(&parts.headers, &web.config);
        let identity = match token {
            Some(token) => web.app.identify(token).await,
            None => Err(AccessError::NotSignedIn.into()),
        };
        let identity = match identity {
            Ok(identity) => identity,
            Err(AppError::Access(AccessError::NotSignedIn)) => {
                return Err(PageError::SignInFirst {
                    back_to: visitor.path,
                });
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self {
            text: Text::new(identity.user.language),
            zone: TimeZone::get(&identity.workspace.time_zone).unwrap_or(TimeZone::UTC),
            csrf: csrf_of(token.unwrap_or_default()),
            query: visitor.query,
            path: visitor.path,
            storage: web.app.storage_trouble(),
            identity,
        })
    }
}

impl Signed {
    /// Whether `token`, sent along by a form, is this person's.
    pub(crate) fn confirms(&self, token: &str) -> bool {
        token == self.csrf
    }
}

impl FromRequest<Web> for SignedForm {
    type Rejection = PageError;

    async fn from_request(request: Request, web: &Web) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        // The whole form first: rights are those of the moment at which it is complete.
        let fields = read_fields(Request::from_parts(parts.clone(), body), web).await?;
        let signed = Signed::from_request_parts(&mut parts, web).await?;
        if !signed.confirms(fields.get(CSRF_FIELD)) {
            return Err(PageError::ForeignForm);
        }
        Ok(Self { signed, fields })
    }
}

impl FromRequest<Web> for VisitorForm {
    type Rejection = PageError;

    async fn from_request(request: Request, web: &Web) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, web)
            .await
            .unwrap_or_else(|never| match never {});
        let fields = read_fields(Request::from_parts(parts, body), web).await?;
        let nonce = visitor.nonce.as_deref().ok_or(PageError::ForeignForm)?;
        if fields.get(CSRF_FIELD) != csrf_of(nonce) {
            return Err(PageError::ForeignForm);
        }
        Ok(Self { visitor, fields })
    }
}

async fn read_fields(request: Request, web: &Web) -> Result<Fields, PageError> {
    let bytes = Bytes::from_request(request, web)
        .await
        .map_err(|_| PageError::TooLarge)?;
    Ok(Fields::parse(&bytes))
}
