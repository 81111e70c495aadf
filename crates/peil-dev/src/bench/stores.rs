//! Data folders to be measured: one without answers, and one with very many, which is made once,
//! kept in the target folder and copied for every run.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

/// A data folder and how its pages are reached.
pub(super) struct Place {
    pub(super) folder: PathBuf,
    pub(super) entry: Entry,
}

/// What the program that fills folders prints.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    /// Somebody who is signed in.
    pub(super) cookie: String,
    /// The page with results of the questionnaire that is answered.
    pub(super) results: String,
    /// Whether answers had to be read first.
    has_read: bool,
}

/// The programs that are needed.
pub(super) struct Programs {
    pub(super) peil: PathBuf,
    filler: PathBuf,
}

impl Programs {
    /// Builds both in one go: built alone, `peil` might get its dependencies with other features.
    pub(super) fn build(workspace: &Workspace, profile: &str) -> Result<Self, Problem> {
        let arguments = [
            "build",
            "--package",
            "peil",
            "--bin",
            "peil",
            "--example",
            "collected",
            "--profile",
            profile,
        ];
        let mut cargo = workspace.cargo(&arguments);
        let status = cargo
            .status()
            .map_err(|cause| process::cannot_start(&cargo, &cause))?;
        if !status.success() {
            return Err(Problem::new("peil does not build, see above"));
        }
        let built = workspace.target.join(profile);
        Ok(Self {
            peil: built.join("peil"),
            filler: built.join("examples").join("collected"),
        })
    }

    /// A folder without answers.
    pub(super) fn empty(&self, folder: &Path) -> Result<Place, Problem> {
        self.enter(folder, 0)
    }

    /// A folder with so many submissions, and facts made of them: a copy of the one that is kept.
    pub(super) fn full(
        &self,
        workspace: &Workspace,
        submissions: u32,
        folder: &Path,
    ) -> Result<Place, Problem> {
        let name = format!("bench-collect-{submissions}");
        let kept = workspace.target.join(name);
        if !kept.join("facts-made").exists() {
            println!("making {submissions} submissions in {} ...", kept.display());
            // One that was made half-way begins anew.
            if kept.exists() {
                std::fs::remove_dir_all(&kept).map_err(|cause| Problem::at(&kept, &cause))?;
            }
            self.enter(&kept, submissions)?;
            self.make_facts(&kept)?;
        } else if self.enter(&kept, submissions)?.entry.has_read {
            // A release that reads otherwise has everything read once more, and that is not measured.
            self.make_facts(&kept)?;
        }
        let mut copy = Command::new("cp");
        copy.args(["-a", "--reflink=auto"]).arg(&kept).arg(folder);
        run(&mut copy)?;
        self.enter(folder, submissions)
    }

    /// A folder that was made before, as it is.
    pub(super) fn made(&self, folder: &Path) -> Result<Place, Problem> {
        if !folder.join("made").exists() {
            let folder = folder.display();
            return Err(Problem::new(format!(
                "`bench collect` did not make {folder}"
            )));
        }
        self.enter(folder, 0)
    }

    fn enter(&self, folder: &Path, submissions: u32) -> Result<Place, Problem> {
        let mut command = Command::new(&self.filler);
        command.arg(folder).arg(submissions.to_string());
        let said = run(&mut command)?;
        let entry = serde_json::from_str(&said).map_err(|cause| {
            Problem::new(format!("the filled folder does not open: {cause} {said}"))
        })?;
        Ok(Place {
            folder: folder.to_owned(),
            entry,
        })
    }

    fn make_facts(&self, folder: &Path) -> Result<(), Problem> {
        let mut command = Command::new(&self.peil);
        command.args(["facts", "rebuild", "--data"]).arg(folder);
        run(&mut command)?;
        let mark = folder.join("facts-made");
        std::fs::write(&mark, "").map_err(|cause| Problem::at(&mark, &cause))
    }
}

fn run(command: &mut Command) -> Result<String, Problem> {
    let finished = process::captured(command)?;
    if finished.is_success {
        Ok(finished.output)
    } else {
        let end = process::last_lines(&finished.errors, 20);
        Err(Problem::new(format!("{command:?} failed:\n{end}")))
    }
}
