//! What a question means: which values, groups and periods there are in its answer.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use peil_domain::shared::{LocalDay, QuestionKey};

use super::{
    cache::Library,
    column::{Coded, Column, ColumnKey, Text, Value},
    part_plan::{Asked, Grouping, PartPlan, SKIPPED, passes},
    periods::{Periods, spans},
    segment::Part,
    shelf::Stretch,
    state::State,
    warm,
};
use crate::{CountQuery, Dimension, FactsError, Filter, Given, Scope, Subject};

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
    /// All weights, when these are asked.
    pub(super) weights: Vec<u32>,
    /// How many people the register knows.
    pub(super) people: usize,
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
    /// What a question means for these parts of a state.
    pub(super) fn new(
        of: &[&Part],
        state: &State,
        query: &CountQuery,
        library: &Library,
    ) -> Result<Self, FactsError> {
        warm::fetch(of, query, library)?;
        let mut parts = Vec::new();
        let group = query.group.iter();
        let of_mentions: Vec<Dimension> = group
            .filter(|dimension| dimension.is_of_mentions())
            .cloned()
            .collect();
        for part in of {
            let Some(part) = PartPlan::of_rows(part, &query.scope, library)? else {
                continue;
            };
            if of_mentions.is_empty() {
                parts.push(part);
            } else {
                parts.extend(part.turns(&query.scope.filters, &of_mentions, library)?);
            }
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
            weights: Vec::new(),
            people: state.register.len(),
            of_submissions: query.subject == Subject::Submissions,
            from: query.scope.from,
            until: query.scope.until,
            include: (query.scope.include_partial, query.scope.include_automatic),
            parts,
        };
        plan.ask(&query.subject, library)?;
        for dimension in &query.group {
            plan.group(dimension, &query.scope.filters, library)?;
        }
        if query.is_weighted {
            plan.weigh(library)?;
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
            Subject::Question(key, given) | Subject::Whether(key, given) => (Some(key), *given),
            Subject::EachQuestion(given) | Subject::AnyQuestion(given) => (None, *given),
        };
        let is_apart = matches!(subject, Subject::EachQuestion(_));
        let is_told = !matches!(subject, Subject::Whether(..));
        if !is_apart {
            self.slots.push(None);
        }
        let mut slots = Places::new();
        let mut values = Places::new();
        let mut before: Option<(Arc<Column>, Arc<[u32]>)> = None;
        for part in &mut self.parts {
            let shelf = Arc::clone(&part.part.shelf);
            let questions = &shelf.head.questions;
            part.asked_at = vec![None; questions.len()];
            for (question, at) in questions.iter().zip(&mut part.asked_at) {
                if only.is_some_and(|only| only != question) {
                    continue;
                }
                let slot = if is_apart {
                    slots.place(&Some(question.clone()))
                } else {
                    0
                };
                let key = ColumnKey::Answers(question.clone());
                let Some(column) = shelf.column(&key, library)? else {
                    continue;
                };
                // Questions beside each other mostly have the same answers.
                let same = before
                    .as_ref()
                    .filter(|(old, _)| old.has_values_of(&column));
                let places = match same {
                    Some((_, places)) => Arc::clone(places),
                    None => value_places(&column, given, is_told, &mut values).into(),
                };
                before = Some((Arc::clone(&column), Arc::clone(&places)));
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

    fn group(
        &mut self,
        dimension: &Dimension,
        filters: &[Filter],
        library: &Library,
    ) -> Result<(), FactsError> {
        let is_of_mentions = dimension.is_of_mentions();
        let own = filters
            .iter()
            .filter(|filter| filter.dimension == *dimension);
        let own: Vec<&Filter> = own.collect();
        let mut texts: Places<Text> = Places::new();
        let mut before: Option<Grouping> = None;
        for part in &mut self.parts {
            if let Some((mentioned, turn)) = part.turn.as_ref().filter(|_| is_of_mentions) {
                let values = mentioned.values(*turn, dimension);
                let places = values.map(|value| texts.place(&value)).collect();
                let column = Arc::clone(&mentioned.column);
                part.groups.push(Grouping::new(column, places));
                continue;
            }
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
                None => group_places(coded, &own, &mut texts),
            };
            part.groups
                .push(Grouping::new(Arc::clone(&column), Arc::clone(&places)));
            before = Some(Grouping::new(column, places));
        }
        self.texts.push(texts.values);
        Ok(())
    }

    /// Counts weights apart like the values of one more dimension, the innermost.
    fn weigh(&mut self, library: &Library) -> Result<(), FactsError> {
        let mut weights = Places::new();
        for part in &mut self.parts {
            let Some(column) = part.part.shelf.column(&ColumnKey::Weights, library)? else {
                continue;
            };
            if let Column::Weights(coded) = &*column {
                let places = coded.values.iter().map(|weight| weights.place(weight));
                let places = places.collect();
                part.groups.push(Grouping::new(Arc::clone(&column), places));
            }
            part.weights = Some(column);
        }
        self.weights = weights.values;
        Ok(())
    }

    /// Walks over the rows from `from` to just before `to` that may be meant, stretch by stretch.
    pub(super) fn stretches(
        &self,
        part: &PartPlan,
        from: u32,
        to: u32,
        mut one: impl FnMut(&Stretch, u32, u32),
    ) {
        let scope = Scope {
            include_partial: self.include.0,
            include_automatic: self.include.1,
            ..Scope::all(part.part.shelf.head.workspace, Vec::new())
        };
        let stretches = &part.part.shelf.head.stretches;
        let first = stretches.partition_point(|stretch| stretch.end <= from);
        let due = stretches.iter().skip(first);
        for stretch in due.take_while(|stretch| stretch.start < to) {
            if stretch.status.is_meant(&scope) {
                one(stretch, stretch.start.max(from), stretch.end.min(to));
            }
        }
    }

    /// The question that counts with the place of the answer, when they are the same in a whole stretch.
    pub(super) fn single(&self, part: &PartPlan, stretch: &Stretch) -> Option<(u32, u32)> {
        if self.of_submissions {
            Some((0, 0))
        } else {
            part.single(stretch)
        }
    }

    /// Walks over rows of one stretch, in spans of one period.
    pub(super) fn spans(
        &self,
        part: &PartPlan,
        stretch: &Stretch,
        (from, to): (u32, u32),
        mut one: impl FnMut(usize, u32, u32),
    ) {
        let days = part.part.shelf.head.days;
        let is_cut = self.from.is_some_and(|from| from.0 > days.0)
            || self.until.is_some_and(|until| until.0 < days.1);
        if self.periods.is_none() && !is_cut {
            one(0, from, to);
            return;
        }
        let limits = (self.from, self.until);
        let periods = self.periods.as_ref();
        let runs = if !is_cut && periods.is_some_and(|periods| periods.keep_months) {
            part.months()
        } else {
            part.runs(stretch)
        };
        spans(runs, limits, periods, (from, to), one);
    }
}

/// The place of every value by which is counted apart. Rows whose value does not pass are not counted, so
/// that such values need no place of their own: of thousands of groups a few dozen are shown.
fn group_places(coded: &Coded<Text>, own: &[&Filter], texts: &mut Places<Text>) -> Arc<[u32]> {
    let all: Vec<Vec<u8>> = own.iter().map(|filter| passes(filter, coded)).collect();
    let does_pass = |code: usize| all.iter().all(|passes| passes.get(code) == Some(&1));
    let values = coded.values.iter().enumerate();
    values
        .map(|(code, value)| {
            if does_pass(code) {
                texts.place(value)
            } else {
                0
            }
        })
        .collect()
}

/// The place of every value that counts; one for all of them when they are not told.
fn value_places(
    column: &Column,
    given: Given,
    is_told: bool,
    values: &mut Places<Value>,
) -> Vec<u32> {
    let Column::Answers(answers) = column else {
        return Vec::new();
    };
    let places = answers
        .values
        .iter()
        .map(|value| match (value.is_given(given), is_told) {
            (true, true) if given == Given::Mentions || value.mentions.is_empty() => {
                values.place(value)
            }
            // Whoever does not ask what is mentioned need not tell apart what is.
            (true, true) => values.place(&Value {
                mentions: BTreeSet::new(),
                ..value.clone()
            }),
            (true, false) => values.place(&Value::default()),
            (false, _) => SKIPPED,
        });
    std::iter::once(SKIPPED).chain(places).collect()
}
