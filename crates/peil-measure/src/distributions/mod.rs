//! The distributions behind the intervals and tests: normal, Student's t, beta, F and chi-squared.
//!
//! The inverse error function and the gamma functions come from `statrs`. The incomplete beta
//! function and everything that stands on it are ours: the general routines lose digits from a million
//! answers on and do not end at a hundred million. It is a binomial density in saddle-point form
//! (Loader 2000, *Fast and accurate computation of binomial probabilities*), which never subtracts
//! two large logarithms, over a continued fraction (`DiDonato` and Morris 1992, *ACM Transactions on
//! Mathematical Software* 18, 360-373, equation 9).

pub(crate) mod binomial;
mod noncentral_t;
mod normal;

pub(crate) use noncentral_t::{noncentral_t_lower_tail, normal_lower_tail};
pub(crate) use normal::normal_two_sided_p;

use core::f64::consts::{PI, SQRT_2};

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::{checked_gamma_ur, ln_gamma};

use crate::roots::newton;

/// Bracket for unknowns on a log or log-odds scale: the range of the floats themselves.
const WIDEST: f64 = 700.0;

/// The z with P(|Z| >= z) = `outside`.
pub(crate) fn normal_critical_value(outside: f64) -> f64 {
    SQRT_2 * erfc_inv(outside)
}

/// P(|T| >= |t|) for Student's t with `df > 0` degrees of freedom.
pub(crate) fn student_two_sided_p(t: f64, df: f64) -> f64 {
    let odds = t * t / df;
    Beta {
        a: df / 2.0,
        b: 0.5,
    }
    .below(1.0 / (1.0 + odds), odds / (1.0 + odds))
    .tail
}

/// P(F >= f) for an F distribution with `df1` and `df2` degrees of freedom, `f >= 0`.
pub(crate) fn f_upper_tail(f: f64, df1: f64, df2: f64) -> f64 {
    let (above, below) = (df1 * f, df2);
    let whole = above + below;
    Beta {
        a: df2 / 2.0,
        b: df1 / 2.0,
    }
    .below(below / whole, above / whole)
    .tail
}

/// P(X >= x) for a chi-squared distribution with `df > 0` degrees of freedom.
pub(crate) fn chi_squared_upper_tail(x: f64, df: f64) -> f64 {
    // Refused is only x = 0, where everything lies further away.
    checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(1.0)
}

/// P(Y >= `count`) for a negative binomial Y with `mean > 0` and size `size > 0`: its variance is
/// mean + mean²/size.
pub(crate) fn negative_binomial_upper_tail(count: f64, mean: f64, size: f64) -> f64 {
    if count <= 0.0 {
        return 1.0;
    }
    let whole = mean + size;
    Beta { a: count, b: size }
        .below(mean / whole, size / whole)
        .tail
}

/// The t with P(|T| >= t) = `outside`.
pub(crate) fn student_critical_value(outside: f64, df: f64) -> f64 {
    let beta = Beta {
        a: df / 2.0,
        b: 0.5,
    };
    let target = outside.ln();
    // In the logarithm of t the logarithm of the tail is nearly straight, for any df.
    let start = student_guess(normal_critical_value(outside), df).ln();
    let log_t = newton(-WIDEST / 2.0, WIDEST / 2.0, start, |log_t| {
        let odds = (2.0 * log_t).exp() / df;
        let Area { tail, density } = beta.below(1.0 / (1.0 + odds), odds / (1.0 + odds));
        (target - tail.ln(), 2.0 * density / tail)
    });
    log_t.exp()
}

/// Nearly the t that belongs to the normal z: the expansion of Cornish and Fisher (Abramowitz and
/// Stegun 1964, 26.7.5) where it is close, else z itself.
fn student_guess(z: f64, df: f64) -> f64 {
    let square = z * z;
    if square + 5.0 > df {
        return z;
    }
    let first = (square + 1.0) / 4.0;
    let second = ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    let fourth = ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0)
        / 92_160.0;
    z * (1.0 + (first + (second + (third + fourth / df) / df) / df) / df)
}

/// The p with P(B <= p) = `tail` for a beta distribution; `start` is a guess strictly between
/// 0 and 1.
pub(crate) fn beta_lower_quantile(tail: f64, a: f64, b: f64, start: f64) -> f64 {
    let beta = Beta { a, b };
    let target = tail.ln();
    let log_odds = newton(-WIDEST, WIDEST, start.ln() - (-start).ln_1p(), |log_odds| {
        let Area { tail, density } = beta.below(logistic(log_odds), logistic(-log_odds));
        (tail.ln() - target, density / tail)
    });
    logistic(log_odds)
}

