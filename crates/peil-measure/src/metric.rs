//! What is measured in a histogram, for statistics that work the same on any score.

use crate::error::MeasureError;
use crate::exact::real_product;
use crate::histogram::Histogram;
use crate::measured::Interval;
use crate::nps::Split;

/// A score that every answer contributes to: the figure is the mean of what the answers are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// The Net Promoter Score, in points: an answer is worth -100, 0 or 100.
    Nps,
    /// The share of the `top` highest scores, a fraction: an answer is worth 0 or 1.
    TopShare {
        /// How many of the highest scores count.
        top: usize,
    },
    /// The mean, in scale units: an answer is worth its score.
    Mean,
}

/// How many imaginary answers keep the spread of a small group from being taken for nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Padding {
    /// For one or two groups: ¾ promoter, 1½ passive, ¾ detractor; 1 success, 1 failure; or half an
    /// answer at each end of the scale.
    Whole,
    /// For four groups: half of that.
    Half,
}

/// Exact sums of what the answers are worth.
///
/// Worth is counted in whole steps from an origin; after padding, everything is in eighths of an
/// answer, so that it stays exact.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    n: i128,
    sum: i128,
    squares: i128,
    /// How many units of `n` make one answer.
    parts: i128,
    origin: f64,
    step: f64,
    padding: Imaginary,
}

/// Imaginary answers in eighths.
#[derive(Debug, Clone, Copy)]
struct Imaginary {
    n: i128,
    sum: i128,
    squares: i128,
}

const EIGHTHS: i128 = 8;

impl Metric {
    /// What the answers of a histogram are worth.
    pub(crate) fn sample(self, histogram: &Histogram) -> Result<Sample, MeasureError> {
        let n = i128::from(histogram.n());
        let sample = |sum, squares, padding, origin, step| Sample {
            n,
            sum,
            squares,
            parts: 1,
            origin,
            step,
            padding,
        };
        match self {
            Self::Nps => {
                let split = Split::of(histogram)?;
                let (up, down) = (i128::from(split.promoters), i128::from(split.detractors));
                let padding = Imaginary {
                    n: 24,
                    sum: 0,
                    squares: 12,
                };
                Ok(sample(up - down, up + down, padding, 0.0, 100.0))
            }
            Self::TopShare { top } => {
                let hits = i128::from(histogram.top_count(top)?);
                let padding = Imaginary {
                    n: 16,
                    sum: 8,
                    squares: 8,
                };
                Ok(sample(hits, hits, padding, 0.0, 1.0))
            }
            Self::Mean => {
                let (mut sum, mut squares, mut widest) = (0, 0, 0);
                for (steps, (_, count)) in (0_i128..).zip(histogram.iter()) {
                    sum += steps * i128::from(count);
                    squares += steps * steps * i128::from(count);
                    widest = steps;
                }
                let padding = Imaginary {
                    n: 8,
                    sum: 4 * widest,
                    squares: 4 * widest * widest,
                };
                let origin = f64::from(histogram.scale_min());
                Ok(sample(sum, squares, padding, origin, 1.0))
            }
        }
    }

    /// The lowest and the highest figure there can be on the scale of a histogram.
    pub(crate) fn range(self, histogram: &Histogram) -> Interval {
        let (low, high) = match self {
            Self::Nps => (-100.0, 100.0),
            Self::TopShare { .. } => (0.0, 1.0),
            Self::Mean => (
                f64::from(histogram.scale_min()),
                f64::from(histogram.scale_max()),
            ),
        };
        Interval { low, high }
    }
}

impl Sample {
    /// How many answers there are, imaginary ones included.
    pub(crate) fn size(&self) -> f64 {
        real_product(self.n) / real_product(self.parts)
    }

    /// The figure; nothing without answers.
    pub(crate) fn value(&self) -> Option<f64> {
        (self.n > 0)
            .then(|| self.origin + self.step * real_product(self.sum) / real_product(self.n))
    }

    /// The variance of what one answer is worth (divisor n); nothing without answers.
    pub(crate) fn variance(&self) -> Option<f64> {
        let spread = self.n * self.squares - self.sum * self.sum;
        let n = real_product(self.n);
        (self.n > 0).then(|| self.step * self.step * (real_product(spread) / n / n))
    }

    /// The squared standard error of the figure: variance over n; nothing without answers.
    pub(crate) fn squared_se(&self) -> Option<f64> {
        self.variance().map(|variance| variance / self.size())
    }

    /// The same answers with imaginary ones added; nothing when there are no real ones.
    pub(crate) fn padded(&self, padding: Padding) -> Option<Self> {
        let part = match padding {
            Padding::Whole => 1,
            Padding::Half => 2,
        };
        (self.n > 0 && self.parts == 1).then(|| Self {
            n: EIGHTHS * self.n + self.padding.n / part,
            sum: EIGHTHS * self.sum + self.padding.sum / part,
            squares: EIGHTHS * self.squares + self.padding.squares / part,
            parts: EIGHTHS,
            ..*self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_score_and_the_spread_of_its_answers() {
        let answers = Histogram::from_counts(0, vec![0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 5]).unwrap();
        let sample = Metric::Nps.sample(&answers).unwrap();
        assert!((sample.value().unwrap() - 30.0).abs() < 1e-12);
        assert!((sample.variance().unwrap() - 6100.0).abs() < 1e-9);
        let share = Metric::TopShare { top: 2 }.sample(&answers).unwrap();
        assert!((share.variance().unwrap() - 0.25).abs() < 1e-12);
        let mean = Metric::Mean.sample(&answers).unwrap();
        assert!((mean.value().unwrap() - 8.6).abs() < 1e-12);
    }

    #[test]
    fn imaginary_answers_give_a_unanimous_group_a_spread() {
        let all_tens = Histogram::from_counts(0, vec![0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]).unwrap();
        let sample = Metric::Nps.sample(&all_tens).unwrap();
        assert!(sample.variance().unwrap() <= 0.0);
        let padded = sample.padded(Padding::Whole).unwrap();
        assert!((padded.value().unwrap() - 75.0).abs() < 1e-12);
        assert!((padded.size() - 12.0).abs() < 1e-12);
        assert!(padded.variance().unwrap() > 0.0);
    }

    #[test]
    fn nobody_has_no_figure_with_or_without_imaginary_answers() {
        let sample = Metric::Nps.sample(&Histogram::recommendation()).unwrap();
        assert_eq!(sample.value(), None);
        assert!(sample.padded(Padding::Half).is_none());
    }
}
