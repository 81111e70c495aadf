//! Where submissions and old shelves come together before they become a new shelf.

mod order;
mod picking;

use std::{
    collections::{BTreeMap, HashMap},
    mem,
    sync::Arc,
};

use peil_domain::shared::{QuestionKey, SurveyId, WorkspaceId};

use super::{
    arranged::{answers_in, coded_in, codes_in, picked, renamed, runs, texts_in},
    cache::Library,
    column::{Answers, Column, ColumnKey, Value},
    dead::Dead,
    mentions,
    register::Register,
    shelf::{Head, Shelf, Status},
};
use crate::{
    Answer, Dimension, FactsError, Submission,
    naive::scope::{mentions, value},
};

/// What fills dimensions of every submission.
const DIMENSIONS: [Dimension; 8] = [
    Dimension::Version,
    Dimension::Channel,
    Dimension::Language,
    Dimension::Touchpoint,
    Dimension::Account,
    Dimension::Completion,
    Dimension::Origin,
    Dimension::PagesDone,
];

/// Rows on their way to a shelf, in the order in which they came.
#[derive(Debug)]
pub(super) struct Staging<'a> {
    register: &'a Register,
    workspace: WorkspaceId,
    survey: SurveyId,
    days: Vec<i32>,
    ids: Vec<u128>,
    status: Vec<Status>,
    weights: Vec<u32>,
    /// Numbers of the register.
    people: Vec<u32>,
    /// Number of answers of each row.
    given: Vec<u32>,
    dimensions: BTreeMap<Dimension, StagedTexts>,
    questions: BTreeMap<QuestionKey, StagedAnswers>,
}

/// Values of a dimension; code nought is not known, and of rows beyond the last one.
#[derive(Debug, Default)]
struct StagedTexts {
    known: HashMap<Arc<str>, u32>,
    values: Vec<Arc<str>>,
    codes: Vec<u32>,
}

impl StagedTexts {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.known.get(text) {
            return *code;
        }
        let text: Arc<str> = text.into();
        self.values.push(Arc::clone(&text));
        let code = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.known.insert(text, code);
        code
    }

    fn put(&mut self, row: usize, code: u32) {
        self.codes.resize(row, 0);
        self.codes.push(code);
    }
}

#[derive(Debug, Default)]
struct StagedAnswers {
    known: HashMap<Value, u32>,
    values: Vec<Value>,
    /// Row and code of each answer; rows go up.
    given: Vec<(u32, u32)>,
}

impl StagedAnswers {
    fn code(&mut self, value: Value) -> u32 {
        if let Some(code) = self.known.get(&value) {
            return *code;
        }
        self.values.push(value.clone());
        let code = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.known.insert(value, code);
        code
    }
}

/// A number that stands for a person; nought stands for the submission itself. Two people share
/// one by a chance of one in 2^64.
fn person_number(submission: &Submission) -> u64 {
    if submission.person == submission.response.0 {
        return 0;
    }
    let (high, low) = submission.person.as_u64_pair();
    // The mixing of splitmix64, so that every bit of the one touches every bit of the other.
    let mut mixed = high.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ low;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    Ord::max(mixed ^ (mixed >> 31) ^ high.rotate_left(17), 1)
}

fn value_of(answer: &Answer) -> Value {
    let options = answer.options.as_ref();
    Value {
        score: answer.score,
        options: options.map(|options| options.iter().map(|code| code.as_str().into()).collect()),
        has_words: answer.has_words,
        mentions: answer.mentions.clone(),
    }
}

impl<'a> Staging<'a> {
    pub(super) const fn new(
        register: &'a Register,
        workspace: WorkspaceId,
        survey: SurveyId,
    ) -> Self {
        Self {
            register,
            workspace,
            survey,
            days: Vec::new(),
            ids: Vec::new(),
            status: Vec::new(),
            weights: Vec::new(),
            people: Vec::new(),
            given: Vec::new(),
            dimensions: BTreeMap::new(),
            questions: BTreeMap::new(),
        }
    }

