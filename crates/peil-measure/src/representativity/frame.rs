//! Everyone who was invited, by category, with how many responded.

use std::collections::BTreeSet;

use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::MAX_ANSWERS;
use crate::not_measurable::NotMeasurable;

/// Invited people who are alike in all variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameCell<'a> {
    /// Their category in each variable, in the order of the variables.
    pub values: Vec<&'a str>,
    /// How many were invited.
    pub n: u64,
    /// How many of them responded.
    pub responded: u64,
}

/// The cells with people, with numbered categories.
pub(super) struct Frame<'a> {
    pub(super) n: u64,
    responded: u64,
    pub(super) cells: Vec<Cell>,
    /// The categories of each variable, by name.
    pub(super) categories: Vec<Vec<&'a str>>,
}

pub(super) struct Cell {
    /// The place of its category in each variable.
    pub(super) categories: Vec<usize>,
    pub(super) n: f64,
    pub(super) responded: f64,
}

impl<'a> Frame<'a> {
    pub(super) fn read(variables: usize, cells: &[FrameCell<'a>]) -> Result<Self, MeasureError> {
        let (mut n, mut responded) = (0_u64, 0_u64);
        for cell in cells {
            if cell.values.len() != variables {
                return Err(MeasureError::LengthsDiffer {
                    input: "values",
                    length: cell.values.len(),
                    expected: variables,
                });
            }
            if cell.responded > cell.n {
                return Err(NotMeasurable::RespondedExceedsInvited {
                    responded: cell.responded,
                    n: cell.n,
                }
                .into());
            }
            n = n.saturating_add(cell.n);
            responded = responded.saturating_add(cell.responded);
        }
        if n > MAX_ANSWERS {
            return Err(MeasureError::TooManyAnswers {
                input: "cells",
                limit: MAX_ANSWERS,
            });
        }
        if responded == 0 || responded == n {
            return Err(NotMeasurable::NoResponseVariation.into());
        }
        let invited: Vec<&FrameCell> = cells.iter().filter(|cell| cell.n > 0).collect();
        let categories: Vec<Vec<&str>> = (0..variables)
            .map(|variable| {
                let names = invited.iter().filter_map(|cell| cell.values.get(variable));
                names
                    .copied()
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect()
            })
            .collect();
        let numbered = |cell: &FrameCell<'a>| Cell {
            categories: cell
                .values
                .iter()
                .zip(&categories)
                .filter_map(|(name, names)| names.binary_search(name).ok())
                .collect(),
            n: real(cell.n),
            responded: real(cell.responded),
        };
        Ok(Self {
            n,
            responded,
            cells: invited.into_iter().map(numbered).collect(),
            categories,
        })
    }

    pub(super) fn response_rate(&self) -> f64 {
        real(self.responded) / real(self.n)
    }

    /// How many were invited, as a float.
    pub(super) fn size(&self) -> f64 {
        real(self.n)
    }
}

impl Cell {
    /// Its category in a variable.
    pub(super) fn category(&self, variable: usize) -> usize {
        self.categories.get(variable).copied().unwrap_or(0)
    }
}
