//! How many answers are needed, and how many people to invite for them.

use serde::Serialize;

use super::power;
use crate::distributions::normal_critical_value;
use crate::error::MeasureError;
use crate::exact::real;
use crate::level::Level;

/// Shares of promoters and detractors that are expected; together at most 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NpsShares {
    promoters: f64,
    detractors: f64,
}

impl NpsShares {
    /// Takes both shares as fractions.
    ///
    /// ```
    /// use peil_measure::NpsShares;
    ///
    /// assert!(NpsShares::new(0.45, 0.15).is_ok());
    /// assert!(NpsShares::new(0.7, 0.4).is_err());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NotProbability`] when a share, or both together, are not from 0 to 1.
    pub fn new(promoters: f64, detractors: f64) -> Result<Self, MeasureError> {
        require_share("p_promoter", promoters)?;
        require_share("p_detractor", detractors)?;
        // Tenths and thirds may add up to a hair more than 1.
        let both = promoters + detractors;
        if both > 1.0 + 1e-9 {
            return Err(MeasureError::NotProbability {
                input: "p_promoter + p_detractor",
                value: both,
            });
        }
        Ok(Self {
            promoters,
            detractors,
        })
    }

    /// The shares behind an NPS in points, with this share of passives.
    ///
    /// An extreme NPS leaves no room for many passives; there are then as many as fit.
    ///
    /// ```
    /// use peil_measure::NpsShares;
    ///
    /// assert_eq!(NpsShares::of_nps(25.0, 0.5)?, NpsShares::new(0.375, 0.125)?);
    /// assert_eq!(NpsShares::of_nps(100.0, 0.4)?, NpsShares::new(1.0, 0.0)?);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NotProbability`] for a share that is none, and for an NPS beyond ±100.
    pub fn of_nps(points: f64, passives: f64) -> Result<Self, MeasureError> {
        require_share("passives", passives)?;
        let net = points / 100.0;
        require_share("nps", net.abs())?;
        let others = (1.0 - passives).max(net.abs());
        let promoters = f64::midpoint(others, net);
        Self::new(promoters, others - promoters)
    }

    /// Promoters minus detractors, a fraction.
    fn difference(self) -> f64 {
        self.promoters - self.detractors
    }

    /// The variance of one answer that counts 1, 0 or -1.
    fn variance(self) -> f64 {
        (self.promoters + self.detractors - self.difference().powi(2)).max(0.0)
    }
}

/// What a sample is to achieve.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum SampleGoal {
    /// A share with a margin of ± `margin`, both fractions, by the Wald interval.
    ShareMargin {
        /// Half the width of the interval.
        margin: f64,
        /// The share that is expected; 0.5 is the safe guess.
        share: f64,
        /// The confidence level.
        level: Level,
        /// How many people there are in all.
        population: Option<u64>,
    },
    /// A share with a margin of ± `margin`, by Wilson's interval.
    ShareMarginWilson {
        /// Half the width of the interval.
        margin: f64,
        /// The share that is expected.
        share: f64,
        /// The confidence level.
        level: Level,
    },
    /// An NPS with a margin of ± `margin` points.
    NpsMargin {
        /// Half the width of the interval, in points.
        margin: f64,
        /// The shares that are expected.
        shares: NpsShares,
        /// The confidence level.
        level: Level,
        /// How many people there are in all.
        population: Option<u64>,
    },
    /// A mean with a margin of ± `margin` scale units.
    MeanMargin {
        /// Half the width of the interval.
        margin: f64,
        /// The standard deviation that is expected.
        sd: f64,
        /// The confidence level.
        level: Level,
        /// How many people there are in all.
        population: Option<u64>,
    },
    /// Seeing the difference between two shares, by the pooled z test.
    TwoShares {
        /// The first share.
        first: f64,
        /// The second share.
        second: f64,
        /// The probability of seeing the difference.
        power: f64,
        /// The probability of seeing one that is not there.
        alpha: f64,
    },
    /// Seeing a difference of `difference` between two means, by Student's t test.
    TwoMeans {
        /// The difference, in scale units.
        difference: f64,
        /// The standard deviation within each group.
        sd: f64,
        /// The probability of seeing the difference.
        power: f64,
        /// The probability of seeing one that is not there.
        alpha: f64,
    },
    /// Seeing the difference between the NPS of two groups, by the unpooled z test.
    TwoNps {
        /// The shares that are expected in the first group.
        first: NpsShares,
        /// The shares that are expected in the second group.
        second: NpsShares,
        /// The probability of seeing the difference.
        power: f64,
        /// The probability of seeing one that is not there.
        alpha: f64,
    },
}

