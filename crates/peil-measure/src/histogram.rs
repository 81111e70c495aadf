//! The one currency between storage and statistics: how often each score was given.

use serde::Serialize;

use crate::error::MeasureError;
use crate::exact::{real_product, share};

/// The largest number of answers in one histogram: a million million.
///
/// Up to here every sum and product of counts is exact.
pub const MAX_ANSWERS: u64 = 1_000_000_000_000;

/// The largest number of scores on one scale.
pub const MAX_CATEGORIES: usize = 1_024;

/// Counts of consecutive whole scores, `scale_min`, `scale_min + 1`, and so on.
///
/// Histograms of the same scale merge in any order to the same result, and are never expanded
/// to single answers: a hundred million answers cost as much as ten.
///
/// ```
/// use peil_measure::Histogram;
///
/// let mut monday = Histogram::empty(1, 5)?;
/// monday.record(4, 20)?;
/// monday.record(5, 10)?;
/// let tuesday = Histogram::from_counts(1, vec![0, 0, 10, 0, 0])?;
/// monday.merge(&tuesday)?;
///
/// assert_eq!(monday.n(), 40);
/// assert_eq!(monday.mean(), Some(4.0));
/// assert_eq!(monday.share_of_top(2)?, Some(0.75));
/// # Ok::<(), peil_measure::MeasureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Histogram {
    scale_min: i32,
    scale_max: i32,
    counts: Vec<u64>,
    #[serde(skip)]
    n: u64,
}

/// Exact sums of a histogram, with scores counted from the lowest one.
pub(crate) struct Moments {
    pub(crate) n: u64,
    /// Σ score · count.
    pub(crate) sum: i128,
    /// n · Σ k² count - (Σ k count)², which is n(n-1) times the sample variance.
    pub(crate) spread: i128,
}

impl Histogram {
    /// A histogram without answers for the scores `scale_min` to `scale_max`, both included.
    ///
    /// ```
    /// use peil_measure::Histogram;
    ///
    /// assert_eq!(Histogram::empty(1, 5)?.n(), 0);
    /// assert!(Histogram::empty(5, 1).is_err());
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::ScaleLength`] when the scale is empty or has more than
    /// [`MAX_CATEGORIES`] scores.
    pub fn empty(scale_min: i32, scale_max: i32) -> Result<Self, MeasureError> {
        let categories =
            u64::try_from(i64::from(scale_max) - i64::from(scale_min) + 1).unwrap_or(0);
        match usize::try_from(categories) {
            Ok(length) if (1..=MAX_CATEGORIES).contains(&length) => Ok(Self {
                scale_min,
                scale_max,
                counts: vec![0; length],
                n: 0,
            }),
            _ => Err(MeasureError::ScaleLength {
                scale_min,
                categories,
                limit: MAX_CATEGORIES,
            }),
        }
    }

    /// A histogram from one count per score, lowest score first.
    ///
    /// ```
    /// use peil_measure::Histogram;
    ///
    /// let stars = Histogram::from_counts(1, vec![2, 0, 3, 10, 5])?;
    /// assert_eq!((stars.scale_min(), stars.scale_max(), stars.n()), (1, 5, 20));
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::ScaleLength`] when there are no counts, or too many;
    /// [`MeasureError::TooManyAnswers`] when they add up to more than [`MAX_ANSWERS`].
    pub fn from_counts(scale_min: i32, counts: Vec<u64>) -> Result<Self, MeasureError> {
        let refused = MeasureError::ScaleLength {
            scale_min,
            categories: u64::try_from(counts.len()).unwrap_or(u64::MAX),
            limit: MAX_CATEGORIES,
        };
        let Some(steps) = counts
            .len()
            .checked_sub(1)
            .filter(|steps| *steps < MAX_CATEGORIES)
        else {
            return Err(refused);
        };
        let Some(scale_max) = i32::try_from(steps)
            .ok()
            .and_then(|steps| scale_min.checked_add(steps))
        else {
            return Err(refused);
        };
        let n = counts
            .iter()
            .try_fold(0_u64, |n, count| within_limit(n, *count))?;
        Ok(Self {
            scale_min,
            scale_max,
            counts,
            n,
        })
    }

    /// An empty histogram of the recommendation question, scores 0 to 10.
    ///
    /// ```
    /// let answers = peil_measure::Histogram::recommendation();
    /// assert_eq!((answers.scale_min(), answers.scale_max()), (0, 10));
    /// ```
    #[must_use]
    pub fn recommendation() -> Self {
        Self {
            scale_min: 0,
            scale_max: 10,
            counts: vec![0; 11],
            n: 0,
        }
    }

