//! The outbox: what changed among submissions, written in the transaction in which it changed and
//! read afterwards by whoever keeps figures.
//!
//! Changes are gathered in their transaction and written as few rows just before it is committed, so
//! that submissions that share a flush to disk share a row here too. Readers see rows in the order in
//! which transactions were committed, whatever the database; a [`Position`] says how far they are.

mod change;
mod position;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, QueryResult, TransactionTrait};
use tokio::sync::watch;

pub use change::{Change, Given, Submission};
pub use position::Position;

use crate::{
    Session, Store, StoreError, Tx,
    convert::{micros, unreadable},
    dialect::outbox as statements,
    session,
};

const TABLE: &str = "outbox";
/// Changes in one row at most.
pub(crate) const MOST_IN_ROW: usize = 256;
/// Rows removed in one transaction at most, so that nobody waits long for it.
const MOST_REMOVED: u64 = 2_000;

/// Where this program's own last change stands, for everyone who waits for it.
pub(crate) type Newest = Arc<watch::Sender<Position>>;

/// What a transaction has to tell.
#[derive(Debug)]
pub(crate) struct Told {
    changes: Mutex<Vec<Change>>,
    /// Where the last row of this transaction stands.
    last: Mutex<Option<Position>>,
    newest: Newest,
}

impl Told {
    pub(crate) fn nothing_yet(newest: &Newest) -> Self {
        Self {
            changes: Mutex::default(),
            last: Mutex::default(),
            newest: Arc::clone(newest),
        }
    }

    fn take(&self) -> Vec<Change> {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *changes)
    }

    fn last(&self) -> Option<Position> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.take()
    }

    /// Wakes whoever waits for what this program changes; to be called after the commit.
    pub(crate) fn announce(&self) {
        let Some(last) = self.last() else {
            return;
        };
        self.newest.send_modify(|newest| {
            // On a server transactions of this program may end in another order than they began.
            if !newest.has_reached(&last) {
                *newest = last;
            }
        });
    }
}

/// Tells that a submission came or went.
pub(crate) async fn tell(tx: &Tx, comes: bool, submission: Submission) -> Result<(), StoreError> {
    let waiting = {
        let mut changes = tx
            .told
            .changes
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        changes.push(Change { comes, submission });
        changes.len()
    };
    if waiting >= MOST_IN_ROW {
        write(tx).await?;
    }
    Ok(())
}

/// Writes what was gathered; the last thing that happens in a transaction.
pub(crate) async fn write(tx: &Tx) -> Result<(), StoreError> {
    let changes = tx.told.take();
    if changes.is_empty() {
        return Ok(());
    }
    let text = serde_json::to_string(&changes).map_err(|error| unreadable(TABLE, &error))?;
    write_row(tx, text).await
}

/// Tells changes that were turned into rows before.
pub(crate) async fn tell_written(tx: &Tx, rows: Vec<String>) -> Result<(), StoreError> {
    // What was told earlier in this transaction comes first.
    write(tx).await?;
    for text in rows {
        write_row(tx, text).await?;
    }
    Ok(())
}

async fn write_row(tx: &Tx, text: String) -> Result<(), StoreError> {
    let backend = tx.connection().get_database_backend();
    let written = tx
        .connection()
        .query_one_raw(statements::add(backend, text))
        .await?;
    let row = written.ok_or_else(|| StoreError::Database("no number for a row".into()))?;
    let position = position_of(&row)?;
    let mut last = tx.told.last.lock().unwrap_or_else(PoisonError::into_inner);
    *last = Some(position);
    Ok(())
}

/// What a reader found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The changes after the position, in order, and where they end; none when there is nothing
    /// new.
    Changes(Vec<Change>, Position),
    /// What comes after the position is no longer here, or the position is of another database: only
    /// a new beginning helps.
    Lost,
}

impl Store {
    /// Reads changes of all organisations after `position`, in the order in which they were
    /// committed: about as many rows as `most` says.
    pub async fn read_outbox(&self, position: &Position, most: u64) -> Result<Reading, StoreError> {
        read(self.anywhere(), position, most).await
    }

    /// Where the last change of this program stands, and every one after it.
    #[must_use]
    pub fn own_changes(&self) -> watch::Receiver<Position> {
        self.newest().subscribe()
    }

