//! The binomial distribution: its tails, and the exact two-sided test that stands on them.

use core::f64::consts::PI;

use super::{Beta, deviance, stirling_error};
use crate::exact::real;

/// So many trials with a chance `p` of success each; `q` is `1 - p`, given apart so that neither
/// loses digits near 0. Both are above zero.
#[derive(Clone, Copy)]
pub(crate) struct Binomial {
    pub(crate) trials: u64,
    pub(crate) p: f64,
    pub(crate) q: f64,
}

impl Binomial {
    /// P(X <= hits).
    pub(crate) fn at_most(self, hits: u64) -> f64 {
        if hits >= self.trials {
            return 1.0;
        }
        let area = Beta {
            a: real(self.trials - hits),
            b: real(hits + 1),
        };
        area.below(self.q, self.p).tail
    }

    /// P(X >= hits).
    pub(crate) fn at_least(self, hits: u64) -> f64 {
        self.mirrored().at_most(self.trials.saturating_sub(hits))
    }

    /// The probability of everything that is at most as likely as `hits` (R's `binom.test`).
    pub(crate) fn two_sided_p(self, hits: u64) -> f64 {
        let expected = real(self.trials) * self.p;
        if real(hits) > expected {
            return self
                .mirrored()
                .two_sided_p(self.trials.saturating_sub(hits));
        }
        if real(hits) >= expected {
            return 1.0;
        }
        // Likelihoods that differ by less are equal; R has the same slack.
        let limit = self.ln_density(hits) + 1e-7;
        // Above the expectation the likelihood falls: find where it falls below the limit.
        let (mut above, mut far) = (hits, self.trials + 1);
        while far - above > 1 {
            let middle = above + (far - above) / 2;
            let is_as_unlikely = real(middle) >= expected && self.ln_density(middle) <= limit;
            if is_as_unlikely {
                far = middle;
            } else {
                above = middle;
            }
        }
        let upper = if far > self.trials {
            0.0
        } else {
            self.at_least(far)
        };
        (self.at_most(hits) + upper).min(1.0)
    }

    /// Failures for successes.
    fn mirrored(self) -> Self {
        Self {
            trials: self.trials,
            p: self.q,
            q: self.p,
        }
    }

    /// ln P(X = hits), in saddle-point form (Loader 2000).
    fn ln_density(self, hits: u64) -> f64 {
        let n = real(self.trials);
        let (x, y) = (real(hits), real(self.trials - hits));
        if hits == 0 {
            return n * ln_of_rest(self.p, self.q);
        }
        if hits == self.trials {
            return n * ln_of_rest(self.q, self.p);
        }
        stirling_error(n)
            - stirling_error(x)
            - stirling_error(y)
            - deviance(x, n * self.p)
            - deviance(y, n * self.q)
            + 0.5 * (n / (2.0 * PI * x * y)).ln()
    }
}

/// ln of 1 - `part`, where `rest` is 1 - `part`.
fn ln_of_rest(part: f64, rest: f64) -> f64 {
    if part < 0.5 {
        (-part).ln_1p()
    } else {
        rest.ln()
    }
}

#[cfg(test)]
mod tests {
    //! Expected values: `SciPy`'s `binomtest`, and exact sums by hand.

    use super::*;

    #[test]
    fn two_sided_p_values_add_up_what_is_as_unlikely() {
        let fair = |trials| Binomial {
            trials,
            p: 0.5,
            q: 0.5,
        };
        assert!((fair(10).two_sided_p(2) - 112.0 / 1024.0).abs() < 1e-14);
        assert!((fair(10).two_sided_p(8) - 112.0 / 1024.0).abs() < 1e-14);
        assert!((fair(10).two_sided_p(5) - 1.0).abs() < 1e-14);
        let skewed = Binomial {
            trials: 12,
            p: 0.25,
            q: 0.75,
        };
        // Only 0 is as unlikely as 7 or more: 0.75^12 = 0.0317 is more likely than 7.
        assert!((skewed.two_sided_p(7) - 0.014_252_781_867_980_957).abs() < 1e-14);
    }

    #[test]
    fn tails_hold_for_a_hundred_million_trials() {
        let many = Binomial {
            trials: 100_000_000,
            p: 0.3,
            q: 0.7,
        };
        let p = many.two_sided_p(30_010_000);
        assert!((p - 0.029_096_4).abs() < 1e-5, "{p}");
        assert!((many.at_most(30_010_000) + many.at_least(30_010_001) - 1.0).abs() < 1e-12);
    }
}
