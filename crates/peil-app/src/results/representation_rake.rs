//! From counted scores to weights, and from those to a figure.

use std::collections::BTreeMap;

use peil_domain::survey::{Metric, ScoreScale};
use peil_measure::{
    self as measure, Level, Margin, MeasureError, NotMeasurable, RakeCell, Raking, Recoding,
    Verdict, WeightedAnswers, furthest_from_margin, rake, trim_groups, weighted_score,
};
use peil_store::results::ScoredCell;

use super::{
    Dimension, WEIGHT_STEPS, Weighed, WeightMargin, WeightRefusal,
    figure::{figure, histogram},
};

/// What groups that are too small are called together; no value of a contact is this character.
const POOL: &str = "\u{1}";

/// The scores by group, small groups put together.
pub(super) struct Answers {
    cells: BTreeMap<Vec<String>, BTreeMap<i32, u64>>,
    pooled: Vec<(Dimension, Vec<String>)>,
    margins: Vec<Margin>,
}

impl Answers {
    /// Puts groups together as `safe` says; the first margin stands at the axis `first` of it.
    pub(super) fn of(
        margins: &[WeightMargin],
        cells: &[ScoredCell],
        safe: &Recoding,
        first: usize,
    ) -> Self {
        let is_pooled = |axis: usize, margin: &WeightMargin, value: &str| {
            let place = margin.place(value);
            place.is_none_or(|place| !safe.is_open(first + axis, place))
        };
        let mut found: BTreeMap<Vec<String>, BTreeMap<i32, u64>> = BTreeMap::new();
        for cell in cells {
            let values = margins.iter().zip(&cell.values).enumerate();
            let key = values.map(|(axis, (margin, value))| {
                let name = if is_pooled(axis, margin, value) {
                    POOL
                } else {
                    value
                };
                name.to_owned()
            });
            *found
                .entry(key.collect())
                .or_default()
                .entry(cell.score)
                .or_default() += cell.n;
        }
        let mut pooled = Vec::new();
        let mut targets = Vec::with_capacity(margins.len());
        for (axis, margin) in margins.iter().enumerate() {
            let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
            let mut together = Vec::new();
            for value in &margin.values {
                if is_pooled(axis, margin, &value.value) {
                    *shares.entry(POOL).or_default() += value.target;
                    together.push(value.value.clone());
                } else {
                    *shares.entry(&value.value).or_default() += value.target;
                }
            }
            if !together.is_empty() {
                pooled.push((margin.dimension.clone(), together));
            }
            let shares = shares.into_iter();
            targets.push(Margin {
                variable: axis.to_string(),
                targets: shares
                    .map(|(name, share)| (name.to_owned(), share))
                    .collect(),
            });
        }
        Self {
            cells: found,
            pooled,
            margins: targets,
        }
    }

    /// Groups with a share of the population in which nobody answered.
    fn empty(&self, margins: &[WeightMargin]) -> Vec<(Dimension, Option<String>, String)> {
        let mut empty = Vec::new();
        for (axis, (margin, own)) in self.margins.iter().zip(margins).enumerate() {
            for (value, target) in &margin.targets {
                let is_answered = self.cells.keys().any(|key| key.get(axis) == Some(value));
                if *target <= 0.0 || is_answered {
                    continue;
                }
                let name =
                    |value: &String| (own.dimension.clone(), own.name.clone(), value.clone());
                if value == POOL {
                    let mut pooled = self.pooled.iter();
                    let pool = pooled.find(|(dimension, _)| *dimension == own.dimension);
                    empty.extend(pool.iter().flat_map(|(_, values)| values).map(name));
                } else {
                    empty.push(name(value));
                }
            }
        }
        empty
    }
}

