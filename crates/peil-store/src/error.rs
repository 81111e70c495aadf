//! What can go wrong between Peil and its database.

use sea_orm::{DbErr, SqlErr};

/// Why the database did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another row already has this value where it must be unique.
    #[error("value already in use: {0}")]
    Taken(String),
    /// The database was changed by a later release.
    #[error("database has version {found}, this program knows {known}")]
    TooNew {
        /// Number of the newest migration in the database.
        found: i32,
        /// Number of the newest migration that this program knows.
        known: i32,
    },
    /// A row that this program cannot read.
    #[error("unreadable value in {table}: {reason}")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A cursor that was not made by the list that it was given to.
    #[error("unknown cursor")]
    BadCursor,
    /// The writer has too much waiting; try again in a moment.
    #[error("too many submissions waiting")]
    Busy,
    /// The database itself failed: disk, network, lock.
    #[error("database: {0}")]
    Database(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => Self::Taken(text),
            _ => Self::Database(error.to_string()),
        }
    }
}
