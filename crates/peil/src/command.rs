//! The commands of `peil`. Exit code 0 is done, 1 refused or failed, 2 wrong usage.

mod config;
mod demo;
mod doctor;
mod export;
mod facts;
mod import;
mod model;
mod output;
mod place;
mod reference;
mod serve;
mod setup;
mod stats;
mod survey;
mod themes;
mod token;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{Failure, allocator, data_folder};
use output::Output;

/// Measures how satisfied customers are, finds out why, gets it improved and proves it.
#[derive(Debug, Parser)]
#[command(name = "peil", version, about)]
pub struct Cli {
    /// Prints JSON instead of sentences.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts Peil.
    Serve(serve::Serve),
    /// Starts Peil with a demonstration organisation, which is made when it is not there yet.
    Demo(demo::Demo),
    /// Makes the first organisation and its owner, as the first visit in the browser does.
    Setup(setup::Setup),
    /// Keys with which programs use the API.
    #[command(subcommand)]
    Token(token::Token),
    /// People who sign in.
    #[command(subcommand)]
    User(user::User),
    /// Brings files in.
    #[command(subcommand)]
    Import(import::Import),
    /// Writes files out.
    #[command(subcommand)]
    Export(export::Export),
    /// What figures are counted from.
    #[command(subcommand)]
    Facts(facts::Facts),
    /// Settings of the program.
    #[command(subcommand)]
    Config(config::Config),
    /// Looks for what is wrong with an installation.
    Doctor(doctor::Doctor),
    /// Questionnaires in files.
    #[command(subcommand)]
    Survey(survey::Survey),
    /// Computes one statistic from JSON on standard input.
    Stats(stats::Stats),
    /// Reads open answers: what they are about and in which tone. JSON lines in, JSON lines out.
    #[command(subcommand)]
    Themes(themes::Themes),
    /// What Peil reads open answers with beyond its own words.
    #[command(subcommand)]
    Model(model::Model),
    /// Prints the description of the API (OpenAPI 3.1).
    Openapi,
    /// Prints all commands and settings as Markdown.
    Reference,
}

/// Runs one command.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    if matches!(cli.command, Command::Serve(_) | Command::Demo(_)) {
        allocator::keep_little();
    }
    data_folder::make_files_private();
    let output = Output::new(cli.json);
    let outcome = match cli.command {
        // These need no data folder and no runtime, and start in milliseconds.
        Command::Stats(stats) => stats.run(&output),
        Command::Survey(survey) if survey.is_about_files() => survey.run_on_files(&output),
        Command::Themes(themes) => themes.run(&output),
        Command::Model(model) => model.run(&output),
        Command::Openapi => output::line(&peil_http::openapi_json()),
        Command::Reference => output::line(&reference::markdown()),
        Command::Config(config) => config.run(&output),
        other => run_async(other, &output),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run_async(command: Command, output: &Output) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Other(error.to_string()))?;
    runtime.block_on(async {
        match command {
            Command::Serve(serve) => serve.run(output).await,
            Command::Demo(demo) => demo.run(output).await,
            Command::Setup(setup) => setup.run(output).await,
            Command::Token(token) => token.run(output).await,
            Command::User(user) => user.run(output).await,
            Command::Import(import) => import.run(output).await,
            Command::Export(export) => export.run(output).await,
            Command::Facts(facts) => facts.run(output).await,
            Command::Doctor(doctor) => doctor.run(output).await,
            Command::Survey(survey) => survey.run(output).await,
            Command::Stats(_)
            | Command::Themes(_)
            | Command::Model(_)
            | Command::Openapi
            | Command::Reference
            | Command::Config(_) => Ok(()),
        }
    })
}