    /// Adds `count` answers with this score.
    ///
    /// ```
    /// let mut answers = peil_measure::Histogram::recommendation();
    /// answers.record(9, 3)?;
    /// assert_eq!(answers.count(9), Some(3));
    /// assert!(answers.record(11, 1).is_err());
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::ScoreOutsideScale`] or [`MeasureError::TooManyAnswers`]; the histogram is
    /// then unchanged.
    pub fn record(&mut self, score: i32, count: u64) -> Result<(), MeasureError> {
        let total = within_limit(self.n, count)?;
        let (scale_min, scale_max) = (self.scale_min, self.scale_max);
        let place = usize::try_from(i64::from(score) - i64::from(scale_min)).ok();
        let Some(cell) = place.and_then(|place| self.counts.get_mut(place)) else {
            return Err(MeasureError::ScoreOutsideScale {
                score,
                scale_min,
                scale_max,
            });
        };
        *cell += count;
        self.n = total;
        Ok(())
    }

    /// Adds all answers of another histogram.
    ///
    /// ```
    /// use peil_measure::Histogram;
    ///
    /// let mut all = Histogram::from_counts(1, vec![1, 2])?;
    /// all.merge(&Histogram::from_counts(1, vec![10, 20])?)?;
    /// assert_eq!(all, Histogram::from_counts(1, vec![11, 22])?);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::ScalesDiffer`] or [`MeasureError::TooManyAnswers`]; the histogram is then
    /// unchanged.
    pub fn merge(&mut self, other: &Self) -> Result<(), MeasureError> {
        self.require_same_scale(other)?;
        self.n = within_limit(self.n, other.n)?;
        for (cell, count) in self.counts.iter_mut().zip(&other.counts) {
            *cell += count;
        }
        Ok(())
    }

    /// The answers that are left when those of `part` are taken out.
    ///
    /// ```
    /// use peil_measure::Histogram;
    ///
    /// let all = Histogram::from_counts(1, vec![5, 0, 7])?;
    /// let about_price = Histogram::from_counts(1, vec![4, 0, 1])?;
    /// assert_eq!(all.without(&about_price)?, Histogram::from_counts(1, vec![1, 0, 6])?);
    /// assert!(about_price.without(&all).is_err());
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::ScalesDiffer`]; [`MeasureError::PartExceedsWhole`] when `part` holds a score
    /// more often.
    pub fn without(&self, part: &Self) -> Result<Self, MeasureError> {
        self.require_same_scale(part)?;
        let mut counts = Vec::with_capacity(self.counts.len());
        for ((score, whole), taken) in self.iter().zip(&part.counts) {
            let left = whole.checked_sub(*taken);
            counts.push(left.ok_or(MeasureError::PartExceedsWhole {
                score,
                part: *taken,
                whole,
            })?);
        }
        Self::from_counts(self.scale_min, counts)
    }

    /// How many answers there are.
    ///
    /// ```
    /// assert_eq!(peil_measure::Histogram::from_counts(1, vec![4, 6])?.n(), 10);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The lowest score of the scale.
    ///
    /// ```
    /// assert_eq!(peil_measure::Histogram::empty(-2, 2)?.scale_min(), -2);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn scale_min(&self) -> i32 {
        self.scale_min
    }

    /// The highest score of the scale.
    ///
    /// ```
    /// assert_eq!(peil_measure::Histogram::empty(-2, 2)?.scale_max(), 2);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn scale_max(&self) -> i32 {
        self.scale_max
    }

    /// How many answers have this score; nothing when the scale does not have it.
    ///
    /// ```
    /// let answers = peil_measure::Histogram::from_counts(1, vec![4, 6])?;
    /// assert_eq!((answers.count(2), answers.count(3)), (Some(6), None));
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn count(&self, score: i32) -> Option<u64> {
        let place = usize::try_from(i64::from(score) - i64::from(self.scale_min)).ok()?;
        self.counts.get(place).copied()
    }

    /// Every score of the scale with its count, lowest first, empty scores included.
    ///
    /// ```
    /// let answers = peil_measure::Histogram::from_counts(1, vec![4, 0, 6])?;
    /// assert_eq!(answers.iter().collect::<Vec<_>>(), [(1, 4), (2, 0), (3, 6)]);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        (self.scale_min..=self.scale_max).zip(self.counts.iter().copied())
    }

    /// How many answers have one of the `top` highest scores.
    ///
    /// ```
    /// let answers = peil_measure::Histogram::from_counts(1, vec![4, 5, 6])?;
    /// assert_eq!(answers.top_count(2)?, 11);
    /// assert!(answers.top_count(4).is_err());
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// [`MeasureError::TopOutsideScale`] unless `1 <= top <=` the number of scores.
    pub fn top_count(&self, top: usize) -> Result<u64, MeasureError> {
        let categories = self.counts.len();
        if top == 0 || top > categories {
            return Err(MeasureError::TopOutsideScale { top, categories });
        }
        Ok(self.counts.iter().rev().take(top).sum())
    }

    /// The share of answers with one of the `top` highest scores, a fraction; nothing without
    /// answers.
    ///
    /// ```
    /// let answers = peil_measure::Histogram::from_counts(1, vec![1, 3])?;
    /// assert_eq!(answers.share_of_top(1)?, Some(0.75));
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Histogram::top_count`].
    pub fn share_of_top(&self, top: usize) -> Result<Option<f64>, MeasureError> {
        Ok(share(self.top_count(top)?, self.n))
    }

    /// The mean score, in scale units; nothing without answers.
    ///
    /// ```
    /// assert_eq!(peil_measure::Histogram::from_counts(1, vec![1, 3])?.mean(), Some(1.75));
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        self.moments().mean()
    }

    /// The sample standard deviation (divisor `n - 1`), in scale units; nothing with fewer than
    /// two answers, exactly 0 when all answers are equal.
    ///
    /// ```
    /// use peil_measure::Histogram;
    ///
    /// let agreed = Histogram::from_counts(1, vec![0, 7])?;
    /// assert_eq!(agreed.standard_deviation(), Some(0.0));
    /// assert_eq!(Histogram::from_counts(1, vec![0, 1])?.standard_deviation(), None);
    /// # Ok::<(), peil_measure::MeasureError>(())
    /// ```
    #[must_use]
    pub fn standard_deviation(&self) -> Option<f64> {
        self.moments().variance().map(f64::sqrt)
    }

    pub(crate) fn require_same_scale(&self, other: &Self) -> Result<(), MeasureError> {
        if self.scale_min == other.scale_min && self.scale_max == other.scale_max {
            return Ok(());
        }
        Err(MeasureError::ScalesDiffer {
            scale_min: self.scale_min,
            scale_max: self.scale_max,
            other_min: other.scale_min,
            other_max: other.scale_max,
        })
    }

    pub(crate) fn moments(&self) -> Moments {
        let n = i128::from(self.n);
        let (mut first, mut second) = (0_i128, 0_i128);
        for (steps, count) in (0_i128..).zip(&self.counts) {
            first += steps * i128::from(*count);
            second += steps * steps * i128::from(*count);
        }
        Moments {
            n: self.n,
            sum: i128::from(self.scale_min) * n + first,
            spread: n * second - first * first,
        }
    }
}

