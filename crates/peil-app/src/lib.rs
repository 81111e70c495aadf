//! Use cases of Peil: everything that a person, a program or the clock can make it do.
//!
//! Every use case has four beats: check the right, read, apply the rule of `peil-domain` or
//! `peil-measure`, write in one transaction together with audit and jobs. [`App`] holds what they
//! share: the store, the clock, chance, the secret key and the ports to the outside
//! ([`ports`]). Pages, API, CLI and jobs all call the same use cases.

pub mod access;
mod app;
pub mod audience;
pub mod collect;
mod error;
pub mod exports;
pub mod facts;
pub mod imports;
pub mod journey;
pub mod outreach;
pub mod ports;
pub mod repeat;
pub mod response;
pub mod results;
mod secret;
pub mod settings;
pub mod storage;
pub mod survey;
pub mod themes;
mod work;

pub use peil_store::StoreError;

pub use app::{App, Chance, Clock, Parts, SystemChance, SystemClock};
pub use error::AppError;
pub use secret::{Secret, hash_token};