/// The outcome of [`sample_size`]; per group when there are two. `None` when no number of answers
/// is enough, because there is no difference to see.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SampleSize {
    /// The exact solution, usually not a whole number.
    pub n_raw: Option<f64>,
    /// The answers needed.
    pub n: Option<u64>,
    /// The invitations that bring so many answers; `None` when the response rate is not known or 0.
    pub invitations: Option<u64>,
}

/// How many answers can come from `people` people who answer at this rate: rounded down.
///
/// ```
/// assert_eq!(peil_measure::reachable_answers(799, 0.25)?, 199);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotProbability`] for a rate that is no share.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of a whole number is never larger or below zero"
)]
pub fn reachable_answers(people: u64, response_rate: f64) -> Result<u64, MeasureError> {
    require_share("response_rate", response_rate)?;
    Ok((real(people) * response_rate + 1e-9).floor() as u64)
}

/// How many answers a goal needs, and with a response rate, how many invitations.
///
/// Margins: n = z² S² / (margin² + z² S² / N), with S² = p (1-p) N / (N-1) for a share; Wilson's
/// margin is solved for n.
/// Comparisons: the n at which the test has the power asked for. For two shares and two means only
/// the tail on the side of the difference counts, for two NPS both do.
///
/// ```
/// use peil_measure::{Level, SampleGoal, sample_size};
///
/// let goal = SampleGoal::ShareMargin {
///     margin: 0.05, share: 0.5, level: Level::default(), population: None,
/// };
/// let needed = sample_size(goal, Some(0.2))?;
/// assert_eq!((needed.n, needed.invitations), (Some(385), Some(1925)));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotProbability`] and [`MeasureError::NumberOutOfRange`] for what is no share,
/// margin, standard deviation, power or error rate.
///
/// # Sources
/// Valliant, Dever and Kreuter (2018), *Practical Tools for Designing and Weighting Survey
/// Samples*, chapter 3; Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and
/// Proportions*, chapter 4; Cohen (1988), *Statistical Power Analysis*.
pub fn sample_size(
    goal: SampleGoal,
    response_rate: Option<f64>,
) -> Result<SampleSize, MeasureError> {
    if let Some(rate) = response_rate {
        require_share("response_rate", rate)?;
    }
    let n_raw = match goal {
        SampleGoal::TwoShares {
            first,
            second,
            power,
            alpha,
        } => two_shares(first, second, power, alpha)?,
        SampleGoal::TwoMeans {
            difference,
            sd,
            power,
            alpha,
        } => {
            require_test(power, alpha)?;
            require_above_zero("sd", sd)?;
            require_finite("delta", difference)?;
            let effect = (difference / sd).abs();
            (effect > 0.0).then(|| power::two_means(effect, power, alpha))
        }
        SampleGoal::TwoNps {
            first,
            second,
            power,
            alpha,
        } => {
            require_test(power, alpha)?;
            let difference = (second.difference() - first.difference()).abs();
            let effect = difference / (first.variance() + second.variance()).sqrt();
            (difference > 1e-12).then(|| power::normal_both_tails(effect, power, alpha))
        }
        margin => Some(for_margin(margin)?),
    };
    let n_raw = n_raw.filter(|n| n.is_finite());
    let n = n_raw.map(whole_above);
    let invitations = n
        .zip(response_rate.filter(|rate| *rate > 0.0))
        .map(|(n, rate)| whole_above(real(n) / rate));
    Ok(SampleSize {
        n_raw,
        n,
        invitations,
    })
}

