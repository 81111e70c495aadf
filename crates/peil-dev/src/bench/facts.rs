//! `cargo dev bench facts`: how fast facts are counted, beside a plain column kernel and other
//! engines on the same facts, all of them asked in turn.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::contest::{Answered, Player, ask_all};
use super::examples;
use super::peers::python;
use crate::command::FactsOptions;
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::workspace::Workspace;

/// Submissions with one answer, the worst case, and with about ten.
const SHAPES: [&str; 2] = ["one", "ten"];

/// The questions, by the first word of their names.
const QUESTIONS: [&str; 9] = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9"];

/// The engines beside which Peil is measured.
const PEERS: [&str; 4] = ["DuckDB", "Polars", "DataFusion", "chdb"];

/// What a plain loop over plain columns takes.
const KERNEL: &str = "kernel";

/// Values of a property with very many of them.
const WIDE: &str = "1000000";

/// How often Peil and the kernel are asked in a turn, and the others, which are slower.
const OURS: usize = 10;
const THEIRS: usize = 3;

/// Measures and prints; the answer says whether Peil was as fast as the kernel and faster than every
/// peer on every question.
pub(crate) fn run(workspace: &Workspace, options: &FactsOptions) -> Result<bool, Problem> {
    let facts = &options.facts.to_string();
    let scratch = Scratch::new("facts")?;
    let kept = options.folder.as_deref();
    let folder = kept.unwrap_or_else(|| scratch.path());
    let program = examples::build(workspace, "peil-facts", "counting")?;
    let mut shapes = Vec::new();
    let mut is_fast = true;
    if !options.only_make {
        let at = scratch.path().join("wide");
        let wide = lines(&program, &["wide", &at.to_string_lossy(), WIDE])?;
        print_facts(&wide, &[]);
        shapes.push(json!({ "wide": wide }));
    }
    for shape in SHAPES {
        println!("{facts} facts, {shape} per submission ...");
        let made = make(&program, folder, shape, facts)?;
        if options.only_make {
            continue;
        }
        let at = made.facts.to_string_lossy();
        let opened = lines(&program, &["open", &at])?;
        let mut ours = Command::new(&program);
        ours.args(["answer", &at, shape, facts]);
        let mut players = vec![Player::start(&mut ours, OURS)?];
        players.extend(peers(workspace, &made.columns));
        let mut answered = Vec::new();
        for question in QUESTIONS {
            answered.push(ask_all(&mut players, question)?);
        }
        print_facts(&made.built, &opened);
        is_fast &= print_times(&answered);
        shapes.push(json!({
            "shape": shape,
            "built": made.built,
            "opened": opened,
            "questions": answered,
        }));
    }
    if !options.only_make {
        super::write(&shapes, &workspace.target.join("bench-facts.json"))?;
    }
    Ok(is_fast)
}

/// Facts of a shape, made or found.
struct Made {
    facts: PathBuf,
    columns: PathBuf,
    built: Vec<Value>,
}

/// Makes the facts and the same as plain columns, unless they are there.
fn make(program: &Path, folder: &Path, shape: &str, number: &str) -> Result<Made, Problem> {
    let name = format!("{shape}-{number}");
    let (facts, columns) = (folder.join(&name), folder.join(format!("{name}-columns")));
    // Written last, so it is there only after everything else.
    let note = folder.join(format!("{name}.json"));
    if let Ok(text) = std::fs::read_to_string(&note) {
        let built = read(&text);
        return Ok(Made {
            facts,
            columns,
            built,
        });
    }
    let arguments = ["build", &*facts.to_string_lossy(), shape, number];
    let built = lines(program, &arguments)?;
    let arguments = ["export", &*columns.to_string_lossy(), shape, number];
    lines(program, &arguments)?;
    let text: Vec<String> = built.iter().map(ToString::to_string).collect();
    std::fs::write(&note, text.join("\n")).map_err(|cause| Problem::at(&note, &cause))?;
    Ok(Made {
        facts,
        columns,
        built,
    })
}

