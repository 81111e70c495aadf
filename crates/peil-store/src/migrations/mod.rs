//! Migrations: forward only, written once for both databases. A released migration is never edited;
//! a change is a new file.

mod m0001_first;
mod m0002_counted_answers;
mod m0003_running_calls;
mod m0004_waves_and_leases;
mod m0005_attempts;
mod m0006_outbox;
mod m0007_outbox_place;
mod m0008_outbox_marks;
mod m0009_clustered_answers;
mod m0010_details;
mod m0011_quotas;
mod m0012_readings;
mod m0013_theme_labels;
mod m0014_dismissed_findings;
mod m0015_signals;
mod m0016_taxonomy_drafts;
mod m0017_theme_proposals;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, FromQueryResult,
    TransactionTrait,
    sea_query::{Alias, ColumnDef, Expr, ExprTrait, Index, Query, Table},
};

use crate::{
    SchemaVersion, StoreError,
    dialect::{self, Turn},
    session,
};

/// One statement that changes the schema.
pub(super) enum Step {
    /// A new table.
    Table(Box<sea_orm::sea_query::TableCreateStatement>),
    /// A new index.
    Index(Box<sea_orm::sea_query::IndexCreateStatement>),
    /// A change to a table.
    Change(Box<sea_orm::sea_query::TableAlterStatement>),
    /// A statement that both databases read alike, for filling what is new.
    Fill(&'static str),
    /// A statement that a file and a server read in different ways; an empty one is left out.
    Apart {
        /// For a file.
        file: &'static str,
        /// For a server.
        server: &'static str,
    },
}

impl Step {
    /// A table. A column is written as `name type`, with `?` behind it when it may be empty;
    /// types are `uuid text json bigint integer boolean`.
    fn table(name: &str, columns: &[&str], key: &[&str]) -> Self {
        let mut table = Table::create();
        table.table(Alias::new(name));
        for column in columns {
            table.col(column_named(column));
        }
        let mut primary = Index::create();
        for column in key {
            primary.col(Alias::new(*column));
        }
        table.primary_key(&mut primary);
        Self::Table(Box::new(table))
    }

    /// A new column, written as in [`Step::table`]; `=value` behind the type fills what is there.
    fn column(table: &str, column: &str) -> Self {
        let mut change = Table::alter();
        change
            .table(Alias::new(table))
            .add_column(column_named(column));
        Self::Change(Box::new(change))
    }

    fn rename(table: &str, column: &str, new: &str) -> Self {
        let mut change = Table::alter();
        change
            .table(Alias::new(table))
            .rename_column(Alias::new(column), Alias::new(new));
        Self::Change(Box::new(change))
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

/// A column from its description: name, type, `?` when it may be empty, `=value` to begin with.
fn column_named(text: &str) -> ColumnDef {
    let (text, default) = match text.split_once('=') {
        Some((text, default)) => (text, Some(default)),
        None => (text, None),
    };
    let (title, kind) = text.split_once(' ').unwrap_or((text, "text"));
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
    if let Some(default) = default {
        definition.default(default);
    }
    definition
}

/// Every migration in order: its number and its steps.
fn all() -> Vec<(i32, Vec<Step>)> {
    vec![
        (1, m0001_first::steps()),
        (2, m0002_counted_answers::steps()),
        (3, m0003_running_calls::steps()),
        (4, m0004_waves_and_leases::steps()),
        (5, m0005_attempts::steps()),
        (6, m0006_outbox::steps()),
        (7, m0007_outbox_place::steps()),
        (8, m0008_outbox_marks::steps()),
        (9, m0009_clustered_answers::steps()),
        (10, m0010_details::steps()),
        (11, m0011_quotas::steps()),
        (12, m0012_readings::steps()),
        (13, m0013_theme_labels::steps()),
        (14, m0014_dismissed_findings::steps()),
        (15, m0015_signals::steps()),
        (16, m0016_taxonomy_drafts::steps()),
        (17, m0017_theme_proposals::steps()),
    ]
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
        Err(error) if error.is_refusal() => Err(error),
        // Without the table of migrations nothing was ever made here; anything else is a fault.
        Err(_) if connection.ping().await.is_ok() => Ok(SchemaVersion { applied: 0, known }),
        Err(error) => Err(error),
    }
}

async fn newest_applied(connection: &impl ConnectionTrait) -> Result<i32, StoreError> {
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
/// Two programs may start on one database at the same time: the second waits for the first, and
/// finds everything done.
///
/// # Errors
/// [`StoreError::TooNew`] when a later release has changed the database, so that this one could
/// damage it.
pub(crate) async fn run(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let mut marks = Table::create();
    marks.table(Alias::new("migrations")).if_not_exists().col(
        ColumnDef::new(Alias::new("number"))
            .integer()
            .not_null()
            .primary_key(),
    );
    let turn = begin_alone(connection).await?;
    turn.execute(&marks).await?;
    turn.commit().await?;
    let migrations = all();
    let known = migrations.last().map_or(0, |(number, _)| *number);
    for (number, steps) in migrations {
        let turn = begin_alone(connection).await?;
        // Read again in every turn: another program may have been faster in between.
        let applied = newest_applied(&turn).await?;
        if applied > known {
            return Err(StoreError::TooNew {
                found: applied,
                known,
            });
        }
        if applied < number {
            apply(&turn, number, steps).await?;
        }
        turn.commit().await?;
    }
    Ok(())
}

/// A transaction in which no other program migrates this database.
async fn begin_alone(connection: &DatabaseConnection) -> Result<DatabaseTransaction, StoreError> {
    // On SQLite this takes the one lock there is.
    let options = session::write_options();
    let turn = connection.begin_with_options(options).await?;
    dialect::take_turn(&turn, Turn::Migrations).await?;
    Ok(turn)
}

async fn apply(
    turn: &DatabaseTransaction,
    number: i32,
    steps: Vec<Step>,
) -> Result<(), StoreError> {
    for step in steps {
        match step {
            Step::Table(table) => turn.execute(&*table).await?,
            Step::Index(index) => turn.execute(&*index).await?,
            Step::Change(change) => turn.execute(&*change).await?,
            Step::Fill(statement) => turn.execute_unprepared(statement).await?,
            Step::Apart { file, server } => {
                let is_server = turn.get_database_backend() == DbBackend::Postgres;
                let statement = if is_server { server } else { file };
                if statement.is_empty() {
                    continue;
                }
                turn.execute_unprepared(statement).await?
            }
        };
    }
    let mark = format!("INSERT INTO migrations (number) VALUES ({number})");
    turn.execute_unprepared(&mark).await?;
    tracing::info!(number, "migrated the database");
    Ok(())
}
