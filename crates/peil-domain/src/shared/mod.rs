//! What every capability needs: identifiers, languages, localised texts, days and addresses.

mod address;
mod day;
mod id;
mod language;
mod slug;
pub mod values;

pub use address::{EmailAddress, InvalidEmailAddress};
pub use day::{LocalDay, Period};
pub use id::{
    AccountId, ApiTokenId, AttributeId, ContactId, DismissalId, ImportId, InvalidQuestionKey,
    InvitationId, JobId, QuestionKey, ResponseId, SegmentId, SessionId, SignalId, SurveyId,
    TouchpointId, UserId, VersionId, WaveId, WorkspaceId,
};
pub use language::{Language, Localized, UnknownLanguage};
pub use slug::{InvalidSlug, Slug};
