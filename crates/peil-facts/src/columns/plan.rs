//! What a question means for each part: which codes pass, what codes stand for in the answer.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use peil_domain::shared::{LocalDay, QuestionKey};

use super::{
    cache::Library,
    codes::Codes,
    column::{Answers, Coded, Column, ColumnKey, Days, Text, Value},
    periods::{Periods, spans},
    segment::Part,
    shelf::Stretch,
    state::State,
};
use crate::{CountQuery, Dimension, FactsError, Filter, Given, Scope, Subject, Test};

/// Stands for an answer that does not count.
pub(super) const SKIPPED: u32 = u32::MAX;

/// Which codes of a column pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pass {
    /// Those from the first one on, and so many above it.
    Range(u32, u32),
    /// 1 for each that does, else 0.
    Table(Vec<u8>),
}

/// A condition on a column.
pub(super) struct Sieve {
    column: Arc<Column>,
    pub(super) pass: Pass,
}

/// A dimension by which is counted apart.
pub(super) struct Grouping {
    column: Arc<Column>,
    /// For every code of the column the place of its value among all values.
    pub(super) places: Arc<[u32]>,
}

/// A question that is counted.
pub(super) struct Asked {
    column: Arc<Column>,
    /// Which of the questions that are counted apart.
    pub(super) slot: u32,
    /// For every code the place of its value among all values, or [`SKIPPED`].
    pub(super) places: Vec<u32>,
}

/// A part with all columns that are needed.
pub(super) struct PartPlan {
    pub(super) part: Part,
    days: Arc<Column>,
    pub(super) sieves: Vec<Sieve>,
    pub(super) groups: Vec<Grouping>,
    pub(super) asked: Vec<Asked>,
    /// For every question of the shelf its place in `asked`.
    pub(super) asked_at: Vec<Option<usize>>,
    weights: Option<Arc<Column>>,
}

static NO_CODES: Codes = Codes::Same(0);

fn codes(column: &Column) -> &Codes {
    match column {
        Column::Texts(column) => &column.codes,
        Column::Weights(column) => &column.codes,
        Column::People(column) => &column.codes,
        Column::Answers(answers) => &answers.codes,
        Column::Days(_) | Column::Ids(_) => &NO_CODES,
    }
}

impl Sieve {
    pub(super) fn codes(&self) -> &Codes {
        codes(&self.column)
    }
}

impl Grouping {
    pub(super) fn codes(&self) -> &Codes {
        codes(&self.column)
    }
}

impl Asked {
    pub(super) fn answers(&self) -> Option<&Answers> {
        match &*self.column {
            Column::Answers(answers) => Some(answers),
            _ => None,
        }
    }

    /// The place of the value with this code.
    pub(super) fn place(&self, code: u32) -> u32 {
        self.places.get(code as usize).copied().unwrap_or(SKIPPED)
    }
}

impl PartPlan {
    /// A part in which only rows are looked for; nothing when no row can be meant.
    pub(super) fn of_rows(
        part: &Part,
        scope: &Scope,
        library: &Library,
    ) -> Result<Option<Self>, FactsError> {
        if !part.shelf.concerns(scope) {
            return Ok(None);
        }
        let mut sieves = Vec::new();
        for filter in &scope.filters {
            let column = part.shelf.dimension(&filter.dimension, library)?;
            let Column::Texts(texts) = &*column else {
                continue;
            };
            let passes = passes(filter, texts);
            if !passes.contains(&1) {
                return Ok(None);
            }
            if passes.contains(&0) {
                let pass = Pass::new(passes);
                sieves.push(Sieve { column, pass });
            }
        }
        let days = part.shelf.column(&ColumnKey::Days, library)?;
        Ok(Some(Self {
            part: part.clone(),
            days: days.unwrap_or_else(|| Arc::new(Column::Days(Days::default()))),
            sieves,
            groups: Vec::new(),
            asked: Vec::new(),
            asked_at: Vec::new(),
            weights: None,
        }))
    }

    pub(super) fn days(&self) -> &Days {
        static NONE: Days = Days { runs: Vec::new() };
        match &*self.days {
            Column::Days(days) => days,
            _ => &NONE,
        }
    }

