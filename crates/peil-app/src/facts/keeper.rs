//! Keeps an engine up to date with the records.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use peil_domain::shared::VersionId;
use peil_facts::{Batch, Facts, FactsError, Names, Position as At};
use peil_store::{
    Snapshot, Store, StoreError,
    outbox::{self, Position, Reading},
};

use super::{
    FactsProgress,
    names::RecordNames,
    remembered::Remembered,
    told::{self, Numbers},
};
use crate::{App, AppError};

/// Rows of the outbox in one batch.
const MOST_ROWS: u64 = 16;
/// How often the outbox is looked at; whoever asks for figures looks first, so that this is only
/// about how much there is to be told then.
const LOOK: Duration = Duration::from_millis(500);
/// How often the engine may put its parts in order.
const MAINTAIN: Duration = Duration::from_secs(10);
/// Rest after something went wrong; twice as long after every next time, up to so long.
const REST: Duration = Duration::from_secs(10);
const LONGEST_REST: Duration = Duration::from_mins(10);
/// Questions that are answered from the records at the same time: each of them holds a connection and
/// a good part of a processor for as long as it lasts.
const MOST_AT_RECORDS: usize = 2;

/// How it stands with the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum FactsState {
    /// They are being loaded; figures come from the records.
    Loading,
    /// Figures come from them.
    Ready,
    /// They are damaged or too far behind, and are made anew; figures come from the records.
    Broken,
}

/// An engine, and how far it is.
pub(crate) struct Keeper {
    engine: OnceLock<Arc<dyn Facts>>,
    state: AtomicU8,
    position: Mutex<Position>,
    /// Whoever tells the engine something holds this.
    pub(super) turn: tokio::sync::Mutex<()>,
    numbers: Mutex<Numbers>,
    /// When it last knew everything.
    reached_at: Mutex<Option<Timestamp>>,
    /// Up to where the engine has written everything down.
    kept: Mutex<Option<Position>>,
    /// How far making facts anew is, while that goes on.
    progress: Mutex<Option<FactsProgress>>,
    /// Held by whoever answers a question from the records.
    pub(super) at_records: tokio::sync::Semaphore,
    /// When facts and records were compared last.
    pub(super) compared_at: Mutex<Option<Timestamp>>,
    /// What was counted since something was told.
    pub(super) remembered: Remembered,
    /// Until when whoever asks waits for what was kept to be loaded, rather than having millions of
    /// records counted.
    pub(super) loads_until: OnceLock<Timestamp>,
}

/// How far an engine was told what a snapshot sees.
pub(super) enum Followed {
    /// Exactly up to its moment.
    To(Position),
    /// It is not certain yet what comes before that moment.
    NotYet,
    /// What the engine does not know yet is gone.
    Lost,
}

impl Default for Keeper {
    fn default() -> Self {
        Self {
            engine: OnceLock::new(),
            state: AtomicU8::new(FactsState::Loading as u8),
            position: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            numbers: Mutex::default(),
            remembered: Remembered::default(),
            reached_at: Mutex::default(),
            kept: Mutex::default(),
            progress: Mutex::default(),
            at_records: tokio::sync::Semaphore::new(MOST_AT_RECORDS),
            compared_at: Mutex::default(),
            loads_until: OnceLock::new(),
        }
    }
}

/// Whether `position` is one of the outbox, rather than one on the way there.
pub(super) fn parsed(at: &At) -> Option<Position> {
    at.0.parse().ok()
}

/// Whether only making facts anew helps.
pub(super) const fn is_damage(error: &FactsError) -> bool {
    error.needs_new_facts()
}

/// Whether the outbox holds something that cannot be read: the records themselves may well be sound.
pub(super) const fn is_spoilt(error: &StoreError) -> bool {
    matches!(error, StoreError::Unreadable { .. })
}

/// A position of the outbox, as facts keep it.
pub(super) fn written(position: &Position) -> At {
    At(position.to_string())
}

