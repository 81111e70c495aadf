//! Migration 0003: calls that may be repeated stand in their table from the moment they run.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    let table = "idempotency_keys";
    vec![
        Step::column(table, "attempt uuid?"),
        Step::column(table, "running_until bigint?"),
        Step::column(table, "headers json=[]"),
    ]
}
