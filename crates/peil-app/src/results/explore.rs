//! The figures of one questionnaire: by question, through time, by group.

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    response::OTHER,
    shared::{Language, Period, Slug, SurveyId},
    survey::{Question, QuestionKind, ScoreScale, Survey},
};
use peil_measure::{Level, MINIMUM_PEOPLE, proportion, response_rate};
use peil_store::{
    Session, access,
    audience::attributes,
    journey,
    results::{Dimension, UnansweredInvitations, invitation_funnel},
    survey,
};

use super::{
    ChoiceResult, DimensionValues, OptionCount, ResponseFigure, Results, ResultsQuery, Verdicts,
    counting::{choice_counts, count_responses, dimension_values, segment_keys},
    ladder::{default_group, ladder, names_of},
    numbers::number_result,
    response_report::dispositions,
    selection::Selection,
    trend::trend,
    verdict::verdicts,
};
use crate::{
    App, AppError,
    app::demand,
    facts::Counting,
    themes::{ThemeNames, edits_in_use},
};

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
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        demand_properties(actor, &query)?;
        let selection = Selection::read_safely(&session, actor, survey, &query, started).await?;
        let chosen = selection.scale_question(query.question.as_ref()).cloned();
        let mut results = blank(&selection, query, session.as_of());
        results.query.question = chosen.as_ref().map(|question| question.key.clone());
        results.has_answers = count_responses(&session, selection.survey.id).await? > 0;
        let people = selection.people(&session).await?;
        let may_tell = people == 0 || people >= MINIMUM_PEOPLE;
        results.people = (may_tell && !selection.is_closed).then_some(people);
        results.is_closed = selection.is_closed;
        results.is_widened = selection.is_widened;
        results.automatic = selection.automatic(&session).await?;
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
                (QuestionKind::Number { .. } | QuestionKind::Date { .. }, None) => results
                    .numbers
                    .push(number_result(&session, &selection, question).await?),
                (QuestionKind::Consent, None) => {
                    if let Some(scale) = QuestionKind::YesNo.scale() {
                        let share = selection.scale_result(&session, question, scale).await?;
                        results.scales.push(share);
                    }
                }
                (_, None) => {}
            }
        }
        results.dimensions = dimensions(&session, actor, selection.survey.id).await?;
        if results.query.group.is_none() {
            results.query.group = default_group(&results.dimensions);
        }
        let told = chosen.as_ref().filter(|_| !selection.is_closed);
        if let Some((question, scale)) = told.and_then(with_scale) {
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
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        dimensions(&session, actor, survey.id).await
    }
}

/// Whether answers may be told apart by a property: names of customers are for those who may see
/// customers.
pub(super) fn may_select_by(actor: &Actor, dimension: &Dimension) -> bool {
    *dimension != Dimension::Account || actor.has(Right::ReadAudience)
}

/// Refuses a property that the reader may not see.
pub(super) fn demand_property(actor: &Actor, dimension: &Dimension) -> Result<(), AppError> {
    if may_select_by(actor, dimension) {
        return Ok(());
    }
    demand(actor, Right::ReadAudience)
}

