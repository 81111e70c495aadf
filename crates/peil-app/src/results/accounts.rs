//! The NPS of accounts: each person or each account counting alike, and the best guess for each.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    shared::Slug,
    survey::{Metric, Question, ScoreScale, Survey},
};
use peil_measure::{
    ClusteredNps, GroupedNps, Histogram, Interval, Level, Likeness, MINIMUM_PEOPLE, PooledGroups,
    SIGNIFICANCE, ShrunkenNps, Unit, grouped_nps,
};
use peil_store::results::Dimension;

use super::{
    AccountPage, AccountsQuery, DimensionValues, Parts, ResultsQuery, Shown, When,
    counting::Cell,
    explore::{demand_properties, dimensions, survey_called},
    figure::{figure, histogram},
    guard_counts::Detail,
    selection::Selection,
};
use crate::{App, AppError, app::demand, facts::Counting};

/// One account of enough people.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountScore {
    /// Its name.
    pub name: String,
    /// Its own NPS.
    pub shown: Shown,
    /// The best guess for its NPS; absent when everyone agrees with their colleagues.
    pub guess: Option<ShrunkenNps>,
}

impl AccountScore {
    /// Where it belongs among the others: the guess, without one its own NPS.
    #[must_use]
    pub fn rank(&self) -> f64 {
        self.guess.map_or(self.shown.value, |guess| guess.value)
    }
}

/// Whether people in one account agree with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Strongly: the account says nearly as much as the person.
    Strong,
    /// Clearly.
    Clear,
    /// A little.
    Slight,
    /// Hardly more than strangers, beyond doubt.
    Divided,
    /// Perhaps: there are too few answers to know.
    CannotTell,
    /// Everyone says the same as their colleagues, so that there is nothing to compare with.
    Complete,
}

impl Agreement {
    /// From this ICC on people in one account clearly agree.
    const CLEAR: f64 = 0.1;
    /// From this ICC on they strongly agree.
    const STRONG: f64 = 0.3;

    /// The agreement as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Clear => "clear",
            Self::Slight => "slight",
            Self::Divided => "divided",
            Self::CannotTell => "cannot_tell",
            Self::Complete => "complete",
        }
    }

    fn of(likeness: Option<&Likeness>) -> Self {
        match likeness {
            None => Self::Complete,
            Some(found) if found.icc_interval.high < Self::CLEAR => Self::Divided,
            Some(found) if found.p >= SIGNIFICANCE => Self::CannotTell,
            Some(found) if found.icc >= Self::STRONG => Self::Strong,
            Some(found) if found.icc >= Self::CLEAR => Self::Clear,
            Some(_) => Self::Slight,
        }
    }
}

/// How alike people in one account are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AccountIcc {
    /// 0 as strangers, 1 as one person; below 0 when they differ more than strangers.
    pub value: f64,
    /// How certain that is.
    pub interval: Interval,
    /// How often chance alone makes them so alike.
    pub p: f64,
}

/// The NPS of all accounts.
#[derive(Debug, Clone)]
pub struct AccountFigures {
    /// Accounts of which someone answered.
    pub accounts: u64,
    /// People who answered in one of them.
    pub people: u64,
    /// Every answer counts alike; the interval knows that answers come in accounts.
    pub by_answer: Shown,
    /// Every account counts alike; likewise.
    pub by_account: Shown,
    /// Whether people in one account agree.
    pub agreement: Agreement,
    /// How alike they are; absent when everyone says the same as their colleagues.
    pub icc: Option<AccountIcc>,
    /// The mean to which guesses are pulled.
    pub mean: Option<f64>,
    /// Every account of which the figure may be told, the highest guess first.
    pub scores: Vec<AccountScore>,
    /// Those that were asked.
    pub page: AccountPage,
    /// Accounts of which only the sum may be told.
    pub pooled: u64,
    /// People without an account, who are left out.
    pub left_out: u64,
    /// People without an account who count along: so few that leaving them out would tell of them.
    pub counted_along: bool,
}

/// Why there are no figures of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The questionnaire does not ask whether people would recommend.
    NoNps,
    /// Nobody answered.
    NoAnswers,
    /// Nobody who answered belongs to an account.
    NoAccounts,
    /// Fewer than two accounts of enough people.
    TooFew,
    /// A few people could be told apart in this selection.
    Closed,
}

impl AccountRefusal {
    /// The reason as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoNps => "no_nps",
            Self::NoAnswers => "no_answers",
            Self::NoAccounts => "no_accounts",
            Self::TooFew => "too_few",
            Self::Closed => "closed",
        }
    }
}

