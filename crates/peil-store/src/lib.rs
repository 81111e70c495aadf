//! Persistence of Peil on `SQLite` and `PostgreSQL` with one code base.
//!
//! [`Store`] opens a database and gives [`Read`] and [`Tx`] sessions for one organisation; the
//! modules named after capabilities hold the repositories: plain functions over a session that
//! take and give nouns of `peil-domain`. [`Store::submit`] is the way in for answers: it puts many
//! submissions into one transaction and one flush to disk.
//!
//! Nothing outside this crate names a table, a column or a database.

pub mod access;
pub mod audience;
pub mod audit;
mod connect;
mod convert;
mod dialect;
mod entities;
mod error;
pub mod idempotency;
pub mod imports;
pub mod jobs;
pub mod journey;
mod migrations;
pub mod outbox;
pub mod outreach;
mod refusal;
pub mod response;
pub mod results;
mod session;
pub mod settings;
mod snapshot;
pub mod survey;
pub mod themes;
mod writer;

pub use connect::{DatabaseUrl, SchemaVersion, Store};
pub use error::StoreError;
pub use session::{Page, Read, Session, Tx};
pub use snapshot::{Snapshot, Wanted};
pub use writer::{Limits, Submitted};
