//! What the engine holds at one moment. A state never changes: a batch makes the next one.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
    sync::{Arc, OnceLock},
};

use peil_domain::shared::{SurveyId, WorkspaceId};

use super::{
    base::{Base, Picked},
    cache::Library,
    dead::Dead,
    manifest::{Buried, Listed, Manifest},
    register::{self, Register, RegisterFile},
    segment::{Part, Segment},
    shelf::Shelf,
    staging::Staging,
    upkeep,
};
use crate::{AsOf, Batch, FactsError, Position, Sign, Standing, Submission};

/// So many fresh submissions become a segment in memory.
const FRESH: usize = 512;
/// So many segments of about one size become one.
const MERGED: usize = 8;

/// What the engine holds at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) at: Position,
    /// The same, but for batches that changed nothing but mentions.
    pub(super) answers_at: Position,
    pub(super) generation: u64,
    /// How far the records had been read for what the files hold.
    pub(super) sealed_at: Position,
    /// Everyone who is known.
    pub(super) register: Arc<Register>,
    /// What the files of the register hold of it.
    pub(super) register_files: Vec<RegisterFile>,
    /// Segments in files, in the order in which they came.
    pub(super) sealed: Vec<Segment>,
    /// Which of them are counted once only.
    pub(super) base: Base,
    picked: Picked,
    /// Segments in memory.
    pub(super) tail: Vec<Segment>,
    /// Submissions that came last.
    fresh: Vec<Arc<Submission>>,
    /// The same as columns, made when someone asks.
    fresh_parts: OnceLock<Vec<Part>>,
}

/// Rows on their way to shelves.
struct Shelved<'a> {
    register: &'a Register,
    shelves: BTreeMap<(WorkspaceId, SurveyId), Staging<'a>>,
}

impl<'a> Shelved<'a> {
    fn staging(&mut self, workspace: WorkspaceId, survey: SurveyId) -> &mut Staging<'a> {
        let shelf = self.shelves.entry((workspace, survey));
        shelf.or_insert_with(|| Staging::new(self.register, workspace, survey))
    }
}

/// One shelf per questionnaire of all these parts and submissions.
pub(super) fn shelve<'a>(
    parts: impl Iterator<Item = &'a Part>,
    submissions: &[Arc<Submission>],
    register: &Register,
    library: &Library,
) -> Result<Vec<Shelf>, FactsError> {
    let mut shelved = Shelved {
        register,
        shelves: BTreeMap::new(),
    };
    for part in parts {
        let head = &part.shelf.head;
        let staging = shelved.staging(head.workspace, head.survey);
        staging.take(&part.shelf, part.dead.as_deref(), library)?;
    }
    for submission in submissions {
        let staging = shelved.staging(submission.workspace, submission.survey);
        staging.push(submission);
    }
    let shelves = shelved.shelves.into_values();
    Ok(shelves.filter_map(Staging::finish).collect())
}

fn parts(shelves: Vec<Shelf>) -> Vec<Part> {
    shelves.into_iter().map(Arc::new).map(Part::new).collect()
}

impl State {
    /// An empty state of a generation.
    pub(super) fn empty(generation: u64) -> Self {
        Self {
            generation,
            ..Self::default()
        }
    }

    /// What a manifest lists.
    pub(super) fn open(manifest: &Manifest, library: &Library) -> Result<Self, FactsError> {
        let (register, register_files) = register::open(&manifest.people, library)?;
        let mut sealed = Vec::new();
        for listed in &manifest.segments {
            let mut segment = Segment::open(&listed.file, library)?;
            for (part, dead) in segment.parts.iter_mut().zip(&listed.dead) {
                part.dead = Dead::listed(part.shelf.rows(), &dead.rows, dead.answers).map(Arc::new);
            }
            sealed.push(segment);
        }
        Ok(Self {
            at: manifest.at.clone(),
            answers_at: manifest.at.clone(),
            generation: manifest.generation,
            sealed_at: manifest.at.clone(),
            register: Arc::new(register),
            register_files,
            base: Base::new(sealed.len()),
            sealed,
            ..Self::default()
        })
    }

