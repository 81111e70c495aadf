//! What the store promises, tried on every database that it knows.
//!
//! `SQLite` is always tried, in a folder of its own. `PostgreSQL` is tried when
//! `PEIL_TEST_POSTGRES` names a server on which databases may be made, such as
//! `postgres://postgres@127.0.0.1:5432/postgres`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail loudly"
)]

mod access;
mod audience;
mod audience_counts;
mod databases;
mod exchange;
mod filters;
mod idempotency;
mod isolation;
mod jobs;
mod migrations;
mod outbox;
mod outreach;
mod readings;
mod results;
mod sample;
mod signals;
mod surveys;
mod writer;
