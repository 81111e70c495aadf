//! What is asked, and what comes out.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::{AddAssign, RangeInclusive},
    sync::Arc,
};

use peil_domain::shared::{LocalDay, Period, QuestionKey, ResponseId, SurveyId, WorkspaceId};

use crate::{Mention, ONE};

/// A property of submissions by which they are set apart. Every value is a text; not known is a
/// value too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Identifier of the questionnaire.
    Survey,
    /// Number of the version that was shown.
    Version,
    /// Channel, as its stable word.
    Channel,
    /// Language, as its code.
    Language,
    /// Key of the contact moment.
    Touchpoint,
    /// Identifier of the contact's organisation.
    Account,
    /// `complete` or `partial`.
    Completion,
    /// `person` or `program`: who must have filled it in.
    Origin,
    /// Pages that were sent, when it stopped on the way.
    PagesDone,
    /// Value of an attribute.
    Attribute(QuestionKey),
    /// Code of a theme that was mentioned in any answer. Of a submission with several mentions each
    /// counts: it is in the cell of every theme, once. Without mentions it is not known.
    Theme,
    /// The same, with the part of the theme: mentions of no part in particular are not known.
    ThemePart,
    /// How something was mentioned, as a number. Theme and tone are those of one mention: conditions
    /// on both must hold for the same one, and only mentions for which they hold make cells.
    Tone,
    /// The number of different themes that the submission mentions, as a text; the same for each of
    /// its mentions. Without mentions it is not known.
    ThemesTogether,
}

impl Dimension {
    /// Whether it is a property of mentions, of which a submission may have several.
    #[must_use]
    pub const fn is_of_mentions(&self) -> bool {
        matches!(
            self,
            Self::Theme | Self::ThemePart | Self::Tone | Self::ThemesTogether
        )
    }
}

/// What must hold for the value of a dimension.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// It is one of these; nothing stands for not known.
    In(BTreeSet<Option<String>>),
    /// It is none of these; not known passes unless it is among them.
    NotIn(BTreeSet<Option<String>>),
    /// It is a number from the first to the last, both included.
    Between(Option<f64>, Option<f64>),
}

impl Test {
    /// Whether it holds for a value.
    #[must_use]
    pub fn holds(&self, value: Option<&str>) -> bool {
        let is_among = |values: &BTreeSet<Option<String>>| {
            values.iter().any(|known| known.as_deref() == value)
        };
        match self {
            Self::In(values) => is_among(values),
            Self::NotIn(values) => !is_among(values),
            Self::Between(least, most) => {
                let number = value.and_then(|value| value.trim().parse::<f64>().ok());
                number.is_some_and(|number| {
                    least.is_none_or(|least| number >= least)
                        && most.is_none_or(|most| number <= most)
                })
            }
        }
    }
}

/// A condition on one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The dimension.
    pub dimension: Dimension,
    /// What must hold for its value.
    pub test: Test,
}

/// Which submissions are meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope {
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Questionnaires; all of them when none is named.
    pub surveys: Vec<SurveyId>,
    /// Conditions that must all hold.
    pub filters: Vec<Filter>,
    /// First day.
    pub from: Option<LocalDay>,
    /// Last day.
    pub until: Option<LocalDay>,
    /// Whether those that stopped on the way are meant too.
    pub include_partial: bool,
    /// Whether those that a program must have filled in are meant too.
    pub include_automatic: bool,
}

impl Scope {
    /// Everything complete that people gave to `surveys`.
    #[must_use]
    pub const fn all(workspace: WorkspaceId, surveys: Vec<SurveyId>) -> Self {
        Self {
            workspace,
            surveys,
            filters: Vec::new(),
            from: None,
            until: None,
            include_partial: false,
            include_automatic: false,
        }
    }
}

/// Which kind of answer is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Any answer.
    Anything,
    /// Those with a score.
    Score,
    /// Those with options, even when none of them was chosen.
    Options,
    /// Those in own words.
    Words,
    /// Those in which a theme was mentioned. Only then cells say which.
    Mentions,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Submissions, whatever was answered.
    Submissions,
    /// Answers to one question.
    Question(QuestionKey, Given),
    /// The same, without telling what was answered: scores, options and mentions are left out.
    Whether(QuestionKey, Given),
    /// Answers to every question, each counted apart.
    EachQuestion(Given),
    /// Answers to every question, taken together.
    AnyQuestion(Given),
}

impl Subject {
    /// Which kind of answer is meant; nothing when submissions are counted.
    #[must_use]
    pub const fn given(&self) -> Option<Given> {
        match self {
            Self::Submissions => None,
            Self::Question(_, given)
            | Self::Whether(_, given)
            | Self::EachQuestion(given)
            | Self::AnyQuestion(given) => Some(*given),
        }
    }
}

/// Length of the periods by which is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One day.
    Day,
    /// ISO 8601 week.
    Week,
    /// ISO 8601 week, cut where a month begins.
    WeekInMonth,
    /// Calendar month.
    Month,
    /// Calendar quarter.
    Quarter,
    /// Calendar year.
    Year,
}

