//! Where each combination of question, period, value and group is counted.

use std::collections::HashMap;

use super::plan::Plan;
use crate::{FactsError, Tally};

/// Most cells that are counted in a table; more are counted in a map.
pub(super) const MOST_DENSE: u128 = 1 << 24;

/// Where each combination is counted: behind each other the questions, in each the periods, in each
/// the values, in each the groups.
pub(super) struct Shape {
    pub(super) periods: u128,
    pub(super) values: u128,
    pub(super) groups: u128,
    /// How far the values of each dimension lie apart among the groups.
    pub(super) strides: Vec<u128>,
    pub(super) size: u128,
}

impl Shape {
    /// The shape of a plan, in which each group stands for so many weights.
    pub(super) fn new(plan: &Plan, weights: usize) -> Result<Self, FactsError> {
        let mut groups = Some(weights as u128);
        let mut strides = Vec::new();
        for texts in plan.texts.iter().rev() {
            strides.push(groups.unwrap_or_default());
            groups = groups.and_then(|groups| groups.checked_mul(texts.len() as u128));
        }
        strides.reverse();
        if weights > 1 {
            strides.push(1);
        }
        let periods = plan
            .periods
            .as_ref()
            .map_or(1, |periods| periods.starts.len()) as u128;
        let values = plan.values.len() as u128;
        let size = groups
            .and_then(|groups| groups.checked_mul(periods * values))
            .and_then(|size| size.checked_mul(plan.slots.len() as u128));
        match (groups, size) {
            (Some(groups), Some(size)) => Ok(Self {
                periods,
                values,
                groups,
                strides,
                size,
            }),
            _ => Err(FactsError::TooWide),
        }
    }

    pub(super) fn base(&self, slot: u32, period: usize, value: u32) -> u128 {
        let cell = u128::from(slot) * self.periods + period as u128;
        (cell * self.values + u128::from(value)) * self.groups
    }
}

/// What was counted, by place.
pub(super) enum Counts {
    Dense(Vec<u32>),
    Weighted(Vec<Tally>),
    Sparse(HashMap<u128, Tally>),
}

impl Counts {
    pub(super) fn new(shape: &Shape, is_weighted: bool) -> Self {
        match usize::try_from(shape.size) {
            Ok(size) if shape.size <= MOST_DENSE / 4 && is_weighted => {
                Self::Weighted(vec![Tally::default(); size])
            }
            Ok(size) if shape.size <= MOST_DENSE && !is_weighted => Self::Dense(vec![0; size]),
            _ => Self::Sparse(HashMap::new()),
        }
    }

    pub(super) fn add(&mut self, place: u128, tally: Tally) {
        let at = usize::try_from(place).unwrap_or(usize::MAX);
        match self {
            Self::Dense(counts) => {
                if let Some(count) = counts.get_mut(at) {
                    *count += u32::try_from(tally.n).unwrap_or(u32::MAX);
                }
            }
            Self::Weighted(counts) => {
                if let Some(count) = counts.get_mut(at) {
                    *count += tally;
                }
            }
            Self::Sparse(counts) => *counts.entry(place).or_default() += tally,
        }
    }

    /// Adds up what was counted apart for each of these weights, which lie innermost.
    pub(super) fn weighed(self, weights: &[u32]) -> Self {
        let Self::Dense(counts) = self else {
            return self;
        };
        let weigh = |counts: &[u32]| {
            let mut all = Tally::default();
            for (n, weight) in counts.iter().zip(weights).filter(|(n, _)| **n > 0) {
                let one = Tally::one(*weight);
                all += Tally {
                    n: u64::from(*n),
                    w: one.w * u64::from(*n),
                    w2: one.w2 * u128::from(*n),
                };
            }
            all
        };
        Self::Weighted(counts.chunks(weights.len().max(1)).map(weigh).collect())
    }

    pub(super) fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Dense(counts), Self::Dense(others)) => {
                for (count, other) in counts.iter_mut().zip(others) {
                    *count += other;
                }
            }
            (Self::Weighted(counts), Self::Weighted(others)) => {
                for (count, other) in counts.iter_mut().zip(others) {
                    *count += other;
                }
            }
            (counts, Self::Sparse(others)) => {
                for (place, tally) in others {
                    counts.add(place, tally);
                }
            }
            // Both are made for the same shape.
            _ => {}
        }
    }
}
