//! The figures of one questionnaire: by question, through time, by group.

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    response::OTHER,
    shared::{LocalDay, Period, Slug, SurveyId},
    survey::{Question, QuestionKind, ScoreScale, Survey},
};
use peil_measure::{Level, MINIMUM_PEOPLE, proportion, response_rate};
use peil_store::{
    Session,
    audience::attributes,
    journey, response,
    results::{
        Cell, Dimension, UnansweredInvitations, choice_counts, dimension_values, response_funnel,
        segment_keys,
    },
    survey,
};

use super::{
    ChoiceResult, DimensionValues, OptionCount, ResponseFigure, Results, ResultsQuery, TrendStep,
    Verdicts,
    figure::{figure, hide_together},
    ladder::{default_group, ladder, names_of},
    response_report::dispositions,
    selection::Selection,
    verdict::verdicts,
};
use crate::{App, AppError, app::demand};

/// Most steps in a trend; the oldest are left out.
const MOST_STEPS: usize = 120;
/// Most values of a property that one can choose from.
const MOST_CHOICES: usize = 60;

impl App {
    /// Makes the figures of one questionnaire.
    pub async fn get_results(
        &self,
        actor: &Actor,
        slug: &Slug,
        query: ResultsQuery,
    ) -> Result<Results, AppError> {
        demand(actor, Right::ReadResults)?;
        let started = self.clock.now();
        let session = self.store.read(actor.workspace);
        let survey = survey_called(&session, slug).await?;
        let selection = Selection::read(&session, survey, &query, started).await?;
        let chosen = selection.scale_question(query.question.as_ref()).cloned();
        let mut results = blank(&selection, query, started);
        results.query.question = chosen.as_ref().map(|question| question.key.clone());
        results.has_answers = response::count(&session, selection.survey.id).await? > 0;
        let people = selection.people(&session).await?;
        results.automatic = selection.automatic(&session).await?;
        results.people = (people == 0 || people >= MINIMUM_PEOPLE).then_some(people);
        for question in selection.definition().questions() {
            match (&question.kind, question.kind.scale()) {
                (_, Some(scale)) => {
                    results
                        .scales
                        .push(selection.scale_result(&session, question, scale).await?);
                }
                (QuestionKind::Choice { .. }, None) => {
                    results
                        .choices
                        .push(choice(&session, &selection, question).await?);
                }
                (QuestionKind::Text { .. }, None) => results.texts.push(question.clone()),
                (_, None) => {}
            }
        }
        results.dimensions = dimensions(&session, selection.survey.id).await?;
        if results.query.group.is_none() {
            results.query.group = default_group(&results.dimensions);
        }
        if let Some((question, scale)) = chosen.as_ref().and_then(with_scale) {
            (results.bucket, results.trend) =
                trend(&session, &selection, question, &scale, results.query.bucket).await?;
            if let Some(dimension) = results.query.group.clone() {
                let names = names_of(&results.dimensions, &dimension);
                results.ladder =
                    Some(ladder(&session, &selection, question, &scale, dimension, names).await?);
            }
        }
        results.verdicts = verdicts(&session, &selection, &results).await?;
        results.response = response_figure(&session, &selection).await?;
        results.took = self.clock.now().duration_since(started);
        Ok(results)
    }
}

impl App {
    /// Lists the properties by which answers to a questionnaire can be selected.
    pub async fn list_dimensions(
        &self,
        actor: &Actor,
        slug: &Slug,
    ) -> Result<Vec<DimensionValues>, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.store.read(actor.workspace);
        let survey = survey_called(&session, slug).await?;
        dimensions(&session, survey.id).await
    }
}

/// The questionnaire with this address name in this organisation.
pub(crate) async fn survey_called(session: &impl Session, slug: &Slug) -> Result<Survey, AppError> {
    let known = survey::list(session).await?;
    known
        .into_iter()
        .find(|survey| survey.slug == *slug)
        .ok_or(AppError::NotFound)
}

fn with_scale(question: &Question) -> Option<(&Question, ScoreScale)> {
    question.kind.scale().map(|scale| (question, scale))
}

fn blank(selection: &Selection, query: ResultsQuery, now: Timestamp) -> Results {
    Results {
        survey: selection.survey.clone(),
        query,
        from: selection.from,
        until: selection.until,
        people: None,
        automatic: 0,
        has_answers: false,
        scales: Vec::new(),
        choices: Vec::new(),
        texts: Vec::new(),
        bucket: Period::Month,
        trend: Vec::new(),
        changes: selection.changes.clone(),
        ladder: None,
        dimensions: Vec::new(),
        verdicts: Verdicts::default(),
        response: ResponseFigure::NotInvited,
        as_of: now,
        took: jiff::SignedDuration::ZERO,
    }
}

