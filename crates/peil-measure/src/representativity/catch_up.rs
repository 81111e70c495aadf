//! What it would bring when one group responded as the rest does.

use serde::Serialize;

use super::{FrameCell, r_indicator};
use crate::error::MeasureError;
use crate::exact::real;

/// The outcome of [`catch_up`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CaughtUp {
    /// How many more people of the group would have to respond.
    pub needed: u64,
    /// The indicator then.
    pub r: f64,
}

/// The indicator when a group that stays behind responded as everyone invited does on average.
///
/// In every cell of the group the responses are raised to the overall rate, rounded to whole
/// people; cells at or above it stay as they are.
///
/// ```
/// use peil_measure::{FrameCell, catch_up, r_indicator};
///
/// let cell = |segment, n, responded| FrameCell { values: vec![segment], n, responded };
/// let cells = [cell("large", 300, 120), cell("middle", 200, 30), cell("small", 100, 25)];
/// let now = r_indicator(&["segment"], &cells)?;
/// let then = catch_up(&["segment"], &cells, |values| values == ["middle"])?;
/// assert_eq!(then.needed, 28);
/// assert!(then.r > now.r);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// As [`r_indicator`].
///
/// # Sources
/// Schouten and Shlomo (2017), *International Statistical Review* 85, 143-163, on adapting a survey
/// by its partial indicators.
pub fn catch_up(
    variables: &[&str],
    cells: &[FrameCell<'_>],
    is_in: impl Fn(&[&str]) -> bool,
) -> Result<CaughtUp, MeasureError> {
    let sum = |count: fn(&FrameCell<'_>) -> u64| cells.iter().map(count).sum::<u64>();
    let rate = real(sum(|cell| cell.responded)) / real(sum(|cell| cell.n)).max(1.0);
    let mut needed = 0;
    let raised: Vec<FrameCell<'_>> = cells
        .iter()
        .map(|cell| {
            let expected = whole(real(cell.n) * rate).min(cell.n);
            let responded = if is_in(&cell.values) {
                cell.responded.max(expected)
            } else {
                cell.responded
            };
            needed += responded - cell.responded;
            FrameCell {
                responded,
                ..cell.clone()
            }
        })
        .collect();
    let r = r_indicator(variables, &raised)?.r;
    Ok(CaughtUp { needed, r })
}

/// The nearest whole number of people.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count is neither negative nor larger than the count"
)]
fn whole(count: f64) -> u64 {
    count.round() as u64
}
