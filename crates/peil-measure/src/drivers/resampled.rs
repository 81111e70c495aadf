//! How certain the parts of drivers are: the analysis repeated on resampled rows.

use core::iter::zip;

use serde::Serialize;

use super::parts::{Parts, divide};
use super::table::DriverTable;
use crate::chance::Chance;
use crate::error::MeasureError;
use crate::level::Level;
use crate::measured::Interval;
use crate::moment_blocks::{MomentBlocks, quantile};
use crate::not_measurable::NotMeasurable;

/// The most times that [`driver_intervals`] resamples.
pub const MAX_RESAMPLES: u32 = 100_000;

/// Which way the outcome goes when a driver goes up and the others stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The interval of its coefficient lies above zero.
    Up,
    /// The interval of its coefficient lies below zero.
    Down,
    /// The interval of its coefficient holds zero.
    Unclear,
}

/// How certain the figures of one driver are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DriverInterval {
    /// Of Pearson's correlation with the outcome.
    pub correlation: Interval,
    /// Of the coefficient of the regression on all drivers, everything in standard deviations.
    pub beta: Interval,
    /// Of the part of R² after Lindeman, Merenda and Gold; `None` above
    /// [`MAX_LMG_DRIVERS`](crate::MAX_LMG_DRIVERS) drivers.
    pub lmg: Option<Interval>,
    /// Of Johnson's relative weight.
    pub relative_weight: Interval,
    /// Which way the outcome goes with the driver, from the interval of beta.
    pub direction: Direction,
}

/// The outcome of [`driver_intervals`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DriverIntervals {
    /// Complete rows.
    pub n_used: u64,
    /// The blocks that were drawn from: one per row, at most 500.
    pub blocks: u64,
    /// The resamples that allowed an analysis; the others had a driver that was the same everywhere
    /// or followed from the others.
    pub resamples: u32,
    /// Per driver, in the order of the table.
    pub drivers: Vec<DriverInterval>,
}

/// Percentile intervals for the figures of [`drivers`](crate::drivers()), by resampling rows.
///
/// Rows are dealt by chance over at most 500 blocks. A resample draws as many blocks with
/// replacement, and the analysis is repeated on its correlations; the interval runs between the
/// percentiles of the level. Drawing blocks of rows dealt by chance has the same expected spread as
/// drawing rows, and the rows are read only once: a hundred thousand cost as much as five hundred.
/// The same seed gives the same intervals.
///
/// A part of R² is never below zero, so its interval does not say *whether* a driver matters: that is
/// what `direction` is for. It does say which of two drivers may well be the larger.
///
/// ```
/// use peil_measure::{Direction, DriverTable, Level, driver_intervals};
///
/// let mut table = DriverTable::new(2);
/// for row in 0..400_u32 {
///     let (speed, price) = (f64::from(row % 7), f64::from(row % 5));
///     let overall = 2.0 * speed + f64::from(row % 11);
///     table.push(Some(overall), &[Some(speed), Some(price)])?;
/// }
/// let outcome = driver_intervals(&table, 200, 7, Level::default())?;
/// let directions: Vec<_> = outcome.drivers.iter().map(|driver| driver.direction).collect();
/// assert_eq!(directions, [Direction::Up, Direction::Unclear]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// As [`drivers`](crate::drivers()), and [`NotMeasurable::Singular`] when less than half of the
/// resamples allow an analysis; [`MeasureError::NumberOutOfRange`] for fewer than 40 or more than
/// [`MAX_RESAMPLES`] resamples.
///
/// # Sources
/// Efron and Tibshirani (1993), *An Introduction to the Bootstrap*, chapters 13 and 17 (percentiles;
/// drawing groups); Grömping (2006), *Journal of Statistical Software* 17(1), section 4.
pub fn driver_intervals(
    table: &DriverTable,
    resamples: u32,
    seed: u64,
    level: Level,
) -> Result<DriverIntervals, MeasureError> {
    if !(40..=MAX_RESAMPLES).contains(&resamples) {
        return Err(MeasureError::NumberOutOfRange {
            input: "resamples",
            value: f64::from(resamples),
            expected: "between 40 and 100000",
        });
    }
    super::require_rows(table)?;
    let mut chance = Chance::seeded(seed);
    let blocks =
        MomentBlocks::deal(table.rows(), &mut chance).ok_or(NotMeasurable::ZeroVariance)?;
    let mut found = Vec::new();
    for _ in 0..resamples {
        let correlations = blocks.resampled(&mut chance);
        found.extend(correlations.and_then(|correlations| divide(&correlations)));
    }
    let used = u32::try_from(found.len()).unwrap_or(u32::MAX);
    if used < resamples / 2 {
        return Err(NotMeasurable::Singular.into());
    }
    let correlation = intervals(&found, level, |parts| Some(&parts.correlation));
    let beta = intervals(&found, level, |parts| Some(&parts.beta));
    let lmg = intervals(&found, level, |parts| parts.lmg.as_ref());
    let relative_weight = intervals(&found, level, |parts| Some(&parts.relative_weight));
    let parts_of_r2 = zip(lmg_or_nothing(lmg, table.drivers()), relative_weight);
    let drivers = zip(zip(correlation, beta), parts_of_r2)
        .map(
            |((correlation, beta), (lmg, relative_weight))| DriverInterval {
                correlation,
                beta,
                lmg,
                relative_weight,
                direction: direction(beta),
            },
        )
        .collect();
    Ok(DriverIntervals {
        n_used: u64::try_from(table.complete_rows()).unwrap_or(u64::MAX),
        blocks: blocks.len(),
        resamples: used,
        drivers,
    })
}

