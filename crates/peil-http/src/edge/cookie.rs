//! Cookies: the sign-in, the nonce of visitors who are not signed in, and the language of pages
//! shown before signing in.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::HttpConfig;

/// Cookies that Peil sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// Token of the sign-in.
    SignIn,
    /// Nonce against forged forms before signing in.
    Visitor,
    /// Language chosen on screen.
    Language,
}

impl Cookie {
    /// The name; behind TLS with the prefix that browsers guard.
    fn name(self, config: &HttpConfig) -> &'static str {
        match (self, config.is_behind_tls) {
            (Self::SignIn, true) => "__Host-peil",
            (Self::SignIn, false) => "peil",
            (Self::Visitor, true) => "__Host-peil-visitor",
            (Self::Visitor, false) => "peil-visitor",
            (Self::Language, true) => "__Host-peil-language",
            (Self::Language, false) => "peil-language",
        }
    }

    /// Its value in a request.
    pub(crate) fn read<'a>(self, headers: &'a HeaderMap, config: &HttpConfig) -> Option<&'a str> {
        let name = self.name(config);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The header that sets it for so many seconds.
    pub(crate) fn set(self, value: &str, seconds: i64, config: &HttpConfig) -> Option<HeaderValue> {
        let secure = if config.is_behind_tls { "; Secure" } else { "" };
        let line = format!(
            "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
            self.name(config)
        );
        HeaderValue::from_str(&line).ok()
    }

    /// The header that takes it away.
    pub(crate) fn clear(self, config: &HttpConfig) -> Option<HeaderValue> {
        self.set("", 0, config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_tls_cookies_are_bound_to_the_host() {
        let tls = HttpConfig {
            is_behind_tls: true,
            ..HttpConfig::default()
        };
        let line = Cookie::SignIn.set("abc", 60, &tls).unwrap();
        let line = line.to_str().unwrap();
        assert!(
            line.starts_with("__Host-peil=abc;") && line.contains("; Secure"),
            "{line}"
        );
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax"));
        let plain = HttpConfig::default();
        assert!(
            !Cookie::SignIn
                .set("abc", 60, &plain)
                .unwrap()
                .to_str()
                .unwrap()
                .contains("Secure")
        );
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=1; peil=token; b=2"),
        );
        let config = HttpConfig::default();
        assert_eq!(Cookie::SignIn.read(&headers, &config), Some("token"));
        assert_eq!(Cookie::Visitor.read(&headers, &config), None);
    }
}
