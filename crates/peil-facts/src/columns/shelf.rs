//! A shelf: submissions to one questionnaire of one organisation, as columns that never change.
//!
//! Rows lie in stretches. In a stretch all have the same standing (complete, automatic), and days
//! go up. Submissions that hold nothing but one answer with few possible values lie in stretches
//! of the same answer, so that counting them needs no look at it.

mod directory;

use std::{collections::BTreeMap, sync::Arc};

use self::directory::{read_head, read_key, write_head, write_key};
use super::{
    bytes::{Reader, Writer},
    cache::{Library, Slot},
    codes::Codes,
    column::{Coded, Column, ColumnKey},
    ids::{self, shortened, time},
    segment::SegmentFile,
};
use crate::{Dimension, FactsError, Scope};
use peil_domain::shared::{LocalDay, QuestionKey, SurveyId, WorkspaceId};

/// How complete and how automatic the submissions of a stretch are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Status(u8);

impl Status {
    pub(super) fn new(is_complete: bool, is_automatic: bool) -> Self {
        Self(u8::from(!is_complete) | u8::from(is_automatic) << 1)
    }

    /// Whether such submissions are meant.
    pub(super) const fn is_meant(self, scope: &Scope) -> bool {
        (scope.include_partial || self.0 & 1 == 0) && (scope.include_automatic || self.0 & 2 == 0)
    }
}

/// Consecutive rows of the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Place of its first run of days.
    pub(super) run: u32,
    pub(super) status: Status,
    /// The only question that was answered, and the code of the answer.
    pub(super) single: Option<(u32, u32)>,
}

/// Where a column lies in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) length: u32,
    pub(super) sum: u32,
}

/// What is known of a shelf without its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) workspace: WorkspaceId,
    pub(super) survey: SurveyId,
    pub(super) rows: u32,
    /// Number of answers.
    pub(super) answers: u64,
    /// First and last day.
    pub(super) days: (i32, i32),
    /// Lowest and highest identifier.
    pub(super) ids: (u128, u128),
    pub(super) stretches: Vec<Stretch>,
    /// The questions, in their order; stretches refer to their places.
    pub(super) questions: Vec<QuestionKey>,
}

/// Where the columns of a shelf are.
#[derive(Debug)]
enum Home {
    Memory(BTreeMap<ColumnKey, Arc<Column>>),
    File {
        file: Arc<SegmentFile>,
        /// Tells shelves apart in the cache.
        number: u64,
        places: BTreeMap<ColumnKey, (Place, Slot)>,
    },
}

/// Submissions to one questionnaire.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) head: Head,
    home: Home,
}

impl Shelf {
    /// A shelf of columns that are in memory.
    pub(super) const fn in_memory(head: Head, columns: BTreeMap<ColumnKey, Arc<Column>>) -> Self {
        Self {
            head,
            home: Home::Memory(columns),
        }
    }

    /// Number of rows.
    pub(super) const fn rows(&self) -> usize {
        self.head.rows as usize
    }

    /// Bytes of columns that stay in memory.
    pub(super) fn bytes(&self) -> usize {
        match &self.home {
            Home::Memory(columns) => columns.values().map(|column| column.bytes()).sum(),
            Home::File { .. } => 0,
        }
    }

    /// Whether it may hold anything that is meant.
    pub(super) fn concerns(&self, scope: &Scope) -> bool {
        let head = &self.head;
        self.belongs_to(scope.workspace, &scope.surveys)
            && scope.from.is_none_or(|from| LocalDay(head.days.1) >= from)
            && scope
                .until
                .is_none_or(|until| LocalDay(head.days.0) <= until)
    }

    /// Whether it belongs to one of these questionnaires; to any when none is named.
    pub(super) fn belongs_to(&self, workspace: WorkspaceId, surveys: &[SurveyId]) -> bool {
        self.head.workspace == workspace
            && (surveys.is_empty() || surveys.contains(&self.head.survey))
    }

    /// Forgets its columns.
    pub(super) fn forget(&self, library: &Library) {
        if let Home::File { number, .. } = &self.home {
            library.forget(*number);
        }
    }

