//! How fast facts are counted, beside a plain column kernel, on ten million facts.
//!
//! `cargo dev bench facts` runs this and the same questions in other engines. Modes:
//! `build FOLDER SHAPE FACTS` makes the facts, `open FOLDER` opens them in a process of its own,
//! `wide FOLDER VALUES` makes as many facts as values of one property and counts them apart,
//! `answer FOLDER SHAPE FACTS` asks questions of both as it is told, `export FOLDER SHAPE FACTS`
//! writes the same facts as plain columns for others.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement of speed is what a clock is for"
)]

mod generated;
mod questions;
mod yardstick;

use std::{
    error::Error,
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use peil_domain::shared::{ResponseId, WorkspaceId};

use peil_facts::{
    Batch, Change, ColumnFacts, ColumnOptions, CountQuery, Dimension, Facts, FactsError, Given,
    Names, Position, Subject, Tally,
};
use serde_json::json;

use generated::{Columns, SEGMENTS, Shape, workspace};
use questions::{Question, Table};

/// Submissions that are told together.
const BATCH: usize = 20_000;
const OPTIONS: ColumnOptions = ColumnOptions {
    threads: 2,
    cache_bytes: 160 << 20,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    match arguments.as_slice() {
        ["build", folder, shape, facts] => {
            runtime.block_on(build(Path::new(folder), Shape::of(shape)?, facts.parse()?))
        }
        ["wide", folder, values] => runtime.block_on(wide(Path::new(folder), values.parse()?)),
        ["open", folder] => runtime.block_on(open(Path::new(folder))),
        ["answer", folder, shape, facts] => {
            runtime.block_on(answer(Path::new(folder), Shape::of(shape)?, facts.parse()?))
        }
        ["export", folder, shape, facts] => export(
            Path::new(folder),
            &Columns::new(Shape::of(shape)?, facts.parse()?),
        ),
        _ => Err("build | open | wide | answer | export".into()),
    }
}

/// The facts themselves, asked for whole identifiers as records are.
struct Records {
    shape: Shape,
    facts: usize,
}

#[async_trait]
impl Names for Records {
    async fn between(
        &self,
        _workspace: WorkspaceId,
        spans: &[(ResponseId, ResponseId)],
    ) -> Result<Vec<ResponseId>, FactsError> {
        let ids = generated::submissions(self.shape, self.facts).map(|told| told.response);
        let is_asked = |id: &ResponseId| {
            let mut spans = spans.iter();
            spans.any(|(first, last)| (first..=last).contains(&id))
        };
        Ok(ids.filter(is_asked).collect())
    }
}

/// Tells all facts to an empty engine, as a reader of the records does.
async fn build(folder: &Path, shape: Shape, facts: usize) -> Outcome<()> {
    let started = Instant::now();
    let engine = ColumnFacts::begin(folder, OPTIONS)?;
    engine.name_from(Arc::new(Records { shape, facts }));
    let mut from = Position::start();
    let mut told = 0;
    let mut submissions = generated::submissions(shape, facts);
    loop {
        let changes: Vec<Change> = submissions.by_ref().take(BATCH).map(Change::add).collect();
        if changes.is_empty() {
            break;
        }
        told += changes.len();
        let to = Position(told.to_string());
        let batch = Batch {
            from,
            to: to.clone(),
            changes,
        };
        engine.append(&batch).await?;
        from = to;
    }
    while engine.maintain().await? {}
    let standing = engine.standing().await?.found;
    print(&json!({
        "submissions": standing.submissions,
        "facts": standing.answers,
        "build_seconds": started.elapsed().as_secs_f64(),
        "disk_bytes_per_fact": per(standing.disk_bytes, standing.answers),
    }));
    Ok(())
}

/// A property of which every submission has another value: makes facts, opens them anew, counts.
async fn wide(folder: &Path, values: usize) -> Outcome<()> {
    let engine = ColumnFacts::begin(folder, OPTIONS)?;
    let property = generated::property(values).ok_or("no property")?;
    let mut from = Position::start();
    let mut submissions = generated::submissions(Shape::One, values).enumerate();
    loop {
        let next = submissions.by_ref().take(BATCH).map(|(number, mut told)| {
            told.attributes
                .insert(property.clone(), format!("v{number:07}"));
            Change::add(told)
        });
        let changes: Vec<Change> = next.collect();
        let Some(last) = changes.last() else {
            break;
        };
        let to = Position(last.submission.response.to_string());
        let batch = Batch {
            from,
            to: to.clone(),
            changes,
        };
        engine.append(&batch).await?;
        from = to;
    }
    while engine.maintain().await? {}
    let standing = engine.standing().await?.found;
    drop(engine);
    let before = resident_kib();
    let engine = ColumnFacts::open(folder, OPTIONS)?;
    let query = CountQuery {
        group: vec![Dimension::Attribute(property)],
        with_people: false,
        ..CountQuery::new(scope(), Subject::AnyQuestion(Given::Score))
    };
    let mut ms = Vec::new();
    for _ in 0..4 {
        let asked = Instant::now();
        let cells = engine.counts(&query).await?.found;
        ms.push(asked.elapsed().as_secs_f64() * 1e3);
        if cells.len() != values || cells.iter().any(|cell| cell.answers.n != 1) {
            return Err("a value is not counted once".into());
        }
    }
    print(&json!({
        "wide_values": values,
        "wide_first_ms": ms.first(),
        "wide_ms": ms.last(),
        "wide_columns_bytes": engine.standing().await?.found.memory_bytes,
        "wide_resident_before_kib": before,
        "wide_resident_kib": resident_kib(),
        "wide_disk_bytes_per_fact": per(standing.disk_bytes, standing.answers),
    }));
    Ok(())
}

/// Opens the facts and asks a first question, then all of them.
async fn open(folder: &Path) -> Outcome<()> {
    let started = Instant::now();
    let engine = ColumnFacts::open(folder, OPTIONS)?;
    let opened = started.elapsed();
    let all = Question::all();
    let first = all.get(3).ok_or("no question")?;
    let cells = engine.counts(&first.query()).await?.found;
    let answered = started.elapsed();
    for question in &all {
        engine.counts(&question.query()).await?;
    }
    let memory = engine.standing().await?.found.memory_bytes;
    let resident = resident_kib();
    let mut people = all.get(1).ok_or("no question")?.query();
    people.with_people = true;
    let asked = Instant::now();
    engine.counts(&people).await?;
    let first_people = asked.elapsed();
    let asked = Instant::now();
    engine.counts(&people).await?;
    print(&json!({
        "open_ms": opened.as_secs_f64() * 1e3,
        "open_and_first_question_ms": answered.as_secs_f64() * 1e3,
        "first_cells": cells.len(),
        "columns_bytes": memory,
        "resident_kib": resident,
        "people_by_month_first_ms": first_people.as_secs_f64() * 1e3,
        "people_by_month_ms": asked.elapsed().as_secs_f64() * 1e3,
        "resident_with_people_kib": resident_kib(),
    }));
    Ok(())
}

/// Asks questions of the engine and of the kernel as it is told: a line names which, the question and
/// how often.
async fn answer(folder: &Path, shape: Shape, facts: usize) -> Outcome<()> {
    let columns = Columns::new(shape, facts);
    let engine = ColumnFacts::open(folder, OPTIONS)?;
    let questions = Question::all();
    print(&json!({ "ready": ["Peil", "kernel"] }));
    for line in std::io::stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let [who, number, times] = words.as_slice() else {
            return Err(format!("`{line}` is not understood").into());
        };
        let question = questions.iter().find(|one| one.name.starts_with(number));
        let question = question.ok_or("there is no such question")?;
        let query = question.query();
        // Warm, and the same.
        let expected = yardstick::ask(&columns, question, 2);
        if table(question, &engine.counts(&query).await?.found) != expected {
            return Err(format!("{} differs from the kernel", question.name).into());
        }
        let (mut ms, cpu) = (Vec::new(), cpu_ms());
        for _ in 0..times.parse()? {
            let started = Instant::now();
            match *who {
                "Peil" => drop(std::hint::black_box(engine.counts(&query).await?)),
                _ => drop(std::hint::black_box(yardstick::ask(&columns, question, 2))),
            }
            ms.push(started.elapsed().as_secs_f64() * 1e3);
        }
        // Of all threads together, and so the same however busy the machine is.
        print(&json!({ "name": question.name, "ms": ms, "cpu_ms": cpu_ms() - cpu }));
    }
    Ok(())
}

