//! What goes with satisfaction: how much of the differences in one question goes with others.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    DimensionValues, DriversQuery, MOST_DRIVERS, Shown, When,
    counting::{CountQuery, ScoreRows, answers_by_question, score_rows},
    explore::{demand_properties, dimensions, survey_called},
    figure::figure,
    selection::Selection,
};
use crate::{App, AppError, app::demand, facts::Counting};
use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    shared::{QuestionKey, Slug},
    survey::{self, Metric, Question, ScoreScale, Survey},
};
use peil_measure::{
    Direction, DriverInterval, DriverIntervals, DriverTable, Drivers, Interval, Level,
    MINIMUM_PEOPLE, MeasureError, NotMeasurable, Quadrant, driver_intervals, drivers, quadrants,
};

/// Most submissions that an analysis looks at, the newest.
pub const MOST_ROWS: u64 = 200_000;
/// Complete submissions that every driver costs: with fewer, shares are mostly chance.
const ROWS_PER_DRIVER: u64 = 10;
/// How often rows are drawn anew for the intervals.
const RESAMPLES: u32 = 500;
/// Any number will do, as long as the same answers always give the same intervals.
const SEED: u64 = 1;

/// A question that can be a driver.
#[derive(Debug, Clone)]
pub struct DriverChoice {
    /// The question.
    pub question: Question,
    /// Its scale.
    pub scale: ScoreScale,
    /// Whether it takes part.
    pub is_chosen: bool,
}

/// One driver.
#[derive(Debug, Clone)]
pub struct Driver {
    /// The question.
    pub question: Question,
    /// Its scale.
    pub scale: ScoreScale,
    /// The part of the differences in the outcome that goes with it, after Lindeman, Merenda and
    /// Gold; a fraction.
    pub part: f64,
    /// How certain that is.
    pub part_interval: Interval,
    /// Its part of what all drivers explain together; absent when that is nothing.
    pub share: Option<f64>,
    /// The same after Johnson.
    pub relative_share: Option<f64>,
    /// Pearson's correlation with the outcome.
    pub correlation: f64,
    /// Whether the outcome goes up or down with its scores when the others stay.
    pub direction: Direction,
    /// Its mean score.
    pub mean: Shown,
    /// Where its mean lies on its scale: 0 at the worst score, 1 at the best.
    pub position: f64,
    /// How certain that is.
    pub position_interval: Interval,
    /// Its place on the map of importance and performance.
    pub quadrant: Quadrant,
}

/// What drives an outcome.
#[derive(Debug, Clone)]
pub struct DriverAnalysis {
    /// Complete submissions.
    pub n: u64,
    /// The people who gave them.
    pub people: u64,
    /// The part of the differences in the outcome that all drivers explain together; a fraction.
    pub r2: f64,
    /// The drivers, the most important first.
    pub drivers: Vec<Driver>,
    /// Importance from which a driver counts as important: the mean.
    pub part_cut: f64,
    /// Position from which a driver counts as good: the mean.
    pub position_cut: f64,
    /// Whether only the newest submissions were looked at.
    pub is_cut: bool,
}

/// Why there is no analysis.
#[derive(Debug, Clone)]
pub enum DriverRefusal {
    /// The questionnaire has no question with a scale.
    NoOutcome,
    /// There is no other question with a scale that was answered.
    NoDrivers,
    /// Too few submissions have an answer to all of these questions.
    TooFew {
        /// How many there are; absent when they are of too few people to be told.
        rows: Option<u64>,
        /// How many are needed.
        needed: u64,
        /// The number of drivers.
        drivers: usize,
    },
    /// Everyone gave this question the same score.
    NoSpread(Box<Question>),
    /// The score on one question follows from those on the others.
    Follows,
}

/// An analysis of drivers, or why there is none.
#[derive(Debug, Clone)]
pub struct DriversFound {
    /// The questionnaire.
    pub survey: Survey,
    /// What was asked, filled in.
    pub query: DriversQuery,
    /// The question that is explained.
    pub outcome: Option<Question>,
    /// Questions that can be explained.
    pub questions: Vec<Question>,
    /// Questions that can explain it.
    pub choices: Vec<DriverChoice>,
    /// What was found.
    pub analysis: Result<DriverAnalysis, DriverRefusal>,
    /// Properties to select by.
    pub dimensions: Vec<DimensionValues>,
    /// Moment at which this was true.
    pub as_of: Timestamp,
    /// Time that it took.
    pub took: SignedDuration,
}

