//! What stands with figures in the records: words, invitations and whom they reached, and plain
//! counts to hold figures against. What pages count is asked of the facts.

mod check;
mod comments;
mod frame;
mod funnel;
mod mentioned;
mod scope;
pub mod signals;
mod values;

pub use check::{DayCount, MentionCount};
pub use comments::{Comment, CommentQuery, comments};
pub use frame::{
    FrameProperty, FrameQuery, InvitedCell, ScoredCell, contacts_by, count_uninvited, invited_by,
    invited_values, scores_by,
};
pub use funnel::{
    InvitationFunnel, UnansweredInvitations, invitation_funnel, unanswered_invitations,
};
pub use mentioned::ReadAs;
pub use scope::Dimension;
pub(crate) use scope::{Scope, chosen, marked, score_between, words_contain};
pub use signals::{Event, SignalQuery};
pub use values::segment_keys;
