//! Python with the peers that Peil is measured beside, each set of them in a folder of its own.

use std::path::PathBuf;
use std::process::Command;

use crate::environment;
use crate::problem::Problem;
use crate::setup;
use crate::tools::Tool;
use crate::workspace::Workspace;

/// A Python with what `peers/NAME-requirements.txt` names; fails where it cannot be installed.
pub(super) fn python(workspace: &Workspace, name: &str) -> Result<PathBuf, Problem> {
    let requirements = workspace.file(format!("crates/peil-dev/peers/{name}-requirements.txt"));
    let wanted = std::fs::read_to_string(&requirements)
        .map_err(|cause| Problem::at(&requirements, &cause))?;
    let folder = environment::cache_folder().join(format!("{name}-peers"));
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
