//! The program `peil`: reads its settings, puts the parts of Peil together and runs commands.
//!
//! It is a library as well, so that tests put the same parts together as the program does.

pub mod command;
pub mod wiring;
