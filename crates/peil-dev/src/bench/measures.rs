//! `cargo dev bench measure`: how fast the measures are, beside R and Python on the same machine.

use std::collections::BTreeMap;
use std::process::Command;

use serde::Serialize;

use crate::problem::Problem;
use crate::process;
use crate::tools;
use crate::workspace::Workspace;

/// The longest each measurement may take, in milliseconds.
const LIMITS: [(&str, f64); 7] = [
    ("nps with three intervals", 0.001),
    ("dashboard of 5000 cells", 5.0),
    ("drivers, LMG, 12 x 100000 rows", 1_000.0),
    ("driver intervals, 1000 resamples", 10_000.0),
    ("drivers, Johnson, 30 x 100000 rows", 1_000.0),
    ("raking, 1000000 rows x 4 margins", 2_000.0),
    ("weighted NPS, 1000000 rows", 100.0),
];

/// Another program that does the same work.
struct Peer {
    name: &'static str,
    program: &'static str,
    script: &'static str,
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "R",
        program: "Rscript",
        script: "crates/peil-dev/peers/measures.R",
    },
    Peer {
        name: "Python",
        program: "python3",
        script: "crates/peil-dev/peers/measures.py",
    },
];

/// Milliseconds per measurement.
pub(super) type Times = BTreeMap<String, f64>;

/// One row of the table.
#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    milliseconds: f64,
    limit: f64,
    /// Milliseconds of R and Python; absent when they are, or do not do this work.
    peers: Vec<Option<f64>>,
}

/// Measures and prints; the answer says whether everything stayed within its limit.
pub(crate) fn run(workspace: &Workspace) -> Result<bool, Problem> {
    let own = measure_peil(workspace)?;
    let peers: Vec<Times> = PEERS
        .iter()
        .map(|peer| measure_peer(workspace, peer))
        .collect();
    let mut rows = Vec::new();
    for (name, limit) in LIMITS {
        let milliseconds = own
            .get(name)
            .copied()
            .ok_or_else(|| Problem::new(format!("{name} was not measured")))?;
        rows.push(Row {
            name,
            milliseconds,
            limit,
            peers: peers.iter().map(|times| times.get(name).copied()).collect(),
        });
    }
    print(&rows);
    let path = workspace.target.join("bench-measure.json");
    super::write(&rows, &path)?;
    Ok(rows.iter().all(|row| row.milliseconds <= row.limit))
}

fn measure_peil(workspace: &Workspace) -> Result<Times, Problem> {
    let arguments = [
        "run",
        "--release",
        "-p",
        "peil-measure",
        "--example",
        "speed",
    ];
    let finished = process::captured(&mut workspace.cargo(&arguments))?;
    if finished.is_success {
        Ok(times(&finished.output))
    } else {
        let end = process::last_lines(&finished.errors, 40);
        Err(Problem::new(format!("the measures do not run:\n{end}")))
    }
}

/// Nothing when the peer is absent or cannot do it; a line says why.
fn measure_peer(workspace: &Workspace, peer: &Peer) -> Times {
    let Ok(program) = tools::program(peer.program) else {
        println!("{} is absent: {} is not installed", peer.name, peer.program);
        return Times::new();
    };
    let mut command = Command::new(program);
    command.arg(workspace.file(peer.script));
    match process::captured(&mut command) {
        Ok(finished) if finished.is_success => times(&finished.output),
        Ok(finished) => {
            let reason = process::last_lines(&finished.errors, 1);
            println!("{} is absent: {reason}", peer.name);
            Times::new()
        }
        Err(problem) => {
            println!("{} is absent: {problem}", peer.name);
            Times::new()
        }
    }
}

/// Lines of a name, a tab and milliseconds.
pub(super) fn times(output: &str) -> Times {
    let line = |line: &str| {
        let (name, milliseconds) = line.split_once('\t')?;
        Some((name.to_owned(), milliseconds.trim().parse().ok()?))
    };
    output.lines().filter_map(line).collect()
}

fn print(rows: &[Row]) {
    let [first, second] = PEERS.map(|peer| peer.name);
    println!(
        "{:<36} {:>11} {:>9} {:>20} {:>20}",
        "", "Peil ms", "limit ms", first, second
    );
    for row in rows {
        let peers: Vec<String> = row
            .peers
            .iter()
            .map(|peer| beside(*peer, row.milliseconds))
            .collect();
        println!(
            "{:<36} {:>11.5} {:>9} {}",
            row.name,
            row.milliseconds,
            row.limit,
            peers.join(" ")
        );
    }
}

/// The time of a peer with how many times that of Peil it is.
fn beside(peer: Option<f64>, own: f64) -> String {
    match peer {
        Some(milliseconds) if own > 0.0 => {
            format!("{milliseconds:>10.3} {:>8.1}x", milliseconds / own)
        }
        _ => format!("{:>20}", "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_a_time_are_not_measurements() {
        let found = times("nps\t0.5\nwarning: slow\nraking\tmany\n");
        assert_eq!(found.len(), 1);
        assert!((found["nps"] - 0.5).abs() < f64::EPSILON);
    }

    #[test]
    fn a_peer_is_shown_with_its_ratio_and_an_absent_one_as_a_dash() {
        assert!(beside(Some(6.0), 2.0).ends_with("3.0x"));
        assert!(beside(None, 2.0).ends_with('-'));
    }
}
