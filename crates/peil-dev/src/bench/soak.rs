//! `cargo dev soak`: whether the memory of a Peil that takes answers in for long stays as it is.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde::Serialize;

use super::{
    READY_LIMIT, SURVEY,
    load::{Said, build_client},
    usage, write,
};
use crate::build;
use crate::command::SoakOptions;
use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::server::Server;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

const CLIENTS: u32 = 32;
/// Seconds in which the peak is found.
const PEAK_SECONDS: u32 = 10;
/// The part of the peak that is held.
const PART: f64 = 0.8;
/// Time between two looks.
const LOOK: Duration = Duration::from_secs(5);
/// The part of the time in which memory may still grow: caches fill.
const SETTLING: f64 = 0.3;
/// Growth of the memory over the rest of the time, as a part of it, that is no growth.
const MOST_GROWTH: f64 = 0.05;

/// What was seen at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct Sample {
    seconds: f64,
    resident_mib: f64,
}

/// How memory went.
#[derive(Debug, PartialEq, Serialize)]
struct Course {
    first_mib: f64,
    settled_mib: f64,
    last_mib: f64,
    most_mib: f64,
    /// Slope of a line through what came after settling.
    mib_per_minute: f64,
    is_flat: bool,
}

/// Everything that one run measured.
#[derive(Debug, Serialize)]
struct Measured {
    minutes: u32,
    peak_per_second: f64,
    asked_per_second: f64,
    per_second: f64,
    accepted: u64,
    failed: u64,
    p50_ms: f64,
    p99_ms: f64,
    course: Course,
    samples: Vec<Sample>,
}

/// Measures and prints; the answer says whether memory stayed as it was and all was accepted.
pub(crate) fn run(workspace: &Workspace, options: &SoakOptions) -> Result<bool, Problem> {
    let peil = build::with_profile(workspace, "demo")?;
    let client = build_client(workspace)?;
    let scratch = Scratch::new("soak")?;
    let folder = options.folder.as_deref().unwrap_or(scratch.path());
    std::fs::create_dir_all(folder).map_err(|cause| Problem::at(folder, &cause))?;
    let data = folder.join("data");
    let made = Scratch::new("soak-made")?;
    let log = folder.join("peil.log");
    let data = data.to_string_lossy();
    // Making the demonstration takes memory that taking answers in does not.
    let arguments = ["demo", "--data", &data, "--listen", "127.0.0.1:0"];
    drop(Server::start(
        &peil,
        &arguments,
        &made.path().join("log"),
        READY_LIMIT,
    )?);
    let arguments = ["serve", "--data", &data, "--listen", "127.0.0.1:0"];
    let server = Server::start(&peil, &arguments, &log, READY_LIMIT)?;
    let url = format!("{}{SURVEY}", server.address());
    println!("looking for the peak for {PEAK_SECONDS} s ...");
    let peak = load(start_load(&client, &url, PEAK_SECONDS, None)?)?;
    let asked = peak.per_second * PART;
    println!(
        "holding {asked:.0} a second for {} minutes ...",
        options.minutes
    );
    let running = start_load(&client, &url, options.minutes * 60, Some(asked))?;
    let (samples, held) = watch(running, server.process_id())?;
    let measured = Measured {
        minutes: options.minutes,
        peak_per_second: peak.per_second,
        asked_per_second: asked,
        per_second: held.per_second,
        accepted: peak.accepted + held.accepted,
        failed: peak.failed + held.failed,
        p50_ms: held.p50_ms,
        p99_ms: held.p99_ms,
        course: course(&samples),
        samples,
    };
    print(&measured);
    write(&measured, &workspace.target.join("soak.json"))?;
    Ok(measured.course.is_flat && measured.failed == 0)
}

fn start_load(client: &Path, url: &str, seconds: u32, rate: Option<f64>) -> Result<Child, Problem> {
    let mut command = Command::new(client);
    command
        .args([url, &CLIENTS.to_string(), &seconds.to_string()])
        .args(rate.map(|rate| rate.to_string()))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    command
        .spawn()
        .map_err(|cause| process::cannot_start(&command, &cause))
}

