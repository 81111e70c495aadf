//! API tokens.

use peil_domain::{
    access::{Actor, Right, Scopes},
    shared::{ApiTokenId, UserId},
};
use peil_store::access;

use super::{AccessError, Identity, set_up::check_name};
use crate::{
    App, AppError,
    app::{demand, new_id},
    secret::{encode, hash_token},
};

/// A token just made; the only moment at which it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Identifier.
    pub id: ApiTokenId,
    /// The token itself.
    pub token: String,
}

/// By which a token is recognised in logs and secret scanners.
const PREFIX: &str = "peil_";

impl App {
    /// Lists all tokens of the organisation.
    pub async fn list_api_tokens(&self, actor: &Actor) -> Result<Vec<access::ApiToken>, AppError> {
        demand(actor, Right::ReadSettings)?;
        Ok(access::list_api_tokens(&self.store.read(actor.workspace)).await?)
    }

    /// Makes a token that acts in the name of `user`, within `scopes`.
    pub async fn add_api_token(
        &self,
        actor: &Actor,
        user: UserId,
        name: &str,
        scopes: Scopes,
    ) -> Result<NewToken, AppError> {
        demand(actor, Right::WriteSettings)?;
        check_name("name", name)?;
        if scopes.0.is_empty() {
            return Err(AppError::Invalid {
                field: "scopes",
                code: "missing",
            });
        }
        // A token never makes a mightier one.
        if let Some(right) = scopes.0.iter().find(|right| !actor.has(**right)) {
            return Err(AppError::Forbidden(*right));
        }
        let session = self.store.read(actor.workspace);
        access::find_user(&session, user)
            .await?
            .ok_or(AppError::NotFound)?;
        let token = format!("{PREFIX}{}", encode(&self.random::<24>()));
        let row = access::ApiToken {
            id: new_id!(self, ApiTokenId),
            workspace: actor.workspace,
            user,
            name: name.trim().to_owned(),
            token_hash: hash_token(&token),
            scopes,
            created_at: self.clock.now(),
            revoked_at: None,
        };
        let tx = self.store.begin(actor.workspace).await?;
        access::add_api_token(&tx, &row).await?;
        let details = serde_json::json!({ "scopes": row.scopes.to_string() });
        self.record(&tx, actor, "token.added", row.id, details)
            .await?;
        tx.commit().await?;
        Ok(NewToken { id: row.id, token })
    }

    /// Ends a token.
    pub async fn revoke_api_token(&self, actor: &Actor, id: ApiTokenId) -> Result<(), AppError> {
        demand(actor, Right::WriteSettings)?;
        let tx = self.store.begin(actor.workspace).await?;
        if !access::revoke_api_token(&tx, id, self.clock.now()).await? {
            return Err(AppError::NotFound);
        }
        self.record(&tx, actor, "token.revoked", id, serde_json::Value::Null)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Finds out in whose name an API token acts.
    ///
    /// # Errors
    /// [`AccessError::NotSignedIn`] when it is unknown or revoked, or its owner is blocked.
    pub async fn identify_api_token(&self, token: &str) -> Result<Identity, AppError> {
        let row = self
            .store
            .find_api_token(&hash_token(token))
            .await?
            .filter(|row| row.revoked_at.is_none())
            .ok_or(AccessError::NotSignedIn)?;
        let session = self.store.read(row.workspace);
        let user = access::find_user(&session, row.user)
            .await?
            .filter(|user| !user.is_blocked);
        let workspace = access::find_workspace(&session).await?;
        let (Some(user), Some(workspace)) = (user, workspace) else {
            return Err(AccessError::NotSignedIn.into());
        };
        let actor = Actor {
            workspace: workspace.id,
            user: Some(user.id),
            role: user.role,
            scopes: Some(row.scopes),
        };
        Ok(Identity {
            actor,
            user,
            workspace,
            sign_in: None,
            expires_at: None,
        })
    }
}
