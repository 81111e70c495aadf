//! Where the repository and its build results are.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::metadata;
use crate::problem::Problem;

/// The folders that every command works in.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the developer has put it.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Asks Cargo.
    pub(crate) fn load() -> Result<Self, Problem> {
        let metadata = metadata::read_members()?;
        Ok(Self {
            root: metadata.workspace_root,
            target: metadata.target_directory,
        })
    }

    /// Cargo, ready to run at the root of the repository.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(&self.root);
        command
    }

    /// Where the output of a long step is written.
    pub(crate) fn log(&self, step: &str) -> PathBuf {
        self.target.join("dev-logs").join(format!("{step}.log"))
    }

    /// A path inside the repository.
    pub(crate) fn file(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }
}
