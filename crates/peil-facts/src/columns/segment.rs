//! A segment: shelves that were made together, in memory or in one file.
//!
//! A file holds the columns of all shelves behind each other, then a directory that says where each
//! is and what its checksum must be, then the place and checksum of the directory. A file is whole
//! before anything refers to it, and never changes.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use super::{
    bytes::{Reader, Writer},
    cache::Library,
    column::{Column, ColumnKey},
    dead::Dead,
    disk::{Disk, disk_error, read_error},
    ids::{is_short, shortened, time},
    shelf::Shelf,
};
use crate::FactsError;

/// How a file begins and ends.
const MARK: &[u8; 8] = b"peilfact";
/// Number of the format; a file of another one is not read.
const FORMAT: u32 = 2;
/// Length of what stands behind the directory: offset, length, checksum, format and mark.
const FOOTER: usize = 8 + 8 + 4 + 4 + 8;

/// Tells shelves in files apart.
static NEXT_SHELF: AtomicU64 = AtomicU64::new(1);

/// A file that is taken away once nobody needs it: one that others replaced, or that no manifest came
/// to list.
pub(super) struct SegmentFile {
    name: String,
    disk: Arc<dyn Disk>,
    is_replaced: AtomicBool,
}

impl std::fmt::Debug for SegmentFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl SegmentFile {
    pub(super) fn new(name: &str, disk: &Arc<dyn Disk>) -> Self {
        Self {
            name: name.to_owned(),
            disk: Arc::clone(disk),
            is_replaced: AtomicBool::new(false),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Others hold what this one holds.
    pub(super) fn replace(&self) {
        self.is_replaced.store(true, Ordering::Relaxed);
    }

    /// A manifest lists it.
    pub(super) fn adopt(&self) {
        self.is_replaced.store(false, Ordering::Relaxed);
    }
}

impl Drop for SegmentFile {
    fn drop(&mut self) {
        if self.is_replaced.load(Ordering::Relaxed) {
            // What stays behind is taken away when the folder is opened next.
            let _ = self.disk.remove(&self.name);
        }
    }
}

/// A shelf with the rows that died since it was made.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) shelf: Arc<Shelf>,
    pub(super) dead: Option<Arc<Dead>>,
}

impl Part {
    pub(super) const fn new(shelf: Arc<Shelf>) -> Self {
        Self { shelf, dead: None }
    }

    /// Number of rows that are not dead.
    pub(super) fn living(&self) -> usize {
        self.shelf.rows() - self.dead.as_ref().map_or(0, |dead| dead.rows().len())
    }

    /// Lets the rows with these identifiers, which go up, die; `false` when it holds none of them.
    pub(super) fn kill(&mut self, ids: &[u128], library: &Library) -> Result<bool, FactsError> {
        let (least, most) = self.shelf.head.ids;
        let from = ids.partition_point(|id| time(*id) < time(least));
        let to = ids.partition_point(|id| time(*id) <= time(most));
        let ids = ids.get(from..to).unwrap_or_default();
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
            return Ok(false);
        };
        let times = (time(*first), time(*last));
        let mut short: Vec<u128> = ids.iter().map(|id| shortened(*id)).collect();
        short.sort_unstable();
        let is_found = |id: &u128| {
            if is_short(*id) {
                short.binary_search(id).is_ok()
            } else {
                ids.binary_search(id).is_ok()
            }
        };
        let found = self.shelf.rows_of(times, is_found, library)?;
        if found.is_empty() {
            return Ok(false);
        }
        let mut answers = vec![0; found.len()];
        for question in &self.shelf.head.questions {
            let key = ColumnKey::Answers(question.clone());
            if let Some(column) = self.shelf.column(&key, library)?
                && let Column::Answers(column) = &*column
            {
                for (row, answers) in found.iter().zip(&mut answers) {
                    *answers += u64::from(column.code(*row) > 0);
                }
            }
        }
        let none = || Arc::new(Dead::none(self.shelf.rows()));
        let dead = Arc::make_mut(self.dead.get_or_insert_with(none));
        for (row, answers) in found.iter().zip(answers) {
            dead.kill(*row, answers);
        }
        Ok(true)
    }
}

