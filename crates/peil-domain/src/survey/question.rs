//! Kinds of questions, with the scale and direction that belong to each.

use serde::{Deserialize, Serialize};

use crate::shared::{Localized, QuestionKey};

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable name.
    pub key: QuestionKey,
    /// What is asked.
    pub text: Localized,
    /// Explanation under the question.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub help: Localized,
    /// Whether it must be answered.
    #[serde(default)]
    pub is_required: bool,
    /// What kind of answer is asked.
    #[serde(flatten)]
    pub kind: QuestionKind,
}

/// What kind of answer is asked. Scale and direction are part of the kind and cannot be set apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuestionKind {
    /// Likelihood to recommend, 0 to 10 (Net Promoter Score).
    Nps,
    /// Satisfaction, 1 to 5.
    Csat {
        /// How the five choices look.
        #[serde(default)]
        look: CsatLook,
    },
    /// Customer effort.
    Ces {
        /// Which published form of the question it is; the two are never mixed.
        #[serde(default)]
        version: CesVersion,
    },
    /// Dutch school mark, 1 to 10 (*rapportcijfer*).
    Mark,
    /// A scale of the user's own, from `min` to `max`, higher is better.
    Rating {
        /// Lowest score.
        min: i32,
        /// Highest score.
        max: i32,
        /// How many of the highest scores count as satisfied.
        top: u8,
        /// Words at the low end.
        #[serde(default, skip_serializing_if = "Localized::is_blank")]
        low_label: Localized,
        /// Words at the high end.
        #[serde(default, skip_serializing_if = "Localized::is_blank")]
        high_label: Localized,
    },
    /// One or more of a list.
    Choice {
        /// The list.
        options: Vec<Choice>,
        /// Whether several may be chosen.
        #[serde(default)]
        is_multiple: bool,
        /// Whether "other, namely ..." is offered.
        #[serde(default)]
        has_other: bool,
    },
    /// Yes or no.
    YesNo,
    /// An open question.
    Text {
        /// Whether a long answer is expected.
        #[serde(default)]
        is_long: bool,
    },
    /// Text without a question.
    Statement,
}

/// One option of a choice question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable code stored with answers.
    pub code: QuestionKey,
    /// What the respondent reads.
    pub label: Localized,
}

/// How the five choices of a CSAT question look; every look has words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CsatLook {
    /// Faces with words.
    #[default]
    Smileys,
    /// Stars with words.
    Stars,
    /// Words only.
    Words,
}

/// Published forms of the Customer Effort Score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CesVersion {
    /// "The organisation made it easy for me", 1 (disagree) to 7 (agree): high is good.
    #[default]
    V2,
    /// "How much effort did you have to put forth?", 1 (very low) to 5 (very high): low is good.
    V1,
}

/// Whether a high score is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// High is good.
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

impl QuestionKind {
    /// The scale, for kinds that give a score.
    #[must_use]
    pub fn scale(&self) -> Option<ScoreScale> {
        let upward = |min, max, top, metric| ScoreScale {
            min,
            max,
            top,
            direction: Direction::HigherIsBetter,
            metric,
        };
        match self {
            Self::Nps => Some(upward(0, 10, 2, Metric::Nps)),
            Self::Csat { .. } => Some(upward(1, 5, 2, Metric::TopBox)),
            Self::Ces {
                version: CesVersion::V2,
            } => Some(upward(1, 7, 3, Metric::Mean)),
            Self::Ces {
                version: CesVersion::V1,
            } => Some(ScoreScale {
                direction: Direction::LowerIsBetter,
                ..upward(1, 5, 2, Metric::Mean)
            }),
            Self::Mark => Some(upward(1, 10, 3, Metric::Mean)),
            Self::Rating { min, max, top, .. } => Some(upward(*min, *max, *top, Metric::TopBox)),
            Self::YesNo => Some(upward(0, 1, 1, Metric::TopBox)),
            Self::Choice { .. } | Self::Text { .. } | Self::Statement => None,
        }
    }

    /// The kind as a stable word.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat { .. } => "csat",
            Self::Ces { .. } => "ces",
            Self::Mark => "mark",
            Self::Rating { .. } => "rating",
            Self::Choice { .. } => "choice",
            Self::YesNo => "yes_no",
            Self::Text { .. } => "text",
            Self::Statement => "statement",
        }
    }

    /// Whether anything can be answered.
    #[must_use]
    pub const fn asks(&self) -> bool {
        !matches!(self, Self::Statement)
    }

    /// Seconds that reading and answering take.
    pub(super) fn estimated_seconds(&self) -> u32 {
        match self {
            Self::Choice { options, .. } => {
                let extra = u32::try_from(options.len().saturating_sub(5)).unwrap_or(u32::MAX);
                extra.saturating_mul(4).saturating_add(8)
            }
            Self::Text { .. } => 35,
            Self::Statement => 3,
            _ => 8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_question_is_written_flat_in_json() {
        let json = r#"{"key":"nps","text":{"nl":"Hoe?"},"kind":"nps","is_required":true}"#;
        let question: Question = serde_json::from_str(json).unwrap();
        assert_eq!(question.kind, QuestionKind::Nps);
        let again: Question =
            serde_json::from_str(&serde_json::to_string(&question).unwrap()).unwrap();
        assert_eq!(again, question);
    }
}
