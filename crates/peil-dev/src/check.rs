//! `cargo dev check`: format, lints, documentation, generated files and the house rules.

use std::time::Duration;

use crate::environment;
use crate::generate;
use crate::metadata;
use crate::problem::Problem;
use crate::process;
use crate::rules;
use crate::stopwatch::Stopwatch;
use crate::tally::Tally;
use crate::tools;
use crate::workspace::Workspace;

const LIMIT: Duration = Duration::from_hours(1);

/// A program whose happy ending is one passed check.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    variables: &'static [(&'static str, &'static str)],
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        arguments: &["fmt", "--all", "--check"],
        variables: &[],
    },
    Step {
        name: "clippy",
        arguments: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
        variables: &[],
    },
    Step {
        name: "documentation",
        arguments: &["doc", "--workspace", "--no-deps"],
        variables: &[("RUSTDOCFLAGS", "-D warnings")],
    },
];

/// Runs the checks as a command of their own, with the totals at the end.
pub(crate) fn run_alone(workspace: &Workspace, only_rules: bool) -> Result<bool, Problem> {
    let mut tally = Tally::default();
    check_house_rules(workspace, &mut tally)?;
    if !only_rules {
        check_with_cargo(workspace, &mut tally)?;
    }
    tally.print_closing();
    Ok(tally.is_good(environment::is_ci()))
}

/// Runs every check; each step and each house rule counts as one test.
pub(crate) fn run(workspace: &Workspace) -> Result<Tally, Problem> {
    let mut tally = Tally::default();
    check_house_rules(workspace, &mut tally)?;
    check_with_cargo(workspace, &mut tally)?;
    Ok(tally)
}

/// The checks that compile, so take minutes the first time.
fn check_with_cargo(workspace: &Workspace, tally: &mut Tally) -> Result<(), Problem> {
    for step in STEPS {
        run_step(workspace, step, tally)?;
    }
    run_deny(workspace, tally)?;
    check_generated(workspace, tally);
    Ok(())
}

/// Prints how one check ended and counts it; `complaint` is absent when all was well.
fn close(name: &str, watch: Stopwatch, complaint: Option<&str>, tally: &mut Tally) {
    let time = watch.display();
    if let Some(complaint) = complaint {
        tally.failed += 1;
        println!("  {time}  {name}: failed\n{complaint}");
    } else {
        tally.passed += 1;
        println!("  {time}  {name}");
    }
}

fn run_step(workspace: &Workspace, step: &Step, tally: &mut Tally) -> Result<(), Problem> {
    let watch = Stopwatch::start();
    let mut cargo = workspace.cargo(step.arguments);
    cargo
        .envs(step.variables.iter().copied())
        .env("CARGO_TERM_COLOR", "never");
    let finished = process::logged(&mut cargo, &workspace.log(step.name), LIMIT)?;
    let complaint = (!finished.is_success).then(|| process::last_lines(&finished.output, 300));
    close(step.name, watch, complaint.as_deref(), tally);
    Ok(())
}

/// What matters most of `deny.toml` is a house rule; the advisories need the program itself.
fn run_deny(workspace: &Workspace, tally: &mut Tally) -> Result<(), Problem> {
    if tools::program("cargo-deny").is_err() {
        println!(
            "            cargo-deny: not installed; licences and banned packages were checked by the house rules"
        );
        return Ok(());
    }
    let step = Step {
        name: "cargo-deny",
        arguments: &["deny", "check"],
        variables: &[],
    };
    run_step(workspace, &step, tally)
}

fn check_house_rules(workspace: &Workspace, tally: &mut Tally) -> Result<(), Problem> {
    let house = rules::House::read(workspace, metadata::read_all(&workspace.root)?)?;
    for rule in rules::ALL {
        let watch = Stopwatch::start();
        let findings = (rule.check)(&house);
        let lines: Vec<String> = findings
            .iter()
            .map(|finding| format!("    {finding}"))
            .collect();
        let complaint = (!lines.is_empty()).then(|| lines.join("\n"));
        close(rule.name, watch, complaint.as_deref(), tally);
    }
    Ok(())
}

fn check_generated(workspace: &Workspace, tally: &mut Tally) {
    let watch = Stopwatch::start();
    let complaint = match generate::outdated(workspace) {
        Ok(outdated) if outdated.is_empty() => None,
        Ok(outdated) => Some(format!(
            "    out of date, run `cargo dev generate`: {}",
            outdated.join(", ")
        )),
        Err(problem) => Some(problem.to_string()),
    };
    close("generated files", watch, complaint.as_deref(), tally);
}
