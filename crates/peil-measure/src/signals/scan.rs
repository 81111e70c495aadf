//! Where something comes from: the scan of Kulldorff over segments and touchpoints.

use serde::Serialize;

use crate::chance::Chance;
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::MAX_ANSWERS;

/// More permutations say nothing more.
const MAX_PERMUTATIONS: u32 = 9_999;
/// A table that a person can look at.
const MAX_CELLS: usize = 10_000;

/// A cell of the table: how often something was said there, among how many answers.
///
/// ```
/// use peil_measure::ScanCell;
///
/// let cell = ScanCell { mentions: 4, answers: 120 };
/// assert_eq!(cell.mentions, 4);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScanCell {
    /// How often it was said.
    pub mentions: u64,
    /// Among how many answers.
    pub answers: u64,
}

/// A part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Zone {
    /// The row, or all of them.
    pub row: Option<usize>,
    /// The column, or all of them.
    pub column: Option<usize>,
}

/// A part of the table in which more was said than elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Hotspot {
    /// Which part.
    pub zone: Zone,
    /// How often it was said there.
    pub mentions: u64,
    /// How often it would have been said there if it were said as often everywhere.
    pub expected: f64,
    /// How many times as often as elsewhere; `None` when nobody said it elsewhere.
    pub ratio: Option<f64>,
    /// ln of the likelihood ratio.
    pub likelihood_ratio: f64,
    /// The chance that the best part of a table without differences is as good.
    pub p: f64,
}

/// Looks in which row, column or cell of a table more is said than elsewhere, the likeliest first.
///
/// Of every row, column and cell with more than expected the Poisson likelihood ratio is
/// c ln(c/e) + (C-c) ln((C-c)/(C-e)). Its p-value is the share of tables, dealt by chance over the
/// answers, of which the best part is as good: so looking at all parts at once is allowed for. The same
/// seed gives the same p-values.
///
/// ```
/// use peil_measure::{ScanCell, Zone, scan};
///
/// let cell = |mentions| ScanCell { mentions, answers: 100 };
/// let found = scan(&[vec![cell(4), cell(5)], vec![cell(5), cell(31)]], 999, 7)?;
/// let best = found.first().ok_or("nothing")?;
/// assert_eq!(best.zone, Zone { row: Some(1), column: Some(1) });
/// assert!(best.p <= 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::LengthsDiffer`] unless all rows are as long; [`MeasureError::NumberOutOfRange`] above
/// 10 000 cells or 9 999 permutations, or without any; [`MeasureError::TooManyAnswers`].
///
/// # Sources
/// Kulldorff (1997), A spatial scan statistic, *Communications in Statistics* 26, 1481-1496; Dwass
/// (1957), *Annals of Mathematical Statistics* 28, 181-187 for the p-value.
pub fn scan(
    table: &[Vec<ScanCell>],
    permutations: u32,
    seed: u64,
) -> Result<Vec<Hotspot>, MeasureError> {
    let plan = Plan::of(table)?;
    super::baseline::require(
        "permutations",
        f64::from(permutations),
        "from 1 to 9999",
        (1..=MAX_PERMUTATIONS).contains(&permutations),
    )?;
    let observed: Vec<u64> = table.iter().flatten().map(|cell| cell.mentions).collect();
    let mut found: Vec<Hotspot> = plan
        .zones
        .iter()
        .filter_map(|zone| plan.hotspot(zone, &observed))
        .collect();
    let mut as_good = vec![0_u32; found.len()];
    let mut chance = Chance::seeded(seed);
    if !found.is_empty() {
        for _ in 0..permutations {
            let dealt = plan.deal(&mut chance);
            let best = plan.best(&dealt);
            for (count, hotspot) in as_good.iter_mut().zip(&found) {
                *count += u32::from(best >= hotspot.likelihood_ratio - 1e-12);
            }
        }
    }
    for (hotspot, count) in found.iter_mut().zip(&as_good) {
        hotspot.p = (f64::from(*count) + 1.0) / (f64::from(permutations) + 1.0);
    }
    found.sort_by(|one, other| other.likelihood_ratio.total_cmp(&one.likelihood_ratio));
    Ok(found)
}

/// The parts of a table, and how answers lie over its cells.
struct Plan {
    zones: Vec<(Zone, Vec<usize>)>,
    answers: Vec<u64>,
    /// The answers up to and including each cell.
    gathered: Vec<u64>,
    mentions: u64,
    total: u64,
}

