//! Tango's score interval for a difference of paired proportions, which an NPS is.
//!
//! For a supposed difference D the number of detractors is estimated under that supposition, and
//! the observed difference is compared with D in standard errors that follow from it. The interval
//! holds every D that is within z. Source: Tango (1998), *Statistics in Medicine* 17, 891-908.
//!
//! Both ends come from Newton's steps with the slope written out. The variance at the observed
//! difference, and how it starts to change there, give a guess so near that two steps are enough
//! as a rule.

use crate::exact::real;
use crate::measured::Interval;
use crate::nps::Split;

/// The interval in points, within ±100. Needs at least one answer.
pub(crate) fn score_interval(split: Split, z: f64) -> Interval {
    /// Newton needs a few steps; so many halvings reach every float.
    const MAX_STEPS: u32 = 200;
    let observed = Counts {
        n: real(split.n),
        m: real(split.promoters),
        d: real(split.detractors),
    };
    let (below, above) = observed.guess(z);
    // The lower end is the upper one of the opposite. Both at once keep the processor busy.
    let mut low = UpperEnd::near(observed.mirrored(), -below);
    let mut high = UpperEnd::near(observed, above);
    for _ in 0..MAX_STEPS {
        if low.approach(z) & high.approach(z) {
            break;
        }
    }
    Interval {
        low: -100.0 * low.at,
        high: 100.0 * high.at,
    }
}

/// Of `n` answers `m` promoters and `d` detractors.
#[derive(Clone, Copy)]
struct Counts {
    n: f64,
    m: f64,
    d: f64,
}

/// The variance of one answer (-1, 0 or 1) under a supposed difference.
struct Variance {
    value: f64,
    slope: f64,
    /// About how far around the slope changes smoothly.
    room: f64,
}

/// By how many answers a supposed difference lies out of reach.
struct Excess {
    value: f64,
    slope: f64,
    room: f64,
}

impl Counts {
    /// Promoters and detractors with changed places: the NPS is the opposite one.
    fn mirrored(self) -> Self {
        Self {
            m: self.d,
            d: self.m,
            ..self
        }
    }

    /// About where the ends are: the quadratic that remains when the variance changes in a straight
    /// line.
    fn guess(self, z: f64) -> (f64, f64) {
        let center = (self.m - self.d) / self.n;
        let variance = self.variance(center);
        let part = z * z * variance.slope;
        let root = (part * part + 4.0 * self.n * z * z * variance.value).sqrt();
        let twice = 2.0 * self.n;
        (
            center + (part - root) / twice,
            center + (part + root) / twice,
        )
    }

    /// How far `supposed` lies beyond z standard errors above the observed difference.
    fn excess(self, z: f64, supposed: f64) -> Excess {
        let variance = self.variance(supposed);
        let margin = z * (self.n * variance.value).sqrt();
        let distance = self.n * supposed - (self.m - self.d);
        // The margin is z √(n v); its slope z n v'/(2 √(n v)) is margin v'/(2 v).
        let slope = self.n - margin * variance.slope / (2.0 * variance.value);
        let to_edge = (1.0 - supposed.abs()).min(distance / self.n);
        Excess {
            value: distance - margin,
            slope,
            room: to_edge.min(variance.room),
        }
    }

    /// The variance of one answer if the true difference were `supposed`.
    fn variance(self, supposed: f64) -> Variance {
        // The formula is written for D >= 0, where nothing in it cancels; below 0 the roles change.
        if supposed < 0.0 {
            let mirrored = self.mirrored().variance_above(-supposed);
            return Variance {
                slope: -mirrored.slope,
                ..mirrored
            };
        }
        self.variance_above(supposed)
    }

    fn variance_above(self, gap: f64) -> Variance {
        let Self { n, m, d } = self;
        let least = gap * (1.0 - gap);
        let per_gap = 2.0 * n - m + d;
        let linear = per_gap * gap - d - m;
        let root = (linear * linear + 8.0 * n * d * least).sqrt();
        // The share of detractors is the larger root of 2n q² + linear·q - d·least = 0, each time
        // in the form without a subtraction.
        let detracting = if linear > 0.0 {
            2.0 * d * least / (linear + root)
        } else {
            (root - linear) / (4.0 * n)
        };
        let change = (d * (1.0 - 2.0 * gap) - per_gap * detracting) / root;
        Variance {
            value: 2.0 * detracting + least,
            slope: 2.0 * change + 1.0 - 2.0 * gap,
            room: root / (2.0 * n),
        }
    }
}

