//! Random questions.

use std::collections::BTreeSet;

use peil_domain::shared::{LocalDay, QuestionKey, ResponseId};
use uuid::Uuid;

use super::{Chance, Workload};
use crate::{
    CountQuery, CrossQuery, Dimension, Filter, Given, Row, RowsQuery, Scope, Step, Subject, Test,
    ValuesQuery,
};

/// Random questions about a workload; the same seed gives the same.
#[derive(Debug, Clone)]
pub struct Questions {
    chance: Chance,
}

impl Questions {
    /// The questions that belong to a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed),
        }
    }

    fn dimension(&mut self) -> Dimension {
        let chance = &mut self.chance;
        match chance.below(17) {
            0 => Dimension::Survey,
            1 => Dimension::Version,
            2 => Dimension::Channel,
            3 => Dimension::Language,
            4 => Dimension::Touchpoint,
            5 => Dimension::Account,
            6 => Dimension::Completion,
            7 => Dimension::Origin,
            8 => Dimension::PagesDone,
            9 | 10 => Dimension::Theme,
            11 => Dimension::Tone,
            12 => Dimension::ThemePart,
            13 => Dimension::ThemesTogether,
            _ => match chance.pick(&Workload::attributes()) {
                Some(key) => Dimension::Attribute(key.clone()),
                None => Dimension::Survey,
            },
        }
    }

    /// A value that a dimension may have, or not known, or one that nothing has.
    fn value(&mut self, dimension: &Dimension) -> Option<String> {
        let chance = &mut self.chance;
        if chance.happens(15) {
            return None;
        }
        let words: &[&str] = match dimension {
            Dimension::Survey => {
                let id = chance.below(4);
                return Some(Uuid::from_u128(u128::from(id)).to_string());
            }
            Dimension::Account => {
                let id = (7 << 90) + u128::from(chance.skewed(20));
                return Some(Uuid::from_u128(id).to_string());
            }
            Dimension::Version | Dimension::PagesDone | Dimension::ThemesTogether => {
                &["0", "1", "2"]
            }
            Dimension::Channel => &["email", "qr", "link", "sms"],
            Dimension::Language => &["nl", "en"],
            Dimension::Touchpoint => &["t0", "t1", "t2", ""],
            Dimension::Theme => &["m0", "m1", "m2", "m3", "m4"],
            Dimension::ThemePart => &["m0.a", "m0.b", "m1.a", "m2"],
            Dimension::Tone => &["-1", "0", "1"],
            Dimension::Completion => &["complete", "partial"],
            Dimension::Origin => &["person", "program"],
            Dimension::Attribute(key) if key.as_str() == "region" => &["r0", "r1", "r2", "r3"],
            Dimension::Attribute(_) => return Some(chance.skewed(40).to_string()),
        };
        chance.pick(words).map(|word| (*word).to_owned())
    }

    fn filter(&mut self) -> Filter {
        let dimension = self.dimension();
        let number = 1 + self.chance.below(3);
        let values: BTreeSet<_> = (0..number).map(|_| self.value(&dimension)).collect();
        let test = match self.chance.below(5) {
            0 => Test::NotIn(values),
            1 => {
                let least = self.chance.happens(70).then(|| f64::from(self.small()));
                let most = self
                    .chance
                    .happens(70)
                    .then(|| f64::from(self.small() + 10));
                Test::Between(least, most)
            }
            _ => Test::In(values),
        };
        Filter { dimension, test }
    }

    fn small(&mut self) -> u32 {
        u32::try_from(self.chance.below(20)).unwrap_or_default()
    }

    /// A random scope.
    pub fn scope(&mut self) -> Scope {
        let [large, small] = Workload::workspaces();
        let workspace = if self.chance.happens(15) {
            small
        } else {
            large
        };
        let surveys = match self.chance.below(3) {
            0 => Vec::new(),
            1 => Workload::surveys()[..1].to_vec(),
            _ => Workload::surveys()[1..].to_vec(),
        };
        let filters = (0..self.chance.skewed(4)).map(|_| self.filter()).collect();
        Scope {
            workspace,
            surveys,
            filters,
            from: self
                .chance
                .happens(35)
                .then(|| Workload::day(&mut self.chance)),
            until: self
                .chance
                .happens(35)
                .then(|| Workload::day(&mut self.chance)),
            include_partial: self.chance.happens(30),
            include_automatic: self.chance.happens(30),
        }
    }

    fn question(&mut self) -> Option<QuestionKey> {
        self.chance.pick(&Workload::questions()).cloned()
    }

    fn subject(&mut self) -> Subject {
        let given = [
            Given::Anything,
            Given::Score,
            Given::Options,
            Given::Words,
            Given::Mentions,
        ];
        let given = *self.chance.pick(&given).unwrap_or(&Given::Anything);
        match (self.chance.below(6), self.question()) {
            (0, _) | (_, None) => Subject::Submissions,
            (1, _) => Subject::EachQuestion(given),
            (2, _) => Subject::AnyQuestion(given),
            (3, Some(question)) => Subject::Whether(question, given),
            (_, Some(question)) => Subject::Question(question, given),
        }
    }

    /// A question for counts.
    pub fn count(&mut self) -> CountQuery {
        let steps = [
            Step::Day,
            Step::Week,
            Step::WeekInMonth,
            Step::Month,
            Step::Quarter,
            Step::Year,
        ];
        let is_plain = self.chance.happens(30);
        let scope = self.scope();
        CountQuery {
            scope: Scope {
                filters: if is_plain { Vec::new() } else { scope.filters },
                ..scope
            },
            subject: self.subject(),
            group: (0..self.chance.skewed(4))
                .map(|_| self.dimension())
                .collect(),
            step: self
                .chance
                .happens(60)
                .then(|| self.chance.pick(&steps).copied())
                .flatten(),
            is_weighted: self.chance.happens(30),
            with_people: self.chance.happens(60),
            with_accounts: self.chance.happens(30),
        }
    }

    /// A question for combinations of scores.
    pub fn cross(&mut self) -> CrossQuery {
        let questions = Workload::questions();
        let number = 1 + usize::try_from(self.chance.below(3)).unwrap_or_default();
        CrossQuery {
            scope: self.scope(),
            questions: questions.into_iter().take(number).collect(),
            most: self.chance.skewed_of(100_000, &[20, 1]),
        }
    }

    /// A question for a page of submissions.
    pub fn rows(&mut self) -> RowsQuery {
        let low = i32::try_from(self.chance.below(10)).unwrap_or_default();
        let after = Row {
            local_day: Workload::day(&mut self.chance),
            response: ResponseId(Uuid::from_u128(u128::from(self.chance.below(400)) << 70)),
        };
        RowsQuery {
            scope: self.scope(),
            subject: self.subject(),
            scores: self.chance.happens(40).then_some(low..=low + 2),
            option: self.chance.happens(20).then(|| "o1".to_owned()),
            after: self.chance.happens(40).then_some(after),
            limit: self.chance.skewed_of(10_000, &[25, 1, 0]),
        }
    }

    /// A question for the values of a dimension.
    pub fn values(&mut self) -> ValuesQuery {
        let scope = self.scope();
        ValuesQuery {
            workspace: scope.workspace,
            surveys: scope.surveys,
            dimension: self.dimension(),
            most: self.chance.skewed_of(10_000, &[5, 1]),
        }
    }

    /// A day of the workload.
    pub fn day(&mut self) -> LocalDay {
        Workload::day(&mut self.chance)
    }
}
