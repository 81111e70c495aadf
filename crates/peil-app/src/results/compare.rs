//! Which versions of a questionnaire can be put together for one question.

use peil_domain::{
    shared::QuestionKey,
    survey::{Change, Version, changes},
};
use peil_store::results::Dimension;

use super::ResultsQuery;

/// Which versions are put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Joining {
    /// Those in which a question has the same scale.
    #[default]
    SameScale,
    /// Those in which nothing changed that may move the figure.
    SameQuestion,
}

/// Which versions can be put together for one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparability {
    /// Versions with the scale of the newest one; figures are made of these only.
    pub counted: Vec<i32>,
    /// Of those: versions in which the question had other words.
    pub reworded: Vec<i32>,
    /// Versions in which the question had another scale; never added to the figure.
    pub left_out: Vec<i32>,
    /// Versions that could be added, and are not since only the very same question is wanted.
    pub set_aside: Vec<i32>,
}

impl Comparability {
    /// Compares the `versions`, newest first, in which `key` was asked with the newest of them.
    pub(super) fn of(key: &QuestionKey, versions: &[Version], joining: Joining) -> Self {
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
            let may_shift = about().any(|change| !change.keeps_comparable());
            if joining == Joining::SameQuestion && may_shift {
                found.set_aside.push(version.number);
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
        let is_all = self.left_out.is_empty() && self.set_aside.is_empty();
        (!is_all).then(|| (Dimension::Version, numbers()))
    }
}

/// The versions that are selected by: a version that is looked at by itself is compared with no
/// other. All of them when none is, or none is left.
pub(super) fn meant(versions: Vec<Version>, query: &ResultsQuery) -> Vec<Version> {
    let names = |filters: &[(Dimension, Vec<String>)], number: i32| {
        let mut about = filters
            .iter()
            .filter(|(dimension, _)| *dimension == Dimension::Version);
        about
            .next()
            .map(|(_, values)| values.contains(&number.to_string()))
    };
    let is_meant = |version: &Version| {
        names(&query.filters, version.number) != Some(false)
            && names(&query.excluded, version.number) != Some(true)
    };
    let found: Vec<Version> = versions
        .iter()
        .filter(|one| is_meant(one))
        .cloned()
        .collect();
    if found.is_empty() { versions } else { found }
}
