//! How often themes are mentioned day by day, with how many answered: what verdicts are made of.

use std::{collections::BTreeSet, sync::Arc};

use peil_domain::{
    access::{Actor, Right},
    shared::{LocalDay, Period, Slug, SurveyId},
};
use peil_facts::{CountQuery, Dimension as Asked, Filter, Scope, Subject, Test};
use peil_measure::MINIMUM_PEOPLE;
use peil_store::results::Dimension;

use crate::{
    App, AppError,
    app::{day_of, demand},
    facts::Counting,
    results::{ResultsQuery, Wanted, asked, demand_properties, scope_of, survey_called},
};

/// Which series are counted.
#[derive(Debug, Clone)]
pub(crate) struct SeriesAsked {
    /// The questionnaire; all of them when absent.
    pub(crate) survey: Option<SurveyId>,
    /// For each dimension the values of which one must hold.
    pub(crate) filters: Vec<(Dimension, Vec<String>)>,
    /// First day.
    pub(crate) from: Option<LocalDay>,
    /// Last day.
    pub(crate) until: Option<LocalDay>,
    /// Length of the steps.
    pub(crate) step: Period,
    /// The property by which series are kept apart, beside the theme.
    pub(crate) by: Option<Dimension>,
    /// Whether parts of themes have series of their own, in place of the themes.
    pub(crate) of_parts: bool,
}

/// A number of submissions in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeriesPoint {
    /// Code of the theme or part; absent where submissions are counted whatever they mention.
    pub(crate) theme: Option<Arc<str>>,
    /// Value of the property; absent when it is not known, or none was asked for.
    pub(crate) group: Option<Arc<str>>,
    /// First day of the step.
    pub(crate) start: LocalDay,
    /// Submissions.
    pub(crate) n: u64,
    /// Different people; everyone who is not known counts as one.
    pub(crate) people: u64,
}

/// Series of mentions, with their exposure. Steps without any are left out.
///
/// These are bare counts, also of few people: they are for verdicts, and not to be shown as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ThemeSeries {
    /// All submissions.
    pub(crate) submissions: Vec<SeriesPoint>,
    /// Submissions that mention a theme, in whatever tone.
    pub(crate) mentions: Vec<SeriesPoint>,
    /// Submissions that mention it with displeasure.
    pub(crate) negative: Vec<SeriesPoint>,
    /// Submissions that mention it with pleasure.
    pub(crate) positive: Vec<SeriesPoint>,
}

/// Counts complete submissions by people per theme and step.
pub(crate) async fn series(
    session: &(impl Counting + Sync),
    wanted: &SeriesAsked,
) -> Result<ThemeSeries, AppError> {
    let filters = Wanted::only(&wanted.filters);
    let scope = scope_of(session, wanted.survey, filters, wanted.from, wanted.until).await?;
    let theme = if wanted.of_parts {
        Asked::ThemePart
    } else {
        Asked::Theme
    };
    let with = |test: Test, dimension: Asked| {
        let mut scope = scope.clone();
        scope.filters.push(Filter { dimension, test });
        scope
    };
    let tone = |tone: &str| {
        let values = BTreeSet::from([Some(tone.to_owned())]);
        with(Test::In(values), Asked::Tone)
    };
    let any = with(Test::NotIn(BTreeSet::from([None])), Asked::Theme);
    let by = wanted.by.as_ref().map(asked);
    let step = wanted.step;
    Ok(ThemeSeries {
        submissions: points(session, scope.clone(), None, by.as_ref(), step).await?,
        mentions: points(session, any, Some(&theme), by.as_ref(), step).await?,
        negative: points(session, tone("-1"), Some(&theme), by.as_ref(), step).await?,
        positive: points(session, tone("1"), Some(&theme), by.as_ref(), step).await?,
    })
}

/// Complaints and submissions of all questionnaires, week by week: what verdicts are made of.
pub(crate) async fn complaints(
    session: &(impl Counting + Sync),
    days: (LocalDay, LocalDay),
) -> Result<ThemeSeries, AppError> {
    let all = days_of(session, days);
    let about = with_displeasure(all.clone(), None);
    let theme = Some(&Asked::Theme);
    Ok(ThemeSeries {
        submissions: points(session, all, None, None, Period::Week).await?,
        negative: points(session, about, theme, None, Period::Week).await?,
        ..ThemeSeries::default()
    })
}

/// The same of submissions with one of these values of a property, each value apart.
pub(crate) async fn complaints_by(
    session: &(impl Counting + Sync),
    days: (LocalDay, LocalDay),
    by: &Asked,
    values: BTreeSet<Option<String>>,
) -> Result<ThemeSeries, AppError> {
    let mut all = days_of(session, days);
    all.filters.push(Filter {
        dimension: by.clone(),
        test: Test::In(values),
    });
    let about = with_displeasure(all.clone(), None);
    let (theme, by) = (Some(&Asked::Theme), Some(by));
    Ok(ThemeSeries {
        submissions: points(session, all, None, by, Period::Week).await?,
        negative: points(session, about, theme, by, Period::Week).await?,
        ..ThemeSeries::default()
    })
}

/// The submissions of some days that complain about a theme.
pub(crate) fn complaining(
    session: &impl Counting,
    theme: &str,
    days: (LocalDay, LocalDay),
) -> Scope {
    with_displeasure(days_of(session, days), Some(theme))
}

