//! How fast Peil is. Here: `cargo dev bench collect`, how fast it takes answers in, and what that
//! costs.
//!
//! Client and server share the machine, so figures are comparable only within one run.

mod assembly;
mod contest;
mod exchange;
mod facts;
mod measures;
mod page;
mod review;
mod soak;
mod usage;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::build;
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::server::Server;
use crate::workspace::Workspace;

pub(crate) use assembly::run as assembly;
pub(crate) use exchange::run as exchange;
pub(crate) use facts::run as facts;
pub(crate) use measures::run as measure;
use page::PageCost;
pub(crate) use review::run as review;
pub(crate) use soak::run as soak;

/// Filling the demonstration takes longer than starting.
const READY_LIMIT: Duration = Duration::from_mins(5);

/// The questionnaire of the demonstration that anyone may answer.
const SURVEY: &str = "/s/kto";

const CLIENTS: [u32; 3] = [1, 8, 32];
const SECONDS: u32 = 10;

/// What the load client prints.
#[derive(Debug, Deserialize)]
struct Load {
    clients: u32,
    accepted: u64,
    failed: u64,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
}

/// One row of the table.
#[derive(Debug, Serialize)]
struct Row {
    clients: u32,
    accepted: u64,
    failed: u64,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    /// Processor time of the server per accepted answer.
    cpu_ms: f64,
}

/// Everything that one run measured.
#[derive(Debug, Serialize)]
struct Measured {
    idle_memory_mib: f64,
    page: PageCost,
    rows: Vec<Row>,
}

/// Measures and prints; the answer says whether every answer was accepted.
pub(crate) fn collect(workspace: &Workspace) -> Result<bool, Problem> {
    let peil = build::with_profile(workspace, "release")?;
    let client = build_client(workspace)?;
    let scratch = Scratch::new("bench")?;
    let data = scratch.path().join("data");
    let data = data.to_string_lossy();
    let arguments = ["demo", "--data", &data, "--listen", "127.0.0.1:0"];
    let log = scratch.path().join("peil.log");
    let server = Server::start(&peil, &arguments, &log, READY_LIMIT)?;
    let url = format!("{}{SURVEY}", server.address());
    let idle_memory_mib = usage::resident_mib(server.process_id())?;
    let page = page::measure(server.address(), SURVEY)?;
    let mut rows = Vec::new();
    for clients in CLIENTS {
        println!("{clients} clients for {SECONDS} s ...");
        rows.push(measure_load(&client, &url, clients, server.process_id())?);
    }
    let measured = Measured {
        idle_memory_mib,
        page,
        rows,
    };
    print(&measured);
    write(&measured, &workspace.target.join("bench-collect.json"))?;
    Ok(measured
        .rows
        .iter()
        .all(|row| row.failed == 0 && row.accepted > 0))
}

/// The client is compiled by itself: it needs no package, and always full speed.
fn build_client(workspace: &Workspace) -> Result<PathBuf, Problem> {
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

fn measure_load(client: &Path, url: &str, clients: u32, server: u32) -> Result<Row, Problem> {
    let before = usage::cpu_ms(server)?;
    let mut command = Command::new(client);
    command.args([url, &clients.to_string(), &SECONDS.to_string()]);
    let finished = process::captured(&mut command)?;
    let spent = usage::cpu_ms(server)? - before;
    let load: Load = serde_json::from_str(&finished.output).map_err(|cause| {
        Problem::new(format!(
            "the load client failed: {cause} {}",
            finished.errors
        ))
    })?;
    Ok(Row {
        clients: load.clients,
        accepted: load.accepted,
        failed: load.failed,
        per_second: load.per_second,
        p50_ms: load.p50_ms,
        p99_ms: load.p99_ms,
        cpu_ms: per_answer(spent, load.accepted),
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

fn print(measured: &Measured) {
    println!("clients  accepted/s   p50 ms   p99 ms  server CPU ms  failed");
    for row in &measured.rows {
        println!(
            "{:>7}  {:>10.1}  {:>7.2}  {:>7.2}  {:>13.2}  {:>6}",
            row.clients, row.per_second, row.p50_ms, row.p99_ms, row.cpu_ms, row.failed
        );
    }
    let page = &measured.page;
    println!("memory when idle      {:.1} MiB", measured.idle_memory_mib);
    println!(
        "page, compressed      {} bytes in {} requests",
        page.bytes, page.requests
    );
    println!(
        "time to first byte    {:.2} ms (median)",
        page.first_byte_ms
    );
}

fn write(measured: &impl Serialize, path: &Path) -> Result<(), Problem> {
    let text =
        serde_json::to_string_pretty(measured).map_err(|cause| Problem::new(cause.to_string()))?;
    std::fs::write(path, text).map_err(|cause| Problem::at(path, &cause))?;
    println!("written to {}", path.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_per_answer_is_nothing_when_nothing_was_accepted() {
        assert!(per_answer(10.0, 0).abs() < f64::EPSILON);
        assert!((per_answer(10.0, 4) - 2.5).abs() < f64::EPSILON);
    }
}