/// Runs a step and reads the lines that it prints.
fn lines(program: &Path, arguments: &[&str]) -> Result<Vec<Value>, Problem> {
    let finished = process::captured(Command::new(program).args(arguments))?;
    if finished.is_success {
        Ok(read(&finished.output))
    } else {
        let end = process::last_lines(&finished.errors, 5);
        Err(Problem::new(format!(
            "{} failed: {end}",
            arguments.join(" ")
        )))
    }
}

fn read(output: &str) -> Vec<Value> {
    let line = |line: &str| serde_json::from_str(line).ok();
    output.lines().filter_map(line).collect()
}

/// Nothing when the peers cannot be asked; a line says why.
fn peers(workspace: &Workspace, columns: &Path) -> Option<Player> {
    let started = python(workspace, "facts").and_then(|python| {
        let mut command = Command::new(python);
        command
            .arg(workspace.file("crates/peil-dev/peers/facts.py"))
            .arg(columns);
        Player::start(&mut command, THEIRS)
    });
    match started {
        Ok(player) => Some(player),
        Err(problem) => {
            println!("the peers are absent: {problem}");
            None
        }
    }
}

fn print_facts(built: &[Value], opened: &[Value]) {
    for line in built.iter().chain(opened) {
        for (name, value) in line.as_object().into_iter().flatten() {
            println!("  {name:<32} {value}");
        }
    }
}

/// Prints what everyone took, by the clock and of the processor; whether Peil was the fastest
/// everywhere.
fn print_times(answered: &[Answered]) -> bool {
    println!("milliseconds by the clock / of the processor");
    print!("{:<42}", "");
    for engine in ["Peil", KERNEL].into_iter().chain(PEERS) {
        print!(" {engine:>13}");
    }
    println!("  verdict");
    let mut is_fast = true;
    let mut product = (1.0_f64, 1.0_f64);
    for one in answered {
        print!("{:<42}", one.question);
        for engine in ["Peil", KERNEL].into_iter().chain(PEERS) {
            match one.times.get(engine) {
                Some(time) => print!(" {:>6.2}/{:>6.2}", time.ms, time.cpu_ms),
                None => print!(" {:>13}", "-"),
            }
        }
        let slower = slower_than(one);
        is_fast &= slower.is_empty();
        let verdict = if slower.is_empty() {
            "the fastest".to_owned()
        } else {
            format!("slower than {}", slower.join(", "))
        };
        println!("  {verdict}");
        if let (Some(ours), Some(kernel)) = (one.times.get("Peil"), one.times.get(KERNEL)) {
            product.0 *= ours.ms / kernel.ms;
            product.1 *= ours.cpu_ms / kernel.cpu_ms;
        }
    }
    let number = f64::from(u32::try_from(answered.len()).unwrap_or(u32::MAX)).max(1.0);
    let (clock, cpu) = (product.0.powf(1.0 / number), product.1.powf(1.0 / number));
    println!(
        "times the kernel, geometric mean: {clock:.2} by the clock, {cpu:.2} of the processor"
    );
    is_fast
}

/// Who was faster by the clock than Peil.
fn slower_than(answered: &Answered) -> Vec<&str> {
    let ours = answered.times.get("Peil").map_or(f64::MAX, |time| time.ms);
    let times = answered.times.iter();
    times
        .filter(|(engine, time)| *engine != "Peil" && time.ms < ours)
        .map(|(engine, _)| engine.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::contest::Time;
    use super::*;

    #[test]
    fn peil_is_held_against_everyone() {
        let time = |ms| Time { ms, cpu_ms: ms };
        let times = [
            ("Peil", 2.0),
            ("chdb", 1.5),
            ("kernel", 2.0),
            ("Polars", 7.0),
        ];
        let times = times.map(|(engine, ms)| (engine.to_owned(), time(ms)));
        let answered = Answered {
            question: "Q1 all".to_owned(),
            times: times.into(),
        };
        assert_eq!(slower_than(&answered), ["chdb"]);
    }
}
