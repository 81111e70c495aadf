//! One submission: who answered what, when, through which channel, in which segments.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Answer, Flags};
use crate::{
    outreach::Channel,
    shared::{
        AccountId, ContactId, InvitationId, Language, LocalDay, QuestionKey, ResponseId, SurveyId,
        VersionId, WorkspaceId,
    },
};

/// How far a submission went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Completion {
    /// All pages were sent.
    Complete,
    /// The respondent stopped on the way.
    Partial,
}

/// One submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Identifier, made with the form; submitting twice counts once.
    pub id: ResponseId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The version that was shown.
    pub version: VersionId,
    /// Who answered, when known.
    pub contact: Option<ContactId>,
    /// The organisation that the contact worked for at that moment.
    pub account: Option<AccountId>,
    /// The invitation that led to it.
    pub invitation: Option<InvitationId>,
    /// Channel through which it came.
    pub channel: Channel,
    /// Language in which it was answered.
    pub language: Language,
    /// Contact moment that it is about.
    pub touchpoint: Option<QuestionKey>,
    /// How far it went.
    pub completion: Completion,
    /// Pages that were sent, when it stopped on the way.
    pub pages_done: Option<i32>,
    /// When it was sent; when it stopped on the way, when its last page was.
    pub submitted_at: Timestamp,
    /// The day of that moment in the organisation's time zone.
    pub local_day: LocalDay,
    /// Time between showing and sending, in whole seconds, when known.
    pub seconds: Option<i32>,
    /// Segment values of that moment, frozen: attribute key to value as text.
    pub segments: BTreeMap<QuestionKey, String>,
    /// Marks that deserve a second look.
    pub flags: Flags,
    /// The answers, in the order of the questionnaire.
    pub answers: Vec<Answer>,
}

impl Response {
    /// Whether a program rather than a person must have filled it in.
    #[must_use]
    pub fn is_automatic(&self) -> bool {
        self.flags.iter().any(|flag| flag.is_automatic())
    }
}
