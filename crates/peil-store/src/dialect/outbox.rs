//! The outbox in both databases.
//!
//! A file has one writer, so that the numbers of rows are the order of commits. On a server they are
//! not: of two transactions at once the one with the higher number may be committed first, and a
//! reader who remembers that number never sees the other. So rows carry their transaction, and only
//! those are read that are older than every transaction still going on.

use sea_orm::{DbBackend, Statement, Value};

use crate::outbox::Position;

/// The table in a file. Numbers are never used again, also when all rows were removed.
pub(crate) const TABLE_IN_FILE: &str = "CREATE TABLE outbox (\
    seq integer PRIMARY KEY AUTOINCREMENT, \
    told_at bigint NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS integer) * 1000000), \
    changes text NOT NULL)";

/// The table on a server.
pub(crate) const TABLE_ON_SERVER: &str = "CREATE TABLE outbox (\
    seq bigint GENERATED ALWAYS AS IDENTITY, \
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(), \
    told_at bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, \
    changes text NOT NULL, \
    PRIMARY KEY (xid, seq))";

/// Gives the database of a file a name that no other has.
pub(crate) const NAME_IN_FILE: &str = "UPDATE outbox_edge SET place = lower(hex(randomblob(16)))";

/// The same on a server.
pub(crate) const NAME_ON_SERVER: &str =
    "UPDATE outbox_edge SET place = replace(gen_random_uuid()::text, '-', '')";

/// Adds a row and gives its position.
pub(crate) fn add(backend: DbBackend, changes: String) -> Statement {
    let sql = match backend {
        DbBackend::Postgres => {
            "INSERT INTO outbox (changes, mark) \
             VALUES ($1, substr(replace(gen_random_uuid()::text, '-', ''), 1, 16)) \
             RETURNING xid::text::bigint AS \"transaction\", seq AS \"row\", mark"
        }
        _ => {
            "INSERT INTO outbox (changes, mark) VALUES (?, lower(hex(randomblob(8)))) \
             RETURNING 0 AS \"transaction\", seq AS \"row\", mark"
        }
    };
    Statement::from_sql_and_values(backend, sql, [changes.into()])
}

/// The row at a position, when it is still here, and those after it in the order of commits.
pub(crate) fn from(backend: DbBackend, position: &Position, most: u64) -> Statement {
    match backend {
        DbBackend::Postgres => {
            // An empty list of transactions that were seen is one in which nothing was.
            let seen = Some(position.seen.as_str()).filter(|seen| !seen.is_empty());
            Statement::from_sql_and_values(
                backend,
                "SELECT xid::text::bigint AS \"transaction\", seq AS \"row\", mark, changes \
                 FROM outbox WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) \
                 AND (xid, seq) >= ($1::text::xid8, $2) \
                 AND ($3::text IS NULL OR NOT pg_visible_in_snapshot(xid, $3::text::pg_snapshot)) \
                 ORDER BY xid, seq LIMIT $4",
                [
                    position.transaction.to_string().into(),
                    position.row.into(),
                    seen.map(str::to_owned).into(),
                    number(most.saturating_add(1)),
                ],
            )
        }
        _ => Statement::from_sql_and_values(
            backend,
            "SELECT 0 AS \"transaction\", seq AS \"row\", mark, changes FROM outbox \
             WHERE seq >= ? ORDER BY seq LIMIT ?",
            [position.row.into(), number(most.saturating_add(1))],
        ),
    }
}

/// Up to where rows were removed, and the number that no position of this database is beyond.
pub(crate) fn edges(backend: DbBackend) -> Statement {
    let newest = match backend {
        DbBackend::Postgres => "pg_snapshot_xmax(pg_current_snapshot())::text::bigint",
        _ => "COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)",
    };
    let sql = format!(
        "SELECT removed_transaction AS \"transaction\", removed_row AS \"row\", \
         removed_mark AS mark, {newest} AS newest, place FROM outbox_edge"
    );
    Statement::from_string(backend, sql)
}

/// Whether a position cannot be of this database, given its newest number.
pub(crate) fn is_beyond(backend: DbBackend, position: &Position, newest: i64) -> bool {
    match backend {
        DbBackend::Postgres => position.transaction > newest,
        _ => position.row > newest,
    }
}

/// Where a transaction stands that has seen everything up to now.
pub(crate) fn here(backend: DbBackend) -> Statement {
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT pg_snapshot_xmin(now)::text::bigint AS \"transaction\", -1::bigint AS \"row\", \
             now::text AS seen, '' AS mark, place \
             FROM (SELECT pg_current_snapshot() AS now) AS snapshot, outbox_edge"
        }
        _ => {
            "SELECT 0 AS \"transaction\", \
             COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) AS \"row\", \
             '' AS seen, \
             COALESCE((SELECT mark FROM outbox ORDER BY seq DESC LIMIT 1), removed_mark) AS mark, \
             place FROM outbox_edge"
        }
    };
    Statement::from_string(backend, sql)
}

