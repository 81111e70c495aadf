//! The program: reads the command, puts the parts together, runs.

mod command;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    command::run(command::Cli::parse()).await
}
