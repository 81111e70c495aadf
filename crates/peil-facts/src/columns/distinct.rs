//! Different people, and different organisations, in every cell.
//!
//! Everyone has a number, the same in all parts: that of the register, or a place among the
//! organisations of a question. Whoever is seen in a cell sets a bit there; where cells and people
//! are too many for that, they are listed and sorted.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use foldhash::{HashMap, HashMapExt};

use super::{
    cache::Library,
    codes::{Code, CodeSlice, Codes},
    column::{Answers, Column, ColumnKey},
    found::Found,
    loops::{BYTES, group, group_of},
    part_plan::{Asked, PartPlan, SKIPPED},
    plan::Plan,
    rounds,
    seen::{Seen, Strangers, set},
    shape::Shape,
    sift::{CHUNK, passing, sift},
};
use crate::{Dimension, FactsError};

/// Rows that one thread looks at before it looks for more.
const TASK: u32 = 1 << 17;
/// How many different ones there are in each cell.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    found: Found,
}

/// Who is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    People,
    Accounts,
}

/// A column, and what its codes stand for when not for themselves.
type Numbered = (Option<Arc<Column>>, Option<Vec<u32>>);

/// Who is behind the rows of each part.
pub(super) struct Whose {
    pub(super) who: Who,
    parts: Vec<Numbered>,
    /// All numbers are below this; nought stands for nobody who is known.
    pub(super) limit: usize,
}

static NOBODY: Codes = Codes::Same(0);

impl Whose {
    fn new(plan: &Plan, who: Who, library: &Library) -> Result<Self, FactsError> {
        let mut accounts: HashMap<Arc<str>, u32> = HashMap::new();
        let mut parts = Vec::new();
        for part in &plan.parts {
            let shelf = &part.part.shelf;
            parts.push(match who {
                Who::People => (shelf.column(&ColumnKey::People, library)?, None),
                Who::Accounts => {
                    let column = shelf.dimension(&Dimension::Account, library)?;
                    let mut number = |text: &Option<Arc<str>>| {
                        let next = u32::try_from(accounts.len() + 1).unwrap_or_default();
                        text.as_ref()
                            .map_or(0, |text| *accounts.entry(Arc::clone(text)).or_insert(next))
                    };
                    let numbers = match &*column {
                        Column::Texts(coded) => coded.values.iter().map(&mut number).collect(),
                        _ => Vec::new(),
                    };
                    (Some(column), Some(numbers))
                }
            });
        }
        let limit = 1 + match who {
            Who::People => plan.people,
            Who::Accounts => accounts.len(),
        };
        Ok(Self { who, parts, limit })
    }

    pub(super) fn of(&self, place: usize) -> (&Codes, Option<&[u32]>) {
        let Some((column, numbers)) = self.parts.get(place) else {
            return (&NOBODY, None);
        };
        let codes = match column.as_deref() {
            Some(Column::People(codes)) => codes,
            Some(Column::Texts(coded)) => &coded.codes,
            _ => &NOBODY,
        };
        (codes, numbers.as_deref())
    }

    /// The codes of some rows; only of people, whose codes are their numbers.
    pub(super) fn codes_of(&self, rows: &Rows<'_>) -> CodeSlice<'_> {
        let (codes, _) = self.of(rows.place);
        codes.slice(rows.start as usize, rows.end as usize)
    }
}

impl Distinct {
    /// Counts who is behind the cells of a plan.
    pub(super) fn count(
        plan: &Plan,
        shape: &Shape,
        who: Who,
        library: &Library,
    ) -> Result<Self, FactsError> {
        let whose = Whose::new(plan, who, library)?;
        if let Some(found) = rounds::count(plan, shape, &whose) {
            return Ok(Self { found });
        }
        let mut tasks = Vec::new();
        for (place, part) in plan.parts.iter().enumerate() {
            let rows = part.part.shelf.head.rows;
            let starts = (0..rows).step_by(TASK as usize);
            tasks.extend(starts.map(|from| (place, from, rows.min(from.saturating_add(TASK)))));
        }
        let next = AtomicUsize::new(0);
        let sighted = Mutex::new(Vec::new());
        let cells = plan.slots.len() as u128 * shape.periods * shape.groups;
        let work = || {
            let mut sighting = Sighting::new(plan, shape, &whose, cells);
            while let Some((part, from, to)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                sighting.look(*part, *from, *to);
            }
            let mut sighted = sighted.lock().unwrap_or_else(PoisonError::into_inner);
            sighted.push((sighting.unknown, sighting.seen));
        };
        // Places of cells are given out by one thread when there are too many cells.
        let is_wide = u32::try_from(cells).is_err();
        let threads = if is_wide { 1 } else { tasks.len() };
        rayon::scope(|scope| {
            for _ in 1..rayon::current_num_threads().min(threads) {
                scope.spawn(|_| work());
            }
            work();
        });
        let sighted = sighted.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Self::together(cells, sighted))
    }

