//! Fuzzes the JSON API of the real program against its own description.
//!
//! Schemathesis reads the OpenAPI document, calls every operation with good and bad
//! input, and checks that the answers are what the document promises.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::build;
use crate::environment;
use crate::output::{Counts, junit};
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::server::Server;
use crate::setup;
use crate::tally::Tally;
use crate::tools::Tool;
use crate::workspace::Workspace;

const LIMIT: Duration = Duration::from_mins(20);
const READY_LIMIT: Duration = Duration::from_mins(1);

/// The description that is fuzzed, below the address of the server.
const DESCRIPTION: &str = "/api/v1/openapi.json";

/// What is expected of operations beyond their description.
const CONFIGURATION: &str = "crates/peil-dev/api-fuzz/schemathesis.toml";

/// Inputs tried per operation; more finds rarely more and takes proportionally longer.
const EXAMPLES: &str = "30";

/// Kept fixed, so that a failure comes back on the next run.
const SEED: &str = "20250101";

/// Fuzzes the API; every operation counts as one test.
pub(crate) fn run(workspace: &Workspace) -> Result<Tally, Problem> {
    let schemathesis = match ensure_schemathesis(workspace) {
        Ok(program) => program,
        Err(problem) => return Ok(Tally::skipped_whole("API fuzzing", problem.to_string())),
    };
    let peil = build::for_tests(workspace)?;
    let scratch = Scratch::new("api-fuzz")?;
    let data = scratch.path().join("data");
    let data = data.to_string_lossy();
    let arguments = ["serve", "--data", &data, "--listen", "127.0.0.1:0"];
    let log = workspace.log("api-fuzz-server");
    let server = Server::start(&peil, &arguments, &log, READY_LIMIT)?;
    set_up(&peil, &data)?;
    let token = create_token(&peil, &data)?;
    fuzz(
        workspace,
        &schemathesis,
        server.address(),
        &token,
        scratch.path(),
    )
}

/// Makes the organisation in which everything is tried.
fn set_up(peil: &Path, data: &str) -> Result<(), Problem> {
    let mut command = Command::new(peil);
    command
        .args(["setup", "--data", data, "--organisation", "Fuzz"])
        .args(["--name", "Fuzz", "--email", "fuzz@example.org"])
        .arg("--password-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut child = command
        .spawn()
        .map_err(|cause| process::cannot_start(&command, &cause))?;
    if let Some(mut input) = child.stdin.take() {
        // When the program is gone already, its exit code says so below.
        drop(input.write_all(b"a long password that nobody needs\n"));
    }
    let ended = child
        .wait()
        .map_err(|cause| Problem::new(cause.to_string()))?;
    if ended.success() {
        Ok(())
    } else {
        Err(Problem::new("peil setup failed".to_owned()))
    }
}

fn create_token(peil: &Path, data: &str) -> Result<String, Problem> {
    let arguments = [
        "token", "create", "--data", data, "--name", "fuzz", "--scopes", "all",
    ];
    let finished = process::captured(Command::new(peil).args(arguments))?;
    let token = finished.output.lines().last().unwrap_or_default().trim();
    if finished.is_success && !token.is_empty() {
        Ok(token.to_owned())
    } else {
        Err(Problem::new(format!(
            "no API token was made: {}",
            finished.errors.trim()
        )))
    }
}

fn fuzz(
    workspace: &Workspace,
    program: &Path,
    address: &str,
    token: &str,
    folder: &Path,
) -> Result<Tally, Problem> {
    let report = folder.join("junit.xml");
    let mut command = Command::new(program);
    // Run in our own folder: Schemathesis leaves notes where it stands.
    command
        .current_dir(folder)
        .arg("--config-file")
        .arg(workspace.file(CONFIGURATION))
        .arg("run")
        .arg(format!("{address}{DESCRIPTION}"))
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args([
            "--checks",
            "all",
            "--max-examples",
            EXAMPLES,
            "--seed",
            SEED,
        ])
        .args(["--generation-database", "none", "--request-timeout", "20"])
        .args(["--report", "junit", "--no-color", "--report-junit-path"])
        .arg(&report);
    let finished = process::logged(&mut command, &workspace.log("api-fuzz"), LIMIT)?;
    if !finished.is_success {
        eprintln!("{}", process::last_lines(&finished.output, 300));
    }
    let xml = std::fs::read_to_string(&report).unwrap_or_default();
    let counts = junit::counts(&xml).unwrap_or_default();
    Ok(into_tally(counts).blame_unless(finished.is_success))
}

fn into_tally(counts: Counts) -> Tally {
    let mut tally = Tally {
        passed: counts.passed,
        failed: counts.failed,
        ..Tally::default()
    };
    if counts.skipped > 0 {
        tally.skip(
            counts.skipped,
            "API operations",
            "Schemathesis could not make input for them",
        );
    }
    tally
}

/// A Python folder of our own with exactly the versions that the repository names.
fn ensure_schemathesis(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let python = setup::ensure(workspace, Tool::PythonVenv)?;
    let requirements = workspace.file("crates/peil-dev/api-fuzz/requirements.txt");
    let wanted = read(&requirements)?;
    let folder = environment::cache_folder().join("api-fuzz");
    let program = folder.join("bin").join("schemathesis");
    // Written last, so it is there only after an installation that went well.
    let note = folder.join("installed.txt");
    if program.is_file()
        && std::fs::read_to_string(&note).is_ok_and(|installed| installed == wanted)
    {
        return Ok(program);
    }
    println!("installing Schemathesis");
    let mut venv = Command::new(python);
    venv.args(["-m", "venv", "--clear"]).arg(&folder);
    setup::run(&mut venv, workspace, "python-venv")?;
    let mut pip = Command::new(folder.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--requirement"])
        .arg(&requirements);
    setup::run(&mut pip, workspace, "pip-install")?;
    std::fs::write(&note, wanted).map_err(|cause| Problem::at(&note, &cause))?;
    Ok(program)
}

fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|cause| Problem::at(path, &cause))
}
