//! Organisations, people, sign-ins and API tokens.

use jiff::Timestamp;
use peil_domain::{
    access::{Scopes, User, Workspace},
    shared::{ApiTokenId, EmailAddress, SessionId, UserId, WorkspaceId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::{
    Session, Store, StoreError, Tx,
    convert::{document, maybe_moment, micros, moment, to_document, word},
    dialect::{self, Turn},
    entities::{api_tokens, sessions, users, workspaces},
};

/// A sign-in of a person on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Identifier.
    pub id: SessionId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Who.
    pub user: UserId,
    /// Hash of the token in the cookie.
    pub token_hash: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was used last, to within a minute.
    pub seen_at: Timestamp,
    /// When it ends, whatever happens.
    pub expires_at: Timestamp,
}

/// A key with which a program uses the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Identifier.
    pub id: ApiTokenId,
    /// Organisation.
    pub workspace: WorkspaceId,
    /// In whose name it acts.
    pub user: UserId,
    /// What it is for.
    pub name: String,
    /// Hash of the token.
    pub token_hash: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it no longer works.
    pub revoked_at: Option<Timestamp>,
}

impl Store {
    /// Lists all organisations, the oldest first.
    pub async fn list_workspaces(&self) -> Result<Vec<Workspace>, StoreError> {
        workspaces::Entity::find()
            .order_by_asc(workspaces::Column::Id)
            .all(self.anywhere())
            .await?
            .into_iter()
            .map(to_workspace)
            .collect()
    }

    /// Finds the person with this address, and the hash of the password.
    pub async fn find_user_by_email(
        &self,
        email: &EmailAddress,
    ) -> Result<Option<(User, String)>, StoreError> {
        let row = users::Entity::find()
            .filter(users::Column::Email.eq(email.as_str()))
            .one(self.anywhere())
            .await?;
        row.map(|row| {
            let hash = row.password_hash.clone();
            Ok((to_user(row)?, hash))
        })
        .transpose()
    }

    /// Finds a sign-in by the hash of its token.
    pub async fn find_sign_in(&self, token_hash: &str) -> Result<Option<SignIn>, StoreError> {
        sessions::Entity::find()
            .filter(sessions::Column::TokenHash.eq(token_hash))
            .one(self.anywhere())
            .await?
            .map(to_sign_in)
            .transpose()
    }

    /// Finds an API token by its hash.
    pub async fn find_api_token(&self, token_hash: &str) -> Result<Option<ApiToken>, StoreError> {
        api_tokens::Entity::find()
            .filter(api_tokens::Column::TokenHash.eq(token_hash))
            .one(self.anywhere())
            .await?
            .map(to_api_token)
            .transpose()
    }
}

/// Waits until nobody else is making the first organisation; whether there is none yet.
pub async fn may_make_first_workspace(tx: &Tx) -> Result<bool, StoreError> {
    dialect::take_turn(tx.connection(), Turn::SetUp).await?;
    let first = workspaces::Entity::find().one(tx.connection()).await?;
    Ok(first.is_none())
}

/// Waits until nobody else changes the people of the organisation, so that what is read about them
/// from here on stays true until the transaction ends.
pub async fn lock_people(tx: &Tx) -> Result<(), StoreError> {
    // A file has one writing transaction at a time; a server locks the row of the organisation.
    workspaces::Entity::find_by_id(tx.workspace().0)
        .lock_exclusive()
        .one(tx.connection())
        .await?;
    Ok(())
}

