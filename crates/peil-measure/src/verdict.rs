//! Is a difference real, and is it large enough to matter? One rule for every screen.

use serde::Serialize;

use crate::error::MeasureError;
use crate::measured::{Interval, Unit};
use crate::p_adjust::p_adjust;

/// A difference in NPS below which nobody would act: 5 points.
///
/// Five in a hundred customers move one class up or down. It is a third of the margin at which an
/// NPS is called uncertain, so that a figure that is just certain enough to show is not yet enough
/// to say that nothing happened.
pub const RELEVANT_POINTS: f64 = 5.0;

/// A difference between two shares below which nobody would act: 3 percentage points.
///
/// As with [`RELEVANT_POINTS`] about a third of the margin at which a share is called uncertain.
pub const RELEVANT_SHARE: f64 = 0.03;

/// A difference between two means below which nobody would act, as a part of the range of the
/// scale: one twentieth, 0.2 on a scale of 1 to 5.
///
/// With the usual spread of about one point on such a scale that is what Cohen calls a small
/// effect. A tenth of the range would be the margin at which a mean is called uncertain.
pub const RELEVANT_PART_OF_SCALE: f64 = 0.05;

/// How likely a difference as large as the one found may be by chance before it is not called
/// real: 5 %, after adjusting for the number of comparisons.
pub const SIGNIFICANCE: f64 = 0.05;

impl Unit {
    /// The largest difference in this unit that still counts as none.
    ///
    /// ```
    /// use peil_measure::Unit;
    ///
    /// assert_eq!(Unit::Points.relevance_margin(), 5.0);
    /// assert!((Unit::Scale { min: 1, max: 5 }.relevance_margin() - 0.2).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn relevance_margin(self) -> f64 {
        match self {
            Self::Points => RELEVANT_POINTS,
            Self::Share => RELEVANT_SHARE,
            Self::Scale { min, max } => (f64::from(max) - f64::from(min)) * RELEVANT_PART_OF_SCALE,
        }
    }
}

/// What can be said about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is a difference, and it may be large enough to matter.
    Differs,
    /// Whatever difference there is, it is too small to matter.
    DoesNotDiffer,
    /// There may be a difference that matters and there may be none: more answers would tell.
    CannotTell,
}

impl Verdict {
    /// Decides on one difference.
    ///
    /// - The whole interval within `margin` on either side of nothing: *does not differ*. This is
    ///   a claim of its own, not the absence of proof, and it goes before the next: with very many
    ///   answers a difference may be certain and still too small to matter.
    /// - Otherwise, an interval without 0 and an adjusted p-value below [`SIGNIFICANCE`]:
    ///   *differs*. Both, since small groups can fool a p-value and many looks an interval.
    /// - Otherwise: *cannot tell yet*.
    ///
    /// ```
    /// use peil_measure::{Interval, Verdict};
    ///
    /// let decide = |low, high, p| Verdict::decide(Some(Interval { low, high }), Some(p), 5.0);
    /// assert_eq!(decide(3.0, 21.0, 0.01), Verdict::Differs);
    /// assert_eq!(decide(-3.0, 4.0, 0.7), Verdict::DoesNotDiffer);
    /// assert_eq!(decide(-9.0, 14.0, 0.7), Verdict::CannotTell);
    /// // Certain, and too small to act upon.
    /// assert_eq!(decide(1.0, 3.0, 0.001), Verdict::DoesNotDiffer);
    /// // One of so many comparisons that a difference like this was to be expected.
    /// assert_eq!(decide(3.0, 21.0, 0.2), Verdict::CannotTell);
    /// ```
    #[must_use]
    pub fn decide(interval: Option<Interval>, p_adjusted: Option<f64>, margin: f64) -> Self {
        let Some(interval) = interval else {
            return Self::CannotTell;
        };
        let is_small = -margin <= interval.low && interval.high <= margin;
        let is_unlikely = p_adjusted.is_some_and(|p| p < SIGNIFICANCE);
        if is_small {
            Self::DoesNotDiffer
        } else if is_unlikely && !interval.contains(0.0) {
            Self::Differs
        } else {
            Self::CannotTell
        }
    }

    /// The verdict as a stable word.
    ///
    /// ```
    /// assert_eq!(peil_measure::Verdict::CannotTell.code(), "cannot_tell");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::DoesNotDiffer => "does_not_differ",
            Self::CannotTell => "cannot_tell",
        }
    }
}