    /// The columns that it has.
    pub(super) fn keys(&self) -> Box<dyn Iterator<Item = &ColumnKey> + '_> {
        match &self.home {
            Home::Memory(columns) => Box::new(columns.keys()),
            Home::File { places, .. } => Box::new(places.keys()),
        }
    }

    /// One of its columns.
    pub(super) fn column(
        &self,
        key: &ColumnKey,
        library: &Library,
    ) -> Result<Option<Arc<Column>>, FactsError> {
        match &self.home {
            Home::Memory(columns) => Ok(columns.get(key).cloned()),
            Home::File {
                file,
                number,
                places,
            } => match places.get(key) {
                Some((place, slot)) => {
                    let read = |bytes: &[u8]| Column::read(key, bytes, self.rows());
                    library
                        .column(file.name(), *number, (*place, slot), read)
                        .map(Some)
                }
                None => Ok(None),
            },
        }
    }

    /// One of its columns for whoever needs it but once: what comes from a file is not kept.
    pub(super) fn column_once(
        &self,
        key: &ColumnKey,
        library: &Library,
    ) -> Result<Option<Arc<Column>>, FactsError> {
        let Home::File { file, places, .. } = &self.home else {
            return self.column(key, library);
        };
        let read = |bytes: &[u8]| Column::read(key, bytes, self.rows());
        let place = places.get(key);
        let column = place.map(|(place, _)| library.once(file.name(), *place, read));
        Ok(column.transpose()?.map(Arc::new))
    }

    /// The rows of the identifiers that are meant, which have times from the first to the last. All identifiers
    /// of a file would be the largest of its columns, and are needed by chance only: they are passed through.
    pub(super) fn rows_of(
        &self,
        times: (u128, u128),
        is_meant: impl Fn(&u128) -> bool,
        library: &Library,
    ) -> Result<Vec<u32>, FactsError> {
        match &self.home {
            Home::Memory(columns) => match columns.get(&ColumnKey::Ids).map(|column| &**column) {
                Some(Column::Ids(held)) => {
                    let is_near = |id: &u128| (times.0..=times.1).contains(&time(*id));
                    let found = (0..).zip(held);
                    let found = found.filter(|(_, id)| is_near(id) && is_meant(id));
                    Ok(found.map(|(row, _)| row).collect())
                }
                _ => Ok(Vec::new()),
            },
            Home::File { file, places, .. } => match places.get(&ColumnKey::Ids) {
                Some((place, _)) => library.once(file.name(), *place, |bytes| {
                    ids::find(&mut Reader::new(bytes), self.rows(), times, is_meant)
                }),
                None => Ok(Vec::new()),
            },
        }
    }

    /// Whether it has this column, and would have to read it from disk.
    pub(super) fn is_due(&self, key: &ColumnKey) -> bool {
        match &self.home {
            Home::Memory(_) => false,
            Home::File { places, .. } => places.get(key).is_some_and(|(_, slot)| slot.is_due()),
        }
    }

    /// The values of a dimension; a column of unknown values when it has none.
    pub(super) fn dimension(
        &self,
        dimension: &Dimension,
        library: &Library,
    ) -> Result<Arc<Column>, FactsError> {
        let same = |value| {
            Arc::new(Column::Texts(Coded {
                values: vec![value],
                codes: Codes::Same(self.rows()),
            }))
        };
        if *dimension == Dimension::Survey {
            return Ok(same(Some(self.head.survey.to_string().into())));
        }
        let key = ColumnKey::Dimension(dimension.clone());
        Ok(self.column(&key, library)?.unwrap_or_else(|| same(None)))
    }

    /// Writes its columns behind each other and then says where they are.
    pub(super) fn write(
        &self,
        library: &Library,
        bytes: &mut Vec<u8>,
        directory: &mut Writer,
    ) -> Result<(), FactsError> {
        let mut places = Vec::new();
        for key in self.keys() {
            let Some(column) = self.column(key, library)? else {
                continue;
            };
            // Whole identifiers are kept by the records, when these can be asked.
            let block = match &*column {
                Column::Ids(ids) if library.names.get().is_some() => {
                    Column::Ids(ids.iter().map(|id| shortened(*id)).collect()).write()
                }
                column => column.write(),
            };
            places.push((
                key,
                Place {
                    offset: bytes.len() as u64,
                    length: u32::try_from(block.len()).unwrap_or(u32::MAX),
                    sum: crc32fast::hash(&block),
                },
            ));
            bytes.extend(block);
        }
        write_head(directory, &self.head);
        directory.count(places.len());
        for (key, place) in places {
            write_key(directory, key);
            directory.u64(place.offset);
            directory.u32(place.length);
            directory.u32(place.sum);
        }
        Ok(())
    }

    /// Reads what [`Self::write`] said.
    pub(super) fn read(
        reader: &mut Reader<'_>,
        file: &Arc<SegmentFile>,
        number: u64,
    ) -> Option<Self> {
        let head = read_head(reader)?;
        let places = reader.list(|reader| {
            let key = read_key(reader)?;
            let place = Place {
                offset: reader.u64()?,
                length: reader.u32()?,
                sum: reader.u32()?,
            };
            Some((key, (place, Slot::default())))
        })?;
        Some(Self {
            head,
            home: Home::File {
                file: Arc::clone(file),
                number,
                places: places.into_iter().collect(),
            },
        })
    }
}