impl Moments {
    pub(crate) fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| real_product(self.sum) / real_product(self.n.into()))
    }

    pub(crate) fn variance(&self) -> Option<f64> {
        let n = i128::from(self.n);
        (n > 1).then(|| real_product(self.spread) / real_product(n * (n - 1)))
    }
}

fn within_limit(n: u64, count: u64) -> Result<u64, MeasureError> {
    n.checked_add(count)
        .filter(|total| *total <= MAX_ANSWERS)
        .ok_or(MeasureError::TooManyAnswers {
            input: "counts",
            limit: MAX_ANSWERS,
        })
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn a_score_outside_the_scale_is_refused_and_nothing_changes() {
        let mut histogram = Histogram::recommendation();
        for score in [-1, 11, i32::MIN, i32::MAX] {
            let refused = MeasureError::ScoreOutsideScale {
                score,
                scale_min: 0,
                scale_max: 10,
            };
            assert_eq!(histogram.record(score, 1), Err(refused));
        }
        assert_eq!(histogram, Histogram::recommendation());
    }

    #[test]
    fn different_scales_do_not_merge() {
        let mut stars = Histogram::empty(1, 5).unwrap();
        let refused = stars.merge(&Histogram::recommendation());
        assert!(matches!(
            refused,
            Err(MeasureError::ScalesDiffer {
                scale_max: 5,
                other_max: 10,
                ..
            })
        ));
    }

    #[test]
    fn a_scale_has_between_one_and_1024_scores() {
        assert!(Histogram::empty(3, 3).is_ok());
        assert!(Histogram::empty(1, 1024).is_ok());
        for (low, high) in [(1, 0), (1, 1025), (i32::MIN, i32::MAX)] {
            let refused = Histogram::empty(low, high);
            assert!(
                matches!(refused, Err(MeasureError::ScaleLength { .. })),
                "{low} to {high}"
            );
        }
        assert!(Histogram::from_counts(1, vec![]).is_err());
        assert!(Histogram::from_counts(i32::MAX, vec![1, 1]).is_err());
    }

    #[test]
    fn more_answers_than_the_limit_are_refused_instead_of_overflowing() {
        let refused = Err(MeasureError::TooManyAnswers {
            input: "counts",
            limit: MAX_ANSWERS,
        });
        assert_eq!(Histogram::from_counts(0, vec![u64::MAX, 2]), refused);
        let mut full = Histogram::from_counts(0, vec![MAX_ANSWERS]).unwrap();
        assert_eq!(full.record(0, 1).err(), refused.err());
        assert_eq!(full.n(), MAX_ANSWERS);
    }

    #[test]
    fn the_widest_scale_with_the_most_answers_keeps_its_sums_exact() {
        let half = MAX_ANSWERS / 2;
        let mut counts = vec![half];
        counts.resize(MAX_CATEGORIES - 1, 0);
        counts.push(half);
        let extremes = Histogram::from_counts(1_000_000, counts).map(|histogram| histogram.mean());
        assert_eq!(extremes, Ok(Some(1_000_511.5)));
    }
}