/// Submissions with the same values of some properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpreadCell {
    /// The values; absent when not known.
    pub(crate) groups: Vec<Option<Arc<str>>>,
    /// Submissions.
    pub(crate) submissions: u64,
    /// Those that mention the theme with displeasure.
    pub(crate) complaints: u64,
    /// Different people behind those.
    pub(crate) people: u64,
}

/// How complaints about a theme are spread over at most two properties.
pub(crate) async fn spread(
    session: &(impl Counting + Sync),
    theme: &str,
    by: &[Dimension],
    days: (LocalDay, LocalDay),
) -> Result<Vec<SpreadCell>, AppError> {
    let count = async |scope: Scope| {
        let mut query = CountQuery::new(scope, Subject::Submissions);
        query.group = by.iter().map(asked).collect();
        session.facts().counts(&query).await
    };
    let all = days_of(session, days);
    let about = count(with_displeasure(all.clone(), Some(theme)))
        .await?
        .found;
    let cell = |cell: peil_facts::Cell| {
        let said = about.iter().find(|other| other.groups == cell.groups);
        SpreadCell {
            complaints: said.map_or(0, |said| said.answers.n),
            people: said.map_or(0, |said| said.people),
            submissions: cell.answers.n,
            groups: cell.groups,
        }
    };
    Ok(count(all).await?.found.into_iter().map(cell).collect())
}

fn days_of(session: &impl Counting, (from, until): (LocalDay, LocalDay)) -> Scope {
    let mut scope = Scope::all(session.workspace(), Vec::new());
    (scope.from, scope.until) = (Some(from), Some(until));
    scope
}

/// The submissions that mention something with displeasure.
fn with_displeasure(mut scope: Scope, theme: Option<&str>) -> Scope {
    let mut only = |dimension: Asked, value: &str| {
        let test = Test::In(BTreeSet::from([Some(value.to_owned())]));
        scope.filters.push(Filter { dimension, test });
    };
    only(Asked::Tone, "-1");
    if let Some(theme) = theme {
        only(Asked::Theme, theme);
    }
    scope
}

async fn points(
    session: &(impl Counting + Sync),
    scope: Scope,
    theme: Option<&Asked>,
    by: Option<&Asked>,
    step: Period,
) -> Result<Vec<SeriesPoint>, AppError> {
    let mut query = CountQuery::new(scope, Subject::Submissions);
    query.group = theme.into_iter().chain(by).cloned().collect();
    query.step = Some(step.into());
    let cells = session.facts().counts(&query).await?.found;
    let point = |cell: peil_facts::Cell| {
        let mut groups = cell.groups.into_iter();
        let theme = match theme {
            // Who means no part in particular belongs to no part.
            Some(_) => Some(groups.next().flatten()?),
            None => None,
        };
        Some(SeriesPoint {
            theme,
            group: groups.next().flatten(),
            start: cell.start?,
            n: cell.answers.n,
            people: cell.people,
        })
    };
    Ok(cells.into_iter().filter_map(point).collect())
}

/// What is mentioned through time, as far as it may be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MentionsInTime {
    /// Submissions by the first day of every step in which there are any.
    pub submissions: Vec<(LocalDay, u64)>,
    /// Mentions by theme and step, in that order.
    pub points: Vec<MentionPoint>,
}

/// Mentions of a theme in one step; numbers are absent when they are of few people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionPoint {
    /// Code of the theme.
    pub theme: String,
    /// First day of the step.
    pub start: LocalDay,
    /// Submissions that mention it.
    pub mentions: Option<u64>,
    /// Those that mention it with displeasure.
    pub negative: Option<u64>,
    /// Those that mention it with pleasure.
    pub positive: Option<u64>,
}

impl App {
    /// Counts what is mentioned through time; a week at a time when no other step is asked.
    pub async fn list_mentions(
        &self,
        actor: &Actor,
        survey: Option<&Slug>,
        query: &ResultsQuery,
    ) -> Result<MentionsInTime, AppError> {
        demand(actor, Right::ReadResults)?;
        demand_properties(actor, query)?;
        let session = self.look(actor.workspace).await?;
        let survey = match survey {
            Some(slug) => Some(survey_called(&session, slug).await?.id),
            None => None,
        };
        let workspace = self.workspace_of(actor).await?;
        let (from, until) = query.when.days(day_of(&workspace, self.clock.now()));
        let wanted = SeriesAsked {
            survey,
            filters: query.filters.clone(),
            from,
            until,
            step: query.bucket.unwrap_or(Period::Week),
            by: None,
            of_parts: false,
        };
        let found = series(&session, &wanted).await?;
        Ok(MentionsInTime {
            submissions: found
                .submissions
                .iter()
                .map(|point| (point.start, point.n))
                .collect(),
            points: told(&found),
        })
    }
}

/// The mentions that may be told, by theme and step.
pub(crate) fn told(found: &ThemeSeries) -> Vec<MentionPoint> {
    let number = |points: &[SeriesPoint], like: &SeriesPoint| {
        let mut of_step = points.iter();
        let point = of_step.find(|other| other.theme == like.theme && other.start == like.start);
        point.map_or(Some(0), |point| {
            (point.people >= MINIMUM_PEOPLE).then_some(point.n)
        })
    };
    let told = |point: &SeriesPoint| MentionPoint {
        theme: point.theme.as_deref().unwrap_or_default().to_owned(),
        start: point.start,
        mentions: number(&found.mentions, point),
        negative: number(&found.negative, point),
        positive: number(&found.positive, point),
    };
    found.mentions.iter().map(told).collect()
}
