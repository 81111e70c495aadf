//! The real program, killed in the middle of its work, on disks that fail and files that are spoilt.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that meets something unexpected should stop right there"
)]

mod answers;
mod clock;
mod damage;
mod disk;
mod folder;
mod lies;
mod mail;
mod place;
mod program;
mod respondent;
#[path = "../../../peil-outbound/tests/support.rs"]
mod smtp_server;
