//! What the outbox tells: a submission came, or is no longer as it was.

use std::collections::BTreeMap;

use peil_domain::{
    outreach::Channel,
    response::{AnswerValue, Completion, Response},
    shared::{
        AccountId, ContactId, Language, LocalDay, QuestionKey, ResponseId, SurveyId, VersionId,
        WorkspaceId,
    },
};
use serde::{Deserialize, Serialize};

use crate::themes::Mentions;

/// One signed change. A correction is two: the submission as it was goes, as it is now comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Whether the submission comes; otherwise it goes, and this is how it was.
    #[serde(rename = "+")]
    pub comes: bool,
    /// The submission, with everything that figures need to know of it.
    #[serde(rename = "s")]
    pub submission: Submission,
}

/// A submission as figures see it, frozen at the moment of answering. It holds no words that anyone
/// wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Organisation.
    #[serde(rename = "w")]
    pub workspace: WorkspaceId,
    /// Identifier.
    #[serde(rename = "i")]
    pub response: ResponseId,
    /// The questionnaire.
    #[serde(rename = "q")]
    pub survey: SurveyId,
    /// The version that was shown.
    #[serde(rename = "v")]
    pub version: VersionId,
    /// Who answered, when known.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// The organisation that the contact worked for at that moment.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Channel through which it came.
    #[serde(rename = "h")]
    pub channel: Channel,
    /// Language in which it was answered.
    #[serde(rename = "l")]
    pub language: Language,
    /// Contact moment that it is about.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub touchpoint: Option<QuestionKey>,
    /// Whether it stopped on the way.
    #[serde(rename = "p", default, skip_serializing_if = "is_false")]
    pub is_partial: bool,
    /// Pages that were sent, when it stopped on the way.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub pages_done: Option<i32>,
    /// Whether a program rather than a person must have filled it in.
    #[serde(rename = "r", default, skip_serializing_if = "is_false")]
    pub is_automatic: bool,
    /// The day on which it was sent, in the organisation's time zone.
    #[serde(rename = "d")]
    pub local_day: LocalDay,
    /// Segment values of that moment.
    #[serde(rename = "m", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub segments: BTreeMap<QuestionKey, String>,
    /// What was answered, by question.
    #[serde(rename = "g", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<QuestionKey, Given>,
    /// What is mentioned in the words of answers, as far as these were read.
    #[serde(rename = "x", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mentions: BTreeMap<QuestionKey, Mentions>,
}

/// What figures see of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// A score.
    #[serde(rename = "s")]
    Score(i32),
    /// Codes of the chosen options, and whether words were written behind "other".
    #[serde(rename = "o")]
    Options(Vec<QuestionKey>, bool),
    /// An answer in the respondent's own words, and whether there are any. Details of the respondent
    /// and "not applicable" are told as no words: that something was answered is all that counts.
    #[serde(rename = "t")]
    Words(bool),
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks in this way whether a field is left out"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Submission {
    /// What figures see of a submission.
    pub(crate) fn of(response: &Response) -> Self {
        Self {
            workspace: response.workspace,
            response: response.id,
            survey: response.survey,
            version: response.version,
            contact: response.contact,
            account: response.account,
            channel: response.channel,
            language: response.language,
            touchpoint: response.touchpoint.clone(),
            is_partial: response.completion == Completion::Partial,
            pages_done: response.pages_done,
            is_automatic: response.is_automatic(),
            local_day: response.local_day,
            segments: response.segments.clone(),
            answers: response
                .answers
                .iter()
                .map(|answer| (answer.key.clone(), Given::of(&answer.value)))
                .collect(),
            mentions: BTreeMap::new(),
        }
    }
}

impl Given {
    fn of(value: &AnswerValue) -> Self {
        let has_words = |words: &str| !words.is_empty();
        match value {
            AnswerValue::Score(score) => Self::Score(*score),
            AnswerValue::Choices { codes, other } => {
                Self::Options(codes.clone(), other.as_deref().is_some_and(has_words))
            }
            AnswerValue::Text(words) => Self::Words(has_words(words)),
            AnswerValue::Details(_) | AnswerValue::NotApplicable => Self::Words(false),
        }
    }
}