/// Adds an organisation.
pub async fn add_workspace(tx: &Tx, workspace: &Workspace) -> Result<(), StoreError> {
    let row = workspaces::ActiveModel {
        id: Set(workspace.id.0),
        name: Set(workspace.name.clone()),
        language: Set(workspace.language.code().to_owned()),
        time_zone: Set(workspace.time_zone.clone()),
        brand: Set(to_document("workspaces", &workspace.brand)?),
        created_at: Set(micros(workspace.created_at)),
    };
    workspaces::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Finds the organisation of a session.
pub async fn find_workspace(session: &impl Session) -> Result<Option<Workspace>, StoreError> {
    workspaces::Entity::find_by_id(session.workspace().0)
        .one(session.connection())
        .await?
        .map(to_workspace)
        .transpose()
}

/// Writes everything about an organisation.
pub async fn save_workspace(tx: &Tx, workspace: &Workspace) -> Result<(), StoreError> {
    workspaces::Entity::update_many()
        .col_expr(
            workspaces::Column::Name,
            Expr::value(workspace.name.clone()),
        )
        .col_expr(
            workspaces::Column::Language,
            Expr::value(workspace.language.code()),
        )
        .col_expr(
            workspaces::Column::TimeZone,
            Expr::value(workspace.time_zone.clone()),
        )
        .col_expr(
            workspaces::Column::Brand,
            Expr::value(to_document("workspaces", &workspace.brand)?),
        )
        .filter(workspaces::Column::Id.eq(tx.workspace().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Adds a person.
///
/// # Errors
/// [`StoreError::Taken`] when the address is in use.
pub async fn add_user(tx: &Tx, user: &User, password_hash: &str) -> Result<(), StoreError> {
    let row = users::ActiveModel {
        workspace_id: Set(user.workspace.0),
        id: Set(user.id.0),
        email: Set(user.email.to_string()),
        name: Set(user.name.clone()),
        password_hash: Set(password_hash.to_owned()),
        role: Set(user.role.code().to_owned()),
        language: Set(user.language.code().to_owned()),
        is_blocked: Set(user.is_blocked),
        created_at: Set(micros(user.created_at)),
    };
    users::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Finds a person.
pub async fn find_user(session: &impl Session, id: UserId) -> Result<Option<User>, StoreError> {
    users::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_user)
        .transpose()
}

/// Lists all people by name.
pub async fn list_users(session: &impl Session) -> Result<Vec<User>, StoreError> {
    users::Entity::find()
        .filter(users::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_asc(users::Column::Name)
        .order_by_asc(users::Column::Id)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_user)
        .collect()
}

/// Writes name, role, language and whether signing in is switched off.
pub async fn save_user(tx: &Tx, user: &User) -> Result<(), StoreError> {
    users::Entity::update_many()
        .col_expr(users::Column::Name, Expr::value(user.name.clone()))
        .col_expr(users::Column::Role, Expr::value(user.role.code()))
        .col_expr(users::Column::Language, Expr::value(user.language.code()))
        .col_expr(users::Column::IsBlocked, Expr::value(user.is_blocked))
        .filter(users::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(users::Column::Id.eq(user.id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Writes the hash of a new password.
pub async fn save_password(tx: &Tx, user: UserId, hash: &str) -> Result<(), StoreError> {
    users::Entity::update_many()
        .col_expr(users::Column::PasswordHash, Expr::value(hash))
        .filter(users::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(users::Column::Id.eq(user.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Adds a sign-in.
pub async fn add_sign_in(tx: &Tx, sign_in: &SignIn) -> Result<(), StoreError> {
    let row = sessions::ActiveModel {
        workspace_id: Set(sign_in.workspace.0),
        id: Set(sign_in.id.0),
        user_id: Set(sign_in.user.0),
        token_hash: Set(sign_in.token_hash.clone()),
        created_at: Set(micros(sign_in.created_at)),
        seen_at: Set(micros(sign_in.seen_at)),
        expires_at: Set(micros(sign_in.expires_at)),
    };
    sessions::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Notes when a sign-in was used last.
pub async fn save_seen(tx: &Tx, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::SeenAt, Expr::value(micros(at)))
        .filter(sessions::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(sessions::Column::Id.eq(id.0))
        .filter(sessions::Column::SeenAt.lt(micros(at)))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends one sign-in.
pub async fn remove_sign_in(tx: &Tx, id: SessionId) -> Result<(), StoreError> {
    sessions::Entity::delete_by_id((tx.workspace().0, id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends every sign-in of a person, everywhere.
pub async fn remove_sign_ins_of(tx: &Tx, user: UserId) -> Result<(), StoreError> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(sessions::Column::UserId.eq(user.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Removes sign-ins that ended before `now`.
pub async fn remove_expired_sign_ins(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(sessions::Column::ExpiresAt.lt(micros(now)))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Adds an API token.
pub async fn add_api_token(tx: &Tx, token: &ApiToken) -> Result<(), StoreError> {
    let row = api_tokens::ActiveModel {
        workspace_id: Set(token.workspace.0),
        id: Set(token.id.0),
        user_id: Set(token.user.0),
        name: Set(token.name.clone()),
        token_hash: Set(token.token_hash.clone()),
        scopes: Set(token.scopes.to_string()),
        created_at: Set(micros(token.created_at)),
        revoked_at: Set(token.revoked_at.map(micros)),
    };
    api_tokens::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Lists all API tokens, the newest first.
pub async fn list_api_tokens(session: &impl Session) -> Result<Vec<ApiToken>, StoreError> {
    api_tokens::Entity::find()
        .filter(api_tokens::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_desc(api_tokens::Column::Id)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_api_token)
        .collect()
}

/// Ends an API token; `false` when there is no such token.
pub async fn revoke_api_token(tx: &Tx, id: ApiTokenId, at: Timestamp) -> Result<bool, StoreError> {
    let changed = api_tokens::Entity::update_many()
        .col_expr(api_tokens::Column::RevokedAt, Expr::value(micros(at)))
        .filter(api_tokens::Column::WorkspaceId.eq(tx.workspace().0))
        .filter(api_tokens::Column::Id.eq(id.0))
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

fn to_workspace(row: workspaces::Model) -> Result<Workspace, StoreError> {
    const TABLE: &str = "workspaces";
    Ok(Workspace {
        id: WorkspaceId(row.id),
        name: row.name,
        language: word(TABLE, &row.language)?,
        time_zone: row.time_zone,
        brand: document(TABLE, row.brand)?,
        created_at: moment(TABLE, row.created_at)?,
    })
}

fn to_user(row: users::Model) -> Result<User, StoreError> {
    const TABLE: &str = "users";
    Ok(User {
        id: UserId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        email: word(TABLE, &row.email)?,
        name: row.name,
        role: word(TABLE, &row.role)?,
        language: word(TABLE, &row.language)?,
        is_blocked: row.is_blocked,
        created_at: moment(TABLE, row.created_at)?,
    })
}

fn to_sign_in(row: sessions::Model) -> Result<SignIn, StoreError> {
    const TABLE: &str = "sessions";
    Ok(SignIn {
        id: SessionId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        user: UserId(row.user_id),
        token_hash: row.token_hash,
        created_at: moment(TABLE, row.created_at)?,
        seen_at: moment(TABLE, row.seen_at)?,
        expires_at: moment(TABLE, row.expires_at)?,
    })
}

fn to_api_token(row: api_tokens::Model) -> Result<ApiToken, StoreError> {
    const TABLE: &str = "api_tokens";
    Ok(ApiToken {
        id: ApiTokenId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        user: UserId(row.user_id),
        name: row.name,
        token_hash: row.token_hash,
        scopes: word(TABLE, &row.scopes)?,
        created_at: moment(TABLE, row.created_at)?,
        revoked_at: maybe_moment(TABLE, row.revoked_at)?,
    })
}
