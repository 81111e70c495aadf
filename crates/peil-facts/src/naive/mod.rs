//! The plainest engine: submissions as they are, each question answered by looking at all of them.
//!
//! It is what other engines are held against, and what counts a small number of submissions that
//! come straight from the records. It forgets everything when the program ends.

mod folds;
pub(crate) mod scope;

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
pub use folds::{CountFold, CrossFold, RowsFold, ValuesFold};
use peil_domain::shared::{QuestionKey, ResponseId, SurveyId, WorkspaceId};

use crate::{
    AsOf, Batch, Cell, CountQuery, CrossQuery, Crossed, Facts, FactsError, Position, Row,
    RowsQuery, Sign, Standing, Submission, ValuesQuery,
};

/// Keeps submissions in memory and counts them one by one.
#[derive(Debug, Default)]
pub struct NaiveFacts {
    held: Mutex<Held>,
    rebuilt: Mutex<Option<Arc<NaiveFacts>>>,
}

#[derive(Debug, Default)]
struct Held {
    at: Position,
    answers_at: Position,
    generation: u64,
    submissions: BTreeMap<(WorkspaceId, SurveyId, ResponseId), Submission>,
}

impl Held {
    fn of(&self, workspace: WorkspaceId) -> impl Iterator<Item = &Submission> {
        self.submissions
            .values()
            .filter(move |submission| submission.workspace == workspace)
    }

    fn as_of<T>(&self, found: T) -> AsOf<T> {
        AsOf {
            as_of: self.at.clone(),
            answers_as_of: self.answers_at.clone(),
            generation: self.generation,
            found,
        }
    }
}

impl NaiveFacts {
    /// An engine that has read nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rebuilt(&self) -> MutexGuard<'_, Option<Arc<Self>>> {
        self.rebuilt.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Facts for NaiveFacts {
    async fn standing(&self) -> Result<AsOf<Standing>, FactsError> {
        let held = self.held();
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let answers = |submission: &Submission| number(submission.answers.len());
        Ok(held.as_of(Standing {
            kept: held.at.clone(),
            submissions: number(held.submissions.len()),
            answers: held.submissions.values().map(answers).sum(),
            ..Standing::default()
        }))
    }

    async fn append(&self, batch: &Batch) -> Result<(), FactsError> {
        batch.check()?;
        let mut held = self.held();
        if batch.to == held.at {
            return Ok(());
        }
        if batch.from != held.at {
            return Err(FactsError::Gap {
                at: held.at.clone(),
                from: batch.from.clone(),
            });
        }
        for change in &batch.changes {
            let submission = &change.submission;
            let key = (submission.workspace, submission.survey, submission.response);
            match change.sign {
                Sign::Added => held.submissions.insert(key, submission.clone()),
                Sign::Removed => held.submissions.remove(&key),
            };
        }
        held.at = batch.to.clone();
        if batch.changes_answers() {
            held.answers_at = batch.to.clone();
        }
        Ok(())
    }

    async fn counts(&self, query: &CountQuery) -> Result<AsOf<Vec<Cell>>, FactsError> {
        let held = self.held();
        let mut fold = CountFold::new(query);
        held.of(query.scope.workspace)
            .for_each(|submission| fold.add(submission));
        Ok(held.as_of(fold.finish()))
    }

    async fn crossed(&self, query: &CrossQuery) -> Result<AsOf<Crossed>, FactsError> {
        let held = self.held();
        let mut fold = CrossFold::new(query);
        held.of(query.scope.workspace)
            .for_each(|submission| fold.add(submission));
        Ok(held.as_of(fold.finish()))
    }

    async fn rows(&self, query: &RowsQuery) -> Result<AsOf<Vec<Row>>, FactsError> {
        let held = self.held();
        let mut fold = RowsFold::new(query);
        held.of(query.scope.workspace)
            .for_each(|submission| fold.add(submission));
        Ok(held.as_of(fold.finish()))
    }

    async fn values(&self, query: &ValuesQuery) -> Result<AsOf<Vec<(Arc<str>, u64)>>, FactsError> {
        let held = self.held();
        let mut fold = ValuesFold::new(query);
        held.of(query.workspace)
            .for_each(|submission| fold.add(submission));
        Ok(held.as_of(fold.finish()))
    }

    async fn attributes(
        &self,
        workspace: WorkspaceId,
        surveys: &[SurveyId],
    ) -> Result<AsOf<BTreeSet<QuestionKey>>, FactsError> {
        let held = self.held();
        let found = folds::attributes(held.of(workspace), surveys);
        Ok(held.as_of(found))
    }

    async fn maintain(&self) -> Result<bool, FactsError> {
        Ok(false)
    }

    async fn rebuild(&self) -> Result<Arc<dyn Facts>, FactsError> {
        let fresh = Self::new();
        fresh.held().generation = self.held().generation + 1;
        let fresh = Arc::new(fresh);
        *self.rebuilt() = Some(Arc::clone(&fresh));
        Ok(fresh)
    }

    async fn switch(&self) -> Result<(), FactsError> {
        let fresh = self.rebuilt().take().ok_or(FactsError::NothingRebuilt)?;
        let held = mem::take(&mut *fresh.held());
        *self.held() = held;
        Ok(())
    }
}
