//! What is asked: questionnaires, their questions and their versions.

mod append;
mod attributes;
mod bounds;
mod check;
mod compare;
mod definition;
mod logic;
mod look;
mod merge;
mod piping;
mod question;
pub mod review;
mod texts;

pub use bounds::{LONGEST_INTRO, LONGEST_LABEL, LONGEST_TEXT, MOST_OPTIONS, MOST_PARTS, excesses};
pub use check::{Place, Problem, problems, problems_among, problems_without_trying};
pub use compare::{Change, Comparable, OtherChange, changes, other_changes};
pub use definition::{Calculation, Definition, Ending, Jump, Page, Quota, Target};
pub use logic::{
    Answers, Arithmetic, Check, Comparison, Expression, Form, Formula, FormulaError, FormulaFault,
    Function, Joined, LONGEST_FORMULA, Mistake, Names, Number, Reference, Rows, Source, Subject,
    Test, Value,
};
pub use look::{Corners, SurveyLogo, SurveyLook, TextSize};
pub use merge::{Clash, Merged, merge, take_over};
pub use piping::{Filling, Piece, filled, pieces};
pub use question::{
    AnswerPattern, AnswerRules, CesVersion, Choice, ContactField, CsatLook, Direction, Item,
    Metric, NumberRange, Picture, Question, QuestionKind, Row, ScoreScale,
};
pub use texts::{
    Coverage, Outdated, PlacedText, QuestionPart, TextPlace, UnknownPlace, fills_alike,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::shared::{Language, Slug, SurveyId, TouchpointId, UserId, VersionId, WorkspaceId};

/// Where a questionnaire is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SurveyState {
    /// Never published; nobody can answer.
    Draft,
    /// Published; the newest version is being answered.
    Live,
    /// Closed; links show a friendly page.
    Closed,
}

impl SurveyState {
    /// The state as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Closed => "closed",
        }
    }
}

/// What a questionnaire measures, which decides how often one may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SurveyPurpose {
    /// The relation as a whole.
    Relational,
    /// One contact moment.
    Transactional,
}

/// A questionnaire over all its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Identifier.
    pub id: SurveyId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Name in addresses; unique over the whole installation, since `/s/{slug}` is public.
    pub slug: Slug,
    /// Name for colleagues.
    pub name: String,
    /// What it measures.
    pub purpose: SurveyPurpose,
    /// Where it is in its life.
    pub state: SurveyState,
    /// Whether `/s/{slug}` may be answered by anyone.
    pub has_public_link: bool,
    /// Whether one visitor may answer the public link more than once.
    pub allows_repeats: bool,
    /// The contact moment that it asks about.
    pub touchpoint: Option<TouchpointId>,
    /// What is being edited; equals the newest version when nothing changed since.
    pub draft: Definition,
    /// Number of times the draft was saved; guards against two people overwriting each other.
    pub revision: i32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When anything about it changed last.
    pub updated_at: Timestamp,
}

/// A published, unchangeable version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Identifier.
    pub id: VersionId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// 1, 2, 3 ...
    pub number: i32,
    /// What was asked.
    pub definition: Definition,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who published it, unless the program did.
    pub published_by: Option<UserId>,
}

impl Survey {
    /// Whether customers can answer now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == SurveyState::Live
    }

    /// The language to show when `wanted` may not be among the questionnaire's languages.
    #[must_use]
    pub fn language_or_first(definition: &Definition, wanted: Language) -> Language {
        if definition.languages.contains(&wanted) {
            wanted
        } else {
            definition.languages.first().copied().unwrap_or(wanted)
        }
    }
}
