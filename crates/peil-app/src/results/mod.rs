//! Figures: what was asked, what came back, how certain it is.
//!
//! Counts come from the store, arithmetic from `peil-measure`; what may be shown is decided here,
//! so that page, API and every later reader hide the same.

mod accounts;
mod accounts_query;
mod comments;
mod compare;
mod compare_groups;
mod compare_query;
mod counting;
mod drivers;
mod drivers_query;
mod explore;
mod explorer;
mod explorer_columns;
mod explorer_figures;
mod explorer_query;
mod explorer_table;
mod figure;
mod guard;
mod guard_counts;
mod ladder;
mod numbers;
mod overview;
mod query;
mod representation;
mod representation_parts;
mod representation_query;
mod representation_rake;
mod representation_weights;
mod response_report;
mod sample;
mod sample_query;
mod selection;
mod signals;
mod single;
mod span;
mod trend;
mod verdict;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    shared::{LocalDay, Period},
    survey::{Question, ScoreScale, Survey},
};

pub use peil_store::results::Dimension;

pub(crate) use comments::{names as comment_names, score_range};
pub(crate) use counting::{
    Answered, TableCell, TableQuery, TableSubject, Wanted, asked, count_responses,
    scope as scope_of, table,
};
pub(crate) use explore::{demand_properties, dimensions, survey_called};
pub(crate) use figure::histogram;
pub(crate) use guard::{Guard, KnownGuards, known_guards};
pub(crate) use guard_counts::Detail;
pub(crate) use ladder::{default_group, names_of};
pub(crate) use selection::{Selection, scale_question};
pub(crate) use signals::FIND_SIGNALS;
pub(crate) use single::{may_show_properties, readable};

pub use accounts::{
    AccountFigures, AccountIcc, AccountRefusal, AccountScore, AccountsFound, Agreement,
};
pub use accounts_query::{AccountOrder, AccountPage, AccountPlace, AccountsQuery};
pub use comments::{CommentLine, Comments, CommentsAsked};
pub use compare::{Comparability, Joining};
pub use compare_groups::{ComparedGroup, ComparedPair, GroupsCompared, Overall};
pub use compare_query::{CompareQuery, GroupBy, MOST_COMPARED, measure_code, measures_of};
pub use drivers::{Driver, DriverAnalysis, DriverChoice, DriverRefusal, DriversFound, MOST_ROWS};
pub use drivers_query::{DriversQuery, MOST_DRIVERS};
pub use explorer::{ExploreColumn, ExploreGroup, ExploreRow, ExploreSubject, Explored};
pub use explorer_query::{ExploreMeasure, ExploreQuery, ExploreView};
pub use figure::{Figure, MINIMUM_PEOPLE_FOR_COMMENTS, Parts, Shown};
pub use numbers::{NumberResult, NumbersShown};
pub use overview::{Headline, NextStep, Overview, Quarter, WaveLine};
pub use peil_measure::{
    Direction, Dispositions, Interval, MINIMUM_PEOPLE, Quadrant, ResponseRates, ShrunkenNps,
    Verdict,
};
pub use query::{ResultsQuery, ScoreZone, bucket_code, dimension_code, dimension_of};
pub use representation::{
    CategoryResponse, Chase, FEWEST_ANSWERED, FEWEST_INVITED, Grade, Indicator, MOST_VALUES,
    PropertyChoice, PropertyResponse, Representation, RepresentationRefusal, Represented, Standing,
};
pub use representation_query::{
    MOST_PROPERTIES, Population, RepresentationQuery, TypedShare, share_field,
};
pub use representation_weights::{
    WEIGHT_STEPS, Weighed, WeighedFigure, WeightMargin, WeightRefusal, WeightTarget, Weighting,
};
pub use response_report::{ChannelCompletion, QuestionAnswered, ResponseReport};
pub use sample::{SamplePlan, SampleWarning};
pub use sample_query::{SampleAim, SampleQuery};
pub use signals::{
    Event, SignalFound, SignalQuery, SignalQuote, SignalSettings, SignalsFound, ThemeVerdict,
};
pub use single::Readable;
pub use span::{Span, When};
pub use verdict::{Change, Difference, Verdicts};

use ladder::Tally;

