//! Migration 0010: contact details as an answer, apart from what people wrote.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![Step::column("answers", "details json?")]
}
