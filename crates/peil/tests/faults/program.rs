//! Starts the program as a user would, and kills it as a power cut would.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Mutex,
};

/// A running program; killed when it goes out of scope.
pub(crate) struct Program {
    child: Mutex<Child>,
    /// Where it listens, as `127.0.0.1:port`.
    pub(crate) address: String,
}

impl Program {
    /// Starts `peil serve` on a data folder and waits until it accepts requests.
    pub(crate) fn serve(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_peil"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .find_map(|line| Some(line.unwrap().strip_prefix("ready: http://")?.to_owned()))
            .expect("the program says where it listens");
        Self {
            child: Mutex::new(child),
            address,
        }
    }

    /// Kills it with `SIGKILL`: it gets no chance to put anything away.
    pub(crate) fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Already gone when a test killed it on purpose.
        let child = self.child.get_mut().unwrap();
        drop(child.kill());
        drop(child.wait());
    }
}