/// Figures of accounts, or why there are none.
#[derive(Debug, Clone)]
pub struct AccountsFound {
    /// The questionnaire.
    pub survey: Survey,
    /// What was asked, with the question filled in.
    pub query: AccountsQuery,
    /// What was found.
    pub figures: Result<AccountFigures, AccountRefusal>,
    /// Properties to select by.
    pub dimensions: Vec<DimensionValues>,
    /// Moment at which this was true.
    pub as_of: Timestamp,
    /// Time that it took.
    pub took: SignedDuration,
}

impl App {
    /// Works out the NPS of accounts, and lists at most `limit` of them.
    pub async fn score_accounts(
        &self,
        actor: &Actor,
        slug: &Slug,
        mut query: AccountsQuery,
        limit: usize,
    ) -> Result<AccountsFound, AppError> {
        demand(actor, Right::ReadResults)?;
        demand(actor, Right::ReadAudience)?;
        demand_properties(actor, &query.results)?;
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        let selection =
            Selection::read_safely(&session, actor, survey, &query.results, started).await?;
        if selection.is_widened {
            query.results.when = When::Between(selection.from, selection.until);
        }
        let mut found = AccountsFound {
            survey: selection.survey.clone(),
            figures: Err(AccountRefusal::NoNps),
            dimensions: dimensions(&session, actor, selection.survey.id).await?,
            as_of: session.as_of(),
            took: SignedDuration::ZERO,
            query,
        };
        if let Some((question, scale)) = recommendation(&selection, &found.query.results) {
            found.query.results.question = Some(question.key.clone());
            let told = told_cells(&session, &selection, question, &scale).await?;
            found.figures = told.figures(&found.query, limit)?;
        }
        found.took = self.clock.now().duration_since(started);
        Ok(found)
    }
}

/// The question whether people would recommend: the chosen one, or the first.
fn recommendation<'a>(
    selection: &'a Selection,
    query: &ResultsQuery,
) -> Option<(&'a Question, ScoreScale)> {
    let questions = selection.definition().questions();
    let mut asked: Vec<(&Question, ScoreScale)> = questions
        .filter_map(|question| Some((question, question.kind.scale()?)))
        .filter(|(_, scale)| scale.metric == Metric::Nps)
        .collect();
    asked.sort_by_key(|(question, _)| Some(&question.key) != query.question.as_ref());
    asked.into_iter().next()
}

/// What may be told of the answers by account.
#[derive(Default)]
struct Told {
    is_closed: bool,
    has_answers: bool,
    has_accounts: bool,
    /// Accounts that may be told, with what their people said.
    open: Vec<(AccountScore, Histogram)>,
    /// All others.
    pool: PooledGroups,
    /// Accounts among those.
    pooled: u64,
    people_in_pool: u64,
    /// People without an account, when leaving them out tells nothing of them.
    left_out: u64,
    counted_along: bool,
}

/// Reads the answers by account, and puts together whatever may not be told apart.
async fn told_cells(
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
    scale: &ScoreScale,
) -> Result<Told, AppError> {
    let mut told = Told::default();
    if selection.is_closed {
        told.is_closed = true;
        return Ok(told);
    }
    let by = Dimension::Account;
    let cells = selection
        .cells(session, question, Some(by.clone()), None)
        .await?;
    let guard = selection
        .guard(session, question, Some(&by), Detail::Never)
        .await?;
    for cell in cells {
        let may_tell = selection.may_tell_group(&guard, &by, cell.group.as_deref());
        told.add(cell, scale, may_tell)?;
    }
    Ok(told)
}

impl Told {
    fn add(&mut self, cell: Cell, scale: &ScoreScale, may_tell: bool) -> Result<(), AppError> {
        let scores = histogram(scale, &cell.counts)?;
        if scores.n() == 0 {
            return Ok(());
        }
        let figure = figure(scale, &cell.counts, cell.people)?.told_if(may_tell);
        self.has_answers = true;
        self.has_accounts |= cell.group.is_some();
        match (cell.group, figure.shown()) {
            (Some(name), Some(shown)) => {
                let score = AccountScore {
                    name,
                    shown: *shown,
                    guess: None,
                };
                self.open.push((score, scores));
            }
            (None, Some(_)) => self.left_out = cell.people,
            (Some(_), None) => {
                self.pool.add_group(&scores)?;
                self.pooled += 1;
                self.people_in_pool += cell.people;
            }
            (None, None) => {
                self.pool.add_single(&scores)?;
                self.counted_along = true;
                self.people_in_pool += cell.people;
            }
        }
        Ok(())
    }

