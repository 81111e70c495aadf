//! Series that are watched together, one period after the other.

use core::iter::zip;

use super::course::{Course, Step};
use super::found::{Reason, Standing, WatchPoint, Watched};
use super::settings::WatchSettings;
use super::tally::Tally;
use crate::error::MeasureError;
use crate::p_adjust::p_adjust;

/// Series that are watched together as by [`watch_many`](crate::watch_many), one period after the other:
/// what is known of earlier periods is not worked out again.
///
/// ```
/// use peil_measure::{Standing, Tally, WatchSettings, Watching};
///
/// let mut watching = Watching::new(2, &WatchSettings::default());
/// for _ in 0..30 {
///     watching.step(&[Tally::new(9, 200), Tally::new(4, 200)])?;
/// }
/// let now = watching.now(&[Tally::new(40, 200), Tally::new(5, 200)])?;
/// let standings: Vec<_> = now.iter().filter_map(|series| Some(series.last()?.standing)).collect();
/// assert_eq!(standings, [Standing::Structural, Standing::Quiet]);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Watching {
    settings: WatchSettings,
    courses: Vec<Course>,
    trusted: Vec<bool>,
    pub(super) watched: Vec<Watched>,
}

impl Watching {
    /// Begins to watch so many series.
    ///
    /// ```
    /// use peil_measure::{WatchSettings, Watching};
    ///
    /// assert_eq!(Watching::new(0, &WatchSettings::default()).now(&[])?, []);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn new(series: usize, settings: &WatchSettings) -> Self {
        Self {
            settings: *settings,
            courses: vec![Course::new(*settings); series],
            trusted: vec![false; series],
            watched: vec![Watched { points: Vec::new() }; series],
        }
    }

    /// Takes the next period, which is over, of every series.
    ///
    /// ```
    /// use peil_measure::{Tally, WatchSettings, Watching};
    ///
    /// let mut watching = Watching::new(2, &WatchSettings::default());
    /// assert!(watching.step(&[Tally::new(1, 20)]).is_err());
    /// assert!(watching.step(&[Tally::new(1, 20), Tally::new(0, 20)]).is_ok());
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::LengthsDiffer`] unless there is a period of every series; else as
    /// [`watch`](crate::watch).
    pub fn step(&mut self, periods: &[Tally]) -> Result<(), MeasureError> {
        self.advance(periods, 1)
    }

    /// What every series is with the period that runs, which is looked at as often as the settings say
    /// before it is over.
    ///
    /// ```
    /// use peil_measure::{Tally, WatchSettings, Watching};
    ///
    /// let watching = Watching::new(1, &WatchSettings::default());
    /// assert_eq!(watching.now(&[Tally::new(1, 20)])?[0].points.len(), 1);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Watching::step`].
    pub fn now(&self, running: &[Tally]) -> Result<Vec<Watched>, MeasureError> {
        let mut ahead = self.clone();
        ahead.advance(running, self.settings.looks)?;
        Ok(ahead.watched)
    }

    pub(super) fn advance(&mut self, periods: &[Tally], looks: u32) -> Result<(), MeasureError> {
        if periods.len() != self.courses.len() {
            return Err(MeasureError::LengthsDiffer {
                input: "the periods",
                length: periods.len(),
                expected: self.courses.len(),
            });
        }
        let steps = zip(&mut self.courses, periods)
            .map(|(course, period)| course.step(*period, looks))
            .collect::<Result<Vec<Step>, MeasureError>>()?;
        let chances: Vec<f64> = steps.iter().map(|step| step.chance).collect();
        let adjusted = p_adjust(&chances)?.bh;
        let of_all = zip(
            zip(zip(steps, adjusted), &mut self.trusted),
            &mut self.watched,
        );
        for (((step, chance), is_trusted), found) in of_all {
            let is_beyond_chance = chance <= self.settings.false_share;
            let point = among_many(step.point, is_beyond_chance, is_trusted);
            found.points.push(point);
        }
        Ok(())
    }
}

/// What a series is called when it is one of many. A lasting problem that was once beyond chance stays
/// what it is until it is over.
fn among_many(mut point: WatchPoint, is_beyond_chance: bool, is_trusted: &mut bool) -> WatchPoint {
    let is_doubtful = match (point.standing, point.reason) {
        (Standing::Structural, Some(Reason::Chronic)) => false,
        (Standing::Structural, _) => {
            *is_trusted |= is_beyond_chance;
            !*is_trusted
        }
        (Standing::Incident, _) => !is_beyond_chance,
        // What was never told needs no end.
        (Standing::Resolved, _) if !*is_trusted => {
            point.standing = Standing::Quiet;
            point.reason = None;
            point.since = None;
            false
        }
        (Standing::Quiet, _) => {
            *is_trusted = false;
            false
        }
        _ => false,
    };
    if is_doubtful {
        point.standing = Standing::Emerging;
        point.reason = Some(Reason::OneOfMany);
    }
    point
}
