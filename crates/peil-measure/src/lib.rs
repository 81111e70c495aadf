//! Satisfaction measures with honest uncertainty: histograms in, scores and intervals out.
//!
//! # What this crate promises
//!
//! - **A number never stands alone.** Every estimate comes with its interval and its n; what cannot
//!   be computed is `None`, and [`Measured`] says why a page shows nothing.
//! - **Counts, not rows.** Input is a [`Histogram`]. It merges in any order to the same result, and
//!   a hundred million answers cost as much as ten. Counting is done in integers, dividing last.
//! - **Checked from outside.** Every measure is tested against numbers from R, `SciPy` and
//!   statsmodels, kept beside the tests in `tests/reference`.
//! - **Plain functions.** No input or output, clock or panic, and no chance but from a seed that is
//!   given. What is refused is a [`MeasureError`] that names the input.
//!
//! # A worked example
//!
//! 312 people said how likely they are to recommend us. The score is 30, and with 95 % confidence
//! the true score is between 22 and 38:
//!
//! ```
//! use peil_measure::{Histogram, Level, MINIMUM_PEOPLE, Measured, Unit, nps};
//!
//! let mut answers = Histogram::recommendation();
//! for (score, count) in (0..).zip([4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75]) {
//!     answers.record(score, count)?;
//! }
//!
//! let tile = nps(&answers, Level::default())?.measured(MINIMUM_PEOPLE);
//! let Measured::Value { value, interval, n } = tile else {
//!     return Err("too few people".into());
//! };
//! assert_eq!(format!("{value:.0} ({:.0} to {:.0}), n = {n}", interval.low, interval.high),
//!            "30 (22 to 38), n = 312");
//! assert!(!tile.is_uncertain(Unit::Points));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Overview
//!
//! | question | function | unit | interval to print |
//! |---|---|---|---|
//! | would they recommend us? | [`nps()`] | points, -100 to 100 | Tango's score interval |
//! | how many are satisfied? | [`csat()`] | fraction | Wilson |
//! | how much effort did it take? | [`mean()`] | scale units | Student's t |
//! | which share did something? | [`proportion()`] | fraction | Wilson |
//! | who answered at all? | [`response_rate()`] | fraction | none: it is a count of everyone asked |
//! | do two groups differ? | [`nps_diff()`], [`prop_diff()`], [`mean_diff()`] | as above | adjusted Wald, Newcombe, Welch |
//! | do several groups differ, and which? | [`compare_nps()`], [`compare_shares()`], [`compare_means()`] | as above | none: pairs with adjusted p-values |
//! | does it go up or down? | [`nps_trend()`], [`share_trend()`], [`mann_kendall()`] | points per unit of time | normal |
//! | how sure, with most of them asked? | [`finite_population()`] | as its measure | Student's t |
//! | how many to ask? | [`sample_size()`] | answers | none |
//! | are those who answered like all? | [`composition()`] | fraction | none |
//! | who is missing among those who answered? | [`r_indicator()`] | 0 to 1 | none: a standard error |
//! | how would all have answered? | [`rake()`], [`trim_weights()`], [`kish()`] | weights | none |
//! | the NPS of a weighted sample? | [`weighted_nps()`], [`post_stratify()`] | points | Student's t, normal |
//! | is it chance, after many looks? | [`p_adjust()`] | fraction | none |
//! | what goes with satisfaction, and how certain? | [`drivers()`], [`driver_intervals()`] | parts of R² | percentiles of resamples |
//! | what does a theme cost us? | [`impact()`], [`shared_impact()`] | as its metric | delta method |
//! | other people, or other answers? | [`decomposition()`] | as its metric | delta method |
//! | did it work? | [`difference_in_differences()`] | as its metric | adjusted Wald, Welch |
//! | shall we make it? | [`goal_course()`] | a word | of the level at the date |
//! | may I look every day? | [`anytime()`] | as its metric | confidence sequence |
//! | is it real, and does it matter? | [`judge()`], [`letters()`] | a word | as its difference |
//! | what goes with satisfaction? | [`drivers()`], [`quadrants()`] | parts of R² | none |
//! | do items measure one thing? | [`reliability()`] | at most 1 | Feldt |
//! | did people answer with care? | [`response_quality()`] | per person | none |
//! | how different are accounts? | [`icc()`], [`shrinkage()`], [`grouped_nps()`] | units of the values | normal |
//! | did something change? | [`cusum()`], [`ewma()`], [`farrington()`], [`rate_ratio()`] | units of the series | control limits, Clopper-Pearson |
//! | incident, structural, or over? | [`watch()`], [`watch_many()`], [`expectation()`] | mentions per period | prediction limit |
//! | where does it come from? | [`scan()`] | mentions per cell | none: p-values by permutation |
//! | how often is that a false alarm? | [`cusum_run_length()`], [`ewma_run_length()`] | points | none |
//! | which cells would give people away? | [`PeopleTable::recode`] | people | none |
//!
//! [`cases`] offers the same as JSON, for the command line and for checking against other packages.
//!
//! # Accuracy
//!
//! Normal, Student's t and beta tails are computed here: the general routines are slow, or lose
//! digits from a million answers on and do not end at a hundred million. Confidence levels from 0.5
//! to 0.999999 and totals up to [`MAX_ANSWERS`] keep at least nine correct digits.