/// The cells of the engine as the kernel gives them.
fn table(question: &Question, cells: &[peil_facts::Cell]) -> Table {
    let mut table = Table::new();
    for cell in cells {
        let group = cell.groups.first().cloned().flatten();
        let group = group
            .and_then(|group| group.parse().ok())
            .unwrap_or(0_usize);
        let month = cell.start.map_or(0, generated::month);
        for (score, tally) in &cell.scores {
            let key = (month, group, usize::try_from(*score).unwrap_or_default());
            let tally = if question.is_weighted {
                *tally
            } else {
                Tally::plain(tally.n)
            };
            table.insert(key, (tally.n, tally.w, tally.w2));
        }
    }
    table
}

/// Writes every column as plain numbers of two bytes, the low one first.
fn export(folder: &Path, columns: &Columns) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let narrow = |column: &[u8]| column.iter().copied().map(u16::from).collect::<Vec<_>>();
    write(folder.join("day.u16"), &columns.day)?;
    write(folder.join("question.u16"), &narrow(&columns.question))?;
    write(folder.join("score.u16"), &narrow(&columns.score))?;
    write(folder.join("weight.u16"), &columns.weight)?;
    for (column, values) in columns.narrow.iter().zip(SEGMENTS) {
        write(folder.join(format!("s{values}.u16")), &narrow(column))?;
    }
    for (column, values) in columns.wide.iter().zip(SEGMENTS.iter().skip(5)) {
        write(folder.join(format!("s{values}.u16")), column)?;
    }
    Ok(())
}

fn write(path: PathBuf, numbers: &[u16]) -> Outcome<()> {
    let mut file = BufWriter::new(fs::File::create(path)?);
    for number in numbers {
        file.write_all(&number.to_le_bytes())?;
    }
    Ok(file.flush()?)
}

fn per(bytes: u64, facts: u64) -> f64 {
    let millions = |number: u64| f64::from(u32::try_from(number / 1_000).unwrap_or(u32::MAX));
    millions(bytes) / millions(facts).max(1.0)
}

/// Processor time of this process so far.
fn cpu_ms() -> f64 {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let spent = Duration::try_from(spent).unwrap_or_default();
    spent.as_secs_f64() * 1e3
}

/// Memory of this process, where the system tells.
fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

fn print(line: &serde_json::Value) {
    println!("{line}");
}

/// The organisation and questionnaire of all facts.
fn scope() -> peil_facts::Scope {
    peil_facts::Scope::all(workspace(), Vec::new())
}