/// Counts the options of a choice question.
async fn choice(
    session: &impl Session,
    selection: &Selection,
    question: &Question,
) -> Result<ChoiceResult, AppError> {
    let cell = choice_counts(session, &selection.count_query(&question.key))
        .await?
        .pop();
    let Some(mut cell) = cell else {
        return Ok(ChoiceResult {
            question: question.clone(),
            answers: Some(0),
            options: Vec::new(),
        });
    };
    if cell.people < MINIMUM_PEOPLE {
        return Ok(ChoiceResult {
            question: question.clone(),
            answers: None,
            options: Vec::new(),
        });
    }
    let QuestionKind::Choice {
        options, has_other, ..
    } = &question.kind
    else {
        return Err(AppError::NotFound);
    };
    let offered = options.iter().map(|option| option.code.to_string());
    let codes: Vec<String> = offered.chain(has_other.then(|| OTHER.to_owned())).collect();
    let mut counted: Vec<(String, u64)> = codes
        .into_iter()
        .map(|code| {
            let count = cell.counts.remove(&code).unwrap_or_default();
            (code, count)
        })
        .collect();
    counted.extend(std::mem::take(&mut cell.counts));
    let answers = cell.answers;
    let options = counted
        .into_iter()
        .map(|(code, count)| {
            let share = proportion(count.min(answers), answers, Level::default())?.share;
            Ok(OptionCount {
                code,
                count,
                share: share.unwrap_or_default(),
            })
        })
        .collect::<Result<_, AppError>>()?;
    Ok(ChoiceResult {
        question: question.clone(),
        answers: Some(answers),
        options,
    })
}

/// The chosen question through time, gaps included. Without a wish the steps are as short as gives
/// a readable number of them.
async fn trend(
    session: &impl Session,
    selection: &Selection,
    question: &Question,
    scale: &ScoreScale,
    wish: Option<Period>,
) -> Result<(Period, Vec<TrendStep>), AppError> {
    let months = selection
        .cells(session, question, None, Some(Period::Month))
        .await?;
    let bucket = wish.unwrap_or(match months.len() {
        0..=4 => Period::Week,
        5..=36 => Period::Month,
        _ => Period::Quarter,
    });
    let cells = match bucket {
        Period::Month => months,
        other => {
            selection
                .cells(session, question, None, Some(other))
                .await?
        }
    };
    let cells: Vec<(LocalDay, Cell)> = cells
        .into_iter()
        .filter_map(|cell| cell.start.map(|start| (start, cell)))
        .collect();
    let Some((last, _)) = cells.last() else {
        return Ok((bucket, Vec::new()));
    };
    let last = *last;
    let mut steps: Vec<(u64, TrendStep)> = Vec::new();
    for (start, cell) in &cells {
        // Periods in which nobody answered stand between those in which someone did.
        while let Some((_, before)) = steps.last()
            && bucket.next(before.start) < *start
            && steps.len() < 10 * MOST_STEPS
        {
            let start = bucket.next(before.start);
            steps.push((0, step(selection, bucket, start, super::Figure::None)));
        }
        let figure = figure(scale, &cell.counts, cell.people)?;
        steps.push((cell.people, step(selection, bucket, *start, figure)));
    }
    hide_together(&mut steps, |step| step.0, |step| &mut step.1.figure);
    // A long silence would push what is new out of sight.
    steps.retain(|(_, step)| step.start <= last);
    let surplus = steps.len().saturating_sub(MOST_STEPS);
    Ok((
        bucket,
        steps
            .into_iter()
            .skip(surplus)
            .map(|(_, step)| step)
            .collect(),
    ))
}

fn step(
    selection: &Selection,
    bucket: Period,
    start: LocalDay,
    figure: super::Figure,
) -> TrendStep {
    let end = LocalDay(bucket.next(start).0 - 1);
    let start_within = selection.from.map_or(start, |from| from.max(start));
    let end = selection.until.map_or(end, |until| until.min(end));
    TrendStep {
        start: start_within.max(start),
        end,
        figure,
    }
}

/// The properties that occur among the answers, whether selected or not.
pub(super) async fn dimensions(
    session: &impl Session,
    survey: SurveyId,
) -> Result<Vec<DimensionValues>, AppError> {
    let touchpoints = journey::list_touchpoints(session).await?;
    let labels = attributes::list(session).await?;
    let keys = segment_keys(session, survey).await?;
    let fixed = [
        Dimension::Channel,
        Dimension::Language,
        Dimension::Touchpoint,
        Dimension::Account,
        Dimension::Version,
    ];
    let segments = keys.into_iter().map(Dimension::Segment);
    let mut found = Vec::new();
    for dimension in segments.chain(fixed) {
        let values = dimension_values(session, survey, &dimension).await?;
        let name = match &dimension {
            Dimension::Segment(key) => labels
                .iter()
                .find(|label| label.key == *key)
                .map(|label| label.label.clone())
                .or_else(|| Some(key.to_string())),
            _ => None,
        };
        let named = |value: String| {
            let name = touchpoints
                .iter()
                .filter(|_| dimension == Dimension::Touchpoint)
                .find(|touchpoint| touchpoint.key.as_str() == value)
                .map(|touchpoint| touchpoint.name.clone());
            (value, name)
        };
        let values: Vec<_> = values
            .into_iter()
            .take(MOST_CHOICES)
            .map(|(value, _)| named(value))
            .collect();
        if !values.is_empty() {
            found.push(DimensionValues {
                dimension,
                name,
                values,
            });
        }
    }
    Ok(found)
}

/// How many of those who were asked in this period answered; other filters cannot be told apart
/// among people who never answered.
async fn response_figure(
    session: &impl Session,
    selection: &Selection,
) -> Result<ResponseFigure, AppError> {
    let funnel = response_funnel(
        session,
        selection.survey.id,
        selection.from,
        selection.until,
    )
    .await?;
    // Who stopped on the way or opted out is in the same denominator.
    let dispositions = dispositions(&funnel, UnansweredInvitations::default());
    Ok(match response_rate(&dispositions, None)?.rr1 {
        Some(share) => ResponseFigure::Rate {
            share,
            answered: dispositions.complete,
            sent: funnel.sent + funnel.failed,
        },
        None => ResponseFigure::NotInvited,
    })
}
