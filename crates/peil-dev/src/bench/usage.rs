//! What a running program uses, as Linux tells it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::Serialize;

use crate::problem::Problem;
use crate::process;
use crate::stopwatch::Stopwatch;

/// How often a program is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// What a program took.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Spent {
    pub(crate) seconds: f64,
    pub(crate) cpu_seconds: f64,
    /// The most memory that it ever occupied.
    pub(crate) peak_mib: f64,
}

/// Runs a program to its end; `input` is what it reads, and what it prints is given back.
pub(crate) fn watched(
    command: &mut Command,
    input: &str,
    output: &Path,
) -> Result<(Spent, String), Problem> {
    let file = File::create(output).map_err(|cause| Problem::at(output, &cause))?;
    let errors = file
        .try_clone()
        .map_err(|cause| Problem::at(output, &cause))?;
    let watch = Stopwatch::start();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(file)
        .stderr(errors)
        .spawn()
        .map_err(|cause| process::cannot_start(command, &cause))?;
    if let Some(mut to) = child.stdin.take() {
        // A program that does not read its input says so itself.
        drop(std::io::Write::write_all(&mut to, input.as_bytes()));
    }
    let mut spent = Spent::default();
    let status = loop {
        // At the very end there is nothing to be seen any more; what was seen last stands.
        if let Ok(cpu) = cpu_ms(child.id()) {
            spent.cpu_seconds = cpu / 1000.0;
        }
        if let Ok(peak) = peak_mib(child.id()) {
            spent.peak_mib = peak;
        }
        match child.try_wait() {
            Ok(None) => std::thread::sleep(LOOK),
            Ok(Some(status)) => break status,
            Err(cause) => return Err(Problem::new(cause.to_string())),
        }
    };
    spent.seconds = watch.elapsed().as_secs_f64();
    let said = std::fs::read_to_string(output).map_err(|cause| Problem::at(output, &cause))?;
    if status.success() {
        Ok((spent, said))
    } else {
        let end = process::last_lines(&said, 5);
        Err(Problem::new(format!("{command:?} failed: {end}")))
    }
}

/// Processor time that the program has used so far, in milliseconds.
pub(crate) fn cpu_ms(process_id: u32) -> Result<f64, Problem> {
    let text = read(process_id, "stat")?;
    let ticks =
        ticks_of(&text).ok_or_else(|| Problem::new("the processor time is not understood"))?;
    Ok(f64::from(ticks) * 1000.0 / ticks_per_second())
}

/// Memory that the program occupies now, in MiB.
pub(crate) fn resident_mib(process_id: u32) -> Result<f64, Problem> {
    let text = read(process_id, "status")?;
    let kib = resident_kib_of(&text).ok_or_else(|| Problem::new("the memory is not understood"))?;
    Ok(f64::from(kib) / 1024.0)
}

/// The most memory that the program ever occupied, in MiB.
pub(crate) fn peak_mib(process_id: u32) -> Result<f64, Problem> {
    let text = read(process_id, "status")?;
    let kib =
        kib_of(&text, "VmHWM:").ok_or_else(|| Problem::new("the memory is not understood"))?;
    Ok(f64::from(kib) / 1024.0)
}

fn read(process_id: u32, name: &str) -> Result<String, Problem> {
    let path = std::path::PathBuf::from(format!("/proc/{process_id}/{name}"));
    std::fs::read_to_string(&path).map_err(|cause| Problem::at(&path, &cause))
}

/// User and system time, the 14th and 15th field; the 2nd is a name that may hold spaces.
fn ticks_of(stat: &str) -> Option<u32> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn resident_kib_of(status: &str) -> Option<u32> {
    kib_of(status, "VmRSS:")
}

fn kib_of(status: &str, name: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

fn ticks_per_second() -> f64 {
    let answer = process::captured(Command::new("getconf").arg("CLK_TCK"));
    let number = answer
        .ok()
        .and_then(|finished| finished.output.trim().parse().ok());
    // What Linux has used for decades.
    number.unwrap_or(100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_found_behind_a_name_with_brackets() {
        let stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 70 30 0 0 20 0 4 0 1";
        assert_eq!(ticks_of(stat), Some(100));
        assert_eq!(ticks_of("nothing"), None);
    }

    #[test]
    fn memory_is_read_in_kib() {
        assert_eq!(
            resident_kib_of("Name:\tpeil\nVmRSS:\t   20480 kB\n"),
            Some(20_480)
        );
        assert_eq!(resident_kib_of("Name:\tpeil\n"), None);
    }

    #[test]
    fn this_very_program_uses_memory() {
        assert!(resident_mib(std::process::id()).is_ok_and(|mib| mib > 0.1));
        assert!(cpu_ms(std::process::id()).is_ok());
    }
}
