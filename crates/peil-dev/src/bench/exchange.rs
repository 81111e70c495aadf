//! `cargo dev bench exchange`: how fast earlier answers come in from a file and go out to one, how much
//! memory that takes, and whether what came out is what went in.

mod data;
mod http;
mod sums;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::usage::{self, Spent};
use crate::build;
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::server::Server;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

use data::Order;
use http::{Client, Sent};

/// What `cargo dev demo` builds as well, so that it is there.
const PROFILE: &str = "demo";
const READY_LIMIT: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(50);
/// Rows to which the limits belong.
const MILLION: u64 = 1_000_000;
const SURVEY: &str = "earlier";
const PASSWORD: &str = "geheim voor de meting\n";

/// What a step may take for a million rows.
#[derive(Debug, Clone, Copy, Serialize)]
struct Limit {
    must_seconds: f64,
    stretch_seconds: f64,
    must_mib: f64,
}

const IMPORT: Limit = Limit {
    must_seconds: 30.0,
    stretch_seconds: 12.0,
    must_mib: 400.0,
};
const EXPORT: Limit = Limit {
    must_seconds: 5.0,
    stretch_seconds: 2.0,
    must_mib: 150.0,
};

/// One line of the table.
#[derive(Debug, Serialize)]
struct Step {
    name: String,
    spent: Spent,
    limit: Option<Limit>,
}

impl Step {
    fn is_in_time(&self, rows: u64) -> bool {
        self.limit.is_none_or(|limit| {
            let seconds = self.spent.seconds * share(rows);
            seconds <= limit.must_seconds && self.spent.peak_mib <= limit.must_mib
        })
    }
}

/// One run.
struct Bench {
    peil: PathBuf,
    folder: PathBuf,
    rows: u64,
    steps: Vec<Step>,
    /// What did not come out as it went in.
    differences: Vec<String>,
}

/// Measures and prints; the answer says whether everything came out as it went in, in time.
pub(crate) fn run(workspace: &Workspace, rows: u64) -> Result<bool, Problem> {
    let scratch = Scratch::new("exchange")?;
    let mut bench = Bench {
        peil: build::with_profile(workspace, PROFILE)?,
        folder: scratch.path().to_owned(),
        rows,
        steps: Vec::new(),
        differences: Vec::new(),
    };
    let file = bench.folder.join("in.csv");
    let bytes = data::write(&file, rows, Order::ByTime)?;
    println!("{rows} rows, {} MB", bytes / 1_000_000);
    let map = bench.folder.join("map.toml");
    std::fs::write(&map, data::map()).map_err(|cause| Problem::at(&map, &cause))?;
    bench.by_command(&file, &map)?;
    bench.over_http(&file)?;
    bench.shuffled(&map)?;
    bench.peers(workspace, &file);
    let is_good = bench.print();
    let written = json!({
        "rows": rows, "steps": bench.steps, "differences": bench.differences, "good": is_good,
    });
    super::write(&written, &workspace.target.join("bench-exchange.json"))?;
    Ok(is_good)
}

impl Bench {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a command of Peil and takes note of what it took.
    fn step(
        &mut self,
        name: &str,
        limit: Option<Limit>,
        arguments: &[&str],
    ) -> Result<String, Problem> {
        let mut command = Command::new(&self.peil);
        command.args(arguments);
        let log = self.path("log");
        let (spent, said) = usage::watched(&mut command, "", &log)?;
        self.note(name, limit, spent);
        Ok(said)
    }

    fn note(&mut self, name: &str, limit: Option<Limit>, spent: Spent) {
        println!(
            "{name:<44} {:>7.1} s {:>7.1} s {:>6.0} MiB",
            spent.seconds, spent.cpu_seconds, spent.peak_mib
        );
        self.steps.push(Step {
            name: name.to_owned(),
            spent,
            limit,
        });
    }

    /// A data folder with an organisation and facts that know of no answer yet.
    fn begin(&self, name: &str) -> Result<String, Problem> {
        let data = self.path(name).to_string_lossy().into_owned();
        let mut command = Command::new(&self.peil);
        command.args([
            "setup",
            "--data",
            &data,
            "--organisation",
            "Meting",
            "--name",
            "Meter",
            "--email",
            "meter@example.nl",
            "--time-zone",
            "UTC",
            "--password-stdin",
        ]);
        usage::watched(&mut command, PASSWORD, &self.path("log"))?;
        drop(self.serve(&data)?);
        Ok(data)
    }

    fn serve(&self, data: &str) -> Result<Server, Problem> {
        let arguments = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
        Server::start(&self.peil, &arguments, &self.path("serve.log"), READY_LIMIT)
    }

