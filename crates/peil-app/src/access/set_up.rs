//! The first organisation and its owner.

use peil_domain::{
    access::{Actor, Brand, Role, User, Workspace, check_password},
    shared::{EmailAddress, Language, UserId, WorkspaceId},
};
use peil_store::{StoreError, access};

use super::{AccessError, hashing::hash_password};
use crate::{App, AppError, app::new_id};

/// What the first-visit wizard asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// Name of the organisation.
    pub organisation: String,
    /// Language of screens and questionnaires.
    pub language: Language,
    /// IANA name of the time zone.
    pub time_zone: String,
    /// Name of the first person.
    pub name: String,
    /// Address with which that person signs in.
    pub email: EmailAddress,
    /// Password of that person.
    pub password: String,
}

impl App {
    /// Whether there is no organisation yet.
    pub async fn is_new(&self) -> Result<bool, AppError> {
        Ok(self.store.list_workspaces().await?.is_empty())
    }

    /// Name of the organisation, when there is exactly one: the sign-in page may show it.
    pub async fn only_workspace_name(&self) -> Result<Option<String>, AppError> {
        let mut found = self.store.list_workspaces().await?;
        let only = found.pop().filter(|_| found.is_empty());
        Ok(only.map(|workspace| workspace.name))
    }

    /// A nonce for a visitor who is not signed in.
    #[must_use]
    pub fn new_nonce(&self) -> String {
        crate::secret::encode(&self.random::<16>())
    }

    /// Makes the first organisation and its owner.
    ///
    /// # Errors
    /// [`AccessError::AlreadySetUp`] when there is one; a bad field or password.
    pub async fn set_up(&self, input: SetUp) -> Result<Workspace, AppError> {
        check_name("organisation", &input.organisation)?;
        check_name("name", &input.name)?;
        check_password(&input.password, input.email.as_str(), &input.name)
            .map_err(AccessError::Password)?;
        if jiff::tz::TimeZone::get(&input.time_zone).is_err() {
            return Err(AppError::Invalid {
                field: "time_zone",
                code: "unknown",
            });
        }
        let now = self.clock.now();
        let workspace = Workspace {
            id: new_id!(self, WorkspaceId),
            name: input.organisation.trim().to_owned(),
            language: input.language,
            time_zone: input.time_zone,
            brand: Brand::default(),
            created_at: now,
        };
        let user = User {
            id: new_id!(self, UserId),
            workspace: workspace.id,
            email: input.email,
            name: input.name.trim().to_owned(),
            role: Role::Owner,
            language: input.language,
            is_blocked: false,
            created_at: now,
        };
        // Looked at first as well, so that nobody can make a set-up Peil hash passwords for them.
        if !self.is_new().await? {
            return Err(AccessError::AlreadySetUp.into());
        }
        let hash = hash_password(input.password).await?;
        let tx = self.store.begin(workspace.id).await?;
        // Looked at inside the transaction: two first visitors make one organisation.
        if !access::may_make_first_workspace(&tx).await? {
            return Err(AccessError::AlreadySetUp.into());
        }
        access::add_workspace(&tx, &workspace).await?;
        access::add_user(&tx, &user, &hash)
            .await
            .map_err(email_taken)?;
        let actor = Actor::program(workspace.id);
        self.record(
            &tx,
            &actor,
            "workspace.created",
            workspace.id,
            serde_json::Value::Null,
        )
        .await?;
        tx.commit().await?;
        Ok(workspace)
    }
}

/// Refuses names that are blank or too long to show.
pub(crate) fn check_name(field: &'static str, name: &str) -> Result<(), AppError> {
    if name.trim().is_empty() {
        return Err(AppError::Invalid {
            field,
            code: "missing",
        });
    }
    if name.chars().count() > 120 {
        return Err(AppError::Invalid {
            field,
            code: "too_long",
        });
    }
    if name.contains(char::is_control) {
        return Err(AppError::Invalid {
            field,
            code: "bad_character",
        });
    }
    Ok(())
}

/// A taken address is an answer to the person who typed it, not a fault of the database.
pub(super) fn email_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Taken(_) => AccessError::EmailTaken.into(),
        other => other.into(),
    }
}
