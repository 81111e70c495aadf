//! Runs the binary and keeps what it says.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
};

/// Password of everyone in tests.
pub(crate) const PASSWORD: &str = "vier rode fietsen in de regen";

/// How a command ended and what it said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) errors: String,
}

/// The binary without anything of the environment of the tests.
pub(crate) fn peil(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_peil"));
    command
        .args(arguments)
        .env_clear()
        .env("TZ", "Europe/Amsterdam");
    command
}

/// Runs a command to its end.
pub(crate) fn run(arguments: &[&str]) -> Said {
    run_with(&mut peil(arguments), "")
}

/// Runs a command to its end with this on its standard input.
pub(crate) fn run_with(command: &mut Command, input: &str) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read has closed its side already.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let ended = child.wait_with_output().unwrap();
    Said {
        code: ended.status.code(),
        out: String::from_utf8(ended.stdout).unwrap(),
        errors: String::from_utf8(ended.stderr).unwrap(),
    }
}

/// Makes the organisation "Testwinkel" in a folder.
pub(crate) fn set_up(folder: &str) -> Said {
    let mut command = peil(&["setup", "--data", folder, "--organisation", "Testwinkel"]);
    command.args([
        "--name",
        "Sanne de Boer",
        "--email",
        "sanne@example.nl",
        "--password-stdin",
    ]);
    run_with(&mut command, &format!("{PASSWORD}\n"))
}

/// A server of its own, stopped when it is let go.
pub(crate) struct Server {
    child: Child,
    /// The line with which it said that it was ready.
    pub(crate) ready: String,
    /// Host and port.
    pub(crate) address: String,
}

impl Server {
    /// Starts a command that serves and waits for its first line.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = peil(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.next().unwrap().unwrap();
        // Read on, so that the server never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let address = ready.trim_start_matches("ready: http://").to_owned();
        Self {
            child,
            ready,
            address,
        }
    }

    /// Asks a page and gives the status line and the rest.
    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = std::net::TcpStream::connect(&self.address).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        std::io::Read::read_to_end(&mut stream, &mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The number of its process.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop and says with which code it ended.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `stop` it is gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