/// One interval per driver; empty when no resample has the figure.
fn intervals(
    found: &[Parts],
    level: Level,
    figure: impl Fn(&Parts) -> Option<&Vec<f64>>,
) -> Vec<Interval> {
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for values in found.iter().filter_map(figure) {
        columns.resize_with(values.len(), Vec::new);
        for (column, value) in zip(&mut columns, values) {
            column.push(*value);
        }
    }
    let tail = level.outside() / 2.0;
    let ends = |mut column: Vec<f64>| {
        column.sort_by(f64::total_cmp);
        let low = quantile(&column, tail)?;
        let high = quantile(&column, 1.0 - tail)?;
        Some(Interval { low, high })
    };
    columns.into_iter().filter_map(ends).collect()
}

fn lmg_or_nothing(lmg: Vec<Interval>, drivers: usize) -> Vec<Option<Interval>> {
    if lmg.is_empty() {
        return vec![None; drivers];
    }
    lmg.into_iter().map(Some).collect()
}

fn direction(beta: Interval) -> Direction {
    if beta.low > 0.0 {
        Direction::Up
    } else if beta.high < 0.0 {
        Direction::Down
    } else {
        Direction::Unclear
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: u32) -> DriverTable {
        let mut table = DriverTable::new(2);
        for row in 0..rows {
            let (good, bad) = (f64::from(row % 7), f64::from(row % 3));
            let outcome = good - 3.0 * bad + f64::from(row % 11);
            table.push(Some(outcome), &[Some(good), Some(bad)]).unwrap();
        }
        table
    }

    #[test]
    fn the_same_seed_gives_the_same_intervals() {
        let run = |seed| driver_intervals(&table(300), 100, seed, Level::default()).unwrap();
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        assert_eq!(run(1).drivers[1].direction, Direction::Down);
    }

    #[test]
    fn many_rows_share_blocks_and_give_nearly_the_same_width_as_rows_alone() {
        let width = |rows| {
            let outcome = driver_intervals(&table(rows), 2_000, 3, Level::default()).unwrap();
            outcome.drivers[0].beta.half_width() * f64::from(rows).sqrt()
        };
        // 500 rows are their own blocks, 4000 are not.
        assert!((width(4_000) / width(500) - 1.0).abs() < 0.12);
    }

    #[test]
    fn too_few_resamples_and_rows_are_refused() {
        let few = driver_intervals(&table(300), 39, 1, Level::default());
        assert!(matches!(few, Err(MeasureError::NumberOutOfRange { .. })));
        let rows = driver_intervals(&table(3), 100, 1, Level::default());
        let expected = NotMeasurable::TooFewRows { rows: 3, needed: 4 };
        assert_eq!(rows, Err(expected.into()));
    }
}
