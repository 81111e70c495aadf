//! When and how one is asked: waves, the invitations that they consist of, and what happened with
//! contacts before.

mod history;
pub mod invitations;
mod sending;
pub mod waves;

pub use history::{claim_budget, histories};
pub use sending::{
    Due, cancel_queued, in_doubt_count, mark_cancelled, mark_failed, mark_handing_over, mark_retry,
    mark_sent, mark_unconfirmed, next_due_at, open_count, requeue_unconfirmed, sent_since,
    take_due, unconfirm_stale,
};
