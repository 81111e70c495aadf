//! The tests that drive a real browser against the real program.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::build;
use crate::output::tap::{self, Report};
use crate::problem::Problem;
use crate::process;
use crate::setup;
use crate::tally::Tally;
use crate::tools::Tool;
use crate::workspace::Workspace;

const LIMIT: Duration = Duration::from_mins(30);

/// Runs the browser tests whose name contains the filter, or all of them.
pub(crate) fn run(workspace: &Workspace, filter: Option<&str>) -> Result<Tally, Problem> {
    let folder = workspace.file("tests-browser");
    let files = test_files(&folder);
    if files.is_empty() {
        return Ok(Tally::default());
    }
    let browser = match Browser::ensure(workspace, &folder) {
        Ok(browser) => browser,
        Err(problem) => return Ok(Tally::skipped_whole("browser tests", problem.to_string())),
    };
    let program = build::for_tests(workspace)?;
    let mut node = Command::new(&browser.node);
    node.current_dir(&folder)
        .env("PEIL_BIN", program)
        .env("CHROMIUM", &browser.chromium)
        .args(["--test", "--test-concurrency=1", "--test-reporter=tap"]);
    if let Some(part) = filter {
        node.arg(format!("--test-name-pattern={}", as_pattern(part)));
    }
    node.args(&files);
    let finished = process::logged(&mut node, &workspace.log("browser-tests"), LIMIT)?;
    if !finished.is_success {
        eprintln!("{}", process::last_lines(&failures(&finished.output), 400));
    }
    let tally = tap::report(&finished.output).map_or_else(Tally::default, |report| {
        into_tally(report, filter.is_some())
    });
    Ok(tally.blame_unless(finished.is_success))
}

/// What driving a browser needs, all in place.
pub(crate) struct Browser {
    pub(crate) node: PathBuf,
    pub(crate) chromium: PathBuf,
}

impl Browser {
    pub(crate) fn ensure(workspace: &Workspace, folder: &Path) -> Result<Self, Problem> {
        let node = setup::ensure(workspace, Tool::Node)?;
        let npm = setup::ensure(workspace, Tool::Npm)?;
        let chromium = setup::ensure(workspace, Tool::Chromium)?;
        setup::ensure_npm_packages(workspace, &npm, folder)?;
        Ok(Self { node, chromium })
    }
}

/// The files with tests, in the order of their names.
fn test_files(folder: &Path) -> Vec<OsString> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<OsString> = entries
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    files
}

/// Node takes a regular expression; we promise a plain part of the name.
fn as_pattern(part: &str) -> String {
    let mut pattern = String::new();
    for letter in part.chars() {
        if !letter.is_alphanumeric() && letter != ' ' {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// Leaves out the tests that went well, and the totals, which we give ourselves.
fn failures(output: &str) -> String {
    let mut kept = Vec::new();
    let mut is_kept = true;
    for line in output.lines() {
        let text = line.trim_start();
        if text.starts_with("ok ") || text.starts_with("# ") {
            is_kept = false;
        } else if text.starts_with("not ok ") {
            is_kept = true;
        }
        if is_kept {
            kept.push(line);
        }
    }
    kept.join("\n")
}

fn into_tally(report: Report, is_filtered: bool) -> Tally {
    let mut tally = Tally {
        passed: report.counts.passed,
        failed: report.counts.failed,
        ..Tally::default()
    };
    if is_filtered {
        return tally;
    }
    let mut unnamed = report.counts.skipped;
    for skipped in report.skipped {
        unnamed = unnamed.saturating_sub(1);
        tally.skip(1, "browser test", skipped);
    }
    if unnamed > 0 {
        tally.skip(unnamed, "browser tests", "left out by their own choice");
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Counts;

    #[test]
    fn a_filter_is_taken_literally() {
        assert_eq!(as_pattern("sign in (nl)"), "sign in \\(nl\\)");
    }

    #[test]
    fn only_failures_are_shown() {
        let output = "\
# Subtest: good
ok 1 - good
  ---
  duration_ms: 1
  ...
# Subtest: bad
not ok 2 - bad
  ---
  error: 'no heading'
  ...
# fail 1";
        let expected = "not ok 2 - bad\n  ---\n  error: 'no heading'\n  ...";
        assert_eq!(failures(output), expected);
    }

    #[test]
    fn every_skip_is_counted_once_and_named_when_it_has_a_name() {
        let report = Report {
            counts: Counts {
                passed: 1,
                failed: 0,
                skipped: 3,
            },
            skipped: vec!["passkey: needs hardware".to_owned()],
        };
        let tally = into_tally(report, false);
        assert_eq!(tally.skipped(), 3);
        assert_eq!(tally.skips.len(), 2);
    }
}
