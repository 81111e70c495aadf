//! Typed identifiers: `UUIDv7` values that cannot be mixed up, and the keys of questions.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes a new identifier that sorts by `unix_millis`; `random` supplies the rest.
            #[must_use]
            pub fn new(unix_millis: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::from_str(text).map(Self) }
        }
    )+};
}

identifiers! {
    /// One organisation.
    WorkspaceId,
    /// One person who signs in.
    UserId,
    /// One sign-in of a person on one device.
    SessionId,
    /// One key with which a program uses the API.
    ApiTokenId,
    /// One questionnaire over all its versions.
    SurveyId,
    /// One published version of a questionnaire.
    VersionId,
    /// One customer.
    ContactId,
    /// One customer organisation.
    AccountId,
    /// One attribute that contacts may have.
    AttributeId,
    /// One saved filter over contacts.
    SegmentId,
    /// One import of a file.
    ImportId,
    /// One place in the customer journey.
    TouchpointId,
    /// One occasion on which a segment is asked.
    WaveId,
    /// One ask of one contact.
    InvitationId,
    /// One submission.
    ResponseId,
    /// One signal that something needs a look.
    SignalId,
    /// One piece of work to be done later.
    JobId,
    /// One finding of the reviewer that was put aside.
    DismissalId,
}

/// Short stable name of a question inside a questionnaire, such as `nps` or `waarom`.
///
/// It is the field name in forms, columns and the API: a letter, then letters, digits or `_`,
/// lower case, at most 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuestionKey(String);

/// A text that cannot name a question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid question key `{0}`")]
pub struct InvalidQuestionKey(pub String);

impl QuestionKey {
    /// Longest key in characters.
    pub const MAX_LENGTH: usize = 40;

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuestionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for QuestionKey {
    type Error = InvalidQuestionKey;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let starts_well = text.starts_with(|first: char| first.is_ascii_lowercase());
        let is_plain = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if starts_well && is_plain && text.len() <= Self::MAX_LENGTH {
            Ok(Self(text))
        } else {
            Err(InvalidQuestionKey(text))
        }
    }
}

impl FromStr for QuestionKey {
    type Err = InvalidQuestionKey;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<QuestionKey> for String {
    fn from(key: QuestionKey) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_sort_by_the_moment_they_were_made() {
        let early = SurveyId::new(1_000, [255; 10]);
        let late = SurveyId::new(1_001, [0; 10]);
        assert!(early < late);
        assert_eq!(early.to_string().parse(), Ok(early));
    }

    #[test]
    fn a_question_key_is_a_short_lower_case_word() {
        for good in ["nps", "waarom", "q_12"] {
            assert!(good.parse::<QuestionKey>().is_ok(), "{good}");
        }
        for bad in ["", "1a", "Waarom", "a b", "é", &"a".repeat(41)] {
            assert!(bad.parse::<QuestionKey>().is_err(), "{bad}");
        }
    }
}
