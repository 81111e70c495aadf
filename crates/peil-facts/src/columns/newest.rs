//! The newest submissions behind a question: which they are, and which scores they hold together.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use peil_domain::shared::{LocalDay, ResponseId};
use rayon::prelude::*;
use uuid::Uuid;

use super::{
    cache::Library,
    column::{Answers, Column, ColumnKey, Value},
    ids::{is_short, time},
    part_plan::{PartPlan, SKIPPED},
    plan::Plan,
    sift::sift,
    state::State,
};
use crate::{
    CountQuery, CrossQuery, Crossed, FactsError, Given, Row, RowsQuery, Scope, Step, Subject,
};

/// A plan that walks day by day.
fn daily(
    state: &State,
    scope: &Scope,
    subject: Subject,
    library: &Library,
) -> Result<Plan, FactsError> {
    let query = CountQuery {
        step: Some(Step::Day),
        with_people: false,
        ..CountQuery::new(scope.clone(), subject)
    };
    Plan::new(&state.parts(library)?, state, &query, library)
}

/// The first day that is needed for so many of the newest.
fn first_needed(days: &BTreeMap<LocalDay, usize>, number: usize) -> Option<LocalDay> {
    let mut found = 0;
    let mut first = None;
    for (day, n) in days.iter().rev() {
        if found >= number {
            break;
        }
        found += n;
        first = Some(*day);
    }
    first
}

fn ids(part: &PartPlan, library: &Library) -> Result<Arc<Column>, FactsError> {
    let column = part.part.shelf.column(&ColumnKey::Ids, library)?;
    Ok(column.unwrap_or_else(|| Arc::new(Column::Ids(Vec::new()))))
}

/// What was found, unless identifiers must be known whole before.
pub(super) enum Found<T> {
    Whole(T),
    /// Identifiers of which only the short form is known.
    Unnamed(Vec<u128>),
}

/// The whole of short identifiers; nothing for those that the records do not hold any more.
pub(super) type Known = HashMap<u128, Option<u128>>;

fn id(column: &Column, row: u32) -> u128 {
    match column {
        Column::Ids(ids) => ids.get(row as usize).copied().unwrap_or_default(),
        _ => 0,
    }
}

/// A page of the submissions behind a cell.
pub(super) fn rows(
    state: &State,
    query: &RowsQuery,
    library: &Library,
    known: &Known,
) -> Result<Found<Vec<Row>>, FactsError> {
    let looks_at_answers = query.scores.is_some() || query.option.is_some();
    let subject = match &query.subject {
        Subject::Submissions if looks_at_answers => Subject::AnyQuestion(Given::Anything),
        Subject::EachQuestion(given) => Subject::AnyQuestion(*given),
        // A range of scores may be asked all the same.
        Subject::Whether(key, given) => Subject::Question(key.clone(), *given),
        subject => subject.clone(),
    };
    let latest = query.after.map(|after| after.local_day);
    let until = match (query.scope.until, latest) {
        (Some(until), Some(latest)) => Some(until.min(latest)),
        (until, latest) => until.or(latest),
    };
    let scope = Scope {
        until,
        ..query.scope.clone()
    };
    let plan = daily(state, &scope, subject, library)?;
    let is_behind = |value: &Value| {
        let range = query.scores.as_ref();
        let option = query.option.as_deref();
        range.is_none_or(|range| value.score.is_some_and(|score| range.contains(&score)))
            && option.is_none_or(|option| {
                let chosen = value.options.as_ref();
                chosen.is_some_and(|chosen| chosen.contains(option))
            })
    };
    let behind = Behind {
        plan: &plan,
        values: plan.values.iter().map(is_behind).collect(),
    };
    let of_part = |part: &PartPlan| {
        let mut days: BTreeMap<LocalDay, usize> = BTreeMap::new();
        behind.each(part, |day, _| *days.entry(day).or_default() += 1);
        days
    };
    let parts: Vec<BTreeMap<LocalDay, usize>> = plan.parts.par_iter().map(of_part).collect();
    let mut days: BTreeMap<LocalDay, usize> = BTreeMap::new();
    for (day, n) in parts.into_iter().flatten() {
        *days.entry(day).or_default() += n;
    }
    // Of the day that was turned last, any number may be before what is asked.
    let skipped = latest.and_then(|latest| days.get(&latest)).copied();
    let number = query.limit.saturating_add(skipped.unwrap_or_default());
    let Some(first) = first_needed(&days, number) else {
        return Ok(Found::Whole(Vec::new()));
    };
    let mut found = Vec::new();
    for part in &plan.parts {
        let mut due = Vec::new();
        behind.each(part, |day, row| {
            if day >= first {
                due.push((day, row));
            }
        });
        if due.is_empty() {
            continue;
        }
        let ids = ids(part, library)?;
        found.extend(due.into_iter().map(|(day, row)| (day, id(&ids, row))));
    }
    Ok(page(found, query, known))
}