impl Step {
    /// First day of the period that `day` falls in.
    #[must_use]
    pub fn start(self, day: LocalDay) -> LocalDay {
        match self {
            Self::Day => day,
            Self::Week => Period::Week.start(day),
            Self::WeekInMonth => Ord::max(Period::Week.start(day), Period::Month.start(day)),
            Self::Month => Period::Month.start(day),
            Self::Quarter => Period::Quarter.start(day),
            Self::Year => Period::Year.start(day),
        }
    }
}

impl From<Period> for Step {
    fn from(period: Period) -> Self {
        match period {
            Period::Day => Self::Day,
            Period::Week => Self::Week,
            Period::Month => Self::Month,
            Period::Quarter => Self::Quarter,
            Period::Year => Self::Year,
        }
    }
}

/// What to count, apart by what.
#[derive(Debug, Clone, PartialEq)]
pub struct CountQuery {
    /// Which submissions are meant.
    pub scope: Scope,
    /// What is counted.
    pub subject: Subject,
    /// Dimensions by which is counted apart.
    pub group: Vec<Dimension>,
    /// Periods by which is counted apart.
    pub step: Option<Step>,
    /// Whether submissions count by their weight; else each of them weighs [`ONE`].
    pub is_weighted: bool,
    /// Whether different people are counted.
    pub with_people: bool,
    /// Whether different organisations of contacts are counted.
    pub with_accounts: bool,
}

impl CountQuery {
    /// All of `subject` taken together, with the number of people.
    #[must_use]
    pub const fn new(scope: Scope, subject: Subject) -> Self {
        Self {
            scope,
            subject,
            group: Vec::new(),
            step: None,
            is_weighted: false,
            with_people: true,
            with_accounts: false,
        }
    }

    /// Whether the answer may change when nothing does but what is mentioned.
    #[must_use]
    pub fn depends_on_mentions(&self) -> bool {
        let filters = self.scope.filters.iter().map(|filter| &filter.dimension);
        self.subject.given() == Some(Given::Mentions)
            || filters.chain(&self.group).any(Dimension::is_of_mentions)
    }
}

/// A number of answers. Weights are integers, so that any order of adding gives the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub n: u64,
    /// Sum of their weights, in ten thousandths.
    pub w: u64,
    /// Sum of the squares of their weights.
    pub w2: u128,
}

impl Tally {
    /// One answer of this weight.
    #[must_use]
    pub const fn one(weight: u32) -> Self {
        Self {
            n: 1,
            w: weight as u64,
            w2: (weight as u128) * (weight as u128),
        }
    }

    /// So many answers that each weigh [`ONE`].
    #[must_use]
    pub const fn plain(n: u64) -> Self {
        Self {
            n,
            w: n * ONE as u64,
            w2: n as u128 * (ONE as u128 * ONE as u128),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.n += other.n;
        self.w += other.w;
        self.w2 += other.w2;
    }
}

/// What was counted in one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The question, when questions are counted apart.
    pub question: Option<QuestionKey>,
    /// The value of each dimension by which was counted apart; absent when not known.
    pub groups: Vec<Option<Arc<str>>>,
    /// First day of the period, when periods were asked.
    pub start: Option<LocalDay>,
    /// Answers, or submissions when these are counted.
    pub answers: Tally,
    /// Answers by score, the lowest score first.
    pub scores: Vec<(i32, Tally)>,
    /// How often each option was chosen.
    pub options: BTreeMap<Arc<str>, Tally>,
    /// How often each theme was mentioned in each tone, when [`Given::Mentions`] was asked.
    pub mentions: BTreeMap<Mention, Tally>,
    /// Different people, if asked; everyone who is not known counts as one.
    pub people: u64,
    /// Different organisations of contacts, if asked; not known counts as none.
    pub accounts: u64,
}

/// Which combinations of scores to count.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossQuery {
    /// Which submissions are meant.
    pub scope: Scope,
    /// The questions; submissions that miss a score on one of them do not count.
    pub questions: Vec<QuestionKey>,
    /// Only so many of the newest submissions are taken.
    pub most: u64,
}

/// Combinations of scores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crossed {
    /// The scores in the order of the questions, and how many submissions have just these; the
    /// lowest scores first.
    pub rows: Vec<(Vec<i32>, u64)>,
    /// Different people; everyone who is not known counts as one.
    pub people: u64,
    /// Whether there were so many submissions that only the newest were taken.
    pub is_cut: bool,
}

/// Which submissions to name: those behind a cell, whose groups and period are part of the scope.
#[derive(Debug, Clone, PartialEq)]
pub struct RowsQuery {
    /// Which submissions are meant.
    pub scope: Scope,
    /// What was counted.
    pub subject: Subject,
    /// Only those with a score in this range.
    pub scores: Option<RangeInclusive<i32>>,
    /// Only those that chose this option.
    pub option: Option<String>,
    /// Only those after this one.
    pub after: Option<Row>,
    /// How many at most.
    pub limit: usize,
}

/// Names a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The day on which it came.
    pub local_day: LocalDay,
    /// Its identifier.
    pub response: ResponseId,
}

/// Which values to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuesQuery {
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Questionnaires; all of them when none is named.
    pub surveys: Vec<SurveyId>,
    /// The dimension.
    pub dimension: Dimension,
    /// How many at most.
    pub most: usize,
}
