//! Columns of a shelf, and how they are written down.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use peil_domain::shared::{LocalDay, Period, QuestionKey};

use super::{
    codes::Codes,
    daily::{Daily, room},
    shelf::Stretch,
};
use crate::{Dimension, Given, Mention};

/// Which column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ColumnKey {
    /// The days, in runs.
    Days,
    /// The weights.
    Weights,
    /// The people.
    People,
    /// The identifiers.
    Ids,
    /// A dimension.
    Dimension(Dimension),
    /// The answers to a question.
    Answers(QuestionKey),
}

/// Different values, and a code per row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Coded<T> {
    /// The values in their order; the code of each is its place.
    pub(super) values: Vec<T>,
    /// The codes.
    pub(super) codes: Codes,
}

/// The value of a dimension; absent when not known.
pub(super) type Text = Option<Arc<str>>;

/// Rows of one day after each other. Days go up within a stretch of rows.
#[derive(Debug, Default)]
pub(super) struct Days {
    /// Day of each run, and the row just after it.
    pub(super) runs: Vec<(i32, u32)>,
    /// The same in runs of a month, worked out when they are needed first.
    months: OnceLock<Vec<(i32, u32)>>,
}

impl Days {
    pub(super) const fn new(runs: Vec<(i32, u32)>) -> Self {
        Self {
            runs,
            months: OnceLock::new(),
        }
    }

    /// First day and end of every run of one month and one stretch: far fewer than runs of a day.
    pub(super) fn months(&self, stretches: &[Stretch]) -> &[(i32, u32)] {
        self.months.get_or_init(|| {
            let mut months: Vec<(i32, u32)> = Vec::new();
            let mut starts = stretches.iter().map(|stretch| stretch.run).peekable();
            let mut month_end = i32::MIN;
            for ((day, end), run) in self.runs.iter().zip(0..) {
                let is_first = starts.next_if_eq(&run).is_some();
                match months.last_mut() {
                    Some(last) if !is_first && *day < month_end => last.1 = *end,
                    _ => {
                        month_end = Period::Month.next(LocalDay(*day)).0;
                        months.push((*day, *end));
                    }
                }
            }
            months
        })
    }
}

/// What was answered, without the words.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Value {
    pub(super) score: Option<i32>,
    pub(super) options: Option<BTreeSet<Arc<str>>>,
    pub(super) has_words: bool,
    pub(super) mentions: BTreeSet<Mention>,
}

impl Value {
    /// Whether it is of the kind that is meant.
    pub(super) fn is_given(&self, given: Given) -> bool {
        match given {
            Given::Anything => true,
            Given::Score => self.score.is_some(),
            Given::Options => self.options.is_some(),
            Given::Words => self.has_words,
            Given::Mentions => !self.mentions.is_empty(),
        }
    }
}

/// The answers to one question.
#[derive(Debug)]
pub(super) struct Answers {
    /// What occurs; code 1 stands for the first one, code nought for no answer.
    pub(super) values: Vec<Value>,
    /// The rows that answered, when they are few; else `codes` holds all from `start`.
    pub(super) rows: Option<Vec<u32>>,
    /// The first row.
    pub(super) start: u32,
    /// The codes.
    pub(super) codes: Codes,
    /// The same day by day, worked out when it is needed first.
    daily: OnceLock<Option<Daily>>,
}

impl Answers {
    pub(super) const fn new(
        values: Vec<Value>,
        rows: Option<Vec<u32>>,
        start: u32,
        codes: Codes,
    ) -> Self {
        Self {
            values,
            rows,
            start,
            codes,
            daily: OnceLock::new(),
        }
    }

    /// The answers day by day, unless that takes too much room.
    pub(super) fn daily(&self, runs: &[(i32, u32)]) -> Option<&Daily> {
        self.daily.get_or_init(|| Daily::new(self, runs)).as_ref()
    }

    /// The code of a row; nought when it did not answer.
    pub(super) fn code(&self, row: u32) -> u32 {
        let place = match &self.rows {
            Some(rows) => rows.binary_search(&row).ok(),
            None => row.checked_sub(self.start).map(|place| place as usize),
        };
        place.map_or(0, |place| self.codes.get(place))
    }

    /// The codes of these rows, when there is one of a byte for each.
    pub(super) fn narrow(&self, from: u32, to: u32) -> Option<&[u8]> {
        match &self.codes {
            Codes::Narrow(codes) if self.rows.is_none() => {
                let place = |row: u32| row.checked_sub(self.start).map(|place| place as usize);
                codes.get(place(from)?..place(to)?)
            }
            _ => None,
        }
    }

    /// The first row that answered, and the one after the last.
    pub(super) fn bounds(&self) -> (u32, u32) {
        let end = match &self.rows {
            Some(rows) => rows.last().map(|row| row + 1),
            None => u32::try_from(self.codes.len())
                .ok()
                .map(|rows| self.start + rows),
        };
        (self.start, end.unwrap_or(self.start))
    }

    /// What a code stands for.
    pub(super) fn value(&self, code: u32) -> Option<&Value> {
        self.values.get((code as usize).checked_sub(1)?)
    }
}

/// One column.
#[derive(Debug)]
pub(super) enum Column {
    Texts(Coded<Text>),
    Days(Days),
    Weights(Coded<u32>),
    /// Numbers of the register.
    People(Codes),
    Ids(Vec<u128>),
    Answers(Answers),
}

impl Column {
    /// Bytes in memory, about.
    pub(super) fn bytes(&self) -> usize {
        let text = |text: &Text| 40 + text.as_ref().map_or(0, |text| text.len());
        match self {
            Self::Texts(column) => {
                column.codes.bytes() + column.values.iter().map(text).sum::<usize>()
            }
            Self::Days(days) => days.runs.len() * 8,
            Self::Weights(column) => column.codes.bytes() + column.values.len() * 4,
            Self::People(codes) => codes.bytes(),
            Self::Ids(ids) => ids.len() * 16,
            Self::Answers(answers) => {
                let rows = answers.rows.as_ref().map_or(0, |rows| rows.len() * 4);
                answers.codes.bytes() + room(&answers.codes) + rows + answers.values.len() * 100
            }
        }
    }

    /// Whether both are answers, with the same values.
    pub(super) fn has_values_of(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Answers(one), Self::Answers(other))
            if one.values == other.values)
    }
}
