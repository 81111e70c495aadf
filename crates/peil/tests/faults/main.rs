//! What a power cut or a killed program must not break, tried on the real program.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that meets something unexpected should stop right there"
)]

mod mail;
mod program;
#[path = "../../../peil-outbound/tests/support.rs"]
mod smtp_server;
