//! Migration 0008: rows of the outbox carry a mark by chance, so that a position in a database that was
//! put back from a backup, and went on from there, is not taken for one of before.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::column("outbox", "mark text="),
        Step::column("outbox_edge", "removed_mark text="),
    ]
}
