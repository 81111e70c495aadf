//! The first page: what needs attention.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right, Workspace},
    outreach::WaveState,
    shared::{LocalDay, Period, Slug, WaveId},
    survey::{Survey, SurveyState},
};
use peil_store::{Session, access, outreach, survey};

use super::{
    Change, CommentLine, CommentsAsked, Figure, ResultsQuery, ScaleResult, ScoreZone, TrendStep,
    counting::{count_responses, responses_per_day},
    selection::Selection,
    trend::steps,
    verdict::{Pair, Screen, compare_periods},
};
use crate::{
    App, AppError,
    app::{day_of, demand},
    facts::Counting,
    themes::ThemeNames,
};

/// Days of which the number of answers is shown.
const DAYS: i32 = 84;
/// Months in a small trend.
const MONTHS: usize = 12;
/// Comments on the first page.
const COMMENTS: usize = 5;

/// A questionnaire with its first figure.
#[derive(Debug, Clone)]
pub struct Headline {
    /// The questionnaire.
    pub survey: Survey,
    /// Submissions so far.
    pub responses: u64,
    /// Its first question with a scale, summed up over all time.
    pub result: Option<ScaleResult>,
    /// The same by month, oldest first.
    pub months: Vec<TrendStep>,
    /// The same in the last quarter in which anyone answered.
    pub quarter: Option<Quarter>,
    /// The question summed up over that quarter, when its figure may be shown.
    pub quarter_result: Option<ScaleResult>,
    /// How that quarter differs from the one before, judged together with all other headlines.
    pub change: Option<Change>,
}

/// A figure in one quarter beside the one before.
#[derive(Debug, Clone, Copy)]
pub struct Quarter {
    /// First day.
    pub start: LocalDay,
    /// Last day.
    pub end: LocalDay,
    /// Whether it is the quarter of today.
    pub is_current: bool,
    /// The figure.
    pub figure: Figure,
    /// The figure of the quarter right before.
    pub previous: Figure,
}

impl Quarter {
    /// Whether both quarters may be shown.
    fn has_two_figures(&self) -> bool {
        self.figure.shown().is_some() && self.previous.shown().is_some()
    }
}

/// A wave with how far it is.
#[derive(Debug, Clone)]
pub struct WaveLine {
    /// Identifier.
    pub id: WaveId,
    /// Name for colleagues.
    pub name: String,
    /// Where it is in its life.
    pub state: WaveState,
    /// When sending began.
    pub started_at: Option<Timestamp>,
    /// Invitations in all.
    pub total: u64,
    /// Invitations that had their turn.
    pub done: u64,
    /// Invitations that were answered.
    pub answered: u64,
}

/// What is best done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// There is no questionnaire yet.
    MakeSurvey,
    /// A questionnaire waits to be published.
    Publish(Survey),
    /// A published questionnaire has no answers yet.
    Share(Survey),
    /// There are figures: look where they are lowest.
    LookAtLowest(Slug),
}

/// What needs attention.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Questionnaires that have been published, the one with most answers first.
    pub headlines: Vec<Headline>,
    /// Number of answers on each of the last days, none left out.
    pub days: Vec<(LocalDay, u64)>,
    /// The last comments that go with a low score, each with its questionnaire; nothing for who
    /// may not read them.
    pub low_comments: Vec<(Slug, CommentLine)>,
    /// What the themes in them are called.
    pub themes: ThemeNames,
    /// Waves that are being sent, and the last ones; nothing for who may not see them.
    pub waves: Vec<WaveLine>,
    /// What is best done next.
    pub next: NextStep,
    /// Moment at which this was true.
    pub as_of: Timestamp,
    /// Time that it took.
    pub took: SignedDuration,
}

impl App {
    /// Gathers what needs attention.
    pub async fn get_overview(&self, actor: &Actor) -> Result<Overview, AppError> {
        demand(actor, Right::ReadResults)?;
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let workspace: Workspace = access::find_workspace(&session)
            .await?
            .ok_or(AppError::NotFound)?;
        let headlines = self.list_headlines(actor).await?;
        let drafts = survey::list(&session).await?;
        let next = next_step(&headlines, drafts);
        let today = day_of(&workspace, started);
        let first = LocalDay(today.0 - DAYS + 1);
        let found = responses_per_day(&session, first).await?;
        let count = |day: i32| {
            let day = LocalDay(day);
            (day, found.get(&day).copied().unwrap_or_default())
        };
        let days = (first.0..=today.0).map(count).collect();
        let low_comments = if actor.has(Right::ReadResponses) {
            self.low_comments(actor, &headlines).await?
        } else {
            Vec::new()
        };
        let waves = if actor.has(Right::ReadOutreach) {
            waves(&session).await?
        } else {
            Vec::new()
        };
        let took = self.clock.now().duration_since(started);
        Ok(Overview {
            headlines,
            days,
            low_comments,
            themes: self.book(&session).await?.names.clone(),
            waves,
            next,
            as_of: session.as_of(),
            took,
        })
    }

