//! Slows down guessing of passwords: a few attempts at once, then one every so often, counted both
//! per address that signs in and per place that it comes from.

use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota};

/// Counts attempts to sign in.
pub(crate) struct SignInAttempts {
    email: DefaultKeyedRateLimiter<String>,
    email_and_place: DefaultKeyedRateLimiter<String>,
    place: DefaultKeyedRateLimiter<String>,
}

const AT_ONCE_PER_EMAIL: NonZeroU32 = NonZeroU32::MIN.saturating_add(7);
const AT_ONCE_PER_PLACE: NonZeroU32 = NonZeroU32::MIN.saturating_add(29);
const AT_ONCE_EVERYWHERE: NonZeroU32 = NonZeroU32::MIN.saturating_add(99);

impl Default for SignInAttempts {
    fn default() -> Self {
        Self {
            email: DefaultKeyedRateLimiter::keyed(
                Quota::per_minute(AT_ONCE_PER_PLACE).allow_burst(AT_ONCE_EVERYWHERE),
            ),
            email_and_place: DefaultKeyedRateLimiter::keyed(
                Quota::per_minute(NonZeroU32::MIN).allow_burst(AT_ONCE_PER_EMAIL),
            ),
            place: DefaultKeyedRateLimiter::keyed(
                Quota::per_minute(AT_ONCE_PER_EMAIL).allow_burst(AT_ONCE_PER_PLACE),
            ),
        }
    }
}

impl SignInAttempts {
    /// Whether one more attempt may be made now.
    pub(crate) fn allows(&self, email: &str, place: &str) -> bool {
        let email = email.trim().to_lowercase();
        // The place first, and the address together with it: guessing from elsewhere must not keep
        // the owner of an address out. The last one stops guessing from very many places.
        let allowed = self.place.check_key(&place.to_owned()).is_ok()
            && self
                .email_and_place
                .check_key(&format!("{email} {place}"))
                .is_ok()
            && self.email.check_key(&email).is_ok();
        // Names that have been quiet are forgotten, so that memory does not grow.
        if self.email_and_place.len() > 10_000 {
            self.email.retain_recent();
            self.email_and_place.retain_recent();
            self.place.retain_recent();
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninth_guess_for_one_address_is_refused_and_others_go_on() {
        let attempts = SignInAttempts::default();
        for guess in 0..8 {
            assert!(attempts.allows("a@example.nl", "192.0.2.1"), "{guess}");
        }
        assert!(!attempts.allows("A@example.nl ", "192.0.2.1"));
        assert!(attempts.allows("b@example.nl", "192.0.2.1"));
        assert!(
            attempts.allows("a@example.nl", "192.0.2.2"),
            "the owner, from elsewhere"
        );
    }
}
