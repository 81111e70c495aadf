//! Migration 0007: the outbox knows of which database it is, so that a position of another one is not
//! taken for its own.

use super::Step;
use crate::dialect::outbox::{NAME_IN_FILE, NAME_ON_SERVER};

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::column("outbox_edge", "place text="),
        Step::Apart {
            file: NAME_IN_FILE,
            server: NAME_ON_SERVER,
        },
    ]
}
