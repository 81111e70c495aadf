//! `cargo dev bench review`: how fast the reviewer of questionnaires is, also on hostile input.

use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

use super::measures::times;

/// The longest each measurement may take, in milliseconds.
const LIMITS: [(&str, f64); 8] = [
    ("first question, lists read", 50.0),
    ("one question", 5.0),
    ("questionnaire of 30 questions, nl and en", 5.0),
    ("1 MB of questions", 5_000.0),
    ("1 MB of one word", 5_000.0),
    ("1 MB of denials", 5_000.0),
    ("1 MB of signs", 5_000.0),
    ("1 MB without a blank", 5_000.0),
];

/// Measures and prints; the answer says whether everything stayed within its limit.
pub(crate) fn run(workspace: &Workspace) -> Result<bool, Problem> {
    let arguments = [
        "run",
        "--release",
        "-p",
        "peil-domain",
        "--example",
        "reviewer_speed",
    ];
    let finished = process::captured(&mut workspace.cargo(&arguments))?;
    if !finished.is_success {
        let end = process::last_lines(&finished.errors, 40);
        return Err(Problem::new(format!("the reviewer does not run:\n{end}")));
    }
    let measured = times(&finished.output);
    let mut is_within = true;
    for (name, limit) in LIMITS {
        let milliseconds = measured
            .get(name)
            .copied()
            .ok_or_else(|| Problem::new(format!("{name} was not measured")))?;
        println!("{name:<42} {milliseconds:>11.4} ms, limit {limit} ms");
        is_within &= milliseconds <= limit;
    }
    Ok(is_within)
}
