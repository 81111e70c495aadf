//! Respondents in large numbers, played by a program of their own.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::process;
use crate::server::Server;
use crate::workspace::Workspace;

use super::{median, usage};

/// What the load client prints.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    pub(super) accepted: u64,
    pub(super) failed: u64,
    pub(super) per_second: f64,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
}

/// One turn of so many clients.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Turn {
    pub(super) clients: u32,
    pub(super) accepted: u64,
    pub(super) failed: u64,
    pub(super) per_second: f64,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
    /// Processor time of the server per accepted answer.
    pub(super) cpu_ms: f64,
}

impl Turn {
    /// The medians of some turns of equally many clients.
    pub(super) fn median(turns: &[Self]) -> Option<Self> {
        let first = turns.first()?;
        let middle = |of: fn(&Self) -> f64| median(&turns.iter().map(of).collect::<Vec<_>>());
        Some(Self {
            clients: first.clients,
            accepted: turns.iter().map(|turn| turn.accepted).sum(),
            failed: turns.iter().map(|turn| turn.failed).sum(),
            per_second: middle(|turn| turn.per_second),
            p50_ms: middle(|turn| turn.p50_ms),
            p99_ms: middle(|turn| turn.p99_ms),
            cpu_ms: middle(|turn| turn.cpu_ms),
        })
    }
}

/// The client is compiled by itself: it needs no package, and always full speed.
pub(super) fn build_client(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let source = workspace.file("crates/peil-dev/loadclient/loadclient.rs");
    let program = workspace.target.join("loadclient");
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--edition", "2024", "-O", "-o"])
        .arg(&program)
        .arg(source);
    let finished = process::captured(&mut rustc)?;
    if finished.is_success {
        Ok(program)
    } else {
        Err(Problem::new(format!(
            "the load client does not build:\n{}",
            finished.errors
        )))
    }
}

/// Lets so many clients answer the questionnaire at `path` for so many seconds.
pub(super) fn take_turn(
    client: &Path,
    server: &Server,
    path: &str,
    clients: u32,
    seconds: u32,
) -> Result<Turn, Problem> {
    let url = format!("{}{path}", server.address());
    let before = usage::cpu_ms(server.process_id())?;
    let mut command = Command::new(client);
    command.args([url, clients.to_string(), seconds.to_string()]);
    let finished = process::captured(&mut command)?;
    let spent = usage::cpu_ms(server.process_id())? - before;
    let said: Said = serde_json::from_str(&finished.output).map_err(|cause| {
        let errors = finished.errors;
        Problem::new(format!("the load client failed: {cause} {errors}"))
    })?;
    Ok(Turn {
        clients,
        accepted: said.accepted,
        failed: said.failed,
        per_second: said.per_second,
        p50_ms: said.p50_ms,
        p99_ms: said.p99_ms,
        cpu_ms: per_answer(spent, said.accepted),
    })
}

/// Nothing accepted means nothing to divide by.
fn per_answer(cpu_ms: f64, accepted: u64) -> f64 {
    let accepted = u32::try_from(accepted).unwrap_or(u32::MAX);
    if accepted == 0 {
        0.0
    } else {
        cpu_ms / f64::from(accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_per_answer_is_nothing_when_nothing_was_accepted() {
        assert!(per_answer(10.0, 0).abs() < f64::EPSILON);
        assert!((per_answer(10.0, 4) - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn of_some_turns_the_medians_count_and_every_failure() {
        let turn = |per_second, failed| Turn {
            clients: 8,
            accepted: 10,
            failed,
            per_second,
            p50_ms: 1.0,
            p99_ms: 2.0,
            cpu_ms: 0.3,
        };
        let all = Turn::median(&[turn(5.0, 0), turn(900.0, 1), turn(7.0, 0)]).unwrap();
        assert!((all.per_second - 7.0).abs() < f64::EPSILON);
        assert_eq!((all.accepted, all.failed), (30, 1));
        assert!(Turn::median(&[]).is_none());
    }
}