/// The rows of a page. Which come first is certain from the day and the first part of an identifier
/// but for those that share both; these must be known whole.
fn page(mut found: Vec<(LocalDay, u128)>, query: &RowsQuery, known: &Known) -> Found<Vec<Row>> {
    let key = |(day, id): &(LocalDay, u128)| (*day, time(*id));
    let after = query
        .after
        .map(|after| (after.local_day, time(after.response.0.as_u128())));
    found.retain(|row| after.is_none_or(|after| key(row) <= after));
    found.sort_unstable_by_key(|row| Reverse(key(row)));
    // Any of those that come together with the last one of the former page may be before it.
    let beside = found.partition_point(|row| after == Some(key(row)));
    let enough = query.limit.saturating_add(beside);
    if let Some(last) = enough.checked_sub(1).and_then(|last| found.get(last)) {
        let last = key(last);
        found.truncate(found.partition_point(|row| key(row) >= last));
    } else if enough == 0 {
        found.clear();
    }
    let unnamed = |(_, id): &&(LocalDay, u128)| is_short(*id) && !known.contains_key(id);
    let unnamed: Vec<u128> = found.iter().filter(unnamed).map(|(_, id)| *id).collect();
    if !unnamed.is_empty() {
        return Found::Unnamed(unnamed);
    }
    let named = found.into_iter().filter_map(|(local_day, id)| {
        let id = known.get(&id).copied().unwrap_or(Some(id))?;
        Some(Row {
            local_day,
            response: ResponseId(Uuid::from_u128(id)),
        })
    });
    let mut rows: Vec<Row> = named
        .filter(|row| query.after.is_none_or(|after| *row < after))
        .collect();
    rows.sort_unstable_by_key(|row| Reverse(*row));
    rows.truncate(query.limit);
    Found::Whole(rows)
}

/// Submissions that hold one of these values.
struct Behind<'a> {
    plan: &'a Plan,
    values: Vec<bool>,
}

impl Behind<'_> {
    fn is_behind(&self, place: u32) -> bool {
        place != SKIPPED && self.values.get(place as usize) == Some(&true)
    }

    fn each(&self, part: &PartPlan, mut one: impl FnMut(LocalDay, u32)) {
        let plan = self.plan;
        let mut mask = Vec::new();
        let rows = part.part.shelf.head.rows;
        plan.stretches(part, 0, rows, |stretch, from, to| {
            let single = plan.single(part, stretch);
            if single.is_some_and(|(_, place)| !self.is_behind(place)) {
                return;
            }
            let has_mask = sift(part, from, to, &mut mask);
            plan.spans(part, stretch, (from, to), |period, start, end| {
                let starts = plan.periods.as_ref().map(|periods| &periods.starts);
                let day = starts.and_then(|starts| starts.get(period)).copied();
                for row in start..end {
                    let passes = !has_mask || mask.get((row - from) as usize) == Some(&1);
                    let holds = || {
                        part.asked.iter().any(|asked| {
                            let code = asked.answers().map_or(0, |answers| answers.code(row));
                            self.is_behind(asked.place(code))
                        })
                    };
                    if passes && (single.is_some() || holds()) {
                        one(day.unwrap_or(LocalDay(0)), row);
                    }
                }
            });
        });
    }
}