/// The p with P(B >= p) = `tail` for a beta distribution; `start` as above.
pub(crate) fn beta_upper_quantile(tail: f64, a: f64, b: f64, start: f64) -> f64 {
    let mirrored = Beta { a: b, b: a };
    let target = tail.ln();
    let log_odds = newton(-WIDEST, WIDEST, start.ln() - (-start).ln_1p(), |log_odds| {
        let Area { tail, density } = mirrored.below(logistic(-log_odds), logistic(log_odds));
        (target - tail.ln(), density / tail)
    });
    logistic(log_odds)
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// A beta distribution with both parameters above zero.
#[derive(Clone, Copy)]
struct Beta {
    a: f64,
    b: f64,
}

/// The area of a beta distribution below a point, and its slope there.
struct Area {
    /// The regularised incomplete beta function.
    tail: f64,
    /// The derivative of `tail` with respect to the log-odds of the point: x^a y^b / B(a, b).
    density: f64,
}

impl Beta {
    /// The area below `x`; `y` is `1 - x`, given apart so that neither loses digits near 0.
    fn below(self, x: f64, y: f64) -> Area {
        if x <= 0.0 {
            return Area {
                tail: 0.0,
                density: 0.0,
            };
        }
        if y <= 0.0 {
            return Area {
                tail: 1.0,
                density: 0.0,
            };
        }
        let density = self.density(x, y);
        let is_left = x <= (self.a + 1.0) / (self.a + self.b + 2.0);
        let tail = if is_left {
            density / continued_fraction(self, x, y)
        } else {
            1.0 - density
                / continued_fraction(
                    Beta {
                        a: self.b,
                        b: self.a,
                    },
                    y,
                    x,
                )
        };
        Area {
            tail: tail.clamp(0.0, 1.0),
            density,
        }
    }

    /// x^a y^b / B(a, b) = ab/(a+b) times the binomial density of a out of a+b.
    fn density(self, x: f64, y: f64) -> f64 {
        let Self { a, b } = self;
        let n = a + b;
        let exponent = stirling_error(n)
            - stirling_error(a)
            - stirling_error(b)
            - deviance(a, n * x)
            - deviance(b, n * y);
        // b/n first: a · b would round twice when one of them is a half.
        exponent.exp() * (a * (b / n) / (2.0 * PI)).sqrt()
    }
}

/// The continued fraction K for which the area is x^a y^b / B(a, b) / K, by Lentz's method.
///
/// Converges for an `x` left of about the mean, in at most some √max(a, b) terms. `x` and `y` enter
/// apart, because with very many answers `x` alone is too close to 1.
fn continued_fraction(Beta { a, b }: Beta, x: f64, y: f64) -> f64 {
    const MAX_TERMS: u32 = 10_000_000;
    let distance = a * y - b * x + 1.0;
    let mut fraction = away_from_zero(a * distance / (a + 1.0));
    let (mut ahead, mut behind) = (fraction, 0.0);
    for term in 1..MAX_TERMS {
        let m = f64::from(term);
        let before = a + 2.0 * m - 1.0;
        let drift = m * (b - m) * x / before;
        let numerator = drift * ((a + m - 1.0) / before) * (a + b + m - 1.0) * x;
        let denominator = m + drift + (a + m) / (before + 2.0) * (distance + m * (1.0 + y));
        behind = 1.0 / away_from_zero(denominator + numerator * behind);
        ahead = away_from_zero(denominator + numerator / ahead);
        let change = ahead * behind;
        fraction *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    fraction
}

/// Lentz's method divides by its own terms; a zero is replaced by next to nothing.
fn away_from_zero(value: f64) -> f64 {
    const NEXT_TO_NOTHING: f64 = 1e-300;
    if value.abs() < NEXT_TO_NOTHING {
        NEXT_TO_NOTHING
    } else {
        value
    }
}

/// ln Γ(n+1) minus Stirling's formula (n + ½) ln n - n + ½ ln 2π.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * n.ln() + n - 0.5 * (2.0 * PI).ln();
    }
    let square = n * n;
    (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square)
            / square)
        / n
}

/// x ln(x/m) + m - x: how far a count `x` is from its expectation `m`, without cancellation.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() + m - x;
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut power = 2.0 * x * v;
    for term in 1..1000_u32 {
        power *= v * v;
        let longer = sum + power / f64::from(2 * term + 1);
        if (longer - sum).abs() <= f64::EPSILON * sum.abs() {
            return longer;
        }
        sum = longer;
    }
    sum
}

#[cfg(test)]
mod tests {
    //! Expected values: mpmath with 40 digits.

    use super::*;

    fn assert_close(got: f64, expected: f64) {
        assert!(
            (got - expected).abs() <= 1e-12 * expected.abs(),
            "{got} is not {expected}"
        );
    }

