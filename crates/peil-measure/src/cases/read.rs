//! Reading the fields of an input, with errors that name them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::ComputeError;
use crate::error::MeasureError;
use crate::histogram::Histogram;
use crate::level::Level;

pub(super) const COUNT: &str = "a whole number from 0 up";
pub(super) const NUMBER: &str = "a number";
const NUMBER_OR_NULL: &str = "a number or null";

/// What a family measures in each of its histograms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Metric {
    /// The Net Promoter Score.
    Nps,
    /// The share of the highest scores.
    Share,
    /// The mean score.
    Mean,
}

/// The fields of one input object.
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    /// The names that were asked for, to tell which fields nothing depends on.
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(object: &'a Map<String, Value>) -> Self {
        Self {
            object,
            asked: RefCell::default(),
        }
    }

    /// The fields that were never asked for.
    pub(super) fn unread(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        let names = self.object.keys();
        names
            .filter(|name| !asked.contains(name.as_str()))
            .cloned()
            .collect()
    }

    fn get(&self, field: &'static str) -> Option<&'a Value> {
        self.asked.borrow_mut().insert(field);
        self.object.get(field)
    }

    /// A count.
    pub(super) fn count(&self, field: &'static str) -> Result<u64, ComputeError> {
        as_count(self.required(field)?).ok_or_else(|| wrong_type(field.to_owned(), COUNT))
    }

    /// A small count, such as how many categories.
    pub(super) fn size(&self, field: &'static str) -> Result<usize, ComputeError> {
        usize::try_from(self.count(field)?).map_err(|_| wrong_type(field.to_owned(), COUNT))
    }

    /// The lowest score of a scale.
    pub(super) fn scale_min(&self) -> Result<i32, ComputeError> {
        let field = "scale_min";
        as_score(self.required(field)?)
            .ok_or_else(|| wrong_type(field.to_owned(), "a whole number of at most nine digits"))
    }

    /// A histogram over the scores from `scale_min` up.
    pub(super) fn histogram(
        &self,
        field: &'static str,
        scale_min: i32,
    ) -> Result<Histogram, ComputeError> {
        let counts = self.list(field, COUNT, as_count)?;
        Histogram::from_counts(scale_min, counts).map_err(refused(field))
    }

    /// A list of histograms over the scores from `scale_min` up.
    pub(super) fn histograms(
        &self,
        field: &'static str,
        scale_min: i32,
    ) -> Result<Vec<Histogram>, ComputeError> {
        let counts = self.list(field, "a list of counts", |value| {
            value.as_array()?.iter().map(as_count).collect()
        })?;
        let read = |counts| Histogram::from_counts(scale_min, counts).map_err(refused(field));
        counts.into_iter().map(read).collect()
    }

    /// What is to be measured: nps, share or mean.
    pub(super) fn metric(&self) -> Result<Metric, ComputeError> {
        let field = "metric";
        match self.required(field)?.as_str() {
            Some("nps") => Ok(Metric::Nps),
            Some("share") => Ok(Metric::Share),
            Some("mean") => Ok(Metric::Mean),
            _ => Err(wrong_type(field.to_owned(), "nps, share or mean")),
        }
    }

    /// A list of numbers.
    pub(super) fn numbers(&self, field: &'static str) -> Result<Vec<f64>, ComputeError> {
        self.list(field, NUMBER, Value::as_f64)
    }

    /// A list of numbers, some of which may be missing.
    pub(super) fn optional_numbers(
        &self,
        field: &'static str,
    ) -> Result<Vec<Option<f64>>, ComputeError> {
        self.list(field, NUMBER_OR_NULL, OptionalNumber::read)
            .map(|numbers| numbers.into_iter().map(|number| number.0).collect())
    }

    /// A list of rows of numbers, some of which may be missing.
    pub(super) fn rows(&self, field: &'static str) -> Result<Vec<Vec<Option<f64>>>, ComputeError> {
        self.list(field, "a list of numbers", |row| {
            let numbers = row.as_array()?.iter().map(OptionalNumber::read);
            numbers
                .map(|number| number.map(|number| number.0))
                .collect()
        })
    }

    /// A list of counts.
    pub(super) fn counts(&self, field: &'static str) -> Result<Vec<u64>, ComputeError> {
        self.list(field, COUNT, as_count)
    }

    /// A list of numbers that may be absent or null as a whole.
    pub(super) fn optional_list(
        &self,
        field: &'static str,
    ) -> Result<Option<Vec<f64>>, ComputeError> {
        if self.is_given(field) {
            self.numbers(field).map(Some)
        } else {
            Ok(None)
        }
    }

    /// One of a few words, which `expected` lists.
    pub(super) fn choice<T: Copy>(
        &self,
        field: &'static str,
        expected: &'static str,
        choices: &[(&str, T)],
    ) -> Result<T, ComputeError> {
        let text = self.required(field)?.as_str();
        let chosen = choices.iter().find(|(word, _)| Some(*word) == text);
        chosen
            .map(|(_, choice)| *choice)
            .ok_or_else(|| wrong_type(field.to_owned(), expected))
    }

    /// A list of texts.
    pub(super) fn texts(&self, field: &'static str) -> Result<Vec<&'a str>, ComputeError> {
        self.list(field, "a text", Value::as_str)
    }

    /// A number.
    pub(super) fn number(&self, field: &'static str) -> Result<f64, ComputeError> {
        let number = self.required(field)?.as_f64();
        number.ok_or_else(|| wrong_type(field.to_owned(), NUMBER))
    }

    /// Whether a field is there and not null.
    pub(super) fn is_given(&self, field: &'static str) -> bool {
        self.get(field).is_some_and(|value| !value.is_null())
    }

    /// A number that may be absent or null.
    pub(super) fn optional_number(&self, field: &'static str) -> Result<Option<f64>, ComputeError> {
        match self.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match value.as_f64() {
                Some(number) => Ok(Some(number)),
                None => Err(wrong_type(field.to_owned(), NUMBER)),
            },
        }
    }

    /// The confidence level; 0.95 when absent or null.
    pub(super) fn level(&self) -> Result<Level, ComputeError> {
        match self.optional_number("level")? {
            Some(level) => Level::new(level).map_err(refused("level")),
            None => Ok(Level::default()),
        }
    }

    pub(super) fn required(&self, field: &'static str) -> Result<&'a Value, ComputeError> {
        self.get(field).ok_or(ComputeError::MissingField { field })
    }

    pub(super) fn list<T>(
        &self,
        field: &'static str,
        expected: &'static str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Vec<T>, ComputeError> {
        let Some(values) = self.required(field)?.as_array() else {
            return Err(wrong_type(field.to_owned(), "a list"));
        };
        let mut items = Vec::with_capacity(values.len());
        for (place, value) in values.iter().enumerate() {
            let item =
                read(value).ok_or_else(|| wrong_type(format!("{field}[{place}]"), expected))?;
            items.push(item);
        }
        Ok(items)
    }
}

/// A number, or nothing for null.
struct OptionalNumber(Option<f64>);

impl OptionalNumber {
    fn read(value: &Value) -> Option<Self> {
        let number = value.as_f64();
        (number.is_some() || value.is_null()).then_some(Self(number))
    }
}

/// Says which field a measure refused.
pub(super) fn refused(field: &'static str) -> impl Fn(MeasureError) -> ComputeError {
    move |source| ComputeError::Refused { field, source }
}

pub(super) fn wrong_type(field: String, expected: &'static str) -> ComputeError {
    ComputeError::WrongType { field, expected }
}

/// JSON has one kind of number, and some writers put a hundred million down as `1e+08`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only whole numbers from 0 up to 2^53 reach the cast"
)]
pub(super) fn as_count(value: &Value) -> Option<u64> {
    const EXACT_UP_TO: f64 = 9_007_199_254_740_992.0;
    let is_exact = |number: &f64| (0.0..=EXACT_UP_TO).contains(number) && number.fract() <= 0.0;
    value
        .as_u64()
        .or_else(|| value.as_f64().filter(is_exact).map(|number| number as u64))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers below 1e9 reach the cast"
)]
pub(super) fn as_score(value: &Value) -> Option<i32> {
    let is_exact = |number: &f64| number.abs() < 1e9 && number.fract().abs() <= 0.0;
    value.as_f64().filter(is_exact).map(|number| number as i32)
}
