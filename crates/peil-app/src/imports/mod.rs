//! Files that become contacts or answers: taken in, mapped by a person, worked through in batches.
//!
//! A file is read row by row and every group of rows is one transaction, together with how far the
//! import is; what was done before a restart is not done again. The identifier of an imported
//! answer follows from its row, so that importing a file twice adds nothing. Rows that are refused
//! are kept with the reason as a stable word; sentences are made where they are shown.

mod answer;
mod answers;
mod batch;
mod cells;
mod contacts;
mod file;
mod flow;
mod guess;
mod identity;
mod mapping;
mod progress;
mod refused;
mod run;
mod start;
mod survey;
mod take;

use peil_store::imports::Import;

use crate::ports::{TablePreview, TableProblem};

pub use file::{AnswersFile, Tally};
pub(crate) use flow::{Paused, aside};
pub use guess::{
    AnswerTarget, NewQuestionKind, guess_answer_target, guess_contact_target, sentiment_score,
};
pub use mapping::{
    AnswersMap, ColumnMap, ColumnsMap, ContactColumn, ContactTarget, ContactsMap, DateMap,
    FullColumn, FullDate, Meant, Plan, SurveyMap,
};
pub use peil_store::imports::{ImportKind, ImportState};
pub use refused::RefusedRow;
pub(crate) use run::RUN_IMPORT;
pub use survey::{AnswerColumn, AnswersForm, SurveyChoice};
pub use take::NewImport;

/// Why a file is not imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file is no table that can be read.
    #[error("{code}: {detail}")]
    Unreadable {
        /// A stable word, such as `table.empty`.
        code: &'static str,
        /// What a programmer needs to find it, in English.
        detail: String,
    },
    /// The file is larger than is taken.
    #[error("file larger than {most_bytes} bytes")]
    TooLarge {
        /// Greatest number of bytes.
        most_bytes: u64,
    },
    /// What the columns mean does not fit the file or the questionnaire.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Map(Vec<MapProblem>),
    /// The import runs or is done; it cannot be started or removed now.
    #[error("import is not waiting to be started")]
    NotWaiting,
}

impl From<TableProblem> for ImportError {
    fn from(problem: TableProblem) -> Self {
        Self::Unreadable {
            code: problem.code,
            detail: problem.detail,
        }
    }
}

/// What is wrong with a map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {} `{word}`", code.replace('_', " "))]
pub struct MapProblem {
    /// Where in the map, such as `columns.date`.
    pub place: String,
    /// A stable word, such as `unknown_column`.
    pub code: &'static str,
    /// The word in the map that it is about.
    pub word: String,
}

impl MapProblem {
    pub(crate) fn new(
        place: impl Into<String>,
        code: &'static str,
        word: impl Into<String>,
    ) -> Self {
        Self {
            place: place.into(),
            code,
            word: word.into(),
        }
    }
}

/// An import as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportView {
    /// The import.
    pub import: Import,
    /// What becomes of its rows, once a person said so.
    pub plan: Option<Plan>,
    /// Answers of which the customer is not known.
    pub unlinked: u64,
}

/// A file before a person said what its columns mean.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPreview {
    /// The import.
    pub view: ImportView,
    /// Its first rows, and what each column seems to hold.
    pub table: TablePreview,
    /// For each column the values that occur, when they are few.
    pub values: Vec<Vec<String>>,
}