/// The n for a margin.
fn for_margin(goal: SampleGoal) -> Result<f64, MeasureError> {
    let (margin, variance, level, population) = match goal {
        SampleGoal::ShareMarginWilson {
            margin,
            share,
            level,
        } => {
            require_share("p", share)?;
            require_above_zero("moe", margin)?;
            let variance = share * (1.0 - share);
            let square = margin * margin;
            let root = (square - variance * (4.0 * square - variance))
                .max(0.0)
                .sqrt();
            let excess = variance - 2.0 * square + root;
            return Ok((level.z().powi(2) * excess / (2.0 * square)).max(0.0));
        }
        SampleGoal::ShareMargin {
            margin,
            share,
            level,
            population,
        } => {
            require_share("p", share)?;
            require_above_zero("moe", margin)?;
            let needed = level.z().powi(2) * share * (1.0 - share);
            return Ok(match population.map(real) {
                // Both sides of the formula times N - 1, so that one person is no exception.
                Some(size) if needed > 0.0 && size > 0.0 => {
                    size * needed / ((size - 1.0) * margin * margin + needed)
                }
                Some(_) => 0.0,
                None => needed / (margin * margin),
            });
        }
        SampleGoal::NpsMargin {
            margin,
            shares,
            level,
            population,
        } => (margin / 100.0, shares.variance(), level, population),
        SampleGoal::MeanMargin {
            margin,
            sd,
            level,
            population,
        } => {
            if sd < 0.0 || !sd.is_finite() {
                return Err(out_of_range("sd", sd, "a finite number from 0 up"));
            }
            (margin, sd * sd, level, population)
        }
        SampleGoal::TwoShares { .. } | SampleGoal::TwoMeans { .. } | SampleGoal::TwoNps { .. } => {
            return Ok(0.0);
        }
    };
    require_above_zero("moe", margin)?;
    let endless = level.z().powi(2) * variance / (margin * margin);
    Ok(match population.map(real) {
        Some(size) if size > 0.0 => endless / (1.0 + endless / size),
        Some(_) => 0.0,
        None => endless,
    })
}

fn two_shares(
    first: f64,
    second: f64,
    power: f64,
    alpha: f64,
) -> Result<Option<f64>, MeasureError> {
    require_test(power, alpha)?;
    require_share("p1", first)?;
    require_share("p2", second)?;
    let difference = (second - first).abs();
    let middle = first.midpoint(second);
    let pooled = (2.0 * middle * (1.0 - middle)).sqrt();
    let apart = (first * (1.0 - first) + second * (1.0 - second)).sqrt();
    let z_power = if power < 0.5 {
        -normal_critical_value(2.0 * power)
    } else {
        normal_critical_value(2.0 * (1.0 - power))
    };
    let reach = normal_critical_value(alpha) * pooled + z_power * apart;
    Ok((difference > 0.0).then(|| (reach.max(0.0) / difference).powi(2)))
}

/// The whole number from here up; a hair above a whole number counts as that number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast ends at the largest whole number, and nothing here is below zero"
)]
fn whole_above(n: f64) -> u64 {
    (n - 1e-9).ceil().max(0.0) as u64
}

fn require_test(power: f64, alpha: f64) -> Result<(), MeasureError> {
    for (input, value) in [("power", power), ("alpha", alpha)] {
        if !(value > 0.0 && value < 1.0) {
            return Err(out_of_range(input, value, "strictly between 0 and 1"));
        }
    }
    Ok(())
}

fn require_share(input: &'static str, value: f64) -> Result<(), MeasureError> {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    Err(MeasureError::NotProbability { input, value })
}

fn require_above_zero(input: &'static str, value: f64) -> Result<(), MeasureError> {
    if value > 0.0 && value.is_finite() {
        return Ok(());
    }
    Err(out_of_range(input, value, "a finite number above 0"))
}

fn require_finite(input: &'static str, value: f64) -> Result<(), MeasureError> {
    if value.is_finite() {
        return Ok(());
    }
    Err(out_of_range(input, value, "a finite number"))
}

fn out_of_range(input: &'static str, value: f64, expected: &'static str) -> MeasureError {
    MeasureError::NumberOutOfRange {
        input,
        value,
        expected,
    }
}
