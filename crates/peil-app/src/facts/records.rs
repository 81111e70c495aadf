//! The same questions, answered from the records: every submission is read and counted, so that it
//! takes as long as there are submissions and needs room for what is found only.

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use peil_domain::shared::{QuestionKey, SurveyId, WorkspaceId};
use peil_facts::{
    AsOf, Batch, Cell, CountFold, CountQuery, CrossFold, CrossQuery, Crossed, Facts, FactsError,
    Position as At, Row, RowsFold, RowsQuery, Scope, Standing, Subject, Submission, ValuesFold,
    ValuesQuery,
};
use peil_store::{Snapshot, Store, Wanted};
use tokio::sync::Mutex;

use super::{Keeper, MOST_FROM_RECORDS, keeper::written, told};
use crate::AppError;

/// All submissions to some questionnaires.
struct Kept {
    workspace: WorkspaceId,
    surveys: Vec<SurveyId>,
    as_of: At,
    submissions: Arc<Vec<Submission>>,
}

/// Counts what the records hold at the moment of asking; within one look, at the moment of the first
/// question, as long as there are not too many.
pub(crate) struct RecordFacts {
    store: Store,
    keeper: Arc<Keeper>,
    kept: Mutex<Option<Kept>>,
}

impl RecordFacts {
    pub(crate) fn new(store: Store, keeper: Arc<Keeper>) -> Self {
        Self {
            store,
            keeper,
            kept: Mutex::default(),
        }
    }

    /// Shows every submission that may be meant.
    async fn each(
        &self,
        wanted: Wanted,
        mut show: impl FnMut(&Submission) + Send,
    ) -> Result<At, FactsError> {
        let mut kept = self.kept.lock().await;
        if let Some(known) = kept.as_ref()
            && known.workspace == wanted.workspace
            && known.surveys == wanted.surveys
        {
            known.submissions.iter().for_each(show);
            return Ok(known.as_of.clone());
        }
        // However many ask, whoever sends answers finds connections and time.
        let turn = self.keeper.at_records.acquire().await;
        let _turn = turn.map_err(|_| FactsError::Stopped)?;
        let everything = Wanted::all(wanted.workspace, wanted.surveys.clone());
        let snapshot = self.store.snapshot_of(everything.clone()).await;
        let mut snapshot = snapshot.map_err(unreadable)?;
        if snapshot.count().await.map_err(unreadable)? > MOST_FROM_RECORDS {
            drop(snapshot);
            let mut snapshot = self.store.snapshot_of(wanted).await.map_err(unreadable)?;
            while self.part(&mut snapshot, &mut show).await? {}
            return Ok(written(snapshot.position()));
        }
        let mut submissions = Vec::new();
        let mut keep = |submission: &Submission| submissions.push(submission.clone());
        while self.part(&mut snapshot, &mut keep).await? {}
        submissions.iter().for_each(show);
        let as_of = written(snapshot.position());
        *kept = Some(Kept {
            workspace: everything.workspace,
            surveys: everything.surveys,
            as_of: as_of.clone(),
            submissions: Arc::new(submissions),
        });
        Ok(as_of)
    }

    /// Shows the next submissions; `false` when there are no more.
    async fn part(
        &self,
        snapshot: &mut Snapshot,
        show: &mut (impl FnMut(&Submission) + Send),
    ) -> Result<bool, FactsError> {
        let part = snapshot.read_part().await.map_err(unreadable)?;
        let versions = part.iter().map(|submission| submission.version);
        let numbers = self.keeper.numbers(&self.store, versions.collect()).await;
        let numbers = numbers.map_err(|error| FactsError::Records(error.to_string()))?;
        let is_more = !part.is_empty();
        for submission in part {
            show(&told::submission(submission, &numbers));
        }
        Ok(is_more)
    }
}

fn unreadable(error: peil_store::StoreError) -> FactsError {
    FactsError::Records(AppError::from(error).to_string())
}

fn as_of<T>(at: At, found: T) -> AsOf<T> {
    AsOf {
        answers_as_of: at.clone(),
        as_of: at,
        generation: 0,
        found,
    }
}

/// What is to be read for a question about `scope`.
fn wanted(scope: &Scope, questions: Option<Vec<QuestionKey>>) -> Wanted {
    Wanted {
        from: scope.from,
        until: scope.until,
        questions,
        ..Wanted::all(scope.workspace, scope.surveys.clone())
    }
}

fn questions_of(subject: &Subject) -> Option<Vec<QuestionKey>> {
    match subject {
        Subject::Submissions => Some(Vec::new()),
        Subject::Question(key, _) | Subject::Whether(key, _) => Some(vec![key.clone()]),
        Subject::EachQuestion(_) | Subject::AnyQuestion(_) => None,
    }
}

#[async_trait]
impl Facts for RecordFacts {
    async fn standing(&self) -> Result<AsOf<Standing>, FactsError> {
        let snapshot = self.store.snapshot().await.map_err(unreadable)?;
        let submissions = snapshot.count().await.map_err(unreadable)?;
        let standing = Standing {
            submissions,
            ..Standing::default()
        };
        Ok(as_of(written(snapshot.position()), standing))
    }

    async fn append(&self, _: &Batch) -> Result<(), FactsError> {
        // The records are written elsewhere.
        Err(FactsError::Stopped)
    }

    async fn counts(&self, query: &CountQuery) -> Result<AsOf<Vec<Cell>>, FactsError> {
        let mut fold = CountFold::new(query);
        let wanted = wanted(&query.scope, questions_of(&query.subject));
        let at = self.each(wanted, |submission| fold.add(submission)).await?;
        Ok(as_of(at, fold.finish()))
    }

    async fn crossed(&self, query: &CrossQuery) -> Result<AsOf<Crossed>, FactsError> {
        let mut fold = CrossFold::new(query);
        let wanted = wanted(&query.scope, Some(query.questions.clone()));
        let at = self.each(wanted, |submission| fold.add(submission)).await?;
        Ok(as_of(at, fold.finish()))
    }

    async fn rows(&self, query: &RowsQuery) -> Result<AsOf<Vec<Row>>, FactsError> {
        let mut fold = RowsFold::new(query);
        let wanted = wanted(&query.scope, questions_of(&query.subject));
        let at = self.each(wanted, |submission| fold.add(submission)).await?;
        Ok(as_of(at, fold.finish()))
    }

    async fn values(&self, query: &ValuesQuery) -> Result<AsOf<Vec<(Arc<str>, u64)>>, FactsError> {
        let mut fold = ValuesFold::new(query);
        let scope = Scope::all(query.workspace, query.surveys.clone());
        let wanted = wanted(&scope, Some(Vec::new()));
        let at = self.each(wanted, |submission| fold.add(submission)).await?;
        Ok(as_of(at, fold.finish()))
    }

    async fn attributes(
        &self,
        workspace: WorkspaceId,
        surveys: &[SurveyId],
    ) -> Result<AsOf<BTreeSet<QuestionKey>>, FactsError> {
        let wanted = wanted(&Scope::all(workspace, surveys.to_vec()), Some(Vec::new()));
        let mut found = BTreeSet::new();
        let keep = |submission: &Submission| found.extend(submission.attributes.keys().cloned());
        let at = self.each(wanted, keep).await?;
        Ok(as_of(at, found))
    }

    async fn maintain(&self) -> Result<bool, FactsError> {
        Ok(false)
    }

    async fn rebuild(&self) -> Result<Arc<dyn Facts>, FactsError> {
        Err(FactsError::Stopped)
    }

    async fn switch(&self) -> Result<(), FactsError> {
        Err(FactsError::NothingRebuilt)
    }
}
