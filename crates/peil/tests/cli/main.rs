//! The program as a user meets it: the real binary, its output, its exit codes and the files that
//! it leaves.

#![expect(
    clippy::unwrap_used,
    reason = "a test that meets something unexpected should stop right there"
)]

mod commands;
mod configuration;
mod demonstration;
mod facts;
#[path = "../flows/postgres.rs"]
mod postgres;
mod review;
mod run;
mod sentences;
mod serving;
mod statistics;
#[path = "../../../peil-themes/tests/tiny_model/mod.rs"]
mod tiny_model;
mod transfer;