    /// Adds a submission.
    pub(super) fn push(&mut self, submission: &Submission) {
        let row = self.days.len();
        self.days.push(submission.local_day.0);
        self.ids.push(submission.response.0.as_u128());
        let status = Status::new(submission.is_complete, submission.is_automatic);
        self.status.push(status);
        self.weights.push(submission.weight);
        let person = self.register.number(person_number(submission));
        self.people.push(person);
        for dimension in &DIMENSIONS {
            if let Some(text) = value(submission, dimension) {
                let staged = self.dimensions.entry(dimension.clone()).or_default();
                let code = staged.code(&text);
                staged.put(row, code);
            }
        }
        for (key, text) in &submission.attributes {
            let dimension = Dimension::Attribute(key.clone());
            let staged = self.dimensions.entry(dimension).or_default();
            let code = staged.code(text);
            staged.put(row, code);
        }
        let mentioned = mentions(submission);
        if !mentioned.is_empty() {
            let staged = self.dimensions.entry(Dimension::Theme).or_default();
            let code = staged.code(&mentions::written(&mentioned));
            staged.put(row, code);
        }
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        let mut given = 0;
        for answer in &submission.answers {
            let staged = self.questions.entry(answer.question.clone()).or_default();
            // A question has one answer, also when someone tells otherwise.
            if staged.given.last().is_none_or(|(last, _)| *last != number) {
                let code = staged.code(value_of(answer));
                staged.given.push((number, code));
                given += 1;
            }
        }
        self.given.push(given);
    }

    /// Adds the rows of a shelf that are not dead.
    pub(super) fn take(
        &mut self,
        shelf: &Shelf,
        dead: Option<&Dead>,
        library: &Library,
    ) -> Result<(), FactsError> {
        let alive: Vec<u32> = (0..shelf.head.rows)
            .filter(|row| dead.is_none_or(|dead| !dead.contains(*row)))
            .collect();
        let base = self.days.len();
        let mut places = vec![u32::MAX; shelf.rows()];
        for (row, place) in alive.iter().zip(base..) {
            if let Some(slot) = places.get_mut(*row as usize) {
                *slot = u32::try_from(place).unwrap_or(u32::MAX);
            }
        }
        for stretch in &shelf.head.stretches {
            let rows = alive.iter();
            let within = rows.filter(|row| (stretch.start..stretch.end).contains(*row));
            self.status.extend(within.map(|_| stretch.status));
        }
        // Segments of a million rows come together here: room that is not needed would be as much again.
        self.days.reserve_exact(alive.len());
        self.ids.reserve_exact(alive.len());
        self.weights.reserve_exact(alive.len());
        self.people.reserve_exact(alive.len());
        self.given.reserve_exact(alive.len());
        self.given.resize(base + alive.len(), 0);
        let keys: Vec<ColumnKey> = shelf.keys().cloned().collect();
        for key in keys {
            if let Some(column) = shelf.column_once(&key, library)? {
                self.take_column(&key, &column, &alive, &places);
            }
        }
        Ok(())
    }

    fn take_column(&mut self, key: &ColumnKey, column: &Column, alive: &[u32], places: &[u32]) {
        match (column, key) {
            (Column::Days(days), _) => {
                let mut start = 0;
                for (day, end) in &days.runs {
                    let rows = places.get(start as usize..*end as usize);
                    let living = rows.unwrap_or_default().iter();
                    let living = living.filter(|place| **place != u32::MAX).count();
                    self.days.extend(std::iter::repeat_n(*day, living));
                    start = *end;
                }
            }
            (Column::Ids(ids), _) => {
                let rows = alive.iter().filter_map(|row| ids.get(*row as usize));
                self.ids.extend(rows);
            }
            (Column::Weights(coded), _) => self.weights.extend(picked(coded, alive)),
            (Column::People(people), _) => {
                let numbers = alive.iter().map(|row| people.get(*row as usize));
                self.people.extend(numbers);
            }
            (Column::Texts(coded), ColumnKey::Dimension(dimension)) => {
                let staged = self.dimensions.entry(dimension.clone()).or_default();
                let values = coded.values.iter();
                let codes: Vec<u32> = values
                    .map(|text| text.as_deref().map_or(0, |text| staged.code(text)))
                    .collect();
                let more = self.given.len().saturating_sub(staged.codes.len());
                staged.codes.reserve_exact(more);
                for row in alive {
                    let code = codes.get(coded.codes.get(*row as usize) as usize);
                    let place = places.get(*row as usize).copied().unwrap_or_default();
                    staged.put(place as usize, code.copied().unwrap_or_default());
                }
            }
            (Column::Answers(answers), ColumnKey::Answers(question)) => {
                self.take_answers(question, answers, places);
            }
            _ => {}
        }
    }

