//! Calls to the API that may be repeated: done once, answered the same.

use jiff::SignedDuration;
use peil_domain::access::Actor;
use peil_store::idempotency::{self, Reserved};

pub use peil_store::idempotency::{Attempt, Kept};

use crate::{App, AppError};

/// How long an answer is remembered.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How long an attempt of which nothing more is heard keeps others waiting: its program crashed,
/// and nobody knows how far it came.
const RUNS_FOR: SignedDuration = SignedDuration::from_mins(5);

/// What is to be done with a call that carries a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repetition {
    /// Run it, and then keep its answer or release its key.
    Run(Attempt),
    /// The same call is running at this moment.
    Running,
    /// It was answered before.
    Kept(Kept),
    /// The key belongs to another call.
    OtherCall,
}

impl App {
    /// Takes the key of a call, in a transaction of its own, so that a second call with the same
    /// key is not run beside it.
    pub async fn reserve_call(
        &self,
        actor: &Actor,
        key: String,
        fingerprint: String,
    ) -> Result<Repetition, AppError> {
        let now = self.clock.now();
        let (millis, random) = self.seed();
        let attempt = Attempt {
            id: uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid(),
            key,
            fingerprint,
            at: now,
            until: now.checked_add(RUNS_FOR).unwrap_or(now),
        };
        let tx = self.store.begin(actor.workspace).await?;
        if let Ok(before) = now.checked_sub(KEPT_FOR) {
            idempotency::forget(&tx, before).await?;
        }
        let reserved = idempotency::reserve(&tx, &attempt).await?;
        tx.commit().await?;
        Ok(match reserved {
            Reserved::Mine => Repetition::Run(attempt),
            Reserved::Running => Repetition::Running,
            Reserved::Kept(kept) => Repetition::Kept(kept),
            Reserved::OtherCall => Repetition::OtherCall,
        })
    }

    /// Remembers the answer given to an attempt.
    pub async fn keep_answer(
        &self,
        actor: &Actor,
        attempt: &Attempt,
        kept: &Kept,
    ) -> Result<(), AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        idempotency::keep(&tx, attempt, kept).await?;
        Ok(tx.commit().await?)
    }

    /// Gives the key of an attempt back that did nothing or failed.
    pub async fn release_call(&self, actor: &Actor, attempt: &Attempt) -> Result<(), AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        idempotency::release(&tx, attempt).await?;
        Ok(tx.commit().await?)
    }
}
