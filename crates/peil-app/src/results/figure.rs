//! From counts to figures, and which figures stay hidden.

use std::collections::BTreeMap;

use peil_domain::survey::{Metric, ScoreScale};
use peil_measure::{
    Histogram, Level, MINIMUM_PEOPLE, MeasureError, Measured, Unit, csat, mean, nps,
};

use super::{ScoreZone, zone_of};

/// The fewest people behind a list of comments: words give someone away sooner than a score.
pub const MINIMUM_PEOPLE_FOR_COMMENTS: u64 = 8;

/// A figure, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// There is one.
    Shown(Shown),
    /// There are answers, but showing the figure would give people away.
    Hidden,
    /// Nobody answered.
    None,
}

/// A figure that may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// Points for NPS, a fraction for a top-box share, units of the scale for a mean.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Number of answers.
    pub n: u64,
    /// Number of people who gave them.
    pub people: u64,
    /// Whether it is too uncertain to act on.
    pub is_uncertain: bool,
    /// The counts that it is made of.
    pub parts: Parts,
}

/// The counts that a figure is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// Answers in the worst part of the scale.
    pub low: u64,
    /// Answers in the best part of the scale.
    pub high: u64,
    /// All scores added up.
    pub sum: u64,
}

impl Parts {
    fn of(scale: &ScoreScale, counts: &BTreeMap<i32, u64>) -> Self {
        let mut parts = Self::default();
        for (score, count) in counts.iter().filter(|(score, _)| scale.holds(**score)) {
            match zone_of(scale, *score) {
                ScoreZone::Low => parts.low += count,
                ScoreZone::Mid => {}
                ScoreZone::High => parts.high += count,
            }
            let score = u64::try_from(*score).unwrap_or_default();
            parts.sum = parts.sum.saturating_add(score.saturating_mul(*count));
        }
        parts
    }
}

impl Figure {
    /// The same when it may be told, else hidden; that nobody answered is no secret.
    pub(super) fn told_if(self, may_tell: bool) -> Self {
        match self {
            Self::Shown(_) if !may_tell => Self::Hidden,
            figure => figure,
        }
    }

    /// The figure, when it may be shown.
    #[must_use]
    pub const fn shown(&self) -> Option<&Shown> {
        match self {
            Self::Shown(shown) => Some(shown),
            Self::Hidden | Self::None => None,
        }
    }
}

/// The scores as statistics take them; those of another scale are left out.
pub(crate) fn histogram(
    scale: &ScoreScale,
    counts: &BTreeMap<i32, u64>,
) -> Result<Histogram, MeasureError> {
    let mut histogram = Histogram::empty(scale.min, scale.max)?;
    for (score, count) in counts.iter().filter(|(score, _)| scale.holds(**score)) {
        histogram.record(*score, *count)?;
    }
    Ok(histogram)
}

/// Sums up the scores of `people` people by the metric of their scale.
pub(super) fn figure(
    scale: &ScoreScale,
    counts: &BTreeMap<i32, u64>,
    people: u64,
) -> Result<Figure, MeasureError> {
    let histogram = histogram(scale, counts)?;
    let level = Level::default();
    let (measured, unit) = match scale.metric {
        Metric::Nps => (
            nps(&histogram, level)?.measured(MINIMUM_PEOPLE),
            Unit::Points,
        ),
        Metric::TopBox => {
            let top = usize::from(scale.top);
            (
                csat(&histogram, top, level)?.measured(MINIMUM_PEOPLE),
                Unit::Share,
            )
        }
        Metric::Mean => {
            let unit = Unit::Scale {
                min: scale.min,
                max: scale.max,
            };
            (mean(&histogram, level).measured(MINIMUM_PEOPLE), unit)
        }
    };
    let parts = Parts::of(scale, counts);
    Ok(told(measured, unit, people, parts))
}

/// What was measured among the answers of `people` people, as far as that may be shown.
pub(super) fn told(measured: Measured, unit: Unit, people: u64, parts: Parts) -> Figure {
    match measured {
        Measured::None => Figure::None,
        Measured::TooFew { .. } => Figure::Hidden,
        // One person may answer often: people are counted, not answers.
        Measured::Value { .. } if people < MINIMUM_PEOPLE => Figure::Hidden,
        Measured::Value { value, interval, n } => Figure::Shown(Shown {
            value,
            low: interval.low,
            high: interval.high,
            n,
            people,
            is_uncertain: measured.is_uncertain(unit),
            parts,
        }),
    }
}

#[cfg(test)]
mod tests {
    use peil_domain::survey::QuestionKind;

    use super::*;

    fn scale(kind: &QuestionKind) -> ScoreScale {
        kind.scale().unwrap()
    }

    #[test]
    fn ten_answers_of_four_people_stay_hidden() {
        let counts = BTreeMap::from([(9, 5), (3, 5)]);
        assert_eq!(
            figure(&scale(&QuestionKind::Nps), &counts, 4),
            Ok(Figure::Hidden)
        );
        let shown = figure(&scale(&QuestionKind::Nps), &counts, 5).unwrap();
        let shown = shown.shown().unwrap();
        assert!(shown.value.abs() < 1e-9 && shown.n == 10 && shown.is_uncertain);
        let (low, high, sum) = (5, 5, 60);
        assert_eq!(shown.parts, Parts { low, high, sum });
        assert_eq!(
            figure(&scale(&QuestionKind::Nps), &BTreeMap::new(), 0),
            Ok(Figure::None)
        );
    }

    #[test]
    fn satisfaction_is_the_share_of_the_two_best_scores() {
        let counts = BTreeMap::from([(1, 10), (3, 20), (4, 40), (5, 30)]);
        let kind = QuestionKind::Csat {
            look: peil_domain::survey::CsatLook::Stars,
        };
        let shown = *figure(&scale(&kind), &counts, 100)
            .unwrap()
            .shown()
            .unwrap();
        assert!((shown.value - 0.7).abs() < 1e-12 && !shown.is_uncertain);
        assert!(shown.low < 0.7 && shown.high > 0.7);
    }
}
