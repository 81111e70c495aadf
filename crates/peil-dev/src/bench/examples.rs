//! Programs of one crate that measure it, and the figures that they print.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

/// Figures by what they are of.
pub(super) type Figures = BTreeMap<String, f64>;

/// Builds an example of a crate with all optimisation, and says where it is.
pub(super) fn build(
    workspace: &Workspace,
    package: &str,
    example: &str,
) -> Result<PathBuf, Problem> {
    let arguments = ["build", "--release", "-p", package, "--example", example];
    let finished = process::captured(&mut workspace.cargo(&arguments))?;
    if finished.is_success {
        Ok(workspace.target.join("release/examples").join(example))
    } else {
        let end = process::last_lines(&finished.errors, 40);
        let problem = format!("example {example} of {package} does not build:\n{end}");
        Err(Problem::new(problem))
    }
}

/// The figures that a step prints, one JSON object a line.
pub(super) fn figures(command: &mut Command) -> Result<Figures, Problem> {
    let finished = process::captured(command)?;
    if !finished.is_success {
        return Err(Problem::new(process::last_lines(&finished.errors, 5)));
    }
    let read = |line: &str| {
        let line: Value = serde_json::from_str(line).ok()?;
        let what = line.get("what")?.as_str()?.to_owned();
        Some((what, line.get("figure")?.as_f64()?))
    };
    Ok(finished.output.lines().filter_map(read).collect())
}
