//! The mean of a scale, such as a customer effort score.

use serde::Serialize;

use crate::exact::real;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::{Interval, Measured};

/// The outcome of [`mean`], in scale units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// All answers.
    pub n: u64,
    /// The mean score; `None` without answers.
    pub mean: Option<f64>,
    /// The standard deviation with divisor n - 1; `None` with fewer than two answers.
    pub sd: Option<f64>,
    /// sd / √n; `None` with fewer than two answers.
    pub se: Option<f64>,
    /// mean ± t · se with n - 1 degrees of freedom; `None` with fewer than two answers.
    pub ci: Option<Interval>,
}

impl Mean {
    /// What a page may print: the mean with its interval, from `needed` answers on.
    ///
    /// One answer has no interval, so it is never shown, whatever `needed` is.
    ///
    /// ```
    /// use peil_measure::{Histogram, Level, Measured, mean};
    ///
    /// let single = Histogram::from_counts(1, vec![0, 0, 1, 0, 0])?;
    /// let tile = mean(&single, Level::default()).measured(1);
    /// assert_eq!(tile, Measured::TooFew { n: 1, needed: 2 });
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn measured(&self, needed: u64) -> Measured {
        Measured::decide(self.n, needed, self.mean.zip(self.ci))
    }
}

/// The mean score with Student's t interval.
///
/// Standard error sd / √n with the sample standard deviation; interval mean ± t · se with n - 1
/// degrees of freedom. Without spread the interval has no width.
///
/// ```
/// use peil_measure::{Histogram, Level, mean};
///
/// let effort = Histogram::from_counts(1, vec![4, 6, 10, 22, 40, 51, 33])?;
/// let outcome = mean(&effort, Level::default());
///
/// let interval = outcome.ci.ok_or("fewer than two answers")?;
/// assert!((outcome.mean.unwrap_or(0.0) - 5.247).abs() < 0.001);
/// assert!((interval.low - 5.023).abs() < 0.001 && (interval.high - 5.471).abs() < 0.001);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Sources
/// Student (1908), *Biometrika* 6, 1-25. Customer effort: Dixon, Freeman and Toman (2010),
/// *Harvard Business Review* 88(7/8).
#[must_use]
pub fn mean(histogram: &Histogram, level: Level) -> Mean {
    let moments = histogram.moments();
    let n = real(moments.n);
    let (mean, sd) = (moments.mean(), moments.variance().map(f64::sqrt));
    let se = sd.map(|sd| sd / n.sqrt());
    let ci = mean.zip(se).map(|(mean, se)| {
        // Everyone agreed: the interval is the mean itself, for every t.
        let margin = if se > 0.0 { level.t(n - 1.0) * se } else { 0.0 };
        Interval::around(mean, margin)
    });
    Mean {
        n: moments.n,
        mean,
        sd,
        se,
        ci,
    }
}
