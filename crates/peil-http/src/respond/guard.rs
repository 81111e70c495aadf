//! Keeps one visitor from answering a public link many times, where that is not wanted: a cookie
//! that is set only when an answer has been stored, and a generous limit per place.
//!
//! A link that one may answer again and again (a kiosk, a counter, a shared office) has a limit too,
//! so wide that no crowd of people meets it. This machine itself has none there: a program on it
//! can do worse than answer questionnaires, and tests of load run on it. A proxy on this machine
//! must be named with `trusts_proxy`, or all its visitors count as this machine.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::Arc,
};

use axum::http::{HeaderMap, HeaderValue, header};
use governor::{DefaultKeyedRateLimiter, Quota};
use peil_domain::{shared::SurveyId, survey::Survey};

use crate::HttpConfig;

/// A whole office may answer from one address, so many come through at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(199);
const PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);
/// Where one may answer again and again, a place may be a stadium behind one address.
const REPEATS_AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(1_999);
const REPEATS_PER_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
/// Places that are remembered before quiet ones are forgotten.
const MOST_PLACES: usize = 50_000;
/// Seconds that an answer is remembered in the browser.
const COOKIE_SECONDS: u32 = 180 * 86_400;
const COOKIE: &str = "peil-answered";

type Limiter = DefaultKeyedRateLimiter<(SurveyId, String)>;

/// Counts what comes from each place.
#[derive(Clone)]
pub(super) struct Crowd {
    once: Arc<Limiter>,
    again_and_again: Arc<Limiter>,
}

impl Default for Crowd {
    fn default() -> Self {
        let once = Quota::per_minute(PER_MINUTE).allow_burst(AT_ONCE);
        let repeats = Quota::per_second(REPEATS_PER_SECOND).allow_burst(REPEATS_AT_ONCE);
        Self {
            once: Arc::new(Limiter::keyed(once)),
            again_and_again: Arc::new(Limiter::keyed(repeats)),
        }
    }
}

impl Crowd {
    /// Whether this address sends more than anyone would.
    pub(super) fn is_one_too_many(&self, survey: &Survey, text: &str) -> bool {
        let address: Option<IpAddr> = text.parse().ok();
        let limiter = if survey.allows_repeats {
            if address.is_some_and(|address| address.to_canonical().is_loopback()) {
                return false;
            }
            &self.again_and_again
        } else {
            &self.once
        };
        if limiter.len() > MOST_PLACES {
            limiter.retain_recent();
        }
        let place = address.map_or_else(|| text.to_owned(), place_of);
        limiter.check_key(&(survey.id, place)).is_err()
    }
}

/// Addresses that one visitor can choose among are one place: whoever has one address of version 6
/// has the 2^64 around it as well.
fn place_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = address.to_bits() & !u128::from(u64::MAX);
            format!("{}/64", Ipv6Addr::from_bits(network))
        }
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

    fn survey(allows_repeats: bool) -> Survey {
        let json = serde_json::json!({
            "languages": ["nl"], "title": {}, "intro": {}, "thanks": {}, "thanks_low": {}, "pages": [],
        });
        Survey {
            id: SurveyId::new(1, [1; 10]),
            workspace: peil_domain::shared::WorkspaceId::new(1, [2; 10]),
            slug: "kto".parse().unwrap(),
            name: "KTO".into(),
            purpose: peil_domain::survey::SurveyPurpose::Relational,
            state: peil_domain::survey::SurveyState::Live,
            has_public_link: true,
            allows_repeats,
            touchpoint: None,
            draft: serde_json::from_value(json).unwrap(),
            revision: 1,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            updated_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_crowd_gets_through_and_a_flood_does_not() {
        let (crowd, survey) = (Crowd::default(), survey(false));
        for number in 0..200 {
            assert!(!crowd.is_one_too_many(&survey, "192.0.2.1"), "{number}");
        }
        assert!(crowd.is_one_too_many(&survey, "192.0.2.1"));
        assert!(!crowd.is_one_too_many(&survey, "192.0.2.2"));
    }

    #[test]
    fn a_kiosk_goes_on_for_long_and_a_flood_at_it_does_not() {
        let (crowd, survey) = (Crowd::default(), survey(true));
        for number in 0..2_000 {
            assert!(!crowd.is_one_too_many(&survey, "192.0.2.1"), "{number}");
        }
        let is_held_back = |_| crowd.is_one_too_many(&survey, "192.0.2.1");
        assert!((0..1_000).any(is_held_back));
        assert!(!crowd.is_one_too_many(&survey, "192.0.2.2"));
    }

    #[test]
    fn this_machine_may_answer_a_repeatable_link_without_end_and_no_other() {
        let crowd = Crowd::default();
        for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let held = (0..5_000).any(|_| crowd.is_one_too_many(&survey(true), address));
            assert!(!held, "{address}");
        }
        let held = (0..300).any(|_| crowd.is_one_too_many(&survey(false), "127.0.0.1"));
        assert!(held);
    }

    #[test]
    fn changing_the_end_of_an_address_makes_no_other_place() {
        let place = |text: &str| place_of(text.parse().unwrap());
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:192.0.2.1"), place("192.0.2.1"));
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
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
