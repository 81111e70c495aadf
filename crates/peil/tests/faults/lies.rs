//! Facts that do not say what the records say: they are found out, not used, and made anew.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use jiff::Timestamp;
use peil_app::{
    AppError,
    facts::{FactsCompared, FactsState, Outcome},
};
use peil_domain::shared::{QuestionKey, SurveyId, WorkspaceId};
use peil_facts::{
    AsOf, Batch, Cell, CountQuery, CrossQuery, Crossed, Facts, FactsError, NaiveFacts, Row,
    RowsQuery, Standing, ValuesQuery,
};

use crate::{
    clock::{SetClock, answer, program_without_facts},
    place::set_up,
};

/// An engine that counts one answer too few as long as it lies.
struct Lying {
    inner: Arc<dyn Facts>,
    lies: Arc<AtomicBool>,
}

#[async_trait]
impl Facts for Lying {
    async fn standing(&self) -> Result<AsOf<Standing>, FactsError> {
        self.inner.standing().await
    }

    async fn append(&self, batch: &Batch) -> Result<(), FactsError> {
        self.inner.append(batch).await
    }

    async fn counts(&self, query: &CountQuery) -> Result<AsOf<Vec<Cell>>, FactsError> {
        let mut found = self.inner.counts(query).await?;
        if self.lies.load(Ordering::Relaxed) {
            for cell in &mut found.found {
                cell.answers.n -= 1;
            }
        }
        Ok(found)
    }

    async fn crossed(&self, query: &CrossQuery) -> Result<AsOf<Crossed>, FactsError> {
        self.inner.crossed(query).await
    }

    async fn rows(&self, query: &RowsQuery) -> Result<AsOf<Vec<Row>>, FactsError> {
        self.inner.rows(query).await
    }

    async fn values(&self, query: &ValuesQuery) -> Result<AsOf<Vec<(Arc<str>, u64)>>, FactsError> {
        self.inner.values(query).await
    }

    async fn attributes(
        &self,
        workspace: WorkspaceId,
        surveys: &[SurveyId],
    ) -> Result<AsOf<BTreeSet<QuestionKey>>, FactsError> {
        self.inner.attributes(workspace, surveys).await
    }

    async fn maintain(&self) -> Result<bool, FactsError> {
        self.inner.maintain().await
    }

    async fn rebuild(&self) -> Result<Arc<dyn Facts>, FactsError> {
        Ok(Arc::new(Self {
            inner: self.inner.rebuild().await?,
            lies: Arc::clone(&self.lies),
        }))
    }

    async fn switch(&self) -> Result<(), FactsError> {
        self.inner.switch().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_that_differ_from_the_records_are_not_used_and_those_of_the_night_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let start: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
    let clock = SetClock::new(start);
    let (app, _) = program_without_facts(folder.path(), clock.clone()).await;
    set_up(&app).await;
    for _ in 0..3 {
        answer(&app, &clock, 40).await;
    }
    let lies = Arc::new(AtomicBool::new(true));
    app.keep_facts(Arc::new(Lying {
        inner: Arc::new(NaiveFacts::new()),
        lies: Arc::clone(&lies),
    }));
    let compared = || FactsCompared::read(folder.path()).unwrap();

    // New ones that lie do not take over.
    let refused = app.load_facts().await;
    assert!(
        matches!(refused, Err(AppError::FactsDiffer { .. })),
        "{refused:?}"
    );
    assert_ne!(app.facts_state(), Some(FactsState::Ready));
    assert_eq!(app.facts_progress(), None);
    assert_eq!(compared().outcome, Outcome::NotRepaired);

    // Those that do not, do.
    lies.store(false, Ordering::Relaxed);
    app.load_facts().await.unwrap();
    assert_eq!(app.facts_state(), Some(FactsState::Ready));
    assert_eq!(compared().outcome, Outcome::MadeAnew);
    assert!(compared().differed_at.is_some());

    // What begins to lie afterwards is found in the night, and is not asked from then on.
    lies.store(true, Ordering::Relaxed);
    // The next night: 02:00 UTC, 16 hours later, is too soon; the one after it is not.
    clock.step(40 * 3_600);
    app.start_work();
    crate::program::wait_until("the comparison of the night", || {
        (compared().outcome != Outcome::MadeAnew).then_some(())
    });
    assert_ne!(app.facts_state(), Some(FactsState::Ready));

    // Once they can be true again, they are made anew without anybody's doing.
    lies.store(false, Ordering::Relaxed);
    crate::program::wait_until("new facts", || {
        (app.facts_state() == Some(FactsState::Ready)).then_some(())
    });
    assert_eq!(compared().outcome, Outcome::MadeAnew);
    app.stop_work();
    app.wait_for_work_to_stop().await;
}
