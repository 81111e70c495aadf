//! `cargo dev bench collect`: how fast answers are taken in and shown, with nothing stored and with
//! ten million answers, and what that costs.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::problem::Problem;
use crate::scratch::Scratch;
use crate::server::Server;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

use super::{
    READY_LIMIT, SURVEY, explorer,
    figures::{self, Figure},
    load::{Turn, build_client, take_turn},
    median,
    page::{self, PageCost, Visit},
    quantile,
    stores::{Place, Programs},
    usage,
};

/// Of five answers each: ten million answers, half of them to the questionnaire that is looked at.
const SUBMISSIONS: u32 = 2_000_000;
const CLIENTS: [u32; 3] = [1, 8, 32];
const ROUNDS: u32 = 5;
const SECONDS: u32 = 4;
const STARTS: u32 = 11;
const LOOKS: u32 = 100;
/// So many of them are the first ones after answers came in.
const NEW_LOOKS: u32 = 20;
/// Until a program that was just started does nothing more by itself.
pub(super) const SETTLE: Duration = Duration::from_secs(3);

/// Everything that one run measured.
#[derive(Debug, Serialize)]
struct Measured {
    page: PageCost,
    start_ms: Vec<f64>,
    idle_mib: f64,
    empty: Loaded,
    full: Loaded,
    results: Results,
    explorer: Vec<explorer::Choice>,
    figures: Vec<Figure>,
}

/// A store under load.
#[derive(Debug, Default, Serialize)]
struct Loaded {
    turns: Vec<Turn>,
    /// The median of each number of clients.
    medians: Vec<Turn>,
    /// Memory after the last turn.
    after_mib: f64,
}

impl Loaded {
    fn settle(&mut self, server: &Server) -> Result<(), Problem> {
        self.after_mib = usage::resident_mib(server.process_id())?;
        for clients in CLIENTS {
            let of: Vec<Turn> = self
                .turns
                .iter()
                .filter(|turn| turn.clients == clients)
                .cloned()
                .collect();
            self.medians.extend(Turn::median(&of));
        }
        Ok(())
    }
}

/// The page with results of a questionnaire with a million submissions.
#[derive(Debug, Serialize)]
struct Results {
    /// From the start of the program until it says that it is ready.
    ready_ms: f64,
    /// From then until the first page is there.
    first_ms: f64,
    /// The whole answer just after answers came in, and while none did.
    new_ms: Vec<f64>,
    again_ms: Vec<f64>,
    bytes: usize,
    /// Memory afterwards.
    after_mib: f64,
}

/// Measures and prints; the answer says whether every figure is what it must be.
pub(crate) fn run(workspace: &Workspace, profile: &str) -> Result<bool, Problem> {
    let programs = Programs::build(workspace, profile)?;
    let client = build_client(workspace)?;
    let scratch = Scratch::new("collect")?;
    let empty = programs.empty(&scratch.path().join("empty"))?;
    let full = place(&programs, workspace, &scratch)?;

    println!("starting {STARTS} times ...");
    let (start_ms, idle_mib) = measure_starts(&programs.peil, &empty, scratch.path())?;
    println!("pages ...");
    let (results, explorer) = measure_results(&programs.peil, &client, &full, scratch.path())?;
    let servers = [
        start(&programs.peil, &empty, scratch.path())?,
        start(&programs.peil, &full, scratch.path())?,
    ];
    let page = page::measure(servers[0].address(), SURVEY)?;
    let [empty, full] = measure_load(&client, &servers)?;
    let mut measured = Measured {
        page,
        start_ms,
        idle_mib,
        empty,
        full,
        results,
        explorer,
        figures: Vec::new(),
    };
    measured.figures = figures_of(&measured);
    print(&measured);
    super::write(&measured, &workspace.target.join("bench-collect.json"))?;
    let turns = [&measured.empty.turns, &measured.full.turns];
    let is_complete = turns
        .into_iter()
        .flatten()
        .all(|turn| turn.failed == 0 && turn.accepted > 0);
    Ok(is_complete && measured.figures.iter().all(Figure::is_good))
}

/// A copy of the folder with very many submissions.
pub(super) fn place(
    programs: &Programs,
    workspace: &Workspace,
    scratch: &Scratch,
) -> Result<Place, Problem> {
    programs.full(workspace, SUBMISSIONS, &scratch.path().join("full"))
}

pub(super) fn start(peil: &Path, place: &Place, scratch: &Path) -> Result<Server, Problem> {
    let folder = place.folder.to_string_lossy();
    let arguments = ["serve", "--data", &folder, "--listen", "127.0.0.1:0"];
    Server::start(peil, &arguments, &scratch.join("peil.log"), READY_LIMIT)
}

fn measure_starts(peil: &Path, place: &Place, scratch: &Path) -> Result<(Vec<f64>, f64), Problem> {
    let (mut times, mut idle) = (Vec::new(), 0.0);
    for number in 1..=STARTS {
        let watch = Stopwatch::start();
        let server = start(peil, place, scratch)?;
        times.push(watch.elapsed().as_secs_f64() * 1000.0);
        if number == STARTS {
            std::thread::sleep(SETTLE);
            idle = usage::resident_mib(server.process_id())?;
        }
    }
    Ok((times, idle))
}

