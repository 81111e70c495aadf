//! A running Peil that we started and that stops when we let go of it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::problem::Problem;
use crate::process;

const STOP_LIMIT: Duration = Duration::from_secs(10);

/// Peil as a separate program, listening on an address of its own choice.
pub(crate) struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts `peil` and waits until it says that it is ready.
    pub(crate) fn start(
        program: &Path,
        arguments: &[&str],
        log: &Path,
        patience: Duration,
    ) -> Result<Self, Problem> {
        let errors = std::fs::File::create(log).map_err(|cause| Problem::at(log, &cause))?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors);
        let mut child = command
            .spawn()
            .map_err(|cause| process::cannot_start(&command, &cause))?;
        let (send, receive) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            std::thread::spawn(move || {
                // Reads on after the address, so that the server never waits for a reader.
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    if let Some(address) = ready_address(&line) {
                        // Only the first is waited for; nobody listens to a second.
                        drop(send.send(address.to_owned()));
                    }
                }
            });
        }
        let mut server = Self {
            child,
            address: String::new(),
        };
        if let Ok(address) = receive.recv_timeout(patience) {
            server.address = address;
            Ok(server)
        } else {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            let end = process::last_lines(&said, 20);
            Err(Problem::new(format!(
                "peil {} does not get ready:\n{end}",
                arguments.join(" ")
            )))
        }
    }

    /// `http://` with host and port, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        process::stop(&mut self.child, STOP_LIMIT);
    }
}

/// The address in the line with which Peil says that it is ready.
fn ready_address(line: &str) -> Option<&str> {
    let address = line.trim().strip_prefix("ready: ")?.trim();
    address
        .starts_with("http")
        .then(|| address.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn the_address_is_read_from_the_ready_line_only() {
        assert_eq!(
            ready_address("ready: http://127.0.0.1:81/"),
            Some("http://127.0.0.1:81")
        );
        assert_eq!(ready_address("seeding: http://127.0.0.1:81/"), None);
        assert_eq!(ready_address("ready: soon"), None);
    }

    #[test]
    fn a_server_is_stopped_when_it_is_dropped() {
        let scratch = Scratch::new("server").unwrap();
        let log = scratch.path().join("log");
        let script = "echo 'ready: http://127.0.0.1:9'; exec sleep 60";
        let limit = Duration::from_secs(10);
        let server = Server::start(Path::new("sh"), &["-c", script], &log, limit).unwrap();
        assert_eq!(server.address(), "http://127.0.0.1:9");
        let folder = format!("/proc/{}", server.process_id());
        drop(server);
        assert!(!Path::new(&folder).exists());
    }

    #[test]
    fn a_server_that_ends_early_is_quoted() {
        let scratch = Scratch::new("server").unwrap();
        let log = scratch.path().join("log");
        let limit = Duration::from_secs(10);
        let started = Server::start(Path::new("sh"), &["-c", "echo no port >&2"], &log, limit);
        let problem = started.err().unwrap().to_string();
        assert!(problem.contains("no port"), "{problem}");
    }
}