impl App {
    /// Works out how much of the differences in one question goes with each of the others.
    pub async fn find_drivers(
        &self,
        actor: &Actor,
        slug: &Slug,
        mut query: DriversQuery,
    ) -> Result<DriversFound, AppError> {
        demand(actor, Right::ReadResults)?;
        demand_properties(actor, &query.results)?;
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        let selection =
            Selection::read_safely(&session, actor, survey, &query.results, started).await?;
        if selection.is_widened {
            query.results.when = When::Between(selection.from, selection.until);
        }
        let questions = selection.definition().questions();
        let questions = questions.filter(|question| question.kind.scale().is_some());
        let mut found = DriversFound {
            survey: selection.survey.clone(),
            outcome: None,
            questions: questions.cloned().collect(),
            choices: Vec::new(),
            analysis: Err(DriverRefusal::NoOutcome),
            dimensions: dimensions(&session, actor, selection.survey.id).await?,
            as_of: session.as_of(),
            took: SignedDuration::ZERO,
            query,
        };
        let wanted = found.query.results.question.as_ref();
        if let Some(outcome) = selection.scale_question(wanted).cloned() {
            found.choices = choices(&session, &selection, &outcome, &found).await?;
            let chosen = found.choices.iter().filter(|choice| choice.is_chosen);
            let chosen: Vec<DriverChoice> = chosen.cloned().collect();
            found.query.results.question = Some(outcome.key.clone());
            found.analysis = analysis(&session, &selection, &outcome, &chosen).await?;
            found.outcome = Some(outcome);
        }
        found.took = self.clock.now().duration_since(started);
        Ok(found)
    }
}

/// Every question that can be a driver. Without a wish those take part that most people who
/// answered the outcome answered too: a question that few saw would leave few complete answers.
async fn choices(
    session: &impl Counting,
    selection: &Selection,
    outcome: &Question,
    found: &DriversFound,
) -> Result<Vec<DriverChoice>, AppError> {
    let answers = answers_by_question(session, &selection.count_query(&outcome.key)).await?;
    let answers_to = |key: &QuestionKey| answers.get(key.as_str()).copied().unwrap_or_default();
    let wishes = &found.query.drivers;
    let others = || {
        let questions = found.questions.iter();
        questions.filter(|question| question.key != outcome.key)
    };
    let mut chosen: Vec<&QuestionKey> = others()
        .map(|question| &question.key)
        .filter(|key| {
            let has_most = 2 * answers_to(key) >= answers_to(&outcome.key);
            wishes.contains(key) || (wishes.is_empty() && has_most && answers_to(key) > 0)
        })
        .collect();
    chosen.sort_by_key(|key| Reverse(answers_to(key)));
    chosen.truncate(MOST_DRIVERS);
    let choice = |question: &Question| {
        Some(DriverChoice {
            scale: question.kind.scale()?,
            is_chosen: chosen.contains(&&question.key),
            question: question.clone(),
        })
    };
    Ok(others().filter_map(choice).collect())
}

async fn analysis(
    session: &impl Counting,
    selection: &Selection,
    outcome: &Question,
    chosen: &[DriverChoice],
) -> Result<Result<DriverAnalysis, DriverRefusal>, AppError> {
    if chosen.is_empty() {
        return Ok(Err(DriverRefusal::NoDrivers));
    }
    let keys: Vec<QuestionKey> = chosen
        .iter()
        .map(|choice| choice.question.key.clone())
        .collect();
    let query = comparable(selection, &outcome.key, &keys);
    let found = score_rows(session, &query, &keys, MOST_ROWS).await?;
    let rows: u64 = found.rows.iter().map(|(_, n)| n).sum();
    let needed = ROWS_PER_DRIVER * u64::try_from(chosen.len()).unwrap_or(u64::MAX);
    for question in std::iter::once(outcome).chain(chosen.iter().map(|choice| &choice.question)) {
        if !selection.may_tell(session, question).await? {
            return Ok(Err(DriverRefusal::TooFew {
                rows: None,
                needed,
                drivers: chosen.len(),
            }));
        }
    }
    if rows < needed || found.people < MINIMUM_PEOPLE {
        return Ok(Err(DriverRefusal::TooFew {
            rows: (found.people >= MINIMUM_PEOPLE).then_some(rows),
            needed,
            drivers: chosen.len(),
        }));
    }
    let questions = std::iter::once(outcome).chain(chosen.iter().map(|choice| &choice.question));
    let constant = questions
        .enumerate()
        .find(|(place, _)| column(&found, *place).len() < 2);
    if let Some((_, question)) = constant {
        return Ok(Err(DriverRefusal::NoSpread(Box::new(question.clone()))));
    }
    match measured(chosen, &found) {
        Ok(mut analysis) => {
            analysis.n = rows;
            Ok(Ok(analysis))
        }
        Err(MeasureError::NotMeasurable(NotMeasurable::Singular)) => {
            Ok(Err(DriverRefusal::Follows))
        }
        Err(other) => Err(other.into()),
    }
}

