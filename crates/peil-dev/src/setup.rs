//! Installs what is missing where that is allowed: as root on Debian and its children.
//!
//! Elsewhere it says which package to install. It never starts or changes a service.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use crate::problem::Problem;
use crate::process;
use crate::tools::{self, Tool};
use crate::workspace::Workspace;

const INSTALL_LIMIT: Duration = Duration::from_mins(30);

/// The version of cargo-nextest that is installed when there is none.
const NEXTEST_VERSION: &str = "0.9.143";

/// Finds a tool, installing it first when it is missing and we may.
pub(crate) fn ensure(workspace: &Workspace, tool: Tool) -> Result<PathBuf, Problem> {
    let problem = match tool.find() {
        Ok(path) => return Ok(path),
        Err(problem) => problem,
    };
    let package = tool.debian_package();
    if !may_install() {
        return Err(Problem::new(format!(
            "{problem}; install the package `{package}`"
        )));
    }
    install_debian_package(workspace, package)?;
    tool.find()
}

/// Says whether this program may install system packages here.
pub(crate) fn may_install() -> bool {
    is_root() && tools::program("apt-get").is_ok()
}

/// Says whether we run as the administrator of this machine.
pub(crate) fn is_root() -> bool {
    user_number(&[]) == Some(0)
}

/// Asks `id` for a number: of ourselves, or of the account that is named.
pub(crate) fn user_number(account: &[&str]) -> Option<u32> {
    number_from_id("-u", account)
}

/// The number of an account's own group.
pub(crate) fn group_number(account: &[&str]) -> Option<u32> {
    number_from_id("-g", account)
}

fn number_from_id(flag: &str, account: &[&str]) -> Option<u32> {
    let finished = process::captured(Command::new("id").arg(flag).args(account)).ok()?;
    finished.output.trim().parse().ok()
}

fn install_debian_package(workspace: &Workspace, package: &str) -> Result<(), Problem> {
    static PACKAGE_LISTS: OnceLock<bool> = OnceLock::new();
    let are_fresh = *PACKAGE_LISTS.get_or_init(|| {
        println!("refreshing the package lists");
        apt_get(workspace, &["update"]).is_ok()
    });
    if !are_fresh {
        return Err(Problem::new(format!("{package}: apt-get update failed")));
    }
    println!("installing {package}");
    apt_get(
        workspace,
        &["install", "-y", "--no-install-recommends", package],
    )
}

fn apt_get(workspace: &Workspace, arguments: &[&str]) -> Result<(), Problem> {
    let mut command = Command::new("apt-get");
    // A run level of one keeps freshly installed packages from starting their services.
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("RUNLEVEL", "1");
    run(&mut command, workspace, "apt-get")
}

/// Installs the packages of the browser tests, unless they are there already.
pub(crate) fn ensure_npm_packages(
    workspace: &Workspace,
    npm: &Path,
    folder: &Path,
) -> Result<(), Problem> {
    // Written by npm at the end of an installation, so older means: the lock has changed since.
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    let wanted = modified(&folder.join("package-lock.json"));
    if installed.is_some() && installed >= wanted {
        return Ok(());
    }
    let mut command = Command::new(npm);
    command
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder);
    run(&mut command, workspace, "npm-ci")
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(path).ok()?.modified().ok()
}

/// Makes sure of cargo-nextest; without it the tests run more slowly, but they run.
pub(crate) fn has_nextest(workspace: &Workspace) -> bool {
    if tools::program("cargo-nextest").is_ok() {
        return true;
    }
    println!("installing cargo-nextest");
    let arguments = [
        "install",
        "cargo-nextest",
        "--locked",
        "--version",
        NEXTEST_VERSION,
    ];
    let installed = run(
        &mut workspace.cargo(&arguments),
        workspace,
        "install-nextest",
    );
    installed.is_ok() && tools::program("cargo-nextest").is_ok()
}

/// Runs an installing program; its output matters only when it fails.
pub(crate) fn run(command: &mut Command, workspace: &Workspace, step: &str) -> Result<(), Problem> {
    let finished = process::logged(command, &workspace.log(step), INSTALL_LIMIT)?;
    if finished.is_success {
        Ok(())
    } else {
        let end = process::last_lines(&finished.output, 20);
        Err(Problem::new(format!("{step} failed:\n{end}")))
    }
}
