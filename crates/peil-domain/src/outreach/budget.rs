//! Decides whether a contact may be asked now. Too soon is held back until a date, never forgotten.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{audience::Contact, survey::SurveyPurpose};

/// How often a contact may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPolicy {
    /// Days between any two invitations.
    pub days_between_invitations: u16,
    /// Days after an answer before the relation as a whole is asked about again.
    pub relational_days_after_answer: u16,
    /// Days after an unanswered invitation before the relation is asked about again.
    pub relational_days_after_silence: u16,
    /// Days between two questions about a contact moment.
    pub transactional_days: u16,
}

impl Default for AskPolicy {
    fn default() -> Self {
        Self {
            days_between_invitations: 14,
            relational_days_after_answer: 90,
            relational_days_after_silence: 30,
            transactional_days: 30,
        }
    }
}

/// What happened with a contact before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct History {
    /// Last invitation of any kind.
    pub last_invited_at: Option<Timestamp>,
    /// Last invitation to a survey of the same purpose.
    pub last_invited_same_purpose_at: Option<Timestamp>,
    /// Last answer to a survey of the same purpose.
    pub last_answered_same_purpose_at: Option<Timestamp>,
}

/// Whether to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Ask now.
    Ask,
    /// Do not ask now.
    HoldBack(HeldBack),
}

/// Why a contact is not asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBack {
    /// Wants no invitations.
    OptedOut,
    /// Has no address.
    NoAddress,
    /// Was invited too recently.
    InvitedRecently {
        /// From when on asking is allowed again.
        until: Timestamp,
    },
    /// Answered too recently.
    AnsweredRecently {
        /// From when on asking is allowed again.
        until: Timestamp,
    },
}

/// Says whether `contact` may be asked about `purpose` at `now`.
#[must_use]
pub fn decide(
    contact: &Contact,
    history: &History,
    purpose: SurveyPurpose,
    policy: &AskPolicy,
    now: Timestamp,
) -> Decision {
    if contact.opted_out_at.is_some() {
        return Decision::HoldBack(HeldBack::OptedOut);
    }
    if contact.email.is_none() {
        return Decision::HoldBack(HeldBack::NoAddress);
    }
    let (days_after_invitation, days_after_answer) = match purpose {
        SurveyPurpose::Relational => (
            policy.relational_days_after_silence,
            policy.relational_days_after_answer,
        ),
        SurveyPurpose::Transactional => (policy.transactional_days, policy.transactional_days),
    };
    let answered_until = later(history.last_answered_same_purpose_at, days_after_answer);
    let invited_until = later(history.last_invited_at, policy.days_between_invitations).max(later(
        history.last_invited_same_purpose_at,
        days_after_invitation,
    ));
    match (answered_until, invited_until) {
        (Some(until), invited) if until > now && Some(until) >= invited => {
            Decision::HoldBack(HeldBack::AnsweredRecently { until })
        }
        (_, Some(until)) if until > now => Decision::HoldBack(HeldBack::InvitedRecently { until }),
        _ => Decision::Ask,
    }
}

/// The moment `days` after `at`; the far end of time when that cannot be counted.
fn later(at: Option<Timestamp>, days: u16) -> Option<Timestamp> {
    let wait = SignedDuration::from_hours(24 * i64::from(days));
    at.map(|at| at.checked_add(wait).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::shared::{ContactId, WorkspaceId};

    fn contact() -> Contact {
        Contact {
            id: ContactId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            external_id: None,
            email: "a@example.nl".parse().ok(),
            phone: None,
            name: None,
            language: None,
            account: None,
            attributes: std::collections::BTreeMap::default(),
            opted_out_at: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn ask(history: History, purpose: SurveyPurpose) -> Decision {
        let now = "2026-06-30T12:00:00Z".parse().unwrap();
        decide(&contact(), &history, purpose, &AskPolicy::default(), now)
    }

    fn at(text: &str) -> Option<Timestamp> {
        text.parse().ok()
    }

    #[test]
    fn someone_who_was_never_asked_is_asked() {
        assert_eq!(
            ask(History::default(), SurveyPurpose::Relational),
            Decision::Ask
        );
    }

    #[test]
    fn opting_out_wins_from_everything() {
        let now = "2026-06-30T12:00:00Z".parse().unwrap();
        let mut gone = contact();
        gone.opted_out_at = Some(now);
        gone.email = None;
        let decision = decide(
            &gone,
            &History::default(),
            SurveyPurpose::Relational,
            &AskPolicy::default(),
            now,
        );
        assert_eq!(decision, Decision::HoldBack(HeldBack::OptedOut));
    }

    #[test]
    fn an_invitation_and_an_answer_each_have_their_own_wait() {
        let invited = History {
            last_invited_at: at("2026-06-20T12:00:00Z"),
            ..History::default()
        };
        let until = "2026-07-04T12:00:00Z".parse().unwrap();
        assert_eq!(
            ask(invited, SurveyPurpose::Transactional),
            Decision::HoldBack(HeldBack::InvitedRecently { until })
        );
        let answered = History {
            last_invited_at: at("2026-05-01T12:00:00Z"),
            last_invited_same_purpose_at: at("2026-05-01T12:00:00Z"),
            last_answered_same_purpose_at: at("2026-05-02T12:00:00Z"),
        };
        let until = "2026-07-31T12:00:00Z".parse().unwrap();
        assert_eq!(
            ask(answered, SurveyPurpose::Relational),
            Decision::HoldBack(HeldBack::AnsweredRecently { until })
        );
        assert_eq!(ask(answered, SurveyPurpose::Transactional), Decision::Ask);
    }
}
