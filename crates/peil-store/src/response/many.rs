//! Submissions in large numbers, as imports bring them.
//!
//! Turning them into values and into text for the outbox is work for a processor, not for a database:
//! it is done before, by whoever has time ([`Prepared::of`]), so that the one transaction that writes
//! does nothing else.

use std::collections::BTreeSet;

use peil_domain::{response::Response, shared::ResponseId};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value, sea_query::Values};

use super::{ids::list_known, values};
use crate::{
    Session, Store, StoreError, Tx,
    convert::{MOST_IN_LIST, unreadable},
    outbox::{self, Change, Submission},
};

/// Rows in one statement when many are written. What is left is written by halves of it, so that few
/// different statements are kept ready.
const MOST_AT_ONCE: usize = 128;

/// Submissions that no invitation led to, ready to be written.
pub struct Prepared {
    backend: DbBackend,
    count: usize,
    responses: Vec<Value>,
    answers: Vec<Value>,
    told: Vec<String>,
}

impl Prepared {
    /// Gets submissions ready for `store`; none may occur twice.
    pub fn of(store: &Store, responses: &[Response]) -> Result<Self, StoreError> {
        Self::for_backend(store.anywhere().get_database_backend(), responses)
    }

    fn for_backend(backend: DbBackend, responses: &[Response]) -> Result<Self, StoreError> {
        let answers = responses.iter().map(|response| response.answers.len());
        let answers: usize = answers.sum();
        let mut prepared = Self {
            backend,
            count: responses.len(),
            responses: Vec::with_capacity(responses.len() * values::RESPONSE.len()),
            answers: Vec::with_capacity(answers * values::ANSWER.len()),
            told: Vec::new(),
        };
        for response in responses {
            values::push_response(&mut prepared.responses, backend, response)?;
            values::push_answers(&mut prepared.answers, backend, response)?;
        }
        for some in responses.chunks(outbox::MOST_IN_ROW) {
            let changes = some.iter().map(|response| Change {
                comes: true,
                submission: Submission::of(response),
            });
            let changes: Vec<Change> = changes.collect();
            let text = serde_json::to_string(&changes);
            prepared
                .told
                .push(text.map_err(|error| unreadable("outbox", &error))?);
        }
        Ok(prepared)
    }

    /// How many submissions there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Adds submissions that no invitation led to, many at once, and gives the identifiers of those
/// that were new; the others are left as they are.
pub async fn add_many(tx: &Tx, responses: &[Response]) -> Result<BTreeSet<ResponseId>, StoreError> {
    let mut new = BTreeSet::new();
    for some in responses.chunks(MOST_IN_LIST) {
        let ids: Vec<ResponseId> = some.iter().map(|response| response.id).collect();
        let known = list_known(tx, &ids).await?;
        let is_new = |response: &&Response| !known.contains(&response.id);
        let fresh = some.iter().filter(is_new);
        let fresh: Vec<Response> = fresh
            .filter(|response| new.insert(response.id))
            .cloned()
            .collect();
        let backend = tx.connection().get_database_backend();
        let prepared = Prepared::for_backend(backend, &fresh)?;
        // On a server somebody else may add the same rows at the same time; they are equal.
        write(tx, prepared).await?;
    }
    Ok(new)
}

/// Adds submissions of which none is in yet.
///
/// # Errors
/// [`StoreError::Taken`] when one is; nothing of the transaction may be kept then.
pub async fn add_prepared(tx: &Tx, prepared: Prepared) -> Result<(), StoreError> {
    let wanted = prepared.count;
    if write(tx, prepared).await? == u64::try_from(wanted).unwrap_or(u64::MAX) {
        Ok(())
    } else {
        Err(StoreError::Taken("response".into()))
    }
}

/// Writes what is not in yet; says how many submissions that were.
async fn write(tx: &Tx, prepared: Prepared) -> Result<u64, StoreError> {
    let backend = prepared.backend;
    let added = insert(
        tx,
        backend,
        "responses",
        &values::RESPONSE,
        prepared.responses,
    )
    .await?;
    insert(tx, backend, "answers", &values::ANSWER, prepared.answers).await?;
    outbox::tell_written(tx, prepared.told).await?;
    Ok(added)
}

async fn insert(
    tx: &Tx,
    backend: DbBackend,
    table: &str,
    columns: &[&str],
    values: Vec<Value>,
) -> Result<u64, StoreError> {
    let mut left = values.len() / columns.len().max(1);
    let mut values = values.into_iter();
    let mut at_once = MOST_AT_ONCE;
    let mut sql = statement(backend, table, columns, at_once);
    let mut added = 0;
    while left > 0 {
        if left < at_once {
            at_once /= 2;
            sql = statement(backend, table, columns, at_once);
            continue;
        }
        left -= at_once;
        let some: Vec<Value> = values.by_ref().take(at_once * columns.len()).collect();
        let statement = Statement {
            sql: sql.clone(),
            values: Some(Values(some)),
            db_backend: backend,
        };
        let done = tx.connection().execute_raw(statement).await?;
        added += done.rows_affected();
    }
    Ok(added)
}

/// Adds so many rows to a table, leaving out those that are in.
fn statement(backend: DbBackend, table: &str, columns: &[&str], rows: usize) -> String {
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    let mut number = 0;
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            if column > 0 {
                sql.push(',');
            }
            number += 1;
            if backend == DbBackend::Postgres {
                sql.push('$');
                sql.push_str(&number.to_string());
            } else {
                sql.push('?');
            }
        }
        sql.push(')');
    }
    sql.push_str(" ON CONFLICT DO NOTHING");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_a_place_for_every_value() {
        let columns = ["a", "b"];
        assert_eq!(
            statement(DbBackend::Sqlite, "t", &columns, 2),
            "INSERT INTO t (a, b) VALUES (?,?), (?,?) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            statement(DbBackend::Postgres, "t", &columns, 2),
            "INSERT INTO t (a, b) VALUES ($1,$2), ($3,$4) ON CONFLICT DO NOTHING"
        );
    }
}