/// Shelves that were made together.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) parts: Vec<Part>,
    pub(super) file: Option<Arc<SegmentFile>>,
    /// Bytes on disk.
    pub(super) bytes: u64,
}

impl Segment {
    /// A segment in memory.
    pub(super) const fn in_memory(parts: Vec<Part>) -> Self {
        Self {
            parts,
            file: None,
            bytes: 0,
        }
    }

    /// Number of rows that are not dead.
    pub(super) fn living(&self) -> usize {
        self.parts.iter().map(Part::living).sum()
    }

    /// Number of rows that are dead.
    pub(super) fn dead(&self) -> usize {
        let dead = self.parts.iter().filter_map(|part| part.dead.as_ref());
        dead.map(|dead| dead.rows().len()).sum()
    }

    /// Writes shelves into a file, and reads back where they are.
    pub(super) fn write(
        name: &str,
        shelves: &[Shelf],
        library: &Library,
    ) -> Result<Self, FactsError> {
        let mut bytes = Vec::new();
        bytes.extend(MARK);
        let mut directory = Writer::default();
        directory.count(shelves.len());
        for shelf in shelves {
            shelf.write(library, &mut bytes, &mut directory)?;
        }
        let mut footer = Writer::default();
        footer.u64(bytes.len() as u64);
        footer.count(directory.bytes.len());
        footer.u32(crc32fast::hash(&directory.bytes));
        footer.u32(FORMAT);
        footer.bytes.extend(MARK);
        bytes.extend(directory.bytes);
        bytes.extend(footer.bytes);
        library
            .disk
            .write(name, &bytes)
            .map_err(|source| disk_error(&*library.disk, name, source))?;
        let made = Self::open(name, library)?;
        made.file.iter().for_each(|file| file.replace());
        Ok(made)
    }

    /// Opens a file; its columns are read when they are needed.
    pub(super) fn open(name: &str, library: &Library) -> Result<Self, FactsError> {
        let disk = &library.disk;
        let failed = |source| read_error(&**disk, name, source);
        let damaged = |problem| FactsError::Damaged {
            file: disk.path(name),
            problem,
        };
        let length = disk.length(name).map_err(failed)?;
        let length = length.ok_or_else(|| damaged("the file is not there"))?;
        let foot = length.checked_sub(FOOTER as u64);
        let foot = foot.ok_or_else(|| damaged("the file is cut off"))?;
        let footer = disk.read(name, foot, FOOTER).map_err(failed)?;
        let reader = &mut Reader::new(&footer);
        let (offset, size, sum, format) = (|| {
            let found = (reader.u64()?, reader.u64()?, reader.u32()?, reader.u32()?);
            (reader.rest == MARK.as_slice()).then_some(found)
        })()
        .ok_or_else(|| damaged("the file is cut off"))?;
        if format != FORMAT {
            return Err(FactsError::other_release(disk.path(name), format > FORMAT));
        }
        if offset.checked_add(size) != Some(foot) {
            return Err(damaged("the directory is not where it should be"));
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let directory = disk.read(name, offset, size).map_err(failed)?;
        if crc32fast::hash(&directory) != sum {
            return Err(damaged("the checksum of the directory is wrong"));
        }
        let file = Arc::new(SegmentFile::new(name, disk));
        let reader = &mut Reader::new(&directory);
        let shelves = reader.list(|reader| {
            let number = NEXT_SHELF.fetch_add(1, Ordering::Relaxed);
            Shelf::read(reader, &file, number)
        });
        let shelves = shelves.ok_or_else(|| damaged("the directory cannot be read"))?;
        Ok(Self {
            parts: shelves.into_iter().map(Arc::new).map(Part::new).collect(),
            file: Some(file),
            bytes: length,
        })
    }
}