    /// The manifest of what is in files.
    pub(super) fn manifest(&self) -> Manifest {
        let listed = |segment: &Segment| {
            let buried = |dead: &Arc<Dead>| Buried {
                rows: dead.rows().to_vec(),
                answers: dead.answers,
            };
            let dead = |part: &Part| part.dead.as_ref().map(buried).unwrap_or_default();
            Some(Listed {
                file: segment.file.as_ref()?.name().to_owned(),
                dead: segment.parts.iter().map(dead).collect(),
            })
        };
        let segments = self.sealed.iter().filter_map(listed).collect();
        let people = self.register_files.iter();
        let people = people.map(|file| file.file.name().to_owned()).collect();
        Manifest::new(self.generation, self.sealed_at.clone(), people, segments)
    }

    /// An answer, with how far the records had been read for it.
    pub(super) fn as_of<T>(&self, found: T) -> AsOf<T> {
        AsOf {
            as_of: self.at.clone(),
            answers_as_of: self.answers_at.clone(),
            generation: self.generation,
            found,
        }
    }

    /// Everything that it holds.
    pub(super) fn parts(&self, library: &Library) -> Result<Vec<&Part>, FactsError> {
        self.parts_from(0, library)
    }

    /// The parts of the base.
    pub(super) fn base_parts(&self) -> Vec<&Part> {
        let segments = self.sealed.iter().take(self.base.segments);
        segments.flat_map(|segment| &segment.parts).collect()
    }

    /// The parts in files, those that came last first.
    pub(super) fn parts_in_files(&self) -> impl Iterator<Item = &Part> {
        self.sealed.iter().rev().flat_map(|segment| &segment.parts)
    }

    /// The names of the files with segments.
    pub(super) fn file_names(&self) -> Vec<String> {
        let files = self
            .sealed
            .iter()
            .filter_map(|segment| segment.file.as_ref());
        files.map(|file| file.name().to_owned()).collect()
    }

    /// Everything but the base.
    pub(super) fn rest_parts(&self, library: &Library) -> Result<Vec<&Part>, FactsError> {
        self.parts_from(self.base.segments, library)
    }

    /// The rows of the base that are of people who are among the rest, unless they are too many.
    pub(super) fn picked(&self, library: &Library) -> Result<Option<&[Part]>, FactsError> {
        let sides = (self.base_parts(), self.rest_parts(library)?);
        let (base, rest) = (&sides.0, &sides.1);
        self.picked.get(base, rest, &self.register, library)
    }

    fn parts_from(&self, segment: usize, library: &Library) -> Result<Vec<&Part>, FactsError> {
        let fresh = if let Some(fresh) = self.fresh_parts.get() {
            fresh
        } else {
            let made = parts(shelve([].iter(), &self.fresh, &self.register, library)?);
            self.fresh_parts.get_or_init(|| made)
        };
        let segments = self.sealed.iter().skip(segment).chain(&self.tail);
        let parts = segments.flat_map(|segment| &segment.parts);
        Ok(parts.chain(fresh).collect())
    }

    /// How much it holds.
    pub(super) fn standing(&self, library: &Library) -> Standing {
        let mut standing = Standing {
            kept: self.sealed_at.clone(),
            memory_bytes: (library.bytes() + self.register.bytes()) as u64,
            disk_bytes: self.register_files.iter().map(|file| file.bytes).sum(),
            submissions: self.fresh.len() as u64,
            ..Standing::default()
        };
        let answers = |submission: &Arc<Submission>| submission.answers.len() as u64;
        standing.answers = self.fresh.iter().map(answers).sum();
        for segment in self.sealed.iter().chain(&self.tail) {
            standing.disk_bytes += segment.bytes;
            for part in &segment.parts {
                standing.submissions += part.living() as u64;
                standing.answers += part.shelf.head.answers;
                standing.answers -= part.dead.as_ref().map_or(0, |dead| dead.answers);
                standing.memory_bytes += part.shelf.bytes() as u64;
            }
        }
        standing
    }

