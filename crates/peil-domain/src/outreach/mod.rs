//! When and how one is asked: waves, invitations, who may be asked now, and what a mail may say.

mod budget;
mod offer;
mod placeholder;
mod wave;

pub use budget::{AskPolicy, Decision, HeldBack, History, decide};
pub use offer::offer_words;
pub use placeholder::unknown_placeholders;
pub use wave::{Channel, Invitation, InvitationState, UnknownChannel, Wave, WaveState};