/// The transaction before which all others have ended; of a file there is none to wait for.
pub(crate) fn settled(backend: DbBackend) -> Option<Statement> {
    (backend == DbBackend::Postgres).then(|| {
        let sql = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        Statement::from_string(backend, sql)
    })
}

/// The first transaction that cannot be among those `seen`.
pub(crate) fn end_of_seen(seen: &str) -> Option<i64> {
    // Written as `first:end:list`.
    seen.split(':').nth(1).and_then(|end| end.parse().ok())
}

/// What of `seen` still matters after rows of `transaction` were read: nothing once it is younger
/// than all that was seen.
pub(crate) fn still_seen(seen: &str, transaction: i64) -> String {
    match end_of_seen(seen) {
        Some(end) if transaction < end => seen.to_owned(),
        _ => String::new(),
    }
}

/// The last of the first `most` rows that was told before a moment, or by a clock that was ahead
/// (`beyond`), and stands not after `taken`.
pub(crate) fn last_before(
    backend: DbBackend,
    (before, beyond): (i64, i64),
    taken: Option<&Position>,
    most: u64,
) -> Statement {
    let end = taken.cloned().unwrap_or(Position {
        place: String::new(),
        transaction: i64::MAX,
        row: i64::MAX,
        ..Position::default()
    });
    match backend {
        DbBackend::Postgres => Statement::from_sql_and_values(
            backend,
            "SELECT xid::text::bigint AS \"transaction\", seq AS \"row\", mark FROM \
             (SELECT xid, seq, mark, told_at FROM outbox \
             WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) \
             AND (xid, seq) <= ($1::text::xid8, $2) ORDER BY xid, seq LIMIT $3) AS first \
             WHERE told_at < $4 OR told_at > $5 ORDER BY xid DESC, seq DESC LIMIT 1",
            [
                end.transaction.to_string().into(),
                end.row.into(),
                number(most),
                before.into(),
                beyond.into(),
            ],
        ),
        _ => Statement::from_sql_and_values(
            backend,
            "SELECT 0 AS \"transaction\", seq AS \"row\", mark FROM \
             (SELECT seq, mark, told_at FROM outbox WHERE seq <= ? ORDER BY seq LIMIT ?) AS first \
             WHERE told_at < ? OR told_at > ? ORDER BY seq DESC LIMIT 1",
            [end.row.into(), number(most), before.into(), beyond.into()],
        ),
    }
}

/// Removes every row up to a position.
pub(crate) fn remove_until(backend: DbBackend, last: &Position) -> Statement {
    match backend {
        DbBackend::Postgres => Statement::from_sql_and_values(
            backend,
            "DELETE FROM outbox WHERE (xid, seq) <= ($1::text::xid8, $2)",
            [last.transaction.to_string().into(), last.row.into()],
        ),
        _ => Statement::from_sql_and_values(
            backend,
            "DELETE FROM outbox WHERE seq <= ?",
            [last.row.into()],
        ),
    }
}

/// Notes up to where rows were removed.
pub(crate) fn note_removed(backend: DbBackend, last: &Position) -> Statement {
    let sql = match backend {
        DbBackend::Postgres => {
            "UPDATE outbox_edge SET removed_transaction = $1, removed_row = $2, removed_mark = $3 \
             WHERE (removed_transaction, removed_row) < ($1, $2)"
        }
        _ => {
            "UPDATE outbox_edge SET removed_transaction = ?1, removed_row = ?2, removed_mark = ?3 \
             WHERE (removed_transaction, removed_row) < (?1, ?2)"
        }
    };
    let values = [
        last.transaction.into(),
        last.row.into(),
        last.mark.clone().into(),
    ];
    Statement::from_sql_and_values(backend, sql, values)
}

/// Whether a transaction sees changes of which it is not known yet what comes before them.
pub(crate) fn unsettled(backend: DbBackend) -> Option<Statement> {
    (backend == DbBackend::Postgres).then(|| {
        let sql = "SELECT EXISTS (SELECT 1 FROM outbox \
                   WHERE xid >= pg_snapshot_xmin(pg_current_snapshot()))";
        Statement::from_string(backend, sql)
    })
}

fn number(most: u64) -> Value {
    i64::try_from(most).unwrap_or(i64::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_forgotten_once_everything_after_it_is_read() {
        assert_eq!(still_seen("10:15:10,12", 14), "10:15:10,12");
        assert_eq!(still_seen("10:15:10,12", 15), "");
        assert_eq!(still_seen("", 3), "");
    }
}
