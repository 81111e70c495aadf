//! When and how one is asked: waves, invitations, and who may be asked now.

mod budget;
mod wave;

pub use budget::{AskPolicy, Decision, HeldBack, History, decide};
pub use wave::{Channel, Invitation, InvitationState, UnknownChannel, Wave, WaveState};