    /// Holds an exported file against the one that was imported.
    fn compare(&mut self, what: &str, file: &Path, out: &Path) -> Result<(), Problem> {
        let (before, after): (Vec<String>, Vec<String>) = data::columns().into_iter().unzip();
        let (before, after) = (sums::of(file, &before)?, sums::of(out, &after)?);
        if before != after {
            self.differences
                .push(format!("{what}: {before:?} went in, {after:?} came out"));
        }
        Ok(())
    }

    fn expect(&mut self, what: &str, said: &str, words: &str) {
        if !said.contains(words) {
            self.differences.push(format!("{what}: {}", said.trim()));
        }
    }

    fn by_command(&mut self, file: &Path, map: &Path) -> Result<(), Problem> {
        let data = self.begin("data")?;
        let (file_name, map) = (file.to_string_lossy(), map.to_string_lossy());
        let import = [
            "import", "answers", "--data", &data, &file_name, "--map", &map, "--json",
        ];
        let rows = self.rows;
        let said = self.step("import by command", Some(IMPORT), &import)?;
        self.expect("import", &said, &format!("\"added\":{rows}"));
        let rebuild = ["facts", "rebuild", "--data", &data, "--json"];
        self.step("  facts are made of it", None, &rebuild)?;
        let verify = ["facts", "verify", "--data", &data, "--json"];
        let said = self.step("  and compared with the records", None, &verify)?;
        self.expect("facts", &said, "\"equal\"");
        let said = self.step("  the same file again", None, &import)?;
        self.expect("again", &said, &format!("\"known\":{rows}"));
        for (format, limit) in [("csv", Some(EXPORT)), ("json", None), ("xlsx", None)] {
            let out = self.path(&format!("out.{format}"));
            let out_name = out.to_string_lossy();
            self.step(
                &format!("export by command, {format}"),
                limit,
                &[
                    "export", "answers", "--data", &data, "--survey", SURVEY, "--format", format,
                    "--out", &out_name,
                ],
            )?;
            if format == "csv" {
                self.compare("export by command", file, &out)?;
            }
            drop(std::fs::remove_file(&out));
        }
        self.download(&data, file)?;
        drop(std::fs::remove_dir_all(&data));
        Ok(())
    }

    fn token(&self, data: &str) -> Result<String, Problem> {
        let mut command = Command::new(&self.peil);
        command.args([
            "token", "create", "--data", data, "--name", "meting", "--scopes", "all",
        ]);
        let (_, said) = usage::watched(&mut command, "", &self.path("log"))?;
        Ok(process::last_lines(&said, 1))
    }

    /// Exports over HTTP.
    fn download(&mut self, data: &str, file: &Path) -> Result<(), Problem> {
        let token = self.token(data)?;
        let server = self.serve(data)?;
        let client = Client::new(server.address(), &token);
        let survey = survey_of(&client)?;
        let out = self.path("out.csv");
        let before = usage::cpu_ms(server.process_id())?;
        let watch = Stopwatch::start();
        let path = format!("/surveys/{survey}/export");
        client.download(&path, json!({ "format": "csv" }), &out)?;
        let spent = spent_by(&server, watch, before)?;
        self.note("export over HTTP, csv", Some(EXPORT), spent);
        self.compare("export over HTTP", file, &out)?;
        drop(std::fs::remove_file(&out));
        Ok(())
    }

    /// Imports through a running server, which keeps facts meanwhile.
    fn over_http(&mut self, file: &Path) -> Result<(), Problem> {
        let data = self.begin("served")?;
        let token = self.token(&data)?;
        let server = self.serve(&data)?;
        let client = Client::new(server.address(), &token);
        let before = usage::cpu_ms(server.process_id())?;
        let watch = Stopwatch::start();
        let path = "/imports?kind=answers&file_name=in.csv";
        let made = client.document("POST", path, &Sent::File(file))?;
        let path = format!("/imports/{}", text_of(&made, "id")?);
        let map: toml::Table = toml::from_str(&data::map()).map_err(problem)?;
        let map = serde_json::to_value(map).map_err(problem)?;
        client.document("POST", &format!("{path}/answers"), &Sent::Json(map))?;
        let done = loop {
            let now = client.document("GET", &path, &Sent::Nothing)?;
            if !matches!(text_of(&now, "state")?, "running" | "uploaded") {
                break now;
            }
            std::thread::sleep(LOOK);
        };
        let spent = spent_by(&server, watch, before)?;
        self.note("import by a server that keeps facts", Some(IMPORT), spent);
        let rows = self.rows;
        self.expect("server", &done.to_string(), &format!("\"added\":{rows}"));
        drop(server);
        let verify = ["facts", "verify", "--data", &data, "--json"];
        let said = self.step("  its facts are compared", None, &verify)?;
        self.expect("facts of a server", &said, "\"equal\"");
        drop(std::fs::remove_dir_all(&data));
        Ok(())
    }