fn load(client: Child) -> Result<Said, Problem> {
    let ended = client.wait_with_output();
    let ended = ended.map_err(|cause| Problem::new(cause.to_string()))?;
    serde_json::from_slice(&ended.stdout)
        .map_err(|cause| Problem::new(format!("the load client failed: {cause}")))
}

/// Looks at the memory of the server until the load ends.
fn watch(mut client: Child, server: u32) -> Result<(Vec<Sample>, Said), Problem> {
    let since = Stopwatch::start();
    let mut samples = Vec::new();
    loop {
        let seconds = since.elapsed().as_secs_f64();
        let resident_mib = usage::resident_mib(server)?;
        let sample = Sample {
            seconds,
            resident_mib,
        };
        if samples.len() % 12 == 0 {
            println!("{seconds:>6.0} s  {resident_mib:>7.1} MiB");
        }
        samples.push(sample);
        let ended = client.try_wait();
        if ended
            .map_err(|cause| Problem::new(cause.to_string()))?
            .is_some()
        {
            return Ok((samples, load(client)?));
        }
        std::thread::sleep(LOOK);
    }
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let (sum, number) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    if number > 0.0 { sum / number } else { 0.0 }
}

fn course(samples: &[Sample]) -> Course {
    let end = samples.last().map_or(0.0, |sample| sample.seconds);
    let settled = samples
        .iter()
        .filter(|sample| sample.seconds >= end * SETTLING);
    let middle = mean(settled.clone().map(|sample| sample.seconds));
    let level = mean(settled.clone().map(|sample| sample.resident_mib));
    let away = |sample: &Sample| sample.seconds - middle;
    let above: f64 = settled
        .clone()
        .map(|sample| away(sample) * (sample.resident_mib - level))
        .sum();
    let square: f64 = settled.clone().map(|sample| away(sample).powi(2)).sum();
    let slope = if square > 0.0 { above / square } else { 0.0 };
    let growth = slope * end * (1.0 - SETTLING);
    let mib = |sample: Option<&Sample>| sample.map_or(0.0, |sample| sample.resident_mib);
    let all = samples.iter().map(|sample| sample.resident_mib);
    Course {
        first_mib: mib(samples.first()),
        settled_mib: mib(settled.clone().next()),
        last_mib: mib(samples.last()),
        most_mib: all.fold(0.0, f64::max),
        mib_per_minute: slope * 60.0,
        is_flat: growth <= level * MOST_GROWTH,
    }
}

fn print(measured: &Measured) {
    let course = &measured.course;
    println!(
        "peak                {:>8.1} a second",
        measured.peak_per_second
    );
    println!("held                {:>8.1} a second", measured.per_second);
    println!("accepted            {:>8}", measured.accepted);
    println!("failed              {:>8}", measured.failed);
    println!(
        "p50 and p99         {:>8.2} and {:.2} ms",
        measured.p50_ms, measured.p99_ms
    );
    println!("memory at the start {:>8.1} MiB", course.first_mib);
    println!("after settling      {:>8.1} MiB", course.settled_mib);
    println!("at the end          {:>8.1} MiB", course.last_mib);
    println!("at most             {:>8.1} MiB", course.most_mib);
    println!(
        "slope               {:>8.2} MiB a minute",
        course.mib_per_minute
    );
    let verdict = if course.is_flat { "flat" } else { "growing" };
    println!("memory is           {verdict:>8}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(memory: impl Fn(f64) -> f64) -> Vec<Sample> {
        let seconds = (0..120).map(|look| f64::from(look) * 5.0);
        let sample = |seconds| Sample {
            seconds,
            resident_mib: memory(seconds),
        };
        seconds.map(sample).collect()
    }

    #[test]
    fn memory_that_fills_and_then_stays_is_flat_and_memory_that_grows_on_is_not() {
        let filling = course(&samples(|seconds| 60.0 + seconds.min(100.0)));
        assert!(
            filling.is_flat && filling.mib_per_minute.abs() < 1e-9,
            "{filling:?}"
        );
        assert!((filling.first_mib - 60.0).abs() < 1e-9);
        let growing = course(&samples(|seconds| 60.0 + seconds / 10.0));
        assert!(!growing.is_flat, "{growing:?}");
        assert!((growing.mib_per_minute - 6.0).abs() < 1e-9);
        assert!(course(&[]).is_flat);
    }
}
