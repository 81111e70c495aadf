//! Which versions of a questionnaire can be put together for one question.

use peil_domain::{
    shared::QuestionKey,
    survey::{Change, Version, changes},
};
use peil_store::results::Dimension;

/// Which versions can be put together for one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparability {
    /// Versions with the scale of the newest one; figures are made of these only.
    pub counted: Vec<i32>,
    /// Of those: versions in which the question had other words.
    pub reworded: Vec<i32>,
    /// Versions in which the question had another scale; never added to the figure.
    pub left_out: Vec<i32>,
}

impl Comparability {
    /// Compares the `versions`, newest first, in which `key` was asked with the newest of them.
    pub(super) fn of(key: &QuestionKey, versions: &[Version]) -> Self {
        let mut asked = versions
            .iter()
            .filter(|version| version.definition.question(key).is_some());
        let Some(newest) = asked.next() else {
            return Self::default();
        };
        let mut found = Self {
            counted: vec![newest.number],
            ..Self::default()
        };
        for version in asked {
            let changed = changes(&version.definition, &newest.definition);
            let about = || changed.iter().filter(|change| change.key() == key);
            if about().any(|change| matches!(change, Change::Rescaled { .. })) {
                found.left_out.push(version.number);
                continue;
            }
            if about().any(|change| matches!(change, Change::Reworded { .. })) {
                found.reworded.push(version.number);
            }
            found.counted.push(version.number);
        }
        found
    }

    /// The filter that keeps other scales out, when there are any.
    pub(super) fn filter(&self) -> Option<(Dimension, Vec<String>)> {
        let numbers = || self.counted.iter().map(ToString::to_string).collect();
        (!self.left_out.is_empty()).then(|| (Dimension::Version, numbers()))
    }
}
