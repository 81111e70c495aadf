//! Raking: weights that meet the known margins of several variables at once.

use std::collections::HashMap;

use serde::Serialize;

use super::kish::effective_size;
use super::numbers::{require_length, require_size};
use crate::error::MeasureError;
use crate::exact::real;
use crate::not_measurable::NotMeasurable;

/// After so many sweeps raking gives up.
pub const MAX_SWEEPS: usize = 5_000;

/// The margins count as met when none is further off than this part of its target.
const MET: f64 = 1e-6;

/// Sweeping ends when no margin is further off than this part: only rounding is left.
const SETTLED: f64 = 1e-14;

/// The known totals of one variable in the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// The name of the variable.
    pub variable: String,
    /// Its categories with their totals, or their shares.
    pub targets: Vec<(String, f64)>,
}

/// People who answered and are alike in all variables.
#[derive(Debug, Clone, PartialEq)]
pub struct RakeCell<'a> {
    /// Their category in each variable, in the order of the margins.
    pub values: Vec<&'a str>,
    /// How many they are.
    pub n: u64,
    /// The weight each of them starts with.
    pub base_weight: f64,
}

/// What [`rake`] came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Raking {
    /// All margins are met.
    Converged(Raked),
    /// The margins cannot be met together, at least not within [`MAX_SWEEPS`].
    NotConverged,
}

/// Weights that meet all margins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Raked {
    /// The weight of each person in a cell, for the cells with people, in their order.
    pub weights: Vec<f64>,
    /// Kish's design effect over the people; `None` without people.
    pub deff: Option<f64>,
    /// The effective number of people; `None` without people.
    pub n_eff: Option<f64>,
}

