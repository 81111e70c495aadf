//! Builds the program under test.

use std::path::PathBuf;
use std::time::Duration;

use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

/// Long enough for a first build on a slow machine.
pub(crate) const BUILD_LIMIT: Duration = Duration::from_hours(1);

/// Builds `peil` as the tests use it and says where it is.
///
/// The whole workspace with its tests is built in one go: built alone, `peil` would
/// get its dependencies with other features and compile most of them a second time.
pub(crate) fn for_tests(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let arguments = ["build", "--workspace", "--all-targets"];
    let mut cargo = workspace.cargo(&arguments);
    let finished = process::logged(&mut cargo, &workspace.log("build"), BUILD_LIMIT)?;
    if finished.is_success {
        Ok(workspace.target.join("debug").join("peil"))
    } else {
        let end = process::last_lines(&finished.output, 60);
        Err(Problem::new(format!("peil does not build:\n{end}")))
    }
}

/// Builds `peil` with a named profile, showing Cargo's own progress.
pub(crate) fn with_profile(workspace: &Workspace, profile: &str) -> Result<PathBuf, Problem> {
    let mut cargo = workspace.cargo(&["build", "--package", "peil", "--profile", profile]);
    let status = cargo
        .status()
        .map_err(|cause| process::cannot_start(&cargo, &cause))?;
    if status.success() {
        Ok(workspace.target.join(profile).join("peil"))
    } else {
        Err(Problem::new("peil does not build, see above"))
    }
}
