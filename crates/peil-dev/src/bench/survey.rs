//! `cargo dev bench survey`: how fast questionnaires are reviewed, written, shown and read from files
//! of other programs, also on hostile input.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;

use crate::build;
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

use super::measures::times;

/// The longest each measurement of the reviewer may take, in milliseconds.
const REVIEW: [(&str, f64); 8] = [
    ("first question, lists read", 50.0),
    ("one question", 5.0),
    ("questionnaire of 30 questions, nl and en", 5.0),
    ("1 MB of questions", 5_000.0),
    ("1 MB of one word", 5_000.0),
    ("1 MB of denials", 5_000.0),
    ("1 MB of signs", 5_000.0),
    ("1 MB without a blank", 5_000.0),
];
/// The same of the designer and of the page that customers get.
const PAGES: [(&str, f64); 2] = [
    ("findings while typing, saved and shown", 50.0),
    ("page of 30 questions, as the customer gets it", 0.3),
];
/// The same of reading any file, with starting the program.
const IMPORT: f64 = 200.0;
/// How often every file is read; the best counts.
const READS: u32 = 5;

/// One line of the table.
#[derive(Debug, Serialize)]
struct Line {
    name: String,
    milliseconds: f64,
    limit: f64,
}

/// Measures and prints; the answer says whether everything stayed within its limit.
pub(crate) fn run(
    workspace: &Workspace,
    folder: Option<&Path>,
    profile: &str,
) -> Result<bool, Problem> {
    let mut lines = Vec::new();
    let measured = example(workspace, "peil-domain", "reviewer_speed", profile)?;
    take(&mut lines, &measured, &REVIEW)?;
    let measured = example(workspace, "peil", "survey_speed", profile)?;
    take(&mut lines, &measured, &PAGES)?;
    if let Some(folder) = folder {
        let peil = build::with_profile(workspace, profile)?;
        lines.push(import(&peil, folder)?);
    }
    for line in &lines {
        println!(
            "{:<48} {:>11.4} ms, limit {} ms",
            line.name, line.milliseconds, line.limit
        );
    }
    super::write(&lines, &workspace.target.join("bench-survey.json"))?;
    Ok(lines.iter().all(|line| line.milliseconds <= line.limit))
}

/// What a program for measuring prints.
fn example(
    workspace: &Workspace,
    package: &str,
    name: &str,
    profile: &str,
) -> Result<String, Problem> {
    let arguments = [
        "run",
        "--package",
        package,
        "--example",
        name,
        "--profile",
        profile,
    ];
    let finished = process::captured(&mut workspace.cargo(&arguments))?;
    if finished.is_success {
        return Ok(finished.output);
    }
    let end = process::last_lines(&finished.errors, 40);
    Err(Problem::new(format!("{name} does not run:\n{end}")))
}

fn take(lines: &mut Vec<Line>, measured: &str, limits: &[(&str, f64)]) -> Result<(), Problem> {
    let measured = times(measured);
    for (name, limit) in limits {
        let milliseconds = measured.get(*name).copied();
        lines.push(Line {
            name: (*name).to_owned(),
            milliseconds: milliseconds
                .ok_or_else(|| Problem::new(format!("{name} was not measured")))?,
            limit: *limit,
        });
    }
    Ok(())
}

/// Reads every questionnaire of a folder by command; what the slowest took.
fn import(peil: &Path, folder: &Path) -> Result<Line, Problem> {
    let scratch = Scratch::new("survey")?;
    let mut slowest: Option<Line> = None;
    for file in files(folder)? {
        let milliseconds = read(peil, &file, scratch.path())?;
        if slowest
            .as_ref()
            .is_none_or(|line| line.milliseconds < milliseconds)
        {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            slowest = Some(Line {
                name: format!("import of {name}"),
                milliseconds,
                limit: IMPORT,
            });
        }
    }
    slowest.ok_or_else(|| Problem::new(format!("no questionnaire in {}", folder.display())))
}

/// Milliseconds of reading a file, the best of some times.
fn read(peil: &Path, file: &Path, into: &Path) -> Result<f64, Problem> {
    let mut best = f64::INFINITY;
    for _ in 0..READS {
        let mut command = Command::new(peil);
        command.args(["survey", "import"]).arg(file);
        for (option, name) in [("--out", "survey.json"), ("--report", "report.json")] {
            command.arg(option).arg(into.join(name));
        }
        let watch = Stopwatch::start();
        let finished = process::captured(&mut command)?;
        best = best.min(watch.elapsed().as_secs_f64() * 1_000.0);
        if !finished.is_success {
            let said = process::last_lines(&finished.errors, 10);
            return Err(Problem::new(format!("{}: {said}", file.display())));
        }
    }
    Ok(best)
}

/// Questionnaires in a folder and below.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let failed = |cause: std::io::Error| Problem::at(folder, &cause);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if is_survey(&path) {
            found.push(path);
        }
    }
    Ok(found)
}

fn is_survey(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    ["lss", "qsf", "json", "xlsx"].contains(&extension.as_ref())
}
