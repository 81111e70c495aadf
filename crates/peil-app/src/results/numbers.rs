//! Numbers and days that people filled in, summed up.

use peil_domain::survey::Question;
use peil_measure::{Interval, Level, MINIMUM_PEOPLE, numbers};

use super::{counting::counts, selection::Selection};
use crate::{AppError, facts::Counting};

/// A question that asks for a number or a day, summed up. Days are numbered from 1 January 1970,
/// numbers in the unit of the question.
#[derive(Debug, Clone)]
pub struct NumberResult {
    /// The question as the newest version asks it.
    pub question: Question,
    /// What may be told; nothing when too few people answered.
    pub shown: Option<NumbersShown>,
    /// Whether anyone answered at all.
    pub has_answers: bool,
}

/// What is told of numbers. The lowest and the highest are not: each is one person's.
#[derive(Debug, Clone, Copy)]
pub struct NumbersShown {
    /// Answers.
    pub n: u64,
    /// People who gave them.
    pub people: u64,
    /// The mean, with its interval.
    pub mean: f64,
    /// Both ends of the interval of the mean.
    pub interval: Interval,
    /// The standard deviation.
    pub sd: f64,
    /// The lower quartile, the median and the upper quartile.
    pub quartiles: [f64; 3],
}

/// Sums up a question that asks for a number or a day.
pub(super) async fn number_result(
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
) -> Result<NumberResult, AppError> {
    let hidden = |has_answers| NumberResult {
        question: question.clone(),
        shown: None,
        has_answers,
    };
    if selection.is_closed {
        return Ok(hidden(true));
    }
    let cell = counts(session, &selection.count_query(&question.key))
        .await?
        .pop();
    let Some(cell) = cell else {
        return Ok(hidden(false));
    };
    if cell.people < MINIMUM_PEOPLE || !selection.may_tell(session, question).await? {
        return Ok(hidden(true));
    }
    let found = numbers(&cell.counts, Level::default());
    let unit = question.kind.number_range().map_or(1, |range| range.unit());
    let in_unit = |kept: f64| kept / f64::from(unit);
    let parts = (found.mean, found.ci, found.sd, found.quartiles);
    let (Some(mean), Some(interval), Some(sd), Some(quartiles)) = parts else {
        return Ok(hidden(true));
    };
    Ok(NumberResult {
        shown: Some(NumbersShown {
            n: found.n,
            people: cell.people,
            mean: in_unit(mean),
            interval: Interval {
                low: in_unit(interval.low),
                high: in_unit(interval.high),
            },
            sd: in_unit(sd),
            quartiles: quartiles.map(in_unit),
        }),
        ..hidden(true)
    })
}
