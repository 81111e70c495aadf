//! The program: reads the command and runs it.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    peil::command::run(peil::command::Cli::parse())
}
