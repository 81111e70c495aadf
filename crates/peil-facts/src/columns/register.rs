//! The register: a small number for everyone who is known, the same in all parts of a generation.
//!
//! Someone gets the next number when they are told of first, and keeps it. Files hold only these
//! numbers; what they stand for is in files of the register, which a manifest lists beside the files with rows.

use std::sync::{Arc, PoisonError, RwLock};

use super::{
    bytes::{Reader, Writer},
    cache::Library,
    disk::{Disk, disk_error, read_error},
    segment::SegmentFile,
};
use crate::FactsError;

/// How names of files of the register end.
pub(super) const REGISTER_END: &str = ".people";

/// How such a file begins.
const MARK: &[u8; 8] = b"peilwhos";
/// Number of the format; a file of a later one is not read.
const FORMAT: u32 = 2;
/// Bytes around the people of a file.
const FRAME: usize = 8 + 4 + 8 + 4;

/// Everyone who is known in a generation.
#[derive(Debug, Default)]
pub(super) struct Register {
    held: RwLock<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// What each number stands for; the first one is for the number one.
    people: Vec<u64>,
    /// Numbers by what they stand for: sought from its low bits on, nought where there is none.
    /// Empty until someone is looked up.
    slots: Vec<u32>,
}

impl Held {
    fn start(&self, person: u64) -> usize {
        usize::try_from(person).unwrap_or(usize::MAX) & self.slots.len().wrapping_sub(1)
    }

