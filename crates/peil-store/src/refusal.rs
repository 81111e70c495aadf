//! Whether the disk refuses what is written, known from the last time that something was.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbBackend};
use tokio::sync::watch;

use crate::{Store, StoreError};

/// Why nothing could be written the last time; nothing when it could.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refusals(Arc<watch::Sender<Option<StoreError>>>);

impl Refusals {
    /// Notes how writing ended: nothing, when it succeeded. Whether that is another state than before.
    pub(crate) fn note(&self, refusal: Option<&StoreError>) -> bool {
        self.0.send_if_modified(|known| {
            let is_other = known.is_some() != refusal.is_some();
            if is_other {
                *known = refusal.cloned();
            }
            is_other
        })
    }
}

/// Changes a number that `SQLite` keeps in a file for whoever uses it, which we do for nothing else: what
/// is the same as before would not be written.
const READ_NUMBER: &str = "PRAGMA user_version";
/// The same on a server, which writes whatever it is told.
const TOUCH_ROW: &str =
    "UPDATE migrations SET number = number WHERE number = (SELECT MIN(number) FROM migrations)";

impl Store {
    /// Why nothing could be written the last time that something was; nothing when it could.
    #[must_use]
    pub fn refusal(&self) -> Option<StoreError> {
        self.refusals().0.borrow().clone()
    }

    /// Hears when writing begins or ceases to be refused.
    #[must_use]
    pub fn refusal_changes(&self) -> watch::Receiver<Option<StoreError>> {
        self.refusals().0.subscribe()
    }

    /// Writes a little that nobody reads, to see whether that is possible by now.
    pub async fn try_to_write(&self) -> Result<(), StoreError> {
        let written = self.write_a_little().await;
        match &written {
            Err(error) if !error.is_refusal() => {}
            tried => {
                self.refusals().note(tried.as_ref().err());
            }
        }
        written
    }

    async fn write_a_little(&self) -> Result<(), StoreError> {
        let connection = self.writing();
        if connection.get_database_backend() != DbBackend::Sqlite {
            connection.execute_unprepared(TOUCH_ROW).await?;
            return Ok(());
        }
        let statement = sea_orm::Statement::from_string(DbBackend::Sqlite, READ_NUMBER);
        let row = connection.query_one_raw(statement).await?;
        let number: i32 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        let next = number.wrapping_add(1);
        connection
            .execute_unprepared(&format!("PRAGMA user_version = {next}"))
            .await?;
        Ok(())
    }
}
