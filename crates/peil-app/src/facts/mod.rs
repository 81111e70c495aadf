//! Figures are counted by an engine that keeps facts beside the records; here it is told what
//! changed among them and asked what it counts.
//!
//! One task follows the outbox of the records (`keeper`). Whoever asks first makes sure that what
//! was written was told (`App::look`). While facts are being loaded, made anew or
//! found to be damaged, the same questions are answered from the records: slower, and right.

mod compare;
mod keeper;
mod kept;
mod load;
mod names;
mod part;
mod records;
mod remembered;
mod told;
mod trusted;
mod verify;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use peil_domain::shared::WorkspaceId;
use peil_facts::Facts;
use peil_store::{Read, Session};

pub use compare::{FactsCompared, Outcome};
pub use keeper::FactsState;
pub(crate) use keeper::Keeper;
pub(crate) use kept::{Kept, Question};
pub use load::FactsProgress;
pub use verify::{FactsDifference, FactsVerified};

use self::{records::RecordFacts, trusted::Trusted};
#[cfg(test)]
use crate::results::known_guards;
use crate::{App, AppError, results::KnownGuards};

/// How long a question waits for what was written just before it.
const PATIENCE: Duration = Duration::from_secs(1);
/// So many submissions are read from the records for a page, and no more while facts are being made:
/// that would take longer than making them.
const MOST_FROM_RECORDS: u64 = 20_000;
/// Time between two looks at whether it was told.
const PAUSE: Duration = Duration::from_millis(10);

/// Something through which records are read and figures are asked.
pub(crate) trait Counting: Session {
    /// What counts.
    fn facts(&self) -> &dyn Facts;

    /// What may be told, as far as that was worked out before.
    fn known_guards(&self) -> Option<&KnownGuards> {
        None
    }
}

/// A look at the records of one organisation and at the figures made of them.
pub(crate) struct Look {
    read: Read,
    facts: Box<dyn Facts>,
    /// Of an engine only: records do not say cheaply whether they are the same as before.
    guards: Option<Arc<KnownGuards>>,
    as_of: Timestamp,
}

impl Session for Look {
    type Connection = <Read as Session>::Connection;

    fn connection(&self) -> &Self::Connection {
        self.read.connection()
    }

    fn workspace(&self) -> WorkspaceId {
        self.read.workspace()
    }
}

impl Counting for Look {
    fn facts(&self) -> &dyn Facts {
        self.facts.as_ref()
    }

    fn known_guards(&self) -> Option<&KnownGuards> {
        self.guards.as_deref()
    }
}

impl Look {
    /// The moment at which the figures are true: now, unless what was written before could not be
    /// told in time.
    pub(crate) const fn as_of(&self) -> Timestamp {
        self.as_of
    }
}

impl App {
    /// Looks at an organisation, with everything in the figures that was written so far.
    ///
    /// # Errors
    /// [`AppError::FiguresNotReady`] while facts are made anew from very many submissions.
    pub(crate) async fn look(&self, workspace: WorkspaceId) -> Result<Look, AppError> {
        let read = self.store.read(workspace);
        let records = RecordFacts::new(self.store.clone(), Arc::clone(&self.keeper));
        self.keeper.wait_for_first_load(self.clock.now()).await;
        let Some(engine) = self.keeper.ready_engine() else {
            let progress = self.keeper.progress();
            if let Some(progress) = progress.filter(|all| all.total > MOST_FROM_RECORDS) {
                return Err(AppError::FiguresNotReady {
                    percent: progress.percent(),
                });
            }
            return Ok(Look {
                read,
                facts: Box::new(records),
                guards: None,
                as_of: self.clock.now(),
            });
        };
        let behind_since = if self.reach_own_changes().await {
            None
        } else {
            self.keeper.reached_at()
        };
        let facts = Trusted::new(engine, records, Arc::clone(&self.keeper));
        Ok(Look {
            read,
            facts: Box::new(facts),
            guards: Some(Arc::clone(&self.guards)),
            as_of: behind_since.unwrap_or_else(|| self.clock.now()),
        })
    }

    /// Tells what was written so far, by this program and by others; `false` when that takes too
    /// long. On a server, what was written can be read once all transactions that began before it
    /// have ended.
    async fn reach_own_changes(&self) -> bool {
        let written = self.store.own_changes().borrow().clone();
        let reach = async {
            loop {
                if let Err(error) = self.catch_up().await {
                    tracing::warn!(%error, "figures could not be brought up to date");
                    return false;
                }
                if self.keeper.has_reached(&written) {
                    return true;
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(PATIENCE, reach).await.unwrap_or(false)
    }
}

#[cfg(test)]
impl Look {
    /// A look that counts the records.
    pub(crate) fn at_records(
        store: &peil_store::Store,
        workspace: WorkspaceId,
        as_of: Timestamp,
    ) -> Self {
        let records = RecordFacts::new(store.clone(), Arc::default());
        Self {
            read: store.read(workspace),
            facts: Box::new(records),
            guards: None,
            as_of,
        }
    }

    /// A look that counts facts that followed the outbox from its beginning.
    pub(crate) async fn at_facts(
        store: &peil_store::Store,
        workspace: WorkspaceId,
        as_of: Timestamp,
    ) -> Self {
        let keeper = Arc::new(Keeper::default());
        let engine = peil_facts::NaiveFacts::new();
        let start = peil_store::outbox::Position::default();
        let first = peil_facts::Batch {
            from: peil_facts::Position::start(),
            to: keeper::written(&start),
            changes: Vec::new(),
        };
        engine.append(&first).await.unwrap();
        keeper.follow(store, &engine, start).await.unwrap().unwrap();
        let records = RecordFacts::new(store.clone(), Arc::clone(&keeper));
        Self {
            read: store.read(workspace),
            facts: Box::new(Trusted::new(Arc::new(engine), records, keeper)),
            guards: Some(Arc::new(known_guards())),
            as_of,
        }
    }
}
