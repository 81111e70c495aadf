//! Answers under `kill -9`: what a respondent saw accepted is there afterwards, once.

use std::{
    collections::BTreeSet,
    process::{Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{
    place::Place,
    program::{Program, verified},
    respondent::{Pending, Sent, fill_in, send},
};

const KILLS: u64 = 100;
const RESPONDENTS: usize = 32;
/// So often facts are made anew in between, which is killed as well.
const REBUILD_EVERY: u64 = 10;

/// Different moments every round, the same ones every run.
struct Moments(u64);

impl Moments {
    fn next(&mut self, least: u64, most: u64) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        Duration::from_millis(least + (self.0 >> 33) % (most - least))
    }
}

/// What all respondents together saw.
#[derive(Default)]
struct Seen {
    accepted: Mutex<Vec<String>>,
    /// Forms of which nobody knows whether they were taken.
    unknown: Mutex<Vec<Pending>>,
    number: AtomicU64,
}

impl Seen {
    /// Fills forms in and sends them; what became of a form is not known is sent again first.
    fn respond(&self, address: &str, is_over: &AtomicBool) {
        while !is_over.load(Ordering::Relaxed) {
            let left = self.unknown.lock().unwrap().pop();
            let pending = left.or_else(|| {
                let mark = format!("mark {}", self.number.fetch_add(1, Ordering::Relaxed));
                fill_in(address, &mark)
            });
            let Some(pending) = pending else { continue };
            match send(address, &pending) {
                Sent::Accepted => self.accepted.lock().unwrap().push(pending.mark),
                Sent::Unknown => self.unknown.lock().unwrap().push(pending),
                Sent::Refused(answer) => {
                    // Too much at once is an honest answer; anything else is not.
                    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
                    self.unknown.lock().unwrap().push(pending);
                }
            }
        }
    }
}

#[test]
fn every_answer_that_was_seen_accepted_is_there_once_after_a_hundred_kills() {
    let place = Place::new();
    let seen = Seen::default();
    let mut moments = Moments(0x2545_F491_4F6C_DD1D);
    for kill in 1..=KILLS {
        let program = Program::serve(place.folder());
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..RESPONDENTS {
                scope.spawn(|| seen.respond(&program.address, &is_over));
            }
            thread::sleep(moments.next(40, 440));
            program.kill();
            is_over.store(true, Ordering::Relaxed);
        });
        if kill % REBUILD_EVERY == 0 {
            let mut rebuild = Command::new(env!("CARGO_BIN_EXE_peil"))
                .args(["facts", "rebuild", "--json", "--data"])
                .arg(place.folder())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            thread::sleep(moments.next(20, 600));
            rebuild.kill().unwrap();
            rebuild.wait().unwrap();
        }
    }
    // What was not known to be taken is sent once more, and is there once as well.
    let program = Program::serve(place.folder());
    for pending in seen.unknown.into_inner().unwrap() {
        assert!(matches!(send(&program.address, &pending), Sent::Accepted));
        seen.accepted.lock().unwrap().push(pending.mark);
    }
    program.stop();
    let accepted = seen.accepted.into_inner().unwrap();
    assert!(accepted.len() > 1_000, "only {}", accepted.len());
    let stored = place.marks();
    let doubled: Vec<_> = stored.iter().filter(|(_, count)| **count > 1).collect();
    assert!(doubled.is_empty(), "stored twice: {doubled:?}");
    let expected: BTreeSet<&String> = accepted.iter().collect();
    assert_eq!(expected.len(), accepted.len());
    let found: BTreeSet<&String> = stored.keys().collect();
    let lost: Vec<_> = expected.difference(&found).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let verdict = verified(place.folder());
    assert_eq!(verdict["state"], "equal", "{verdict}");
    assert_eq!(verdict["submissions"], stored.len());
    println!("{KILLS} kills, {} accepted", accepted.len());
}
