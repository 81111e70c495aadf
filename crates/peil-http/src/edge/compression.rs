//! What is made smaller on its way, and what is not.
//!
//! Words are: pages, JSON, tables of text. Pictures and workbooks are compressed already, and a short
//! answer fits into one packet as it is.
//!
//! Compression tells by the length of an answer how much of it repeats. Someone who can make a
//! visitor's browser ask for pages with words of their choice, and sees the encrypted answers pass,
//! can so guess what else is in them, letter by letter: the token of forms, or what customers wrote
//! (BREACH). Nothing that such a foreign page asks for in the name of somebody who is signed in is
//! therefore compressed. Browsers say so in `Sec-Fetch-Site` wherever pages are encrypted, and where
//! they are not, there is nothing to guess. Respondents' pages hold no secret that is there twice:
//! the token of a form is another one every time.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
};
use tower::util::MapRequestLayer;
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{And, Predicate, SizeAbove},
    },
};

use super::cookie::Cookie;
use crate::HttpConfig;

/// Bytes that fit into one packet together with their headers.
const SMALL: u64 = 1_024;
/// Pages are compressed anew every time: nearly as small as can be, at a third of the work.
const LEVEL: i32 = 4;

/// Kinds of content that become smaller.
const WORDS: [&str; 5] = [
    "text/",
    "application/json",
    "application/problem+json",
    "application/javascript",
    "image/svg+xml",
];

type Chosen = And<SizeAbove, fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool>;

/// Compresses what becomes smaller, in the way that the reader prefers.
pub(crate) fn layer() -> CompressionLayer<Chosen> {
    let chosen = SizeAbove::new(SMALL).and(is_words as fn(_, _, &_, &_) -> _);
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(LEVEL))
        .compress_when(chosen)
}

fn is_words(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("");
    WORDS.iter().any(|words| kind.starts_with(words))
}

/// Keeps answers whole that a foreign page asks for in the name of somebody who is signed in, or is
/// about to be.
pub(crate) fn keep_secrets(
    config: Arc<HttpConfig>,
) -> MapRequestLayer<impl Fn(Request) -> Request + Clone> {
    MapRequestLayer::new(move |mut request: Request| {
        let headers = request.headers();
        let is_known = [Cookie::SignIn, Cookie::Visitor]
            .iter()
            .any(|cookie| cookie.read(headers, &config).is_some());
        if is_known && is_foreign(headers) {
            request.headers_mut().remove(header::ACCEPT_ENCODING);
        }
        request
    })
}

/// Whether a page of another site made the browser ask.
fn is_foreign(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "same-origin" && site != "none")
}

/// How static files are sent, which are compressed once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// As they are.
    Plain,
    /// `gzip`.
    Gzip,
    /// `br`.
    Brotli,
}

impl Coding {
    /// The smallest one that the reader takes.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::ACCEPT_ENCODING).iter();
        let wishes: Vec<&str> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        if takes(&wishes, "br") {
            Self::Brotli
        } else if takes(&wishes, "gzip") {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    /// Its name in `Content-Encoding`.
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// Whether a way is among the wishes, and not with the weight that says never.
fn takes(wishes: &[&str], name: &str) -> bool {
    wishes.iter().any(|wish| {
        let (way, weight) = wish.split_once(';').unwrap_or((wish, ""));
        let weight = weight.trim().strip_prefix("q=");
        let weight = weight.map_or(Ok(1.0), str::parse::<f32>);
        way.trim().eq_ignore_ascii_case(name) && weight.is_ok_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding(accepted: &str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
        Coding::of(&headers)
    }

    #[test]
    fn the_smallest_way_that_is_wished_for_is_taken() {
        assert_eq!(coding("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(coding("GZIP;q=0.5"), Coding::Gzip);
        assert_eq!(coding("br;q=0, gzip"), Coding::Gzip);
        assert_eq!(coding("identity"), Coding::Plain);
        assert_eq!(coding("br;q=x"), Coding::Plain);
        assert_eq!(Coding::of(&HeaderMap::new()), Coding::Plain);
    }
}