/// A difference as one of the tests of this crate found it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// The difference, in the unit of the measure.
    pub diff: f64,
    /// Its interval; `None` when the answers have no spread to make one of.
    pub interval: Option<Interval>,
    /// Its p-value; `None` when there was nothing to test.
    pub p: Option<f64>,
    /// The largest difference that still counts as none.
    pub margin: f64,
}

/// A difference with what can be said about it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Judged {
    /// The difference.
    pub effect: Effect,
    /// Its p-value after adjusting for all differences that were judged together.
    pub p_adjusted: Option<f64>,
    /// The verdict.
    pub verdict: Verdict,
}

/// Judges all differences that one reader sees at once, in the order given.
///
/// Their p-values are adjusted together by Benjamini and Hochberg: of all that is called different,
/// about one in twenty at most is so by chance, however many differences are shown. Differences
/// without a p-value were not tested and do not count.
///
/// ```
/// use peil_measure::{Effect, Interval, Verdict, judge};
///
/// let effect = |diff: f64, p| Effect {
///     diff,
///     interval: Some(Interval { low: diff - 10.0, high: diff + 10.0 }),
///     p: Some(p),
///     margin: 5.0,
/// };
/// let alone = judge(&[effect(11.0, 0.03)])?;
/// assert_eq!(alone.first().map(|judged| judged.verdict), Some(Verdict::Differs));
///
/// let mut many = vec![effect(11.0, 0.03)];
/// many.extend((0..9).map(|_| effect(2.0, 0.7)));
/// let among_ten = judge(&many)?;
/// assert_eq!(among_ten.first().map(|judged| judged.verdict), Some(Verdict::CannotTell));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotProbability`] for a p-value outside 0 to 1.
///
/// # Sources
/// Benjamini and Hochberg (1995), *Journal of the Royal Statistical Society B* 57, 289-300;
/// Schuirmann (1987), *Journal of Pharmacokinetics and Biopharmaceutics* 15, 657-680, for the
/// equivalence of two groups.
pub fn judge(effects: &[Effect]) -> Result<Vec<Judged>, MeasureError> {
    let tested: Vec<f64> = effects.iter().filter_map(|effect| effect.p).collect();
    let mut adjusted = p_adjust(&tested)?.bh.into_iter();
    Ok(effects
        .iter()
        .map(|effect| {
            let p_adjusted = effect.p.and_then(|_| adjusted.next());
            Judged {
                effect: *effect,
                p_adjusted,
                verdict: Verdict::decide(effect.interval, p_adjusted, effect.margin),
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(diff: f64, half_width: f64, p: Option<f64>) -> Effect {
        Effect {
            diff,
            interval: Some(Interval::around(diff, half_width)),
            p,
            margin: 5.0,
        }
    }

    fn verdicts(effects: &[Effect]) -> Vec<Verdict> {
        let judged = judge(effects).unwrap();
        judged.iter().map(|judged| judged.verdict).collect()
    }

    #[test]
    fn silence_of_a_test_is_not_equality() {
        let wide = effect(0.0, 12.0, Some(0.99));
        assert_eq!(verdicts(&[wide]), [Verdict::CannotTell]);
    }

    #[test]
    fn an_interval_that_touches_the_margin_is_within_it() {
        let on_the_edge = effect(0.0, 5.0, Some(0.5));
        assert_eq!(verdicts(&[on_the_edge]), [Verdict::DoesNotDiffer]);
        let beyond = effect(0.0, 5.001, Some(0.5));
        assert_eq!(verdicts(&[beyond]), [Verdict::CannotTell]);
    }

    #[test]
    fn a_small_p_value_does_not_win_from_an_interval_with_nothing_in_it() {
        let doubtful = effect(9.0, 10.0, Some(0.001));
        assert_eq!(verdicts(&[doubtful]), [Verdict::CannotTell]);
    }

    #[test]
    fn what_was_not_tested_is_not_counted_as_a_look() {
        let untested = Effect {
            diff: 0.0,
            interval: None,
            p: None,
            margin: 5.0,
        };
        let real = effect(20.0, 8.0, Some(0.03));
        let judged = judge(&[untested, real, untested]).unwrap();
        assert_eq!(judged[1].p_adjusted, Some(0.03));
        assert_eq!(
            verdicts(&[untested, real, untested]),
            [Verdict::CannotTell, Verdict::Differs, Verdict::CannotTell]
        );
    }

    #[test]
    fn no_differences_are_judged_to_nothing() {
        assert_eq!(judge(&[]).unwrap(), []);
    }
}
