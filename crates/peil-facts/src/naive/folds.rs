//! Counting one submission after the other: each fold is given every submission once, in any
//! order, and needs room only for what it found. What counts straight from the records uses these
//! as well.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet},
    sync::Arc,
};

use peil_domain::shared::{AccountId, LocalDay, QuestionKey, ResponseId, SurveyId};
use uuid::Uuid;

use super::scope::{Told, is_given, is_meant, mentioned, mentions, value, value_of};
use crate::{
    Answer, Cell, CountQuery, CrossQuery, Crossed, Dimension, Given, Mention, ONE, Row, RowsQuery,
    Subject, Submission, Tally, ValuesQuery,
};

type CellKey = (Option<QuestionKey>, Vec<Option<Arc<str>>>, Option<LocalDay>);

/// What one cell holds while counting.
#[derive(Debug, Default)]
struct Counted {
    answers: Tally,
    scores: BTreeMap<i32, Tally>,
    options: BTreeMap<Arc<str>, Tally>,
    mentions: BTreeMap<Mention, Tally>,
    people: HashSet<Uuid>,
    accounts: HashSet<AccountId>,
}

/// Counts cells.
#[derive(Debug)]
pub struct CountFold<'a> {
    query: &'a CountQuery,
    cells: BTreeMap<CellKey, Counted>,
}

impl<'a> CountFold<'a> {
    /// Nothing counted yet.
    #[must_use]
    pub const fn new(query: &'a CountQuery) -> Self {
        Self {
            query,
            cells: BTreeMap::new(),
        }
    }

    /// Counts a submission, if it is meant.
    pub fn add(&mut self, submission: &Submission) {
        if !is_meant(&self.query.scope, submission) {
            return;
        }
        match &self.query.subject {
            Subject::Submissions => self.cell(submission, None, |_, _| {}),
            Subject::Question(key, given) => {
                let is_asked = |answer: &&Answer| answer.question == *key;
                for answer in submission.answers.iter().filter(is_asked) {
                    self.add_answer(submission, answer, *given, None);
                }
            }
            Subject::Whether(key, given) => {
                let is_asked =
                    |answer: &&Answer| answer.question == *key && is_given(answer, *given);
                for _ in submission.answers.iter().filter(is_asked) {
                    self.cell(submission, None, |_, _| {});
                }
            }
            Subject::EachQuestion(given) => {
                for answer in &submission.answers {
                    self.add_answer(submission, answer, *given, Some(&answer.question));
                }
            }
            Subject::AnyQuestion(given) => {
                for answer in &submission.answers {
                    self.add_answer(submission, answer, *given, None);
                }
            }
        }
    }

    fn add_answer(
        &mut self,
        submission: &Submission,
        answer: &Answer,
        given: Given,
        question: Option<&QuestionKey>,
    ) {
        if !is_given(answer, given) {
            return;
        }
        self.cell(submission, question, |cell, one| {
            if let Some(score) = answer.score {
                *cell.scores.entry(score).or_default() += one;
            }
            for option in answer.options.iter().flatten() {
                *cell.options.entry(option.as_str().into()).or_default() += one;
            }
            let mentions = answer.mentions.iter();
            for mention in mentions.filter(|_| given == Given::Mentions) {
                *cell.mentions.entry(mention.clone()).or_default() += one;
            }
        });
    }

    fn cell(
        &mut self,
        submission: &Submission,
        question: Option<&QuestionKey>,
        count: impl Fn(&mut Counted, Tally),
    ) {
        let start = self.query.step.map(|step| step.start(submission.local_day));
        let one = Tally::one(if self.query.is_weighted {
            submission.weight
        } else {
            ONE
        });
        for groups in self.groups(submission) {
            let key = (question.cloned(), groups, start);
            let cell = self.cells.entry(key).or_default();
            cell.answers += one;
            if self.query.with_people {
                cell.people.insert(submission.person);
            }
            if self.query.with_accounts {
                cell.accounts.extend(submission.account);
            }
            count(cell, one);
        }
    }

    /// The groups of a submission: several when it mentions several things.
    fn groups(&self, submission: &Submission) -> BTreeSet<Vec<Option<Arc<str>>>> {
        let of = |mention: Option<&Told>| {
            let dimensions = self.query.group.iter();
            let values = dimensions.map(|dimension| {
                if dimension.is_of_mentions() {
                    value_of(mention, dimension)
                } else {
                    value(submission, dimension).map(Arc::from)
                }
            });
            values.collect()
        };
        if !self.query.group.iter().any(Dimension::is_of_mentions) {
            return BTreeSet::from([of(None)]);
        }
        let mentions = mentioned(&self.query.scope.filters, mentions(submission));
        mentions.map(|mention| of(mention.as_ref())).collect()
    }

    /// What was counted, in the order of question, groups and period.
    #[must_use]
    pub fn finish(self) -> Vec<Cell> {
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        self.cells
            .into_iter()
            .map(|((question, groups, start), counted)| Cell {
                question,
                groups,
                start,
                answers: counted.answers,
                scores: counted.scores.into_iter().collect(),
                options: counted.options,
                mentions: counted.mentions,
                people: number(counted.people.len()),
                accounts: number(counted.accounts.len()),
            })
            .collect()
    }
}

/// Day, identifier, person and scores of a submission.
type Scored = (LocalDay, ResponseId, Uuid, Vec<i32>);

/// Counts combinations of scores.
#[derive(Debug)]
pub struct CrossFold<'a> {
    query: &'a CrossQuery,
    /// The newest so far; the oldest of them on top.
    newest: BinaryHeap<Reverse<Scored>>,
}