    /// The slot of someone: theirs, or the free one in which they belong.
    fn slot(&self, person: u64) -> usize {
        let mut slot = self.start(person);
        while let Some(number) = self.slots.get(slot).filter(|number| **number > 0) {
            if self.people.get(*number as usize - 1) == Some(&person) {
                break;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    /// Makes room for one more, so that at most half of the slots are taken.
    fn make_room(&mut self) {
        let wanted = ((self.people.len() + 1) * 2).next_power_of_two().max(1_024);
        if self.slots.len() >= wanted {
            return;
        }
        self.slots = vec![0; wanted];
        for place in 0..self.people.len() {
            let Some(person) = self.people.get(place).copied() else {
                continue;
            };
            let slot = self.slot(person);
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = u32::try_from(place + 1).unwrap_or_default();
            }
        }
    }

    fn number(&mut self, person: u64) -> u32 {
        self.make_room();
        let slot = self.slot(person);
        let Some(slot) = self.slots.get_mut(slot) else {
            return 0;
        };
        if *slot == 0 {
            self.people.push(person);
            *slot = u32::try_from(self.people.len()).unwrap_or_default();
        }
        *slot
    }
}

impl Register {
    /// The small number of someone; nought stands for nobody who is known.
    pub(super) fn number(&self, person: u64) -> u32 {
        if person == 0 {
            return 0;
        }
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.number(person)
    }

    /// How many are known.
    pub(super) fn len(&self) -> usize {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.people.len()
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.people.capacity() * 8 + held.slots.capacity() * 4
    }

    fn part(&self, from: usize, to: usize) -> Vec<u64> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.people.get(from..to).unwrap_or_default().to_vec()
    }
}

/// A file of the register.
#[derive(Debug, Clone)]
pub(super) struct RegisterFile {
    pub(super) file: Arc<SegmentFile>,
    /// How many it names.
    pub(super) people: usize,
    pub(super) bytes: u64,
}

/// Reads a register from its files, in their order.
pub(super) fn open(
    names: &[String],
    library: &Library,
) -> Result<(Register, Vec<RegisterFile>), FactsError> {
    let mut people = Vec::new();
    let mut files = Vec::new();
    for name in names {
        let before = people.len();
        let bytes = read(name, &*library.disk, &mut people)?;
        files.push(RegisterFile {
            file: Arc::new(SegmentFile::new(name, &library.disk)),
            people: people.len() - before,
            bytes,
        });
    }
    let held = Held {
        people,
        slots: Vec::new(),
    };
    let register = Register {
        held: RwLock::new(held),
    };
    Ok((register, files))
}

fn read(name: &str, disk: &dyn Disk, people: &mut Vec<u64>) -> Result<u64, FactsError> {
    let failed = |source| read_error(disk, name, source);
    let damaged = |problem| FactsError::Damaged {
        file: disk.path(name),
        problem,
    };
    let length = disk.length(name).map_err(failed)?;
    let length = length.ok_or_else(|| damaged("the file is not there"))?;
    let size = usize::try_from(length).unwrap_or(usize::MAX);
    let bytes = disk.read(name, 0, size).map_err(failed)?;
    let body = bytes.len().checked_sub(4);
    let (body, sum) = body
        .and_then(|body| bytes.split_at_checked(body))
        .ok_or_else(|| damaged("the file is cut off"))?;
    if sum != crc32fast::hash(body).to_le_bytes() {
        return Err(damaged("the checksum of the people is wrong"));
    }
    let reader = &mut Reader::new(body);
    let whole = (|| {
        let is_ours = reader.take(MARK.len())? == MARK.as_slice();
        let format = reader.u32()?;
        if !is_ours || format != FORMAT {
            return None;
        }
        let number = reader.count()?;
        if reader.rest.len() != number.checked_mul(8)? {
            return None;
        }
        people.reserve_exact(number);
        let (eights, _) = reader.rest.as_chunks::<8>();
        people.extend(eights.iter().map(|eight| u64::from_le_bytes(*eight)));
        Some(())
    })();
    whole.ok_or_else(|| damaged("the people cannot be read"))?;
    Ok(length)
}

/// Writes everyone down who is not in these files yet; small files become one with the new one.
pub(super) fn write(
    register: &Register,
    files: &[RegisterFile],
    name: impl FnOnce() -> String,
    library: &Library,
) -> Result<Vec<RegisterFile>, FactsError> {
    let mut files = files.to_vec();
    let mut from: usize = files.iter().map(|file| file.people).sum();
    let to = register.len();
    if from >= to {
        return Ok(files);
    }
    // A file is written again only when it at least doubles.
    while let Some(last) = files.pop_if(|last| last.people <= to - from) {
        from -= last.people;
    }
    let people = register.part(from, to);
    let mut writer = Writer::default();
    writer.bytes.reserve(people.len() * 8 + FRAME);
    writer.bytes.extend(MARK);
    writer.u32(FORMAT);
    writer.count(people.len());
    for person in &people {
        writer.u64(*person);
    }
    writer.u32(crc32fast::hash(&writer.bytes));
    let name = name();
    library
        .disk
        .write(&name, &writer.bytes)
        .map_err(|source| disk_error(&*library.disk, &name, source))?;
    let file = Arc::new(SegmentFile::new(&name, &library.disk));
    // Until a manifest lists it.
    file.replace();
    files.push(RegisterFile {
        file,
        people: people.len(),
        bytes: writer.bytes.len() as u64,
    });
    Ok(files)
}

/// Says that files are not needed any more that are not among others.
pub(super) fn let_go(old: &[RegisterFile], kept: &[RegisterFile]) {
    for file in old {
        if !kept.iter().any(|kept| Arc::ptr_eq(&kept.file, &file.file)) {
            file.file.replace();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyone_keeps_one_number() {
        let register = Register::default();
        assert_eq!(register.number(0), 0);
        let people = (0..5_000_u64).map(|n| n * 0x1_0000_0001 + 1);
        let first: Vec<u32> = people
            .clone()
            .map(|person| register.number(person))
            .collect();
        let again: Vec<u32> = people.map(|person| register.number(person)).collect();
        assert_eq!(first, again);
        assert_eq!(first.last(), Some(&5_000));
        assert_eq!(register.len(), 5_000);
    }
}
