//! Organisations that are customers.

use std::collections::BTreeMap;

use peil_domain::{
    audience::Account,
    shared::{AccountId, WorkspaceId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Session, StoreError, Tx, convert::MOST_IN_LIST, entities::accounts};

/// Finds the account with this external identifier, or adds it under `id`; the name of an account
/// that exists stays as it is.
pub async fn find_or_add(
    tx: &Tx,
    id: AccountId,
    external_id: &str,
    name: &str,
) -> Result<Account, StoreError> {
    if let Some(found) = find_by_external_id(tx, external_id).await? {
        return Ok(found);
    }
    let row = accounts::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(id.0),
        external_id: Set(external_id.to_owned()),
        name: Set(name.to_owned()),
    };
    accounts::Entity::insert(row)
        .on_conflict_do_nothing_on([accounts::Column::WorkspaceId, accounts::Column::ExternalId])
        .exec_without_returning(tx.connection())
        .await?;
    // On a server somebody else may have added it in between; then theirs is the one.
    let found = find_by_external_id(tx, external_id).await?;
    found.ok_or_else(|| StoreError::Database("account vanished while it was added".into()))
}

/// Finds an account.
pub async fn find(session: &impl Session, id: AccountId) -> Result<Option<Account>, StoreError> {
    let row = accounts::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?;
    Ok(row.map(to_account))
}

/// Finds the account with this identifier in the organisation's own systems.
pub async fn find_by_external_id(
    session: &impl Session,
    external_id: &str,
) -> Result<Option<Account>, StoreError> {
    let row = accounts::Entity::find()
        .filter(accounts::Column::WorkspaceId.eq(session.workspace().0))
        .filter(accounts::Column::ExternalId.eq(external_id))
        .one(session.connection())
        .await?;
    Ok(row.map(to_account))
}

/// Lists all accounts by name.
pub async fn list(session: &impl Session) -> Result<Vec<Account>, StoreError> {
    let rows = accounts::Entity::find()
        .filter(accounts::Column::WorkspaceId.eq(session.workspace().0))
        .order_by_asc(accounts::Column::Name)
        .order_by_asc(accounts::Column::Id)
        .all(session.connection())
        .await?;
    Ok(rows.into_iter().map(to_account).collect())
}

/// Lists these accounts, in no particular order; unknown ones are left out.
pub async fn list_by_ids(
    session: &impl Session,
    ids: &[AccountId],
) -> Result<Vec<Account>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(MOST_IN_LIST) {
        let rows = accounts::Entity::find()
            .filter(accounts::Column::WorkspaceId.eq(session.workspace().0))
            .filter(accounts::Column::Id.is_in(some.iter().map(|id| id.0)))
            .all(session.connection())
            .await?;
        found.extend(rows.into_iter().map(to_account));
    }
    Ok(found)
}

/// The names of these accounts; unknown ones are left out.
pub async fn names(
    session: &impl Session,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, String>, StoreError> {
    let found = list_by_ids(session, ids).await?;
    Ok(found
        .into_iter()
        .map(|account| (account.id, account.name))
        .collect())
}

fn to_account(row: accounts::Model) -> Account {
    Account {
        id: AccountId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        external_id: row.external_id,
        name: row.name,
    }
}
