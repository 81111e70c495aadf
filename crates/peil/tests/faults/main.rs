//! The real program, killed in the middle of its work.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that meets something unexpected should stop right there"
)]

mod answers;
mod mail;
mod program;
#[path = "../../../peil-outbound/tests/support.rs"]
mod smtp_server;
