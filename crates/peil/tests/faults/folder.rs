//! A data folder that somebody else uses, or that may not be written to.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
};

use crate::{
    place::Place,
    program::{Program, run, run_by, verified, wait_until},
    respondent::{Sent, answer, people},
};

const PEIL: &str = env!("CARGO_BIN_EXE_peil");

/// The program without the privilege to write wherever it likes, also when the tests have it.
fn unprivileged() -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new(PEIL);
    }
    let mut command = Command::new("setpriv");
    command
        .arg("--bounding-set=-dac_override,-dac_read_search")
        .arg("--inh-caps=-dac_override,-dac_read_search")
        .arg(PEIL);
    command
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// What `serve` says when it refuses to start.
fn refusal(folder: &Path) -> String {
    let said = run_by(
        unprivileged(),
        &["serve", "--listen", "127.0.0.1:0"],
        folder,
    );
    assert!(!said.is_success, "{}", said.text);
    said.text
}

#[test]
fn a_second_program_on_a_folder_is_refused_and_the_first_goes_on() {
    let place = Place::new();
    let first = Program::serve(place.folder());
    let shown = place.folder().display().to_string();
    let second = refusal(place.folder());
    assert!(
        second.contains(&shown) && second.contains("--data"),
        "{second}"
    );
    for command in ["rebuild", "verify"] {
        let said = run(&["facts", command], place.folder());
        assert!(
            !said.is_success && said.text.contains(&shown),
            "{}",
            said.text
        );
    }
    assert!(matches!(
        answer(&first.address, "een"),
        Some(Sent::Accepted)
    ));
    // However it ended, the next one can start at once.
    first.kill();
    let next = Program::serve(place.folder());
    assert!(matches!(
        answer(&next.address, "twee"),
        Some(Sent::Accepted)
    ));
    next.stop();
    assert_eq!(place.marks().len(), 2);
}

#[test]
fn a_folder_or_database_that_may_not_be_written_to_is_named_with_what_to_do() {
    let place = Place::new();
    place.fill(9);
    let database = place.folder().join("peil.db");
    for (path, mode) in [(place.folder(), 0o500), (&*database, 0o400)] {
        let before = fs::metadata(path).unwrap().permissions();
        set_mode(path, mode);
        let said = refusal(place.folder());
        let doctor = run_by(unprivileged(), &["doctor"], place.folder());
        fs::set_permissions(path, before).unwrap();
        let shown = path.display().to_string();
        assert!(
            said.contains(&shown) && said.contains("the right to"),
            "{said}"
        );
        assert!(
            !doctor.is_success && doctor.text.contains(&shown),
            "{}",
            doctor.text
        );
    }
    let program = Program::start(unprivileged(), place.folder());
    assert_eq!(people(&program.address, &place.token), Some(9));
}

#[test]
fn facts_that_may_not_be_kept_leave_figures_right_and_are_kept_once_they_may() {
    let place = Place::new();
    place.fill(9);
    let facts = place.folder().join("facts");
    fs::create_dir(&facts).unwrap();
    set_mode(&facts, 0o500);
    let program = Program::start(unprivileged(), place.folder());
    program.wait_for_log("figures are slow");
    assert!(program.log().contains(&facts.display().to_string()));
    let doctor = run_by(unprivileged(), &["doctor"], place.folder());
    let shown = facts.display().to_string();
    assert!(
        !doctor.is_success && doctor.text.contains(&shown),
        "{}",
        doctor.text
    );
    assert_eq!(people(&program.address, &place.token), Some(9));
    assert!(matches!(
        answer(&program.address, "een"),
        Some(Sent::Accepted)
    ));
    assert_eq!(people(&program.address, &place.token), Some(10));
    set_mode(&facts, 0o700);
    wait_until("facts are kept", || {
        facts.join("manifest").exists().then_some(())
    });
    assert_eq!(people(&program.address, &place.token), Some(10));
    program.stop();
    assert_eq!(verified(place.folder())["state"], "equal");
}

#[test]
fn a_damaged_database_is_named_and_never_replaced() {
    let place = Place::new();
    let database = place.folder().join("peil.db");
    let right = fs::read(&database).unwrap();
    let mut spoilt = right.clone();
    spoilt[..64].fill(0x55);
    fs::write(&database, &spoilt).unwrap();
    let said = refusal(place.folder());
    let shown = database.display().to_string();
    assert!(said.contains(&shown) && said.contains("backup"), "{said}");
    let doctor = run(&["doctor"], place.folder());
    assert!(
        !doctor.is_success && doctor.text.contains(&shown),
        "{}",
        doctor.text
    );
    assert_eq!(fs::read(&database).unwrap(), spoilt);
    fs::write(&database, right).unwrap();
    Program::serve(place.folder()).stop();
}
