//! Builds Peil and becomes it, with a demonstration organisation.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::build;
use crate::command::DemoOptions;
use crate::model;
use crate::problem::Problem;
use crate::process;
use crate::tools;
use crate::workspace::Workspace;

/// Starts the demonstration; only comes back when that failed.
pub(crate) fn run(workspace: &Workspace, options: &DemoOptions) -> Result<bool, Problem> {
    tools::require_rust(workspace)?;
    println!("Building Peil. The first time takes some minutes; later starts take seconds.");
    let program = build::with_profile(workspace, "demo")?;
    let data = options
        .data
        .clone()
        .unwrap_or_else(|| workspace.target.join("demo-data"));
    add_sentence_vectors(workspace, &program, &data)?;
    let mut peil = Command::new(program);
    peil.arg("demo")
        .arg("--data")
        .arg(&data)
        .args(["--listen", &options.listen]);
    // Becoming the program, rather than waiting for it, lets it handle Ctrl-C by itself.
    let cause = peil.exec();
    Err(process::cannot_start(&peil, &cause))
}

/// Gives the demonstration the sentence vectors that `cargo dev model` has made, when it has.
fn add_sentence_vectors(workspace: &Workspace, program: &Path, data: &Path) -> Result<(), Problem> {
    let made = model::made(workspace);
    if !made.is_file() {
        println!("Without sentence vectors; `cargo dev model` makes them.");
        return Ok(());
    }
    let mut add = Command::new(program);
    add.args(["model", "add"]).arg(made).arg("--data").arg(data);
    let finished = process::captured(&mut add)?;
    if finished.is_success {
        Ok(())
    } else {
        Err(Problem::new(finished.errors))
    }
}
