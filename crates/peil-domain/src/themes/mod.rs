//! What customers talk about, and what of it needs a look: signals.

mod signal;

pub use signal::{
    Evidence, EvidencePoint, Group, InvalidSignalWord, Origin, Sighting, Signal, SignalKind,
    SignalPart, SignalReason, SignalState, meet,
};
