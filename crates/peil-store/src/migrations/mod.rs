//! Migrations: forward only, written once for both databases. A released migration is never edited;
//! a change is a new file.

mod m0001_first;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, FromQueryResult, Statement, TransactionTrait,
    sea_query::{Alias, ColumnDef, Expr, ExprTrait, Index, Query, Table},
};

use crate::{SchemaVersion, StoreError, session};

/// One statement that changes the schema.
pub(super) enum Step {
    /// A new table.
    Table(Box<sea_orm::sea_query::TableCreateStatement>),
    /// A new index.
    Index(Box<sea_orm::sea_query::IndexCreateStatement>),
}

impl Step {
    /// A table. A column is written as `name type`, with `?` behind it when it may be empty;
    /// types are `uuid text json bigint integer boolean`.
    fn table(name: &str, columns: &[&str], key: &[&str]) -> Self {
        let mut table = Table::create();
        table.table(Alias::new(name));
        for column in columns {
            let (title, kind) = column.split_once(' ').unwrap_or((column, "text"));
            let mut definition = ColumnDef::new(Alias::new(title));
            match kind.trim_end_matches('?') {
                "uuid" => definition.uuid(),
                "json" => definition.json_binary(),
                "bigint" => definition.big_integer(),
                "integer" => definition.integer(),
                "boolean" => definition.boolean(),
                _ => definition.text(),
            };
            if !kind.ends_with('?') {
                definition.not_null();
            }
            table.col(&mut definition);
        }
        let mut primary = Index::create();
        for column in key {
            primary.col(Alias::new(*column));
        }
        table.primary_key(&mut primary);
        Self::Table(Box::new(table))
    }

    fn index(table: &str, columns: &[&str]) -> Self {
        Self::named_index("ix", table, columns, false)
    }

    fn unique(table: &str, columns: &[&str]) -> Self {
        Self::named_index("uq", table, columns, true)
    }

    fn named_index(prefix: &str, table: &str, columns: &[&str], is_unique: bool) -> Self {
        let short: Vec<&str> = columns
            .iter()
            .copied()
            .filter(|column| *column != "workspace_id")
            .collect();
        let mut index = Index::create();
        index
            .name(format!("{prefix}_{table}_{}", short.join("_")))
            .table(Alias::new(table));
        for column in columns {
            index.col(Alias::new(*column));
        }
        if is_unique {
            index.unique();
        }
        Self::Index(Box::new(index))
    }
}

/// Every migration in order: its number and its steps.
fn all() -> Vec<(i32, Vec<Step>)> {
    vec![(1, m0001_first::steps())]
}

#[derive(FromQueryResult)]
struct Applied {
    number: Option<i32>,
}

/// How far a database is, without changing it.
pub(crate) async fn version(connection: &DatabaseConnection) -> Result<SchemaVersion, StoreError> {
    let known = all().last().map_or(0, |(number, _)| *number);
    let applied = newest_applied(connection).await;
    match applied {
        Ok(applied) => Ok(SchemaVersion { applied, known }),
        // Without the table of migrations nothing was ever made here; anything else is a fault.
        Err(_) if connection.ping().await.is_ok() => Ok(SchemaVersion { applied: 0, known }),
        Err(error) => Err(error),
    }
}

async fn newest_applied(connection: &DatabaseConnection) -> Result<i32, StoreError> {
    let newest = Query::select()
        .expr_as(Expr::col(Alias::new("number")).max(), Alias::new("number"))
        .from(Alias::new("migrations"))
        .to_owned();
    let statement = connection.get_database_backend().build(&newest);
    let applied = Applied::find_by_statement(statement)
        .one(connection)
        .await?;
    Ok(applied.and_then(|row| row.number).unwrap_or(0))
}

/// Brings the database up to date, each migration in a transaction of its own.
///
/// # Errors
/// [`StoreError::TooNew`] when a later release has changed the database, so that this one could
/// damage it.
pub(crate) async fn run(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    let mut marks = Table::create();
    marks.table(Alias::new("migrations")).if_not_exists().col(
        ColumnDef::new(Alias::new("number"))
            .integer()
            .not_null()
            .primary_key(),
    );
    connection.execute(&marks).await?;
    let applied = newest_applied(connection).await?;
    let migrations = all();
    let known = migrations.last().map_or(0, |(number, _)| *number);
    if applied > known {
        return Err(StoreError::TooNew {
            found: applied,
            known,
        });
    }
    for (number, steps) in migrations
        .into_iter()
        .filter(|(number, _)| *number > applied)
    {
        let transaction = connection
            .begin_with_options(session::write_options())
            .await?;
        for step in steps {
            match step {
                Step::Table(table) => transaction.execute(&*table).await?,
                Step::Index(index) => transaction.execute(&*index).await?,
            };
        }
        let mark = Statement::from_string(
            backend,
            format!("INSERT INTO migrations (number) VALUES ({number})"),
        );
        transaction.execute_raw(mark).await?;
        transaction.commit().await?;
        tracing::info!(number, "migrated the database");
    }
    Ok(())
}
