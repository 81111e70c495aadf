//! Waves, which ask a segment once, and the invitations that they consist of.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::audience::Filter;
use crate::shared::{
    AccountId, ContactId, InvitationId, Language, Localized, SegmentId, SurveyId, VersionId,
    WaveId, WorkspaceId,
};

/// The way by which a question reaches a customer, or an answer reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A personal link in a mail.
    Email,
    /// The public link.
    Link,
    /// The public link behind a printed code.
    Qr,
    /// A program through the API.
    Api,
    /// A file with earlier answers that names no channel.
    Import,
}

/// A text that names no channel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown channel `{0}`")]
pub struct UnknownChannel(pub String);

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [Self::Email, Self::Link, Self::Qr, Self::Api, Self::Import];

    /// The channel as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Link => "link",
            Self::Qr => "qr",
            Self::Api => "api",
            Self::Import => "import",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Channel {
    type Err = UnknownChannel;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|channel| channel.code() == text)
            .ok_or_else(|| UnknownChannel(text.to_owned()))
    }
}

/// Where a wave is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WaveState {
    /// Being written; nothing was sent.
    Draft,
    /// Started by a person; its invitations are being made and no mail has gone out.
    Preparing,
    /// Mails are going out.
    Sending,
    /// Every mail had its turn.
    Sent,
    /// Stopped by a person; mails that had not gone out never will.
    Stopped,
}

impl WaveState {
    /// The state as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Preparing => "preparing",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Stopped => "stopped",
        }
    }

    /// Whether invitations are being made or mails are going out.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Preparing | Self::Sending)
    }
}

/// One occasion on which a segment is asked by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// Identifier.
    pub id: WaveId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The version that is asked: the newest one when it was started.
    pub version: Option<VersionId>,
    /// Who is asked; everyone when absent.
    pub segment: Option<SegmentId>,
    /// Whom the segment stood for when it was started, so that a segment that changes while
    /// invitations are being made changes nothing; absent before the start.
    pub recipients: Option<Filter>,
    /// Name for colleagues.
    pub name: String,
    /// Subject of the mail.
    pub subject: Localized,
    /// Opening text of the mail.
    pub message: Localized,
    /// Where it is in its life.
    pub state: WaveState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When someone started it.
    pub started_at: Option<Timestamp>,
    /// When the last mail had its turn.
    pub finished_at: Option<Timestamp>,
}

/// Where an invitation is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Waits for its turn.
    Queued,
    /// Is being handed to the mail server at this moment. After a crash nobody can know whether
    /// the server took it, so it is not sent again unless a person says so.
    HandingOver,
    /// The mail server took it.
    Sent,
    /// A crash came between handing over and the server's word; it may have arrived.
    Unconfirmed,
    /// The mail server refused it for good.
    Failed,
    /// Taken back before it was sent.
    Cancelled,
}

impl InvitationState {
    /// The state as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::HandingOver => "handing_over",
            Self::Sent => "sent",
            Self::Unconfirmed => "unconfirmed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One ask of one contact through one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Identifier.
    pub id: InvitationId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// The wave that it belongs to.
    pub wave: WaveId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The version that is asked.
    pub version: VersionId,
    /// Who is asked.
    pub contact: ContactId,
    /// The organisation that the contact worked for at that time.
    pub account: Option<AccountId>,
    /// Language of the mail.
    pub language: Language,
    /// Where it is in its life.
    pub state: InvitationState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the mail server took it.
    pub sent_at: Option<Timestamp>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Until when its link works.
    pub expires_at: Timestamp,
    /// What went wrong last.
    pub last_error: Option<String>,
}
