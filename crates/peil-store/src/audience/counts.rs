//! Counts over contacts by what is known of them: what filters are offered with.

use std::collections::BTreeMap;

use peil_domain::{
    audience::{Attribute, AttributeKind},
    shared::{AccountId, Language, QuestionKey},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Session, StoreError,
    convert::{MOST_IN_LIST, word},
    dialect::{json_each, json_text},
    entities::contacts::{self, Column},
};

/// What the database calls the value that is grouped by.
const VALUE: &str = "found";

/// The most frequent values of an attribute with the number of contacts that have them; at most
/// `limit`, the most frequent first. Attributes other than choices have values too many to list.
pub async fn values(
    session: &impl Session,
    attribute: &Attribute,
    limit: u64,
) -> Result<Vec<(String, u64)>, StoreError> {
    if attribute.kind != AttributeKind::Choice {
        return Ok(Vec::new());
    }
    let value = json_text(Expr::col(Column::Attributes), attribute.key.as_str());
    let select = ours(session)
        .expr_as(value.clone(), VALUE)
        .expr_as(Expr::col((contacts::Entity, Column::Id)).count(), "n")
        .and_where(value.is_not_null())
        .group_by_col(VALUE)
        .order_by(Alias::new("n"), Order::Desc)
        .order_by(VALUE, Order::Asc)
        .limit(limit)
        .to_owned();
    let mut found = Vec::new();
    for row in session.connection().query_all(&select).await? {
        let (value, n): (String, i64) = row.try_get_many_by_index()?;
        found.push((value, n.unsigned_abs()));
    }
    Ok(found)
}

/// The languages of contacts with the number of contacts; those without one are left out.
pub async fn languages(session: &impl Session) -> Result<Vec<(Language, u64)>, StoreError> {
    let select = ours(session)
        .column(Column::Language)
        .expr_as(Expr::col((contacts::Entity, Column::Id)).count(), "n")
        .and_where(Expr::col(Column::Language).is_not_null())
        .group_by_col(Column::Language)
        .order_by(Column::Language, Order::Asc)
        .to_owned();
    let mut found = Vec::new();
    for row in session.connection().query_all(&select).await? {
        let (language, n): (String, i64) = row.try_get_many_by_index()?;
        found.push((word("contacts", &language)?, n.unsigned_abs()));
    }
    Ok(found)
}

/// For every attribute that any contact has: the number of contacts that have it.
pub async fn known(session: &impl Session) -> Result<BTreeMap<QuestionKey, u64>, StoreError> {
    let backend = session.connection().get_database_backend();
    let each =
        Func::cust(json_each(backend)).arg(Expr::col((contacts::Entity, Column::Attributes)));
    let select = ours(session)
        .column(("pair", "key"))
        .expr_as(Expr::col((contacts::Entity, Column::Id)).count(), "n")
        .from_function(each, "pair")
        .group_by_col(("pair", "key"))
        .to_owned();
    let mut found = BTreeMap::new();
    for row in session.connection().query_all(&select).await? {
        let (key, n): (String, i64) = row.try_get_many_by_index()?;
        found.insert(word("contacts", &key)?, n.unsigned_abs());
    }
    Ok(found)
}

/// The number of contacts of each of these accounts; accounts without any are left out.
pub async fn accounts(
    session: &impl Session,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, u64>, StoreError> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(MOST_IN_LIST) {
        let select = ours(session)
            .column(Column::AccountId)
            .expr_as(Expr::col((contacts::Entity, Column::Id)).count(), "n")
            .and_where(Expr::col(Column::AccountId).is_in(some.iter().map(|id| id.0)))
            .group_by_col(Column::AccountId)
            .to_owned();
        for row in session.connection().query_all(&select).await? {
            let (id, n): (Uuid, i64) = row.try_get_many_by_index()?;
            found.insert(AccountId(id), n.unsigned_abs());
        }
    }
    Ok(found)
}

fn ours(session: &impl Session) -> SelectStatement {
    Query::select()
        .from(contacts::Entity)
        .and_where(Expr::col((contacts::Entity, Column::WorkspaceId)).eq(session.workspace().0))
        .to_owned()
}
