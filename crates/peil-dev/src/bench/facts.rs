//! `cargo dev bench facts`: how fast facts are counted, beside a plain column kernel and other
//! engines on the same facts.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::environment;
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::setup;
use crate::tools::Tool;
use crate::workspace::Workspace;

/// Submissions with one answer, the worst case, and with about ten.
const SHAPES: [&str; 2] = ["one", "ten"];

/// The engines beside which Peil is measured.
const PEERS: [&str; 4] = ["DuckDB", "Polars", "DataFusion", "chdb"];

/// The kernel is what a plain loop over plain columns takes.
const LIMIT: f64 = 1.0;

/// Measures and prints; the answer says whether Peil was as fast as the kernel on the whole, and
/// faster than every peer on every question.
pub(crate) fn run(workspace: &Workspace, facts: u32) -> Result<bool, Problem> {
    let facts = &facts.to_string();
    let scratch = Scratch::new("facts")?;
    let program = build(workspace)?;
    let mut shapes = Vec::new();
    let mut is_fast = true;
    for shape in SHAPES {
        println!("{facts} facts, {shape} per submission ...");
        let folder = scratch.path().join(shape);
        let folder = folder.to_string_lossy();
        let built = lines(&program, &["build", &folder, shape, facts])?;
        let opened = lines(&program, &["open", &folder])?;
        let compared = lines(&program, &["compare", &folder, shape, facts])?;
        let peers = if shape == "one" {
            let columns = scratch.path().join("columns");
            lines(
                &program,
                &["export", &columns.to_string_lossy(), shape, facts],
            )?;
            ask_peers(workspace, &columns)
        } else {
            Vec::new()
        };
        is_fast &= print(&built, &opened, &compared, &peers);
        shapes.push(json!({
            "shape": shape,
            "built": built,
            "opened": opened,
            "compared": compared,
            "peers": peers,
        }));
    }
    super::write(&shapes, &workspace.target.join("bench-facts.json"))?;
    Ok(is_fast)
}

fn build(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let arguments = [
        "build",
        "--release",
        "-p",
        "peil-facts",
        "--example",
        "speed",
    ];
    let finished = process::captured(&mut workspace.cargo(&arguments))?;
    if finished.is_success {
        Ok(workspace.target.join("release/examples/speed"))
    } else {
        let end = process::last_lines(&finished.errors, 40);
        Err(Problem::new(format!(
            "the measurement does not build:\n{end}"
        )))
    }
}

/// Runs a step and reads the lines that it prints.
fn lines(program: &Path, arguments: &[&str]) -> Result<Vec<Value>, Problem> {
    let finished = process::captured(Command::new(program).args(arguments))?;
    if finished.is_success {
        Ok(read(&finished.output))
    } else {
        let end = process::last_lines(&finished.errors, 5);
        Err(Problem::new(format!(
            "{} failed: {end}",
            arguments.join(" ")
        )))
    }
}

fn read(output: &str) -> Vec<Value> {
    let line = |line: &str| serde_json::from_str(line).ok();
    output.lines().filter_map(line).collect()
}

/// Nothing when the peers cannot be asked; a line says why.
fn ask_peers(workspace: &Workspace, columns: &Path) -> Vec<Value> {
    match python(workspace) {
        Ok(python) => {
            let mut command = Command::new(python);
            command
                .arg(workspace.file("crates/peil-dev/peers/facts.py"))
                .arg(columns);
            match process::captured(&mut command) {
                Ok(finished) => read(&finished.output),
                Err(problem) => {
                    println!("the peers are absent: {problem}");
                    Vec::new()
                }
            }
        }
        Err(problem) => {
            println!("the peers are absent: {problem}");
            Vec::new()
        }
    }
}

/// A Python with the peers in a folder of its own.
fn python(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let requirements = workspace.file("crates/peil-dev/peers/facts-requirements.txt");
    let wanted = std::fs::read_to_string(&requirements)
        .map_err(|cause| Problem::at(&requirements, &cause))?;
    let folder = environment::cache_folder().join("facts-peers");
    let python = folder.join("bin").join("python");
    // Written last, so it is there only after an installation that went well.
    let note = folder.join("installed.txt");
    if std::fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    println!("installing the peers");
    let mut venv = Command::new(setup::ensure(workspace, Tool::PythonVenv)?);
    venv.args(["-m", "venv", "--clear"]).arg(&folder);
    setup::run(&mut venv, workspace, "python-venv")?;
    let mut pip = Command::new(folder.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--requirement"])
        .arg(&requirements);
    setup::run(&mut pip, workspace, "pip-install")?;
    std::fs::write(&note, wanted).map_err(|cause| Problem::at(&note, &cause))?;
    Ok(python)
}

fn print(built: &[Value], opened: &[Value], compared: &[Value], peers: &[Value]) -> bool {
    for line in built.iter().chain(opened) {
        for (name, value) in line.as_object().into_iter().flatten() {
            println!("  {name:<32} {value}");
        }
    }
    let [duckdb, polars, datafusion, chdb] = PEERS;
    let heads = format!("{duckdb:>12}{polars:>12}{datafusion:>12}{chdb:>12}");
    println!(
        "{:<42} {:>9} {:>9} {:>6}{heads}",
        "", "Peil ms", "kernel", "ratio"
    );
    let mut is_fast = true;
    for line in compared {
        let number = |name: &str| line.get(name).and_then(Value::as_f64);
        if let Some(mean) = number("geometric_mean") {
            println!("{:<42} {mean:>26.2}", "geometric mean");
            is_fast &= mean <= LIMIT;
        }
        let (Some(question), Some(ours)) = (
            line.get("question").and_then(Value::as_str),
            number("peil_ms"),
        ) else {
            continue;
        };
        let kernel = number("kernel_ms").unwrap_or_default();
        let ratio = number("ratio").unwrap_or_default();
        print!("{question:<42} {ours:>9.2} {kernel:>9.2} {ratio:>6.2}");
        for peer in PEERS {
            match time_of(peers, peer, question) {
                Some(theirs) => {
                    print!(" {theirs:>11.1}");
                    is_fast &= ours <= theirs;
                }
                None => print!(" {:>11}", "-"),
            }
        }
        println!();
    }
    is_fast
}

/// What a peer took for the question that begins with the same word.
fn time_of(peers: &[Value], engine: &str, question: &str) -> Option<f64> {
    let word = question.split_whitespace().next()?;
    let is_it = |line: &&Value| {
        line.get("engine").and_then(Value::as_str) == Some(engine)
            && line.get("question").and_then(Value::as_str) == Some(word)
    };
    peers.iter().find(is_it)?.get("ms")?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_is_found_by_the_first_word_of_a_question() {
        let output = "noise\n{\"engine\":\"chdb\",\"question\":\"Q2\",\"ms\":1.5}\n";
        let peers = read(output);
        assert_eq!(time_of(&peers, "chdb", "Q2 month"), Some(1.5));
        assert_eq!(time_of(&peers, "chdb", "Q3 month"), None);
        assert_eq!(time_of(&peers, "DuckDB", "Q2 month"), None);
    }
}