    /// Lists published questionnaires with their first figure, the one with most answers first.
    pub async fn list_headlines(&self, actor: &Actor) -> Result<Vec<Headline>, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.look(actor.workspace).await?;
        let mut found = Vec::new();
        let (mut screen, mut pairs) = (Screen::default(), Vec::new());
        for survey in survey::list(&session).await? {
            let responses = count_responses(&session, survey.id).await?;
            if survey.state != SurveyState::Draft || responses > 0 {
                let asked = (survey, responses);
                let (headline, pair) =
                    headline(&session, &mut screen, asked, self.clock.now()).await?;
                found.push(headline);
                pairs.push(pair);
            }
        }
        let screen = screen.judge()?;
        for (headline, pair) in found.iter_mut().zip(pairs) {
            headline.change = pair.and_then(|pair| pair.change(&screen));
        }
        found.sort_by_key(|headline| std::cmp::Reverse(headline.responses));
        Ok(found)
    }

    async fn low_comments(
        &self,
        actor: &Actor,
        headlines: &[Headline],
    ) -> Result<Vec<(Slug, CommentLine)>, AppError> {
        let mut all = Vec::new();
        for headline in headlines
            .iter()
            .filter(|headline| headline.result.is_some())
        {
            let query = ResultsQuery {
                zone: Some(ScoreZone::Low),
                ..ResultsQuery::default()
            };
            let limit = u64::try_from(COMMENTS).unwrap_or(1);
            let asked = CommentsAsked {
                query,
                limit,
                ..CommentsAsked::default()
            };
            let slug = &headline.survey.slug;
            let found = self.list_comments(actor, slug, asked).await?;
            all.extend(found.lines.into_iter().map(|line| (slug.clone(), line)));
        }
        all.sort_by_key(|(_, line)| std::cmp::Reverse(line.submitted_at));
        all.truncate(COMMENTS);
        Ok(all)
    }
}

async fn headline(
    session: &impl Counting,
    screen: &mut Screen,
    (survey, responses): (Survey, u64),
    now: Timestamp,
) -> Result<(Headline, Option<Pair>), AppError> {
    let selection = Selection::read(session, survey, &ResultsQuery::default(), now).await?;
    let question = selection.scale_question(None).cloned();
    let scaled = question.and_then(|question| Some((question.kind.scale()?, question)));
    let mut found = Headline {
        survey: selection.survey.clone(),
        responses,
        result: None,
        months: Vec::new(),
        quarter: None,
        quarter_result: None,
        change: None,
    };
    let mut pair = None;
    if let Some((scale, question)) = scaled {
        found.result = Some(selection.scale_result(session, &question, scale).await?);
        found.months = steps(session, &selection, &question, &scale, Period::Month).await?;
        found
            .months
            .drain(..found.months.len().saturating_sub(MONTHS));
        let quarters = steps(session, &selection, &question, &scale, Period::Quarter).await?;
        found.quarter = last_quarter(&quarters, selection.today);
        let shown = |quarter: &Quarter| quarter.figure.shown().is_some();
        if let Some(quarter) = found.quarter.filter(shown) {
            let days = selection.between(quarter.start, quarter.end);
            found.quarter_result = Some(days.scale_result(session, &question, scale).await?);
        }
        if let Some(quarter) = found.quarter.filter(Quarter::has_two_figures) {
            let before = Period::Quarter.start(LocalDay(quarter.start.0 - 1));
            let windows = (
                (before, LocalDay(quarter.start.0 - 1)),
                (quarter.start, quarter.end),
            );
            let asked = (&question, &scale);
            pair = compare_periods(session, screen, &selection, asked, windows).await?;
        }
    }
    Ok((found, pair))
}

fn last_quarter(quarters: &[TrendStep], today: LocalDay) -> Option<Quarter> {
    let last = quarters.last()?;
    let by_start: BTreeMap<LocalDay, Figure> = quarters
        .iter()
        .map(|step| (step.start, step.figure))
        .collect();
    let before = Period::Quarter.start(LocalDay(last.start.0 - 1));
    Some(Quarter {
        start: last.start,
        end: last.end,
        is_current: Period::Quarter.start(today) == last.start,
        figure: last.figure,
        previous: by_start.get(&before).copied().unwrap_or(Figure::None),
    })
}

async fn waves(session: &impl Session) -> Result<Vec<WaveLine>, AppError> {
    let mut started: Vec<_> = outreach::waves::list(session).await?;
    started.retain(|wave| wave.state != WaveState::Draft);
    started.sort_by_key(|wave| {
        (
            !wave.state.is_under_way(),
            std::cmp::Reverse(wave.started_at),
        )
    });
    let mut lines = Vec::new();
    for wave in started.into_iter().take(3) {
        let counts = outreach::invitations::wave_counts(session, wave.id).await?;
        lines.push(WaveLine {
            id: wave.id,
            name: wave.name,
            state: wave.state,
            started_at: wave.started_at,
            total: counts.total(),
            done: counts
                .total()
                .saturating_sub(counts.queued + counts.handing_over),
            answered: counts.answered,
        });
    }
    Ok(lines)
}

/// Decides what is best done next.
fn next_step(headlines: &[Headline], surveys: Vec<Survey>) -> NextStep {
    if let Some(headline) = headlines.iter().find(|headline| headline.responses > 0) {
        return NextStep::LookAtLowest(headline.survey.slug.clone());
    }
    if let Some(headline) = headlines.first() {
        return NextStep::Share(headline.survey.clone());
    }
    surveys
        .into_iter()
        .next()
        .map_or(NextStep::MakeSurvey, NextStep::Publish)
}