/// The figures of one questionnaire.
#[derive(Debug, Clone)]
pub struct Results {
    /// The questionnaire.
    pub survey: Survey,
    /// What was asked, with the question filled in.
    pub query: ResultsQuery,
    /// First day, when there is one.
    pub from: Option<LocalDay>,
    /// Last day, when there is one.
    pub until: Option<LocalDay>,
    /// Number of people in the selection; absent when they are too few to be told.
    pub people: Option<u64>,
    /// Number of submissions in the selection that are marked as automatic; they are left out of
    /// every figure unless the query includes them.
    pub automatic: u64,
    /// Whether nothing is told of this selection, since a few people could be told apart.
    pub is_closed: bool,
    /// Whether the days are more than was asked, since a few people could be told apart.
    pub is_widened: bool,
    /// Whether anyone ever answered, selected or not.
    pub has_answers: bool,
    /// Every question of the newest version with a scale.
    pub scales: Vec<ScaleResult>,
    /// Every choice question of the newest version.
    pub choices: Vec<ChoiceResult>,
    /// Every question that asks for a number or a day.
    pub numbers: Vec<NumberResult>,
    /// Open questions of the newest version.
    pub texts: Vec<Question>,
    /// Length of the steps of the trend.
    pub bucket: Period,
    /// The chosen question through time, oldest first, without gaps.
    pub trend: Vec<TrendStep>,
    /// Number and day of every version that changed an earlier one, the newest first.
    pub changes: Vec<(i32, LocalDay)>,
    /// The chosen question by group.
    pub ladder: Option<Ladder>,
    /// Properties that occur, with their values.
    pub dimensions: Vec<DimensionValues>,
    /// Which differences on the screen are real.
    pub verdicts: Verdicts,
    /// How many of those who were asked answered.
    pub response: ResponseFigure,
    /// Moment at which the figures were true.
    pub as_of: Timestamp,
    /// Time that it took to make them.
    pub took: SignedDuration,
}

/// A question with a scale, summed up.
#[derive(Debug, Clone)]
pub struct ScaleResult {
    /// The question as the newest version asks it.
    pub question: Question,
    /// Its scale.
    pub scale: ScoreScale,
    /// The figure.
    pub figure: Figure,
    /// Number of answers by score, every score of the scale; empty when the figure is not shown.
    pub counts: BTreeMap<i32, u64>,
    /// Which versions can be put together.
    pub comparability: Comparability,
}

impl ScaleResult {
    /// Number of answers in a part of the scale.
    #[must_use]
    pub fn count_in(&self, zone: ScoreZone) -> u64 {
        let in_zone = |score: i32| zone_of(&self.scale, score) == zone;
        self.counts
            .iter()
            .filter(|(score, _)| in_zone(**score))
            .map(|(_, count)| count)
            .sum()
    }
}

/// The part of a scale in which a score lies.
#[must_use]
pub fn zone_of(scale: &ScoreScale, score: i32) -> ScoreZone {
    if scale.is_low(score) {
        ScoreZone::Low
    } else if scale.is_high(score) {
        ScoreZone::High
    } else {
        ScoreZone::Mid
    }
}

/// A choice question, counted.
#[derive(Debug, Clone)]
pub struct ChoiceResult {
    /// The question as the newest version asks it.
    pub question: Question,
    /// Number of answers; absent when they are of too few people to be told.
    pub answers: Option<u64>,
    /// How often each option was chosen, in the order of the question; options that are no longer
    /// offered and "other" behind it. Empty when too few people answered.
    pub options: Vec<OptionCount>,
}

/// How often one option was chosen.
#[derive(Debug, Clone)]
pub struct OptionCount {
    /// Code of the option.
    pub code: String,
    /// How often.
    pub count: u64,
    /// Share of the answers, a fraction.
    pub share: f64,
    /// Both ends of its 95 % interval; absent without answers.
    pub interval: Option<(f64, f64)>,
}

/// One step of a trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendStep {
    /// First day.
    pub start: LocalDay,
    /// Last day, within the selection.
    pub end: LocalDay,
    /// The figure.
    pub figure: Figure,
}

/// The chosen question by group.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// By what.
    pub dimension: Dimension,
    /// The groups, best first, those not shown last.
    pub rows: Vec<LadderStep>,
    /// Groups that were left out because there are so many.
    pub left_out: usize,
    /// All answers, those of groups that are not shown included.
    total: Tally,
}

/// One group of a ladder.
#[derive(Debug, Clone)]
pub struct LadderStep {
    /// The value; absent when it is not known.
    pub group: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// The figure.
    pub figure: Figure,
    /// What it is made of.
    tally: Tally,
}

/// A property that answers can be selected by.
#[derive(Debug, Clone)]
pub struct DimensionValues {
    /// The property.
    pub dimension: Dimension,
    /// What people call it, when it has a name of its own.
    pub name: Option<String>,
    /// Its values with what people call them, the most frequent first.
    pub values: Vec<(String, Option<String>)>,
}

/// How many of those who were asked answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResponseFigure {
    /// Nobody was invited, so that nothing can be said.
    NotInvited,
    /// Share of the invitations that were sent and answered (AAPOR RR1: everyone who was sent an
    /// invitation counts).
    Rate {
        /// The share, a fraction.
        share: f64,
        /// Invitations answered.
        answered: u64,
        /// Invitations sent.
        sent: u64,
    },
}
