//! What was counted in old segments is not counted again for every new answer.
//!
//! The **base** is the first segments in files, most of all rows. As long as they do not change, what was
//! counted in them is kept, and an answer about everything is put together from that and from what
//! is counted in the rest. Numbers of answers add up. Different people do not: someone of the rest may
//! be in the base too. The rows of the base that are theirs are few, and are picked out once:
//! in every cell |base or rest| = |base| + |rest or picked| - |picked|.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use peil_domain::shared::{LocalDay, QuestionKey};
use rayon::prelude::*;

use super::{
    asking::count_cells,
    cache::Library,
    codes::{Code, CodeSlice},
    column::{Column, ColumnKey},
    register::Register,
    segment::Part,
    staging::Staging,
    state::State,
};
use crate::{Cell, CountQuery, FactsError, Tally};

/// With fewer rows than this everything is counted at once.
const LEAST_ROWS: usize = if cfg!(test) { 4 } else { 1 << 16 };
/// The rest is at most this part of the base: when it is more, there is another base.
const MOST_REST: usize = 4;
/// Most cells that are kept, some 300 bytes each.
const MOST_CELLS: usize = 40_000;

/// Tells bases apart.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Which segments are the base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Base {
    /// Another one whenever something in it changes.
    stamp: u64,
    /// So many of the first segments in files.
    pub(super) segments: usize,
}

impl Base {
    /// A base of so many segments that nobody counted in.
    pub(super) fn new(segments: usize) -> Self {
        Self {
            stamp: NEXT.fetch_add(1, Ordering::Relaxed),
            segments,
        }
    }

    /// Whether so many rows beside so many of the base are too many.
    pub(super) const fn is_outgrown(rest: usize, base: usize) -> bool {
        rest * MOST_REST > base
    }
}

/// What was counted in the base, the one that was asked for last at the end.
#[derive(Default)]
pub(super) struct Counted(Mutex<Known>);

#[derive(Default)]
struct Known {
    base: Base,
    answers: VecDeque<(CountQuery, Answer)>,
    cells: usize,
}

/// What is known of a question.
#[derive(Clone)]
enum Answer {
    Cells(Arc<[Cell]>),
    /// There were too many to be kept.
    TooMany,
}

impl Answer {
    /// Room that it takes.
    fn weight(&self) -> usize {
        match self {
            Self::Cells(cells) => cells.len() + 1,
            Self::TooMany => 1,
        }
    }
}

impl Counted {
    fn find(&self, base: Base, query: &CountQuery) -> Option<Answer> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.base != base {
            return None;
        }
        let mut answers = known.answers.iter();
        let place = answers.position(|(question, _)| question == query)?;
        let found = known.answers.remove(place)?;
        let answer = found.1.clone();
        known.answers.push_back(found);
        Some(answer)
    }

    fn keep(&self, base: Base, query: &CountQuery, cells: &[Cell]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.base != base {
            *known = Known {
                base,
                ..Known::default()
            };
        }
        // One answer must not push all others out.
        let answer = if cells.len() <= MOST_CELLS / 4 {
            Answer::Cells(cells.into())
        } else {
            Answer::TooMany
        };
        known.cells += answer.weight();
        known.answers.push_back((query.clone(), answer));
        while known.cells > MOST_CELLS {
            let Some((_, answer)) = known.answers.pop_front() else {
                break;
            };
            known.cells -= answer.weight();
        }
    }
}

/// Counts cells, as far as that was not done before.
pub(super) fn counts(
    state: &State,
    query: &CountQuery,
    library: &Library,
) -> Result<Vec<Cell>, FactsError> {
    let base = state.base_parts();
    let rows: usize = base.iter().map(|part| part.living()).sum();
    let everything = || count_cells(&state.parts(library)?, state, query, library);
    // Organisations are found by name in every part: who is among the rest is not known by number.
    if rows < LEAST_ROWS || query.with_accounts {
        return everything();
    }
    let of_base = match library.counted.find(state.base, query) {
        Some(Answer::Cells(cells)) => cells.to_vec(),
        Some(Answer::TooMany) => return everything(),
        None => {
            let cells = count_cells(&base, state, query, library)?;
            library.counted.keep(state.base, query, &cells);
            cells
        }
    };
    let rest = state.rest_parts(library)?;
    if rest.is_empty() {
        return Ok(of_base);
    }
    let picked = if query.with_people {
        let Some(picked) = state.picked(library)? else {
            return everything();
        };
        picked
    } else {
        &[]
    };
    let before = if picked.is_empty() {
        Vec::new()
    } else {
        let picked: Vec<&Part> = picked.iter().collect();
        count_cells(&picked, state, query, library)?
    };
    let of_rest = if before.is_empty() {
        count_cells(&rest, state, query, library)?
    } else {
        let plain = CountQuery {
            with_people: false,
            ..query.clone()
        };
        let both: Vec<&Part> = rest.iter().copied().chain(picked).collect();
        let people = count_cells(&both, state, query, library)?;
        let numbers = count_cells(&rest, state, &plain, library)?;
        with_people(numbers, &people, &before)
    };
    Ok(together(of_base, of_rest))
}

/// By which cells lie in order.
type Key<'a> = (
    Option<&'a QuestionKey>,
    &'a [Option<Arc<str>>],
    Option<LocalDay>,
);

fn key(cell: &Cell) -> Key<'_> {
    (cell.question.as_ref(), &cell.groups, cell.start)
}