fn measure_results(
    peil: &Path,
    client: &Path,
    place: &Place,
    scratch: &Path,
) -> Result<(Results, Vec<explorer::Choice>), Problem> {
    let watch = Stopwatch::start();
    let server = start(peil, place, scratch)?;
    let ready_ms = watch.elapsed().as_secs_f64() * 1000.0;
    let visit = Visit {
        address: server.address(),
        encoding: "gzip",
        cookie: Some(&place.entry.cookie),
    };
    let first_ms = visit.get(&place.entry.results)?.whole_ms;
    let mut results = Results {
        ready_ms,
        first_ms,
        new_ms: Vec::new(),
        again_ms: Vec::new(),
        bytes: 0,
        after_mib: 0.0,
    };
    let answer = || take_turn(client, &server, SURVEY, 1, 1).map(|_| ());
    for look in 0..LOOKS {
        let is_new = look % (LOOKS / NEW_LOOKS) == 0;
        if is_new {
            answer()?;
        }
        let found = visit.get(&place.entry.results)?;
        let times = if is_new {
            &mut results.new_ms
        } else {
            &mut results.again_ms
        };
        times.push(found.whole_ms);
        results.bytes = found.body.len();
    }
    let explored = explorer::measure(visit, &place.entry.results, answer)?;
    results.after_mib = usage::resident_mib(server.process_id())?;
    Ok((results, explored))
}

/// Both stores in turn, round after round.
fn measure_load(client: &Path, servers: &[Server; 2]) -> Result<[Loaded; 2], Problem> {
    let mut loaded = [Loaded::default(), Loaded::default()];
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS} ...");
        for clients in CLIENTS {
            for (server, loaded) in servers.iter().zip(&mut loaded) {
                let turn = take_turn(client, server, SURVEY, clients, SECONDS)?;
                loaded.turns.push(turn);
            }
        }
    }
    for (server, loaded) in servers.iter().zip(&mut loaded) {
        loaded.settle(server)?;
    }
    Ok(loaded)
}

/// By how many percent fewer answers were taken in among ten million others: the median over the rounds of both turns
/// of a round, which stand beside each other because the machine is not equally fast all the time.
fn slower(measured: &Measured, clients: u32) -> f64 {
    let of = |loaded: &Loaded| -> Vec<f64> {
        let turns = loaded.turns.iter();
        let turns = turns.filter(|turn| turn.clients == clients);
        turns.map(|turn| turn.per_second).collect()
    };
    let (alone, among) = (of(&measured.empty), of(&measured.full));
    let pairs = alone.iter().zip(&among);
    let parts: Vec<f64> = pairs.map(|(alone, among)| among / alone.max(1.0)).collect();
    (1.0 - median(&parts)) * 100.0
}

fn figures_of(measured: &Measured) -> Vec<Figure> {
    let page = &measured.page;
    let kilobytes = f64::from(u32::try_from(page.bytes).unwrap_or(u32::MAX)) / 1000.0;
    let requests = f64::from(u32::try_from(page.requests).unwrap_or(u32::MAX));
    let results = &measured.results;
    let mut figures = vec![
        Figure::small("respondent page, gzip", "kB", kilobytes, [15.0, 8.0]),
        Figure::small("respondent page", "requests", requests, [2.0, 1.0]),
        Figure::small("first byte, median", "ms", page.first_byte_ms, [1.0, 0.3]),
        Figure::small("first byte, 99 in 100", "ms", page.slow_byte_ms, [5.0, 5.0]),
    ];
    for turn in &measured.empty.medians {
        let clients = turn.clients;
        if clients > 1 {
            figures.push(Figure::large(
                format!("submissions of {clients} clients"),
                "/s",
                turn.per_second,
                [1_800.0, 4_000.0],
            ));
        }
        figures.push(Figure::small(
            format!("processor per submission, {clients} clients"),
            "ms",
            turn.cpu_ms,
            [0.7, 0.3],
        ));
        if clients > 1 {
            figures.push(Figure::small(
                format!("slower among 10 M answers, {clients} clients"),
                "%",
                slower(measured, clients),
                [15.0, 5.0],
            ));
        }
    }
    let [new_choice, choice] = explorer::slowest(&measured.explorer);
    figures.extend([
        Figure::small(
            "results of 1 M submissions after new ones, 95 in 100",
            "ms",
            quantile(&results.new_ms, 0.95),
            [50.0, 15.0],
        ),
        Figure::small(
            "slowest choice in the explorer, new",
            "ms",
            new_choice,
            [100.0, 50.0],
        ),
        Figure::small(
            "slowest choice in the explorer, again",
            "ms",
            choice,
            [50.0, 25.0],
        ),
        Figure::small(
            "first results after start on 10 M facts",
            "ms",
            results.ready_ms + results.first_ms,
            [1_000.0, 300.0],
        ),
        Figure::small("memory when idle", "MiB", measured.idle_mib, [50.0, 30.0]),
        Figure::small(
            "start to ready",
            "ms",
            median(&measured.start_ms),
            [300.0, 100.0],
        ),
    ]);
    figures
}

fn print(measured: &Measured) {
    println!("answers   clients        /s   p50 ms   p99 ms  server CPU ms  accepted  failed");
    for (name, loaded) in [("none", &measured.empty), ("10 M", &measured.full)] {
        for turn in &loaded.medians {
            println!(
                "{name:<8}  {:>7}  {:>8.0}  {:>7.2}  {:>7.2}  {:>13.2}  {:>8}  {:>6}",
                turn.clients,
                turn.per_second,
                turn.p50_ms,
                turn.p99_ms,
                turn.cpu_ms,
                turn.accepted,
                turn.failed
            );
        }
    }
    println!(
        "memory after this: {:.0} MiB without answers, {:.0} MiB with ten million",
        measured.empty.after_mib, measured.full.after_mib
    );
    let results = &measured.results;
    println!(
        "page with results: first after {:.0} ms, then {:.1} ms when answers came in and {:.1} ms when not (medians), {} bytes, memory {:.0} MiB",
        results.first_ms,
        median(&results.new_ms),
        median(&results.again_ms),
        results.bytes,
        results.after_mib
    );
    explorer::print(&measured.explorer);
    figures::print(&measured.figures);
}
