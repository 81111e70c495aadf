//! The real program, started on a data folder and killed without a word.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A running program; killed when dropped.
pub(crate) struct Program(Child);

impl Program {
    /// Starts `peil serve` on a folder and waits until it answers.
    pub(crate) fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_peil"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().unwrap().starts_with("ready:"));
        assert!(line.is_some(), "the program ended before it was ready");
        Self(child)
    }

    /// Ends the program as `kill -9` does, in the middle of whatever it is doing.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may be dead already, which is what is wanted.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