    /// Removes what was told before the first of two moments, or after the second, by a clock that was
    /// ahead; and, when given, nothing after `taken`. Gives the number of rows removed.
    pub async fn tidy_outbox(
        &self,
        (before, beyond): (Timestamp, Timestamp),
        taken: Option<&Position>,
    ) -> Result<u64, StoreError> {
        let backend = self.writing().get_database_backend();
        let moments = (micros(before), micros(beyond));
        let find = statements::last_before(backend, moments, taken, MOST_REMOVED);
        let mut removed = 0;
        // Looking first without a lock keeps an idle program from writing.
        while let Some(row) = self.anywhere().query_one_raw(find.clone()).await? {
            let last = position_of(&row)?;
            let turn = self
                .writing()
                .begin_with_options(session::write_options())
                .await?;
            let done = turn
                .execute_raw(statements::remove_until(backend, &last))
                .await?;
            turn.execute_raw(statements::note_removed(backend, &last))
                .await?;
            turn.commit().await?;
            removed += done.rows_affected();
            if done.rows_affected() == 0 {
                break;
            }
        }
        Ok(removed)
    }
}

/// Reads changes after `position` through a connection, or as a transaction sees them.
pub(crate) async fn read(
    connection: &impl ConnectionTrait,
    position: &Position,
    most: u64,
) -> Result<Reading, StoreError> {
    let backend = connection.get_database_backend();
    // Before the rows: what ends in between is not among them.
    let past_seen = past_seen(connection, position).await?;
    let rows = connection
        .query_all_raw(statements::from(backend, position, most))
        .await?;
    // After the rows: what is removed in between is missed by nobody who has them.
    let edges = connection.query_one_raw(statements::edges(backend));
    let edges = edges
        .await?
        .ok_or_else(|| unreadable(TABLE, &"the place of the first row is not known"))?;
    let removed = position_of(&edges)?;
    let place: String = edges.try_get("", "place")?;
    let newest: i64 = edges.try_get("", "newest")?;
    let at: Vec<Position> = rows.iter().map(position_of).collect::<Result<_, _>>()?;
    let is_elsewhere = !position.place.is_empty() && position.place != place;
    if is_elsewhere
        || !position.has_reached(&removed)
        || statements::is_beyond(backend, position, newest)
        || !is_remembered(position, at.first(), &removed)
    {
        return Ok(Reading::Lost);
    }
    let mut changes = Vec::new();
    let mut end = position.clone();
    let news = rows.iter().zip(at);
    let news = news.filter(|(_, at)| !position.is_at(at));
    let news: Vec<_> = news
        .take(usize::try_from(most).unwrap_or(usize::MAX))
        .collect();
    if let Some(past) = past_seen.filter(|_| news.is_empty()) {
        end = past;
    }
    for (row, at) in news {
        let text: String = row.try_get("", "changes")?;
        let some: Vec<Change> =
            serde_json::from_str(&text).map_err(|error| unreadable(TABLE, &error))?;
        changes.extend(some);
        end = Position {
            place: place.clone(),
            seen: statements::still_seen(&end.seen, at.transaction),
            ..at
        };
    }
    Ok(Reading::Changes(changes, end))
}

/// Whether the database knows the row that a position stands behind. One that was put back from a
/// backup gives its numbers a second time, and other marks.
fn is_remembered(position: &Position, first: Option<&Position>, removed: &Position) -> bool {
    let mut known = first.into_iter().chain([removed]);
    position.mark.is_empty() || known.any(|row| position.is_at(row) && position.mark == row.mark)
}

/// Where everything that a snapshot saw is behind, once whatever went on at its moment has ended.
async fn past_seen(
    connection: &impl ConnectionTrait,
    position: &Position,
) -> Result<Option<Position>, StoreError> {
    let backend = connection.get_database_backend();
    let (Some(first), Some(ask)) = (
        statements::end_of_seen(&position.seen),
        statements::settled(backend),
    ) else {
        return Ok(None);
    };
    let row = connection.query_one_raw(ask).await?;
    let settled: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(settled
        .filter(|settled| *settled >= first)
        .map(|_| Position {
            place: position.place.clone(),
            transaction: first,
            row: -1,
            ..Position::default()
        }))
}

fn position_of(row: &QueryResult) -> Result<Position, StoreError> {
    Ok(Position {
        transaction: row.try_get("", "transaction")?,
        row: row.try_get("", "row")?,
        mark: row.try_get("", "mark")?,
        ..Position::default()
    })
}
