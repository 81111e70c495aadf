//! What the reviewer can say: rules, how serious they are, and one finding.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+) => {
        /// One rule of the reviewer.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Rule {
            /// Every rule, those on texts first.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The rule as a stable word.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

rules! {
    /// The wording pushes towards an answer.
    Leading = "leading",
    /// Two things are asked at once.
    DoubleBarrelled = "double_barrelled",
    /// Readers will understand different things.
    Vague = "vague",
    /// Something is taken for granted.
    Presupposing = "presupposing",
    /// Something is denied, or denied twice.
    Negation = "negation",
    /// A word or abbreviation of the trade.
    Jargon = "jargon",
    /// Heavy to read.
    ReadingLevel = "reading_level",
    /// Always, never, everyone.
    Absolute = "absolute",
    /// What one would do if.
    Hypothetical = "hypothetical",
    /// More is asked than people remember.
    Recall = "recall",
    /// A word that stirs.
    Emotional = "emotional",
    /// It is assumed that one does something.
    AssumedBehaviour = "assumed_behaviour",
    /// One answer makes a better impression.
    SocialDesirability = "social_desirability",
    /// Agreement is asked instead of the thing itself.
    AgreeDisagree = "agree_disagree",
    /// More or stronger choices on one side.
    UnbalancedScale = "unbalanced_scale",
    /// A choice that some people need is not there.
    MissingOption = "missing_option",
    /// One value fits two choices.
    OverlappingRanges = "overlapping_ranges",
    /// High is good in one scale and bad in another.
    MixedDirection = "mixed_direction",
    /// More questions than people finish.
    TooLong = "too_long",
    /// More open questions than people answer.
    TooManyOpen = "too_many_open",
    /// A score without the question why.
    MissingWhy = "missing_why",
    /// A personal question comes too early.
    SensitiveEarly = "sensitive_early",
    /// How long answering takes.
    EstimatedMinutes = "estimated_minutes",
    /// The NPS question is not the published one.
    NpsWording = "nps_wording",
    /// The CES question does not fit its scale.
    CesVersion = "ces_version",
    /// Advertising inside a questionnaire.
    Promotional = "promotional",
}

impl Rule {
    /// The rules that look at one text.
    pub const ON_TEXTS: &[Self] = &[
        Self::Leading,
        Self::DoubleBarrelled,
        Self::Vague,
        Self::Presupposing,
        Self::Negation,
        Self::Jargon,
        Self::ReadingLevel,
        Self::Absolute,
        Self::Hypothetical,
        Self::Recall,
        Self::Emotional,
        Self::AssumedBehaviour,
        Self::SocialDesirability,
        Self::AgreeDisagree,
    ];
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A rule or severity that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word `{0}`")]
pub struct UnknownWord(pub String);

impl FromStr for Rule {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|rule| rule.code() == text);
        found.copied().ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

/// How serious a finding is, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth a second look.
    Hint,
    /// Likely to harm the answers.
    Warning,
    /// Harms the answers.
    Error,
}

impl Severity {
    /// The severity as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl FromStr for Severity {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Hint, Self::Warning, Self::Error]
            .into_iter()
            .find(|severity| severity.code() == text)
            .ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

/// Something that a better text would do otherwise. The sentence for people is made at the edge,
/// from [`Finding::rule`] and [`Finding::severity`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// How serious.
    pub severity: Severity,
    /// First byte of the words in the text.
    pub start: usize,
    /// First byte behind them.
    pub end: usize,
    /// The words.
    pub words: String,
    /// The whole text in neutral words, when a sound one can be made; two questions are two lines.
    pub rewrite: Option<String>,
}
