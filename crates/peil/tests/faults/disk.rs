//! A full disk: answers are refused and kept by respondents, nothing is lost, and everything goes on by
//! itself once there is room.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use rustix::process::{Resource, Rlimit, prlimit};

use crate::{
    place::Place,
    program::{Program, run, verified, wait_until},
    respondent::{Pending, Sent, exchange, fill_in, look, people, send},
};

const PEIL: &str = env!("CARGO_BIN_EXE_peil");

/// A program whose disk can be filled.
trait Scarce {
    fn program(&self) -> &Program;
    /// Where its data folder is for us.
    fn folder(&self) -> PathBuf;
    fn fill(&self);
    fn make_room(&self);
}

/// A limit on what the program may write to files: the system refuses what comes beyond.
struct Limited {
    program: Program,
    folder: PathBuf,
}

impl Limited {
    fn start(place: &Place) -> Self {
        let mut command = Command::new("sh");
        // Whoever does not ignore the signal is ended by it, which no full disk does.
        command.args(["-c", r#"trap "" XFSZ; exec "$0" "$@""#, PEIL]);
        Self {
            program: Program::start(command, place.folder()),
            folder: place.folder().to_owned(),
        }
    }

    fn allow(&self, current: Option<u64>) {
        let limit = Rlimit {
            current,
            maximum: None,
        };
        prlimit(Some(self.program.process()), Resource::Fsize, limit).unwrap();
    }
}

impl Scarce for Limited {
    fn program(&self) -> &Program {
        &self.program
    }

    fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    fn fill(&self) {
        self.allow(Some(0));
    }

    fn make_room(&self) {
        self.allow(None);
    }
}

/// A small file system of its own, in memory, that nobody else sees.
struct Small {
    program: Program,
    folder: PathBuf,
    /// What it is mounted on.
    _point: tempfile::TempDir,
}

impl Small {
    /// Nothing when the system lets nobody but its owner have file systems.
    fn start(place: &Place) -> Option<Self> {
        let own = ["--user", "--map-root-user", "--mount"];
        let is_possible = Command::new("unshare")
            .args(own)
            .args(["mount", "-t", "tmpfs", "tmpfs", "/mnt"])
            .output()
            .is_ok_and(|ended| ended.status.success());
        if !is_possible {
            eprintln!("no file system of our own here: only the limit on files is tested");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("unshare");
        let script = r#"mount -t tmpfs -o size=12m,mode=700 tmpfs "$1" && cp -a "$0/." "$1/" \
            && shift && exec "$@""#;
        command.args(own).args(["sh", "-c", script]);
        command.arg(place.folder()).arg(folder.path()).arg(PEIL);
        let program = Program::start(command, folder.path());
        // The program sees another folder there than we do.
        let process = program.process().as_raw_nonzero();
        let root = PathBuf::from(format!("/proc/{process}/root"));
        let inside = folder.path().strip_prefix("/").unwrap();
        Some(Self {
            folder: root.join(inside),
            program,
            _point: folder,
        })
    }
}

impl Scarce for Small {
    fn program(&self) -> &Program {
        &self.program
    }

    fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    fn fill(&self) {
        let mut ballast = File::create(self.folder.join("ballast")).unwrap();
        while ballast.write_all(&[7; 4096]).is_ok() {}
        while ballast.write_all(&[7]).is_ok() {}
    }

    fn make_room(&self) {
        fs::remove_file(self.folder.join("ballast")).unwrap();
    }
}

/// Sends new forms until one is refused; gives those that were accepted, and that one.
fn until_refused(address: &str, name: &str) -> (Vec<String>, Pending, String) {
    let mut accepted = Vec::new();
    for number in 0..5_000 {
        let mark = format!("{name} {number}");
        let pending = fill_in(address, &mark).expect("a full disk keeps nobody from looking");
        match send(address, &pending) {
            Sent::Accepted => accepted.push(mark),
            Sent::Refused(answer) => return (accepted, pending, answer),
            Sent::Unknown => panic!("the program went away"),
        }
    }
    panic!("the disk is never full");
}

/// What every page tells somebody who is signed in of the disk, if anything.
fn told(place: &Place, scarce: &dyn Scarce) -> Option<String> {
    let page = look(&scarce.program().address, "/audience", &place.cookie).unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let notice = page.split("data-storage").nth(1)?;
    Some(notice.split("</div>").next().unwrap().to_owned())
}

/// The same, when it is that nothing is taken.
fn told_of_refusal(place: &Place, scarce: &dyn Scarce) -> Option<String> {
    told(place, scarce).filter(|notice| notice.contains("kan Peil niets bewaren"))
}

fn goes_on(place: &Place, scarce: &dyn Scarce) -> Vec<String> {
    let program = scarce.program();
    let address = &program.address;
    let count = || people(address, &place.token).unwrap();
    let mut accepted = Vec::new();
    for number in 0..10 {
        let pending = fill_in(address, &format!("voor {number}")).unwrap();
        match send(address, &pending) {
            Sent::Accepted => {}
            Sent::Refused(answer) => panic!("{answer} {}", program.log()),
            Sent::Unknown => panic!("{}", program.log()),
        }
        accepted.push(pending.mark);
    }
    for round in 0..2 {
        assert_eq!(told_of_refusal(place, scarce), None);
        scarce.fill();
        let (more, refused, answer) = until_refused(address, &format!("vol {round}"));
        accepted.extend(more);
        let lower = answer.to_lowercase();
        assert!(lower.starts_with("http/1.1 503") && lower.contains("\r\nretry-after: 60"));
        assert!(
            answer.contains(&refused.mark),
            "the answers are still in the form"
        );
        let body = r#"{"answers":{"nps":["9"]}}"#;
        let path = format!("/api/v1/surveys/{}/responses", place.survey);
        let told = exchange(address, "POST", &path, body, Some(&place.token));
        let told = told.unwrap();
        assert!(
            told.starts_with("HTTP/1.1 503") && told.contains("\"disk\""),
            "{told}"
        );
        assert_eq!(
            count(),
            accepted.len() as u64,
            "figures hold what was accepted"
        );
        let notice = wait_until("colleagues are told", || told_of_refusal(place, scarce));
        assert!(
            notice.contains("Er gaat geen antwoord verloren dat al was aangenomen"),
            "{notice}"
        );
        program.wait_for_log("make room on the disk");
        assert!(program.log().contains("peil.db"), "{}", program.log());

        scarce.make_room();
        wait_until("answers are accepted again", || {
            matches!(send(address, &refused), Sent::Accepted).then_some(())
        });
        accepted.push(refused.mark);
        assert_eq!(told_of_refusal(place, scarce), None, "it is over");
        program.wait_for_log("answers are stored again");
        assert_eq!(count(), accepted.len() as u64);
    }
    accepted
}

fn all_are_there(place: &Place, accepted: &[String]) {
    let stored = place.marks();
    assert!(accepted.iter().all(|mark| stored.get(mark) == Some(&1)));
    assert_eq!(stored.len(), accepted.len());
    let verdict = verified(place.folder());
    assert_eq!(verdict["state"], "equal", "{verdict}");
    assert_eq!(verdict["submissions"], accepted.len());
}

#[test]
fn what_the_disk_does_not_take_is_refused_and_accepted_again_without_a_restart() {
    let place = Place::new();
    let limited = Limited::start(&place);
    let accepted = goes_on(&place, &limited);
    limited.program.kill();
    all_are_there(&place, &accepted);
}

#[test]
fn whoever_makes_room_sees_that_it_helped_without_anybody_answering() {
    let place = Place::new();
    let limited = Limited::start(&place);
    limited.fill();
    until_refused(&limited.program.address, "vol");
    let notice = told_of_refusal(&place, &limited).unwrap();
    until_refused(&limited.program.address, "nog vol");
    assert_eq!(
        told_of_refusal(&place, &limited),
        Some(notice),
        "since the same moment"
    );
    limited.make_room();
    wait_until("the notice goes away", || {
        told_of_refusal(&place, &limited).is_none().then_some(())
    });
}

#[test]
fn a_full_file_system_loses_nothing_and_doctor_says_so() {
    let place = Place::new();
    let Some(small) = Small::start(&place) else {
        return;
    };
    // A disk of 12 MB is nearly full from the beginning.
    let scarce = told(&place, &small).unwrap();
    assert!(scarce.contains("MB vrij op de schijf"), "{scarce}");
    let accepted = goes_on(&place, &small);
    small.fill();
    let doctor = run(&["doctor", "--json"], &small.folder());
    assert!(!doctor.is_success, "{}", doctor.text);
    assert!(doctor.text.contains("make room") || doctor.text.contains("maak ruimte"));
    // Facts cannot be written either, which takes no more room and harms nothing.
    small.make_room();
    small.program.stop_and_copy(&small.folder(), place.folder());
    all_are_there(&place, &accepted);
}

impl Program {
    /// Copies what the program sees as its folder, then kills it: its file system goes with it.
    fn stop_and_copy(&self, from: &Path, to: &Path) {
        for name in ["peil.db", "peil.db-wal", "peil.db-shm", "facts"] {
            drop(fs::remove_file(to.join(name)));
            drop(fs::remove_dir_all(to.join(name)));
        }
        let copied = Command::new("cp")
            .arg("-a")
            .arg(from.join("."))
            .arg(to)
            .output()
            .unwrap();
        assert!(copied.status.success(), "{copied:?}");
        self.kill();
    }
}
