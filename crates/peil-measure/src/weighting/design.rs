//! How a sample was drawn: weights, clusters and strata, one of each per answer.

use std::collections::HashMap;

use super::numbers::{require_length, require_sizes};
use crate::error::MeasureError;

/// How a sample was drawn; every list has one item per answer, or is absent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SurveyDesign<'a> {
    /// How many people an answer stands for; absent means all alike.
    pub weights: Option<&'a [f64]>,
    /// Whom answers come from together, such as accounts; absent means each on its own.
    pub clusters: Option<&'a [&'a str]>,
    /// The parts of the population that were sampled separately; absent means one.
    pub strata: Option<&'a [&'a str]>,
}

/// Which answers belong to which unit that was drawn, and which units to which stratum.
pub(super) struct Units {
    /// For every answer its unit; absent when each answer is a unit of its own.
    pub(super) unit_of_answer: Option<Vec<usize>>,
    /// For every unit its stratum; absent when there is one stratum.
    pub(super) stratum_of_unit: Option<Vec<usize>>,
    pub(super) count: usize,
    pub(super) strata: usize,
}

impl SurveyDesign<'_> {
    /// Refuses lists that do not have `n` items, and weights that are negative or endless.
    pub(super) fn require_fits(&self, n: usize) -> Result<(), MeasureError> {
        if let Some(weights) = self.weights {
            require_length("weights", weights.len(), n)?;
            require_sizes("weights", weights)?;
        }
        if let Some(clusters) = self.clusters {
            require_length("clusters", clusters.len(), n)?;
        }
        if let Some(strata) = self.strata {
            require_length("strata", strata.len(), n)?;
        }
        Ok(())
    }

    /// Numbers units and strata. A cluster name in two strata means two clusters.
    pub(super) fn units(&self, n: usize) -> Units {
        let strata = self.strata.map(numbered);
        let strata_count = strata.as_ref().map_or(1, |(_, count)| *count);
        let Some(clusters) = self.clusters else {
            return Units {
                unit_of_answer: None,
                stratum_of_unit: strata.map(|(of_answer, _)| of_answer),
                count: n,
                strata: strata_count,
            };
        };
        let (of_answer, count) = numbered(clusters);
        let Some((stratum_of_answer, _)) = strata else {
            return Units {
                unit_of_answer: Some(of_answer),
                stratum_of_unit: None,
                count,
                strata: 1,
            };
        };
        let mut known = HashMap::new();
        let mut stratum_of_unit = Vec::new();
        let unit_of_answer = of_answer
            .into_iter()
            .zip(stratum_of_answer)
            .map(|(cluster, stratum)| {
                *known.entry((stratum, cluster)).or_insert_with(|| {
                    stratum_of_unit.push(stratum);
                    stratum_of_unit.len() - 1
                })
            })
            .collect();
        Units {
            unit_of_answer: Some(unit_of_answer),
            count: stratum_of_unit.len(),
            stratum_of_unit: Some(stratum_of_unit),
            strata: strata_count,
        }
    }
}

/// Numbers the labels in the order in which they first occur.
fn numbered(labels: &[&str]) -> (Vec<usize>, usize) {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut last: Option<(&str, usize)> = None;
    let numbers = labels
        .iter()
        .map(|label| {
            // Rows often come sorted; then most labels are the one before.
            if let Some((before, number)) = last
                && before == *label
            {
                return number;
            }
            let next = known.len();
            let number = *known.entry(label).or_insert(next);
            last = Some((label, number));
            number
        })
        .collect();
    (numbers, known.len())
}
