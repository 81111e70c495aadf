//! "No more of this": a customer's own choice, honoured over all questionnaires.

use peil_domain::{access::Actor, outreach::Invitation};
use peil_store::audience::contacts;

use super::CollectError;
use crate::{App, AppError, secret::hash_token};

impl App {
    /// Whether the recipient of this link has opted out. The link works as long as it exists, also
    /// when it has expired or was answered.
    pub async fn has_opted_out(&self, token: &str) -> Result<bool, AppError> {
        let invitation = self.invitation_of(token).await?;
        let session = self.store.read(invitation.workspace);
        let contact = contacts::find(&session, invitation.contact).await?;
        Ok(contact
            .ok_or(CollectError::UnknownLink)?
            .opted_out_at
            .is_some())
    }

    /// Stops all invitations to the recipient of this link. Doing it again changes nothing.
    pub async fn opt_out_by_link(&self, token: &str) -> Result<(), AppError> {
        let invitation = self.invitation_of(token).await?;
        let actor = Actor::program(invitation.workspace);
        let tx = self.store.begin(invitation.workspace).await?;
        let contact = contacts::find(&tx, invitation.contact).await?;
        let contact = contact.ok_or(CollectError::UnknownLink)?;
        if contact.opted_out_at.is_none() {
            contacts::opt_out(&tx, contact.id, self.clock.now()).await?;
            let details = serde_json::json!({ "by": "recipient" });
            self.record(&tx, &actor, "contact.opted_out", contact.id, details)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    async fn invitation_of(&self, token: &str) -> Result<Invitation, AppError> {
        let found = self
            .store
            .find_invitation_by_token(&hash_token(token))
            .await?;
        Ok(found.ok_or(CollectError::UnknownLink)?)
    }
}
