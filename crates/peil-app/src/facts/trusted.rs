//! An engine that is asked first, and the records when it fails.

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use peil_domain::shared::{QuestionKey, SurveyId, WorkspaceId};
use peil_facts::{
    AsOf, Batch, Cell, CountQuery, CrossQuery, Crossed, Facts, FactsError, Row, RowsQuery,
    Standing, ValuesQuery,
};

use super::{
    FactsState,
    keeper::{Keeper, is_damage},
    records::RecordFacts,
};

/// Asks an engine, and the records when it fails; it is made anew then.
pub(crate) struct Trusted {
    engine: Arc<dyn Facts>,
    records: RecordFacts,
    keeper: Arc<Keeper>,
}

impl Trusted {
    pub(crate) fn new(engine: Arc<dyn Facts>, records: RecordFacts, keeper: Arc<Keeper>) -> Self {
        Self {
            engine,
            records,
            keeper,
        }
    }

    /// The answer, unless the engine failed.
    fn sound<T>(&self, answer: Result<T, FactsError>) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            Err(error) => {
                // A page asks fifty questions: one word about what is wrong is enough.
                if self.keeper.state() == FactsState::Ready {
                    tracing::error!(%error, "facts failed, counting the records instead");
                }
                if is_damage(&error) {
                    self.keeper.set_state(FactsState::Broken);
                }
                None
            }
        }
    }
}

#[async_trait]
impl Facts for Trusted {
    async fn standing(&self) -> Result<AsOf<Standing>, FactsError> {
        self.engine.standing().await
    }

    async fn append(&self, batch: &Batch) -> Result<(), FactsError> {
        self.engine.append(batch).await
    }

    async fn counts(&self, query: &CountQuery) -> Result<AsOf<Vec<Cell>>, FactsError> {
        let remembered = &self.keeper.remembered;
        let found = remembered.counts(self.engine.as_ref(), query).await;
        match self.sound(found) {
            Some(found) => Ok(found),
            None => self.records.counts(query).await,
        }
    }

    async fn crossed(&self, query: &CrossQuery) -> Result<AsOf<Crossed>, FactsError> {
        match self.sound(self.engine.crossed(query).await) {
            Some(found) => Ok(found),
            None => self.records.crossed(query).await,
        }
    }

    async fn rows(&self, query: &RowsQuery) -> Result<AsOf<Vec<Row>>, FactsError> {
        match self.sound(self.engine.rows(query).await) {
            Some(found) => Ok(found),
            None => self.records.rows(query).await,
        }
    }

    async fn values(&self, query: &ValuesQuery) -> Result<AsOf<Vec<(Arc<str>, u64)>>, FactsError> {
        match self.sound(self.engine.values(query).await) {
            Some(found) => Ok(found),
            None => self.records.values(query).await,
        }
    }

    async fn attributes(
        &self,
        workspace: WorkspaceId,
        surveys: &[SurveyId],
    ) -> Result<AsOf<BTreeSet<QuestionKey>>, FactsError> {
        match self.sound(self.engine.attributes(workspace, surveys).await) {
            Some(found) => Ok(found),
            None => self.records.attributes(workspace, surveys).await,
        }
    }

    async fn maintain(&self) -> Result<bool, FactsError> {
        self.engine.maintain().await
    }

    async fn rebuild(&self) -> Result<Arc<dyn Facts>, FactsError> {
        self.engine.rebuild().await
    }

    async fn switch(&self) -> Result<(), FactsError> {
        self.engine.switch().await
    }
}