    fn together(cells: u128, sighted: Vec<(HashMap<u128, u64>, Seen)>) -> Self {
        let mut all = Found::new(cells);
        let mut seen: Option<Seen> = None;
        for (unknown, found) in sighted {
            for (cell, number) in unknown {
                all.add(cell, number);
            }
            match &mut seen {
                Some(seen) => seen.join(found),
                None => seen = Some(found),
            }
        }
        for (cell, number) in seen.into_iter().flat_map(Seen::counted) {
            all.add(cell, number);
        }
        Self { found: all }
    }

    /// How many there are in a cell.
    pub(super) fn at(&self, cell: u128) -> u64 {
        self.found.at(cell)
    }
}

/// Looking who is there, by one thread.
struct Sighting<'a> {
    plan: &'a Plan,
    shape: &'a Shape,
    whose: &'a Whose,
    unknown: HashMap<u128, u64>,
    seen: Seen,
    groups: Vec<u32>,
    strangers: Strangers,
}

impl<'a> Sighting<'a> {
    fn new(plan: &'a Plan, shape: &'a Shape, whose: &'a Whose, cells: u128) -> Self {
        Self {
            plan,
            shape,
            whose,
            unknown: HashMap::new(),
            seen: Seen::new(cells, whose.limit),
            groups: Vec::new(),
            strangers: Strangers::of(shape.groups),
        }
    }

    fn look(&mut self, place: usize, from: u32, to: u32) {
        let plan = self.plan;
        let Some(part) = plan.parts.get(place) else {
            return;
        };
        let mut mask = Vec::new();
        let mut seen = Vec::new();
        plan.stretches(part, from, to, |stretch, from, to| {
            let single = plan.single(part, stretch);
            if matches!(single, Some((_, SKIPPED))) {
                return;
            }
            plan.spans(part, stretch, (from, to), |period, from, to| {
                for start in (from..to).step_by(CHUNK as usize) {
                    let end = to.min(start + CHUNK);
                    if !sift(part, start, end, &mut mask) {
                        mask.clear();
                        mask.resize((end - start) as usize, 1);
                    }
                    let rows = Rows {
                        place,
                        part,
                        start,
                        end,
                    };
                    self.group(&rows);
                    match single {
                        Some((slot, _)) => self.mark(&rows, slot, period, &mask),
                        None => self.mark_answered(&rows, period, &mask, &mut seen),
                    }
                }
            });
        });
    }

    /// Works out the groups of rows, when there are few enough for that.
    fn group(&mut self, rows: &Rows<'_>) {
        self.groups.clear();
        if !self.shape.strides.is_empty() && u32::try_from(self.shape.groups).is_ok() {
            group(
                rows.part,
                self.shape,
                rows.start,
                rows.end,
                &mut self.groups,
            );
        }
    }

    /// Marks everyone who answered a question in these rows; once per question counted apart.
    fn mark_answered(&mut self, rows: &Rows<'_>, period: usize, mask: &[u8], seen: &mut Vec<u8>) {
        let slots = u32::try_from(self.plan.slots.len()).unwrap_or(u32::MAX);
        for slot in 0..slots {
            rows.answered(slot, mask, seen);
            self.mark(rows, slot, period, seen);
        }
    }

    fn mark(&mut self, rows: &Rows<'_>, slot: u32, period: usize, mask: &[u8]) {
        let cell = u128::from(slot) * self.shape.periods + period as u128;
        let cell = cell * self.shape.groups;
        let (codes, numbers) = self.whose.of(rows.place);
        let groups = self.groups.as_slice();
        let groups = (!self.shape.strides.is_empty()).then_some(groups);
        match (&mut self.seen, numbers) {
            (Seen::Bits(words, bits), None)
                if groups.is_none_or(|groups| !groups.is_empty()) && self.strangers.has(0) =>
            {
                let first = usize::try_from(cell).unwrap_or_default() * *words;
                let bits = (*words, bits.get_mut(first..).unwrap_or_default());
                let strangers = &mut self.strangers;
                match codes.slice(rows.start as usize, rows.end as usize) {
                    CodeSlice::Same => strangers.add_all(groups, mask),
                    CodeSlice::Narrow(codes) => set(bits, codes, (groups, mask), strangers),
                    CodeSlice::Middle(codes) => set(bits, codes, (groups, mask), strangers),
                    CodeSlice::Wide(codes) => set(bits, codes, (groups, mask), strangers),
                }
            }
            _ => self.mark_each(rows, cell, mask),
        }
        for (group, number) in self.strangers.take() {
            *self.unknown.entry(cell + u128::from(group)).or_default() += u64::from(number);
        }
    }

