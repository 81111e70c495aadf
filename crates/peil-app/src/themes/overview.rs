//! What customers talk about: every theme of a questionnaire in figures.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    shared::{LocalDay, Slug},
    survey::{Question, ScoreScale, Survey},
    themes::Signal,
};
use peil_measure::MINIMUM_PEOPLE;
use peil_store::{
    results::{Dimension, signals},
    survey,
    themes::find_due,
};

use super::{
    figures::{Among, Halves, Share, ThemeFigure, changes},
    names::ThemeNames,
};
use crate::{
    App, AppError,
    app::demand,
    facts::Counting,
    results::{
        DimensionValues, ResultsQuery, Selection, demand_properties, dimensions, survey_called,
    },
};

/// What every page about themes knows.
#[derive(Debug, Clone)]
pub struct ThemesHead {
    /// The questionnaire.
    pub survey: Survey,
    /// Address and name of all questionnaires.
    pub surveys: Vec<(Slug, String)>,
    /// What was asked.
    pub query: ResultsQuery,
    /// Properties that occur, with their values.
    pub dimensions: Vec<DimensionValues>,
    /// First day.
    pub from: Option<LocalDay>,
    /// Last day.
    pub until: Option<LocalDay>,
    /// Whether nothing is told of this selection, since a few people could be told apart.
    pub is_closed: bool,
    /// Whether the days are more than was asked, since a few people could be told apart.
    pub is_widened: bool,
    /// Submissions in the selection; absent when they are of too few people.
    pub submissions: Option<u64>,
    /// The score that impact is about.
    pub score: Option<(Question, ScoreScale)>,
    /// The days that changes compare.
    pub halves: Option<Halves>,
    /// Old answers that are being read again: how many are done, of how many.
    pub reading: Option<(u64, u64)>,
    /// What themes are called.
    pub names: ThemeNames,
    /// Moment at which the figures were true.
    pub as_of: Timestamp,
    /// Time that it took to make them.
    pub took: SignedDuration,
}

/// The themes of a questionnaire.
#[derive(Debug, Clone)]
pub struct ThemesFound {
    /// What every page about themes knows.
    pub head: ThemesHead,
    /// The themes, those with most displeasure first.
    pub themes: Vec<ThemeFigure>,
    /// Themes that too few people mention.
    pub too_few: usize,
    /// What was found of themes and goes on, of all questionnaires together.
    pub signals: Vec<Signal>,
}

impl App {
    /// Sums up what customers talk about in answer to a questionnaire; the one that most was written
    /// to when none is named. Nothing when there is no questionnaire.
    pub async fn list_themes(
        &self,
        actor: &Actor,
        slug: Option<&Slug>,
        query: ResultsQuery,
    ) -> Result<Option<ThemesFound>, AppError> {
        demand(actor, Right::ReadResults)?;
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let Some(survey) = survey_meant(&session, slug).await? else {
            return Ok(None);
        };
        let query = query
            .without(&Dimension::Theme)
            .without(&Dimension::ThemePart)
            .without(&Dimension::Tone);
        let (mut head, selection) = self.themes_head(&session, actor, survey, query).await?;
        let among = Among {
            session: &session,
            selection: &selection,
            by: Dimension::Theme,
            within: Vec::new(),
        };
        let (themes, too_few) = if head.is_closed {
            (Vec::new(), 0)
        } else {
            theme_figures(&among, &head).await?
        };
        let now = self.clock.now();
        let mut signals = signals::list_lately(&session, now).await?;
        signals.retain(|signal| signal.kind.is_of_theme());
        head.as_of = session.as_of();
        head.took = now.duration_since(started);
        Ok(Some(ThemesFound {
            head,
            themes,
            too_few,
            signals,
        }))
    }

    /// Reads what every page about themes knows, and which answers are meant.
    pub(crate) async fn themes_head(
        &self,
        session: &impl Counting,
        actor: &Actor,
        survey: Survey,
        query: ResultsQuery,
    ) -> Result<(ThemesHead, Selection), AppError> {
        let now = self.clock.now();
        demand_properties(actor, &query)?;
        let selection = Selection::read_safely(session, actor, survey.clone(), &query, now).await?;
        let book = self.book(session).await?;
        let due = find_due(session).await?;
        let wanted = query.question.as_ref();
        let score = selection.scale_question(wanted).cloned();
        let among = Among {
            session,
            selection: &selection,
            by: Dimension::Theme,
            within: Vec::new(),
        };
        let days = (selection.from, selection.until);
        let (submissions, people) = among.total(days).await?;
        let may_tell = people == 0 || people >= MINIMUM_PEOPLE;
        let mut known = dimensions(session, actor, survey.id).await?;
        known.retain(|known| !known.dimension.is_of_mentions());
        let surveys = survey::list(session).await?;
        let head = ThemesHead {
            surveys: surveys
                .into_iter()
                .map(|survey| (survey.slug, survey.name))
                .collect(),
            dimensions: known,
            from: selection.from,
            until: selection.until,
            is_closed: selection.is_closed,
            is_widened: selection.is_widened,
            submissions: (may_tell && !selection.is_closed).then_some(submissions),
            score: score.and_then(|question| {
                let scale = question.kind.scale()?;
                Some((question, scale))
            }),
            halves: halves(session, &selection).await?,
            reading: due.map(|due| (due.done, due.total)),
            names: book.names.clone(),
            as_of: now,
            took: SignedDuration::ZERO,
            survey,
            query,
        };
        Ok((head, selection))
    }
}

