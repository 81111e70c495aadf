//! Kinds of questions, with the scale and direction that belong to each.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Choice, ContactField, Direction, Metric, NumberRange, Row, ScoreScale, is_no};
use crate::shared::Localized;

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
        /// Whether every respondent sees the options in an order of their own; anchored options
        /// and "other" stay last.
        #[serde(default, skip_serializing_if = "is_no")]
        is_random: bool,
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
    /// Several things scored on one scale with words, each under a key of its own.
    Matrix {
        /// What is scored.
        rows: Vec<Row>,
        /// The words of the scores 1, 2, 3 ..., from the first to the last.
        labels: Vec<Localized>,
        /// Whether the last word is good news or bad news.
        #[serde(default)]
        direction: Direction,
        /// Whether every respondent sees the rows in an order of their own.
        #[serde(default, skip_serializing_if = "is_no")]
        is_random: bool,
    },
    /// Several things put in order, each under a key of its own with its place as score: 1 is the
    /// best. All are ranked, or none.
    Ranking {
        /// What is ranked.
        rows: Vec<Row>,
        /// Whether every respondent sees the rows in an order of their own.
        #[serde(default, skip_serializing_if = "is_no")]
        is_random: bool,
    },
    /// A handle on a line from `min` to `max`, higher is better.
    Slider {
        /// Lowest score.
        min: i32,
        /// Highest score.
        max: i32,
        /// Distance between two scores that can be given.
        step: i32,
        /// Words at the low end.
        #[serde(default, skip_serializing_if = "Localized::is_blank")]
        low_label: Localized,
        /// Words at the high end.
        #[serde(default, skip_serializing_if = "Localized::is_blank")]
        high_label: Localized,
    },
    /// A number.
    Number {
        /// Lowest number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i32>,
        /// Highest number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i32>,
        /// Digits behind the comma; the answer is kept as a whole number of the last of them.
        #[serde(default)]
        decimals: u8,
    },
    /// A day.
    Date {
        /// First day that is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earliest: Option<Date>,
        /// Last day that is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest: Option<Date>,
    },
    /// Who the respondent is and how to reach them: personal data, never in a figure.
    Contact {
        /// What is asked, in this order.
        fields: Vec<ContactField>,
    },
    /// Permission: a box to tick. When it is required, it must be ticked.
    Consent,
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
            Self::Matrix {
                labels, direction, ..
            } => {
                let points = i32::try_from(labels.len()).ok()?;
                let top = if points < 6 { 2 } else { 3 };
                Some(ScoreScale {
                    direction: *direction,
                    ..upward(1, points, top, Metric::TopBox)
                })
            }
            Self::Ranking { rows, .. } => Some(ScoreScale {
                direction: Direction::LowerIsBetter,
                ..upward(1, i32::try_from(rows.len()).ok()?, 1, Metric::Mean)
            }),
            Self::Slider { min, max, .. } => {
                let fifth = max.saturating_sub(*min) / 5;
                let top = u8::try_from(fifth).unwrap_or(u8::MAX).max(1);
                Some(upward(*min, *max, top, Metric::Mean))
            }
            Self::Choice { .. }
            | Self::Text { .. }
            | Self::Statement
            | Self::Number { .. }
            | Self::Date { .. }
            | Self::Contact { .. }
            | Self::Consent => None,
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
            Self::Matrix { .. } => "matrix",
            Self::Ranking { .. } => "ranking",
            Self::Slider { .. } => "slider",
            Self::Number { .. } => "number",
            Self::Date { .. } => "date",
            Self::Contact { .. } => "contact",
            Self::Consent => "consent",
        }
    }

    /// Whether anything can be answered.
    #[must_use]
    pub const fn asks(&self) -> bool {
        !matches!(self, Self::Statement)
    }

    /// The things of a matrix or ranking that have a key of their own; none for other kinds.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        match self {
            Self::Matrix { rows, .. } | Self::Ranking { rows, .. } => rows,
            _ => &[],
        }
    }

    /// The same things, to be changed.
    #[must_use]
    pub fn rows_mut(&mut self) -> &mut [Row] {
        match self {
            Self::Matrix { rows, .. } | Self::Ranking { rows, .. } => rows,
            _ => &mut [],
        }
    }

    /// Puts everything in the order in which it was written, for every respondent.
    pub const fn stop_shuffling(&mut self) {
        if let Self::Choice { is_random, .. }
        | Self::Matrix { is_random, .. }
        | Self::Ranking { is_random, .. } = self
        {
            *is_random = false;
        }
    }

    /// What numbers are accepted, when a number is asked. Numbers that cannot be kept with all their
    /// decimals are never accepted.
    #[must_use]
    pub fn number_range(&self) -> Option<NumberRange> {
        let Self::Number { min, max, decimals } = *self else {
            return None;
        };
        let unit = 10_i32.saturating_pow(u32::from(decimals));
        let most = i32::MAX / unit;
        Some(NumberRange {
            min: min.unwrap_or(-most).clamp(-most, most),
            max: max.unwrap_or(most).clamp(-most, most),
            decimals,
        })
    }

    /// Whether its answers are kept as a score: those of a scale, and numbers, days and consents.
    #[must_use]
    pub const fn keeps_score(&self) -> bool {
        !matches!(
            self,
            Self::Choice { .. } | Self::Text { .. } | Self::Statement | Self::Contact { .. }
        )
    }

    /// Whether an answer to it, or to one of its rows, is one value. Details of a person are several.
    #[must_use]
    pub const fn is_in_one_column(&self) -> bool {
        self.asks() && !matches!(self, Self::Contact { .. })
    }

    /// Whether it is answered row by row.
    #[must_use]
    pub const fn has_rows(&self) -> bool {
        matches!(self, Self::Matrix { .. } | Self::Ranking { .. })
    }

    /// Seconds that reading and answering take.
    pub(in crate::survey) fn estimated_seconds(&self) -> u32 {
        match self {
            Self::Choice { options, .. } => {
                let extra = u32::try_from(options.len().saturating_sub(5)).unwrap_or(u32::MAX);
                extra.saturating_mul(4).saturating_add(8)
            }
            Self::Text { .. } => 35,
            Self::Matrix { rows, .. } | Self::Ranking { rows, .. } => {
                let rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                rows.saturating_mul(5).saturating_add(4)
            }
            Self::Contact { fields } => {
                let fields = u32::try_from(fields.len()).unwrap_or(u32::MAX);
                fields.saturating_mul(8)
            }
            Self::Statement => 3,
            _ => 8,
        }
    }
}
