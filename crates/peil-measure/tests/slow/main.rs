//! Do the intervals keep their promise? Counted exactly where all outcomes can be listed, and else
//! drawn with a fixed seed. Takes seconds rather than milliseconds; the figures are printed in
//! `docs/methods/coverage.md`, and every table there is checked here.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod actions;
mod chance;
mod differences;
mod means;
mod outcomes;
mod peeking;
mod scores;
mod shares;
mod table;