    /// Marks row by row, which is slower but can do everything.
    fn mark_each(&mut self, rows: &Rows<'_>, cell: u128, mask: &[u8]) {
        let (codes, numbers) = self.whose.of(rows.place);
        for (row, place) in (rows.start..rows.end).zip(0..) {
            if mask.get(place) != Some(&1) {
                continue;
            }
            let code = codes.get(row as usize);
            let number = numbers.map_or(code, |numbers| {
                numbers.get(code as usize).copied().unwrap_or_default()
            });
            let group = match self.groups.get(place) {
                Some(group) => u128::from(*group),
                None if self.shape.strides.is_empty() => 0,
                None => group_of(rows.part, self.shape, row),
            };
            if number > 0 {
                self.seen.note(cell + group, number);
            } else if self.whose.who == Who::People {
                match u32::try_from(group) {
                    Ok(group) if self.strangers.has(group) => self.strangers.add(group, 1),
                    _ => *self.unknown.entry(cell + group).or_default() += 1,
                }
            }
        }
    }
}

/// Rows that are looked at together.
pub(super) struct Rows<'a> {
    /// Place of their part.
    pub(super) place: usize,
    pub(super) part: &'a PartPlan,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Rows<'_> {
    /// Which of the rows that pass `mask` answered a question of those counted apart, 1 or 0.
    pub(super) fn answered(&self, slot: u32, mask: &[u8], seen: &mut Vec<u8>) {
        seen.clear();
        seen.resize(mask.len(), 0);
        let mut unseen = passing(mask);
        for asked in self.part.asked.iter().filter(|asked| asked.slot == slot) {
            let Some(answers) = asked.answers() else {
                continue;
            };
            let (from, to) = answers.bounds();
            let (from, to) = (from.max(self.start), to.min(self.end));
            if from < to {
                unseen -= mark_given(asked, answers, (from, to), (mask, seen, from - self.start));
            }
            if unseen == 0 {
                break;
            }
        }
    }
}

/// Marks the rows that pass and gave an answer that counts; the number that were not marked before.
fn mark_given(
    asked: &Asked,
    answers: &Answers,
    (from, to): (u32, u32),
    (mask, seen, skipped): (&[u8], &mut [u8], u32),
) -> u32 {
    let (first, last) = (skipped as usize, (skipped + to - from) as usize);
    let rows = mask.get(first..last).unwrap_or_default();
    let marks = seen.get_mut(first..last).unwrap_or_default();
    let rows = rows.iter().zip(marks);
    let mut marked = 0;
    let mut mark = |passes: u8, mark: &mut u8, is_given: bool| {
        let new = passes & u8::from(is_given) & !*mark;
        *mark |= new;
        marked += u32::from(new);
    };
    if answers.rows.is_some() {
        for ((passes, seen), row) in rows.zip(from..to) {
            if *passes > *seen {
                mark(*passes, seen, asked.gave(row));
            }
        }
        return marked;
    }
    let is_given = |code: usize| {
        asked
            .places
            .get(code)
            .is_some_and(|place| *place != SKIPPED)
    };
    let start = (from - answers.start) as usize;
    match answers.codes.slice(start, start + rows.len()) {
        CodeSlice::Same => {
            let is_given = is_given(0);
            rows.for_each(|(passes, seen)| mark(*passes, seen, is_given));
        }
        CodeSlice::Narrow(codes) => {
            let mut given = [false; BYTES];
            for (code, given) in given.iter_mut().enumerate() {
                *given = is_given(code);
            }
            for ((passes, seen), code) in rows.zip(codes) {
                let is_given = given.get(usize::from(*code)).copied();
                mark(*passes, seen, is_given.unwrap_or_default());
            }
        }
        CodeSlice::Middle(codes) => {
            for ((passes, seen), code) in rows.zip(codes) {
                mark(*passes, seen, is_given(code.place()));
            }
        }
        CodeSlice::Wide(codes) => {
            for ((passes, seen), code) in rows.zip(codes) {
                mark(*passes, seen, is_given(code.place()));
            }
        }
    }
    marked
}
