//! Files that are made from the program itself and never edited by hand.

use std::path::Path;
use std::process::Command;

use crate::build;
use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

/// A generated file and what `peil` is asked to print for it.
struct Generated {
    path: &'static str,
    arguments: &'static [&'static str],
}

const FILES: &[Generated] = &[
    Generated {
        path: "docs/reference/openapi.json",
        arguments: &["openapi"],
    },
    Generated {
        path: "docs/reference/cli.md",
        arguments: &["reference"],
    },
];

/// Writes the generated files anew, or only names those that are out of date.
pub(crate) fn run(workspace: &Workspace, only_compare: bool) -> Result<bool, Problem> {
    if only_compare {
        let outdated = outdated(workspace)?;
        for path in &outdated {
            println!("out of date: {path} (run `cargo dev generate`)");
        }
        return Ok(outdated.is_empty());
    }
    let peil = build::for_tests(workspace)?;
    for file in FILES {
        let path = workspace.file(file.path);
        let text = print(&peil, file)?;
        if std::fs::read_to_string(&path).is_ok_and(|present| present == text) {
            println!("unchanged: {}", file.path);
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|cause| Problem::at(folder, &cause))?;
        }
        std::fs::write(&path, text).map_err(|cause| Problem::at(&path, &cause))?;
        println!("written: {}", file.path);
    }
    Ok(true)
}

/// The generated files that differ from what the program prints now.
pub(crate) fn outdated(workspace: &Workspace) -> Result<Vec<&'static str>, Problem> {
    let peil = build::for_tests(workspace)?;
    let mut outdated = Vec::new();
    for file in FILES {
        let text = print(&peil, file)?;
        let present = std::fs::read_to_string(workspace.file(file.path)).unwrap_or_default();
        if present != text {
            outdated.push(file.path);
        }
    }
    Ok(outdated)
}

fn print(peil: &Path, file: &Generated) -> Result<String, Problem> {
    let finished = process::captured(Command::new(peil).args(file.arguments))?;
    if finished.is_success && !finished.output.is_empty() {
        // Files end with exactly one line break, whatever the program prints.
        Ok(format!("{}\n", finished.output.trim_end()))
    } else {
        let asked = file.arguments.join(" ");
        Err(Problem::new(format!(
            "`peil {asked}` printed nothing: {}",
            finished.errors.trim()
        )))
    }
}
