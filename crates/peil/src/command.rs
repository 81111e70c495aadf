//! The commands of `peil`. Exit code 0 is done, 1 refused or failed, 2 wrong usage.

mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measures how satisfied customers are, finds out why, gets it improved and proves it.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts Peil.
    Serve(serve::Serve),
}

/// Runs one command.
pub async fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command {
        Command::Serve(serve) => serve.run().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("peil: {reason}");
            ExitCode::FAILURE
        }
    }
}
