//! Customers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use peil_domain::{
    audience::{Attribute, Contact, Filter},
    shared::{AccountId, ContactId, EmailAddress, WorkspaceId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Iterable, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
    sea_query::{Alias, Expr, Func, OnConflict},
};

use super::filter;
use crate::{
    Page, Session, StoreError, Tx,
    convert::{MOST_IN_LIST, document, maybe_moment, micros, moment, to_document, word},
    dialect::contains,
    entities::contacts::{self, Column},
};

/// Rows in one statement when many are written.
const MOST_AT_ONCE: usize = 500;

/// Which contacts to list.
#[derive(Debug, Clone, Copy)]
pub struct ContactQuery<'a> {
    /// Who is in the list.
    pub filter: &'a Filter,
    /// The attributes that exist.
    pub attributes: &'a [Attribute],
    /// Part of a name, address or external identifier, whatever the case.
    pub search: Option<&'a str>,
    /// Where the page before ended.
    pub after: Option<&'a str>,
    /// Most contacts on a page.
    pub limit: u64,
}

/// Adds a contact.
///
/// # Errors
/// [`StoreError::Taken`] when its external identifier or address is in use.
pub async fn add(tx: &Tx, contact: &Contact) -> Result<(), StoreError> {
    insert_many(tx, std::slice::from_ref(contact)).await
}