    /// Rows in any order cost more: what belongs together stands apart.
    fn shuffled(&mut self, map: &Path) -> Result<(), Problem> {
        let file = self.path("shuffled.csv");
        data::write(&file, self.rows, Order::Shuffled)?;
        let data = self.begin("shuffled")?;
        let (name, map) = (file.to_string_lossy(), map.to_string_lossy());
        let import = [
            "import", "answers", "--data", &data, &name, "--map", &map, "--json",
        ];
        let rows = self.rows;
        let said = self.step("import of rows in any order", None, &import)?;
        self.expect("any order", &said, &format!("\"added\":{rows}"));
        drop(std::fs::remove_dir_all(&data));
        drop(std::fs::remove_file(&file));
        Ok(())
    }

    /// What a plain script takes for less.
    fn peers(&mut self, workspace: &Workspace, file: &Path) {
        let script = workspace.file("crates/peil-dev/peers/exchange.py");
        let (database, out) = (self.path("peer.db"), self.path("peer.csv"));
        for (name, what, files) in [
            ("import by a script of Python", "import", [file, &database]),
            ("export by a script of Python", "export", [&database, &out]),
        ] {
            let mut command = Command::new("python3");
            command.arg(&script).arg(what).args(files);
            match usage::watched(&mut command, "", &self.path("log")) {
                Ok((spent, _)) => self.note(name, None, spent),
                Err(problem) => println!("{name}: absent: {problem}"),
            }
        }
    }

    fn print(&self) -> bool {
        println!(
            "\n{:<44} {:>9} {:>9} {:>10}  must, stretch",
            "", "clock", "processor", "memory"
        );
        for step in &self.steps {
            let spent = step.spent;
            print!(
                "{:<44} {:>7.1} s {:>7.1} s {:>6.0} MiB",
                step.name, spent.seconds, spent.cpu_seconds, spent.peak_mib
            );
            if let Some(limit) = step.limit {
                let verdict = if !step.is_in_time(self.rows) {
                    "NOT MET"
                } else if spent.seconds * share(self.rows) <= limit.stretch_seconds {
                    "stretch met"
                } else {
                    "must met"
                };
                print!(
                    "  {} s, {} s, {} MiB: {verdict}",
                    limit.must_seconds, limit.stretch_seconds, limit.must_mib
                );
            }
            println!();
        }
        for difference in &self.differences {
            println!("DIFFERENT: {difference}");
        }
        let is_in_time = self.steps.iter().all(|step| step.is_in_time(self.rows));
        is_in_time && self.differences.is_empty()
    }
}

/// How many times as long a million rows take.
fn share(rows: u64) -> f64 {
    let part = |number: u64| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    part(MILLION) / part(rows.max(1))
}

fn spent_by(server: &Server, watch: Stopwatch, before: f64) -> Result<Spent, Problem> {
    Ok(Spent {
        seconds: watch.elapsed().as_secs_f64(),
        cpu_seconds: (usage::cpu_ms(server.process_id())? - before) / 1000.0,
        peak_mib: usage::peak_mib(server.process_id())?,
    })
}

fn survey_of(client: &Client) -> Result<String, Problem> {
    let all = client.document("GET", "/surveys", &Sent::Nothing)?;
    let found = all
        .get("items")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|one| one.get("slug").and_then(Value::as_str) == Some(SURVEY));
    let found = found.ok_or_else(|| Problem::new("the questionnaire is not there"))?;
    text_of(found, "id").map(str::to_owned)
}

fn text_of<'a>(value: &'a Value, name: &str) -> Result<&'a str, Problem> {
    let found = value.get(name).and_then(Value::as_str);
    found.ok_or_else(|| Problem::new(format!("no `{name}` in {value}")))
}

fn problem(cause: impl std::fmt::Display) -> Problem {
    Problem::new(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_a_million_rows() {
        let step = |seconds: f64| Step {
            name: String::new(),
            spent: Spent {
                seconds,
                ..Spent::default()
            },
            limit: Some(EXPORT),
        };
        assert!(step(5.0).is_in_time(MILLION) && !step(5.1).is_in_time(MILLION));
        assert!(step(0.5).is_in_time(MILLION / 10) && !step(0.6).is_in_time(MILLION / 10));
    }
}
