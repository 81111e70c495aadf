//! Facts at the start: those that were kept, or new ones from the records.

use std::time::Duration;

use jiff::Timestamp;
use peil_facts::{Batch, FactsError, Position as At, Standing};
use peil_store::{Snapshot, outbox::Reading};

use super::{
    FactsState, Keeper,
    compare::Outcome,
    keeper::{is_spoilt, parsed, written},
    verify::compare_with,
};
use crate::{App, AppError};

/// Parts that are told before the engine may put them in order.
const PARTS_BETWEEN: u64 = 20;

/// How far making facts anew is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactsProgress {
    /// Submissions that were told.
    pub done: u64,
    /// Submissions in all.
    pub total: u64,
}

impl FactsProgress {
    /// The part that was told, in whole percents.
    #[must_use]
    pub fn percent(self) -> u8 {
        let percent = self.done.saturating_mul(100) / self.total.max(1);
        u8::try_from(percent.min(100)).unwrap_or(100)
    }
}

/// How long after the start whoever asks waits for facts that are being loaded.
const FIRST_LOAD: Duration = Duration::from_secs(1);
/// Time between two looks at whether they are.
const PAUSE: Duration = Duration::from_millis(5);

impl Keeper {
    /// From now on facts of before the start are being loaded.
    pub(super) fn expect_first_load(&self, now: Timestamp) {
        let until = now.checked_add(FIRST_LOAD).unwrap_or(Timestamp::MAX);
        self.loads_until.get_or_init(|| until);
    }

    /// Waits for the facts of before the start, which takes a moment; not for those that must be made
    /// anew, which takes long.
    pub(super) async fn wait_for_first_load(&self, now: Timestamp) {
        if self.state() != FactsState::Loading {
            return;
        }
        let Some(left) = self
            .loads_until
            .get()
            .map(|until| until.duration_since(now))
        else {
            return;
        };
        let loaded = async {
            while self.state() == FactsState::Loading {
                tokio::time::sleep(PAUSE).await;
            }
        };
        // When it takes longer, figures come from the records.
        let left = Duration::try_from(left).unwrap_or_default().min(FIRST_LOAD);
        drop(tokio::time::timeout(left, loaded).await);
    }
}

impl App {
    /// Goes on with the facts that were kept, or makes them anew when that is not possible.
    pub async fn load_facts(&self) -> Result<(), AppError> {
        if self.keeper.engine().is_none() || self.resume_facts().await? {
            return Ok(());
        }
        self.rebuild_facts(&|_| ()).await
    }

    /// Goes on with the facts that were kept; `false` when that is not possible.
    pub async fn resume_facts(&self) -> Result<bool, AppError> {
        let was_broken = self.keeper.state() == FactsState::Broken;
        let Some(engine) = self.keeper.engine().filter(|_| !was_broken) else {
            return Ok(false);
        };
        let kept = match engine.standing().await {
            Ok(standing) => parsed(&standing.as_of),
            Err(error) => {
                tracing::warn!(%error, "facts cannot be read and are made anew");
                None
            }
        };
        let Some(position) = kept else {
            return Ok(false);
        };
        match self.store.read_outbox(&position, 1).await {
            Ok(Reading::Changes(..)) => {}
            Ok(Reading::Lost) => {
                tracing::warn!("facts are not of these records, or too far behind: made anew");
                return Ok(false);
            }
            Err(error) if is_spoilt(&error) => {
                tracing::error!(%error, "changes cannot be read, facts are made anew");
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        self.keeper.set_position(position);
        self.keeper.set_state(FactsState::Ready);
        self.catch_up().await?;
        Ok(true)
    }

    /// Makes facts anew from the records, beside those that serve. They take over when they know as
    /// much, and when they say what the records say.
    ///
    /// # Errors
    /// [`AppError::FactsDiffer`] when they do not: then nothing takes over.
    pub async fn rebuild_facts(
        &self,
        progress: &(dyn Fn(FactsProgress) + Send + Sync),
    ) -> Result<(), AppError> {
        let show = |now: FactsProgress| {
            self.keeper.set_progress(Some(now));
            progress(now);
        };
        let done = self.make_facts_anew(&show).await;
        self.keeper.set_progress(None);
        done
    }

    async fn make_facts_anew(
        &self,
        progress: &(dyn Fn(FactsProgress) + Send + Sync),
    ) -> Result<(), AppError> {
        let Some(engine) = self.keeper.engine() else {
            return Ok(());
        };
        let fresh = engine.rebuild().await?;
        let mut snapshot = self.store.snapshot().await?;
        self.tell_all(fresh.as_ref(), &mut snapshot, progress)
            .await?;
        let compared = compare_with(&snapshot, fresh.as_ref()).await?;
        if let Some(first) = compared.differences.first() {
            self.note_comparison(Outcome::NotRepaired);
            return Err(AppError::FactsDiffer {
                number: compared.differences.len(),
                first: first.to_string(),
            });
        }
        let mut position = snapshot.position().clone();
        // Its connection is free again before what came meanwhile is read.
        drop(snapshot);
        let lost = || AppError::Facts(FactsError::Stopped);
        let follow = self.keeper.follow(&self.store, fresh.as_ref(), position);
        position = follow.await?.ok_or_else(lost)?;
        let _turn = self.keeper.turn.lock().await;
        let follow = self.keeper.follow(&self.store, fresh.as_ref(), position);
        position = follow.await?.ok_or_else(lost)?;
        engine.switch().await?;
        self.keeper.set_position(position);
        self.keeper.set_state(FactsState::Ready);
        tracing::warn!("facts were made anew from the records");
        self.note_comparison(Outcome::MadeAnew);
        Ok(())
    }

    /// How far making facts anew is, while that goes on.
    #[must_use]
    pub fn facts_progress(&self) -> Option<FactsProgress> {
        self.keeper.progress()
    }

    /// What the engine holds; nothing without one.
    pub async fn facts_standing(&self) -> Result<Standing, AppError> {
        match self.keeper.engine() {
            Some(engine) => Ok(engine.standing().await?.found),
            None => Ok(Standing::default()),
        }
    }

    /// Tells an empty engine every submission of a moment.
    async fn tell_all(
        &self,
        fresh: &dyn peil_facts::Facts,
        snapshot: &mut Snapshot,
        progress: &(dyn Fn(FactsProgress) + Send + Sync),
    ) -> Result<(), AppError> {
        let total = snapshot.count().await?;
        let (mut done, mut parts) = (0, 0);
        let mut from = At::start();
        progress(FactsProgress { done, total });
        loop {
            let part = snapshot.read_part().await?;
            if part.is_empty() {
                break;
            }
            if self.is_stopping() {
                return Err(AppError::Facts(FactsError::Stopped));
            }
            parts += 1;
            done += u64::try_from(part.len()).unwrap_or(u64::MAX);
            // No position of the outbox, so that whoever finds facts that end here begins anew.
            let to = At(format!("part {parts}"));
            let changes = part
                .into_iter()
                .map(|submission| peil_store::outbox::Change {
                    comes: true,
                    submission,
                });
            let batch = self
                .keeper
                .batch(&self.store, from, to.clone(), changes.collect())
                .await?;
            fresh.append(&batch).await?;
            from = to;
            if parts % PARTS_BETWEEN == 0 {
                fresh.maintain().await?;
            }
            progress(FactsProgress { done, total });
        }
        let last = Batch {
            from,
            to: written(snapshot.position()),
            changes: Vec::new(),
        };
        Ok(fresh.append(&last).await?)
    }
}
