//! The noncentral t distribution, which says how likely a real difference is to be seen.
//!
//! P(T <= t) = ∫ Φ(t u - δ) f(u) du, with u = √(χ²/ν) (Johnson, Kotz and Balakrishnan 1995,
//! *Continuous Univariate Distributions* 2, chapter 31). Integrated over the logarithm of u by the
//! trapezoidal rule, which converges exponentially for such smooth bells (Trefethen and Weideman
//! 2014, *SIAM Review* 56, 385-458). Nothing is subtracted, so no digits are lost for any ν or δ.

use core::f64::consts::{LN_2, PI};

use super::{normal_two_sided_p, stirling_error};

/// Exponents below this add nothing to a float.
const NEGLIGIBLE: f64 = -45.0;

/// The most terms of the sum: a guard, not a limit that is met.
const MAX_TERMS: u32 = 200_000;

/// P(T <= t) for `df > 0` degrees of freedom, t >= 0 and a shift of at least 0.
pub(crate) fn noncentral_t_lower_tail(t: f64, df: f64, shift: f64) -> f64 {
    let bell = LogChi { df };
    // Below this u neither the bell nor Φ changes its shape any more: the rest is one exponential.
    let flat_from = -40.0 - t.max(1.0).ln();
    let low = bell.low_end().max(flat_from);
    let high = bell.high_end();
    let width = (2.0 * df).sqrt().recip().min(shift.max(1.0).recip());
    let step = (0.4 * width).min(0.1);
    let mut sum = 0.0;
    for term in 0..MAX_TERMS {
        let log_u = low + step * f64::from(term);
        if log_u > high {
            break;
        }
        sum += bell.density(log_u) * normal_lower_tail(t * log_u.exp() - shift);
    }
    let rest = bell.density(flat_from) / df * normal_lower_tail(-shift);
    let rest = if low > flat_from { 0.0 } else { rest };
    (sum * step + rest).clamp(0.0, 1.0)
}

/// P(Z <= z), with full relative precision far below 0.
pub(crate) fn normal_lower_tail(z: f64) -> f64 {
    let tail = normal_two_sided_p(z) / 2.0;
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The distribution of ln √(χ²/ν).
#[derive(Clone, Copy)]
struct LogChi {
    df: f64,
}

impl LogChi {
    fn density(self, log_u: f64) -> f64 {
        let half = self.df / 2.0;
        let scale = LN_2 + 0.5 * (half / (2.0 * PI)).ln() - stirling_error(half);
        (scale + self.exponent(log_u)).exp()
    }

    /// The exponent of the density, 0 at its top.
    fn exponent(self, log_u: f64) -> f64 {
        self.df * (log_u - (2.0 * log_u).exp_m1() / 2.0)
    }

    /// Where the bell has become negligible on the left: ν v ≈ [`NEGLIGIBLE`] far out, and
    /// -ν v² ≈ [`NEGLIGIBLE`] near the top; the nearer tail of the two is never cut.
    fn low_end(self) -> f64 {
        let mut low = -(-NEGLIGIBLE / self.df).sqrt();
        while self.exponent(low) > NEGLIGIBLE {
            low *= 1.5;
        }
        low
    }

    fn high_end(self) -> f64 {
        let mut high = (-NEGLIGIBLE / self.df).sqrt().min(1.0);
        while self.exponent(high) > NEGLIGIBLE {
            high *= 1.5;
        }
        high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_agree_with_forty_digits_of_mpmath() {
        for (t, df, shift, area) in [
            (1.9623_f64, 1050.67_f64, 3.24_f64, 0.100_801_569_953_236_38),
            (2.306_f64, 8_f64, 2.5_f64, 0.406_933_397_463_321_5),
            (12.706_f64, 1_f64, 3_f64, 0.813_889_000_017_125_4),
            (4.302_652_f64, 2_f64, 15_f64, 1.637_022_095_924_915_1e-5),
            (1.96_f64, 1e5_f64, 2.8_f64, 0.200_455_081_185_489_44),
            (3_f64, 5.5_f64, 0.2_f64, 0.980_017_385_381_958_9),
            (2.1_f64, 20_f64, 7_f64, 1.574_028_202_242_336_9e-6),
            (25.45_f64, 1.2_f64, 40_f64, 0.110_053_038_252_070_26),
        ] {
            let got = noncentral_t_lower_tail(t, df, shift);
            assert!(
                (got / area - 1.0).abs() < 1e-11,
                "{t} {df} {shift}: {got} is not {area}"
            );
        }
    }

    #[test]
    fn without_a_shift_it_is_students_t() {
        for (t, df) in [(0.5, 3.0), (1.96, 1000.0), (12.7, 1.0), (2.0, 1e8)] {
            let central = 1.0 - crate::distributions::student_two_sided_p(t, df) / 2.0;
            assert!((noncentral_t_lower_tail(t, df, 0.0) - central).abs() < 1e-12);
        }
    }
}
