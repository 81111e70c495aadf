//! The chosen question through time.

use std::sync::Arc;

use peil_domain::{
    shared::{LocalDay, Period},
    survey::{Question, ScoreScale},
};

use super::{
    Figure, TrendStep, counting::Cell, figure::figure, guard::Guard, guard_counts::Detail,
    selection::Selection,
};
use crate::{AppError, facts::Counting};

/// Most steps in a trend; the oldest are left out.
const MOST_STEPS: usize = 120;

/// The chosen question through time, gaps included. Without a wish the steps are as short as gives
/// a readable number of them; they are longer than was wished when shorter ones may not be told.
pub(super) async fn trend(
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
    scale: &ScoreScale,
    wish: Option<Period>,
) -> Result<(Period, Vec<TrendStep>), AppError> {
    let months = selection
        .cells(session, question, None, Some(Period::Month))
        .await?;
    let wish = wish.unwrap_or(match months.len() {
        0..=4 => Period::Week,
        5..=36 => Period::Month,
        _ => Period::Quarter,
    });
    let guard = guard(session, selection, question, wish).await?;
    let bucket = [Period::Week, Period::Month, Period::Quarter]
        .into_iter()
        .skip_while(|period| *period != wish)
        .find(|period| guard.tells(&selection.selected(), *period))
        .unwrap_or(wish);
    let cells = match bucket {
        Period::Month => months,
        other => {
            selection
                .cells(session, question, None, Some(other))
                .await?
        }
    };
    let cells: Vec<(LocalDay, Cell)> = cells
        .into_iter()
        .filter_map(|cell| cell.start.map(|start| (start, cell)))
        .collect();
    let Some((last, _)) = cells.last() else {
        return Ok((bucket, Vec::new()));
    };
    let last = *last;
    let mut steps: Vec<TrendStep> = Vec::new();
    for (start, cell) in &cells {
        // Periods in which nobody answered stand between those in which someone did.
        while let Some(before) = steps.last()
            && bucket.next(before.start) < *start
            && steps.len() < 10 * MOST_STEPS
        {
            let start = bucket.next(before.start);
            steps.push(step(selection, bucket, start, Figure::None));
        }
        let found = figure(scale, &cell.counts, cell.people)?;
        let mut step = step(selection, bucket, *start, found);
        let may_tell = selection.may_tell_days(&guard, step.start, step.end);
        step.figure = step.figure.told_if(may_tell);
        steps.push(step);
    }
    // A long silence would push what is new out of sight.
    steps.retain(|step| step.start <= last);
    let surplus = steps.len().saturating_sub(MOST_STEPS);
    Ok((bucket, steps.into_iter().skip(surplus).collect()))
}

/// The figure in every period in which anyone answered.
pub(super) async fn steps(
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
    scale: &ScoreScale,
    period: Period,
) -> Result<Vec<TrendStep>, AppError> {
    let guard = guard(session, selection, question, period).await?;
    let mut found = Vec::new();
    for cell in selection
        .cells(session, question, None, Some(period))
        .await?
    {
        let Some(start) = cell.start else { continue };
        let figure = figure(scale, &cell.counts, cell.people)?;
        let mut step = step(selection, period, start, figure);
        let may_tell = selection.may_tell_days(&guard, step.start, step.end);
        step.figure = step.figure.told_if(may_tell);
        found.push(step);
    }
    Ok(found)
}

async fn guard(
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
    period: Period,
) -> Result<Arc<Guard>, AppError> {
    selection
        .guard(session, question, None, detail_of(period))
        .await
}

/// What it takes to tell periods of this length apart.
pub(super) const fn detail_of(period: Period) -> Detail {
    match period {
        Period::Day => Detail::Days,
        Period::Week => Detail::Weeks,
        Period::Month | Period::Quarter | Period::Year => Detail::Months,
    }
}

/// First and last day of a period, within the selection.
pub(super) fn days_of(
    selection: &Selection,
    period: Period,
    start: LocalDay,
) -> (LocalDay, LocalDay) {
    let end = LocalDay(period.next(start).0 - 1);
    (
        selection.from.map_or(start, |from| from.max(start)),
        selection.until.map_or(end, |until| until.min(end)),
    )
}

fn step(selection: &Selection, bucket: Period, start: LocalDay, figure: Figure) -> TrendStep {
    let (start, end) = days_of(selection, bucket, start);
    TrendStep { start, end, figure }
}