/// The answers that are meant, of versions in which every question had its present scale.
fn comparable(selection: &Selection, outcome: &QuestionKey, keys: &[QuestionKey]) -> CountQuery {
    let mut query = selection.count_query(outcome);
    for key in std::iter::once(outcome).chain(keys) {
        let filter = selection.comparability(key).filter();
        query.filters.extend(filter);
    }
    query
}

/// How often each score was given to the question at this place.
fn column(found: &ScoreRows, place: usize) -> BTreeMap<i32, u64> {
    let mut counts = BTreeMap::new();
    for (scores, n) in &found.rows {
        if let Some(score) = scores.get(place) {
            *counts.entry(*score).or_default() += n;
        }
    }
    counts
}

/// The analysis of complete rows.
fn measured(chosen: &[DriverChoice], found: &ScoreRows) -> Result<DriverAnalysis, MeasureError> {
    let mut table = DriverTable::new(chosen.len());
    for (scores, n) in &found.rows {
        let mut scores = scores.iter().map(|score| Some(f64::from(*score)));
        let outcome = scores.next().flatten();
        let scores: Vec<Option<f64>> = scores.collect();
        for _ in 0..*n {
            table.push(outcome, &scores)?;
        }
    }
    let parts = drivers(&table)?;
    let certain = driver_intervals(&table, RESAMPLES, SEED, Level::default())?;
    let mut rows = Vec::with_capacity(chosen.len());
    for (place, choice) in chosen.iter().enumerate() {
        let counts = column(found, place + 1);
        rows.extend(driver(
            choice,
            place,
            &parts,
            &certain,
            &counts,
            found.people,
        )?);
    }
    let importance: Vec<f64> = rows.iter().map(|row| row.part).collect();
    let performance: Vec<f64> = rows.iter().map(|row| row.position).collect();
    let map = quadrants(&importance, &performance, None, None)?;
    for (row, quadrant) in rows.iter_mut().zip(map.quadrants) {
        row.quadrant = quadrant;
    }
    rows.sort_by(|a, b| b.part.total_cmp(&a.part));
    Ok(DriverAnalysis {
        n: parts.n_used,
        people: found.people,
        r2: parts.r2,
        drivers: rows,
        part_cut: map.importance_cut.unwrap_or_default(),
        position_cut: map.performance_cut.unwrap_or_default(),
        is_cut: found.is_cut,
    })
}

/// One driver, not yet on the map.
fn driver(
    choice: &DriverChoice,
    place: usize,
    parts: &Drivers,
    certain: &DriverIntervals,
    counts: &BTreeMap<i32, u64>,
    people: u64,
) -> Result<Option<Driver>, MeasureError> {
    let scale = ScoreScale {
        metric: Metric::Mean,
        ..choice.scale
    };
    let mean = figure(&scale, counts, people)?.shown().copied();
    let of = |values: &[f64]| values.get(place).copied();
    let shares = |values: &Option<Vec<f64>>| values.as_deref().and_then(of);
    let main = parts.lmg.as_deref().unwrap_or(&parts.relative_weight);
    let is_certain: Option<&DriverInterval> = certain.drivers.get(place);
    let (Some(mean), Some(part), Some(is_certain)) = (mean, of(main), is_certain) else {
        return Ok(None);
    };
    let ends = [mean.low, mean.high].map(|end| position(&scale, end));
    Ok(Some(Driver {
        question: choice.question.clone(),
        scale,
        part,
        part_interval: is_certain.lmg.unwrap_or(is_certain.relative_weight),
        share: shares(&parts.lmg_share),
        relative_share: shares(&parts.relative_share),
        correlation: of(&parts.correlation).unwrap_or_default(),
        direction: is_certain.direction,
        position: position(&scale, mean.value),
        position_interval: Interval {
            low: ends[0].min(ends[1]),
            high: ends[0].max(ends[1]),
        },
        mean,
        quadrant: Quadrant::LowPriority,
    }))
}

/// Where a value lies on its scale: 0 at the worst score, 1 at the best.
fn position(scale: &ScoreScale, value: f64) -> f64 {
    let (min, max) = (f64::from(scale.min), f64::from(scale.max));
    let above = ((value - min) / (max - min)).clamp(0.0, 1.0);
    match scale.direction {
        survey::Direction::HigherIsBetter => above,
        survey::Direction::LowerIsBetter => 1.0 - above,
    }
}