impl Keeper {
    pub(super) fn engine(&self) -> Option<Arc<dyn Facts>> {
        self.engine.get().cloned()
    }

    /// The engine, when figures may come from it.
    pub(super) fn ready_engine(&self) -> Option<Arc<dyn Facts>> {
        self.engine().filter(|_| self.state() == FactsState::Ready)
    }

    pub(crate) fn state(&self) -> FactsState {
        match self.state.load(Ordering::Acquire) {
            state if state == FactsState::Ready as u8 => FactsState::Ready,
            state if state == FactsState::Broken as u8 => FactsState::Broken,
            _ => FactsState::Loading,
        }
    }

    pub(super) fn set_state(&self, state: FactsState) {
        self.state.store(state as u8, Ordering::Release);
    }

    pub(super) fn position(&self) -> Position {
        self.position
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn set_position(&self, position: Position) {
        *self.position.lock().unwrap_or_else(PoisonError::into_inner) = position;
    }

    pub(super) fn has_reached(&self, other: &Position) -> bool {
        self.position().has_reached(other)
    }

    /// When the engine last knew everything.
    pub(super) fn reached_at(&self) -> Option<Timestamp> {
        *self
            .reached_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn progress(&self) -> Option<FactsProgress> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_progress(&self, progress: Option<FactsProgress>) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }

    /// Up to where the outbox is not needed any more.
    pub(crate) fn kept(&self) -> Option<Position> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Numbers of these versions, and of others.
    pub(super) async fn numbers(
        &self,
        store: &Store,
        versions: BTreeSet<VersionId>,
    ) -> Result<Numbers, AppError> {
        let known = |numbers: &Numbers| {
            let wanted = versions.iter();
            wanted
                .filter_map(|id| Some((*id, *numbers.get(id)?)))
                .collect::<Numbers>()
        };
        let found = known(&self.numbers.lock().unwrap_or_else(PoisonError::into_inner));
        if found.len() == versions.len() {
            return Ok(found);
        }
        let missing: Vec<VersionId> = versions
            .iter()
            .filter(|id| !found.contains_key(id))
            .copied()
            .collect();
        let new = store.version_numbers(&missing).await?;
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        numbers.extend(new);
        Ok(known(&numbers))
    }

    /// Changes as a batch from one position to the next.
    pub(super) async fn batch(
        &self,
        store: &Store,
        from: At,
        to: At,
        changes: Vec<outbox::Change>,
    ) -> Result<Batch, AppError> {
        let versions = changes.iter().map(|change| change.submission.version);
        let numbers = self.numbers(store, versions.collect()).await?;
        let changes = changes
            .into_iter()
            .map(|change| told::change(change, &numbers));
        Ok(Batch {
            from,
            to,
            changes: changes.collect(),
        })
    }

    /// Tells the engine everything that the outbox holds by now.
    pub(super) async fn catch_up(&self, store: &Store) -> Result<(), AppError> {
        let Some(engine) = self.ready_engine() else {
            return Ok(());
        };
        let _turn = self.turn.lock().await;
        // Asked, not remembered: whoever told the engine something may have been called away.
        let Some(from) = parsed(&engine.standing().await?.as_of) else {
            self.set_state(FactsState::Broken);
            return Ok(());
        };
        match self.follow(store, engine.as_ref(), from).await {
            Ok(Some(position)) => self.set_position(position),
            Ok(None) => {
                tracing::warn!("facts are too far behind and are made anew");
                self.set_state(FactsState::Broken);
            }
            Err(error) => {
                let is_over = match &error {
                    AppError::Facts(error) => is_damage(error),
                    AppError::Store(error) => is_spoilt(error),
                    _ => false,
                };
                if is_over {
                    self.set_state(FactsState::Broken);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// Tells `engine` what comes after `from`; gives how far it is then, nothing when that is gone.
    pub(super) async fn follow(
        &self,
        store: &Store,
        engine: &dyn Facts,
        mut from: Position,
    ) -> Result<Option<Position>, AppError> {
        loop {
            let (changes, to) = match store.read_outbox(&from, MOST_ROWS).await? {
                Reading::Lost => return Ok(None),
                Reading::Changes(changes, to) => (changes, to),
            };
            if to == from {
                return Ok(Some(from));
            }
            let batch = self.batch(store, written(&from), written(&to), changes);
            engine.append(&batch.await?).await?;
            from = to;
        }
    }

    /// Tells `engine` what it does not know yet of what a snapshot sees, and nothing more.
    pub(super) async fn follow_to(
        &self,
        snapshot: &Snapshot,
        engine: &dyn Facts,
        store: &Store,
    ) -> Result<Followed, AppError> {
        let Some(mut from) = parsed(&engine.standing().await?.as_of) else {
            return Ok(Followed::Lost);
        };
        loop {
            let (changes, to) = match snapshot.read_outbox(&from, MOST_ROWS).await? {
                None => return Ok(Followed::NotYet),
                Some(Reading::Lost) => return Ok(Followed::Lost),
                Some(Reading::Changes(changes, to)) => (changes, to),
            };
            if to == from {
                return Ok(Followed::To(from));
            }
            let batch = self.batch(store, written(&from), written(&to), changes);
            engine.append(&batch.await?).await?;
            from = to;
        }
    }

    /// Lets the engine put its parts in order, and notes what it has written down.
    async fn maintain(&self) {
        let Some(engine) = self.ready_engine() else {
            return;
        };
        if let Err(error) = engine.maintain().await {
            tracing::error!(%error, "facts could not be put in order");
            if is_damage(&error) {
                self.set_state(FactsState::Broken);
            }
            return;
        }
        if let Ok(standing) = engine.standing().await
            && let Some(kept) = parsed(&standing.found.kept)
        {
            *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        }
    }
}

impl App {
    /// Gives the engine that keeps facts; until it is loaded, figures come from the records.
    pub fn keep_facts(&self, engine: Arc<dyn Facts>) {
        self.keeper.expect_first_load(self.clock.now());
        if self.keeper.engine.set(engine).is_err() {
            tracing::error!("facts are kept by one engine only");
        }
    }

    /// The records, for an engine that keeps only a short form of identifiers.
    #[must_use]
    pub fn names(&self) -> Arc<dyn Names> {
        Arc::new(RecordNames {
            store: self.store.clone(),
        })
    }

    /// How it stands with the facts; nothing when there is no engine.
    #[must_use]
    pub fn facts_state(&self) -> Option<FactsState> {
        self.keeper.engine().map(|_| self.keeper.state())
    }

    /// Tells the engine everything that the outbox holds by now.
    pub(crate) async fn catch_up(&self) -> Result<(), AppError> {
        let now = self.clock.now();
        self.keeper.catch_up(&self.store).await?;
        let mut reached_at = self
            .keeper
            .reached_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *reached_at = Some(now);
        Ok(())
    }

    /// Follows the records until the program stops: many changes at once cost less than one by one.
    pub(crate) async fn follow_records(&self) {
        let mut stop = self.stopping();
        let mut maintain = tokio::time::interval(MAINTAIN);
        let mut rest_after_failure = REST;
        while !self.is_stopping() {
            let done = if self.keeper.state() == FactsState::Ready {
                self.catch_up().await
            } else {
                self.load_facts().await
            };
            let rest = match done {
                Ok(()) => {
                    rest_after_failure = REST;
                    LOOK
                }
                Err(error) => {
                    tracing::error!(%error, "facts could not be kept up to date");
                    let rest = rest_after_failure;
                    rest_after_failure = (rest * 2).min(LONGEST_REST);
                    rest
                }
            };
            tokio::select! {
                // The sender lives as long as the program, so waiting cannot fail.
                _ = stop.changed() => {}
                _ = maintain.tick() => {
                    self.keeper.maintain().await;
                    self.compare_when_due().await;
                }
                () = tokio::time::sleep(rest) => {}
            }
        }
    }
}
