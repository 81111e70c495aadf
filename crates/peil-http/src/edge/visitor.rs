//! Who is at the other side, as far as it shows: language, address, nonce.

use std::{convert::Infallible, net::SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use peil_domain::shared::Language;

use super::{cookie::Cookie, fields::Fields, text::Text};
use crate::{HttpConfig, Web};

/// A visitor, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// Speaks the language that was chosen on screen, else the browser's, else Dutch.
    pub(crate) text: Text,
    /// The best of our languages that the browser asks for.
    pub(crate) browser: Option<Language>,
    /// Where the visitor comes from, for counting attempts.
    pub(crate) address: String,
    /// Nonce against forged forms before signing in.
    pub(crate) nonce: Option<String>,
    /// The fields behind the question mark.
    pub(crate) query: Fields,
    /// Path and query, to come back to.
    pub(crate) path: String,
}

/// Language of pages for someone who is not known, from headers alone.
pub(crate) fn language_of(headers: &HeaderMap, config: &HttpConfig) -> Language {
    let chosen = Cookie::Language
        .read(headers, config)
        .and_then(|code| code.parse().ok());
    chosen
        .or_else(|| browser_language(headers))
        .unwrap_or(Language::Nl)
}

fn browser_language(headers: &HeaderMap) -> Option<Language> {
    let wishes = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    Language::from_accept_language(wishes)
}

fn address_of(parts: &Parts, config: &HttpConfig) -> String {
    let forwarded = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .filter(|_| config.trusts_proxy)
        .and_then(|value| value.to_str().ok())
        // The last entry is the one that our own proxy added.
        .and_then(|list| list.rsplit(',').next())
        .map(|address| address.trim().to_owned());
    let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    forwarded
        .or_else(|| direct.map(|ConnectInfo(address)| address.ip().to_string()))
        .unwrap_or_default()
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        let config = &web.config;
        let nonce = Cookie::Visitor
            .read(&parts.headers, config)
            .map(ToOwned::to_owned);
        let path = parts
            .uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        Ok(Self {
            text: Text::new(language_of(&parts.headers, config)),
            browser: browser_language(&parts.headers),
            address: address_of(parts, config),
            nonce,
            query: Fields::of_query(parts.uri.query()),
            path,
        })
    }
}
