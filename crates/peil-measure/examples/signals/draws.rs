//! Series of counts by chance, as they might come in: the same seed gives the same series.

use peil_measure::Tally;

/// Chance with a seed (Steele, Lea and Flood 2014, as in the library itself).
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A number between 0 and 1, never 0.
    pub(crate) fn even(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bits = u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or(0);
        (f64::from(bits) + 0.5) / 4_294_967_296.0
    }

    fn normal(&mut self) -> f64 {
        let (radius, turn) = (self.even(), self.even());
        (-2.0 * radius.ln()).sqrt() * (core::f64::consts::TAU * turn).cos()
    }

    /// Gamma with mean 1 and this variance (Marsaglia and Tsang 2000).
    fn gamma(&mut self, variance: f64) -> f64 {
        let shape = 1.0 / variance;
        let lifted = if shape < 1.0 { shape + 1.0 } else { shape };
        let d = lifted - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.even().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                let drawn = if shape < 1.0 {
                    d * v * self.even().powf(1.0 / shape)
                } else {
                    d * v
                };
                return drawn / shape;
            }
        }
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut count, mut left) = (0, mean);
        loop {
            left += self.even().ln();
            if left <= 0.0 {
                return count;
            }
            count += 1;
        }
    }

    /// A count with this mean and a variance of mean + dispersion · mean².
    fn count(&mut self, mean: f64, dispersion: f64) -> u64 {
        let level = if dispersion > 0.0 {
            self.gamma(dispersion)
        } else {
            1.0
        };
        self.poisson(mean * level)
    }
}

/// How a series behaves while nothing is going on.
#[derive(Clone, Copy)]
pub(crate) struct Nature {
    pub(crate) name: &'static str,
    /// Mentions in an ordinary week.
    pub(crate) mean: f64,
    pub(crate) dispersion: f64,
    /// How far the rate goes up and down in a year, as a share.
    pub(crate) season: f64,
    /// How many times as many answers there are after two years.
    pub(crate) growth: f64,
    /// The share of weeks in which nobody says it.
    pub(crate) silent: f64,
}

/// A series of `weeks`; from `change` on the rate is `times` as high.
pub(crate) fn series(
    nature: &Nature,
    weeks: usize,
    change: Option<(usize, f64)>,
    draws: &mut Draws,
) -> Vec<Tally> {
    const ANSWERS: f64 = 200.0;
    let start = draws.even();
    (0..weeks)
        .map(|week| {
            let years = f64::from(u32::try_from(week).unwrap_or(0)) / 52.0;
            let growth = nature.growth.powf(years / 2.0);
            let answers = draws.count(ANSWERS * growth, 0.01);
            let turn = core::f64::consts::TAU * (years + start);
            let mut mean = nature.mean * f64::from(u32::try_from(answers).unwrap_or(0)) / ANSWERS;
            mean *= 1.0 + nature.season * turn.sin();
            if nature.silent > 0.0 {
                mean = if draws.even() < nature.silent {
                    0.0
                } else {
                    mean / (1.0 - nature.silent)
                };
            }
            if let Some((from, times)) = change
                && week >= from
            {
                mean *= times;
            }
            Tally::new(draws.count(mean, nature.dispersion), answers)
        })
        .collect()
}
