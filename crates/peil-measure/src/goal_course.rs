//! Will a goal be met: the trend of a figure drawn on to the date of the goal.

use serde::{Deserialize, Serialize};

use crate::error::MeasureError;
use crate::exact::real;
use crate::level::Level;
use crate::measured::Interval;
use crate::metric::{Metric, Sample};
use crate::not_measurable::NotMeasurable;
use crate::trend::Period;

/// The fewest periods with answers through which a course can be drawn.
const FEWEST_PERIODS: usize = 3;

/// On which side of the target a figure should come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// The target or more.
    AtLeast,
    /// The target or less, such as an effort score.
    AtMost,
}

/// What is to be reached, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// The figure, in the unit of the metric.
    pub target: f64,
    /// On which side of it is good.
    pub aim: Aim,
    /// When; not before the last period.
    pub time: f64,
}

/// How things stand with a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// The figure is on the right side of the target now, beyond chance, and not on its way out.
    Reached,
    /// If the trend goes on, the figure will be on the right side at the date, beyond chance.
    OnCourse,
    /// If the trend goes on, the figure will be on the wrong side at the date, beyond chance.
    Behind,
    /// The interval at the date holds the target: either may still come true.
    CannotTellYet,
}

/// The outcome of [`goal_course`], in the unit of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GoalCourse {
    /// How things stand.
    pub course: Course,
    /// The level of the trend at the last period.
    pub now: f64,
    /// The interval of that level.
    pub ci_now: Interval,
    /// The level of the trend at the date of the goal.
    pub expected: f64,
    /// The interval of that level, if the trend goes on.
    pub ci_expected: Interval,
    /// How much the figure changes per unit of time.
    pub slope: f64,
    /// The interval of that change.
    pub ci_slope: Interval,
    /// How much it has to change per unit of time from the last period on; `None` when the date is
    /// that of the last period.
    pub needed_slope: Option<f64>,
    /// How much more periods differ from the line than chance in who answers explains; 1 or more.
    pub dispersion: f64,
    /// Periods with answers.
    pub periods: usize,
}

/// Draws the trend of a figure on to the date of a goal, and says whether the goal will be met.
///
/// A straight line through the figures of the periods, weighted by their numbers of answers. The
/// spread of one answer is pooled over the periods; where the periods differ more from the line than
/// that explains (seasons, campaigns), it is multiplied by their dispersion
/// Σ n r² / (σ² (k - 2)), never below 1. The interval of the level at time T is
/// ± t √( σ² φ (1/Σn + (T - t̄)² / Σ n (t - t̄)²) ) with k - 2 degrees of freedom for k periods. Level
/// and interval at the date are cut off at the ends of the scale.
///
/// It assumes that the trend goes on in a straight line. That is the question the page asks (*if we
/// go on like this?*), and no forecast: the further away the date, the less it says.
///
/// ```
/// use peil_measure::{Aim, Course, Goal, Histogram, Level, Metric, Period, goal_course};
///
/// let mut months = Vec::new();
/// for (time, [low, middle, high]) in [
///     (1.0, [60, 80, 60]), (2.0, [54, 78, 68]), (3.0, [47, 75, 78]), (4.0, [43, 70, 87]),
///     (5.0, [36, 68, 96]),
/// ] {
///     let counts = vec![0, 0, 0, 0, 0, 0, low, middle, 0, 0, high];
///     months.push(Period { time, answers: Histogram::from_counts(0, counts)? });
/// }
/// let goal = Goal { target: 30.0, aim: Aim::AtLeast, time: 12.0 };
/// let outcome = goal_course(Metric::Nps, &months, &goal, Level::default())?;
/// assert_eq!(outcome.course, Course::OnCourse);
/// assert!((outcome.now - 29.9).abs() < 0.1 && (outcome.expected - 82.4).abs() < 0.1);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`NotMeasurable::TooFewPeriods`] below three periods with answers at different times;
/// [`NotMeasurable::ZeroVariance`] when everyone in a period answered alike, in every period;
/// [`MeasureError::NumberOutOfRange`] for times and targets that are not finite, and a goal before
/// the last period; [`MeasureError::ScalesDiffer`]; what the [`Metric`] refuses.
///
/// # Sources
/// Draper and Smith (1998), *Applied Regression Analysis*, chapters 3 and 9; `McCullagh` and Nelder
/// (1989), *Generalized Linear Models*, 4.5 (dispersion).
pub fn goal_course(
    metric: Metric,
    periods: &[Period],
    goal: &Goal,
    level: Level,
) -> Result<GoalCourse, MeasureError> {
    for (input, value) in [("target", goal.target), ("time of the goal", goal.time)] {
        require_finite(input, value)?;
    }
    let mut points = Vec::with_capacity(periods.len());
    for period in periods {
        require_finite("time of a period", period.time)?;
        if let Some(first) = periods.first() {
            first.answers.require_same_scale(&period.answers)?;
        }
        points.extend(Point::of(period.time, &metric.sample(&period.answers)?));
    }
    let Some((first, last)) = ends(&points) else {
        return Err(NotMeasurable::TooFewPeriods.into());
    };
    if goal.time < last {
        return Err(MeasureError::NumberOutOfRange {
            input: "time of the goal",
            value: goal.time,
            expected: "at or after the last period",
        });
    }
    let line = Line::through(&points, first, last)?;
    let t = level.t(line.freedom);
    let (now, now_se) = line.at(last);
    let (expected, expected_se) = line.at(goal.time);
    let ci_now = Interval::around(now, t * now_se);
    let ci_expected = Interval::around(expected, t * expected_se);
    let range = periods
        .first()
        .map_or(ci_expected, |period| metric.range(&period.answers));
    let within = |value: f64| value.clamp(range.low, range.high);
    Ok(GoalCourse {
        course: decide(goal, ci_now, ci_expected),
        now,
        ci_now,
        expected: within(expected),
        ci_expected: Interval {
            low: within(ci_expected.low),
            high: within(ci_expected.high),
        },
        slope: line.slope,
        ci_slope: Interval::around(line.slope, t * line.slope_se()),
        needed_slope: (goal.time > last).then(|| (goal.target - now) / (goal.time - last)),
        dispersion: line.dispersion,
        periods: points.len(),
    })
}