/// The questionnaire that is named, else the one to which most was answered.
async fn survey_meant(
    session: &impl Counting,
    slug: Option<&Slug>,
) -> Result<Option<Survey>, AppError> {
    if let Some(slug) = slug {
        return Ok(Some(survey_called(session, slug).await?));
    }
    let scope = peil_facts::Scope::all(session.workspace(), Vec::new());
    let mut query = peil_facts::CountQuery::new(scope, peil_facts::Subject::Submissions);
    query.group = vec![peil_facts::Dimension::Survey];
    query.with_people = false;
    query.scope.filters.push(peil_facts::Filter {
        dimension: peil_facts::Dimension::Theme,
        test: peil_facts::Test::NotIn([None].into()),
    });
    let cells = session.facts().counts(&query).await?.found;
    let most = cells.iter().max_by_key(|cell| cell.answers.n);
    let id = most.and_then(|cell| cell.groups.first()?.clone());
    let surveys = survey::list(session).await?;
    let is_most = |survey: &&Survey| id.as_deref() == Some(survey.id.to_string().as_str());
    Ok(surveys.iter().find(is_most).or(surveys.first()).cloned())
}

/// The days that changes compare.
async fn halves(
    session: &impl Counting,
    selection: &Selection,
) -> Result<Option<Halves>, AppError> {
    let until = selection.until.unwrap_or(selection.today);
    let until = until.min(selection.today);
    let from = match selection.from {
        Some(from) => Some(from),
        None => first_day(session, selection).await?,
    };
    Ok(from.and_then(|from| Halves::of(from, until)))
}

async fn first_day(
    session: &impl Counting,
    selection: &Selection,
) -> Result<Option<LocalDay>, AppError> {
    let scope = peil_facts::Scope::all(session.workspace(), vec![selection.survey.id]);
    let mut query = peil_facts::CountQuery::new(scope, peil_facts::Subject::Submissions);
    query.step = Some(peil_facts::Step::Week);
    query.with_people = false;
    let cells = session.facts().counts(&query).await?.found;
    Ok(cells.iter().filter_map(|cell| cell.start).min())
}

/// Figures of the themes, or parts, that may be told, those with most displeasure first; and how many
/// may not.
pub(crate) async fn theme_figures<S: Counting>(
    among: &Among<'_, S>,
    head: &ThemesHead,
) -> Result<(Vec<ThemeFigure>, usize), AppError> {
    let days = (among.selection.from, among.selection.until);
    let (total, _) = among.total(days).await?;
    let all = among.tones(days).await?;
    let guard = among.guard().await?;
    let told = all
        .iter()
        .filter(|(code, tones)| among.may_tell(&guard, code, tones));
    let told: Vec<String> = told.map(|(code, _)| code.clone()).collect();
    let changed = match head.halves {
        Some(halves) => {
            let before = (Some(halves.first), Some(LocalDay(halves.split.0 - 1)));
            let now = (Some(halves.split), Some(halves.last));
            let (earlier, later) = (among.tones(before).await?, among.tones(now).await?);
            let (were, are) = (among.total(before).await?.0, among.total(now).await?.0);
            changes((&earlier, were), (&later, are), &told)?
        }
        None => std::collections::BTreeMap::new(),
    };
    let impacts = match &head.score {
        Some((question, scale)) => among.impacts(question, scale).await?,
        None => std::collections::BTreeMap::new(),
    };
    let mut figures = Vec::new();
    for code in &told {
        let tones = all.get(code).copied().unwrap_or_default();
        let (Some(mentions), Some(negative), Some(positive)) = (
            Share::of(tones.n, total)?,
            Share::of(tones.negative, total)?,
            Share::of(tones.positive, total)?,
        ) else {
            continue;
        };
        figures.push(ThemeFigure {
            code: code.clone(),
            mentions,
            negative,
            positive,
            change: changed.get(code).copied(),
            impact: impacts.get(code).copied(),
        });
    }
    figures.sort_by(|a, b| {
        let key = |figure: &ThemeFigure| (figure.negative.n, figure.mentions.n);
        key(b).cmp(&key(a)).then_with(|| a.code.cmp(&b.code))
    });
    Ok((figures, all.len() - told.len()))
}
