//! What Cargo knows about the workspace and everything that it builds.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::problem::Problem;
use crate::process;

/// The part of `cargo metadata` that we use.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    pub(crate) workspace_members: Vec<String>,
    pub(crate) workspace_root: PathBuf,
    pub(crate) target_directory: PathBuf,
}

/// One package, ours or somebody else's.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) license: Option<String>,
    pub(crate) dependencies: Vec<Dependency>,
}

/// A dependency as written in a manifest; tests' and builds' included.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
}

impl Metadata {
    /// The packages that are ours.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }
}

/// The workspace alone: quick, and needs no network.
pub(crate) fn read_members() -> Result<Metadata, Problem> {
    read(Path::new("."), &["--no-deps"])
}

/// The workspace and every package that it pulls in, for every platform.
pub(crate) fn read_all(root: &Path) -> Result<Metadata, Problem> {
    read(root, &[])
}

fn read(folder: &Path, arguments: &[&str]) -> Result<Metadata, Problem> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .current_dir(folder);
    let finished = process::captured(&mut cargo)?;
    if !finished.is_success {
        return Err(Problem::new(format!(
            "cargo metadata failed:\n{}",
            finished.errors
        )));
    }
    serde_json::from_str(&finished.output)
        .map_err(|cause| Problem::new(format!("cargo metadata is not understood: {cause}")))
}
