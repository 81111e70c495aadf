//! How likely a difference of a given size is to be seen with n answers per group, and the n that
//! is needed for it.

use crate::distributions::{
    noncentral_t_lower_tail, normal_critical_value, normal_lower_tail, student_critical_value,
};
use crate::roots::bisect;

/// A difference of so many standard deviations is seen with two answers per group, and so is any
/// larger one.
const OBVIOUS: f64 = 30.0;

/// The n per group with which a t test of two groups sees a difference of `effect` standard
/// deviations with this power; only the tail on the side of the difference counts.
pub(super) fn two_means(effect: f64, power: f64, alpha: f64) -> f64 {
    let missed = 1.0 - power;
    let effect = effect.min(OBVIOUS);
    // What would do if the spread were known, and then far more than that.
    let reach = normal_critical_value(alpha) + normal_critical_value(2.0 * missed.min(0.5));
    let plenty = 20.0 + 8.0 * (reach / effect).powi(2);
    // On the logarithm of n - 1, half the degrees of freedom.
    let is_too_few = |log_spare: f64| {
        let spare = log_spare.exp();
        let shift = effect * 1.0_f64.midpoint(spare).sqrt();
        let df = 2.0 * spare;
        noncentral_t_lower_tail(student_critical_value(alpha, df), df, shift) > missed
    };
    1.0 + bisect(1e-3_f64.ln(), plenty.ln(), is_too_few).exp()
}

/// The n per group with which a z test sees a difference of `effect` standard deviations of one
/// answer of both groups together; both tails count.
pub(super) fn normal_both_tails(effect: f64, power: f64, alpha: f64) -> f64 {
    if power <= alpha {
        return 0.0;
    }
    let z = normal_critical_value(alpha);
    let shift = bisect(0.0, 100.0, |shift| {
        normal_lower_tail(shift - z) + normal_lower_tail(-shift - z) < power
    });
    (shift / effect).powi(2)
}
