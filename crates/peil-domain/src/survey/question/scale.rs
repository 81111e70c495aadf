//! Scales of scores, and what on them is good and bad news.

use serde::{Deserialize, Serialize};

/// Whether a high score is good news.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// High is good.
    #[default]
    HigherIsBetter,
    /// Low is good.
    LowerIsBetter,
}

/// The figure by which a scale is summed up first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Net Promoter Score in points, -100 to 100.
    Nps,
    /// Share of answers in the highest scores.
    TopBox,
    /// Arithmetic mean in units of the scale.
    Mean,
}

/// The scale of a question that gives a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreScale {
    /// Lowest score.
    pub min: i32,
    /// Highest score.
    pub max: i32,
    /// How many of the best scores count as satisfied.
    pub top: u8,
    /// Whether a high score is good news.
    pub direction: Direction,
    /// The figure by which it is summed up first.
    pub metric: Metric,
}

impl ScoreScale {
    /// Whether `score` lies on the scale.
    #[must_use]
    pub fn holds(&self, score: i32) -> bool {
        (self.min..=self.max).contains(&score)
    }

    /// Every score from low to high.
    pub fn scores(&self) -> impl Iterator<Item = i32> + use<> {
        self.min..=self.max
    }

    /// Whether a score is bad news: the unsatisfied end of the scale. NPS 0-6; else the lowest two
    /// fifths of the scale (CSAT 1-2).
    #[must_use]
    pub fn is_low(&self, score: i32) -> bool {
        if self.metric == Metric::Nps {
            return score <= 6;
        }
        let steps = match self.direction {
            Direction::HigherIsBetter => score - self.min,
            Direction::LowerIsBetter => self.max - score,
        };
        steps * 5 < (self.max - self.min + 1) * 2
    }

    /// Whether a score is good news: NPS 9-10; else one of the `top` best scores.
    #[must_use]
    pub fn is_high(&self, score: i32) -> bool {
        let from_best = match self.direction {
            Direction::HigherIsBetter => self.max - score,
            Direction::LowerIsBetter => score - self.min,
        };
        let top = if self.metric == Metric::Nps {
            2
        } else {
            i32::from(self.top)
        };
        from_best < top
    }
}

/// The numbers that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    /// Lowest number.
    pub min: i32,
    /// Highest number.
    pub max: i32,
    /// Digits behind the comma.
    pub decimals: u8,
}

impl NumberRange {
    /// How many of the last decimal make one.
    #[must_use]
    pub fn unit(&self) -> i32 {
        10_i32.saturating_pow(u32::from(self.decimals))
    }

    /// The number that is kept as `kept`.
    #[must_use]
    pub fn number(&self, kept: i32) -> f64 {
        f64::from(kept) / f64::from(self.unit())
    }

    /// Whether a kept number is accepted.
    #[must_use]
    pub fn holds(&self, kept: i32) -> bool {
        let end = |number: i32| number.saturating_mul(self.unit());
        (end(self.min)..=end(self.max)).contains(&kept)
    }
}

#[cfg(test)]
mod tests {
    use crate::survey::{CesVersion, CsatLook, QuestionKind};

    #[test]
    fn good_and_bad_news_follow_the_direction_of_the_scale() {
        let scale = |kind: QuestionKind| kind.scale().unwrap();
        let nps = scale(QuestionKind::Nps);
        assert!(nps.is_low(6) && !nps.is_low(7) && !nps.is_high(8) && nps.is_high(9));
        let csat = scale(QuestionKind::Csat {
            look: CsatLook::Stars,
        });
        assert!(csat.is_low(2) && !csat.is_low(3) && !csat.is_high(3) && csat.is_high(4));
        let effort = scale(QuestionKind::Ces {
            version: CesVersion::V1,
        });
        assert!(effort.is_low(5) && effort.is_high(1) && !effort.is_low(3) && !effort.is_high(3));
    }
}
