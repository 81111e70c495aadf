//! Sessions: a connection bound to one organisation, for reading or inside a transaction.

use peil_domain::shared::WorkspaceId;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode,
    TransactionOptions,
};

use crate::{
    StoreError,
    outbox::{self, Told},
    refusal::Refusals,
};

/// Something through which the rows of one organisation can be reached.
pub trait Session: Sync {
    /// The kind of connection underneath.
    type Connection: ConnectionTrait;
    /// The connection underneath.
    fn connection(&self) -> &Self::Connection;
    /// The organisation whose rows are reached.
    fn workspace(&self) -> WorkspaceId;
}

/// A session that reads what was committed.
#[derive(Debug, Clone)]
pub struct Read {
    pub(crate) connection: DatabaseConnection,
    pub(crate) workspace: WorkspaceId,
}

impl Session for Read {
    type Connection = DatabaseConnection;
    fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }
    fn workspace(&self) -> WorkspaceId {
        self.workspace
    }
}

/// A session that writes; what it did is lost unless it is committed.
#[derive(Debug)]
pub struct Tx {
    pub(crate) transaction: DatabaseTransaction,
    pub(crate) workspace: WorkspaceId,
    pub(crate) told: Told,
    pub(crate) refusals: Refusals,
}

impl Tx {
    /// Makes everything done in this session permanent, on disk.
    pub async fn commit(self) -> Result<(), StoreError> {
        let committed = match outbox::write(&self).await {
            Ok(()) => self.transaction.commit().await.map_err(StoreError::from),
            Err(error) => Err(error),
        };
        match &committed {
            Ok(()) => self.told.announce(),
            // That it succeeds says nothing: perhaps there was nothing to be written.
            Err(error) if error.is_refusal() => {
                self.refusals.note(Some(error));
            }
            Err(_) => {}
        }
        committed
    }

    /// The same transaction, for the rows of another organisation.
    pub(crate) fn turned_to(self, workspace: WorkspaceId) -> Self {
        Self { workspace, ..self }
    }
}

impl Session for Tx {
    type Connection = DatabaseTransaction;
    fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }
    fn workspace(&self) -> WorkspaceId {
        self.workspace
    }
}

/// One page of a list. The cursor is opaque to everyone but the repository that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to ask for the next page with; nothing when this was the last one.
    pub next: Option<String>,
}

/// How a writing transaction begins: on `SQLite` the write lock is taken at once, so that a
/// transaction never has to be given up half-way.
pub(crate) fn write_options() -> TransactionOptions {
    TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
    }
}
