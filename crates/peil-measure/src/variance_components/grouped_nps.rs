//! The NPS of people who answer in groups, such as the accounts that they work for.

use core::iter::zip;

use serde::Serialize;

use super::icc::{Group, Icc, divided};
use super::{HeterogeneityMethod, shrinkage};
use crate::distributions::f_upper_tail;
use crate::error::MeasureError;
use crate::exact::real;
use crate::histogram::Histogram;
use crate::level::Level;
use crate::measured::Interval;
use crate::not_measurable::NotMeasurable;
use crate::nps::Split;
use crate::roots::bisect;

/// Groups of which only the sum may be known, since a few people could be told apart.
///
/// It keeps how many groups there are, how large they are, and what everyone in them said together;
/// what one group said is forgotten at once.
///
/// ```
/// use peil_measure::{Histogram, PooledGroups};
///
/// let mut pair = Histogram::recommendation();
/// pair.record(9, 2)?;
/// let mut alone = Histogram::recommendation();
/// alone.record(6, 3)?;
/// let mut pool = PooledGroups::default();
/// pool.add_group(&pair)?;
/// pool.add_single(&alone)?;
/// assert_eq!((pool.groups(), pool.n()), (4, 5));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PooledGroups {
    scores: Histogram,
    groups: u64,
    /// The squares of the sizes of all groups together.
    squared_sizes: f64,
}

impl Default for PooledGroups {
    fn default() -> Self {
        Self {
            scores: Histogram::recommendation(),
            groups: 0,
            squared_sizes: 0.0,
        }
    }
}

impl PooledGroups {
    /// Adds a group; one without answers changes nothing.
    ///
    /// ```
    /// use peil_measure::{Histogram, PooledGroups};
    ///
    /// let mut three = Histogram::recommendation();
    /// three.record(9, 3)?;
    /// let mut pool = PooledGroups::default();
    /// pool.add_group(&three)?;
    /// assert_eq!(pool.groups(), 1);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::ScalesDiffer`] unless the scale is 0 to 10;
    /// [`MeasureError::TooManyAnswers`] beyond [`MAX_ANSWERS`](crate::MAX_ANSWERS).
    pub fn add_group(&mut self, group: &Histogram) -> Result<(), MeasureError> {
        self.scores.merge(group)?;
        self.groups += u64::from(group.n() > 0);
        self.squared_sizes += real(group.n()).powi(2);
        Ok(())
    }

    /// Adds people who are each a group of their own.
    ///
    /// ```
    /// use peil_measure::{Histogram, PooledGroups};
    ///
    /// let mut three = Histogram::recommendation();
    /// three.record(9, 3)?;
    /// let mut pool = PooledGroups::default();
    /// pool.add_single(&three)?;
    /// assert_eq!(pool.groups(), 3);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// As [`PooledGroups::add_group`].
    pub fn add_single(&mut self, people: &Histogram) -> Result<(), MeasureError> {
        self.scores.merge(people)?;
        self.groups += people.n();
        self.squared_sizes += real(people.n());
        Ok(())
    }

    /// How many groups have answers.
    ///
    /// ```
    /// use peil_measure::{Histogram, PooledGroups};
    ///
    /// assert_eq!(PooledGroups::default().groups(), 0);
    /// ```
    #[must_use]
    pub const fn groups(&self) -> u64 {
        self.groups
    }

    /// The answers of all of them.
    ///
    /// ```
    /// use peil_measure::{Histogram, PooledGroups};
    ///
    /// assert_eq!(PooledGroups::default().n(), 0);
    /// ```
    #[must_use]
    pub fn n(&self) -> u64 {
        self.scores.n()
    }

    /// The size of the group in which an average person finds themselves.
    fn typical_size(&self) -> f64 {
        self.squared_sizes / real(self.scores.n())
    }
}

/// An NPS of which the interval knows that answers come in groups, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClusteredNps {
    /// The NPS.
    pub nps: f64,
    /// Its standard error; nothing with a single group.
    pub se: Option<f64>,
    /// Groups - 1.
    pub df: u64,
    /// nps ± t · se, cut off at -100 and 100.
    pub interval: Option<Interval>,
}

