//! Migration 0005: submissions that stopped on the way know how far they came.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![Step::column("responses", "pages_done integer?")]
}