/// Weighs the answers to a question, unless that cannot be done.
pub(super) fn weigh(
    margins: &[WeightMargin],
    scale: &ScoreScale,
    bound: Option<f64>,
    answers: &Answers,
) -> Result<Result<Weighed, WeightRefusal>, MeasureError> {
    let empty = answers.empty(margins);
    if !empty.is_empty() {
        return Ok(Err(WeightRefusal::Empty(empty)));
    }
    if answers
        .margins
        .iter()
        .all(|margin| margin.targets.len() < 2)
    {
        return Ok(Err(WeightRefusal::OneGroup));
    }
    let people = |counts: &BTreeMap<i32, u64>| counts.values().sum::<u64>();
    let cells: Vec<RakeCell<'_>> = answers
        .cells
        .iter()
        .map(|(key, counts)| RakeCell {
            values: key.iter().map(String::as_str).collect(),
            n: people(counts),
            base_weight: 1.0,
        })
        .collect();
    let raked = match rake(&answers.margins, &cells) {
        Ok(Raking::Converged(raked)) => raked,
        Ok(Raking::NotConverged) => return Ok(Err(WeightRefusal::NotConverged)),
        // Everyone weighs nothing: what has a share has no people.
        Err(MeasureError::NotMeasurable(_)) => return Ok(Err(WeightRefusal::NotConverged)),
        Err(other) => return Err(other),
    };
    let Some(weights) = bounded(&raked.weights, &cells, bound)? else {
        return Ok(Err(WeightRefusal::Infeasible));
    };
    let mut whole: BTreeMap<i32, u64> = BTreeMap::new();
    let mut parts: Vec<WeightedAnswers> = Vec::with_capacity(cells.len());
    for (counts, weight) in answers.cells.values().zip(&weights.each) {
        for (score, n) in counts {
            *whole.entry(*score).or_default() += n;
        }
        parts.push(WeightedAnswers {
            weight: *weight,
            answers: histogram(scale, counts)?,
        });
    }
    let Some(plain) = figure(scale, &whole, people(&whole))?.shown().copied() else {
        return Ok(Err(WeightRefusal::TooFew));
    };
    let metric = match scale.metric {
        Metric::Nps => measure::Metric::Nps,
        Metric::TopBox => measure::Metric::TopShare {
            top: usize::from(scale.top),
        },
        Metric::Mean => measure::Metric::Mean,
    };
    let score = weighted_score(&parts, metric, Level::default())?;
    Ok(Ok(Weighed {
        plain,
        score,
        verdict: Verdict::CannotTell,
        range: range(&weights.each),
        people_by_weight: people_by_weight(&parts),
        bounded: weights.bounded,
        furthest: furthest_from_margin(&answers.margins, &cells, &weights.each),
        pooled: answers.pooled.clone(),
    }))
}

/// Weights with a mean of one.
struct Bounded {
    each: Vec<f64>,
    bounded: u64,
}

/// Brings weights to a mean of one and under the bound; nothing when that leaves no room.
fn bounded(
    raked: &[f64],
    cells: &[RakeCell<'_>],
    bound: Option<f64>,
) -> Result<Option<Bounded>, MeasureError> {
    let people: u64 = cells.iter().map(|cell| cell.n).sum();
    // The targets are shares, so that the weights of all people add up to one.
    let people = u32::try_from(people).map_or(f64::from(u32::MAX), f64::from);
    let groups: Vec<(f64, u64)> = raked
        .iter()
        .zip(cells)
        .map(|(weight, cell)| (weight * people, cell.n))
        .collect();
    let Some(bound) = bound else {
        return Ok(Some(Bounded {
            each: groups.into_iter().map(|(weight, _)| weight).collect(),
            bounded: 0,
        }));
    };
    let heavier = groups.iter().filter(|(weight, _)| *weight > bound);
    let heavier = heavier.map(|(_, n)| n).sum();
    match trim_groups(&groups, None, Some(bound)) {
        Ok(trimmed) => Ok(Some(Bounded {
            each: trimmed.weights,
            bounded: heavier,
        })),
        Err(MeasureError::NotMeasurable(NotMeasurable::Infeasible)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn range(weights: &[f64]) -> (f64, f64) {
    let lightest = weights.iter().copied().fold(f64::INFINITY, f64::min);
    let heaviest = weights.iter().copied().fold(0.0, f64::max);
    (lightest.min(heaviest), heaviest)
}

fn people_by_weight(parts: &[WeightedAnswers]) -> Vec<u64> {
    let mut found = vec![0; WEIGHT_STEPS.len() + 1];
    for part in parts {
        let step = WEIGHT_STEPS.iter().take_while(|end| part.weight > **end);
        if let Some(people) = found.get_mut(step.count()) {
            *people += part.answers.n();
        }
    }
    found
}
