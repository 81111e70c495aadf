//! Customer satisfaction as a top-box share.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::share;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::{Interval, Measured};
use crate::proportion::wilson;

/// The outcome of [`csat`]: fractions from 0 to 1, `None` without answers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Csat {
    /// All answers.
    pub n: u64,
    /// Answers in the top box.
    pub top_n: u64,
    /// `top_n` / n.
    pub share: Option<f64>,
    /// Wilson's score interval.
    pub ci_wilson: Option<Interval>,
}

impl Csat {
    /// What a page may print: the share with its interval, from `needed` answers on.
    ///
    /// ```
    /// use peil_measure::{Histogram, Level, Measured, csat};
    ///
    /// let nobody = csat(&Histogram::empty(1, 5)?, 2, Level::default())?;
    /// assert_eq!(nobody.measured(5), Measured::None);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn measured(&self, needed: u64) -> Measured {
        Measured::decide(self.n, needed, self.share.zip(self.ci_wilson))
    }
}

/// The share of satisfied customers: those who gave one of the `top` highest scores.
///
/// On a five-point scale `top` is commonly 2 ("satisfied" and "very satisfied").
///
/// ```
/// use peil_measure::{Histogram, Level, csat};
///
/// let histogram = Histogram::from_counts(1, vec![3, 5, 12, 40, 30])?;
/// let satisfied = csat(&histogram, 2, Level::default())?;
///
/// assert_eq!((satisfied.top_n, satisfied.n), (70, 90));
/// let interval = satisfied.ci_wilson.ok_or("no answers")?;
/// assert!((interval.low - 0.6815).abs() < 1e-4 && (interval.high - 0.8513).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`MeasureError::TopOutsideScale`] unless `1 <= top <=` the number of scores.
///
/// # Sources
/// Wilson (1927), *Journal of the American Statistical Association* 22, 209-212.
pub fn csat(histogram: &Histogram, top: usize, level: Level) -> Result<Csat, MeasureError> {
    let (n, top_n) = (histogram.n(), histogram.top_count(top)?);
    Ok(Csat {
        n,
        top_n,
        share: share(top_n, n),
        ci_wilson: (n > 0).then(|| wilson(top_n, n, level.z())),
    })
}
