//! Contacts, the organisations that they work for, attributes, segments and opt-outs.

mod account;
mod attribute;
mod contact;
mod history;
mod opt_out;
mod segment;
mod upsert;

use peil_domain::{
    audience::{AttributeKind, ContactProblem, FilterProblem},
    shared::QuestionKey,
};

pub use account::AccountSize;
pub use attribute::AttributeUse;
pub use contact::{
    AudienceCounts, Change, ContactChange, ContactPage, ContactQuery, ListedContact,
};
pub use history::{ContactHistory, Moment, MomentKind};
pub use segment::{SegmentSample, SizedSegment};
pub use upsert::{MOST_IN_BATCH, Upserted};

/// Why contacts, attributes or segments are not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AudienceError {
    /// A contact cannot be made of what was given.
    #[error(transparent)]
    Contact(#[from] ContactProblem),
    /// Another contact has this external identifier.
    #[error("external id in use")]
    ExternalIdTaken,
    /// Another contact has this address.
    #[error("e-mail address in use")]
    EmailTaken,
    /// External identifier and address belong to two different contacts.
    #[error("external id and e-mail address of two different contacts")]
    TwoContacts,
    /// There is no such attribute.
    #[error("unknown attribute `{0}`")]
    UnknownAttribute(QuestionKey),
    /// A value of another type than that of its attribute.
    #[error("attribute `{key}` wants a {}", kind.code())]
    WrongType {
        /// The attribute.
        key: QuestionKey,
        /// The type of its values.
        kind: AttributeKind,
    },
    /// There are as many attributes as anyone can oversee.
    #[error("more than {0} attributes")]
    TooManyAttributes(usize),
    /// Another attribute has this label.
    #[error("label in use")]
    LabelTaken,
    /// A filter that cannot be used.
    #[error(transparent)]
    Filter(#[from] FilterProblem),
    /// Another segment has this name.
    #[error("segment name in use")]
    SegmentTaken,
    /// A wave that is not finished asks this segment.
    #[error("segment in use by a wave")]
    SegmentInUse,
}
