//! Opting out and, with a reason, in again.

use peil_domain::{
    access::{Actor, Right},
    audience::ContactProblem,
    shared::ContactId,
};
use peil_store::audience::contacts;

use crate::{App, AppError, app::demand};

impl App {
    /// Stops all invitations to a contact. Doing it again changes nothing.
    pub async fn opt_out_contact(&self, actor: &Actor, id: ContactId) -> Result<(), AppError> {
        demand(actor, Right::WriteAudience)?;
        let tx = self.store.begin(actor.workspace).await?;
        contacts::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        if contacts::opt_out(&tx, id, self.clock.now()).await? {
            let details = serde_json::json!({ "by": "colleague" });
            self.record(&tx, actor, "contact.opted_out", id, details)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Allows invitations to a contact again, because of something that the contact said or did.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason: one day somebody will ask for it.
    pub async fn opt_in_contact(
        &self,
        actor: &Actor,
        id: ContactId,
        reason: &str,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteAudience)?;
        let reason = reason.trim();
        let refuse = |code| {
            Err(AppError::Invalid {
                field: "reason",
                code,
            })
        };
        if reason.is_empty() {
            return refuse("missing");
        }
        match ContactProblem::check(reason) {
            Err(ContactProblem::TooLong) => return refuse("too_long"),
            Err(_) => return refuse("control_character"),
            Ok(()) => {}
        }
        let tx = self.store.begin(actor.workspace).await?;
        contacts::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        if contacts::opt_in(&tx, id).await? {
            let details = serde_json::json!({ "reason": reason });
            self.record(&tx, actor, "contact.opted_in", id, details)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}