    pub(super) fn weights(&self) -> Option<&Coded<u32>> {
        match self.weights.as_deref() {
            Some(Column::Weights(weights)) => Some(weights),
            _ => None,
        }
    }

    /// The question that was answered alone in a stretch, with the place of the answer.
    pub(super) fn single(&self, stretch: &Stretch) -> Option<(u32, u32)> {
        let (question, code) = stretch.single?;
        let asked = self.asked_at.get(question as usize).copied().flatten();
        let asked = asked.and_then(|place| self.asked.get(place));
        Some(asked.map_or((0, SKIPPED), |asked| (asked.slot, asked.place(code))))
    }
}

impl Pass {
    fn new(passes: Vec<u8>) -> Self {
        let first = passes.iter().position(|pass| *pass == 1).unwrap_or(0);
        let last = passes.iter().rposition(|pass| *pass == 1).unwrap_or(0);
        let is_range = passes
            .get(first..=last)
            .is_some_and(|range| !range.contains(&0));
        match (u32::try_from(first), u32::try_from(last - first)) {
            (Ok(first), Ok(width)) if is_range => Self::Range(first, width),
            _ => Self::Table(passes),
        }
    }
}

/// For every value 1 when it passes, else 0.
fn passes(filter: &Filter, texts: &Coded<Text>) -> Vec<u8> {
    let known = |values: &BTreeSet<Option<String>>| -> HashSet<Option<Box<str>>> {
        let values = values.iter();
        values
            .map(|value| value.as_deref().map(Box::from))
            .collect()
    };
    let values = texts.values.iter();
    match &filter.test {
        Test::In(among) | Test::NotIn(among) => {
            let is_in = matches!(filter.test, Test::In(_));
            let among = known(among);
            let among: HashSet<Option<&str>> = among.iter().map(Option::as_deref).collect();
            values
                .map(|value| u8::from(among.contains(&value.as_deref()) == is_in))
                .collect()
        }
        Test::Between(..) => values
            .map(|value| u8::from(filter.test.holds(value.as_deref())))
            .collect(),
    }
}

/// What a question for counts means.
pub(super) struct Plan {
    pub(super) parts: Vec<PartPlan>,
    /// Periods, when these are asked.
    pub(super) periods: Option<Periods>,
    /// The questions that are counted apart; nothing stands for all of them together.
    pub(super) slots: Vec<Option<QuestionKey>>,
    /// All values that count.
    pub(super) values: Vec<Value>,
    /// All values of each dimension by which is counted apart.
    pub(super) texts: Vec<Vec<Text>>,
    /// Whether submissions rather than answers are counted.
    pub(super) of_submissions: bool,
    from: Option<LocalDay>,
    until: Option<LocalDay>,
    include: (bool, bool),
}

/// Values in the order in which they were met first.
struct Places<T> {
    known: HashMap<T, u32>,
    values: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Places<T> {
    fn new() -> Self {
        Self {
            known: HashMap::new(),
            values: Vec::new(),
        }
    }

    fn place(&mut self, value: &T) -> u32 {
        if let Some(place) = self.known.get(value) {
            return *place;
        }
        let place = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.known.insert(value.clone(), place);
        place
    }
}

impl Plan {
    pub(super) fn new(
        state: &State,
        query: &CountQuery,
        library: &Library,
    ) -> Result<Self, FactsError> {
        let mut parts = Vec::new();
        for part in state.parts(library)? {
            parts.extend(PartPlan::of_rows(part, &query.scope, library)?);
        }
        let mut plan = Self {
            periods: query.step.and_then(|step| {
                let days = parts
                    .iter()
                    .map(|part: &PartPlan| part.part.shelf.head.days);
                Periods::of(step, &query.scope, days)
            }),
            slots: Vec::new(),
            values: Vec::new(),
            texts: Vec::new(),
            of_submissions: query.subject == Subject::Submissions,
            from: query.scope.from,
            until: query.scope.until,
            include: (query.scope.include_partial, query.scope.include_automatic),
            parts,
        };
        plan.ask(&query.subject, library)?;
        for dimension in &query.group {
            plan.group(dimension, library)?;
        }
        if query.is_weighted {
            for part in &mut plan.parts {
                part.weights = part.part.shelf.column(&ColumnKey::Weights, library)?;
            }
        }
        Ok(plan)
    }

