//! `cargo dev bench screen`: how long choices in the explorer take on a screen, from the change to the
//! frame with the new figures, on a questionnaire with a million submissions.

use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::browser_tests::Browser;
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::workspace::Workspace;

use super::{
    collect, median,
    stores::{Place, Programs},
};

/// Longer than this nobody may wait for what was shown before.
const MOST_AGAIN_MS: f64 = 100.0;
/// What is chosen for the first time should not be slower either; told, since the browser has a part in it.
const WISH_NEW_MS: f64 = 100.0;

/// A choice, as the browser saw it.
#[derive(Debug, Serialize, Deserialize)]
struct Choice {
    name: String,
    /// The first time since the program began, and what of that the answer of the server took.
    new_ms: f64,
    new_server_ms: f64,
    /// Every time after that, and the same.
    again_ms: Vec<f64>,
    server_ms: Vec<f64>,
}

impl Choice {
    fn is_quick_again(&self) -> bool {
        median(&self.again_ms) <= MOST_AGAIN_MS
    }
}

/// Measures and prints; the answer says whether nothing takes too long that was shown before. A folder that
/// `bench collect` made is used as it is; without one a copy of the one that is kept.
pub(crate) fn run(
    workspace: &Workspace,
    folder: Option<&Path>,
    profile: &str,
) -> Result<bool, Problem> {
    let programs = Programs::build(workspace, profile)?;
    let tests = workspace.file("tests-browser");
    let browser = Browser::ensure(workspace, &tests)?;
    let scratch = Scratch::new("screen")?;
    let place = match folder {
        Some(folder) => programs.made(folder)?,
        None => collect::place(&programs, workspace, &scratch)?,
    };
    let choices = measure(&programs.peil, &browser, &tests, &place, scratch.path())?;
    print(&choices);
    super::write(&choices, &workspace.target.join("bench-screen.json"))?;
    Ok(!choices.is_empty() && choices.iter().all(Choice::is_quick_again))
}

fn measure(
    peil: &Path,
    browser: &Browser,
    tests: &Path,
    place: &Place,
    scratch: &Path,
) -> Result<Vec<Choice>, Problem> {
    let server = collect::start(peil, place, scratch)?;
    std::thread::sleep(collect::SETTLE);
    println!("choosing ...");
    let mut node = Command::new(&browser.node);
    node.current_dir(tests)
        .env("CHROMIUM", &browser.chromium)
        .env("PEIL_URL", server.address())
        .env("PEIL_COOKIE", &place.entry.cookie)
        .env("PEIL_RESULTS", &place.entry.results)
        .arg("screen.mjs");
    let finished = process::captured(&mut node)?;
    if !finished.is_success {
        let end = process::last_lines(&finished.errors, 20);
        return Err(Problem::new(format!("the browser does not get on:\n{end}")));
    }
    let lines = finished.output.lines();
    lines
        .map(|line| {
            serde_json::from_str(line)
                .map_err(|cause| Problem::new(format!("the browser says {line}: {cause}")))
        })
        .collect()
}

fn print(choices: &[Choice]) {
    println!("choice                       new ms  server  again ms  server");
    for choice in choices {
        let slow = if !choice.is_quick_again() {
            "  MISSED"
        } else if choice.new_ms > WISH_NEW_MS {
            "  slow at first"
        } else {
            ""
        };
        println!(
            "{:<27}  {:>6.0}  {:>6.0}  {:>8.0}  {:>6.0}{slow}",
            choice.name,
            choice.new_ms,
            choice.new_server_ms,
            median(&choice.again_ms),
            median(&choice.server_ms),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_says_is_read_and_judged_by_its_middle() {
        let line = r#"{"name":"by week","new_ms":140.5,"new_server_ms":80,"again_ms":[90,99,300],"server_ms":[9,8,7]}"#;
        let mut choice: Choice = serde_json::from_str(line).unwrap();
        assert!(choice.is_quick_again());
        choice.again_ms.extend([120.0, 130.0]);
        assert!(!choice.is_quick_again());
    }
}
