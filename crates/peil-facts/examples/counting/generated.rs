//! Facts of one large organisation: 60 questions, 36 months, 8 properties of 2 to 5 000 skewed
//! values. The same number gives the same facts.

use std::collections::BTreeMap;

use peil_domain::shared::{
    ContactId, LocalDay, Period, QuestionKey, ResponseId, SurveyId, WorkspaceId,
};
use peil_facts::{Answer, Submission, conformance::Chance};
use uuid::Uuid;

/// Number of values of each property.
pub(crate) const SEGMENTS: [usize; 8] = [2, 5, 10, 25, 100, 400, 1_500, 5_000];
/// Number of questions.
pub(crate) const QUESTIONS: usize = 60;
/// First day: 1 January 2023.
const FIRST_DAY: i32 = 19_358;
/// Days of 36 months.
const DAYS: usize = 1_096;
/// Contacts who answer.
const CONTACTS: u64 = 500_000;

/// How many answers a submission holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One, the worst case for columns of submissions.
    One,
    /// About ten.
    Ten,
}

impl Shape {
    pub(crate) fn of(word: &str) -> Result<Self, &'static str> {
        match word {
            "one" => Ok(Self::One),
            "ten" => Ok(Self::Ten),
            _ => Err("the shape is `one` or `ten`"),
        }
    }
}

/// A submission as numbers.
struct Numbers {
    place: usize,
    day: usize,
    weight: u16,
    segments: [usize; 8],
    /// Question and score.
    answers: Vec<(usize, usize)>,
    contact: u64,
}

/// A number below `limit`: about 64 % of two fall on the first, and one of 25 on the second 7 %.
fn skewed(chance: &mut Chance, limit: usize) -> usize {
    let share =
        f64::from(u32::try_from(chance.next() >> 40).unwrap_or_default()) / f64::from(1 << 24);
    let limit = u32::try_from(limit).unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a small number"
    )]
    let value = (share.powf(1.553) * f64::from(limit)) as usize;
    value
}

fn place(number: u64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn numbers(shape: Shape, facts: usize) -> impl Iterator<Item = Numbers> {
    let submissions = match shape {
        Shape::One => facts,
        Shape::Ten => facts / 10,
    };
    let mut chance = Chance::new(20);
    (0..submissions).map(move |number| {
        let mut segments = [0; 8];
        for (segment, values) in segments.iter_mut().zip(SEGMENTS) {
            *segment = skewed(&mut chance, values);
        }
        let score = |chance: &mut Chance| 10 - skewed(chance, 11);
        let answers = match shape {
            Shape::One => {
                let question = place(chance.below(QUESTIONS as u64));
                vec![(question, score(&mut chance))]
            }
            Shape::Ten => {
                // Six pages of ten questions, of which one is now and then left out.
                let page = place(chance.below(6)) * 10;
                let mut answers: Vec<_> = (page..page + 10)
                    .map(|question| (question, score(&mut chance)))
                    .collect();
                if chance.happens(20) {
                    answers.swap_remove(place(chance.below(10)));
                    answers.sort_unstable();
                }
                answers
            }
        };
        Numbers {
            place: number,
            day: number * DAYS / submissions.max(1),
            weight: 5_000 + 50 * u16::try_from(skewed(&mut chance, 200)).unwrap_or_default(),
            segments,
            answers,
            contact: chance.below(CONTACTS),
        }
    })
}

/// The organisation.
pub(crate) const fn workspace() -> WorkspaceId {
    WorkspaceId(Uuid::from_u128(1))
}

/// Key of a question.
pub(crate) fn question(number: usize) -> Option<QuestionKey> {
    format!("q{number:02}").parse().ok()
}

/// Key of the property with so many values.
pub(crate) fn property(values: usize) -> Option<QuestionKey> {
    format!("s{values}").parse().ok()
}

/// Number of the month in which a day falls.
pub(crate) fn month(day: LocalDay) -> usize {
    let date = day.date();
    let months = (i32::from(date.year()) - 2023) * 12 + i32::from(date.month()) - 1;
    usize::try_from(months).unwrap_or_default()
}

/// For every day, counted from the first one, the number of its month.
pub(crate) fn months() -> Vec<usize> {
    let days = (FIRST_DAY..).map(LocalDay).take(DAYS);
    days.map(|day| month(Period::Month.start(day))).collect()
}

/// The submissions in the order in which they came.
pub(crate) fn submissions(shape: Shape, facts: usize) -> impl Iterator<Item = Submission> {
    let questions: Vec<_> = (0..QUESTIONS).filter_map(question).collect();
    let properties: Vec<_> = SEGMENTS.into_iter().filter_map(property).collect();
    let mut chance = Chance::new(21);
    numbers(shape, facts).map(move |numbers| {
        let day = FIRST_DAY + i32::try_from(numbers.day).unwrap_or_default();
        let second = numbers.place as u64 % 86_400;
        let millis = (u64::try_from(day).unwrap_or_default() * 86_400 + second) * 1_000;
        let mut random = [0; 10];
        for byte in &mut random {
            *byte = chance.next().to_le_bytes()[0];
        }
        let values = numbers.segments.iter().map(ToString::to_string);
        let attributes: BTreeMap<_, _> = properties.iter().cloned().zip(values).collect();
        let answers = numbers.answers.iter().filter_map(|(question, score)| {
            let key = questions.get(*question)?.clone();
            Some(Answer::scored(key, i32::try_from(*score).ok()?))
        });
        Submission {
            workspace: workspace(),
            survey: SurveyId(Uuid::from_u128(2)),
            response: ResponseId::new(millis, random),
            person: ContactId(Uuid::from_u128((3 << 90) + u128::from(numbers.contact))).0,
            account: None,
            local_day: LocalDay(day),
            is_complete: true,
            is_automatic: false,
            weight: u32::from(numbers.weight),
            version: 1,
            channel: "email".to_owned(),
            language: "nl".to_owned(),
            touchpoint: None,
            pages_done: None,
            attributes,
            answers: answers.collect(),
        }
    })
}

/// The same facts as plain columns, one row per answer.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) day: Vec<u16>,
    pub(crate) question: Vec<u8>,
    pub(crate) score: Vec<u8>,
    pub(crate) weight: Vec<u16>,
    /// The five properties with the fewest values.
    pub(crate) narrow: [Vec<u8>; 5],
    /// The other three.
    pub(crate) wide: [Vec<u16>; 3],
}

impl Columns {
    pub(crate) fn new(shape: Shape, facts: usize) -> Self {
        let mut columns = Self::default();
        let narrow = |number: usize| u8::try_from(number).unwrap_or_default();
        let wide = |number: usize| u16::try_from(number).unwrap_or_default();
        for numbers in numbers(shape, facts) {
            for (question, score) in &numbers.answers {
                columns.day.push(wide(numbers.day));
                columns.question.push(narrow(*question));
                columns.score.push(narrow(*score));
                columns.weight.push(numbers.weight);
                let segments = numbers.segments.iter();
                for (column, value) in columns.narrow.iter_mut().zip(segments.clone()) {
                    column.push(narrow(*value));
                }
                for (column, value) in columns.wide.iter_mut().zip(segments.skip(5)) {
                    column.push(wide(*value));
                }
            }
        }
        columns
    }
}