/// Combinations of scores of the newest submissions.
pub(super) fn crossed(
    state: &State,
    query: &CrossQuery,
    library: &Library,
    known: &Known,
) -> Result<Found<Crossed>, FactsError> {
    let plan = daily(state, &query.scope, Subject::Submissions, library)?;
    let most = usize::try_from(query.most).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    for part in &plan.parts {
        parts.extend(Scores::new(&plan, part, query, library)?);
    }
    let of_part = |part: &Scores<'_>| {
        let mut days: BTreeMap<LocalDay, usize> = BTreeMap::new();
        part.each(|day, _| *days.entry(day).or_default() += 1);
        days
    };
    let counted: Vec<BTreeMap<LocalDay, usize>> = parts.par_iter().map(of_part).collect();
    let mut days: BTreeMap<LocalDay, usize> = BTreeMap::new();
    for (day, n) in counted.into_iter().flatten() {
        *days.entry(day).or_default() += n;
    }
    let total: usize = days.values().sum();
    let mut together = Together::default();
    if let Some(first) = first_needed(&days, most) {
        // Only of the first day some may be left out: those with the lowest identifiers.
        let later: usize = days
            .iter()
            .filter(|(day, _)| **day > first)
            .map(|(_, n)| n)
            .sum();
        let mut border = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            let ids = if total > most {
                Some(ids(part.part, library)?)
            } else {
                None
            };
            part.each(|day, row| match &ids {
                Some(ids) if day == first => {
                    let short = id(ids, row);
                    let whole = known.get(&short).copied().flatten();
                    border.push((whole.unwrap_or(short), place, row));
                }
                _ if day >= first => together.add(part, row),
                _ => {}
            });
        }
        border.sort_unstable_by_key(|found| Reverse(*found));
        let taken = most.saturating_sub(later);
        let unnamed = at_the_edge(&border, taken, known);
        if !unnamed.is_empty() {
            return Ok(Found::Unnamed(unnamed));
        }
        for (_, place, row) in border.into_iter().take(taken) {
            if let Some(part) = parts.get(place) {
                together.add(part, row);
            }
        }
    }
    let mut rows: Vec<(Vec<i32>, u64)> = together.rows.into_iter().collect();
    rows.sort_unstable();
    Ok(Found::Whole(Crossed {
        rows,
        people: together.unknown + together.known.len() as u64,
        is_cut: total >= most,
    }))
}

/// Short identifiers that must be known whole to say which rows are among the first so many.
fn at_the_edge(border: &[(u128, usize, u32)], taken: usize, known: &Known) -> Vec<u128> {
    let last = taken.checked_sub(1).and_then(|last| border.get(last));
    let (Some(last), Some(next)) = (last, border.get(taken)) else {
        return Vec::new();
    };
    if time(last.0) != time(next.0) {
        return Vec::new();
    }
    let ids = border.iter().map(|row| row.0);
    let beside = ids.filter(|id| time(*id) == time(last.0));
    beside
        .filter(|id| is_short(*id) && !known.contains_key(id))
        .collect()
}

/// Submissions with a score on every question.
struct Scores<'a> {
    plan: &'a Plan,
    part: &'a PartPlan,
    /// The answers to each question.
    answers: Vec<Arc<Column>>,
    people: Option<Arc<Column>>,
}

impl<'a> Scores<'a> {
    /// Nothing when a question was never answered.
    fn new(
        plan: &'a Plan,
        part: &'a PartPlan,
        query: &CrossQuery,
        library: &Library,
    ) -> Result<Option<Self>, FactsError> {
        let shelf = &part.part.shelf;
        let mut answers = Vec::new();
        for question in &query.questions {
            let key = ColumnKey::Answers(question.clone());
            match shelf.column(&key, library)? {
                Some(column) => answers.push(column),
                None => return Ok(None),
            }
        }
        Ok(Some(Self {
            plan,
            part,
            answers,
            people: shelf.column(&ColumnKey::People, library)?,
        }))
    }

    fn columns(&self) -> impl Iterator<Item = &Answers> {
        self.answers.iter().filter_map(|column| match &**column {
            Column::Answers(answers) => Some(answers),
            _ => None,
        })
    }

    fn score(answers: &Answers, row: u32) -> Option<i32> {
        answers.value(answers.code(row))?.score
    }

    fn each(&self, mut one: impl FnMut(LocalDay, u32)) {
        let behind = Behind {
            plan: self.plan,
            values: vec![true],
        };
        behind.each(self.part, |day, row| {
            if self
                .columns()
                .all(|answers| Self::score(answers, row).is_some())
            {
                one(day, row);
            }
        });
    }
}

/// What was found together.
#[derive(Default)]
struct Together {
    rows: HashMap<Vec<i32>, u64>,
    known: HashSet<u32>,
    unknown: u64,
}

impl Together {
    fn add(&mut self, part: &Scores<'_>, row: u32) {
        let columns = part.columns();
        let scores = columns.filter_map(|answers| Scores::score(answers, row));
        *self.rows.entry(scores.collect()).or_default() += 1;
        let number = match part.people.as_deref() {
            Some(Column::People(numbers)) => numbers.get(row as usize),
            _ => 0,
        };
        if number > 0 {
            self.known.insert(number);
        } else {
            self.unknown += 1;
        }
    }
}