    #[test]
    fn normal_critical_values_hold_far_into_the_tail() {
        let table = [
            (0.5, 0.674_489_750_196_081_7),
            (0.2, 1.281_551_565_544_600_4),
            (0.05, 1.959_963_984_540_054_2),
            (0.001, 3.290_526_731_491_895),
            (1e-6, 4.891_638_475_698_59),
            (1e-10, 6.466_951_087_240_516),
        ];
        for (outside, z) in table {
            assert_close(normal_critical_value(outside), z);
        }
    }

    #[test]
    fn normal_p_values_hold_far_into_the_tail() {
        let table = [
            (0.0, 1.0),
            (0.1, 0.920_344_325_445_942),
            (1.0, 0.317_310_507_862_914_1),
            (1.202_343_033_970_279, 0.229_230_650_282_436_46),
            (2.0, 0.045_500_263_896_358_41),
            (5.0, 5.733_031_437_583_878e-7),
            (10.0, 1.523_970_604_832_105e-23),
            (35.0, 2.249_821_412_944_812_5e-268),
        ];
        for (z, p) in table {
            assert_close(normal_two_sided_p(z), p);
            assert_close(normal_two_sided_p(-z), p);
        }
        assert!(normal_two_sided_p(1e9) <= 0.0);
    }

    #[test]
    fn student_critical_values_hold_from_one_to_a_million_million_degrees_of_freedom() {
        let table = [
            (0.05, 1.0, 12.706_204_736_174_704),
            (0.001, 1.0, 636.619_248_768_719_6),
            (0.05, 2.5, 3.574_654_842_003_683),
            (0.05, 7.0, 2.364_624_251_592_785),
            (0.001, 30.0, 3.645_958_635_042_022),
            (0.01, 165.0, 2.605_953_790_686_187),
            (0.05, 1e4, 1.960_201_239_890_626),
            (0.001, 1e6, 3.290_536_461_248_691),
            (0.05, 1e8, 1.959_964_008_262_767),
            (0.001, 1e8, 3.290_526_828_789_204),
            (0.05, 1e12, 1.959_963_984_542_426_5),
        ];
        for (outside, df, t) in table {
            assert_close(student_critical_value(outside, df), t);
            assert_close(student_two_sided_p(t, df), outside);
        }
    }

    #[test]
    fn the_tails_of_f_and_chi_squared_hold_from_small_to_many_degrees_of_freedom() {
        for (f, df1, df2, p) in [
            (0.5_f64, 2.0, 47.25, 0.609_703_514_305_378_8),
            (3.5_f64, 2.0, 47.25, 0.038_242_732_123_407_492),
            (1.1_f64, 200.0, 1e6, 0.158_306_099_772_506_49),
            (12_f64, 4.0, 3.5, 0.023_800_632_193_509_322),
            (2.5_f64, 1.0, 1e8, 0.113_846_301_169_299_92),
            (40_f64, 3.0, 60.0, 2.501_285_713_130_409e-14),
        ] {
            assert_close(f_upper_tail(f, df1, df2), p);
        }
        for (x, df, p) in [
            (0.3_f64, 1.0, 0.583_882_420_770_365_1),
            (2.25_f64, 3.0, 0.522_167_189_535_391_3),
            (27.23_f64, 4.0, 1.785_991_750_626_378_5e-5),
            (512_f64, 500.0, 0.345_491_511_636_569_2),
            (480_f64, 499.0, 0.721_757_132_132_858_7),
            (900_f64, 2.0, 3.693_883_068_487_256e-196),
            (1e-8_f64, 1.0, 0.999_920_211_544_052_6),
        ] {
            assert_close(chi_squared_upper_tail(x, df), p);
        }
        assert!((chi_squared_upper_tail(0.0, 3.0) - 1.0).abs() <= 0.0);
        assert!((f_upper_tail(0.0, 3.0, 4.0) - 1.0).abs() <= 0.0);
    }

    #[test]
    fn a_beta_quantile_is_where_its_area_is() {
        for (a, b) in [(1.0, 1e8), (37.0, 16.0), (5e7, 5e7), (0.5, 0.5), (1e9, 2.0)] {
            for tail in [0.25, 0.025, 0.000_5] {
                let low = beta_lower_quantile(tail, a, b, a / (a + b));
                let high = beta_upper_quantile(tail, a, b, a / (a + b));
                assert!(0.0 < low && low < high && high <= 1.0, "{low} {high}");
                // 1 - high has too few digits left to check when high is next to 1.
                let below = Beta { a, b }.below(low, 1.0 - low).tail;
                assert!((below / tail - 1.0).abs() < 1e-5, "{below} is not {tail}");
            }
        }
    }

    #[test]
    fn the_beta_area_of_a_uniform_distribution_is_the_point_itself() {
        assert_close(Beta { a: 1.0, b: 1.0 }.below(0.3, 0.7).tail, 0.3);
        assert_close(beta_upper_quantile(0.2, 1.0, 1.0, 0.5), 0.8);
    }
}