    /// Says that nobody needs its files any more.
    pub(super) fn let_go(&self, library: &Library) {
        register::let_go(&self.register_files, &[]);
        for segment in &self.sealed {
            upkeep::replace(segment, library);
        }
    }

    /// Number of rows that only memory holds.
    pub(super) fn unsealed(&self) -> usize {
        self.fresh.len() + self.tail.iter().map(Segment::living).sum::<usize>()
    }

    /// The submissions that came last.
    pub(super) fn fresh(&self) -> &[Arc<Submission>] {
        &self.fresh
    }

    /// The state after a batch.
    pub(super) fn after(&self, batch: &Batch, library: &Library) -> Result<Self, FactsError> {
        let mut next = self.clone();
        next.fresh_parts = OnceLock::new();
        // What happened last to a submission is what counts.
        let mut last: HashMap<_, usize> = HashMap::new();
        let mut ids: BTreeMap<_, Vec<u128>> = BTreeMap::new();
        for (place, change) in batch.changes.iter().enumerate() {
            let told = &change.submission;
            let shelf = (told.workspace, told.survey);
            if last.insert((shelf, told.response), place).is_none() {
                let id = told.response.0.as_u128();
                ids.entry(shelf).or_default().push(id);
            }
        }
        next.fresh.retain(|held| {
            let shelf = (held.workspace, held.survey);
            !last.contains_key(&(shelf, held.response))
        });
        for ids in ids.values_mut() {
            ids.sort_unstable();
        }
        let mut is_base_touched = false;
        let segments = next.sealed.iter_mut().chain(&mut next.tail);
        for (place, segment) in segments.enumerate() {
            for part in &mut segment.parts {
                let head = &part.shelf.head;
                if let Some(ids) = ids.get(&(head.workspace, head.survey)) {
                    let is_touched = part.kill(ids, library)?;
                    is_base_touched |= is_touched && place < next.base.segments;
                }
            }
        }
        if is_base_touched {
            next.base = Base::new(next.sealed.len());
        }
        for (place, change) in batch.changes.iter().enumerate() {
            let told = &change.submission;
            let key = ((told.workspace, told.survey), told.response);
            if change.sign == Sign::Added && last.get(&key) == Some(&place) {
                next.fresh.push(Arc::new(told.clone()));
            }
        }
        if next.fresh.len() >= FRESH {
            let fresh = mem::take(&mut next.fresh);
            let made = parts(shelve([].iter(), &fresh, &next.register, library)?);
            next.tail.push(Segment::in_memory(made));
            next.merge_tail(library)?;
        }
        next.at = batch.to.clone();
        if batch.changes_answers() {
            next.answers_at = batch.to.clone();
        }
        Ok(next)
    }

    /// Makes one segment of those at the end that are of about one size, as often as there are
    /// enough of them.
    fn merge_tail(&mut self, library: &Library) -> Result<(), FactsError> {
        loop {
            let size = |segment: &Segment| segment.living().max(FRESH).ilog(MERGED);
            let Some(last) = self.tail.last().map(size) else {
                return Ok(());
            };
            let alike = self.tail.iter().rev();
            let alike = alike.take_while(|segment| size(segment) <= last).count();
            if alike < MERGED {
                return Ok(());
            }
            let small = self.tail.split_off(self.tail.len() - alike);
            let small = small.iter().flat_map(|segment| &segment.parts);
            let made = parts(shelve(small, &[], &self.register, library)?);
            self.tail.push(Segment::in_memory(made));
        }
    }
}