/// The largest difference within reach of the observed one, from -1 to 1, while it is sought.
struct UpperEnd {
    counts: Counts,
    /// It lies between these.
    low: f64,
    high: f64,
    /// The best that is known.
    at: f64,
}

impl UpperEnd {
    fn near(counts: Counts, guess: f64) -> Self {
        let (low, high) = ((counts.m - counts.d) / counts.n, 1.0);
        let is_inside = guess > low && guess < high;
        Self {
            counts,
            low,
            high,
            at: if is_inside {
                guess
            } else {
                f64::midpoint(low, high)
            },
        }
    }

    /// A step of Newton, or halving where that would leave the bracket; the answer is whether too
    /// little is left to count.
    fn approach(&mut self, z: f64) -> bool {
        const TOO_LITTLE: f64 = 1e-15;
        if self.low >= self.high {
            return true;
        }
        let Excess { value, slope, room } = self.counts.excess(z, self.at);
        if value < 0.0 {
            self.low = self.at;
        } else {
            self.high = self.at;
        }
        let step = value / slope;
        let next = self.at - step;
        // What is left after a step is about its square over the distance to where the slope turns
        // sharply.
        if step * step <= TOO_LITTLE * room || step.abs() <= TOO_LITTLE {
            self.at = next.clamp(-1.0, 1.0);
            return true;
        }
        let is_inside = next > self.low && next < self.high;
        self.at = if is_inside {
            next
        } else {
            f64::midpoint(self.low, self.high)
        };
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distributions::normal_critical_value;
    use crate::roots::bisect;

    const Z: f64 = 1.959_963_984_540_054;

    fn split(detractors: u64, passives: u64, promoters: u64) -> Split {
        Split {
            n: detractors + passives + promoters,
            detractors,
            passives,
            promoters,
        }
    }

    /// As many situations as fit, from one answer to the most that there may be.
    fn situations() -> Vec<Split> {
        let sizes = [0, 1, 2, 7, 60, 5_000, 3_000_000, 250_000_000_000];
        let mut all = Vec::new();
        for detractors in sizes {
            for passives in sizes {
                all.extend(sizes.map(|promoters| split(detractors, passives, promoters)));
            }
        }
        all.retain(|split| split.n > 0);
        all
    }

    #[test]
    fn newton_ends_where_halving_does() {
        for split in situations() {
            for outside in [0.9, 0.2, 0.05, 1e-3, 1e-9] {
                let z = normal_critical_value(outside);
                let counts = Counts {
                    n: real(split.n),
                    m: real(split.promoters),
                    d: real(split.detractors),
                };
                let center = (counts.m - counts.d) / counts.n;
                let halved = if split.promoters == split.n {
                    1.0
                } else {
                    bisect(center, 1.0, |at| counts.excess(z, at).value < 0.0)
                };
                let high = score_interval(split, z).high;
                assert!(
                    (high - 100.0 * halved).abs() < 1e-10,
                    "{split:?} {z}: {high}"
                );
            }
        }
    }

    #[test]
    fn ends_are_exact_when_everyone_agrees() {
        assert!(score_interval(split(0, 0, 40), Z).high >= 100.0);
        assert!(score_interval(split(40, 0, 0), Z).low <= -100.0);
    }

    #[test]
    fn an_even_split_gives_a_symmetric_interval() {
        let interval = score_interval(split(17, 3, 17), Z);
        assert!((interval.low + interval.high).abs() < 1e-12);
    }

    #[test]
    fn only_passives_give_z_squared_over_n_plus_z_squared() {
        // With d = 0 and m = 0 the equation is n D = z √(n D (1 - D)).
        let expected = 100.0 * Z * Z / (11.0 + Z * Z);
        assert!((score_interval(split(0, 11, 0), Z).high - expected).abs() < 1e-9);
    }

    #[test]
    fn a_hundred_million_answers_meet_the_wald_interval() {
        let interval = score_interval(split(20_000_000, 30_000_000, 50_000_000), Z);
        let margin = 100.0 * Z * (0.61_f64 / 1e8).sqrt();
        assert!((interval.half_width() - margin).abs() < 1e-8);
    }
}
