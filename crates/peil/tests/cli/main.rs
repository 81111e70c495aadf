//! The program as a user meets it: the real binary, its output, its exit codes and the files that
//! it leaves.

mod commands;
mod configuration;
mod demonstration;
mod run;
mod serving;
mod statistics;
