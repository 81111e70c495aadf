//! Columns that were read from disk and may be asked for again: at most so many bytes of them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use super::{
    column::{Column, ColumnKey},
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
    shelves: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    columns: HashMap<(u64, ColumnKey), Entry>,
    /// Which column was asked for when; the oldest first.
    order: BTreeMap<u64, (u64, ColumnKey)>,
    clock: u64,
    bytes: usize,
}

struct Entry {
    column: Arc<Column>,
    bytes: usize,
    asked: u64,
}

impl Library {
    pub(super) fn new(disk: Arc<dyn Disk>, budget: usize) -> Self {
        Self {
            disk,
            budget,
            names: OnceLock::new(),
            shelves: Mutex::default(),
        }
    }

    /// Bytes of columns that are kept.
    pub(super) fn bytes(&self) -> usize {
        self.kept().bytes
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The column that lies at a place of a file.
    pub(super) fn column(
        &self,
        file: &str,
        (shelf, key): (u64, &ColumnKey),
        place: Place,
        read: impl FnOnce(&[u8]) -> Option<Column>,
    ) -> Result<Arc<Column>, FactsError> {
        let name = (shelf, key.clone());
        if let Some(column) = self.kept().find(&name) {
            return Ok(column);
        }
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
        let column = read(&bytes).ok_or_else(|| damaged("a column cannot be read"))?;
        let column = Arc::new(column);
        self.kept().put(name, Arc::clone(&column), self.budget);
        Ok(column)
    }

    /// Lets go of the columns of a shelf that is no more.
    pub(super) fn forget(&self, shelf: u64) {
        let mut kept = self.kept();
        let names: Vec<_> = kept
            .columns
            .keys()
            .filter(|name| name.0 == shelf)
            .cloned()
            .collect();
        for name in names {
            kept.drop_one(&name);
        }
    }
}

impl Kept {
    fn find(&mut self, name: &(u64, ColumnKey)) -> Option<Arc<Column>> {
        self.clock += 1;
        let entry = self.columns.get_mut(name)?;
        self.order.remove(&entry.asked);
        entry.asked = self.clock;
        self.order.insert(self.clock, name.clone());
        Some(Arc::clone(&entry.column))
    }

    fn put(&mut self, name: (u64, ColumnKey), column: Arc<Column>, budget: usize) {
        self.drop_one(&name);
        self.clock += 1;
        let bytes = column.bytes();
        self.bytes += bytes;
        self.order.insert(self.clock, name.clone());
        let asked = self.clock;
        self.columns.insert(
            name,
            Entry {
                column,
                bytes,
                asked,
            },
        );
        while self.bytes > budget {
            let Some(oldest) = self.order.values().next().cloned() else {
                break;
            };
            self.drop_one(&oldest);
        }
    }

    fn drop_one(&mut self, name: &(u64, ColumnKey)) {
        if let Some(entry) = self.columns.remove(name) {
            self.order.remove(&entry.asked);
            self.bytes -= entry.bytes;
        }
    }
}
