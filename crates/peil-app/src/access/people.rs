//! People of an organisation.

use peil_domain::{
    access::{Actor, Right, Role, User, check_password},
    shared::{EmailAddress, Language, UserId},
};
use peil_store::access;

use super::{
    AccessError, Identity,
    hashing::{hash_password, verify_password},
    set_up::{check_name, email_taken},
};
use crate::{
    App, AppError,
    app::{demand, new_id},
};

/// Someone to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    /// Name.
    pub name: String,
    /// Address with which this person signs in.
    pub email: EmailAddress,
    /// First password, to be changed by the person.
    pub password: String,
    /// Role.
    pub role: Role,
    /// Language of the screens.
    pub language: Language,
}

/// What changes about someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether signing in is switched off.
    pub is_blocked: bool,
}

impl App {
    /// Lists the people of the organisation.
    pub async fn list_users(&self, actor: &Actor) -> Result<Vec<User>, AppError> {
        demand(actor, Right::ReadSettings)?;
        Ok(access::list_users(&self.store.read(actor.workspace)).await?)
    }

    /// Adds a person.
    pub async fn add_user(&self, actor: &Actor, input: NewUser) -> Result<User, AppError> {
        demand(actor, Right::WriteSettings)?;
        check_name("name", &input.name)?;
        check_password(&input.password, input.email.as_str(), &input.name)
            .map_err(AccessError::Password)?;
        if input.role == Role::Owner && actor.role != Role::Owner {
            return Err(AccessError::OwnerOnly.into());
        }
        let user = User {
            id: new_id!(self, UserId),
            workspace: actor.workspace,
            email: input.email,
            name: input.name.trim().to_owned(),
            role: input.role,
            language: input.language,
            is_blocked: false,
            created_at: self.clock.now(),
        };
        let hash = hash_password(input.password).await?;
        let tx = self.store.begin(actor.workspace).await?;
        access::add_user(&tx, &user, &hash)
            .await
            .map_err(email_taken)?;
        let details = serde_json::json!({ "role": user.role });
        self.record(&tx, actor, "user.added", user.id, details)
            .await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Changes name, role or access of a person. Blocking someone ends every sign-in.
    pub async fn update_user(
        &self,
        actor: &Actor,
        id: UserId,
        change: PersonChange,
    ) -> Result<User, AppError> {
        demand(actor, Right::WriteSettings)?;
        check_name("name", &change.name)?;
        let tx = self.store.begin(actor.workspace).await?;
        // Two owners who give up their role at once must not leave nobody.
        access::lock_people(&tx).await?;
        let before = access::find_user(&tx, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let touches_owner = before.role == Role::Owner || change.role == Role::Owner;
        if touches_owner && actor.role != Role::Owner {
            return Err(AccessError::OwnerOnly.into());
        }
        let stays_owner = change.role == Role::Owner && !change.is_blocked;
        if before.role == Role::Owner && !stays_owner {
            let others = access::list_users(&tx).await?;
            let is_other_owner =
                |user: &User| user.id != id && user.role == Role::Owner && !user.is_blocked;
            if !others.iter().any(is_other_owner) {
                return Err(AccessError::LastOwner.into());
            }
        }
        let user = User {
            name: change.name.trim().to_owned(),
            role: change.role,
            is_blocked: change.is_blocked,
            ..before
        };
        access::save_user(&tx, &user).await?;
        if user.is_blocked {
            access::remove_sign_ins_of(&tx, id).await?;
        }
        let details = serde_json::json!({ "role": user.role, "is_blocked": user.is_blocked });
        self.record(&tx, actor, "user.changed", id, details).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Changes one's own language.
    pub async fn change_language(
        &self,
        identity: &Identity,
        language: Language,
    ) -> Result<(), AppError> {
        let tx = self.store.begin(identity.workspace.id).await?;
        access::lock_people(&tx).await?;
        // Read again: role and access may have changed since this person was recognised.
        let before = access::find_user(&tx, identity.user.id).await?;
        let user = User {
            language,
            ..before.ok_or(AppError::NotFound)?
        };
        access::save_user(&tx, &user).await?;
        Ok(tx.commit().await?)
    }

    /// Changes one's own password; every sign-in elsewhere ends.
    pub async fn change_password(
        &self,
        identity: &Identity,
        old: String,
        new: String,
    ) -> Result<(), AppError> {
        let user = &identity.user;
        check_password(&new, user.email.as_str(), &user.name).map_err(AccessError::Password)?;
        let (_, hash) = self
            .store
            .find_user_by_email(&user.email)
            .await?
            .ok_or(AppError::NotFound)?;
        if !verify_password(old, hash).await? {
            return Err(AccessError::WrongCredentials.into());
        }
        let hash = hash_password(new).await?;
        let tx = self.store.begin(identity.workspace.id).await?;
        access::save_password(&tx, user.id, &hash).await?;
        access::remove_sign_ins_of(&tx, user.id).await?;
        self.record(
            &tx,
            &identity.actor,
            "user.password_changed",
            user.id,
            serde_json::Value::Null,
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// Gives the person with this address a new password; every sign-in of that person ends.
    pub async fn reset_password(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        new: String,
    ) -> Result<User, AppError> {
        demand(actor, Right::WriteSettings)?;
        let (user, _) = self
            .store
            .find_user_by_email(email)
            .await?
            .filter(|(user, _)| user.workspace == actor.workspace)
            .ok_or(AppError::NotFound)?;
        if user.role == Role::Owner && actor.role != Role::Owner {
            return Err(AccessError::OwnerOnly.into());
        }
        check_password(&new, user.email.as_str(), &user.name).map_err(AccessError::Password)?;
        let hash = hash_password(new).await?;
        let tx = self.store.begin(actor.workspace).await?;
        access::save_password(&tx, user.id, &hash).await?;
        access::remove_sign_ins_of(&tx, user.id).await?;
        self.record(
            &tx,
            actor,
            "user.password_reset",
            user.id,
            serde_json::Value::Null,
        )
        .await?;
        tx.commit().await?;
        Ok(user)
    }
}
