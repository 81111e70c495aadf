//! Files that fail, are cut off or are changed.

use std::{
    collections::BTreeMap,
    io,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use super::{super::disk::Disk, OPTIONS};
use crate::{
    ColumnFacts, CountQuery, Facts, FactsError, Given, NaiveFacts, Scope, Subject,
    conformance::{Difference, Pair, Workload},
};

/// A disk in memory that fails from some change on, in the middle of that change.
#[derive(Clone, Default)]
struct FailingDisk {
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    files: BTreeMap<String, Vec<u8>>,
    /// Changes that still succeed; all of them when absent.
    left: Option<usize>,
    changes: usize,
    /// Writes that there is room for; any number when absent.
    room: Option<usize>,
}

impl FailingDisk {
    /// What a crash leaves behind, on a disk that does not fail.
    fn after_crash(&self) -> Self {
        let files = self.held.lock().unwrap().files.clone();
        let disk = Self::default();
        disk.held.lock().unwrap().files = files;
        disk
    }

    fn fail_after(&self, changes: usize) {
        self.held.lock().unwrap().left = Some(changes);
    }

    fn changes(&self) -> usize {
        self.held.lock().unwrap().changes
    }

    /// Does a change, unless the disk fails: then only part of it, which depends on when it is.
    fn change(&self, whole: impl Fn(&mut Held, Option<usize>)) -> io::Result<()> {
        let mut held = self.held.lock().unwrap();
        held.changes += 1;
        match held.left {
            Some(0) => Err(io::Error::other("the disk failed before")),
            Some(1) => {
                held.left = Some(0);
                let changes = held.changes;
                whole(&mut held, Some(changes));
                Err(io::Error::other("the disk fails"))
            }
            left => {
                held.left = left.map(|left| left - 1);
                whole(&mut held, None);
                Ok(())
            }
        }
    }

    /// Changes a byte of every file with this ending.
    fn spoil(&self, ending: &str, place: usize) -> bool {
        let mut held = self.held.lock().unwrap();
        let mut found = false;
        for (_, bytes) in held
            .files
            .iter_mut()
            .filter(|(name, _)| name.ends_with(ending))
        {
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 0x10;
                found = true;
            }
        }
        found
    }
}

impl Disk for FailingDisk {
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some(room) = &mut self.held.lock().unwrap().room {
            *room = room.checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
        }
        self.change(|held, fails| {
            let end = match fails {
                // Nothing, a part or everything may have reached the disk.
                Some(changes) => bytes.len() * (changes % 3) / 2,
                None => bytes.len(),
            };
            held.files.insert(name.to_owned(), bytes[..end].to_vec());
        })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(|held, fails| {
            if fails.is_none_or(|changes| changes % 2 == 0)
                && let Some(bytes) = held.files.remove(from)
            {
                held.files.insert(to.to_owned(), bytes);
            }
        })
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.change(|held, fails| {
            if fails.is_none_or(|changes| changes % 2 == 0) {
                held.files.remove(name);
            }
        })
    }

    fn read(&self, name: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let held = self.held.lock().unwrap();
        let bytes = held.files.get(name).ok_or(io::ErrorKind::NotFound)?;
        let from = usize::try_from(offset).unwrap();
        let part = bytes.get(from..from + length);
        Ok(part.ok_or(io::ErrorKind::UnexpectedEof)?.to_vec())
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        let held = self.held.lock().unwrap();
        Ok(held.files.get(name).map(|bytes| bytes.len() as u64))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.held.lock().unwrap().files.keys().cloned().collect())
    }

    fn path(&self, name: &str) -> PathBuf {
        name.into()
    }
}

fn open(disk: &FailingDisk) -> Result<ColumnFacts, FactsError> {
    ColumnFacts::open_on(Arc::new(disk.clone()), OPTIONS)
}

/// What happens to an engine in the tests: batches, upkeep, a new generation.
async fn live(pair: &mut Pair) -> Result<Option<Difference>, FactsError> {
    for changes in [40, 560, 30, 90] {
        pair.tell(changes).await?;
        while pair.engine().maintain().await? {}
    }
    pair.make_anew().await?;
    for changes in [50, 30] {
        pair.tell(changes).await?;
        while pair.engine().maintain().await? {}
    }
    pair.ask(6).await
}

