//! Migration 0006: the outbox, from which figures learn what changed among submissions.

use super::Step;
use crate::dialect::outbox::{TABLE_IN_FILE, TABLE_ON_SERVER};

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::Apart {
            file: TABLE_IN_FILE,
            server: TABLE_ON_SERVER,
        },
        // One row: up to where rows were removed again.
        Step::table(
            "outbox_edge",
            &[
                "number integer",
                "removed_transaction bigint",
                "removed_row bigint",
            ],
            &["number"],
        ),
        Step::Fill(
            "INSERT INTO outbox_edge (number, removed_transaction, removed_row) VALUES (1, 0, 0)",
        ),
    ]
}
