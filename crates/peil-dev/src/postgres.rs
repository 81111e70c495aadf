//! A PostgreSQL server of our own for the tests: own folder, own port, gone afterwards.

use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::problem::Problem;
use crate::process;
use crate::scratch::Scratch;
use crate::setup;
use crate::stopwatch::Stopwatch;

const START_LIMIT: Duration = Duration::from_mins(1);
const STOP_LIMIT: Duration = Duration::from_secs(20);
const DATABASE: &str = "peil_test";
const LOG: &str = "log";

/// A running server; dropping it stops it and removes its folder.
pub(crate) struct Server {
    child: Child,
    port: u16,
    tools: Tools,
    // Dropped after the server has stopped; the folder goes with it.
    scratch: Scratch,
}

/// PostgreSQL's own programs and the account that they run under.
struct Tools {
    folder: PathBuf,
    account: Option<Account>,
}

/// PostgreSQL refuses to run as root, so root lends it another account.
#[derive(Clone, Copy)]
struct Account {
    user: u32,
    group: u32,
}

impl Tools {
    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.folder.join(name));
        if let Some(account) = self.account {
            command.gid(account.group).uid(account.user);
        }
        // The account may not be allowed to look into the folder that we stand in.
        command
            .current_dir("/")
            .env_remove("PGDATA")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, name: &str, arguments: &[&str]) -> Result<(), Problem> {
        let finished = process::captured(self.command(name).args(arguments))?;
        if finished.is_success {
            Ok(())
        } else {
            Err(Problem::new(format!(
                "{name} failed: {}",
                finished.errors.trim()
            )))
        }
    }
}

impl Server {
    /// Makes a new cluster and starts it; `folder` holds PostgreSQL's programs.
    pub(crate) fn start(folder: &Path) -> Result<Self, Problem> {
        let tools = Tools {
            folder: folder.to_owned(),
            account: unprivileged_account()?,
        };
        let scratch = Scratch::new("postgres")?;
        if let Some(account) = tools.account {
            chown(scratch.path(), Some(account.user), Some(account.group))
                .map_err(|cause| Problem::at(scratch.path(), &cause))?;
        }
        let data = scratch.path().join("data");
        let data = data.to_string_lossy();
        tools.run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "peil",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
        )?;
        let port = free_port()?;
        let log = scratch.path().join(LOG);
        let child = spawn(&tools, &data, port, &log)?;
        let mut server = Self {
            child,
            port,
            tools,
            scratch,
        };
        server.wait_until_ready()?;
        server.run_client("createdb", &[DATABASE])?;
        Ok(server)
    }

    /// The address that tests connect to.
    pub(crate) fn url(&self) -> String {
        format!("postgres://peil@127.0.0.1:{}/{DATABASE}", self.port)
    }

    fn run_client(&self, name: &str, arguments: &[&str]) -> Result<(), Problem> {
        let port = self.port.to_string();
        let mut all = vec!["-h", "127.0.0.1", "-p", &port, "-U", "peil"];
        all.extend_from_slice(arguments);
        self.tools.run(name, &all)
    }

    fn wait_until_ready(&mut self) -> Result<(), Problem> {
        let watch = Stopwatch::start();
        while let Err(problem) = self.run_client("pg_isready", &[]) {
            let has_ended = !matches!(self.child.try_wait(), Ok(None));
            if has_ended || watch.elapsed() > START_LIMIT {
                let log = self.scratch.path().join(LOG);
                let said = std::fs::read_to_string(log).unwrap_or_default();
                let end = process::last_lines(&said, 10);
                return Err(Problem::new(format!(
                    "PostgreSQL does not start: {problem}\n{end}"
                )));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An interrupt makes PostgreSQL close all connections and stop cleanly.
        let ask = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        let watch = Stopwatch::start();
        while ask.is_ok() && watch.elapsed() < STOP_LIMIT {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn spawn(tools: &Tools, data: &str, port: u16, log: &Path) -> Result<Child, Problem> {
    let file = std::fs::File::create(log).map_err(|cause| Problem::at(log, &cause))?;
    let mut command = tools.command("postgres");
    command.args(["-D", data, "-p", &port.to_string()]);
    for setting in [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
        // Test data may be lost in a power cut; waiting for the disk would only cost time.
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    ] {
        command.args(["-c", setting]);
    }
    command
        .stdout(Stdio::null())
        .stderr(file)
        .spawn()
        .map_err(|cause| process::cannot_start(&command, &cause))
}

/// The account that runs PostgreSQL: ourselves, or for root one with fewer rights.
fn unprivileged_account() -> Result<Option<Account>, Problem> {
    if !setup::is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        let numbers = (setup::user_number(&[name]), setup::group_number(&[name]));
        if let (Some(user), Some(group)) = numbers {
            return Ok(Some(Account { user, group }));
        }
    }
    Err(Problem::new(
        "no account without rights to run PostgreSQL: `postgres` or `nobody`",
    ))
}

/// A port that nobody uses at this moment, chosen by the system.
fn free_port() -> Result<u16, Problem> {
    let listener = TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|listener| listener.local_addr());
    let address = address.map_err(|cause| Problem::new(format!("no free port: {cause}")))?;
    Ok(address.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::Tool;

    #[test]
    fn a_server_answers_while_it_lives_and_is_gone_afterwards() {
        let Ok(folder) = Tool::Postgres.find() else {
            return;
        };
        let server = Server::start(&folder).unwrap();
        assert!(server.url().ends_with("/peil_test"));
        assert!(
            server
                .run_client("pg_isready", &["-q", "-d", DATABASE])
                .is_ok()
        );
        let data = server.scratch.path().to_owned();
        let port = server.port;
        drop(server);
        assert!(!data.exists());
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