#[tokio::test]
async fn a_crash_at_any_write_leaves_facts_that_catch_up() {
    let whole = FailingDisk::default();
    let mut pair = Pair::new(Arc::new(open(&whole).unwrap()), 7);
    assert_eq!(live(&mut pair).await.unwrap(), None);
    let changes = whole.changes();
    assert!(changes > 20, "{changes}");
    for fails_at in 1..=changes {
        let disk = FailingDisk::default();
        let mut pair = Pair::new(Arc::new(open(&disk).unwrap()), 7);
        disk.fail_after(fails_at);
        // What a failed removal leaves behind does no harm, so that not every failure is told.
        let _ = live(&mut pair).await;
        let after = disk.after_crash();
        let engine = open(&after).unwrap();
        let sealed = engine.standing().await.unwrap();
        pair.reopen(Arc::new(engine)).await.unwrap();
        let difference = pair.ask(3).await.unwrap();
        assert_eq!(difference, None, "failed at {fails_at}, from {sealed:?}");
        while pair.engine().maintain().await.unwrap() {}
        assert_eq!(pair.ask(1).await.unwrap(), None, "failed at {fails_at}");
    }
}

#[tokio::test]
async fn after_a_failure_the_engine_goes_on_when_the_disk_does() {
    let disk = FailingDisk::default();
    let mut pair = Pair::new(Arc::new(open(&disk).unwrap()), 11);
    pair.tell(300).await.unwrap();
    disk.fail_after(1);
    while let Ok(true) = pair.engine().maintain().await {}
    assert_eq!(pair.ask(3).await.unwrap(), None);
    disk.held.lock().unwrap().left = None;
    pair.tell(100).await.unwrap();
    while pair.engine().maintain().await.unwrap() {}
    assert_eq!(pair.ask(3).await.unwrap(), None);
    let again = open(&disk.after_crash()).unwrap();
    pair.reopen(Arc::new(again)).await.unwrap();
    assert_eq!(pair.ask(3).await.unwrap(), None);
}

/// Everything that reads every column.
async fn ask_everything(engine: &ColumnFacts) -> Result<Vec<crate::Cell>, FactsError> {
    let scope = Scope {
        include_partial: true,
        include_automatic: true,
        ..Scope::all(Workload::workspaces()[0], Vec::new())
    };
    let mut query = CountQuery::new(scope.clone(), Subject::AnyQuestion(Given::Anything));
    query.is_weighted = true;
    query.with_accounts = true;
    query.step = Some(crate::Step::Day);
    for attribute in Workload::attributes() {
        query.group = vec![crate::Dimension::Attribute(attribute)];
        engine.counts(&query).await?;
    }
    let rows = crate::RowsQuery {
        scope,
        subject: Subject::Submissions,
        scores: None,
        option: None,
        after: None,
        limit: 10_000,
    };
    engine.rows(&rows).await?;
    Ok(engine.counts(&query).await?.found)
}

#[tokio::test]
async fn a_changed_byte_is_found_or_does_no_harm() {
    let disk = FailingDisk::default();
    let engine = Arc::new(open(&disk).unwrap());
    let mut pair = Pair::new(engine.clone(), 13);
    pair.tell(120).await.unwrap();
    while pair.engine().maintain().await.unwrap() {}
    let right = ask_everything(&engine).await.unwrap();
    let mut found = 0;
    for ending in [".facts", ".people", "manifest"] {
        for place in (0..).step_by(41) {
            let spoilt = disk.after_crash();
            if !spoilt.spoil(ending, place) {
                break;
            }
            match open(&spoilt) {
                Err(FactsError::Damaged { .. } | FactsError::TooNew { .. }) => found += 1,
                Err(other) => panic!("{other}"),
                Ok(engine) => match ask_everything(&engine).await {
                    Err(FactsError::Damaged { file, .. }) => {
                        assert!(file.to_string_lossy().ends_with(ending));
                        found += 1;
                    }
                    Err(other) => panic!("{other}"),
                    // A byte that nothing was asked of.
                    Ok(cells) => assert_eq!(cells, right, "{ending} {place}"),
                },
            }
        }
    }
    assert!(found > 100, "{found}");
}

#[tokio::test]
async fn damaged_facts_are_begun_anew_as_a_later_generation() {
    let disk = FailingDisk::default();
    let mut pair = Pair::new(Arc::new(open(&disk).unwrap()), 17);
    pair.tell(200).await.unwrap();
    while pair.engine().maintain().await.unwrap() {}
    let before = pair.engine().standing().await.unwrap().generation;
    let spoilt = disk.after_crash();
    assert!(spoilt.spoil("manifest", 20));
    assert!(matches!(open(&spoilt), Err(FactsError::Damaged { .. })));
    let anew = ColumnFacts::begin_on(Arc::new(spoilt.clone()), OPTIONS).unwrap();
    let standing = anew.standing().await.unwrap();
    assert_eq!(standing.found.submissions, 0);
    assert!(standing.generation > before);
    assert_eq!(spoilt.list().unwrap(), ["manifest"]);
    pair.reopen(Arc::new(anew)).await.unwrap();
    assert_eq!(pair.ask(4).await.unwrap(), None);
}