impl<'a> CrossFold<'a> {
    /// Nothing counted yet.
    #[must_use]
    pub const fn new(query: &'a CrossQuery) -> Self {
        Self {
            query,
            newest: BinaryHeap::new(),
        }
    }

    /// Counts a submission, if it is meant and misses no score.
    pub fn add(&mut self, submission: &Submission) {
        if !is_meant(&self.query.scope, submission) {
            return;
        }
        let score_on = |question: &QuestionKey| {
            let answer = submission
                .answers
                .iter()
                .find(|answer| answer.question == *question);
            answer.and_then(|answer| answer.score)
        };
        let scores: Option<Vec<i32>> = self.query.questions.iter().map(score_on).collect();
        if let Some(scores) = scores {
            let key = (submission.local_day, submission.response);
            let found = (key.0, key.1, submission.person, scores);
            self.newest.push(Reverse(found));
            if self.newest.len() as u64 > self.query.most {
                self.newest.pop();
            }
        }
    }

    /// What was counted.
    #[must_use]
    pub fn finish(self) -> Crossed {
        let is_cut = self.newest.len() as u64 >= self.query.most;
        let mut rows: BTreeMap<Vec<i32>, u64> = BTreeMap::new();
        let mut people = HashSet::new();
        for Reverse((_, _, person, scores)) in self.newest {
            *rows.entry(scores).or_default() += 1;
            people.insert(person);
        }
        Crossed {
            rows: rows.into_iter().collect(),
            people: people.len() as u64,
            is_cut,
        }
    }
}

/// Finds the newest submissions behind a cell.
#[derive(Debug)]
pub struct RowsFold<'a> {
    query: &'a RowsQuery,
    /// The newest so far; the oldest of them on top.
    newest: BinaryHeap<Reverse<Row>>,
}

impl<'a> RowsFold<'a> {
    /// Nothing found yet.
    #[must_use]
    pub const fn new(query: &'a RowsQuery) -> Self {
        Self {
            query,
            newest: BinaryHeap::new(),
        }
    }

    /// Looks at a submission.
    pub fn add(&mut self, submission: &Submission) {
        let row = Row {
            local_day: submission.local_day,
            response: submission.response,
        };
        let is_due = self.query.after.is_none_or(|after| row < after);
        if !is_due || !is_meant(&self.query.scope, submission) {
            return;
        }
        let (question, given) = match &self.query.subject {
            Subject::Submissions => (None, None),
            Subject::Question(key, given) | Subject::Whether(key, given) => {
                (Some(key), Some(*given))
            }
            Subject::EachQuestion(given) | Subject::AnyQuestion(given) => (None, Some(*given)),
        };
        let is_behind = |answer: &Answer| {
            let range = self.query.scores.as_ref();
            let option = self.query.option.as_ref();
            question.is_none_or(|key| answer.question == *key)
                && given.is_none_or(|given| is_given(answer, given))
                && range.is_none_or(|range| answer.score.is_some_and(|n| range.contains(&n)))
                && option.is_none_or(|option| {
                    let chosen = answer.options.as_ref();
                    chosen.is_some_and(|chosen| chosen.contains(option))
                })
        };
        let asks_nothing =
            given.is_none() && self.query.scores.is_none() && self.query.option.is_none();
        if asks_nothing || submission.answers.iter().any(is_behind) {
            self.newest.push(Reverse(row));
            if self.newest.len() > self.query.limit {
                self.newest.pop();
            }
        }
    }

    /// What was found, the newest first.
    #[must_use]
    pub fn finish(self) -> Vec<Row> {
        let rows = self.newest.into_sorted_vec();
        rows.into_iter().map(|Reverse(row)| row).collect()
    }
}

/// Counts the values of a dimension.
#[derive(Debug)]
pub struct ValuesFold<'a> {
    query: &'a ValuesQuery,
    values: BTreeMap<Arc<str>, u64>,
}

impl<'a> ValuesFold<'a> {
    /// Nothing counted yet.
    #[must_use]
    pub const fn new(query: &'a ValuesQuery) -> Self {
        Self {
            query,
            values: BTreeMap::new(),
        }
    }

    /// Counts a submission.
    pub fn add(&mut self, submission: &Submission) {
        if submission.workspace != self.query.workspace
            || !is_of(submission.survey, &self.query.surveys)
        {
            return;
        }
        let dimension = &self.query.dimension;
        if dimension.is_of_mentions() {
            let mentions = mentioned(&[], mentions(submission));
            let values: BTreeSet<Arc<str>> = mentions
                .filter_map(|mention| value_of(mention.as_ref(), dimension))
                .collect();
            for value in values {
                *self.values.entry(value).or_default() += 1;
            }
        } else if let Some(value) = value(submission, dimension) {
            match self.values.get_mut(value.as_ref()) {
                Some(n) => *n += 1,
                None => {
                    self.values.insert(value.into(), 1);
                }
            }
        }
    }

    /// What was counted, the most frequent first.
    #[must_use]
    pub fn finish(self) -> Vec<(Arc<str>, u64)> {
        let mut values: Vec<_> = self.values.into_iter().collect();
        // Stable, so that among equals the order of the values stays.
        values.sort_by_key(|(_, n)| Reverse(*n));
        values.truncate(self.query.most);
        values
    }
}

/// The attributes of which submissions carry a value.
pub(super) fn attributes<'a>(
    submissions: impl Iterator<Item = &'a Submission>,
    surveys: &[SurveyId],
) -> BTreeSet<QuestionKey> {
    submissions
        .filter(|submission| is_of(submission.survey, surveys))
        .flat_map(|submission| submission.attributes.keys().cloned())
        .collect()
}

fn is_of(survey: SurveyId, surveys: &[SurveyId]) -> bool {
    surveys.is_empty() || surveys.contains(&survey)
}