mod anytime;
mod chance;
mod comparison;
mod complete_rows;
mod csat;
mod decomposition;
mod difference_in_differences;
mod distributions;
mod drivers;
mod error;
mod exact;
mod fisher;
mod goal_course;
mod histogram;
mod impact;
mod letters;
mod level;
mod linear;
mod mean;
mod mean_diff;
mod measured;
mod metric;
mod moment_blocks;
mod not_measurable;
mod nps;
mod nps_diff;
mod numbers;
mod p_adjust;
mod permutation;
mod prop_diff;
mod proportion;
mod reliability;
mod representativity;
mod response_quality;
mod response_rate;
mod roots;
mod sampling;
mod shared_impact;
mod signals;
mod suppression;
mod tango;
mod trend;
mod variance_components;
mod verdict;
mod weighting;

pub mod cases;

pub use anytime::{Anytime, anytime};
pub use comparison::{GroupComparison, Pair, RankTest, compare_means, compare_nps, compare_shares};
pub use csat::{Csat, csat};
pub use decomposition::{Decomposition, GroupPart, Part, decomposition};
pub use difference_in_differences::{
    BeforeAfter, Contrast, DifferenceInDifferences, difference_in_differences,
};
pub use drivers::{
    Direction, DriverInterval, DriverIntervals, DriverTable, Drivers, MAX_LMG_DRIVERS,
    MAX_RESAMPLES, Quadrant, Quadrants, driver_intervals, drivers, quadrants,
};
pub use error::MeasureError;
pub use goal_course::{Aim, Course, Goal, GoalCourse, goal_course};
pub use histogram::{Histogram, MAX_ANSWERS, MAX_CATEGORIES};
pub use impact::{Impact, impact};
pub use letters::{MAX_LETTERED, letters};
pub use level::Level;
pub use mean::{Mean, mean};
pub use mean_diff::{MeanDiff, mean_diff};
pub use measured::{Interval, MINIMUM_PEOPLE, Measured, Unit};
pub use metric::Metric;
pub use not_measurable::NotMeasurable;
pub use nps::{Nps, Split, nps};
pub use nps_diff::{NpsDiff, nps_diff};
pub use numbers::{Numbers, numbers};
pub use p_adjust::{AdjustedP, p_adjust};
pub use prop_diff::{PropDiff, prop_diff};
pub use proportion::{Proportion, proportion};
pub use reliability::{ItemTable, Reliability, reliability};
pub use representativity::{
    CategoryPartial, CaughtUp, FrameCell, Representativity, ResponseFit, VariablePartial, catch_up,
    r_indicator, response_fit,
};
pub use response_quality::{ResponseQuality, response_quality};
pub use response_rate::{Dispositions, ResponseRates, response_rate};
pub use sampling::{
    Composition, FinitePopulation, NpsShares, SampleGoal, SampleSize, SampledMeasure, composition,
    finite_population, reachable_answers, sample_size,
};
pub use shared_impact::{SharedImpact, shared_impact};
pub use signals::{
    Baseline, Cusum, CusumSides, Ewma, Expectation, Farrington, FarringtonSettings, Hotspot,
    PriorRate, Rate, RateRatio, RatioInterval, Reason, ScanCell, Standing, Tally, WatchPoint,
    WatchSettings, Watched, Watching, Zone, count_limit, count_upper_tail, cusum, cusum_run_length,
    ewma, ewma_run_length, expectation, farrington, rate_ratio, scan, watch, watch_many,
};
pub use suppression::{Axis, PeopleTable, Recoding};
pub use trend::{
    MAX_TREND_POINTS, MannKendall, NpsTrend, Period, ShareTrend, mann_kendall, nps_trend,
    share_trend,
};
pub use variance_components::{
    ClusteredNps, GroupedNps, HeterogeneityMethod, Icc, Likeness, PooledGroups, Shrinkage,
    ShrunkenNps, grouped_nps, icc, shrinkage,
};
pub use verdict::{
    Effect, Judged, RELEVANT_PART_OF_SCALE, RELEVANT_POINTS, RELEVANT_SHARE, SIGNIFICANCE, Verdict,
    judge,
};
pub use weighting::{
    EffectiveSize, MAX_SWEEPS, Margin, PostStratified, RakeCell, Raked, Raking, Stratum,
    SurveyDesign, Trimmed, WeightedAnswers, WeightedNps, WeightedScore, furthest_from_margin, kish,
    post_stratify, rake, trim_groups, trim_weights, weighted_nps, weighted_score,
};

/// The example of the front page, tested like those of the functions.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct FrontPage;
