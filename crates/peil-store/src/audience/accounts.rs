//! Organisations that are customers.

use std::collections::BTreeMap;

use peil_domain::{
    audience::Account,
    shared::{AccountId, WorkspaceId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    Page, Session, StoreError, Tx, convert::MOST_IN_LIST, dialect::contains, entities::accounts,
};

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

/// Lists every account that has one of these texts as external identifier or as name, in the order
/// of identifiers.
pub async fn lookup_many(
    session: &impl Session,
    texts: &[String],
) -> Result<Vec<Account>, StoreError> {
    let mut found = BTreeMap::new();
    for some in texts.chunks(MOST_IN_LIST) {
        let some = || some.iter().map(String::as_str);
        let is_wanted = Condition::any()
            .add(accounts::Column::ExternalId.is_in(some()))
            .add(accounts::Column::Name.is_in(some()));
        let rows = accounts::Entity::find()
            .filter(accounts::Column::WorkspaceId.eq(session.workspace().0))
            .filter(is_wanted)
            .all(session.connection())
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id, to_account(row))));
    }
    Ok(found.into_values().collect())
}

/// Lists accounts by name, of which `search` is a part.
///
/// # Errors
/// [`StoreError::BadCursor`] when `after` is no cursor of this list.
pub async fn list_page(
    session: &impl Session,
    search: Option<&str>,
    after: Option<&str>,
    limit: u64,
) -> Result<Page<Account>, StoreError> {
    use accounts::Column;
    let mut select = accounts::Entity::find().filter(Column::WorkspaceId.eq(session.workspace().0));
    if let Some(text) = search.map(str::trim).filter(|text| !text.is_empty()) {
        let backend = session.connection().get_database_backend();
        select = select.filter(contains(backend, Column::Name.into_expr(), text));
    }
    if let Some(after) = after {
        let (id, name) = after.split_once(' ').ok_or(StoreError::BadCursor)?;
        let id: AccountId = id.parse().map_err(|_| StoreError::BadCursor)?;
        if name.contains('\0') {
            return Err(StoreError::BadCursor);
        }
        let same_name = Condition::all()
            .add(Column::Name.eq(name))
            .add(Column::Id.gt(id.0));
        select = select.filter(Condition::any().add(Column::Name.gt(name)).add(same_name));
    }
    let mut rows = select
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .limit(limit.saturating_add(1))
        .all(session.connection())
        .await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|row| format!("{} {}", row.id, row.name));
    Ok(Page {
        items: rows.into_iter().map(to_account).collect(),
        next,
    })
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
