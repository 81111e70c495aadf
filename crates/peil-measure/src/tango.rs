//! Tango's score interval for a difference of paired proportions, which an NPS is.
//!
//! For a supposed difference D the number of detractors is estimated under that supposition, and
//! the observed difference is compared with D in standard errors that follow from it. The interval
//! holds every D that is within z. Source: Tango (1998), *Statistics in Medicine* 17, 891-908.

use crate::exact::real;
use crate::measured::Interval;
use crate::nps::Split;
use crate::roots::upward_crossing;

/// The interval in points, within ±100. Needs at least one answer.
pub(crate) fn score_interval(split: Split, z: f64) -> Interval {
    Interval {
        low: -upper_end(mirrored(split), z),
        high: upper_end(split, z),
    }
}

/// The same answers with promoters and detractors changed places: its NPS is the opposite one.
fn mirrored(split: Split) -> Split {
    Split {
        detractors: split.promoters,
        promoters: split.detractors,
        ..split
    }
}

/// The largest D within reach of the observed difference, in points.
fn upper_end(split: Split, z: f64) -> f64 {
    if split.promoters == split.n {
        return 100.0;
    }
    let (n, m, d) = (real(split.n), real(split.promoters), real(split.detractors));
    let beyond_reach = |supposed: f64| {
        let distance = n * supposed - (m - d);
        distance - z * (n * supposed_variance(n, m, d, supposed)).sqrt()
    };
    let (near, far) = neighbourhood(n, m, d, z);
    let (low, high) = if beyond_reach(near) < 0.0 && beyond_reach(far) > 0.0 {
        (near, far)
    } else {
        ((m - d) / n, 1.0)
    };
    100.0 * upward_crossing(low, high, beyond_reach)
}

/// Where the end usually is: close to that of the adjusted Wald interval.
fn neighbourhood(n: f64, m: f64, d: f64, z: f64) -> (f64, f64) {
    let padded = n + 3.0;
    let center = (m - d) / padded;
    let margin = z * (((m + d + 1.5) / padded - center * center) / padded).sqrt();
    let low = (center + 0.95 * margin).max((m - d) / n);
    (low, (center + 1.05 * margin).min(1.0))
}

/// The variance of one answer (-1, 0 or 1) if the true difference were `supposed`.
fn supposed_variance(n: f64, m: f64, d: f64, supposed: f64) -> f64 {
    // The formula is written for D >= 0, where nothing in it cancels; below 0 the roles change.
    let (m, d, gap) = if supposed < 0.0 {
        (d, m, -supposed)
    } else {
        (m, d, supposed)
    };
    let least = gap * (1.0 - gap);
    let linear = (2.0 * n - m + d) * gap - d - m;
    let root = (linear * linear + 8.0 * n * d * least).sqrt();
    // The share of detractors is the larger root of 2n q² + linear·q - d·least = 0, each time in
    // the form without a subtraction.
    let detracting = if linear > 0.0 {
        2.0 * d * least / (linear + root)
    } else {
        (root - linear) / (4.0 * n)
    };
    2.0 * detracting + least
}

#[cfg(test)]
mod tests {
    use super::*;

    const Z: f64 = 1.959_963_984_540_054;

    fn split(detractors: u64, passives: u64, promoters: u64) -> Split {
        Split {
            n: detractors + passives + promoters,
            detractors,
            passives,
            promoters,
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