/// Behind goes first: who is there but on the way out has not reached anything.
fn decide(goal: &Goal, now: Interval, expected: Interval) -> Course {
    let is_met = |ci: Interval| match goal.aim {
        Aim::AtLeast => ci.low >= goal.target,
        Aim::AtMost => ci.high <= goal.target,
    };
    let is_missed = match goal.aim {
        Aim::AtLeast => expected.high < goal.target,
        Aim::AtMost => expected.low > goal.target,
    };
    if is_missed {
        Course::Behind
    } else if is_met(now) {
        Course::Reached
    } else if is_met(expected) {
        Course::OnCourse
    } else {
        Course::CannotTellYet
    }
}

fn require_finite(input: &'static str, value: f64) -> Result<(), MeasureError> {
    if value.is_finite() {
        return Ok(());
    }
    Err(MeasureError::NumberOutOfRange {
        input,
        value,
        expected: "finite",
    })
}

/// A period with answers.
#[derive(Clone, Copy)]
struct Point {
    time: f64,
    n: f64,
    value: f64,
    variance: f64,
}

impl Point {
    fn of(time: f64, sample: &Sample) -> Option<Self> {
        Some(Self {
            time,
            n: sample.size(),
            value: sample.value()?,
            variance: sample.variance()?,
        })
    }
}