    fn take_answers(&mut self, question: &QuestionKey, answers: &Answers, places: &[u32]) {
        let staged = self.questions.entry(question.clone()).or_default();
        let values = answers.values.iter().cloned();
        let codes: Vec<u32> = values.map(|value| staged.code(value)).collect();
        staged.given.reserve_exact(answers.codes.len());
        for (place, code) in answers.codes.iter().enumerate() {
            let row = match &answers.rows {
                Some(rows) => rows.get(place).copied(),
                None => u32::try_from(place).ok().map(|place| place + answers.start),
            };
            let row = row.and_then(|row| places.get(row as usize));
            let code = (code as usize)
                .checked_sub(1)
                .and_then(|code| codes.get(code));
            if let (Some(row), Some(code)) = (row.filter(|row| **row != u32::MAX), code) {
                staged.given.push((*row, *code));
                if let Some(given) = self.given.get_mut(*row as usize) {
                    *given += 1;
                }
            }
        }
    }

    /// The shelf; nothing when there are no rows.
    pub(super) fn finish(mut self) -> Option<Shelf> {
        let rows = self.days.len();
        let (order, mut stretches) = self.order();
        let mut place_of = vec![0_u32; rows];
        for (row, place) in order.iter().zip(0..) {
            if let Some(slot) = place_of.get_mut(*row as usize) {
                *slot = place;
            }
        }
        let bounds = (
            (*self.days.iter().min()?, *self.days.iter().max()?),
            (*self.ids.iter().min()?, *self.ids.iter().max()?),
        );
        let mut columns = BTreeMap::new();
        let mut keep = |key, column| columns.insert(key, Arc::new(column));
        // What was staged goes as soon as its column is there: there may be a million of each.
        let days = runs(&order, &mem::take(&mut self.days), &mut stretches);
        keep(ColumnKey::Days, Column::Days(days));
        let weights = coded_in(&order, &mem::take(&mut self.weights));
        keep(ColumnKey::Weights, Column::Weights(weights));
        let people = codes_in(&order, &mem::take(&mut self.people));
        keep(ColumnKey::People, Column::People(people));
        let ids = mem::take(&mut self.ids);
        let ids = order.iter().filter_map(|row| ids.get(*row as usize));
        keep(ColumnKey::Ids, Column::Ids(ids.copied().collect()));
        for (dimension, staged) in mem::take(&mut self.dimensions) {
            let texts = texts_in(&order, &staged.values, &staged.codes);
            if texts.values != [None] {
                keep(ColumnKey::Dimension(dimension), Column::Texts(texts));
            }
        }
        let mut questions = Vec::new();
        let mut answered = 0;
        let mut recoded = Vec::new();
        for (question, staged) in mem::take(&mut self.questions) {
            answered += staged.given.len() as u64;
            let (answers, codes) = answers_in(&place_of, staged.values, &staged.given);
            recoded.push(codes);
            questions.push(question.clone());
            keep(ColumnKey::Answers(question), Column::Answers(answers));
        }
        let stretches = renamed(stretches, &recoded);
        let head = Head {
            workspace: self.workspace,
            survey: self.survey,
            rows: u32::try_from(rows).ok()?,
            answers: answered,
            days: bounds.0,
            ids: bounds.1,
            stretches,
            questions,
        };
        Some(Shelf::in_memory(head, columns))
    }
}
