//! `cargo dev base`: learns anew what Peil knows of open answers before anybody taught it, from the labelled answers in
//! the repository. A test of peil-themes says when that is needed.

use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

/// Where the answers are, and where what was learned goes.
const ANSWERS: &str = "crates/peil-themes/data/answers";
const BASE: &str = "crates/peil-themes/data/base.bin";

/// Learns and writes.
pub(crate) fn run(workspace: &Workspace) -> Result<bool, Problem> {
    let mut learn = workspace.cargo(&["run", "--release", "-q", "-p", "peil-themes"]);
    learn
        .args(["--example", "base", "--", "learn"])
        .args([workspace.file(ANSWERS), workspace.file(BASE)]);
    let finished = process::captured(&mut learn)?;
    print!("{}", finished.output);
    if finished.is_success {
        Ok(true)
    } else {
        Err(Problem::new(process::last_lines(&finished.errors, 20)))
    }
}
