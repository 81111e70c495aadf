//! The same questions asked of several engines in turn, so that whatever else the machine does
//! falls on all of them alike.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::Problem;
use crate::process;

/// How often everyone has a turn at a question.
const ROUNDS: usize = 5;

/// What one engine took for one question.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Time {
    /// By the clock: the median of all times.
    pub(super) ms: f64,
    /// Of the processor, all threads together: the mean.
    pub(super) cpu_ms: f64,
}

/// What everyone took for one question.
#[derive(Debug, Serialize)]
pub(super) struct Answered {
    pub(super) question: String,
    pub(super) times: BTreeMap<String, Time>,
}

/// A running program that answers for one or more engines.
pub(super) struct Player {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    pub(super) engines: Vec<String>,
    /// How often each of its engines is asked in a turn.
    times: usize,
}

/// What a program says when it is ready.
#[derive(Deserialize)]
struct Ready {
    ready: Vec<String>,
    #[serde(default)]
    absent: BTreeMap<String, String>,
}

/// What it says of one turn.
#[derive(Deserialize)]
struct Turn {
    name: Option<String>,
    #[serde(default)]
    ms: Vec<f64>,
    #[serde(default)]
    cpu_ms: f64,
    problem: Option<String>,
}

impl Player {
    /// Starts a program and waits until it is ready.
    pub(super) fn start(command: &mut Command, times: usize) -> Result<Self, Problem> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let started = command.spawn();
        let mut child = started.map_err(|cause| process::cannot_start(command, &cause))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Problem::new("the program cannot be talked to"));
        };
        let mut player = Self {
            child,
            input,
            output: BufReader::new(output),
            engines: Vec::new(),
            times,
        };
        let said: Ready = player.hear()?;
        for (engine, problem) in said.absent {
            println!("{engine} is absent: {problem}");
        }
        player.engines = said.ready;
        Ok(player)
    }

    /// Reads the next line that is meant for us; libraries may print others.
    fn hear<T: for<'a> Deserialize<'a>>(&mut self) -> Result<T, Problem> {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line);
            if read.map_err(|cause| Problem::new(cause.to_string()))? == 0 {
                return Err(Problem::new("a program that answers questions has stopped"));
            }
            let is_ours = serde_json::from_str::<Value>(&line).is_ok_and(|value| value.is_object());
            if is_ours {
                return serde_json::from_str(&line)
                    .map_err(|cause| Problem::new(cause.to_string()));
            }
        }
    }

    fn ask(&mut self, engine: &str, question: &str) -> Result<Turn, Problem> {
        let sent = writeln!(self.input, "{engine} {question} {}", self.times);
        sent.and_then(|()| self.input.flush())
            .map_err(|cause| Problem::new(cause.to_string()))?;
        self.hear()
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        // Nothing is lost by it: what it answered was heard.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks a question of all engines of all players in turn.
pub(super) fn ask_all(players: &mut [Player], question: &str) -> Result<Answered, Problem> {
    let mut turns: Vec<(usize, String)> = Vec::new();
    for (place, player) in players.iter().enumerate() {
        turns.extend(player.engines.iter().map(|engine| (place, engine.clone())));
    }
    let mut found: BTreeMap<String, (Vec<f64>, f64)> = BTreeMap::new();
    let mut name = question.to_owned();
    for _ in 0..ROUNDS {
        for (place, engine) in &turns {
            let Some(player) = players.get_mut(*place) else {
                continue;
            };
            let turn = player.ask(engine, question)?;
            if let Some(problem) = turn.problem {
                println!("{engine} does not answer {question}: {problem}");
                continue;
            }
            name = turn.name.unwrap_or(name);
            let all = found.entry(engine.clone()).or_default();
            all.0.extend(turn.ms);
            all.1 += turn.cpu_ms;
        }
        // Nobody always comes after the same one.
        turns.rotate_left(1);
    }
    let times = found.into_iter().map(|(engine, (ms, cpu_ms))| {
        let asked = f64::from(u32::try_from(ms.len()).unwrap_or(u32::MAX)).max(1.0);
        let time = Time {
            ms: median(ms),
            cpu_ms: cpu_ms / asked,
        };
        (engine, time)
    });
    Ok(Answered {
        question: name,
        times: times.collect(),
    })
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that gives the same answer to everything.
    fn player(engines: &str, answer: &str) -> Player {
        let script = format!(
            "echo noise; echo '{{\"ready\":[{engines}]}}'; while read line; do echo '{answer}'; done"
        );
        Player::start(Command::new("sh").args(["-c", &script]), 3).unwrap()
    }

    #[test]
    fn everyone_is_asked_and_the_median_of_all_times_counts() {
        let ours = player("\"Peil\"", r#"{"name":"Q2 month","ms":[1,9,2],"cpu_ms":6}"#);
        let theirs = player("\"one\",\"two\"", r#"{"ms":[5,4,6],"cpu_ms":30}"#);
        let answered = ask_all(&mut [ours, theirs], "Q2").unwrap();
        assert_eq!(answered.question, "Q2 month");
        let times: Vec<_> = answered
            .times
            .iter()
            .map(|(engine, time)| (engine.as_str(), time.ms, time.cpu_ms))
            .collect();
        let expected = [("Peil", 2.0, 2.0), ("one", 5.0, 10.0), ("two", 5.0, 10.0)];
        assert_eq!(times, expected);
    }

    #[test]
    fn one_that_fails_is_left_out_and_one_that_stops_is_a_problem() {
        let broken = player("\"one\"", r#"{"problem":"no such table"}"#);
        assert!(ask_all(&mut [broken], "Q1").unwrap().times.is_empty());
        let mut stopped = Command::new("true");
        assert!(Player::start(&mut stopped, 1).is_err());
    }
}
