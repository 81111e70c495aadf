//! What is told: submissions that came, and submissions that are taken back.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::shared::{AccountId, LocalDay, QuestionKey, ResponseId, SurveyId, WorkspaceId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::FactsError;

/// The weight of a submission that counts once; weights are in ten thousandths.
pub const ONE: u32 = 10_000;

/// The largest weight: a submission that counts a hundred times.
pub const TOP_WEIGHT: u32 = 100 * ONE;

/// How far the records have been read. Only whoever reads the records knows what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub String);

impl Position {
    /// Nothing has been read.
    #[must_use]
    pub const fn start() -> Self {
        Self(String::new())
    }
}

/// All changes between two positions. The same positions always hold the same changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Where the former batch ended.
    pub from: Position,
    /// Where this one ends.
    pub to: Position,
    /// What changed, in the order in which it happened.
    pub changes: Vec<Change>,
}

impl Batch {
    /// Makes sure that nothing in it is beyond what can be counted.
    ///
    /// # Errors
    /// When a submission weighs more than [`TOP_WEIGHT`].
    pub fn check(&self) -> Result<(), FactsError> {
        let too_heavy = |change: &&Change| change.submission.weight > TOP_WEIGHT;
        match self.changes.iter().find(too_heavy) {
            Some(change) => Err(FactsError::TooHeavy {
                response: change.submission.response,
                weight: change.submission.weight,
            }),
            None => Ok(()),
        }
    }

    /// Whether it changes more than what is mentioned in submissions that were there before.
    #[must_use]
    pub fn changes_answers(&self) -> bool {
        let mut ends = BTreeMap::new();
        for change in &self.changes {
            let told = &change.submission;
            let key = (told.workspace, told.survey, told.response);
            ends.entry(key).or_insert((change, change)).1 = change;
        }
        ends.into_values().any(|(first, last)| {
            let is_replaced = first.sign == Sign::Removed && last.sign == Sign::Added;
            !is_replaced || !first.submission.is_same_but_mentions(&last.submission)
        })
    }
}

/// Something that changed. A correction takes the old submission back and adds the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Whether it came or is taken back.
    pub sign: Sign,
    /// The submission; one that is taken back as it was told before. Taking back looks at
    /// organisation, questionnaire and identifier alone.
    pub submission: Submission,
}

impl Change {
    /// A submission came.
    #[must_use]
    pub const fn add(submission: Submission) -> Self {
        Self {
            sign: Sign::Added,
            submission,
        }
    }

    /// A submission is taken back.
    #[must_use]
    pub const fn remove(submission: Submission) -> Self {
        Self {
            sign: Sign::Removed,
            submission,
        }
    }
}

/// Whether a submission came or is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// +1: it came. One that is there already is replaced.
    Added,
    /// -1: it is taken back. One that is not there stays away.
    Removed,
}

/// One submission, with everything frozen when it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Questionnaire.
    pub survey: SurveyId,
    /// Identifier.
    pub response: ResponseId,
    /// The contact; the submission itself when nobody is known.
    pub person: Uuid,
    /// The contact's organisation at that moment.
    pub account: Option<AccountId>,
    /// The day in the organisation's time zone.
    pub local_day: LocalDay,
    /// Whether it was finished rather than stopped on the way.
    pub is_complete: bool,
    /// Whether a program rather than a person must have filled it in.
    pub is_automatic: bool,
    /// How much it counts, in ten thousandths; [`ONE`] when nothing is weighted.
    pub weight: u32,
    /// Number of the version that was shown.
    pub version: i32,
    /// Channel through which it came, as its stable word.
    pub channel: String,
    /// Language in which was answered, as its code.
    pub language: String,
    /// Key of the contact moment.
    pub touchpoint: Option<String>,
    /// Pages that were sent, when it stopped on the way.
    pub pages_done: Option<i32>,
    /// Values of attributes at that moment.
    pub attributes: BTreeMap<QuestionKey, String>,
    /// The answers; at most one to a question.
    pub answers: Vec<Answer>,
}

impl Submission {
    /// Whether both hold the same but for what is mentioned.
    fn is_same_but_mentions(&self, other: &Self) -> bool {
        let bare = |answer: &Answer| Answer {
            mentions: BTreeSet::new(),
            ..answer.clone()
        };
        let is_same = |(one, other)| bare(one) == bare(other);
        let answers = self.answers.iter().zip(&other.answers);
        let others = |of: &Self| Self {
            answers: Vec::new(),
            ..of.clone()
        };
        self.answers.len() == other.answers.len()
            && answers.into_iter().all(is_same)
            && others(self) == others(other)
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub question: QuestionKey,
    /// The score that was given.
    pub score: Option<i32>,
    /// Codes of the options that were chosen; absent when options were not asked for.
    pub options: Option<BTreeSet<String>>,
    /// Whether something was said in own words; the words themselves are records.
    pub has_words: bool,
    /// What was mentioned in those words.
    pub mentions: BTreeSet<Mention>,
}

impl Answer {
    /// A score.
    #[must_use]
    pub const fn scored(question: QuestionKey, score: i32) -> Self {
        Self {
            question,
            score: Some(score),
            options: None,
            has_words: false,
            mentions: BTreeSet::new(),
        }
    }
}

/// A theme that was mentioned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// Code of the theme; behind a point that of the part that was meant, where one was.
    pub theme: String,
    /// How it was mentioned: below zero with displeasure, above zero with pleasure.
    pub tone: i8,
}

impl Mention {
    /// Code of the theme, whatever the part.
    #[must_use]
    pub fn whole(&self) -> &str {
        self.theme
            .split_once('.')
            .map_or(self.theme.as_str(), |(theme, _)| theme)
    }

    /// Code of theme and part, where a part was meant.
    #[must_use]
    pub fn part(&self) -> Option<&str> {
        Some(self.theme.as_str()).filter(|code| code.contains('.'))
    }
}
