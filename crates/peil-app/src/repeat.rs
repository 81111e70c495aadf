//! Remembers answers to API calls that may be repeated.

use jiff::SignedDuration;
use peil_domain::access::Actor;
use peil_store::idempotency::{self, Kept};

use crate::{App, AppError};

/// How long an answer is remembered.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// Finds the answer that was given to the call with this key.
    pub async fn find_kept_answer(
        &self,
        actor: &Actor,
        key: &str,
    ) -> Result<Option<Kept>, AppError> {
        Ok(idempotency::find(&self.store.read(actor.workspace), key).await?)
    }

    /// Remembers the answer given to the call with this key.
    pub async fn keep_answer(
        &self,
        actor: &Actor,
        key: &str,
        fingerprint: &str,
        status: u16,
        body: String,
    ) -> Result<(), AppError> {
        let now = self.clock.now();
        let kept = Kept {
            fingerprint: fingerprint.to_owned(),
            status,
            body,
        };
        let tx = self.store.begin(actor.workspace).await?;
        if let Ok(before) = now.checked_sub(KEPT_FOR) {
            idempotency::forget(&tx, before).await?;
        }
        idempotency::keep(&tx, key, &kept, now).await?;
        Ok(tx.commit().await?)
    }
}