#[tokio::test]
async fn facts_of_an_earlier_release_are_named_and_begun_anew() {
    let disk = FailingDisk::default();
    let body = r#"{"format":1,"generation":3,"at":"p7","segments":[]}"#;
    let text = format!("{:08x}\n{body}", crc32fast::hash(body.as_bytes()));
    disk.write("manifest", text.as_bytes()).unwrap();
    disk.write("00000003-00000009.facts", b"as it was then")
        .unwrap();
    let refused = open(&disk).err().unwrap();
    assert!(matches!(refused, FactsError::Outdated { .. }), "{refused}");
    assert!(refused.needs_new_facts());
    let anew = ColumnFacts::begin_on(Arc::new(disk.clone()), OPTIONS).unwrap();
    assert!(anew.standing().await.unwrap().generation > 3);
    assert_eq!(disk.list().unwrap(), ["manifest"]);
}

#[tokio::test]
async fn a_folder_is_used_by_one_process_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    let second = ColumnFacts::open(folder.path(), OPTIONS);
    assert!(matches!(second, Err(FactsError::InUse { .. })));
    drop(first);
    assert!(ColumnFacts::open(folder.path(), OPTIONS).is_ok());
}

#[tokio::test]
async fn a_submission_that_weighs_too_much_is_refused() {
    let mut workload = Workload::new(3);
    let mut batch = workload.next_batch(2);
    batch.changes[0].submission.weight = crate::TOP_WEIGHT + 1;
    let folder = tempfile::tempdir().unwrap();
    let engine = ColumnFacts::open(folder.path(), OPTIONS).unwrap();
    for engine in [&engine as &dyn Facts, &NaiveFacts::new()] {
        let refused = engine.append(&batch).await;
        assert!(matches!(refused, Err(FactsError::TooHeavy { .. })));
        assert_eq!(engine.standing().await.unwrap().found.submissions, 0);
    }
}

#[tokio::test]
async fn a_full_disk_is_not_filled_further_by_trying_again() {
    let disk = FailingDisk::default();
    let mut pair = Pair::new(Arc::new(open(&disk).unwrap()), 23);
    pair.tell(300).await.unwrap();
    for room in [0, 1, 0, 1, 1] {
        disk.held.lock().unwrap().room = Some(room);
        while let Ok(true) = pair.engine().maintain().await {}
        pair.tell(20).await.unwrap();
        assert_eq!(pair.ask(3).await.unwrap(), None);
        let mut files = disk.list().unwrap();
        files.retain(|name| name != "manifest");
        assert!(files.is_empty(), "{files:?}");
    }
    disk.held.lock().unwrap().room = None;
    while pair.engine().maintain().await.unwrap() {}
    let files = disk.list().unwrap();
    let listed = super::super::manifest::Manifest::read(&disk)
        .unwrap()
        .unwrap();
    let known = |name: &String| {
        listed.people.contains(name) || listed.segments.iter().any(|segment| segment.file == *name)
    };
    let left: Vec<&String> = files.iter().filter(|name| !known(name)).collect();
    assert_eq!(left, ["manifest"]);
    assert_eq!(pair.ask(3).await.unwrap(), None);
}

#[tokio::test]
async fn a_file_that_is_gone_or_cut_off_is_damage_and_not_a_failure_that_passes() {
    let disk = FailingDisk::default();
    let mut pair = Pair::new(Arc::new(open(&disk).unwrap()), 29);
    pair.tell(300).await.unwrap();
    while pair.engine().maintain().await.unwrap() {}
    let engine = open(&disk).unwrap();
    disk.held
        .lock()
        .unwrap()
        .files
        .retain(|name, _| name == "manifest");
    for found in [ask_everything(&engine).await.err(), open(&disk).err()] {
        assert!(
            matches!(found, Some(FactsError::Damaged { .. })),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn what_is_told_all_the_time_is_written_down_all_the_same() {
    let disk = FailingDisk::default();
    let mut pair = Pair::new(Arc::new(open(&disk).unwrap()), 31);
    let start = pair.engine().standing().await.unwrap().found.kept;
    for _ in 0..super::super::LONGEST_UNSEALED {
        pair.tell(3).await.unwrap();
        pair.engine().maintain().await.unwrap();
    }
    let standing = pair.engine().standing().await.unwrap();
    assert_ne!(standing.found.kept, start);
    assert_eq!(standing.found.kept, standing.as_of);
}