impl Plan {
    fn of(table: &[Vec<ScanCell>]) -> Result<Self, MeasureError> {
        let (rows, columns) = (table.len(), table.first().map_or(0, Vec::len));
        if let Some(row) = table.iter().find(|row| row.len() != columns) {
            return Err(MeasureError::LengthsDiffer {
                input: "a row",
                length: row.len(),
                expected: columns,
            });
        }
        let cells = rows.saturating_mul(columns);
        super::baseline::require(
            "cells",
            real(u64::try_from(cells).unwrap_or(u64::MAX)),
            "at most 10 000",
            cells <= MAX_CELLS,
        )?;
        let (mut mentions, mut total) = (0_u64, 0_u64);
        let mut answers = Vec::with_capacity(cells);
        let mut gathered = Vec::with_capacity(cells);
        for cell in table.iter().flatten() {
            mentions = mentions.saturating_add(cell.mentions);
            total = total.saturating_add(cell.answers);
            answers.push(cell.answers);
            gathered.push(total);
        }
        if total > MAX_ANSWERS || mentions > MAX_ANSWERS {
            return Err(MeasureError::TooManyAnswers {
                input: "the table",
                limit: MAX_ANSWERS,
            });
        }
        Ok(Self {
            zones: zones(rows, columns),
            answers,
            gathered,
            mentions,
            total,
        })
    }

    fn sum(places: &[usize], values: &[u64]) -> u64 {
        places.iter().filter_map(|place| values.get(*place)).sum()
    }

    /// What is found in a zone; nothing unless more is said there than elsewhere.
    fn hotspot(&self, (zone, places): &(Zone, Vec<usize>), said: &[u64]) -> Option<Hotspot> {
        let mentions = Self::sum(places, said);
        let answers = Self::sum(places, &self.answers);
        if answers == 0 || answers == self.total {
            return None;
        }
        let expected = real(self.mentions) * real(answers) / real(self.total);
        let likelihood_ratio = likelihood_ratio(mentions, self.mentions, expected)?;
        let elsewhere = self.mentions - mentions;
        let ratio = (elsewhere > 0).then(|| {
            (real(mentions) / real(answers)) / (real(elsewhere) / real(self.total - answers))
        });
        Some(Hotspot {
            zone: *zone,
            mentions,
            expected,
            ratio,
            likelihood_ratio,
            p: 1.0,
        })
    }

    fn best(&self, said: &[u64]) -> f64 {
        self.zones
            .iter()
            .filter_map(|zone| self.hotspot(zone, said))
            .map(|hotspot| hotspot.likelihood_ratio)
            .fold(0.0, f64::max)
    }

    /// The mentions dealt over the answers by chance.
    fn deal(&self, chance: &mut Chance) -> Vec<u64> {
        let mut dealt = vec![0; self.answers.len()];
        let total = usize::try_from(self.total).unwrap_or(usize::MAX);
        for _ in 0..self.mentions {
            let drawn = u64::try_from(chance.below(total)).unwrap_or_default();
            let place = self.gathered.partition_point(|until| *until <= drawn);
            if let Some(count) = dealt.get_mut(place) {
                *count += 1;
            }
        }
        dealt
    }
}

/// Rows, columns and cells; those that are all of the table are left to the caller.
fn zones(rows: usize, columns: usize) -> Vec<(Zone, Vec<usize>)> {
    let place = |row: usize, column: usize| row * columns + column;
    let mut zones = Vec::new();
    for row in 0..rows {
        let zone = Zone {
            row: Some(row),
            column: None,
        };
        zones.push((
            zone,
            (0..columns).map(|column| place(row, column)).collect(),
        ));
    }
    for column in 0..columns {
        let zone = Zone {
            row: None,
            column: Some(column),
        };
        zones.push((zone, (0..rows).map(|row| place(row, column)).collect()));
    }
    // In a table of one row or one column its cells are its columns or rows.
    if rows > 1 && columns > 1 {
        for row in 0..rows {
            for column in 0..columns {
                let zone = Zone {
                    row: Some(row),
                    column: Some(column),
                };
                zones.push((zone, vec![place(row, column)]));
            }
        }
    }
    zones
}

fn likelihood_ratio(mentions: u64, all: u64, expected: f64) -> Option<f64> {
    let (inside, outside) = (real(mentions), real(all - mentions));
    if inside <= expected {
        return None;
    }
    let elsewhere = real(all) - expected;
    let rest = if outside > 0.0 {
        outside * (outside / elsewhere).ln()
    } else {
        0.0
    };
    Some(inside * (inside / expected).ln() + rest)
}
