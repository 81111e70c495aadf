//! `cargo dev doctor`: what this machine has and lacks for development.

use crate::problem::Problem;
use crate::setup;
use crate::tools::{self, Tool};
use crate::workspace::Workspace;

/// Prints one line per tool; the answer says whether everything is there.
pub(crate) fn run(workspace: &Workspace) -> bool {
    let mut is_complete = report(
        "Rust",
        "everything",
        &tools::require_rust(workspace).map(|()| "new enough".to_owned()),
    );
    for tool in Tool::ALL {
        let found = tool
            .find()
            .map(|path| path.display().to_string())
            .map_err(|problem| {
                let package = tool.debian_package();
                let remedy = if setup::may_install() {
                    "`cargo dev test` installs"
                } else {
                    "install"
                };
                Problem::new(format!("{problem}; {remedy} the package `{package}`"))
            });
        is_complete &= report(tool.debian_package(), tool.purpose(), &found);
    }
    // Without these two all tests still run, in a plainer way.
    for (name, purpose) in [
        ("cargo-nextest", "faster Rust tests"),
        ("cargo-deny", "known security advisories"),
    ] {
        let found = tools::program(name).map(|path| path.display().to_string());
        report(name, purpose, &found);
    }
    is_complete
}

fn report(name: &str, purpose: &str, found: &Result<String, Problem>) -> bool {
    let (mark, text) = match found {
        Ok(text) => ("has  ", text.clone()),
        Err(problem) => ("lacks", problem.to_string()),
    };
    println!("{mark}  {name:<14} {purpose:<28} {text}");
    found.is_ok()
}