/// Weights everyone so that every variable has its known margins.
///
/// Iterative proportional fitting: in every sweep the weights are scaled to each margin in turn.
/// Cells that are alike are swept as one, so a million people cost no more than their combinations
/// of categories.
///
/// ```
/// use peil_measure::{Margin, RakeCell, Raking, rake};
///
/// let margins = [Margin { variable: "size".into(), targets: vec![("S".into(), 70.0), ("L".into(), 30.0)] }];
/// let cell = |value, n| RakeCell { values: vec![value], n, base_weight: 1.0 };
/// let Raking::Converged(raked) = rake(&margins, &[cell("S", 10), cell("L", 10)])? else {
///     return Err("one margin can always be met".into());
/// };
/// assert_eq!(raked.weights, [7.0, 3.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NotMeasurable`]: margins with different totals; then, per variable, people in a category
/// without a target, or nobody in a category with one. [`MeasureError::LengthsDiffer`] for a cell
/// with more or fewer values than there are margins; [`MeasureError::NumberOutOfRange`] for a
/// negative or endless target or weight.
///
/// # Sources
/// Deming and Stephan (1940), *Annals of Mathematical Statistics* 11, 427-444.
pub fn rake(margins: &[Margin], cells: &[RakeCell<'_>]) -> Result<Raking, MeasureError> {
    for cell in cells {
        require_length("values", cell.values.len(), margins.len())?;
        require_size("base_weight", cell.base_weight)?;
    }
    require_equal_totals(margins)?;
    let people: Vec<&RakeCell> = cells.iter().filter(|cell| cell.n > 0).collect();
    let mut table = Table::of(&people);
    for (place, margin) in margins.iter().enumerate() {
        table.divide(margin, place, &people)?;
    }
    table.collect(&people);
    if !table.sweep_until_met() {
        return Ok(Raking::NotConverged);
    }
    let weights: Vec<f64> = people
        .iter()
        .zip(&table.group_of_cell)
        .map(|(cell, group)| cell.base_weight * table.factors.get(*group).unwrap_or(&0.0))
        .collect();
    let counts = people.iter().map(|cell| cell.n);
    let size = effective_size(weights.iter().copied().zip(counts));
    Ok(Raking::Converged(Raked {
        weights,
        deff: size.deff,
        n_eff: size.n_eff,
    }))
}

/// How far the weighted share of a category is from its target, for the category that is furthest
/// off, as a fraction: 0 after raking, more after trimming. `weights` holds one for each cell with
/// people, as [`Raked::weights`] does.
///
/// ```
/// use peil_measure::{Margin, RakeCell, furthest_from_margin};
///
/// let margins = [Margin { variable: "size".into(), targets: vec![("S".into(), 70.0), ("L".into(), 30.0)] }];
/// let cell = |value, n| RakeCell { values: vec![value], n, base_weight: 1.0 };
/// let off = furthest_from_margin(&margins, &[cell("S", 10), cell("L", 10)], &[1.5, 0.5]);
/// assert!((off - 0.05).abs() < 1e-12);
/// ```
#[must_use]
pub fn furthest_from_margin(margins: &[Margin], cells: &[RakeCell<'_>], weights: &[f64]) -> f64 {
    let people = || {
        let cells = cells.iter().filter(|cell| cell.n > 0);
        cells
            .zip(weights)
            .map(|(cell, weight)| (cell, real(cell.n) * weight))
    };
    let total: f64 = people().map(|(_, weight)| weight).sum();
    let mut furthest = 0.0_f64;
    for (place, margin) in margins.iter().enumerate() {
        let targets: f64 = margin.targets.iter().map(|(_, target)| target).sum();
        let mut sums: HashMap<&str, f64> = HashMap::new();
        for (cell, weight) in people() {
            let category = cell.values.get(place).copied().unwrap_or_default();
            *sums.entry(category).or_default() += weight;
        }
        for (category, target) in &margin.targets {
            let weight = sums.get(category.as_str()).copied().unwrap_or_default();
            if total > 0.0 && targets > 0.0 {
                furthest = furthest.max((weight / total - target / targets).abs());
            }
        }
    }
    furthest
}

fn require_equal_totals(margins: &[Margin]) -> Result<(), MeasureError> {
    let mut first: Option<f64> = None;
    for margin in margins {
        let mut total = 0.0;
        for (_, target) in &margin.targets {
            require_size("margins", *target)?;
            total += target;
        }
        let expected = *first.get_or_insert(total);
        if (total - expected).abs() > MET * expected.abs().max(total.abs()) {
            let variable = margin.variable.clone();
            return Err(NotMeasurable::MarginTotalsDiffer { variable }.into());
        }
    }
    Ok(())
}

/// The groups of people who are alike in all variables.
struct Table {
    /// For every cell its group.
    group_of_cell: Vec<usize>,
    groups: usize,
    /// For every group the sum of its starting weights.
    starting: Vec<f64>,
    /// For every group what its starting weights are multiplied with.
    factors: Vec<f64>,
    sides: Vec<Side>,
}

/// One variable of the table.
struct Side {
    /// The category of every cell, and later of every group.
    category_of: Vec<usize>,
    targets: Vec<f64>,
}

impl Table {
    fn of(people: &[&RakeCell<'_>]) -> Self {
        Self {
            group_of_cell: vec![0; people.len()],
            groups: usize::from(!people.is_empty()),
            starting: Vec::new(),
            factors: Vec::new(),
            sides: Vec::new(),
        }
    }

    /// Divides the groups by one more variable.
    fn divide(
        &mut self,
        margin: &Margin,
        place: usize,
        people: &[&RakeCell<'_>],
    ) -> Result<(), MeasureError> {
        let mut targets: Vec<f64> = Vec::with_capacity(margin.targets.len());
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (category, target) in &margin.targets {
            known.insert(category.as_str(), targets.len());
            targets.push(*target);
        }
        let mut is_met = vec![false; targets.len()];
        let mut category_of = Vec::with_capacity(people.len());
        let mut groups: HashMap<(usize, usize), usize> = HashMap::new();
        for (cell, group) in people.iter().zip(&mut self.group_of_cell) {
            let name = cell.values.get(place).copied().unwrap_or_default();
            let Some(category) = known.get(name).copied() else {
                let category = format!("{}: {name}", margin.variable);
                return Err(NotMeasurable::UnknownCategory { category }.into());
            };
            if let Some(met) = is_met.get_mut(category) {
                *met = true;
            }
            category_of.push(category);
            let next = groups.len();
            *group = *groups.entry((*group, category)).or_insert(next);
        }
        self.groups = groups.len();
        let missed = margin.targets.iter().zip(&is_met);
        if let Some(((name, _), _)) = missed.into_iter().find(|((_, t), met)| *t > 0.0 && !**met) {
            let category = format!("{}: {name}", margin.variable);
            return Err(NotMeasurable::EmptyCategory { category }.into());
        }
        self.sides.push(Side {
            category_of,
            targets,
        });
        Ok(())
    }

    /// Goes over from cells to groups.
    fn collect(&mut self, people: &[&RakeCell<'_>]) {
        self.starting = vec![0.0; self.groups];
        self.factors = vec![1.0; self.groups];
        for (cell, group) in people.iter().zip(&self.group_of_cell) {
            if let Some(sum) = self.starting.get_mut(*group) {
                *sum += real(cell.n) * cell.base_weight;
            }
        }
        for side in &mut self.sides {
            let mut category_of = vec![0; self.groups];
            for (category, group) in side.category_of.iter().zip(&self.group_of_cell) {
                if let Some(place) = category_of.get_mut(*group) {
                    *place = *category;
                }
            }
            side.category_of = category_of;
        }
    }

    /// Sweeps until the margins are met as well as floats allow; false when they are not met.
    fn sweep_until_met(&mut self) -> bool {
        /// So many sweeps that change nothing mean that nothing will change.
        const STUCK: usize = 50;
        let (mut furthest, mut unchanged) = (self.furthest_off(), 0);
        for _ in 0..MAX_SWEEPS {
            if furthest <= SETTLED || unchanged >= STUCK {
                break;
            }
            for side in &self.sides {
                side.scale(&self.starting, &mut self.factors);
            }
            let now = self.furthest_off();
            let is_unchanged = (now - furthest).abs() <= 1e-15 * furthest;
            unchanged = if is_unchanged { unchanged + 1 } else { 0 };
            furthest = now;
        }
        furthest <= MET
    }

    /// How far the furthest margin is off, as a part of its target.
    fn furthest_off(&self) -> f64 {
        let mut furthest = 0.0_f64;
        for side in &self.sides {
            let sums = side.sums(&self.starting, &self.factors);
            for (sum, target) in sums.iter().zip(&side.targets) {
                let off = (sum - target).abs();
                // Not a number counts as endlessly far off.
                let part = if *target > 0.0 { off / target } else { off };
                let part = if part.is_nan() { f64::INFINITY } else { part };
                furthest = furthest.max(part);
            }
        }
        furthest
    }
}

impl Side {
    /// The weight in each category.
    fn sums(&self, starting: &[f64], factors: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.targets.len()];
        for ((category, start), factor) in self.category_of.iter().zip(starting).zip(factors) {
            if let Some(sum) = sums.get_mut(*category) {
                *sum += start * factor;
            }
        }
        sums
    }

    /// Scales every category to its target.
    fn scale(&self, starting: &[f64], factors: &mut [f64]) {
        let mut scales = self.sums(starting, factors);
        for (scale, target) in scales.iter_mut().zip(&self.targets) {
            // A category without weight cannot be scaled up; it stays missed.
            *scale = if *scale > 0.0 { target / *scale } else { 1.0 };
        }
        for (category, factor) in self.category_of.iter().zip(factors) {
            *factor *= scales.get(*category).unwrap_or(&1.0);
        }
    }
}
