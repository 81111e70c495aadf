//! Finds the programs that tests and demonstration need.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::environment;
use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

/// The oldest Node that runs the browser tests.
const OLDEST_NODE: u32 = 20;

/// A program or library that does not come with the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Postgres,
    Chromium,
    Node,
    Npm,
    PythonVenv,
}

impl Tool {
    pub(crate) const ALL: [Self; 5] = [
        Self::Postgres,
        Self::Chromium,
        Self::Node,
        Self::Npm,
        Self::PythonVenv,
    ];

    /// The Debian package that brings it.
    pub(crate) const fn debian_package(self) -> &'static str {
        match self {
            Self::Postgres => "postgresql",
            Self::Chromium => "chromium",
            Self::Node => "nodejs",
            Self::Npm => "npm",
            Self::PythonVenv => "python3-venv",
        }
    }

    /// What it is needed for.
    pub(crate) const fn purpose(self) -> &'static str {
        match self {
            Self::Postgres => "storage tests on PostgreSQL",
            Self::Chromium | Self::Node | Self::Npm => "browser tests",
            Self::PythonVenv => "API fuzzing",
        }
    }

    /// Where it is, or why it cannot be used.
    pub(crate) fn find(self) -> Result<PathBuf, Problem> {
        match self {
            Self::Postgres => find_postgres(),
            Self::Chromium => find_chromium(),
            Self::Node => find_node(),
            Self::Npm => program("npm"),
            Self::PythonVenv => find_python(),
        }
    }
}

/// Searches a program in the folders of the search path.
pub(crate) fn program(name: &str) -> Result<PathBuf, Problem> {
    environment::search_path()
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .ok_or_else(|| Problem::new(format!("{name} is not installed")))
}

/// Refuses to go on with a compiler that is older than the workspace asks for.
pub(crate) fn require_rust(workspace: &Workspace) -> Result<(), Problem> {
    let needed = needed_rust(workspace)?;
    let found = process::captured(Command::new("rustc").arg("--version"))?.output;
    let is_enough = match (version_numbers(&found), version_numbers(&needed)) {
        (Some(found), Some(needed)) => found >= needed,
        _ => true,
    };
    if is_enough {
        return Ok(());
    }
    Err(Problem::new(format!(
        "Peil needs Rust {needed} or newer and this is {}. Install it with `rustup update stable`.",
        found.trim()
    )))
}

fn needed_rust(workspace: &Workspace) -> Result<String, Problem> {
    let path = workspace.file("Cargo.toml");
    let text = std::fs::read_to_string(&path).map_err(|cause| Problem::at(&path, &cause))?;
    let manifest: toml::Table = text
        .parse()
        .map_err(|cause| Problem::new(format!("{}: {cause}", path.display())))?;
    let version = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("package"))
        .and_then(|package| package.get("rust-version"))
        .and_then(toml::Value::as_str);
    Ok(version.unwrap_or("1.95").to_owned())
}

/// The first two numbers of the first version in a text: `(20, 11)` of `v20.11.1`.
fn version_numbers(text: &str) -> Option<(u32, u32)> {
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let mut numbers = text
        .get(from..)?
        .split(|letter: char| !letter.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(0);
    Some((major, minor))
}

/// The folder with the server and its tools; Debian keeps it out of the search path.
fn find_postgres() -> Result<PathBuf, Problem> {
    // A link in the search path may lead to a folder that has only some of the tools.
    let in_path = program("initdb").and_then(|path| {
        path.canonicalize()
            .map_err(|cause| Problem::at(&path, &cause))
    });
    let in_path = in_path
        .ok()
        .and_then(|path| path.parent().map(Path::to_owned));
    let is_complete = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_isready", "createdb"]
            .iter()
            .all(|name| folder.join(name).is_file())
    };
    in_path
        .into_iter()
        .chain(debian_postgres_folders())
        .find(is_complete)
        .ok_or_else(|| Problem::new("the PostgreSQL server is not installed"))
}

/// Where Debian puts each version, the newest first.
fn debian_postgres_folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<((u32, u32), PathBuf)> = entries
        .filter_map(|entry| {
            let version = version_numbers(&entry.file_name().to_string_lossy())?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    folders.sort();
    folders
        .into_iter()
        .rev()
        .map(|(_, folder)| folder)
        .collect()
}

fn find_chromium() -> Result<PathBuf, Problem> {
    if let Some(chosen) = environment::variable("CHROMIUM").map(PathBuf::from) {
        return Ok(chosen);
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(|name| program(name).ok())
        .ok_or_else(|| Problem::new("Chromium is not installed"))
}

fn find_node() -> Result<PathBuf, Problem> {
    let path = program("node")?;
    let version = process::captured(Command::new(&path).arg("--version"))?.output;
    match version_numbers(&version) {
        Some((major, _)) if major >= OLDEST_NODE => Ok(path),
        _ => Err(Problem::new(format!(
            "Node {OLDEST_NODE} or newer is needed and this is {}",
            version.trim()
        ))),
    }
}

fn find_python() -> Result<PathBuf, Problem> {
    let path = program("python3")?;
    // Debian ships the module `venv` without the part that puts pip into the new folder.
    let probe = process::captured(Command::new(&path).args(["-c", "import venv, ensurepip"]))?;
    if probe.is_success {
        Ok(path)
    } else {
        Err(Problem::new("the Python module venv is not installed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers_and_found_inside_sentences() {
        assert_eq!(version_numbers("rustc 1.95.0 (59807616e)"), Some((1, 95)));
        assert_eq!(version_numbers("v20.11.1"), Some((20, 11)));
        assert_eq!(version_numbers("15"), Some((15, 0)));
        assert_eq!(version_numbers("none"), None);
        assert!(version_numbers("1.100") > version_numbers("1.95"));
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let problem = program("peil-no-such-program").map_err(|problem| problem.to_string());
        assert_eq!(
            problem,
            Err("peil-no-such-program is not installed".to_owned())
        );
    }
}
