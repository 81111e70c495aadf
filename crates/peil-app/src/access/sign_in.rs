//! Signing in and out, and finding out who a cookie belongs to.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::Actor,
    shared::{EmailAddress, SessionId, WorkspaceId},
};
use peil_store::access;

use super::{
    AccessError, Identity,
    hashing::{hash_password, verify_password},
};
use crate::{
    App, AppError,
    app::new_id,
    secret::{encode, hash_token},
};

/// Hours without use after which a sign-in ends.
pub const IDLE_EXPIRY_HOURS: i64 = 12;
/// Days after which a sign-in ends, however much it is used.
pub const ABSOLUTE_EXPIRY_DAYS: i64 = 14;

/// The outcome of signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Goes into the cookie and nowhere else.
    pub token: String,
    /// Who signed in.
    pub identity: Identity,
}

/// When sign-ins were used last. Kept in memory and written now and then, since looking at a page
/// must not write.
#[derive(Debug, Default)]
pub(crate) struct SeenSignIns(Mutex<HashMap<SessionId, (WorkspaceId, Timestamp)>>);

impl SeenSignIns {
    fn note(&self, id: SessionId, workspace: WorkspaceId, at: Timestamp) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(id, (workspace, at));
    }

    fn last(&self, id: SessionId) -> Option<Timestamp> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(&id).map(|(_, at)| *at)
    }

    fn take(&self) -> HashMap<SessionId, (WorkspaceId, Timestamp)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl App {
    /// Signs a person in.
    ///
    /// # Errors
    /// [`AccessError::WrongCredentials`], whatever was wrong: nobody learns which addresses exist.
    pub async fn sign_in(&self, email: &str, password: String) -> Result<SignedIn, AppError> {
        let found = match email.parse::<EmailAddress>() {
            Ok(email) => self.store.find_user_by_email(&email).await?,
            Err(_) => None,
        };
        let Some((user, hash)) = found else {
            // As much work as for an address that exists, so that time does not tell.
            hash_password(password).await?;
            return Err(AccessError::WrongCredentials.into());
        };
        if !verify_password(password, hash).await? || user.is_blocked {
            return Err(AccessError::WrongCredentials.into());
        }
        let now = self.clock.now();
        let token = encode(&self.random::<32>());
        let sign_in = access::SignIn {
            id: new_id!(self, SessionId),
            workspace: user.workspace,
            user: user.id,
            token_hash: hash_token(&token),
            created_at: now,
            seen_at: now,
            expires_at: after(now, SignedDuration::from_hours(24 * ABSOLUTE_EXPIRY_DAYS)),
        };
        let tx = self.store.begin(user.workspace).await?;
        access::remove_expired_sign_ins(&tx, now).await?;
        access::add_sign_in(&tx, &sign_in).await?;
        let actor = Actor {
            user: Some(user.id),
            role: user.role,
            ..Actor::program(user.workspace)
        };
        self.record(
            &tx,
            &actor,
            "user.signed_in",
            user.id,
            serde_json::Value::Null,
        )
        .await?;
        tx.commit().await?;
        let identity = self.identity_of(&sign_in).await?;
        Ok(SignedIn { token, identity })
    }

    /// Finds out who the token of a cookie belongs to.
    ///
    /// # Errors
    /// [`AccessError::NotSignedIn`] when it belongs to nobody, or no longer.
    pub async fn identify(&self, token: &str) -> Result<Identity, AppError> {
        let sign_in = self
            .store
            .find_sign_in(&hash_token(token))
            .await?
            .ok_or(AccessError::NotSignedIn)?;
        let now = self.clock.now();
        let seen_at = self
            .seen
            .last(sign_in.id)
            .map_or(sign_in.seen_at, |at| at.max(sign_in.seen_at));
        let idle_end = after(seen_at, SignedDuration::from_hours(IDLE_EXPIRY_HOURS));
        if now >= idle_end || now >= sign_in.expires_at {
            return Err(AccessError::NotSignedIn.into());
        }
        let identity = self.identity_of(&sign_in).await?;
        if identity.user.is_blocked {
            return Err(AccessError::NotSignedIn.into());
        }
        self.seen.note(sign_in.id, sign_in.workspace, now);
        Ok(identity)
    }

    /// Ends the sign-in of `identity`; with `everywhere`, all sign-ins of that person.
    pub async fn sign_out(&self, identity: &Identity, everywhere: bool) -> Result<(), AppError> {
        let tx = self.store.begin(identity.workspace.id).await?;
        if everywhere {
            access::remove_sign_ins_of(&tx, identity.user.id).await?;
        } else if let Some(id) = identity.sign_in {
            access::remove_sign_in(&tx, id).await?;
        }
        self.record(
            &tx,
            &identity.actor,
            "user.signed_out",
            identity.user.id,
            serde_json::json!({
                "everywhere": everywhere,
            }),
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// Writes down when sign-ins were used last.
    pub(crate) async fn save_seen_sign_ins(&self) -> Result<(), AppError> {
        for (id, (workspace, at)) in self.seen.take() {
            let tx = self.store.begin(workspace).await?;
            access::save_seen(&tx, id, at).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn identity_of(&self, sign_in: &access::SignIn) -> Result<Identity, AppError> {
        let session = self.store.read(sign_in.workspace);
        let user = access::find_user(&session, sign_in.user).await?;
        let workspace = access::find_workspace(&session).await?;
        let (Some(user), Some(workspace)) = (user, workspace) else {
            return Err(AccessError::NotSignedIn.into());
        };
        let actor = Actor {
            user: Some(user.id),
            role: user.role,
            ..Actor::program(workspace.id)
        };
        Ok(Identity {
            actor,
            user,
            workspace,
            sign_in: Some(sign_in.id),
            expires_at: Some(sign_in.expires_at),
        })
    }
}

/// `at` plus `wait`, at most the end of time.
fn after(at: Timestamp, wait: SignedDuration) -> Timestamp {
    at.checked_add(wait).unwrap_or(Timestamp::MAX)
}