/// Adds contacts.
///
/// # Errors
/// [`StoreError::Taken`] when an external identifier or address is in use; the transaction cannot
/// go on then.
pub async fn insert_many(tx: &Tx, new: &[Contact]) -> Result<(), StoreError> {
    for some in new.chunks(MOST_AT_ONCE) {
        let rows: Result<Vec<_>, StoreError> = some.iter().map(|one| to_row(tx, one)).collect();
        contacts::Entity::insert_many(rows?)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// Writes everything about a contact.
///
/// # Errors
/// [`StoreError::Taken`] when its external identifier or address is in use by another one.
pub async fn save(tx: &Tx, contact: &Contact) -> Result<(), StoreError> {
    save_many(tx, std::slice::from_ref(contact)).await
}

/// Writes everything about these contacts; none may be given twice.
///
/// # Errors
/// [`StoreError::Taken`] when an external identifier or address is in use by another one; the
/// transaction cannot go on then.
pub async fn save_many(tx: &Tx, changed: &[Contact]) -> Result<(), StoreError> {
    let is_kept = |column: &Column| {
        matches!(
            column,
            Column::WorkspaceId | Column::Id | Column::CreatedAt | Column::OptedOutAt
        )
    };
    // An opt-out may have come in since the contact was read: only `opt_in` takes it away.
    let opted_out_at = Func::coalesce([
        Expr::col((contacts::Entity, Column::OptedOutAt)),
        Expr::col((Alias::new("excluded"), Column::OptedOutAt)),
    ]);
    let overwrite = OnConflict::columns([Column::WorkspaceId, Column::Id])
        .update_columns(Column::iter().filter(|column| !is_kept(column)))
        .value(Column::OptedOutAt, opted_out_at)
        .to_owned();
    for some in changed.chunks(MOST_AT_ONCE) {
        let rows: Result<Vec<_>, StoreError> = some.iter().map(|one| to_row(tx, one)).collect();
        contacts::Entity::insert_many(rows?)
            .on_conflict(overwrite.clone())
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// Finds a contact.
pub async fn find(session: &impl Session, id: ContactId) -> Result<Option<Contact>, StoreError> {
    contacts::Entity::find_by_id((session.workspace().0, id.0))
        .one(session.connection())
        .await?
        .map(to_contact)
        .transpose()
}

/// Finds the contact with this identifier in the organisation's own systems.
pub async fn find_by_external_id(
    session: &impl Session,
    external_id: &str,
) -> Result<Option<Contact>, StoreError> {
    ours(session)
        .filter(Column::ExternalId.eq(external_id))
        .one(session.connection())
        .await?
        .map(to_contact)
        .transpose()
}

/// Finds the contact with this address.
pub async fn find_by_email(
    session: &impl Session,
    email: &EmailAddress,
) -> Result<Option<Contact>, StoreError> {
    ours(session)
        .filter(Column::Email.eq(email.as_str()))
        .one(session.connection())
        .await?
        .map(to_contact)
        .transpose()
}

/// Lists these contacts, in no particular order; unknown ones are left out.
pub async fn list_by_ids(
    session: &impl Session,
    ids: &[ContactId],
) -> Result<Vec<Contact>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(MOST_IN_LIST) {
        let rows = ours(session)
            .filter(Column::Id.is_in(some.iter().map(|id| id.0)))
            .all(session.connection())
            .await?;
        found.extend(rows);
    }
    found.into_iter().map(to_contact).collect()
}

/// Lists every contact that has one of these external identifiers or addresses, each once, in no
/// particular order.
pub async fn lookup_many(
    session: &impl Session,
    external_ids: &[String],
    emails: &[EmailAddress],
) -> Result<Vec<Contact>, StoreError> {
    let mut found = BTreeMap::new();
    for some in external_ids.chunks(MOST_IN_LIST) {
        let wanted = Column::ExternalId.is_in(some.iter().map(String::as_str));
        let rows = ours(session)
            .filter(wanted)
            .all(session.connection())
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    for some in emails.chunks(MOST_IN_LIST) {
        let wanted = Column::Email.is_in(some.iter().map(EmailAddress::as_str));
        let rows = ours(session)
            .filter(wanted)
            .all(session.connection())
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    found.into_values().map(to_contact).collect()
}

/// Lists contacts by name, whatever the case; those without a name come first.
///
/// # Errors
/// [`StoreError::BadCursor`] when `after` is no cursor of this list.
pub async fn list(
    session: &impl Session,
    query: &ContactQuery<'_>,
) -> Result<Page<Contact>, StoreError> {
    let mut select = wanted(session, query.filter, query.attributes, query.search)?;
    if let Some(after) = query.after {
        let (id, name) = after.split_once(' ').ok_or(StoreError::BadCursor)?;
        let id: ContactId = id.parse().map_err(|_| StoreError::BadCursor)?;
        if name.contains('\0') {
            return Err(StoreError::BadCursor);
        }
        let same_name = Condition::all()
            .add(Column::SortName.eq(name))
            .add(Column::Id.gt(id.0));
        select = select
            // Says nothing new, but lets the database begin at the right place of the index.
            .filter(Column::SortName.gte(name))
            .filter(
                Condition::any()
                    .add(Column::SortName.gt(name))
                    .add(same_name),
            );
    }
    let mut rows = select
        .order_by_asc(Column::SortName)
        .order_by_asc(Column::Id)
        .limit(query.limit.saturating_add(1))
        .all(session.connection())
        .await?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| has_more);
    let next = last.map(|row| format!("{} {}", row.id, row.sort_name));
    let items: Result<_, StoreError> = rows.into_iter().map(to_contact).collect();
    Ok(Page {
        items: items?,
        next,
    })
}

/// Lists at most `limit` contacts after `after` in the order of their identifiers; for waves and
/// exports, which walk through all of them in bounded memory.
pub async fn list_from(
    session: &impl Session,
    filter: &Filter,
    attributes: &[Attribute],
    after: Option<ContactId>,
    limit: u64,
) -> Result<Vec<Contact>, StoreError> {
    let mut select = wanted(session, filter, attributes, None)?;
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after.0));
    }
    select
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(session.connection())
        .await?
        .into_iter()
        .map(to_contact)
        .collect()
}

/// Counts contacts.
pub async fn count(
    session: &impl Session,
    filter: &Filter,
    attributes: &[Attribute],
    search: Option<&str>,
) -> Result<u64, StoreError> {
    let select = wanted(session, filter, attributes, search)?;
    Ok(select
        .select_only()
        .column(Column::Id)
        .count(session.connection())
        .await?)
}

/// Notes that a contact wants no more invitations; `false` when that was known, or when there is
/// no such contact.
pub async fn opt_out(tx: &Tx, id: ContactId, at: Timestamp) -> Result<bool, StoreError> {
    let changed = contacts::Entity::update_many()
        .col_expr(Column::OptedOutAt, Expr::value(micros(at)))
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::OptedOutAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Notes that a contact may be invited again; `false` when that was so, or when there is no such
/// contact.
pub async fn opt_in(tx: &Tx, id: ContactId) -> Result<bool, StoreError> {
    let changed = contacts::Entity::update_many()
        .col_expr(Column::OptedOutAt, Expr::value(Option::<i64>::None))
        .filter(Column::WorkspaceId.eq(tx.workspace().0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::OptedOutAt.is_not_null())
        .exec(tx.connection())
        .await?;
    Ok(changed.rows_affected == 1)
}

fn ours(session: &impl Session) -> Select<contacts::Entity> {
    contacts::Entity::find().filter(Column::WorkspaceId.eq(session.workspace().0))
}

fn wanted(
    session: &impl Session,
    filter: &Filter,
    attributes: &[Attribute],
    search: Option<&str>,
) -> Result<Select<contacts::Entity>, StoreError> {
    let backend = session.connection().get_database_backend();
    let holds = filter::to_condition(backend, session.workspace(), filter, attributes)?;
    let select = ours(session).filter(holds);
    let Some(text) = search.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(select);
    };
    let places = [Column::Name, Column::Email, Column::ExternalId];
    let found = places.into_iter().fold(Condition::any(), |any, column| {
        any.add(contains(backend, column.into_expr(), text))
    });
    Ok(select.filter(found))
}

fn to_row(tx: &Tx, contact: &Contact) -> Result<contacts::ActiveModel, StoreError> {
    Ok(contacts::ActiveModel {
        workspace_id: Set(tx.workspace().0),
        id: Set(contact.id.0),
        external_id: Set(contact.external_id.clone()),
        email: Set(contact.email.as_ref().map(ToString::to_string)),
        phone: Set(contact.phone.clone()),
        name: Set(contact.name.clone()),
        sort_name: Set(contact
            .name
            .as_deref()
            .unwrap_or_default()
            .trim()
            .to_lowercase()),
        language: Set(contact.language.map(|language| language.code().to_owned())),
        account_id: Set(contact.account.map(|id| id.0)),
        attributes: Set(to_document("contacts", &contact.attributes)?),
        opted_out_at: Set(contact.opted_out_at.map(micros)),
        created_at: Set(micros(contact.created_at)),
        updated_at: Set(micros(contact.updated_at)),
    })
}

fn to_contact(row: contacts::Model) -> Result<Contact, StoreError> {
    const TABLE: &str = "contacts";
    Ok(Contact {
        id: ContactId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        external_id: row.external_id,
        email: row.email.map(|text| word(TABLE, &text)).transpose()?,
        phone: row.phone,
        name: row.name,
        language: row.language.map(|text| word(TABLE, &text)).transpose()?,
        account: row.account_id.map(AccountId),
        attributes: document(TABLE, row.attributes)?,
        opted_out_at: maybe_moment(TABLE, row.opted_out_at)?,
        created_at: moment(TABLE, row.created_at)?,
        updated_at: moment(TABLE, row.updated_at)?,
    })
}
