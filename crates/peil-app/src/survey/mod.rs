//! Making, changing, publishing and closing questionnaires.

/// The values in these JSON files of `data/FOLDER`, which are part of the program; what cannot be
/// read is left out.
macro_rules! shipped {
    ($folder:literal, $($name:literal),* $(,)?) => {
        [$(include_str!(concat!("../../data/", $folder, "/", $name, ".json"))),*]
            .into_iter()
            .filter_map(|text| serde_json::from_str(text).ok())
            .collect()
    };
}
use shipped;

mod advice;
mod apply;
mod bank;
mod deed;
mod dismiss;
mod edit;
mod file;
mod history;
mod life;
mod logic;
mod pages;
mod pending;
mod review;
mod rewrite;
mod template;
mod texts_file;
mod translate;
mod versions;
mod wording;

use peil_domain::{
    response::AnswerProblem,
    shared::{InvalidSlug, QuestionKey},
    survey::{Problem, Survey, Version},
};

use crate::ports::SurveyFileError;

pub use advice::{Advice, Goal, Reach, advise};
pub use bank::{BankTheme, find_banked, question_bank};
pub use deed::Deed;
pub use dismiss::{Dismissed, DraftReview, FindingName};
pub use edit::{Clashing, Edit, NewQuestion, Spot, SurveyChange, Upon};
pub use file::SurveyFile;
pub use history::{MOST_STEPS, Step, SurveyHistory, Turned};
pub use life::NewSurvey;
pub use logic::{LogicEdit, Way};
pub use pending::{Joining, PendingSurvey, PreviewedSurvey};
pub use review::ReviewedText;
pub use template::{Template, templates};
pub use texts_file::{TextsItem, TextsRemark, TextsReport};
pub use translate::{NewText, TextConflict, Translated, Translations};
pub use versions::Comparison;

/// Why a questionnaire is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SurveyError {
    /// Someone else saved in between; nothing was overwritten.
    #[error("changed by someone else, now at revision {now}")]
    Conflict {
        /// The revision that it has now.
        now: i32,
    },
    /// Someone else changed the same things in between; nothing was overwritten.
    #[error("{} things changed by someone else too", .0.clashes.len())]
    Clash(Box<Clashing>),
    /// It cannot be published like this.
    #[error("{} problems", .0.len())]
    NotReady(Vec<Problem>),
    /// Larger than can be handled, or with texts that cannot be stored.
    #[error("{} things too much", .0.len())]
    TooMuch(Vec<Problem>),
    /// This person changed nothing that is remembered.
    #[error("nothing to undo")]
    NothingToUndo,
    /// Customers were or are invited for it.
    #[error("questionnaire has waves")]
    HasWaves,
    /// There is no such template.
    #[error("unknown template `{0}`")]
    UnknownTemplate(String),
    /// The name in addresses is malformed.
    #[error(transparent)]
    Slug(#[from] InvalidSlug),
    /// The name in addresses is used by another questionnaire.
    #[error("address name in use")]
    SlugTaken,
    /// The questionnaire has answers and can only be closed.
    #[error("questionnaire has answers")]
    HasAnswers,
    /// A file cannot be read as a questionnaire.
    #[error(transparent)]
    File(SurveyFileError),
    /// There is no such question.
    #[error("unknown question `{0}`")]
    UnknownQuestion(String),
    /// The reviewer has nothing better for what it was asked about: the text changed since.
    #[error("finding is gone")]
    FindingGone,
    /// It was never published.
    #[error("never published")]
    NotPublished,
    /// A change that would make a question impossible.
    #[error("impossible for question `{key}`: {problem:?}")]
    BadQuestion {
        /// The question.
        key: QuestionKey,
        /// What is impossible.
        problem: AnswerProblem,
    },
}

/// A questionnaire with what the list and its own page show beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyOverview {
    /// The questionnaire.
    pub survey: Survey,
    /// Its newest version, when it was published.
    pub newest: Option<Version>,
    /// Submissions so far.
    pub responses: u64,
}

impl SurveyOverview {
    /// Whether the draft differs from what is being answered.
    #[must_use]
    pub fn has_unpublished_changes(&self) -> bool {
        self.newest
            .as_ref()
            .is_none_or(|version| version.definition != self.survey.draft)
    }
}