/// The best guess for the NPS of one group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ShrunkenNps {
    /// Points, pulled towards the mean of all groups, the more so the fewer answers there are.
    pub value: f64,
    /// How certain it is, within -100 to 100.
    pub interval: Interval,
}

/// What people in one group have in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Likeness {
    /// ICC(1): how alike people in one group are; 0 as strangers, 1 as one person.
    pub icc: f64,
    /// Its interval, exact for groups of one size.
    pub icc_interval: Interval,
    /// How often chance alone makes them so alike.
    pub p: f64,
    /// The mean that guesses are pulled to, in points.
    pub mean: f64,
    /// The best guess for each group with answers, in order.
    pub shrunken: Vec<ShrunkenNps>,
}

/// The outcome of [`grouped_nps`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupedNps {
    /// Groups with answers, those that are pooled included.
    pub groups: u64,
    /// Their answers.
    pub n: u64,
    /// Every answer counts alike; nothing without answers.
    pub by_answer: Option<ClusteredNps>,
    /// Every group counts alike, however many answers it gave.
    pub by_group: Option<ClusteredNps>,
    /// Nothing with fewer than two groups, one answer in each, or no spread within them.
    pub likeness: Option<Likeness>,
}

/// The NPS of answers that come in groups, each answer or each group counting alike.
///
/// The variance is that of whole groups, since colleagues answer alike: C/(C-1) Σ z² over C groups,
/// z = g (NPS of the group - NPS) / Σg, where g is the number of answers, or 1 when every group counts
/// alike. [`icc()`](crate::icc()) of -100, 0 and 100 points says how alike; the guesses come from
/// [`shrinkage()`](crate::shrinkage()) with restricted maximum likelihood, where the variance of a
/// group's own NPS is that within all groups, divided by its answers. Groups without answers are left
/// out.
///
/// Groups in the `pool` count with the NPS of all of them together, since nothing may depend on what
/// one of them said. With N answers, variance s², NPS ȳ and s₀ = Σn²/N for the sizes n, their Σz² is
/// what it would be on average, ICC ρ within groups: N (s² (1 + (s₀-1) ρ) + s₀ (ȳ - NPS)²) times the
/// square of an answer's part. ρ is 1 when it is not known.
///
/// ```
/// use peil_measure::{Histogram, Level, PooledGroups, grouped_nps};
///
/// let mut happy = Histogram::recommendation();
/// happy.record(9, 3)?;
/// happy.record(8, 1)?;
/// let mut unhappy = Histogram::recommendation();
/// unhappy.record(3, 5)?;
/// unhappy.record(9, 1)?;
/// let outcome = grouped_nps(&[happy, unhappy], &PooledGroups::default(), Level::default())?;
/// // Six of ten answers come from the account that is not satisfied.
/// let (by_answer, by_group) = (outcome.by_answer.unwrap(), outcome.by_group.unwrap());
/// assert!((by_answer.nps + 10.0).abs() < 1e-9 && by_group.nps > 4.0);
/// assert!(outcome.likeness.unwrap().icc > 0.5);
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError::NotRecommendationScale`] unless every scale is 0 to 10.
///
/// # Sources
/// Binder (1983), *International Statistical Review* 51, 279-292; Kish (1965), *Survey Sampling*,
/// chapter 5; Searle (1971), *Linear Models*, chapter 9; Raudenbush and Bryk (1985), *Journal of Educational Statistics* 10, 75-98.
pub fn grouped_nps(
    groups: &[Histogram],
    pool: &PooledGroups,
    level: Level,
) -> Result<GroupedNps, MeasureError> {
    let groups: Vec<Net> = groups.iter().map(Net::of).collect::<Result<_, _>>()?;
    let groups: Vec<Net> = groups.into_iter().filter(|net| net.n > 0).collect();
    let likeness = likeness(&groups, level)?;
    let pooled = (pool.scores.n() > 0).then_some(Pool {
        net: Net::of(&pool.scores)?,
        groups: pool.groups,
        typical_size: pool.typical_size(),
        icc: likeness
            .as_ref()
            .map_or(1.0, |found| found.icc.clamp(0.0, 1.0)),
    });
    let part_of_answers = |net: &Net, _: u64| net.answers();
    let part_of_groups = |_: &Net, groups: u64| real(groups);
    let kept = u64::try_from(groups.len()).unwrap_or(u64::MAX);
    let answers: u64 = groups.iter().map(|net| net.n).sum();
    Ok(GroupedNps {
        groups: kept + pool.groups,
        n: answers + pool.scores.n(),
        by_answer: clustered(&groups, pooled.as_ref(), part_of_answers, level),
        by_group: clustered(&groups, pooled.as_ref(), part_of_groups, level),
        likeness,
    })
}

/// The answers of one group, of which each is worth 100, 0 or -100 points.
struct Net {
    n: u64,
    /// Points.
    mean: f64,
    /// The sum of squared deviations from the mean; exactly zero when everyone agrees.
    squares: f64,
}

impl Net {
    fn of(scores: &Histogram) -> Result<Self, MeasureError> {
        let split = Split::of(scores)?;
        let (promoters, detractors) = (real(split.promoters), real(split.detractors));
        let n = real(split.n.max(1));
        let mean = (promoters - detractors) / n;
        let squares = (promoters + detractors) - (promoters - detractors) * mean;
        Ok(Self {
            n: split.n,
            mean: 100.0 * mean,
            squares: 10_000.0 * squares.max(0.0),
        })
    }

    fn answers(&self) -> f64 {
        real(self.n)
    }
}

/// Groups that count as one.
struct Pool {
    net: Net,
    groups: u64,
    typical_size: f64,
    icc: f64,
}

impl Pool {
    /// The sum of squared totals per group, of deviations from `centre`, as it is on average.
    fn squares(&self, centre: f64) -> f64 {
        let variance = self.net.squares / self.net.answers();
        let within = variance * (1.0 + (self.typical_size - 1.0) * self.icc);
        let between = self.typical_size * (self.net.mean - centre).powi(2);
        self.net.answers() * (within + between)
    }
}

/// The mean of groups of which each has a `part`, given its answers and of how many groups they are.
fn clustered(
    groups: &[Net],
    pool: Option<&Pool>,
    part: impl Fn(&Net, u64) -> f64,
    level: Level,
) -> Option<ClusteredNps> {
    let parts: Vec<f64> = groups.iter().map(|net| part(net, 1)).collect();
    let pooled_part = pool.map_or(0.0, |pool| part(&pool.net, pool.groups));
    let total = parts.iter().sum::<f64>() + pooled_part;
    if total <= 0.0 {
        return None;
    }
    let sum: f64 = zip(groups, &parts).map(|(net, part)| part * net.mean).sum();
    let nps = (sum + pooled_part * pool.map_or(0.0, |pool| pool.net.mean)) / total;
    let squares: f64 = zip(groups, &parts)
        .map(|(net, part)| (part * (net.mean - nps)).powi(2))
        .sum();
    let pooled_squares = pool.map_or(0.0, |pool| {
        (pooled_part / pool.net.answers()).powi(2) * pool.squares(nps)
    });
    let kept = u64::try_from(groups.len()).unwrap_or(u64::MAX);
    let count = kept + pool.map_or(0, |pool| pool.groups);
    let df = count.saturating_sub(1);
    let se = (df > 0).then(|| {
        let factor = real(count) / real(df);
        (factor * (squares + pooled_squares)).sqrt() / total
    });
    Some(ClusteredNps {
        nps,
        se,
        df,
        interval: se.map(|se| Interval::around(nps, level.t(real(df)) * se).clipped(100.0)),
    })
}

fn likeness(groups: &[Net], level: Level) -> Result<Option<Likeness>, MeasureError> {
    let summed: Vec<Group> = groups
        .iter()
        .map(|net| Group {
            count: net.n,
            mean: net.mean,
            squares: net.squares,
        })
        .collect();
    let found = match divided(&summed, 0.0) {
        Err(MeasureError::NotMeasurable(
            NotMeasurable::NotIdentified | NotMeasurable::ZeroVariance,
        )) => return Ok(None),
        other => other?,
    };
    let own: Vec<f64> = groups.iter().map(|net| net.mean).collect();
    let variances: Vec<f64> = groups
        .iter()
        .map(|net| found.var_within / net.answers())
        .collect();
    let pulled = shrinkage(&own, &variances, HeterogeneityMethod::Reml)?;
    let shrunken = zip(&pulled.estimates, &pulled.se).map(|(value, se)| ShrunkenNps {
        value: value.clamp(-100.0, 100.0),
        interval: Interval::around(*value, level.z() * se).clipped(100.0),
    });
    Ok(Some(Likeness {
        icc: found.icc_anova,
        icc_interval: icc_interval(&found, level),
        p: found.p,
        mean: pulled.mu,
        shrunken: shrunken.collect(),
    }))
}

/// The interval of Searle: the ICC at F over either quantile of F.
fn icc_interval(found: &Icc, level: Level) -> Interval {
    let (df1, df2) = (real(found.df1), real(found.df2));
    let icc_at = |outside: f64| {
        let f = found.f / f_quantile(outside, df1, df2);
        (f - 1.0) / (f + found.n0 - 1.0)
    };
    let outside = level.outside() / 2.0;
    Interval {
        low: icc_at(outside),
        high: icc_at(1.0 - outside),
    }
}

/// The value beyond which F lies with this chance.
fn f_quantile(upper_tail: f64, df1: f64, df2: f64) -> f64 {
    const WIDEST: f64 = 100.0;
    let is_before = |ln_f: f64| f_upper_tail(ln_f.exp(), df1, df2) > upper_tail;
    bisect(-WIDEST, WIDEST, is_before).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SurveyDesign, icc, weighted_nps};

    const GROUPS: [&[i32]; 4] = [
        &[9, 10, 9, 8, 10, 9, 9, 7],
        &[3, 5, 6, 2, 8, 4],
        &[7, 8, 9, 6, 7, 10],
        &[10, 9, 10, 9, 6],
    ];

    fn histogram(scores: &[i32]) -> Histogram {
        let mut histogram = Histogram::recommendation();
        for score in scores {
            histogram.record(*score, 1).unwrap();
        }
        histogram
    }

    fn found(groups: &[&[i32]], pool: &PooledGroups) -> GroupedNps {
        let groups: Vec<Histogram> = groups.iter().map(|scores| histogram(scores)).collect();
        grouped_nps(&groups, pool, Level::default()).unwrap()
    }

    /// The same from single answers: NPS and standard error, by answer and by group.
    fn by_answers(groups: &[&[i32]]) -> [(f64, f64); 2] {
        let scores: Vec<i32> = groups.iter().copied().flatten().copied().collect();
        let mut names = Vec::new();
        let mut weights = Vec::new();
        for (place, own) in groups.iter().enumerate() {
            names.extend(own.iter().map(|_| place.to_string()));
            let size = real(u64::try_from(own.len()).unwrap());
            weights.extend(own.iter().map(|_| 1.0 / size));
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        [None, Some(weights.as_slice())].map(|weights| {
            let design = SurveyDesign {
                weights,
                clusters: Some(&names),
                strata: None,
            };
            let found = weighted_nps(&scores, &design, Level::default()).unwrap();
            (found.nps.unwrap(), found.se.unwrap())
        })
    }

    fn assert_same(found: &GroupedNps, expected: [(f64, f64); 2]) {
        for (found, (nps, se)) in [found.by_answer, found.by_group].into_iter().zip(expected) {
            let found = found.unwrap();
            assert!((found.nps - nps).abs() < 1e-9, "{found:?} {nps}");
            assert!((found.se.unwrap() - se).abs() < 1e-9, "{found:?} {se}");
        }
    }

    #[test]
    fn counts_give_the_same_as_single_answers_with_clusters_and_weights() {
        let outcome = found(&GROUPS, &PooledGroups::default());
        assert_eq!((outcome.groups, outcome.n), (4, 25));
        assert_same(&outcome, by_answers(&GROUPS));
        let points = |score: &i32| match score {
            9.. => 100.0,
            7.. => 0.0,
            _ => -100.0,
        };
        let values = GROUPS.map(|own| own.iter().map(points).collect());
        let whole = icc(&values).unwrap();
        let likeness = outcome.likeness.unwrap();
        assert!((likeness.icc - whole.icc_anova).abs() < 1e-12);
        assert!((likeness.p - whole.p).abs() < 1e-12);
        // From F and its quantiles in R: anova(lm(y ~ f)), qf.
        let Interval { low, high } = likeness.icc_interval;
        assert!((low - 0.152_190_463_187).abs() < 1e-9, "{low}");
        assert!((high - 0.948_130_255_345).abs() < 1e-9, "{high}");
    }

    #[test]
    fn pooled_groups_of_one_size_that_agree_inside_weigh_as_they_would_apart() {
        // Everyone agrees with their colleagues, so that nothing is known to be alike but all.
        let pairs: [&[i32]; 5] = [&[9, 9], &[3, 3], &[8, 8], &[10, 10], &[9, 9]];
        let large: [&[i32]; 2] = [&[9; 6], &[6; 7]];
        let mut pool = PooledGroups::default();
        for pair in pairs {
            pool.add_group(&histogram(pair)).unwrap();
        }
        pool.add_group(&histogram(&[])).unwrap();
        let all: Vec<&[i32]> = large.into_iter().chain(pairs).collect();
        let outcome = found(&large, &pool);
        assert_eq!((outcome.groups, outcome.likeness.is_none()), (7, true));
        assert_same(&outcome, by_answers(&all));
    }

    #[test]
    fn pooled_people_who_stand_alone_weigh_as_they_would_apart() {
        let alone = [9, 3, 8, 10, 10, 6];
        let mut pool = PooledGroups::default();
        pool.add_single(&histogram(&alone)).unwrap();
        let singles = alone.each_ref().map(core::slice::from_ref);
        let all: Vec<&[i32]> = GROUPS.into_iter().chain(singles).collect();
        assert_same(&found(&GROUPS, &pool), by_answers(&all));
    }

    #[test]
    fn who_in_the_pool_said_what_changes_nothing() {
        let pool = |groups: [&[i32]; 2]| {
            let mut pool = PooledGroups::default();
            for scores in groups {
                pool.add_group(&histogram(scores)).unwrap();
            }
            pool
        };
        let (one, other) = (pool([&[9, 9, 3], &[3, 3]]), pool([&[3, 3, 3], &[9, 9]]));
        assert_eq!(found(&GROUPS, &one), found(&GROUPS, &other));
    }

    #[test]
    fn a_small_account_is_pulled_further_than_a_large_one() {
        let large = [9, 10, 9, 8, 10, 9, 9, 7, 10, 9, 10, 9];
        let small = [9, 10, 9];
        let middling = [7, 8, 6, 9, 5, 7, 8, 9, 6, 7];
        let outcome = found(&[&large, &small, &middling], &PooledGroups::default());
        let guesses = outcome.likeness.unwrap().shrunken;
        assert!(guesses[1].value < 95.0);
        for guess in guesses {
            assert!(guess.interval.contains(guess.value));
            assert!(guess.interval.low >= -100.0 && guess.interval.high <= 100.0);
        }
    }

    #[test]
    fn no_answers_give_no_figure_and_one_group_no_interval() {
        let nothing = found(&[&[]], &PooledGroups::default());
        assert_eq!((nothing.groups, nothing.by_answer), (0, None));
        let one = found(&[&[9, 3, 9]], &PooledGroups::default());
        let by_answer = one.by_answer.unwrap();
        assert_eq!((by_answer.se, by_answer.df, one.likeness), (None, 0, None));
        let wide = grouped_nps(
            &[Histogram::empty(0, 5).unwrap()],
            &PooledGroups::default(),
            Level::default(),
        );
        assert!(wide.is_err());
    }

    #[test]
    fn a_thousand_million_answers_cost_no_more_than_ten() {
        let mut crowd = Histogram::recommendation();
        crowd.record(9, 600_000_000).unwrap();
        crowd.record(2, 400_000_000).unwrap();
        let mut other = Histogram::recommendation();
        other.record(8, 7).unwrap();
        other.record(10, 3).unwrap();
        let outcome = grouped_nps(&[crowd, other], &PooledGroups::default(), Level::default());
        assert!((outcome.unwrap().by_group.unwrap().nps - 25.0).abs() < 1e-9);
    }
}
