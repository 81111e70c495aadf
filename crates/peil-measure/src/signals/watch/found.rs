//! What watching a series gives.

use serde::Serialize;

/// What to call a series in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing that chance would not bring.
    Quiet,
    /// A lasting problem is over.
    Resolved,
    /// It may be the beginning of something; too little to be sure.
    Emerging,
    /// More than chance brings, in this period.
    Incident,
    /// A lasting problem.
    Structural,
}

/// Why a series is called what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The count is above its prediction limit.
    AboveLimit,
    /// Evidence gathers, too little yet.
    Rising,
    /// Beyond its own limit, but one of so many series is that by chance.
    OneOfMany,
    /// The cumulative sum passed its threshold.
    Lasting,
    /// Three incidents in six periods.
    ManyIncidents,
    /// Thirty mentions where at most ten are expected.
    Flood,
    /// The share is above what the organisation accepts, however long it has been so.
    Chronic,
    /// The downward cumulative sum passed its threshold.
    BackToBaseline,
}

/// A period of a watched series.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WatchPoint {
    /// The mentions expected among its answers; nothing while too little is known.
    pub expected: Option<f64>,
    /// The count that chance exceeds in one of 200 periods.
    pub limit: Option<u64>,
    /// The chance of so many mentions or more while nothing is going on.
    pub chance: Option<f64>,
    /// The evidence of a lasting rise: ln of the odds that have gathered.
    pub rising: f64,
    /// The evidence that a lasting problem is over.
    pub falling: f64,
    /// What to call it.
    pub standing: Standing,
    /// Why.
    pub reason: Option<Reason>,
    /// The 0-based period in which it began.
    pub since: Option<usize>,
}

impl WatchPoint {
    pub(super) const fn unknown() -> Self {
        Self {
            expected: None,
            limit: None,
            chance: None,
            rising: 0.0,
            falling: 0.0,
            standing: Standing::Quiet,
            reason: None,
            since: None,
        }
    }
}

/// A watched series, period by period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Watched {
    /// Its periods, oldest first.
    pub points: Vec<WatchPoint>,
}

impl Watched {
    /// The last period; nothing for a series without any.
    ///
    /// ```
    /// use peil_measure::{Standing, Tally, WatchSettings, watch};
    ///
    /// let quiet = watch(&[Tally::new(4, 80); 30], &WatchSettings::default())?;
    /// assert_eq!(quiet.last().map(|point| point.standing), Some(Standing::Quiet));
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn last(&self) -> Option<&WatchPoint> {
        self.points.last()
    }
}
