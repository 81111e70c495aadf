//! Average run lengths: how many points go by before a chart alarms.
//!
//! A chart is a process that jumps between its values until it leaves its limits. The integral
//! equation for the mean number of jumps is solved on Gauss-Legendre nodes. The nodes make a Markov
//! chain, whose states are eliminated one by one with additions, multiplications and divisions of
//! positive numbers only; so the run length keeps its digits however rare alarms are (Grassmann,
//! Taksar and Heyman 1985, *Operations Research* 33, 1107-1116).

use core::f64::consts::PI;
use core::iter::zip;

use super::baseline::require;
use super::quadrature::gauss_legendre;
use crate::distributions::normal_two_sided_p;
use crate::error::MeasureError;

/// The widest chart, in standard deviations of one jump, that is solved.
const WIDEST: f64 = 120.0;

/// Which shifts a CUSUM chart watches for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CusumSides {
    /// Upward shifts only.
    One,
    /// Shifts both ways.
    Two,
}

/// The mean number of points until a [`cusum`](crate::cusum()) chart alarms, from a sum of zero.
///
/// Points are normal with a mean of `mu` standard deviations above the centre; with `mu` = 0 this is
/// how long it takes until a false alarm. Two charts together: 1/L = 1/L⁺ + 1/L⁻. `None` when it is
/// beyond the range of floats.
///
/// ```
/// use peil_measure::{CusumSides, cusum_run_length};
///
/// let quiet = cusum_run_length(0.5, 5.0, 0.0, CusumSides::Two)?.ok_or("never")?;
/// let shifted = cusum_run_length(0.5, 5.0, 1.0, CusumSides::Two)?.ok_or("never")?;
/// assert_eq!((quiet.round(), shifted.round()), (465.0, 10.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] unless `k` is from 0 up, `h` above 0 and at most 120, and all are
/// finite.
///
/// # Sources
/// Page (1954), *Biometrika* 41, 100-115; Brook and Evans (1972), *Biometrika* 59, 539-549; Lucas and
/// Crosier (1982), *Technometrics* 24, 199-205.
pub fn cusum_run_length(
    k: f64,
    h: f64,
    mu: f64,
    sides: CusumSides,
) -> Result<Option<f64>, MeasureError> {
    require("k", k, "from zero up", k >= 0.0 && k.is_finite())?;
    require("h", h, "above 0 and at most 120", h > 0.0 && h <= WIDEST)?;
    require("mu", mu, "finite", mu.is_finite())?;
    let up = one_sided_cusum(k, h, mu);
    let length = match sides {
        CusumSides::One => up,
        CusumSides::Two => 1.0 / (1.0 / up + 1.0 / one_sided_cusum(k, h, -mu)),
    };
    Ok(length.is_finite().then_some(length))
}

/// The mean number of points until an [`ewma`](crate::ewma()) chart with fixed limits alarms, from the
/// centre.
///
/// The limits are ± c √(λ/(2-λ)) standard deviations, those of [`ewma`](crate::ewma()) in the long run;
/// points are normal with a mean of `mu` standard deviations above the centre. `None` when it is
/// beyond the range of floats.
///
/// ```
/// let quiet = peil_measure::ewma_run_length(0.2, 3.0, 0.0)?;
/// assert_eq!(quiet.map(f64::round), Some(560.0));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NumberOutOfRange`] unless 0 < λ <= 1, `c` is above 0, all are finite, and limits
/// are at most 120 times as far apart as one point can move the average: a λ of 0.003 for c = 3.
///
/// # Sources
/// Crowder (1986), *Technometrics* 28, 161-164; Lucas and Saccucci (1990), *Technometrics* 32, 1-12.
pub fn ewma_run_length(lambda: f64, c: f64, mu: f64) -> Result<Option<f64>, MeasureError> {
    require(
        "lambda",
        lambda,
        "above 0 and at most 1",
        lambda > 0.0 && lambda <= 1.0,
    )?;
    require("c", c, "above 0", c > 0.0 && c.is_finite())?;
    require("mu", mu, "finite", mu.is_finite())?;
    // In jumps of one: the average divided by λ.
    let limit = c / (lambda * (2.0 - lambda)).sqrt();
    require(
        "c",
        c,
        "small enough for lambda: 2c/√(lambda(2-lambda)) at most 120",
        2.0 * limit <= WIDEST,
    )?;
    let nodes = gauss_legendre(nodes_for(2.0 * limit), -limit, limit);
    let state = |from: f64| {
        let center = (1.0 - lambda) * from + mu;
        State {
            jumps: nodes
                .iter()
                .map(|(node, weight)| weight * density(node - center))
                .collect(),
            exit: above(limit - center) + above(limit + center),
            time: 1.0,
        }
    };
    let mut start = state(0.0);
    // Nothing ever jumps back to exactly the centre.
    start.jumps.insert(0, 0.0);
    let mut states = vec![start];
    states.extend(nodes.iter().map(|(node, _)| {
        let mut state = state(*node);
        state.jumps.insert(0, 0.0);
        state
    }));
    let length = time_to_exit(states);
    Ok(length.is_finite().then_some(length))
}

fn one_sided_cusum(k: f64, h: f64, mu: f64) -> f64 {
    let drift = mu - k;
    let nodes = gauss_legendre(nodes_for(h), 0.0, h);
    let state = |from: f64| {
        let center = from + drift;
        let to_zero = above(center);
        let jumps = nodes
            .iter()
            .map(|(node, weight)| weight * density(node - center));
        State {
            jumps: core::iter::once(to_zero).chain(jumps).collect(),
            exit: above(h - center),
            time: 1.0,
        }
    };
    let froms = core::iter::once(0.0).chain(nodes.iter().map(|(node, _)| *node));
    time_to_exit(froms.map(state).collect())
}

/// Enough nodes that the bell of one jump is integrated to all digits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width is at most 120"
)]
fn nodes_for(width: f64) -> u64 {
    60 + (4.0 * width) as u64
}

/// A value that the chart can have.
struct State {
    /// The probability of going to each state next.
    jumps: Vec<f64>,
    /// The probability of leaving the limits next.
    exit: f64,
    /// The mean time spent before the next jump.
    time: f64,
}

/// The mean time from the first state until exit.
///
/// The last state is cut out again and again: whoever went there now goes where it goes, and takes
/// its time along. What goes from a state to itself is what is left of one.
fn time_to_exit(mut states: Vec<State>) -> f64 {
    while let Some(last) = states.pop() {
        let place = states.len();
        let others = last.jumps.get(..place).unwrap_or_default();
        let leaving = last.exit + others.iter().sum::<f64>();
        if place == 0 {
            return last.time / leaving;
        }
        for state in &mut states {
            let visits = state.jumps.get(place).map_or(0.0, |jump| jump / leaving);
            // Where nobody comes, nobody leaves: 0 / 0.
            if visits > 0.0 {
                for (jump, onward) in zip(&mut state.jumps, others) {
                    *jump += visits * onward;
                }
                state.exit += visits * last.exit;
                state.time += visits * last.time;
            }
        }
    }
    f64::INFINITY
}

/// The standard normal density.
fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (2.0 * PI).sqrt()
}

/// P(Z > z) for a standard normal Z.
fn above(z: f64) -> f64 {
    // Further out there is nothing left, and the square of a huge z is out of range.
    let z = z.clamp(-40.0, 40.0);
    let half = normal_two_sided_p(z) / 2.0;
    if z < 0.0 { 1.0 - half } else { half }
}