/// Cells of the rest, with the number of people that they add to those of the base.
fn with_people(mut numbers: Vec<Cell>, both: &[Cell], before: &[Cell]) -> Vec<Cell> {
    let before: BTreeMap<Key<'_>, u64> = before.iter().map(|one| (key(one), one.people)).collect();
    let people: BTreeMap<Key<'_>, u64> = both.iter().map(|one| (key(one), one.people)).collect();
    for cell in &mut numbers {
        let all = people.get(&key(cell)).copied().unwrap_or_default();
        let known = before.get(&key(cell)).copied().unwrap_or_default();
        cell.people = all.saturating_sub(known);
    }
    numbers
}

/// Cells of both, in their order.
fn together(base: Vec<Cell>, rest: Vec<Cell>) -> Vec<Cell> {
    if rest.is_empty() {
        return base;
    }
    let mut all = Vec::with_capacity(base.len() + rest.len());
    let mut base = base.into_iter().peekable();
    for mut cell in rest {
        while let Some(one) = base.next_if(|one| key(one) < key(&cell)) {
            all.push(one);
        }
        if let Some(one) = base.next_if(|one| key(one) == key(&cell)) {
            add(&mut cell, &one);
        }
        all.push(cell);
    }
    all.extend(base);
    all
}

fn add(cell: &mut Cell, other: &Cell) {
    cell.answers += other.answers;
    cell.people += other.people;
    let mut scores: BTreeMap<i32, Tally> = cell.scores.drain(..).collect();
    for (score, tally) in &other.scores {
        *scores.entry(*score).or_default() += *tally;
    }
    cell.scores.extend(scores);
    for (option, tally) in &other.options {
        *cell.options.entry(Arc::clone(option)).or_default() += *tally;
    }
    for (mention, tally) in &other.mentions {
        *cell.mentions.entry(mention.clone()).or_default() += *tally;
    }
}

/// The rows of the base that are of people who are among the rest.
#[derive(Debug, Default)]
pub(super) struct Picked(OnceLock<Option<Vec<Part>>>);

impl Clone for Picked {
    /// Another state has another rest.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Picked {
    /// Picks them out; nothing when they are so many that it does not pay.
    pub(super) fn get(
        &self,
        base: &[&Part],
        rest: &[&Part],
        register: &Register,
        library: &Library,
    ) -> Result<Option<&[Part]>, FactsError> {
        if let Some(known) = self.0.get() {
            return Ok(known.as_deref());
        }
        let mut is_wanted = vec![0_u64; register.len() / 64 + 1];
        for part in rest {
            each_person(part, library, |_, number| {
                if let Some(word) = is_wanted.get_mut(number / 64) {
                    *word |= 1 << (number % 64);
                }
            })?;
        }
        // Whoever is not known, whose number is nought, is someone else every time.
        if let Some(word) = is_wanted.first_mut() {
            *word &= !1;
        }
        let find = |part: &&Part| {
            let mut rows = Vec::new();
            each_person(part, library, |row, number| {
                let word = is_wanted.get(number / 64).copied().unwrap_or_default();
                if word >> (number % 64) & 1 == 1 {
                    rows.push(row);
                }
            })?;
            rows.retain(|row| part.dead.as_ref().is_none_or(|dead| !dead.contains(*row)));
            Ok(rows)
        };
        let found = if is_wanted.iter().all(|word| *word == 0) {
            Vec::new()
        } else {
            let found: Result<Vec<Vec<u32>>, FactsError> = base.par_iter().map(find).collect();
            found?
        };
        let rows: usize = base.iter().map(|part| part.living()).sum();
        let number: usize = found.iter().map(Vec::len).sum();
        let picked = if Base::is_outgrown(number, rows) {
            None
        } else {
            let pairs = base.iter().zip(&found);
            let pairs = pairs.filter(|(_, rows)| !rows.is_empty());
            let pick = |(part, rows): (&&Part, &Vec<u32>)| {
                let head = &part.shelf.head;
                let mut staging = Staging::new(register, head.workspace, head.survey);
                staging.pick(&part.shelf, rows, library)?;
                Ok(staging.finish().map(|shelf| Part::new(Arc::new(shelf))))
            };
            let made: Result<Vec<Option<Part>>, FactsError> = pairs.map(pick).collect();
            Some(made?.into_iter().flatten().collect())
        };
        Ok(self.0.get_or_init(|| picked).as_deref())
    }
}

/// Shows the number of the person behind every row of a part, dead or not.
fn each_person(
    part: &Part,
    library: &Library,
    mut show: impl FnMut(u32, usize),
) -> Result<(), FactsError> {
    let column = part.shelf.column(&ColumnKey::People, library)?;
    let Some(Column::People(codes)) = column.as_deref() else {
        return Ok(());
    };
    let mut all = |codes: &mut dyn Iterator<Item = usize>| {
        for (row, number) in (0..).zip(codes) {
            show(row, number);
        }
    };
    match codes.slice(0, part.shelf.rows()) {
        CodeSlice::Same => {
            let number = codes.get(0) as usize;
            all(&mut std::iter::repeat_n(number, part.shelf.rows()));
        }
        CodeSlice::Narrow(codes) => all(&mut codes.iter().map(|code| code.place())),
        CodeSlice::Middle(codes) => all(&mut codes.iter().map(|code| code.place())),
        CodeSlice::Wide(codes) => all(&mut codes.iter().map(|code| code.place())),
    }
    Ok(())
}