/// Refuses a selection by properties that the reader may not see.
pub(crate) fn demand_properties(actor: &Actor, query: &ResultsQuery) -> Result<(), AppError> {
    let selected = query.filters.iter().chain(&query.excluded);
    let selected = selected.map(|(dimension, _)| dimension);
    let mut asked = selected.chain(&query.group);
    asked.try_for_each(|dimension| demand_property(actor, dimension))
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
        is_closed: false,
        is_widened: false,
        has_answers: false,
        scales: Vec::new(),
        choices: Vec::new(),
        numbers: Vec::new(),
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
    session: &impl Counting,
    selection: &Selection,
    question: &Question,
) -> Result<ChoiceResult, AppError> {
    if selection.is_closed {
        return Ok(ChoiceResult {
            question: question.clone(),
            answers: None,
            options: Vec::new(),
        });
    }
    let cell = choice_counts(session, &selection.count_query(&question.key)).await?;
    let Some(mut cell) = cell else {
        return Ok(ChoiceResult {
            question: question.clone(),
            answers: Some(0),
            options: Vec::new(),
        });
    };
    if cell.people < MINIMUM_PEOPLE || !selection.may_tell(session, question).await? {
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
            let found = proportion(count.min(answers), answers, Level::default())?;
            Ok(OptionCount {
                code,
                count,
                share: found.share.unwrap_or_default(),
                interval: found.ci_wilson.map(|ends| (ends.low, ends.high)),
            })
        })
        .collect::<Result<_, AppError>>()?;
    Ok(ChoiceResult {
        question: question.clone(),
        answers: Some(answers),
        options,
    })
}

/// The properties that occur among the answers, whether selected or not.
pub(crate) async fn dimensions(
    session: &impl Counting,
    actor: &Actor,
    survey: SurveyId,
) -> Result<Vec<DimensionValues>, AppError> {
    let mut found = Vec::new();
    for known in properties(session, actor, survey).await? {
        let values = dimension_values(session, survey, &known.dimension).await?;
        let values: Vec<_> = values
            .into_iter()
            .take(MOST_CHOICES)
            .map(|(value, _)| {
                let mut names = known.values.iter();
                let name = names.find(|(other, _)| *other == value);
                let name = name.and_then(|(_, name)| name.clone());
                (value, name)
            })
            .collect();
        if !values.is_empty() {
            found.push(DimensionValues { values, ..known });
        }
    }
    Ok(found)
}

/// The properties that may occur among the answers, only with values that have names of their own:
/// nothing is counted for it.
pub(super) async fn properties(
    session: &impl Counting,
    actor: &Actor,
    survey: SurveyId,
) -> Result<Vec<DimensionValues>, AppError> {
    let touchpoints = journey::list_touchpoints(session).await?;
    let labels = attributes::list(session).await?;
    let keys = segment_keys(session, survey).await?;
    let edited = edits_in_use(session).await?.0.apply();
    let names = ThemeNames::of(&edited);
    let themes: Vec<String> = edited
        .taxonomy()
        .themes
        .into_iter()
        .map(|theme| theme.code)
        .collect();
    // Figures have one name for everyone, as those of contact moments and segments have.
    let workspace = access::find_workspace(session).await?;
    let language = workspace.map_or(Language::Nl, |workspace| workspace.language);
    let fixed = [
        Dimension::Channel,
        Dimension::Language,
        Dimension::Touchpoint,
        Dimension::Account,
        Dimension::Version,
        Dimension::Theme,
        Dimension::Tone,
    ];
    let segments = keys.into_iter().map(Dimension::Segment);
    let may_know = |dimension: &Dimension| may_select_by(actor, dimension);
    let named = segments.chain(fixed).filter(may_know).map(|dimension| {
        let name = match &dimension {
            Dimension::Segment(key) => labels
                .iter()
                .find(|label| label.key == *key)
                .map(|label| label.label.clone())
                .or_else(|| Some(key.to_string())),
            _ => None,
        };
        let touchpoints = touchpoints
            .iter()
            .filter(|_| dimension == Dimension::Touchpoint)
            .map(|known| (known.key.to_string(), Some(known.name.clone())));
        let themes = themes
            .iter()
            .filter(|_| dimension == Dimension::Theme)
            .map(|code| (code.clone(), Some(names.name(code, language))));
        DimensionValues {
            values: touchpoints.chain(themes).collect(),
            dimension,
            name,
        }
    });
    Ok(named.collect())
}

/// How many of those who were asked in this period answered; other filters cannot be told apart
/// among people who never answered.
async fn response_figure(
    session: &impl Counting,
    selection: &Selection,
) -> Result<ResponseFigure, AppError> {
    let funnel = invitation_funnel(
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
