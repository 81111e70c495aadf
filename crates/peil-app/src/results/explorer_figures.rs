//! From the counts of an exploration to its figures.

use peil_domain::survey::{Direction, Metric};
use peil_measure::{Level, MINIMUM_PEOPLE, Unit, proportion};

use super::{
    ExploreMeasure, ExploreQuery, ExploreRow, ExploreSubject, Figure, Parts, Shown,
    counting::{TableCell, TableSubject},
    figure::{figure, told},
};
use crate::AppError;

/// What figures are made of, and how.
pub(super) struct Maker {
    pub(super) subject: ExploreSubject,
    pub(super) query: ExploreQuery,
    /// What is counted.
    pub(super) counted: TableSubject,
}

impl Maker {
    /// Number of answers whose score is in the range; all when there is none.
    pub(super) fn in_range(&self, cell: &TableCell) -> u64 {
        match (self.query.range(), &self.counted) {
            (Some(holds), TableSubject::Scores(_)) => {
                let inside = cell.scores.iter().filter(|(score, _)| holds(**score));
                inside.map(|(_, n)| n).sum()
            }
            _ => cell.n,
        }
    }

    /// Sums up what was counted.
    pub(super) fn figure(&self, cell: &TableCell) -> Result<Figure, AppError> {
        if cell.n == 0 {
            return Ok(Figure::None);
        }
        let people = cell.people;
        let inside = self.in_range(cell);
        let has_range = self.query.range().is_some();
        Ok(match (self.subject.measure, &self.subject.scale) {
            (ExploreMeasure::Score(Metric::TopBox), Some(_)) if has_range => {
                share(inside, cell.n, people)?
            }
            (ExploreMeasure::Score(_), Some(scale)) => {
                let mut scores = cell.scores.clone();
                if let Some(holds) = self.query.range() {
                    scores.retain(|score, _| holds(*score));
                }
                figure(scale, &scores, people)?
            }
            (ExploreMeasure::Option, _) => {
                let option = self.subject.option.as_ref().map(ToString::to_string);
                let chosen = option.and_then(|option| cell.options.get(&option).copied());
                share(chosen.unwrap_or_default().min(cell.n), cell.n, people)?
            }
            _ => count(inside, people),
        })
    }

    /// Best first; counts the largest first. Rows without a figure last.
    pub(super) fn sort(&self, rows: &mut [ExploreRow]) {
        let is_low_best = self.subject.measure == ExploreMeasure::Score(Metric::Mean)
            && self
                .subject
                .scale
                .is_some_and(|scale| scale.direction == Direction::LowerIsBetter);
        let rank = |row: &ExploreRow| {
            let value = row.figure.shown().map(|shown| shown.value);
            value.map_or(
                f64::INFINITY,
                |value| if is_low_best { value } else { -value },
            )
        };
        rows.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    }
}

/// A share of answers, with Wilson's interval.
fn share(part: u64, n: u64, people: u64) -> Result<Figure, AppError> {
    let measured = proportion(part, n, Level::default())?.measured(MINIMUM_PEOPLE);
    let parts = Parts {
        high: part,
        ..Parts::default()
    };
    Ok(told(measured, Unit::Share, people, parts))
}

/// A number of answers: nothing is uncertain about it.
fn count(n: u64, people: u64) -> Figure {
    if people < MINIMUM_PEOPLE {
        return Figure::Hidden;
    }
    let value = u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    Figure::Shown(Shown {
        value,
        low: value,
        high: value,
        n,
        people,
        is_uncertain: false,
        parts: Parts::default(),
    })
}
