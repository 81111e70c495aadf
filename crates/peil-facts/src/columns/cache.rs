//! Columns that were read from disk and may be asked for again: at most so many bytes of them.

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use super::{
    base::Counted,
    column::Column,
    disk::{Disk, read_error},
    shelf::Place,
};
use crate::{FactsError, Names};

/// Reads columns from disk, and keeps those that were asked for last.
pub(super) struct Library {
    pub(super) disk: Arc<dyn Disk>,
    budget: usize,
    /// The records, when they can be asked for whole identifiers.
    pub(super) names: OnceLock<Arc<dyn Names>>,
    clock: AtomicU64,
    kept: Mutex<Kept>,
    /// What was counted in the base.
    pub(super) counted: Counted,
    /// Whether somebody asked for figures since columns were read ahead.
    is_asked: AtomicBool,
}

#[derive(Default)]
struct Kept {
    columns: Vec<Arc<Held>>,
    bytes: usize,
}

/// A column that is kept.
#[derive(Debug)]
struct Held {
    column: Arc<Column>,
    /// Tells shelves apart.
    shelf: u64,
    bytes: usize,
    /// When it was asked for last.
    asked: AtomicU64,
}

/// Where a column is found again as long as it is kept.
#[derive(Debug, Default)]
pub(super) struct Slot {
    held: Mutex<Weak<Held>>,
}

impl Slot {
    /// Whether it would have to be read: neither kept, nor being read just now.
    pub(super) fn is_due(&self) -> bool {
        let held = self.held.try_lock();
        held.is_ok_and(|held| held.strong_count() == 0)
    }
}

impl Library {
    pub(super) fn new(disk: Arc<dyn Disk>, budget: usize) -> Self {
        Self {
            disk,
            budget,
            names: OnceLock::new(),
            clock: AtomicU64::new(0),
            kept: Mutex::default(),
            counted: Counted::default(),
            is_asked: AtomicBool::new(false),
        }
    }

    /// Whether there is room for columns that nobody asked for yet: half of it stays free for others.
    pub(super) fn has_room(&self) -> bool {
        self.bytes() < self.budget / 2
    }

    /// Bytes of columns that are kept.
    pub(super) fn bytes(&self) -> usize {
        self.kept().bytes
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The column of a shelf that lies at a place of a file.
    pub(super) fn column(
        &self,
        file: &str,
        shelf: u64,
        (place, slot): (Place, &Slot),
        read: impl FnOnce(&[u8]) -> Option<Column>,
    ) -> Result<Arc<Column>, FactsError> {
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        // Whoever asks for the same column at the same time waits until it is read.
        let mut found = slot.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = found.upgrade() {
            held.asked.store(now, Ordering::Relaxed);
            return Ok(Arc::clone(&held.column));
        }
        let column = Arc::new(self.once(file, place, read)?);
        let held = Arc::new(Held {
            column: Arc::clone(&column),
            shelf,
            bytes: column.bytes(),
            asked: AtomicU64::new(now),
        });
        *found = Arc::downgrade(&held);
        drop(found);
        self.kept().put(held, self.budget);
        Ok(column)
    }

    /// What is made of a column of a file, without keeping anything.
    pub(super) fn once<T>(
        &self,
        file: &str,
        place: Place,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, FactsError> {
        let bytes = self
            .disk
            .read(file, place.offset, place.length as usize)
            .map_err(|source| read_error(&*self.disk, file, source))?;
        let damaged = |problem| FactsError::Damaged {
            file: self.disk.path(file),
            problem,
        };
        if crc32fast::hash(&bytes) != place.sum {
            return Err(damaged("the checksum of a column is wrong"));
        }
        read(&bytes).ok_or_else(|| damaged("a column cannot be read"))
    }

    /// Somebody asks for figures.
    pub(super) fn ask(&self) {
        self.is_asked.store(true, Ordering::Relaxed);
    }

    /// Whether somebody did since this was wondered last.
    pub(super) fn was_asked(&self) -> bool {
        self.is_asked.swap(false, Ordering::Relaxed)
    }

    /// Lets go of the columns of a shelf that is no more.
    pub(super) fn forget(&self, shelf: u64) {
        self.kept().retain(|held| held.shelf != shelf);
    }
}

impl Kept {
    fn put(&mut self, held: Arc<Held>, budget: usize) {
        self.bytes += held.bytes;
        self.columns.push(held);
        if self.bytes <= budget {
            return;
        }
        // More than must be, so that this is not due at every column.
        let asked = |held: &Arc<Held>| held.asked.load(Ordering::Relaxed);
        self.columns.sort_by_cached_key(asked);
        let mut surplus = self.bytes.saturating_sub(budget - budget / 8);
        self.retain(|held| {
            let goes = surplus > 0;
            surplus = surplus.saturating_sub(held.bytes);
            !goes
        });
    }

    fn retain(&mut self, mut stays: impl FnMut(&Held) -> bool) {
        self.columns.retain(|held| stays(held));
        self.bytes = self.columns.iter().map(|held| held.bytes).sum();
    }
}
