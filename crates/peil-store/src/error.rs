//! What can go wrong between Peil and its database.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr, SqlxError};

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
    /// Too much is waiting, or somebody else has the database for themselves; nothing was stored, and
    /// trying again in a moment helps.
    #[error("too busy")]
    Busy,
    /// There is no room, or the disk does not take what is written: nothing was stored, and trying
    /// again helps once the disk takes it.
    #[error("nothing can be written to disk: {0}")]
    Disk(String),
    /// The database may not be written to.
    #[error("the database is read-only: {0}")]
    ReadOnly(String),
    /// The file does not hold what a database should: only a backup helps.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The database itself failed, its network for example.
    #[error("database: {0}")]
    Database(String),
}

/// What `SQLite` calls these, by the last byte of a code.
mod file {
    pub(super) const BUSY: u32 = 5;
    pub(super) const READ_ONLY: u32 = 8;
    pub(super) const INPUT_OUTPUT: u32 = 10;
    pub(super) const CORRUPT: u32 = 11;
    pub(super) const FULL: u32 = 13;
    pub(super) const CANNOT_OPEN: u32 = 14;
    pub(super) const NOT_A_DATABASE: u32 = 26;
}

/// What a `PostgreSQL` server calls these.
mod server {
    pub(super) const DISK_FULL: &str = "53100";
    pub(super) const INPUT_OUTPUT: &str = "58030";
    pub(super) const READ_ONLY: &str = "25006";
    pub(super) const DATA_CORRUPTED: &str = "XX001";
    pub(super) const INDEX_CORRUPTED: &str = "XX002";
}

impl StoreError {
    /// Whether nothing at all can be written: no room, no right, no sound file.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::Disk(_) | Self::ReadOnly(_) | Self::Damaged(_))
    }

    /// What a driver said.
    pub(crate) fn of_driver(error: &SqlxError) -> Self {
        let text = error.to_string();
        let Some(code) = error
            .as_database_error()
            .and_then(|error| error.code().map(std::borrow::Cow::into_owned))
        else {
            return Self::Database(text);
        };
        match code.as_str() {
            server::DISK_FULL | server::INPUT_OUTPUT => return Self::Disk(text),
            server::READ_ONLY => return Self::ReadOnly(text),
            server::DATA_CORRUPTED | server::INDEX_CORRUPTED => return Self::Damaged(text),
            _ => {}
        }
        // Those of a server have five letters or digits, so that none is taken for one of a file.
        let number = code.parse::<u32>().ok().filter(|_| code.len() < 5);
        match number.map(|code| code & 0xff) {
            Some(file::FULL | file::INPUT_OUTPUT | file::CANNOT_OPEN) => Self::Disk(text),
            Some(file::BUSY) => Self::Busy,
            Some(file::READ_ONLY) => Self::ReadOnly(text),
            Some(file::CORRUPT | file::NOT_A_DATABASE) => Self::Damaged(text),
            _ => Self::Database(text),
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => return Self::Taken(text),
            Some(_) => return Self::Database(error.to_string()),
            None => {}
        }
        match &error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Busy,
            DbErr::Conn(RuntimeErr::SqlxError(said))
            | DbErr::Exec(RuntimeErr::SqlxError(said))
            | DbErr::Query(RuntimeErr::SqlxError(said)) => Self::of_driver(said),
            _ => Self::Database(error.to_string()),
        }
    }
}