/// The first and the last time, when there are enough different ones in between.
fn ends(points: &[Point]) -> Option<(f64, f64)> {
    let mut times: Vec<f64> = points.iter().map(|point| point.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup_by(|a, b| (*a - *b).abs() <= 0.0);
    let is_enough = times.len() >= FEWEST_PERIODS;
    times
        .first()
        .copied()
        .zip(times.last().copied())
        .filter(|_| is_enough)
}

/// A weighted line; times are taken from their weighted mean.
struct Line {
    middle: f64,
    level: f64,
    slope: f64,
    /// The variance of one answer, dispersion included.
    variance: f64,
    weight: f64,
    spread_of_times: f64,
    dispersion: f64,
    freedom: f64,
}

impl Line {
    fn through(points: &[Point], first: f64, last: f64) -> Result<Self, MeasureError> {
        let sum = |part: &dyn Fn(&Point) -> f64| points.iter().map(part).sum::<f64>();
        let periods = real(u64::try_from(points.len()).unwrap_or(u64::MAX));
        let weight = sum(&|point| point.n);
        let start = first.midpoint(last);
        let middle = start + sum(&|point| point.n * (point.time - start)) / weight;
        let level = sum(&|point| point.n * point.value) / weight;
        let spread_of_times = sum(&|point| point.n * (point.time - middle).powi(2));
        let together = sum(&|point| point.n * (point.time - middle) * (point.value - level));
        let slope = together / spread_of_times;
        // Divisor: answers minus periods, as each period has a figure of its own.
        let within = sum(&|point| point.n * point.variance) / (weight - periods);
        if !(within > 0.0 && within.is_finite() && spread_of_times.is_finite()) {
            return Err(NotMeasurable::ZeroVariance.into());
        }
        let freedom = periods - 2.0;
        let off_the_line = sum(&|point| {
            let fitted = level + slope * (point.time - middle);
            point.n * (point.value - fitted).powi(2)
        });
        let dispersion = (off_the_line / within / freedom).max(1.0);
        Ok(Self {
            middle,
            level,
            slope,
            variance: within * dispersion,
            weight,
            spread_of_times,
            dispersion,
            freedom,
        })
    }

    /// The level at a time with its standard error.
    fn at(&self, time: f64) -> (f64, f64) {
        let distance = time - self.middle;
        let parts = 1.0 / self.weight + distance * distance / self.spread_of_times;
        (
            self.level + self.slope * distance,
            (self.variance * parts).sqrt(),
        )
    }

    fn slope_se(&self) -> f64 {
        (self.variance / self.spread_of_times).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::histogram::Histogram;

    fn course(successes: &[u64], goal: Goal) -> Result<GoalCourse, MeasureError> {
        let periods: Vec<Period> = (0_u8..)
            .zip(successes)
            .map(|(time, hits)| Period {
                time: f64::from(time),
                answers: Histogram::from_counts(0, vec![400 - hits, *hits]).unwrap(),
            })
            .collect();
        goal_course(
            Metric::TopShare { top: 1 },
            &periods,
            &goal,
            Level::default(),
        )
    }

    fn at_least(target: f64, time: f64) -> Goal {
        Goal {
            target,
            aim: Aim::AtLeast,
            time,
        }
    }

    #[test]
    fn each_course_has_its_example() {
        let rising = [200, 220, 238, 261, 281, 300];
        let table = [
            (at_least(0.60, 8.0), Course::Reached),
            (at_least(0.80, 9.0), Course::OnCourse),
            (at_least(0.85, 5.0), Course::Behind),
            (at_least(0.85, 7.0), Course::CannotTellYet),
        ];
        for (goal, expected) in table {
            assert_eq!(course(&rising, goal).unwrap().course, expected, "{goal:?}");
        }
    }

    #[test]
    fn less_may_be_the_aim() {
        let falling = [300, 280, 261, 239, 220, 199];
        let goal = |target| Goal {
            aim: Aim::AtMost,
            ..at_least(target, 7.0)
        };
        let is = |target| course(&falling, goal(target)).unwrap().course;
        assert_eq!(is(0.7), Course::Reached);
        assert_eq!(is(0.3), Course::Behind);
    }

    #[test]
    fn who_is_there_but_on_the_way_out_is_behind() {
        let falling = [360, 340, 320, 300, 280, 262];
        let outcome = course(&falling, at_least(0.6, 9.0)).unwrap();
        assert!(outcome.ci_now.low > 0.6);
        assert_eq!(outcome.course, Course::Behind);
    }

    #[test]
    fn two_periods_are_too_few_and_a_goal_in_the_past_is_refused() {
        assert_eq!(
            course(&[100, 120], at_least(0.5, 6.0)),
            Err(NotMeasurable::TooFewPeriods.into())
        );
        assert!(matches!(
            course(&[100, 120, 140], at_least(0.5, 1.0)),
            Err(MeasureError::NumberOutOfRange { .. })
        ));
        assert!(matches!(
            course(&[100, 120, 140], at_least(f64::NAN, 3.0)),
            Err(MeasureError::NumberOutOfRange { .. })
        ));
    }

    #[test]
    fn everyone_alike_in_every_period_allows_no_interval() {
        assert_eq!(
            course(&[400, 400, 400], at_least(0.5, 6.0)),
            Err(NotMeasurable::ZeroVariance.into())
        );
    }
}
