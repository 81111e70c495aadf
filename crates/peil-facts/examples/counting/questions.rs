//! The questions that are asked of every engine. Each counts scores, apart by something.

use std::collections::BTreeMap;

use peil_facts::{CountQuery, Dimension, Filter, Given, Scope, Step, Subject, Test};

use crate::{
    generated::{SEGMENTS, property, question},
    scope,
};

/// Number, sum of weights and sum of their squares by month, group and score.
pub(crate) type Table = BTreeMap<(usize, usize, usize), (u64, u64, u128)>;

/// One question.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) name: &'static str,
    pub(crate) by_month: bool,
    /// Place of the property by which is counted apart.
    pub(crate) group: Option<usize>,
    /// Places of properties, and that only values up to this one, or just this one, pass.
    pub(crate) filters: Vec<(usize, Passing)>,
    pub(crate) is_weighted: bool,
    /// The only question whose answers count.
    pub(crate) only: Option<usize>,
}

/// Which values pass.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Passing {
    Only(usize),
    UpTo(usize),
}

impl Passing {
    /// The first and last value that passes.
    pub(crate) const fn range(self) -> (usize, usize) {
        match self {
            Self::Only(value) => (value, value),
            Self::UpTo(value) => (0, value),
        }
    }
}

impl Question {
    const fn new(name: &'static str) -> Self {
        Self {
            name,
            by_month: false,
            group: None,
            filters: Vec::new(),
            is_weighted: false,
            only: None,
        }
    }

    /// Q1 to Q9.
    pub(crate) fn all() -> Vec<Self> {
        let month = |name| Self {
            by_month: true,
            ..Self::new(name)
        };
        let group = |name, group| Self {
            group: Some(group),
            ..Self::new(name)
        };
        vec![
            Self::new("Q1 all"),
            month("Q2 month"),
            group("Q3 segment of 10", 2),
            Self {
                filters: vec![(3, Passing::Only(1))],
                ..month("Q4 month, one filter (7 %)")
            },
            Self {
                filters: vec![(0, Passing::Only(0))],
                ..group("Q5 segment of 100, one filter (64 %)", 4)
            },
            Self {
                group: Some(4),
                filters: vec![
                    (0, Passing::Only(0)),
                    (1, Passing::Only(0)),
                    (2, Passing::UpTo(2)),
                ],
                ..month("Q6 month x segment, three filters (10 %)")
            },
            group("Q7 segment of 5 000", 7),
            Self {
                filters: vec![(0, Passing::Only(0))],
                is_weighted: true,
                ..month("Q8 weighted month, one filter")
            },
            Self {
                only: Some(7),
                ..month("Q9 month, one question (1.7 %)")
            },
        ]
    }

    /// The question as Peil is asked.
    pub(crate) fn query(&self) -> CountQuery {
        let dimension = |place: usize| {
            let values = SEGMENTS.get(place).copied()?;
            Some(Dimension::Attribute(property(values)?))
        };
        let filter = |(place, passing): &(usize, Passing)| {
            let (first, last) = passing.range();
            Some(Filter {
                dimension: dimension(*place)?,
                test: Test::In(
                    (first..=last)
                        .map(|value| Some(value.to_string()))
                        .collect(),
                ),
            })
        };
        let scope = Scope {
            filters: self.filters.iter().filter_map(filter).collect(),
            ..scope()
        };
        let subject = match self.only.and_then(question) {
            Some(key) => Subject::Question(key, Given::Score),
            None => Subject::AnyQuestion(Given::Score),
        };
        CountQuery {
            group: self.group.and_then(dimension).into_iter().collect(),
            step: self.by_month.then_some(Step::Month),
            is_weighted: self.is_weighted,
            with_people: false,
            ..CountQuery::new(scope, subject)
        }
    }
}
