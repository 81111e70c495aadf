//! Facts that were spoilt, or that are of other records than those beside them: figures stay right, and
//! facts are made anew by themselves.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    place::Place,
    program::{Program, run, verified},
    respondent::{Sent, answer, people},
};

const ANSWERS: u32 = 60;

/// Spoils the segment or the manifest.
type Spoil = fn(&Path, &Path);

/// A folder with answers, and facts of them in files.
fn filled() -> Place {
    let place = Place::new();
    place.fill(ANSWERS);
    keep_all(&place);
    place
}

/// Sees to it that files hold all facts.
fn keep_all(place: &Place) {
    let said = run(&["facts", "rebuild"], place.folder());
    assert!(said.is_success, "{}", said.text);
}

fn segment(place: &Place) -> PathBuf {
    let found = fs::read_dir(place.folder().join("facts")).unwrap();
    let mut paths = found.map(|entry| entry.unwrap().path());
    let is_segment = |path: &PathBuf| path.extension().is_some_and(|end| end == "facts");
    paths.find(is_segment).unwrap()
}

fn change(file: &Path, spoil: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap();
    spoil(&mut bytes);
    fs::write(file, bytes).unwrap();
}

/// Serves a folder with spoilt facts: says what its log said.
fn stays_right(place: &Place, expected: u64) -> String {
    let program = Program::serve(place.folder());
    let count = || people(&program.address, &place.token);
    assert_eq!(count(), Some(expected));
    assert!(matches!(
        answer(&program.address, "daarna"),
        Some(Sent::Accepted)
    ));
    assert_eq!(count(), Some(expected + 1));
    program.wait_for_log("made anew from the records");
    assert_eq!(count(), Some(expected + 1));
    program.stop();
    let log = program.log();
    let verdict = verified(place.folder());
    assert_eq!(verdict["state"], "equal", "{verdict} {log}");
    assert_eq!(verdict["submissions"], expected + 1);
    log
}

#[test]
fn spoilt_facts_are_named_and_made_anew_and_figures_stay_right() {
    let place = filled();
    let manifest = place.folder().join("facts/manifest");
    let ways: [(&str, Spoil); 6] = [
        ("the columns of a segment", |segment, _| {
            change(segment, |bytes| {
                let most = bytes.len() / 2;
                bytes[8..most].iter_mut().for_each(|byte| *byte ^= 0x20);
            });
        }),
        ("the end of a segment", |segment, _| {
            change(segment, |bytes| bytes.truncate(bytes.len() - 40));
        }),
        ("a whole segment", |segment, _| {
            fs::remove_file(segment).unwrap();
        }),
        ("an empty segment", |segment, _| change(segment, Vec::clear)),
        ("the manifest", |_, manifest| {
            change(manifest, |bytes| bytes[20] ^= 1);
        }),
        ("an empty manifest", |_, manifest| {
            change(manifest, Vec::clear);
        }),
    ];
    for ((what, spoil), expected) in ways.into_iter().zip(u64::from(ANSWERS)..) {
        let segment = segment(&place);
        spoil(&segment, &manifest);
        let log = stays_right(&place, expected);
        let is_named = log.contains("is damaged");
        assert!(
            is_named && (log.contains(".facts") || log.contains("manifest")),
            "{what}: {log}"
        );
        keep_all(&place);
    }
}

#[test]
fn changes_that_cannot_be_read_lead_to_facts_from_the_records() {
    let place = filled();
    place.fill(15);
    // The words with which a change begins, in rows that no facts have seen yet.
    let database = place.folder().join("peil.db");
    change(&database, |bytes| {
        let words = br#"[{"+":true"#;
        let places: Vec<usize> = bytes
            .windows(words.len())
            .enumerate()
            .filter_map(|(place, found)| (found == words).then_some(place))
            .collect();
        assert!(places.len() >= 15, "{}", places.len());
        for place in places {
            bytes[place] = b'#';
        }
    });
    let log = stays_right(&place, u64::from(ANSWERS) + 15);
    assert!(log.contains("made anew"), "{log}");
}

#[test]
fn a_backup_put_back_under_facts_of_later_is_seen_also_when_it_went_on() {
    let place = filled();
    let database = place.folder().join("peil.db");
    let backup = fs::read(&database).unwrap();
    place.fill(20);
    keep_all(&place);
    assert_eq!(verified(place.folder())["submissions"], ANSWERS + 20);
    // More answers than were lost come in before anyone looks at the facts: numbers are the same again.
    for leftover in ["peil.db-wal", "peil.db-shm"] {
        drop(fs::remove_file(place.folder().join(leftover)));
    }
    fs::write(&database, backup).unwrap();
    place.fill(25);
    let log = stays_right(&place, u64::from(ANSWERS) + 25);
    assert!(log.contains("not of these records"), "{log}");
}
