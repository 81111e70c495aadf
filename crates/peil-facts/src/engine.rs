//! What every engine does.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use async_trait::async_trait;
use peil_domain::shared::{QuestionKey, ResponseId, SurveyId, WorkspaceId};

use crate::{Batch, Cell, CountQuery, CrossQuery, Crossed, Position, Row, RowsQuery, ValuesQuery};

/// An answer to a question, with how far the records had been read for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf<T> {
    /// How far the records had been read.
    pub as_of: Position,
    /// The same, but for changes that touch nothing but what is mentioned: as long as it stays, so
    /// does every answer to a question that does not depend on mentions.
    pub answers_as_of: Position,
    /// Which making of the facts from the records this is.
    pub generation: u64,
    /// The answer.
    pub found: T,
}

impl<T> AsOf<T> {
    /// The same with another answer.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> AsOf<U> {
        AsOf {
            as_of: self.as_of,
            answers_as_of: self.answers_as_of,
            generation: self.generation,
            found: change(self.found),
        }
    }
}

/// What an engine holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// How far the records had been read for what a crash leaves; what came later is told again.
    pub kept: Position,
    /// Number of submissions.
    pub submissions: u64,
    /// Number of answers in them.
    pub answers: u64,
    /// Bytes on disk.
    pub disk_bytes: u64,
    /// Bytes of columns in memory.
    pub memory_bytes: u64,
}

/// Holds submissions and counts them. One reader of the records tells it; anyone may ask.
#[async_trait]
pub trait Facts: Send + Sync {
    /// How far the records have been read, and what is held.
    async fn standing(&self) -> Result<AsOf<Standing>, FactsError>;

    /// Takes a batch in. One that ends where the facts are was taken in before and changes nothing.
    ///
    /// # Errors
    /// [`FactsError::Gap`] when the batch begins elsewhere than where the facts are; whoever tells
    /// then goes on from [`Self::standing`].
    async fn append(&self, batch: &Batch) -> Result<(), FactsError>;

    /// Counts answers per cell, in the order of question, groups and period; cells in which nothing
    /// counts are left out.
    async fn counts(&self, query: &CountQuery) -> Result<AsOf<Vec<Cell>>, FactsError>;

    /// Counts combinations of scores.
    async fn crossed(&self, query: &CrossQuery) -> Result<AsOf<Crossed>, FactsError>;

    /// A page of the submissions behind a cell, the newest first.
    async fn rows(&self, query: &RowsQuery) -> Result<AsOf<Vec<Row>>, FactsError>;

    /// The values of a dimension with the number of submissions, the most frequent first; not
    /// known is left out.
    async fn values(&self, query: &ValuesQuery) -> Result<AsOf<Vec<(Arc<str>, u64)>>, FactsError>;

    /// The attributes of which submissions carry a value; of all questionnaires when none is named.
    async fn attributes(
        &self,
        workspace: WorkspaceId,
        surveys: &[SurveyId],
    ) -> Result<AsOf<BTreeSet<QuestionKey>>, FactsError>;

    /// Does what is due: writes down what only memory holds, makes few large parts of many small
    /// ones, lets go of what was taken back. Whether something is left to do.
    async fn maintain(&self) -> Result<bool, FactsError>;

    /// Begins a new, empty generation beside this one, which goes on serving. It is told and asked
    /// like any other; an earlier one that was not finished is dropped.
    async fn rebuild(&self) -> Result<Arc<dyn Facts>, FactsError>;

    /// Lets the new generation take over, as far as it was told.
    ///
    /// # Errors
    /// [`FactsError::NothingRebuilt`] when none was begun.
    async fn switch(&self) -> Result<(), FactsError>;
}

/// Why an engine did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// A batch does not begin where the facts are.
    #[error("the batch begins at `{from}` and the facts are at `{at}`", from = from.0, at = at.0)]
    Gap {
        /// Where the facts are.
        at: Position,
        /// Where the batch begins.
        from: Position,
    },
    /// A submission weighs too much.
    #[error("submission {response} weighs {weight}")]
    TooHeavy {
        /// The submission.
        response: ResponseId,
        /// Its weight in ten thousandths.
        weight: u32,
    },
    /// A file does not hold what was written into it: the facts are to be made anew.
    #[error("`{}` is damaged: {problem}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A file was written by a later release.
    #[error("`{}` was written by a later release", file.display())]
    TooNew {
        /// The file.
        file: PathBuf,
    },
    /// A file was written by an earlier release, in a way that is not read any more: the facts are
    /// to be made anew.
    #[error("`{}` was written by an earlier release", file.display())]
    Outdated {
        /// The file.
        file: PathBuf,
    },
    /// Another process uses the folder.
    #[error("another process uses `{}`", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The disk refused.
    #[error("`{}`: {source}", file.display())]
    Disk {
        /// The file.
        file: PathBuf,
        /// What the disk said.
        source: std::io::Error,
    },
    /// There are more combinations of dimensions than can be told apart.
    #[error("there are too many combinations of dimensions")]
    TooWide,
    /// No new generation was begun.
    #[error("no new generation was begun")]
    NothingRebuilt,
    /// The records, which are counted instead, could not be read.
    #[error("records: {0}")]
    Records(String),
    /// The work was stopped.
    #[error("the work was stopped")]
    Stopped,
}

impl FactsError {
    /// A file of another release.
    pub(crate) fn other_release(file: PathBuf, is_later: bool) -> Self {
        if is_later {
            Self::TooNew { file }
        } else {
            Self::Outdated { file }
        }
    }

    /// Whether the files are of no use, so that only making facts anew from the records helps.
    #[must_use]
    pub const fn needs_new_facts(&self) -> bool {
        matches!(
            self,
            Self::Damaged { .. } | Self::TooNew { .. } | Self::Outdated { .. }
        )
    }
}

/// The records, asked for what facts do not keep.
#[async_trait]
pub trait Names: Send + Sync {
    /// The identifiers of all submissions from a first one to a last one, both included, for each of
    /// these pairs; those of an organisation.
    async fn between(
        &self,
        workspace: WorkspaceId,
        spans: &[(ResponseId, ResponseId)],
    ) -> Result<Vec<ResponseId>, FactsError>;
}
