//! Kinds of questions as programs read and write them.

use jiff::civil::Date;
use peil_domain::shared::QuestionKey;
use peil_domain::survey::Formula;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{definition::is_no, words::Words};

/// What kind of answer is asked. Scale and direction belong to the kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = QuestionKind)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Kind {
    /// Likelihood to recommend, 0 to 10.
    Nps,
    /// Satisfaction, 1 to 5.
    Csat {
        /// How the five choices look.
        #[serde(default)]
        look: Look,
    },
    /// Customer effort.
    Ces {
        /// Which published form of the question it is.
        #[serde(default)]
        version: Effort,
    },
    /// Mark from 1 to 10.
    Mark,
    /// A scale of one's own.
    Rating {
        /// Lowest score, 0 or 1.
        #[schema(minimum = 0, maximum = 1)]
        min: i32,
        /// Highest score, 1 to 10 above the lowest.
        #[schema(minimum = 1, maximum = 11)]
        max: i32,
        /// How many of the highest scores count as satisfied.
        #[schema(minimum = 1, maximum = 10)]
        top: u8,
        /// Words at the low end.
        #[serde(default, skip_serializing_if = "Words::is_blank")]
        low_label: Words,
        /// Words at the high end.
        #[serde(default, skip_serializing_if = "Words::is_blank")]
        high_label: Words,
    },
    /// One or more of a list.
    Choice {
        /// The list, at most 100.
        options: Vec<Choice>,
        /// Whether several may be chosen.
        #[serde(default)]
        is_multiple: bool,
        /// Whether "other, namely" is offered.
        #[serde(default)]
        has_other: bool,
        /// Whether every respondent sees the options in an order of their own.
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
        /// What is scored, 2 to 50.
        rows: Vec<Row>,
        /// The words of the scores 1, 2, 3 ..., 2 to 11.
        labels: Vec<Words>,
        /// Whether the last word is good news or bad news.
        #[serde(default)]
        direction: Direction,
        /// Whether every respondent sees the rows in an order of their own.
        #[serde(default, skip_serializing_if = "is_no")]
        is_random: bool,
    },
    /// Several things put in order; the score of each is its place, 1 being the best.
    Ranking {
        /// What is ranked, 2 to 50.
        rows: Vec<Row>,
        /// Whether every respondent sees the rows in an order of their own.
        #[serde(default, skip_serializing_if = "is_no")]
        is_random: bool,
    },
    /// A handle on a line, higher is better.
    Slider {
        /// Lowest score.
        #[schema(minimum = -1000, maximum = 1000)]
        min: i32,
        /// Highest score.
        #[schema(minimum = -1000, maximum = 1000)]
        max: i32,
        /// Distance between two scores that can be given.
        #[schema(minimum = 1)]
        step: i32,
        /// Words at the low end.
        #[serde(default, skip_serializing_if = "Words::is_blank")]
        low_label: Words,
        /// Words at the high end.
        #[serde(default, skip_serializing_if = "Words::is_blank")]
        high_label: Words,
    },
    /// A number.
    Number {
        /// Lowest number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i32>,
        /// Highest number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i32>,
        /// Digits behind the comma.
        #[serde(default)]
        #[schema(maximum = 6)]
        decimals: u8,
    },
    /// A day.
    Date {
        /// First day that is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, format = Date)]
        earliest: Option<Date>,
        /// Last day that is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, format = Date)]
        latest: Option<Date>,
    },
    /// Who the respondent is and how to reach them: personal data, never in a figure.
    Contact {
        /// What is asked, in this order.
        fields: Vec<Detail>,
    },
    /// Permission: a box to tick.
    Consent,
}

/// One option of a choice question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    /// Stable code stored with answers.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: QuestionKey,
    /// What the respondent reads, at most 200 characters.
    label: Words,
    /// Whether it keeps its place at the end when the order is random.
    #[serde(default, skip_serializing_if = "is_no")]
    is_anchored: bool,
    /// Whether it cannot be chosen beside another option.
    #[serde(default, skip_serializing_if = "is_no")]
    is_exclusive: bool,
    /// It is offered when this holds; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 2000)]
    show_if: Option<Formula>,
}

/// One thing of a matrix or ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = QuestionRow)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    /// Stable name, by which answers are found.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    key: QuestionKey,
    /// What the respondent reads, at most 200 characters.
    text: Words,
}

/// Something asked about who the respondent is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ContactField)]
#[serde(rename_all = "snake_case")]
pub(super) enum Detail {
    /// Name.
    Name,
    /// Mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Organisation.
    Organisation,
    /// Anything else.
    Remark,
}

/// Whether a high score is good news.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ScaleDirection)]
#[serde(rename_all = "snake_case")]
pub(super) enum Direction {
    /// High is good.
    #[default]
    HigherIsBetter,
    /// Low is good.
    LowerIsBetter,
}

/// How the five choices of a CSAT question look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Look {
    /// Faces with words.
    #[default]
    Smileys,
    /// Stars with words.
    Stars,
    /// Words only.
    Words,
}

/// Published forms of the Customer Effort Score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Effort {
    /// A statement, 1 (disagree) to 7 (agree): high is good.
    #[default]
    V2,
    /// A question, 1 (very low) to 5 (very high): low is good.
    V1,
}
