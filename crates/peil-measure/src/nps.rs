//! The Net Promoter Score of one group, with three intervals.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::{real, real_product};
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::{Interval, Measured};
use crate::tango::score_interval;

/// How many detractors (0 to 6), passives (7 and 8) and promoters (9 and 10) answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Split {
    /// All answers.
    pub n: u64,
    /// Scores 0 to 6.
    pub detractors: u64,
    /// Scores 7 and 8.
    pub passives: u64,
    /// Scores 9 and 10.
    pub promoters: u64,
}

/// An NPS with its standard error, both in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NpsEstimate {
    pub(crate) nps: f64,
    pub(crate) se: f64,
}

impl Split {
    /// Splits the answers to the recommendation question.
    ///
    /// ```
    /// use peil_measure::{Histogram, Split};
    ///
    /// let histogram = Histogram::from_counts(0, vec![0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 5])?;
    /// let split = Split::of(&histogram)?;
    /// assert_eq!((split.detractors, split.passives, split.promoters), (2, 3, 5));
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::NotRecommendationScale`] unless the scale is 0 to 10.
    pub fn of(histogram: &Histogram) -> Result<Self, MeasureError> {
        let (scale_min, scale_max) = (histogram.scale_min(), histogram.scale_max());
        if (scale_min, scale_max) != (0, 10) {
            return Err(MeasureError::NotRecommendationScale {
                scale_min,
                scale_max,
            });
        }
        let mut split = Self {
            n: histogram.n(),
            detractors: 0,
            passives: 0,
            promoters: 0,
        };
        for (score, count) in histogram.iter() {
            match score {
                0..=6 => split.detractors += count,
                7 | 8 => split.passives += count,
                _ => split.promoters += count,
            }
        }
        Ok(split)
    }

    /// The plain estimate with the Wald standard error; nothing without answers.
    pub(crate) fn wald(self) -> Option<NpsEstimate> {
        let (promoters, detractors) = (i128::from(self.promoters), i128::from(self.detractors));
        (self.n > 0).then(|| estimate(promoters, detractors, self.n.into(), real(self.n)))
    }

    /// The estimate after adding three imaginary answers: ¾ promoter, 1½ passive, ¾ detractor.
    /// Counted in quarter answers, so that it stays exact.
    pub(crate) fn adjusted(self) -> Option<NpsEstimate> {
        let quarters = |count: u64, added: i128| 4 * i128::from(count) + added;
        let (promoters, detractors) = (quarters(self.promoters, 3), quarters(self.detractors, 3));
        (self.n > 0).then(|| {
            estimate(
                promoters,
                detractors,
                quarters(self.n, 12),
                real(self.n) + 3.0,
            )
        })
    }
}

/// The estimate from parts of any size that add up to `whole`, standing on `n` answers.
fn estimate(promoters: i128, detractors: i128, whole: i128, n: f64) -> NpsEstimate {
    let difference = promoters - detractors;
    // The variance of one answer is p_m + p_d - (p_m - p_d)²; times whole² it is an integer.
    let variance = whole * (promoters + detractors) - difference * difference;
    let whole = real_product(whole);
    NpsEstimate {
        nps: 100.0 * real_product(difference) / whole,
        se: 100.0 * (real_product(variance) / n).sqrt() / whole,
    }
}

/// The outcome of [`nps`]. Points run from -100 to 100; without answers they are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Nps {
    /// The counts behind it.
    #[serde(flatten)]
    pub split: Split,
    /// 100 (promoters - detractors) / n, in points.
    pub nps: Option<f64>,
    /// 100 √(v/n) with v = `p_m` + `p_d` - (`p_m` - `p_d`)², in points.
    pub se: Option<f64>,
    /// nps ± z · se, in points; may reach beyond ±100 and has no width when all agree.
    pub ci_wald: Option<Interval>,
    /// The Wald interval around the adjusted estimate, cut off at ±100.
    pub ci_adjusted: Option<Interval>,
    /// Tango's score interval, in points, within ±100: the one to print.
    pub ci_score: Option<Interval>,
}

impl Nps {
    /// What a page may print: the score with Tango's interval, from `needed` answers on.
    ///
    /// ```
    /// use peil_measure::{Histogram, Level, Measured, MINIMUM_PEOPLE, nps};
    ///
    /// let nobody = nps(&Histogram::recommendation(), Level::default())?;
    /// assert_eq!(nobody.measured(MINIMUM_PEOPLE), Measured::None);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn measured(&self, needed: u64) -> Measured {
        Measured::decide(self.split.n, needed, self.nps.zip(self.ci_score))
    }
}

/// The Net Promoter Score: how many percentage points more promoters than detractors.
///
/// NPS = 100 (m - d) / n for m promoters and d detractors among n answers, in points. Three
/// intervals: Wald; adjusted Wald after three imaginary answers (Bonett and Price 2012); and the
/// score interval of Tango (1998), which holds its level in small and one-sided samples and never
/// leaves ±100.
///
/// ```
/// use peil_measure::{Histogram, Level, nps};
///
/// let histogram = Histogram::from_counts(0, vec![4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75])?;
/// let score = nps(&histogram, Level::default())?;
///
/// assert_eq!((score.split.promoters, score.split.detractors, score.split.n), (150, 56, 312));
/// assert!((score.nps.unwrap_or(0.0) - 30.128).abs() < 0.001);
/// let interval = score.ci_score.ok_or("no answers")?;
/// assert!((interval.low - 21.510).abs() < 0.001 && (interval.high - 38.228).abs() < 0.001);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotRecommendationScale`] unless the scale is 0 to 10.
///
/// # Sources
/// Reichheld (2003), *Harvard Business Review* 81(12); Rocks (2016), *The American Statistician*
/// 70(4), 365-372; Bonett and Price (2012), *Journal of Educational and Behavioral Statistics*
/// 37(4), 479-488; Tango (1998), *Statistics in Medicine* 17, 891-908.
pub fn nps(histogram: &Histogram, level: Level) -> Result<Nps, MeasureError> {
    let split = Split::of(histogram)?;
    let wald = split.wald();
    let z = level.z();
    Ok(Nps {
        split,
        nps: wald.map(|wald| wald.nps),
        se: wald.map(|wald| wald.se),
        ci_wald: wald.map(|wald| Interval::around(wald.nps, z * wald.se)),
        ci_adjusted: split
            .adjusted()
            .map(|adjusted| Interval::around(adjusted.nps, z * adjusted.se).clipped(100.0)),
        ci_score: (split.n > 0).then(|| score_interval(split, z)),
    })
}
