//! The chosen question by group, best first.

use std::collections::BTreeMap;

use peil_domain::survey::{Direction, Metric, Question, ScoreScale};
use peil_store::results::Dimension;

use super::{
    DimensionValues, Ladder, LadderStep, figure::figure, guard_counts::Detail, selection::Selection,
};
use crate::{AppError, facts::Counting};

/// Most groups in a ladder; the ones with the fewest people are left out.
const MOST_GROUPS: usize = 40;

/// What a figure is made of, kept inside until it is known what may be told.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Number of answers by score.
    pub(super) counts: BTreeMap<i32, u64>,
    /// Number of people who gave them.
    pub(super) people: u64,
}

impl Tally {
    /// Adds the answers of others.
    pub(super) fn add(&mut self, counts: &BTreeMap<i32, u64>, people: u64) {
        for (score, count) in counts {
            *self.counts.entry(*score).or_default() += count;
        }
        self.people += people;
    }

    /// Everyone except `part`.
    pub(super) fn without(&self, part: &Self) -> Self {
        let mut rest = self.clone();
        for (score, count) in &part.counts {
            if let Some(left) = rest.counts.get_mut(score) {
                *left = left.saturating_sub(*count);
            }
        }
        rest.people = rest.people.saturating_sub(part.people);
        rest
    }
}

/// The chosen question by group, best first.
pub(super) async fn ladder(
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
    scale: &ScoreScale,
    dimension: Dimension,
    names: Vec<(String, Option<String>)>,
) -> Result<Ladder, AppError> {
    let mut cells = selection
        .cells(session, question, Some(dimension.clone()), None)
        .await?;
    let guard = selection
        .guard(session, question, Some(&dimension), Detail::Never)
        .await?;
    cells.sort_by_key(|cell| std::cmp::Reverse(cell.people));
    let mut rows = Vec::with_capacity(cells.len());
    let mut total = Tally::default();
    for cell in cells {
        total.add(&cell.counts, cell.people);
        let may_tell = selection.may_tell_group(&guard, &dimension, cell.group.as_deref());
        let figure = figure(scale, &cell.counts, cell.people)?.told_if(may_tell);
        let name = names
            .iter()
            .find(|(value, _)| Some(value) == cell.group.as_ref())
            .and_then(|(_, name)| name.clone());
        rows.push(LadderStep {
            group: cell.group,
            name,
            figure,
            tally: Tally {
                counts: cell.counts,
                people: cell.people,
            },
        });
    }
    let left_out = rows.len().saturating_sub(MOST_GROUPS);
    rows.truncate(MOST_GROUPS);
    let sign = match (scale.metric, scale.direction) {
        (Metric::Mean, Direction::LowerIsBetter) => 1.0,
        _ => -1.0,
    };
    let rank = |row: &LadderStep| {
        row.figure
            .shown()
            .map_or(f64::INFINITY, |shown| sign * shown.value)
    };
    rows.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    Ok(Ladder {
        dimension,
        rows,
        left_out,
        total,
    })
}

/// The first property that really divides the answers.
pub(crate) fn default_group(dimensions: &[DimensionValues]) -> Option<Dimension> {
    let divides = |values: &&DimensionValues| {
        (2..=12).contains(&values.values.len()) && !values.dimension.is_of_mentions()
    };
    let first = dimensions
        .iter()
        .find(divides)
        .or_else(|| dimensions.first());
    first.map(|values| values.dimension.clone())
}

/// The values of a property with what people call them.
pub(crate) fn names_of(
    dimensions: &[DimensionValues],
    wanted: &Dimension,
) -> Vec<(String, Option<String>)> {
    let found = dimensions.iter().find(|values| values.dimension == *wanted);
    found
        .map(|values| values.values.clone())
        .unwrap_or_default()
}
