//! Columns that are read from disk before they are needed. Reading and unpacking a column takes longer than
//! counting in it, so that a question about something new would wait for that most of all.

use rayon::prelude::*;

use super::{
    Core,
    cache::Library,
    column::{Column, ColumnKey},
    locked,
    segment::Part,
    shelf::Shelf,
};
use crate::{CountQuery, Dimension, FactsError, Subject};

/// Reads what a question needs of these parts and is not at hand, on all threads.
pub(super) fn fetch(
    parts: &[&Part],
    query: &CountQuery,
    library: &Library,
) -> Result<(), FactsError> {
    library.ask();
    let concerned = parts
        .iter()
        .filter(|part| part.shelf.concerns(&query.scope));
    let due: Vec<(&Shelf, ColumnKey)> = concerned
        .flat_map(|part| {
            let shelf = &*part.shelf;
            let keys = needed(query, shelf).into_iter();
            keys.filter(move |key| shelf.is_due(key))
                .map(move |key| (shelf, key))
        })
        .collect();
    if due.len() < 2 {
        return Ok(());
    }
    due.par_iter()
        .try_for_each(|(shelf, key)| shelf.column(key, library).map(drop))
}

/// The columns of a shelf that a question is about.
fn needed(query: &CountQuery, shelf: &Shelf) -> Vec<ColumnKey> {
    let column = |dimension: &Dimension| {
        let dimension = match dimension {
            // Both are read from what is mentioned.
            of_mentions if of_mentions.is_of_mentions() => Dimension::Theme,
            other => other.clone(),
        };
        ColumnKey::Dimension(dimension)
    };
    let filters = query.scope.filters.iter().map(|filter| &filter.dimension);
    let mut keys: Vec<ColumnKey> = filters.chain(&query.group).map(column).collect();
    keys.push(ColumnKey::Days);
    if query.with_people {
        keys.push(ColumnKey::People);
    }
    if query.with_accounts {
        keys.push(ColumnKey::Dimension(Dimension::Account));
    }
    if query.is_weighted {
        keys.push(ColumnKey::Weights);
    }
    match &query.subject {
        Subject::Submissions => {}
        Subject::Question(key, _) | Subject::Whether(key, _) => {
            keys.push(ColumnKey::Answers(key.clone()));
        }
        Subject::EachQuestion(_) | Subject::AnyQuestion(_) => {
            let questions = shelf.head.questions.iter().cloned();
            keys.extend(questions.map(ColumnKey::Answers));
        }
    }
    keys
}

impl Core {
    /// Reads columns of files that are new, so that nobody who asks waits for it: after the start, and later where
    /// somebody asked since. Where answers only come in, nothing is read.
    pub(super) fn read_ahead(&self) {
        let state = self.state();
        let files = state.file_names();
        let mut keeping = locked(&self.keeping);
        if !self.is_serving || keeping.read_ahead == files {
            return;
        }
        let is_start = keeping.read_ahead.is_empty();
        if !is_start && !self.library.was_asked() {
            return;
        }
        keeping.read_ahead = files;
        drop(keeping);
        // Whoever asks for what cannot be read is told.
        drop(read_ahead(state.parts_in_files(), &self.library));
    }
}

/// Reads the columns of these parts that questions may be about, as long as there is room.
fn read_ahead<'a>(
    parts: impl Iterator<Item = &'a Part>,
    library: &Library,
) -> Result<(), FactsError> {
    for part in parts {
        let shelf = &part.shelf;
        let keys = shelf.keys().filter(|key| **key != ColumnKey::Ids);
        for key in keys.filter(|key| shelf.is_due(key)) {
            if !library.has_room() {
                return Ok(());
            }
            let column = shelf.column(key, library)?;
            if let Some(Column::Answers(answers)) = column.as_deref()
                && let Some(days) = shelf.column(&ColumnKey::Days, library)?
                && let Column::Days(days) = &*days
            {
                // Worked out once, and as good as needed by whoever looks at months.
                answers.daily(&days.runs);
                days.months(&shelf.head.stretches);
            }
        }
    }
    Ok(())
}
