//! Opens the database: `SQLite` in the data folder, or a `PostgreSQL` server.

use std::{fmt, path::Path, sync::Arc, time::Duration};

use peil_domain::shared::WorkspaceId;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, SqlxSqliteConnector,
    TransactionTrait,
    sqlx::{
        Connection, SqliteConnection, SqlitePool,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};

use crate::{
    Read, StoreError, Tx, migrations,
    outbox::{Newest, Told},
    refusal::Refusals,
    session,
    writer::{Limits, Place, Writer},
};

/// Where the records are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(std::path::PathBuf),
    /// A server: `postgres://user:password@host:port/name`.
    Postgres(String),
}

impl fmt::Debug for DatabaseUrl {
    /// Shows no password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite {}", path.display()),
            Self::Postgres(_) => f.write_str("postgres"),
        }
    }
}

/// How far a database and this program are with changing its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaVersion {
    /// Number of the newest migration in the database; 0 when there is none.
    pub applied: i32,
    /// Number of the newest migration that this program knows.
    pub known: i32,
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Store {
    read: DatabaseConnection,
    write: DatabaseConnection,
    writer: Writer,
    newest: Newest,
    refusals: Refusals,
}

/// Changes nothing, and is refused where nothing may be changed.
const NO_CHANGE: &str = "UPDATE migrations SET number = number WHERE number < 0";
/// Connections that read at the same time.
const READERS: u32 = 8;
/// What `SQLite` keeps of a file in memory, in kB with a minus sign: for the one connection that
/// writes, and for each of those that read. The system keeps the rest of a file at hand.
const WRITER_CACHE: &str = "-16000";
const READER_CACHE: &str = "-4000";
/// Connections that write at the same time on a server; a file has one.
const SERVER_WRITERS: u32 = 8;
/// How long looking at a server may take.
const INSPECT_WAIT: Duration = Duration::from_secs(5);
/// How long a statement waits for another process that writes to the same file.
const BUSY_WAIT: Duration = Duration::from_secs(30);
/// Time between two tries to open a file that another process has for itself.
const OPEN_PAUSE: Duration = Duration::from_millis(50);

impl Store {
    /// Opens the database and brings it up to date.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        Self::open_with(url, Limits::default()).await
    }

    /// The same with limits of one's own to what waits.
    pub async fn open_with(url: &DatabaseUrl, limits: Limits) -> Result<Self, StoreError> {
        let (read, write) = match url {
            DatabaseUrl::Sqlite(path) => open_file(path).await?,
            DatabaseUrl::Postgres(url) => open_server(url).await?,
        };
        migrations::run(&write).await?;
        if write.get_database_backend() == DbBackend::Sqlite {
            // A file that may not be written to is opened for reading without a word.
            write.execute_unprepared(NO_CHANGE).await?;
        }
        let newest = Newest::default();
        let refusals = Refusals::default();
        let place = Place::new(write.clone(), Arc::clone(&newest), refusals.clone(), url);
        Ok(Self {
            read,
            writer: Writer::start(place, limits),
            write,
            newest,
            refusals,
        })
    }

    /// Looks at a database without changing or making anything.
    ///
    /// # Errors
    /// When it cannot be reached; a file that is not there yet is `Ok(None)`.
    pub async fn inspect(url: &DatabaseUrl) -> Result<Option<SchemaVersion>, StoreError> {
        let connection = match url {
            DatabaseUrl::Sqlite(path) if !path.exists() => return Ok(None),
            DatabaseUrl::Sqlite(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .busy_timeout(BUSY_WAIT);
                let pool = SqlitePoolOptions::new()
                    .max_connections(1)
                    .connect_with(options.pragma("query_only", "on"))
                    .await
                    .map_err(|error| StoreError::of_driver(&error))?;
                SqlxSqliteConnector::from_sqlx_sqlite_pool(pool)
            }
            DatabaseUrl::Postgres(url) => {
                let mut options = ConnectOptions::new(url);
                options
                    .max_connections(1)
                    .sqlx_logging(false)
                    .connect_timeout(INSPECT_WAIT);
                Database::connect(options).await?
            }
        };
        let version = migrations::version(&connection).await?;
        connection.close().await?;
        Ok(Some(version))
    }

    /// A session that reads rows of one organisation.
    #[must_use]
    pub fn read(&self, workspace: WorkspaceId) -> Read {
        Read {
            connection: self.read.clone(),
            workspace,
        }
    }

    /// A session that writes rows of one organisation; on a file it waits for its turn.
    pub async fn begin(&self, workspace: WorkspaceId) -> Result<Tx, StoreError> {
        let transaction = self
            .write
            .begin_with_options(session::write_options())
            .await?;
        Ok(Tx {
            transaction,
            workspace,
            told: Told::nothing_yet(&self.newest),
            refusals: self.refusals.clone(),
        })
    }

    /// Name of the database in use, for `doctor`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self.read.get_database_backend() {
            DbBackend::Postgres => "postgresql",
            DbBackend::Sqlite => "sqlite",
            _ => "other",
        }
    }

    /// Whether the database is a file, which one program has for itself.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.read.get_database_backend() == DbBackend::Sqlite
    }

    /// The connection over all organisations, for look-ups that find out which one is meant.
    pub(crate) fn anywhere(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The connection that writes, over all organisations.
    pub(crate) fn writing(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Where this program's own last change stands.
    pub(crate) fn newest(&self) -> &Newest {
        &self.newest
    }

    pub(crate) fn refusals(&self) -> &Refusals {
        &self.refusals
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Asks the database whether it answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.read.ping().await?)
    }

    /// Writes what is waiting and closes all connections.
    pub async fn close(self) -> Result<(), StoreError> {
        self.writer.stop().await;
        self.write.close().await?;
        Ok(self.read.close().await?)
    }
}

