//! The program `peil`: reads its settings, puts the parts of Peil together and runs commands.
//!
//! It is a library as well, so that tests put the same parts together as the program does.
//! [`settings`] says where everything is, [`wiring`] opens it, [`command`] holds what a user can
//! ask for and [`demo`] makes the organisation that shows what Peil does.

mod allocator;
pub mod command;
mod data_folder;
pub mod demo;
mod failure;
mod sentence_vectors;
mod server;
pub mod settings;
pub mod wiring;

pub use failure::Failure;
