//! Keeps one visitor from answering a public link many times, where that is not wanted: a cookie
//! that is set only when an answer has been stored, and a generous limit per place.

use std::{num::NonZeroU32, sync::Arc};

use axum::http::{HeaderMap, HeaderValue, header};
use governor::{DefaultKeyedRateLimiter, Quota};
use peil_domain::shared::SurveyId;

use crate::HttpConfig;

/// A whole office may answer from one address, so many come through at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(199);
const PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);
/// Places that are remembered before quiet ones are forgotten.
const MOST_PLACES: usize = 50_000;
/// Seconds that an answer is remembered in the browser.
const COOKIE_SECONDS: u32 = 180 * 86_400;
const COOKIE: &str = "peil-answered";

/// Counts what comes from each place.
#[derive(Clone)]
pub(super) struct Crowd(Arc<DefaultKeyedRateLimiter<(SurveyId, String)>>);

impl Default for Crowd {
    fn default() -> Self {
        let quota = Quota::per_minute(PER_MINUTE).allow_burst(AT_ONCE);
        Self(Arc::new(DefaultKeyedRateLimiter::keyed(quota)))
    }
}

impl Crowd {
    /// Whether this place sends more than anyone would.
    pub(super) fn is_one_too_many(&self, survey: SurveyId, place: &str) -> bool {
        if self.0.len() > MOST_PLACES {
            self.0.retain_recent();
        }
        self.0.check_key(&(survey, place.to_owned())).is_err()
    }
}

/// The questionnaire of this address that the visitor says to have answered before. The browser
/// sends the cookie only to the address of that questionnaire.
pub(super) fn answered_before(headers: &HeaderMap) -> Option<SurveyId> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then(|| value.parse().ok()).flatten())
}

/// The cookie that remembers an answer to the questionnaire at `path`.
pub(super) fn remember(survey: SurveyId, path: &str, config: &HttpConfig) -> Option<HeaderValue> {
    let secure = if config.is_behind_tls { "; Secure" } else { "" };
    let line = format!(
        "{COOKIE}={survey}; Path={path}; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
    );
    HeaderValue::from_str(&line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_gets_through_and_a_flood_does_not() {
        let crowd = Crowd::default();
        let survey = SurveyId::new(1, [1; 10]);
        for number in 0..200 {
            assert!(!crowd.is_one_too_many(survey, "192.0.2.1"), "{number}");
        }
        assert!(crowd.is_one_too_many(survey, "192.0.2.1"));
        assert!(!crowd.is_one_too_many(survey, "192.0.2.2"));
    }

    #[test]
    fn the_cookie_belongs_to_one_address_and_names_the_questionnaire() {
        let survey = SurveyId::new(1, [1; 10]);
        let line = remember(survey, "/s/kto", &HttpConfig::default()).unwrap();
        let line = line.to_str().unwrap();
        assert!(
            line.contains("Path=/s/kto;") && line.contains("HttpOnly"),
            "{line}"
        );
        let mut headers = HeaderMap::new();
        let sent = format!("a=b; {}", line.split(';').next().unwrap());
        headers.insert(header::COOKIE, sent.parse().unwrap());
        assert_eq!(answered_before(&headers), Some(survey));
        headers.insert(header::COOKIE, "peil-answered=x".parse().unwrap());
        assert_eq!(answered_before(&headers), None);
    }
}