    /// Why nothing can be told, if so.
    fn refusal(&self) -> Option<AccountRefusal> {
        let is_pool_small = (1..MINIMUM_PEOPLE).contains(&self.people_in_pool);
        match self {
            Self {
                is_closed: true, ..
            } => Some(AccountRefusal::Closed),
            Self {
                has_answers: false, ..
            } => Some(AccountRefusal::NoAnswers),
            Self {
                has_accounts: false,
                ..
            } => Some(AccountRefusal::NoAccounts),
            _ if self.open.len() < 2 || is_pool_small => Some(AccountRefusal::TooFew),
            _ => None,
        }
    }

    /// The figures, or why there are none.
    fn figures(
        self,
        query: &AccountsQuery,
        limit: usize,
    ) -> Result<Result<AccountFigures, AccountRefusal>, AppError> {
        if let Some(why) = self.refusal() {
            return Ok(Err(why));
        }
        let (mut scores, counts): (Vec<AccountScore>, Vec<Histogram>) =
            self.open.into_iter().unzip();
        let found = grouped_nps(&counts, &self.pool, Level::default())?;
        let GroupedNps {
            n,
            by_answer: Some(by_answer),
            by_group: Some(by_account),
            likeness,
            ..
        } = found
        else {
            return Ok(Err(AccountRefusal::NoAnswers));
        };
        let guesses = likeness.iter().flat_map(|likeness| &likeness.shrunken);
        for (score, guess) in scores.iter_mut().zip(guesses) {
            score.guess = Some(*guess);
        }
        scores.sort_by(|one, other| {
            let by_rank = other.rank().total_cmp(&one.rank());
            by_rank.then_with(|| one.name.cmp(&other.name))
        });
        let told: u64 = scores.iter().map(|score| score.shown.people).sum();
        let shown = u64::try_from(scores.len()).unwrap_or(u64::MAX);
        let people = told + self.people_in_pool;
        Ok(Ok(AccountFigures {
            accounts: shown + self.pooled,
            people,
            by_answer: certain(&by_answer, n, people),
            by_account: certain(&by_account, n, people),
            agreement: Agreement::of(likeness.as_ref()),
            mean: likeness.as_ref().map(|likeness| likeness.mean),
            icc: likeness.map(|likeness| AccountIcc {
                value: likeness.icc,
                interval: likeness.icc_interval,
                p: likeness.p,
            }),
            page: query.page(&scores, limit),
            scores,
            pooled: self.pooled,
            left_out: self.left_out,
            counted_along: self.counted_along,
        }))
    }
}

/// The figure as every other is shown; without an interval anything is possible.
fn certain(found: &ClusteredNps, n: u64, people: u64) -> Shown {
    let interval = found.interval.unwrap_or(Interval {
        low: -100.0,
        high: 100.0,
    });
    Shown {
        value: found.nps,
        low: interval.low,
        high: interval.high,
        n,
        people,
        parts: Parts::default(),
        is_uncertain: interval.half_width() > Unit::Points.widest_certain_margin(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(icc: f64, low: f64, high: f64, p: f64) -> Agreement {
        Agreement::of(Some(&Likeness {
            icc,
            icc_interval: Interval { low, high },
            p,
            mean: 0.0,
            shrunken: Vec::new(),
        }))
    }

    #[test]
    fn few_answers_do_not_make_colleagues_disagree() {
        assert_eq!(agreement(0.4, -0.1, 0.8, 0.2), Agreement::CannotTell);
        assert_eq!(agreement(0.01, -0.03, 0.06, 0.3), Agreement::Divided);
        assert_eq!(agreement(0.05, 0.01, 0.12, 0.01), Agreement::Slight);
        assert_eq!(agreement(0.2, 0.1, 0.4, 0.001), Agreement::Clear);
        assert_eq!(agreement(0.5, 0.2, 0.7, 0.001), Agreement::Strong);
        assert_eq!(Agreement::of(None), Agreement::Complete);
    }

    #[test]
    fn a_pool_of_few_people_and_one_account_alone_are_refused() {
        let mut told = Told::default();
        assert_eq!(told.refusal(), Some(AccountRefusal::NoAnswers));
        told.has_answers = true;
        assert_eq!(told.refusal(), Some(AccountRefusal::NoAccounts));
        told.has_accounts = true;
        assert_eq!(told.refusal(), Some(AccountRefusal::TooFew));
        told.is_closed = true;
        assert_eq!(told.refusal(), Some(AccountRefusal::Closed));
    }
}
