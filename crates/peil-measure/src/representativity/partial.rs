//! Partial indicators: how much each variable and category adds to the spread of propensities.

use core::iter::zip;
use std::collections::HashMap;

use serde::Serialize;

use super::frame::{Cell, Frame};
use super::indicator::Indicator;
use super::propensity::Propensities;

/// What one variable adds; 0 when its categories respond alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VariablePartial {
    /// The name of the variable.
    pub variable: String,
    /// How far the mean propensities of its categories lie apart.
    pub pu: f64,
    /// The same without what chance adds.
    pub pu_adjusted: f64,
    /// The standard error of pu; `None` when the variable alone does not tell propensities apart.
    pub pu_se: Option<f64>,
    /// How far propensities differ among people alike in all other variables.
    pub pc: f64,
    /// The same without what chance adds.
    pub pc_adjusted: f64,
}

/// What one category adds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryPartial {
    /// The name of the variable.
    pub variable: String,
    /// The name of the category.
    pub category: String,
    /// Above 0 when the category is over-represented, below 0 when it is missed.
    pub pu: f64,
    /// How far its people differ from those alike in all other variables.
    pub pc: f64,
}

/// The partials of all variables and categories; `kept` is the part of the spread that is not
/// chance.
pub(super) fn partials(
    frame: &Frame,
    names: &[&str],
    fit: &Propensities,
    kept: f64,
) -> (Vec<VariablePartial>, Vec<CategoryPartial>) {
    let (mut variables, mut categories) = (Vec::new(), Vec::new());
    for (variable, (name, labels)) in names.iter().zip(&frame.categories).enumerate() {
        let sums = category_sums(frame, variable, labels.len(), fit);
        let (mut pu, mut pc) = (0.0, 0.0);
        for (label, sum) in labels.iter().zip(sums) {
            pu += sum.pu * sum.pu;
            pc += sum.squared_pc;
            categories.push(CategoryPartial {
                variable: (*name).to_owned(),
                category: (*label).to_owned(),
                pu: sum.pu,
                pc: sum.squared_pc.sqrt(),
            });
        }
        let alone = Propensities::fit(frame, &[variable]);
        let r_se = Indicator::of(frame, &alone).r_se();
        variables.push(VariablePartial {
            variable: (*name).to_owned(),
            pu: pu.sqrt(),
            pu_adjusted: (pu * kept).sqrt(),
            pu_se: r_se.map(|se| se / 2.0),
            pc: pc.sqrt(),
            pc_adjusted: (pc * kept).sqrt(),
        });
    }
    (variables, categories)
}

struct CategorySum {
    pu: f64,
    squared_pc: f64,
}

fn category_sums(
    frame: &Frame,
    variable: usize,
    categories: usize,
    fit: &Propensities,
) -> Vec<CategorySum> {
    let others = |cell: &Cell| {
        let places = cell.categories.iter().enumerate();
        let others = places.filter(|(place, _)| *place != variable);
        others
            .map(|(_, category)| *category)
            .collect::<Vec<usize>>()
    };
    let people = || zip(&frame.cells, &fit.rho);
    // People and propensities per category, and per cell of the other variables.
    let mut own = vec![(0.0, 0.0); categories];
    let mut alike: HashMap<Vec<usize>, (f64, f64)> = HashMap::new();
    let mut total = 0.0;
    for (cell, rho) in people() {
        total += cell.n * rho;
        let peers = alike.entry(others(cell)).or_insert((0.0, 0.0));
        peers.0 += cell.n;
        peers.1 += cell.n * rho;
        if let Some(sum) = own.get_mut(cell.category(variable)) {
            sum.0 += cell.n;
            sum.1 += cell.n * rho;
        }
    }
    let (size, mean) = (frame.size(), total / frame.size());
    let mut squares = vec![0.0; categories];
    for (cell, rho) in people() {
        let (n, sum) = alike.get(&others(cell)).copied().unwrap_or((1.0, *rho));
        if let Some(square) = squares.get_mut(cell.category(variable)) {
            *square += cell.n * (rho - sum / n).powi(2) / size;
        }
    }
    zip(own, squares)
        .map(|((n, sum), squared_pc)| CategorySum {
            pu: (n / size).sqrt() * (sum / n - mean),
            squared_pc,
        })
        .collect()
}
