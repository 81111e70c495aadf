//! The tests written in Rust, with a PostgreSQL beside them, and the examples in the docs.

use std::process::Command;
use std::time::Duration;

use crate::output::{Counts, libtest, nextest};
use crate::postgres::Server;
use crate::problem::Problem;
use crate::process;
use crate::setup;
use crate::tally::Tally;
use crate::tools::Tool;
use crate::workspace::Workspace;

const LIMIT: Duration = Duration::from_mins(75);

/// How the storage tests learn where PostgreSQL is.
const POSTGRES_VARIABLE: &str = "PEIL_TEST_POSTGRES";

/// Runs the Rust tests whose name contains the filter, or all of them.
pub(crate) fn run(workspace: &Workspace, filter: Option<&str>) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    // Held until the end: letting go of the server stops it.
    let postgres =
        setup::ensure(workspace, Tool::Postgres).and_then(|folder| Server::start(&folder));
    let url = match &postgres {
        Ok(server) => Some(server.url()),
        Err(problem) => {
            tally.skip(1, "storage tests on PostgreSQL", problem.to_string());
            None
        }
    };
    let runner = Runner::choose(workspace);
    let counts = run_one(workspace, &runner.arguments(filter), url.as_deref(), runner)?;
    tally.add(into_tally(counts, "Rust tests", filter.is_some()));
    if filter.is_none() {
        let arguments = ["test", "--doc", "--workspace", "--no-fail-fast"];
        let examples = run_one(workspace, &arguments, url.as_deref(), Runner::Libtest)?;
        tally.add(into_tally(examples, "examples in the documentation", false));
    }
    Ok(tally)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Runner {
    Nextest,
    Libtest,
}

impl Runner {
    fn choose(workspace: &Workspace) -> Self {
        if setup::has_nextest(workspace) {
            Self::Nextest
        } else {
            Self::Libtest
        }
    }

    fn arguments(self, filter: Option<&str>) -> Vec<&str> {
        let mut arguments = match self {
            Self::Nextest => vec![
                "nextest",
                "run",
                "--workspace",
                "--no-fail-fast",
                "--no-tests=pass",
                "--status-level=slow",
                "--final-status-level=none",
                "--failure-output=final",
                "--color=never",
            ],
            Self::Libtest => vec!["test", "--workspace", "--all-targets", "--no-fail-fast"],
        };
        arguments.extend(filter);
        arguments
    }

    const fn log_name(self) -> &'static str {
        match self {
            Self::Nextest => "rust-tests",
            Self::Libtest => "rust-tests-plain",
        }
    }

    fn counts(self, output: &str) -> Option<Counts> {
        match self {
            Self::Nextest => nextest::counts(output),
            Self::Libtest => libtest::counts(output),
        }
    }
}

fn run_one(
    workspace: &Workspace,
    arguments: &[&str],
    url: Option<&str>,
    runner: Runner,
) -> Result<Counts, Problem> {
    let mut cargo: Command = workspace.cargo(arguments);
    match url {
        Some(url) => cargo.env(POSTGRES_VARIABLE, url),
        // Somebody's own server must not be written to by accident.
        None => cargo.env_remove(POSTGRES_VARIABLE),
    };
    let finished = process::logged(&mut cargo, &workspace.log(runner.log_name()), LIMIT)?;
    let mut counts = runner.counts(&finished.output).unwrap_or_default();
    if !finished.is_success {
        eprintln!(
            "{}",
            process::last_lines(&without_progress(&finished.output), 400)
        );
        counts.failed = counts.failed.max(1);
    }
    Ok(counts)
}

/// What Cargo says while it compiles only hides the failure.
fn without_progress(output: &str) -> String {
    let is_progress = |line: &&str| {
        let word = line.split_whitespace().next().unwrap_or_default();
        line.starts_with(' ')
            && matches!(
                word,
                "Compiling" | "Downloaded" | "Downloading" | "Fresh" | "Blocking"
            )
    };
    output
        .lines()
        .filter(|line| !is_progress(line))
        .collect::<Vec<_>>()
        .join("\n")
}

/// With a filter, tests that do not match are not skips: nobody asked for them.
fn into_tally(counts: Counts, what: &str, is_filtered: bool) -> Tally {
    let mut tally = Tally {
        passed: counts.passed,
        failed: counts.failed,
        ..Tally::default()
    };
    if counts.skipped > 0 && !is_filtered {
        tally.skip(counts.skipped, what, "marked to be ignored");
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_a_filter_leaves_out_are_not_skips() {
        let counts = Counts {
            passed: 1,
            failed: 0,
            skipped: 90,
        };
        assert_eq!(into_tally(counts, "Rust tests", true).skipped(), 0);
        assert_eq!(into_tally(counts, "Rust tests", false).skipped(), 90);
    }

    #[test]
    fn compile_progress_is_left_out_of_a_report() {
        let output = "   Compiling peil v0.1.0\nerror: no\n  --> here\n";
        assert_eq!(without_progress(output), "error: no\n  --> here");
    }
}
