//! Starts other programs and keeps what they say.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::problem::Problem;
use crate::stopwatch::Stopwatch;

/// How a program ended and what it printed.
pub(crate) struct Finished {
    pub(crate) is_success: bool,
    /// Standard output; with [`logged`] standard error as well.
    pub(crate) output: String,
    /// Standard error of [`captured`].
    pub(crate) errors: String,
}

/// Runs a short program and keeps both of its outputs apart.
pub(crate) fn captured(command: &mut Command) -> Result<Finished, Problem> {
    let finished = command
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| cannot_start(command, &cause))?;
    Ok(Finished {
        is_success: finished.status.success(),
        output: String::from_utf8_lossy(&finished.stdout).into_owned(),
        errors: String::from_utf8_lossy(&finished.stderr).into_owned(),
    })
}

/// Runs a long program, writing both outputs into one file that can be followed meanwhile.
///
/// A program that is still running after `limit` is ended and counts as failed.
pub(crate) fn logged(
    command: &mut Command,
    log: &Path,
    limit: Duration,
) -> Result<Finished, Problem> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).map_err(|cause| Problem::at(folder, &cause))?;
    }
    let file = File::create(log).map_err(|cause| Problem::at(log, &cause))?;
    let second = file.try_clone().map_err(|cause| Problem::at(log, &cause))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(second)
        .spawn()
        .map_err(|cause| cannot_start(command, &cause))?;
    let end = wait_until(&mut child, limit)?;
    let bytes = std::fs::read(log).map_err(|cause| Problem::at(log, &cause))?;
    let mut output = String::from_utf8_lossy(&bytes).into_owned();
    if end == End::TookTooLong {
        let seconds = limit.as_secs();
        output.extend(["\nended by us after ", &seconds.to_string(), " s\n"]);
    }
    Ok(Finished {
        is_success: end == End::Succeeded,
        output,
        errors: String::new(),
    })
}

#[derive(PartialEq, Eq)]
enum End {
    Succeeded,
    Failed,
    TookTooLong,
}

fn wait_until(child: &mut Child, limit: Duration) -> Result<End, Problem> {
    let watch = Stopwatch::start();
    loop {
        let ended = child
            .try_wait()
            .map_err(|cause| Problem::new(cause.to_string()))?;
        match ended {
            Some(status) if status.success() => return Ok(End::Succeeded),
            Some(_) => return Ok(End::Failed),
            None if watch.elapsed() > limit => {
                // It may have ended in this very moment; then there is nothing to end.
                drop(child.kill());
                drop(child.wait());
                return Ok(End::TookTooLong);
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Asks a program that we started to stop, and ends it when it does not within `patience`.
pub(crate) fn stop(child: &mut Child, patience: Duration) {
    let ask = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    if ask.is_ok() {
        // Whatever the end, the child is gone after this.
        drop(wait_until(child, patience));
    } else {
        drop(child.kill());
        drop(child.wait());
    }
}

/// The sentence for a program that is not there or may not be run.
pub(crate) fn cannot_start(command: &Command, cause: &std::io::Error) -> Problem {
    Problem::new(format!(
        "cannot start {}: {cause}",
        command.get_program().display()
    ))
}

/// The last lines of a long output.
pub(crate) fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(count);
    lines.get(from..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_program_that_hangs_is_ended_and_counts_as_failed() {
        let scratch = Scratch::new("hang").unwrap();
        let log = scratch.path().join("log");
        let limit = Duration::from_millis(100);
        let finished = logged(Command::new("sleep").arg("30"), &log, limit).unwrap();
        assert!(!finished.is_success);
        assert!(finished.output.contains("ended by us"));
    }

    #[test]
    fn both_outputs_end_up_in_the_log() {
        let scratch = Scratch::new("log").unwrap();
        let log = scratch.path().join("deep/log");
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo out; echo err >&2; exit 3"]);
        let finished = logged(&mut shell, &log, Duration::from_secs(10)).unwrap();
        assert!(!finished.is_success);
        assert_eq!(finished.output, "out\nerr\n");
    }

    #[test]
    fn the_last_lines_of_a_short_text_are_all_of_it() {
        assert_eq!(last_lines("a\nb\nc", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
    }
}