    fn ask(&mut self, subject: &Subject, library: &Library) -> Result<(), FactsError> {
        let (only, given) = match subject {
            Subject::Submissions => {
                self.slots.push(None);
                self.values.push(Value::default());
                return Ok(());
            }
            Subject::Question(key, given) => (Some(key), *given),
            Subject::EachQuestion(given) | Subject::AnyQuestion(given) => (None, *given),
        };
        let is_apart = matches!(subject, Subject::EachQuestion(_));
        if !is_apart {
            self.slots.push(None);
        }
        let mut slots = Places::new();
        let mut values = Places::new();
        for part in &mut self.parts {
            let questions = part.part.shelf.head.questions.clone();
            part.asked_at = vec![None; questions.len()];
            for (question, at) in questions.into_iter().zip(&mut part.asked_at) {
                if only.is_some_and(|only| *only != question) {
                    continue;
                }
                let slot = if is_apart {
                    slots.place(&Some(question.clone()))
                } else {
                    0
                };
                let key = ColumnKey::Answers(question);
                let Some(column) = part.part.shelf.column(&key, library)? else {
                    continue;
                };
                let places = value_places(&column, given, &mut values);
                if places.iter().any(|place| *place != SKIPPED) {
                    *at = Some(part.asked.len());
                    part.asked.push(Asked {
                        column,
                        slot,
                        places,
                    });
                }
            }
        }
        self.slots.extend(slots.values);
        self.values = values.values;
        Ok(())
    }

    fn group(&mut self, dimension: &Dimension, library: &Library) -> Result<(), FactsError> {
        let mut texts: Places<Text> = Places::new();
        let mut before: Option<Grouping> = None;
        for part in &mut self.parts {
            let column = part.part.shelf.dimension(dimension, library)?;
            let Column::Texts(coded) = &*column else {
                continue;
            };
            // Shelves beside each other mostly hold the same values.
            let same = before.as_ref().filter(|before| {
                matches!(&*before.column, Column::Texts(old) if old.values == coded.values)
            });
            let places = match same {
                Some(same) => Arc::clone(&same.places),
                None => coded
                    .values
                    .iter()
                    .map(|value| texts.place(value))
                    .collect(),
            };
            part.groups.push(Grouping {
                column: Arc::clone(&column),
                places: Arc::clone(&places),
            });
            before = Some(Grouping { column, places });
        }
        self.texts.push(texts.values);
        Ok(())
    }

    /// Walks over the rows from `from` to just before `to` that may be meant, in spans of one
    /// period and one stretch.
    pub(super) fn spans(
        &self,
        part: &PartPlan,
        from: u32,
        to: u32,
        mut one: impl FnMut(usize, u32, u32, &Stretch),
    ) {
        let scope = Scope {
            include_partial: self.include.0,
            include_automatic: self.include.1,
            ..Scope::all(part.part.shelf.head.workspace, Vec::new())
        };
        let days = part.part.shelf.head.days;
        let is_cut = self.from.is_some_and(|from| from.0 > days.0)
            || self.until.is_some_and(|until| until.0 < days.1);
        let stretches = &part.part.shelf.head.stretches;
        let first = stretches.partition_point(|stretch| stretch.end <= from);
        let due = stretches.iter().skip(first);
        for stretch in due.take_while(|stretch| stretch.start < to) {
            let (start, end) = (stretch.start.max(from), stretch.end.min(to));
            if !stretch.status.is_meant(&scope) {
                continue;
            }
            if self.periods.is_none() && !is_cut {
                one(0, start, end, stretch);
            } else {
                let limits = (self.from, self.until);
                spans(
                    part.days(),
                    limits,
                    self.periods.as_ref(),
                    (start, end),
                    |period, start, end| one(period, start, end, stretch),
                );
            }
        }
    }
}

fn value_places(column: &Column, given: Given, values: &mut Places<Value>) -> Vec<u32> {
    let Column::Answers(answers) = column else {
        return Vec::new();
    };
    let places = answers.values.iter().map(|value| {
        if value.is_given(given) {
            values.place(value)
        } else {
            SKIPPED
        }
    });
    std::iter::once(SKIPPED).chain(places).collect()
}