/// Opens connections to a file. A new file changes its way of keeping a journal once; `SQLite` needs
/// it alone for that and does not wait, so whoever opens it in the same moments tries again.
async fn open_pool(
    pool: SqlitePoolOptions,
    options: SqliteConnectOptions,
) -> Result<SqlitePool, StoreError> {
    let mut tries_left = BUSY_WAIT.as_millis() / OPEN_PAUSE.as_millis();
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(error) if is_locked(&error) && tries_left > 0 => {
                tries_left -= 1;
                tokio::time::sleep(OPEN_PAUSE).await;
            }
            other => return other.map_err(|error| StoreError::of_driver(&error)),
        }
    }
}

/// Whether another process had the file for itself.
fn is_locked(error: &sea_orm::sqlx::Error) -> bool {
    matches!(StoreError::of_driver(error), StoreError::Busy)
}

/// Whether a connection can be used again. When a disk is full `SQLite` ends a transaction by itself;
/// whoever wants to end it then is refused, and the connection would count as being in it for ever.
async fn is_usable(connection: &mut SqliteConnection) -> Result<bool, sea_orm::sqlx::Error> {
    if connection.is_in_transaction() {
        // What it was asked before, to end a transaction that was let go of, comes first.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

async fn open_file(path: &Path) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_WAIT)
        .statement_cache_capacity(256)
        .pragma("cache_size", WRITER_CACHE)
        .pragma("temp_store", "memory");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .after_release(|connection, _| Box::pin(is_usable(connection)))
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_mins(1));
    let write = open_pool(writer, options.clone()).await?;
    let readers = SqlitePoolOptions::new()
        .after_release(|connection, _| Box::pin(is_usable(connection)))
        .max_connections(READERS)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None);
    // A page that is only looked at can never write, whatever the code above does.
    // What is too much to put in order within its cache goes through a file, not through memory.
    let options = options
        .pragma("query_only", "on")
        .pragma("temp_store", "file")
        .pragma("cache_size", READER_CACHE);
    let read = open_pool(readers, options).await?;
    let connect = SqlxSqliteConnector::from_sqlx_sqlite_pool;
    Ok((connect(read), connect(write)))
}

async fn open_server(url: &str) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
    let options = |most: u32| {
        let mut options = ConnectOptions::new(url);
        options.max_connections(most).sqlx_logging(false);
        options
    };
    let write = Database::connect(options(SERVER_WRITERS)).await?;
    let read = Database::connect(options(READERS)).await?;
    Ok((read, write))
}
