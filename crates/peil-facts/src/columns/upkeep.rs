//! Upkeep: what only memory holds goes into files, many small files become few large ones, and
//! what was taken back disappears from them.
//!
//! Files are made from a state while batches go on being taken in; these are taken in once more by
//! the state with the new files. The manifest says how things were at the position of the former.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use super::{
    SEGMENT_END,
    base::Base,
    cache::Library,
    disk::{Disk, disk_error},
    manifest::Manifest,
    register::{self, REGISTER_END, RegisterFile},
    segment::Segment,
    state::{State, shelve},
};
use crate::FactsError;

/// So many rows in memory are worth a file.
const SEALED: usize = 1 << 16;
/// A segment of more rows is not merged any more.
const MOST_ROWS: usize = 1 << 20;
/// So many neighbours of about one size become one segment.
const MERGED: usize = 7;
/// A segment of which more than one in so many rows died is made anew at once.
const MANY_DEAD: usize = 16;

/// What is to be done with a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    /// The segments in files that become one: the first, and the one after the last.
    pub(super) merged: Option<(usize, usize)>,
    pub(super) seals: bool,
}

impl Due {
    /// What is due; more when nothing happened since the last time, or when something has been in
    /// memory only for long.
    pub(super) fn of(state: &State, is_idle: bool, is_late: bool) -> Option<Self> {
        let unsealed = state.unsealed();
        let has_news = state.at != state.sealed_at;
        let merged = neighbours(&state.sealed).or_else(|| riddled(&state.sealed, is_idle));
        let seals = has_news && (merged.is_some() || unsealed >= SEALED || is_idle || is_late);
        (seals || merged.is_some()).then_some(Self { merged, seals })
    }

    /// Everything goes into files.
    pub(super) const fn seal() -> Self {
        Self {
            merged: None,
            seals: true,
        }
    }
}

/// Neighbours of about one size that together are not too large.
fn neighbours(sealed: &[Segment]) -> Option<(usize, usize)> {
    let living: Vec<usize> = sealed.iter().map(Segment::living).collect();
    for start in 0..living.len() {
        let mut total = 0;
        let mut most = 0;
        let mut end = start;
        for rows in living.iter().skip(start) {
            if total + rows > MOST_ROWS || *rows > MOST_ROWS / 2 {
                break;
            }
            total += rows;
            most = most.max(*rows);
            end += 1;
        }
        // A large one among small ones would be written again and again.
        if end - start >= MERGED && most * 2 <= total {
            return Some((start, end));
        }
    }
    None
}

/// A segment with many dead rows; when nothing else is to be done, with any.
fn riddled(sealed: &[Segment], is_idle: bool) -> Option<(usize, usize)> {
    let is_riddled = |segment: &Segment| {
        let dead = segment.dead();
        dead > 0 && (is_idle || dead * MANY_DEAD > segment.living())
    };
    let place = sealed.iter().position(is_riddled)?;
    Some((place, place + 1))
}

/// The highest generation and number in the names of files.
pub(super) fn last_numbers(disk: &dyn Disk) -> Result<(u64, u64), FactsError> {
    let names = disk.list().map_err(|source| disk_error(disk, "", source))?;
    let numbers = |name: &String| {
        let name = name
            .strip_suffix(SEGMENT_END)
            .or_else(|| name.strip_suffix(REGISTER_END))?;
        let (generation, number) = name.split_once('-')?;
        Some((generation.parse().ok()?, number.parse().ok()?))
    };
    let numbers: Vec<(u64, u64)> = names.iter().filter_map(numbers).collect();
    let generation = numbers.iter().map(|numbers| numbers.0).max();
    let number = numbers.iter().map(|numbers| numbers.1).max();
    Ok((generation.unwrap_or_default(), number.unwrap_or_default()))
}

/// Makes the files that are due.
pub(super) fn keep(
    old: &State,
    due: &Due,
    numbers: &AtomicU64,
    library: &Library,
) -> Result<State, FactsError> {
    let name_with = |end: &str| {
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        format!("{:08}-{number:08}{end}", old.generation)
    };
    let name = || name_with(SEGMENT_END);
    let mut state = State::empty(old.generation);
    state.at = old.at.clone();
    state.answers_at = old.answers_at.clone();
    state.sealed_at = old.at.clone();
    state.sealed.clone_from(&old.sealed);
    state.register = Arc::clone(&old.register);
    if let Some((start, end)) = due.merged {
        let merged = old.sealed.get(start..end).unwrap_or_default();
        let parts = merged.iter().flat_map(|segment| &segment.parts);
        let shelves = shelve(parts, &[], &old.register, library)?;
        let made = if shelves.is_empty() {
            None
        } else {
            Some(Segment::write(&name(), &shelves, library)?)
        };
        state.sealed.splice(start..end, made);
    }
    let parts = old.tail.iter().flat_map(|segment| &segment.parts);
    let shelves = shelve(parts, old.fresh(), &old.register, library)?;
    if !shelves.is_empty() {
        let made = Segment::write(&name(), &shelves, library)?;
        state.sealed.push(made);
    }
    state.base = base_after(old, due, &state);
    // After the shelves, so that it knows everyone whom they name.
    let name = || name_with(REGISTER_END);
    state.register_files = register::write(&old.register, &old.register_files, name, library)?;
    Ok(state)
}

/// The base stays as long as its files do, and most rows are in it.
fn base_after(old: &State, due: &Due, made: &State) -> Base {
    let is_merged = due
        .merged
        .is_some_and(|(start, _)| start < old.base.segments);
    let living = |segments: &[Segment]| segments.iter().map(Segment::living).sum::<usize>();
    let (base, rest) = made
        .sealed
        .split_at(old.base.segments.min(made.sealed.len()));
    if is_merged || Base::is_outgrown(living(rest), living(base)) {
        Base::new(made.sealed.len())
    } else {
        old.base
    }
}

/// Writes the manifest of what was made; without it the files that were made are taken away again.
pub(super) fn list(made: &State, library: &Library) -> Result<(), FactsError> {
    let manifest = made.manifest();
    let written = manifest.write(&*library.disk);
    // A failure may come after the new one took its place.
    let is_listed = written.is_ok()
        || !matches!(Manifest::read(&*library.disk), Ok(found) if found.as_ref() != Some(&manifest));
    if is_listed {
        let files = made
            .sealed
            .iter()
            .filter_map(|segment| segment.file.as_ref());
        let people = made.register_files.iter().map(|file| &file.file);
        files.chain(people).for_each(|file| file.adopt());
    }
    written
}

/// Says that files are not needed any more that were made into one.
pub(super) fn let_go(old: &State, kept: &[RegisterFile], due: &Due, library: &Library) {
    register::let_go(&old.register_files, kept);
    let (start, end) = due.merged.unwrap_or_default();
    for segment in old.sealed.get(start..end).unwrap_or_default() {
        replace(segment, library);
    }
}

/// Says that the file of a segment is not needed any more.
pub(super) fn replace(segment: &Segment, library: &Library) {
    segment
        .parts
        .iter()
        .for_each(|part| part.shelf.forget(library));
    if let Some(file) = &segment.file {
        file.replace();
    }
}
