//! Starts the program as a user would, and kills it as a power cut would.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// How long anything is waited for that the program does by itself.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running program; killed when it goes out of scope.
pub(crate) struct Program {
    child: Mutex<Child>,
    log: Arc<Mutex<String>>,
    /// Where it listens, as `127.0.0.1:port`.
    pub(crate) address: String,
}

impl Program {
    /// Starts `peil serve` on a data folder and waits until it accepts requests.
    pub(crate) fn serve(folder: &Path) -> Self {
        Self::start(Command::new(env!("CARGO_BIN_EXE_peil")), folder)
    }

    /// The same by a command that becomes or starts the program.
    pub(crate) fn start(command: Command, folder: &Path) -> Self {
        Self::try_start(command, folder).expect("the program says where it listens")
    }

    /// The same; nothing when the program ends before it is ready.
    pub(crate) fn try_start(mut command: Command, folder: &Path) -> Option<Self> {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::<Mutex<String>>::default();
        let (errors, kept) = (child.stderr.take().unwrap(), Arc::clone(&log));
        thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready =
            lines.find_map(|line| Some(line.unwrap().strip_prefix("ready: http://")?.to_owned()));
        let Some(address) = ready else {
            drop(child.kill());
            drop(child.wait());
            return None;
        };
        Some(Self {
            address,
            child: Mutex::new(child),
            log,
        })
    }

    /// Kills it with `SIGKILL`: it gets no chance to put anything away.
    pub(crate) fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Asks it to stop and waits until it has.
    pub(crate) fn stop(&self) {
        let process = self.process();
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
        self.child.lock().unwrap().wait().unwrap();
    }

    /// The number that the system gave it.
    pub(crate) fn process(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.child.lock().unwrap())
    }

    /// What it has written to its log.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until its log holds these words.
    pub(crate) fn wait_for_log(&self, words: &str) {
        wait_until(words, || self.log().contains(words).then_some(()));
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

/// Looks again and again until something is there.
pub(crate) fn wait_until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "it never came: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// How a command ended, and everything it said.
pub(crate) struct Said {
    pub(crate) is_success: bool,
    pub(crate) text: String,
}

/// Runs a command of the program on a data folder to its end.
pub(crate) fn run(arguments: &[&str], folder: &Path) -> Said {
    run_by(Command::new(env!("CARGO_BIN_EXE_peil")), arguments, folder)
}

/// The same by a command that becomes the program.
pub(crate) fn run_by(mut command: Command, arguments: &[&str], folder: &Path) -> Said {
    let mut child = command
        .args(arguments)
        .arg("--data")
        .arg(folder)
        .env("LANG", "en_GB.UTF-8")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it does not end: {arguments:?}");
        }
        thread::sleep(Duration::from_millis(5));
    }
    let ended = child.wait_with_output().unwrap();
    let said = [ended.stdout, ended.stderr].map(|text| String::from_utf8(text).unwrap());
    Said {
        is_success: ended.status.success(),
        text: said.concat(),
    }
}

/// What counting the records in another way says of the facts that figures come from.
pub(crate) fn verified(folder: &Path) -> serde_json::Value {
    let said = run(&["facts", "verify", "--json"], folder);
    let last = said.text.lines().find(|line| line.starts_with('{'));
    let last = last.unwrap_or_else(|| panic!("{}", said.text));
    serde_json::from_str(last).unwrap()
}
