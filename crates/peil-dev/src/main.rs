//! The workbench of Peil: sets up a machine, tests, checks the house rules, measures speed.
//!
//! Nothing here ships. It is compiled before anything else on a new machine, so it
//! depends on little and starts other programs for all that is heavy.

mod api_fuzz;
mod base;
mod bench;
mod browser_tests;
mod build;
mod check;
mod command;
mod demo;
mod doctor;
mod environment;
mod generate;
mod metadata;
mod model;
mod output;
mod postgres;
mod problem;
mod process;
mod rules;
mod rust_tests;
mod scratch;
mod server;
mod setup;
mod stopwatch;
mod suite;
mod tally;
mod tools;
mod workspace;

use std::process::ExitCode;

use command::{Command, USAGE};
use problem::Problem;
use workspace::Workspace;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = match command::parse(&arguments) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("{problem}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match carry_out(&command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one command; the answer says whether all was well.
fn carry_out(command: &Command) -> Result<bool, Problem> {
    if matches!(command, Command::Help) {
        println!("{USAGE}");
        return Ok(true);
    }
    let workspace = Workspace::load()?;
    match command {
        Command::Help => Ok(true),
        Command::Demo(options) => demo::run(&workspace, options),
        Command::Test(options) => Ok(suite::run(&workspace, options)),
        Command::Check { only_rules } => check::run_alone(&workspace, *only_rules),
        Command::Generate { only_compare } => generate::run(&workspace, *only_compare),
        Command::BenchCollect { profile } => bench::collect(&workspace, profile),
        Command::BenchExchange { rows } => bench::exchange(&workspace, *rows),
        Command::BenchFacts(options) => bench::facts(&workspace, options),
        Command::BenchAssembly => bench::assembly(&workspace),
        Command::BenchMeasure => bench::measure(&workspace),
        Command::BenchScreen { folder, profile } => {
            bench::screen(&workspace, folder.as_deref(), profile)
        }
        Command::BenchSurvey { folder, profile } => {
            bench::survey(&workspace, folder.as_deref(), profile)
        }
        Command::Soak(options) => bench::soak(&workspace, options),
        Command::BenchSignals => bench::signals(&workspace),
        Command::BenchThemes { folder } => bench::themes(&workspace, folder),
        Command::Base => base::run(&workspace),
        Command::Model(options) => model::run(&workspace, options),
        Command::Doctor => Ok(doctor::run(&workspace)),
    }
}
