//! R² divided after Lindeman, Merenda and Gold: what a driver adds, averaged over all orders.
//!
//! Every set of drivers is visited once. Adding a driver to a set is one step of elimination on the
//! covariances that are left, so that each R² costs a handful of multiplications and no regression
//! is ever fitted.

use core::iter::{once, zip};

use crate::exact::real;
use crate::linear::Symmetric;

/// The most drivers for which LMG is computed: there are 2ᵖ sets of p drivers, a million for 20.
/// Above it [`drivers`](crate::drivers()) still gives Johnson's relative weights, which differ little.
pub const MAX_LMG_DRIVERS: usize = 20;

/// The part of each driver; nothing above [`MAX_LMG_DRIVERS`].
pub(super) fn split(among: &Symmetric, outcome: &[f64]) -> Option<Vec<f64>> {
    let drivers = outcome.len();
    if drivers > MAX_LMG_DRIVERS {
        return None;
    }
    let mut left: Vec<Vec<f64>> = zip(among.rows(), outcome)
        .enumerate()
        .map(|(place, (row, with_outcome))| {
            let later = row.iter().skip(place).copied();
            later.chain(once(*with_outcome)).collect()
        })
        .collect();
    left.push(vec![1.0]);
    let mut tally = Tally::new(drivers);
    tally.visit(&left, 0);
    Some(tally.parts)
}

/// The set of drivers that is being visited, and what each driver has gathered so far.
struct Tally {
    /// Whether each driver is in the set.
    is_member: Vec<bool>,
    parts: Vec<f64>,
    /// For a set of so many drivers: the weight with which its R² counts for its members, and
    /// against all others.
    weights: Vec<(f64, f64)>,
}

impl Tally {
    fn new(drivers: usize) -> Self {
        // A set of s out of p stands before driver i in s! (p-1-s)! of the p! orders.
        let p = real(u64::try_from(drivers).unwrap_or(u64::MAX));
        let mut before = Vec::with_capacity(drivers);
        let mut weight = 1.0 / p;
        for size in (1..).map(real).take(drivers) {
            before.push(weight);
            weight *= size / (p - size);
        }
        let against = before.iter().copied().chain(once(0.0));
        let for_members = once(0.0).chain(before.iter().copied());
        Self {
            is_member: vec![false; drivers],
            parts: vec![0.0; drivers],
            weights: zip(for_members, against).collect(),
        }
    }

    /// Counts the current set, then every larger set that adds only drivers from `next` on.
    ///
    /// `left` is the upper triangle of the covariances that the set leaves among those drivers and
    /// the outcome, which comes last.
    fn visit(&mut self, left: &[Vec<f64>], next: usize) {
        let Some((outcome, drivers)) = left.split_last() else {
            return;
        };
        let unexplained = outcome.first().copied().unwrap_or(1.0);
        self.count(1.0 - unexplained);
        for (place, chosen) in drivers.iter().enumerate() {
            let Some((variance, shared)) = chosen.split_first() else {
                continue;
            };
            let later = left.iter().skip(place + 1).enumerate();
            let eliminated: Vec<Vec<f64>> = later
                .map(|(offset, row)| {
                    let with_chosen = shared.get(offset..).unwrap_or_default();
                    let factor = with_chosen.first().map_or(0.0, |first| first / variance);
                    zip(row, with_chosen)
                        .map(|(value, shared)| value - factor * shared)
                        .collect()
                })
                .collect();
            self.set_member(next + place, true);
            self.visit(&eliminated, next + place + 1);
            self.set_member(next + place, false);
        }
    }

    fn set_member(&mut self, driver: usize, is_in: bool) {
        if let Some(member) = self.is_member.get_mut(driver) {
            *member = is_in;
        }
    }

    fn count(&mut self, r2: f64) {
        let size = self.is_member.iter().filter(|is_in| **is_in).count();
        let Some((gain, loss)) = self.weights.get(size) else {
            return;
        };
        for (part, is_in) in zip(&mut self.parts, &self.is_member) {
            *part += if *is_in { gain * r2 } else { -loss * r2 };
        }
    }
}
