//! How likely a difference of a given size is to be seen with n answers per group, and the n that
//! is needed for it.

use crate::distributions::{
    noncentral_t_lower_tail, normal_critical_value, normal_lower_tail, student_critical_value,
};
use crate::roots::bisect;

/// More answers than anyone asks for; n is looked for below.
const MOST: f64 = 1e18;

/// The n per group with which a t test of two groups sees a difference of `effect` standard
/// deviations with this power; only the tail on the side of the difference counts.
pub(super) fn two_means(effect: f64, power: f64, alpha: f64) -> f64 {
    let missed = 1.0 - power;
    // On the logarithm of n - 1, half the degrees of freedom.
    let is_too_few = |log_spare: f64| {
        let spare = log_spare.exp();
        let shift = effect * 1.0_f64.midpoint(spare).sqrt();
        let df = 2.0 * spare;
        noncentral_t_lower_tail(student_critical_value(alpha, df), df, shift) > missed
    };
    1.0 + bisect(1e-3_f64.ln(), MOST.ln(), is_too_few).exp()
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
