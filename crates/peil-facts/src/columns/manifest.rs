//! The manifest: which files belong to the facts, which of their rows are dead, and how far the
//! records had been read. It is replaced as a whole, so that a crash leaves the former one.

use serde::{Deserialize, Serialize};

use super::{
    disk::{Disk, disk_error, read_error},
    register::REGISTER_END,
};
use crate::{FactsError, Position};

/// Name of the file.
const NAME: &str = "manifest";
/// Name under which the next one is written.
const NEXT: &str = "manifest.new";
/// Number of the format; a manifest of another one is not read.
const FORMAT: u32 = 2;

/// What belongs to the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    pub(super) generation: u64,
    pub(super) at: Position,
    /// Files of the register, in their order.
    pub(super) people: Vec<String>,
    pub(super) segments: Vec<Listed>,
}

/// The part of a manifest that every format has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) file: String,
    /// What died in each of its shelves.
    pub(super) dead: Vec<Buried>,
}

/// What died in a shelf.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Buried {
    pub(super) rows: Vec<u32>,
    /// Number of answers that died with them.
    pub(super) answers: u64,
}

impl Manifest {
    pub(super) const fn new(
        generation: u64,
        at: Position,
        people: Vec<String>,
        segments: Vec<Listed>,
    ) -> Self {
        Self {
            format: FORMAT,
            generation,
            at,
            people,
            segments,
        }
    }

    /// Reads the manifest, if there is one.
    pub(super) fn read(disk: &dyn Disk) -> Result<Option<Self>, FactsError> {
        let failed = |source| read_error(disk, NAME, source);
        let damaged = |problem| FactsError::Damaged {
            file: disk.path(NAME),
            problem,
        };
        let Some(length) = disk.length(NAME).map_err(failed)? else {
            return Ok(None);
        };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let bytes = disk.read(NAME, 0, length).map_err(failed)?;
        let text = String::from_utf8(bytes).map_err(|_| damaged("it is no text"))?;
        let (sum, body) = text
            .split_once('\n')
            .ok_or_else(|| damaged("it is cut off"))?;
        if sum != checksum(body) {
            return Err(damaged("its checksum is wrong"));
        }
        let unreadable = |_| damaged("it cannot be read");
        let found: Format = serde_json::from_str(body).map_err(unreadable)?;
        if found.format != FORMAT {
            let is_later = found.format > FORMAT;
            return Err(FactsError::other_release(disk.path(NAME), is_later));
        }
        serde_json::from_str(body).map_err(unreadable).map(Some)
    }

    /// Puts this one in the place of the former.
    pub(super) fn write(&self, disk: &dyn Disk) -> Result<(), FactsError> {
        let failed = |source| disk_error(disk, NAME, source);
        let body = serde_json::to_string(self).map_err(|error| failed(error.into()))?;
        let text = format!("{}\n{body}", checksum(&body));
        disk.write(NEXT, text.as_bytes()).map_err(failed)?;
        disk.rename(NEXT, NAME).map_err(failed)
    }

    /// Takes files away that do not belong to the facts: what a crash left behind.
    pub(super) fn tidy(disk: &dyn Disk, manifest: Option<&Self>) -> Result<(), FactsError> {
        let failed = |source| disk_error(disk, NAME, source);
        for name in disk.list().map_err(failed)? {
            let is_ours = name.ends_with(super::SEGMENT_END) || name.ends_with(REGISTER_END);
            let is_listed = manifest.is_some_and(|manifest| {
                manifest.people.contains(&name)
                    || manifest.segments.iter().any(|listed| listed.file == name)
            });
            if name == NEXT || (is_ours && !is_listed) {
                disk.remove(&name).map_err(failed)?;
            }
        }
        Ok(())
    }
}

fn checksum(body: &str) -> String {
    format!("{:08x}", crc32fast::hash(body.as_bytes()))
}
