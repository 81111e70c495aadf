//! Whether there is room for what is written, and whether it is taken.
//!
//! Who sends an answer that the disk refuses hears so and keeps it in the form. Colleagues see since when that is
//! so, and why; owners are told before it comes so far. Once it was refused, we try again by ourselves,
//! so that whoever makes room sees that it helped.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use peil_store::StoreError;
use tokio::sync::Notify;

use crate::App;

/// Less than this is little, on any disk.
const LITTLE: u64 = 1_000_000_000;
/// So is less than this part of it, up to as much.
const LITTLE_PART: u64 = 20;
const MOST_LITTLE: u64 = 10_000_000_000;
/// Less than this is as good as nothing.
const NOTHING: u64 = 50_000_000;

/// How long after it was refused writing is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// What is written for that: more than fits in what a database has set apart.
const TRIAL_BYTES: usize = 1 << 18;
/// Name of the file to which that is written.
const TRIAL_FILE: &str = ".room";

/// Room on a disk, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// What may still be written.
    pub free: u64,
    /// All of it.
    pub total: u64,
}

impl Room {
    /// The room on the disk of a folder; nothing when the system does not say.
    #[must_use]
    pub fn at(folder: &Path) -> Option<Self> {
        let disk = rustix::fs::statvfs(folder).ok()?;
        Some(Self {
            free: disk.f_bavail.saturating_mul(disk.f_frsize),
            total: disk.f_blocks.saturating_mul(disk.f_frsize),
        })
    }

    /// Whether it is so little that somebody should make room.
    #[must_use]
    pub fn is_scarce(self) -> bool {
        self.free < (self.total / LITTLE_PART).clamp(LITTLE, MOST_LITTLE)
    }

    /// Whether it is so little that answers may be refused at any moment.
    #[must_use]
    pub const fn is_gone(self) -> bool {
        self.free < NOTHING
    }
}

/// What is wrong with the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageTrouble {
    /// Nothing that is written is taken.
    Refused {
        /// Since when.
        since: Timestamp,
        /// Why.
        because: Refusal,
    },
    /// There is little room left.
    Scarce(Room),
}

/// Why nothing is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no room.
    Full,
    /// The disk does not take it, though there is room.
    Failing,
    /// It may not be written to.
    ReadOnly,
    /// The database is damaged.
    Damaged,
}

/// What is known of the disk.
#[derive(Debug, Default)]
pub(crate) struct Storage {
    /// Since when nothing is taken.
    since: Mutex<Option<Timestamp>>,
    /// Woken when something was refused that nobody else noticed.
    refused: Notify,
}

impl Storage {
    /// Since when nothing is taken, when that is so.
    fn since(&self, is_refused: bool, now: Timestamp) -> Timestamp {
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_refused {
            *since = None;
            return now;
        }
        *since.get_or_insert(now)
    }
}

impl App {
    /// What is wrong with the disk; nothing when all is well.
    #[must_use]
    pub fn storage_trouble(&self) -> Option<StorageTrouble> {
        let refusal = self.store.refusal();
        let since = self.storage.since(refusal.is_some(), self.clock.now());
        let room = Room::at(&self.folder);
        let because = match refusal {
            None => {
                return room
                    .filter(|room| room.is_scarce())
                    .map(StorageTrouble::Scarce);
            }
            Some(StoreError::ReadOnly(_)) => Refusal::ReadOnly,
            Some(StoreError::Damaged(_)) => Refusal::Damaged,
            // A server has a disk of its own, of which we know nothing.
            Some(_) if room.is_some_and(|room| !room.is_gone()) && self.store.is_file() => {
                Refusal::Failing
            }
            Some(_) => Refusal::Full,
        };
        Some(StorageTrouble::Refused { since, because })
    }

    /// Has it looked into that something else than an answer could not be written.
    pub fn note_refused_writing(&self) {
        self.storage.refused.notify_one();
    }

    /// Notes when writing begins to be refused, and tries again until it succeeds.
    pub(crate) async fn watch_storage(&self) {
        let mut stop = self.stopping();
        let mut changes = self.store.refusal_changes();
        while !self.is_stopping() {
            let refusal = self.store.refusal();
            self.storage.since(refusal.is_some(), self.clock.now());
            // What is damaged stays so, however well a little can be written.
            let may_pass = matches!(refusal, Some(StoreError::Disk(_) | StoreError::ReadOnly(_)));
            let is_due = tokio::select! {
                _ = stop.changed() => false,
                _ = changes.changed() => false,
                () = self.storage.refused.notified() => true,
                () = tokio::time::sleep(AGAIN), if may_pass => true,
            };
            if is_due && self.has_room_for_trial() {
                // How it ended is noted, and looked at here.
                drop(self.store.try_to_write().await);
            }
        }
    }

    /// Whether a file can be written beside the database.
    fn has_room_for_trial(&self) -> bool {
        if self.store.refusal().is_none() {
            return true;
        }
        let trial = self.folder.join(TRIAL_FILE);
        let written = std::fs::write(&trial, vec![b' '; TRIAL_BYTES]);
        drop(std::fs::remove_file(&trial));
        written.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: u64 = 1_000_000_000;

    #[test]
    fn little_room_is_a_gigabyte_or_a_part_of_the_disk_that_is_not_absurd() {
        let is_scarce = |free: u64, total: u64| Room { free, total }.is_scarce();
        assert!(is_scarce(GB - 1, 2 * GB) && !is_scarce(GB, 2 * GB));
        assert!(is_scarce(4 * GB, 100 * GB) && !is_scarce(6 * GB, 100 * GB));
        assert!(
            !is_scarce(11 * GB, 4_000 * GB),
            "plenty, however large the disk"
        );
        assert!(
            Room {
                free: 49_000_000,
                total: GB
            }
            .is_gone()
        );
        assert!(Room::at(Path::new("/")).is_some_and(|room| room.free <= room.total));
        assert_eq!(Room::at(Path::new("/no/such/folder")), None);
    }

    #[test]
    fn trouble_keeps_its_first_moment_until_it_is_over() {
        let storage = Storage::default();
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        assert_eq!(storage.since(true, at(10)), at(10));
        assert_eq!(storage.since(true, at(20)), at(10));
        storage.since(false, at(30));
        assert_eq!(storage.since(true, at(40)), at(40));
    }
}
