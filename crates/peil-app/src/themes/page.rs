//! One theme: through time, its parts, who mentions it.

use std::collections::BTreeMap;

use peil_domain::{
    access::{Actor, Right},
    shared::{LocalDay, Period, Slug},
    themes::Signal,
};
use peil_measure::MINIMUM_PEOPLE;
use peil_store::results::Dimension;

use super::{
    figures::{Among, Share, ThemeFigure},
    overview::{ThemesHead, theme_figures},
};
use crate::{
    App, AppError,
    app::demand,
    facts::Counting,
    results::{
        ResultsQuery, TableQuery, TableSubject, ThemeVerdict, default_group, names_of,
        survey_called, table,
    },
};

/// Most steps through time.
const MOST_STEPS: usize = 60;
/// Most groups.
const MOST_GROUPS: usize = 24;

/// One theme in figures.
#[derive(Debug, Clone)]
pub struct ThemeFound {
    /// What every page about themes knows.
    pub head: ThemesHead,
    /// Code of the theme.
    pub code: String,
    /// Its figures; absent when too few people mention it.
    pub figure: Option<ThemeFigure>,
    /// Its parts, those with most displeasure first.
    pub parts: Vec<ThemeFigure>,
    /// Parts that too few people mention.
    pub parts_too_few: usize,
    /// Length of the steps.
    pub bucket: Period,
    /// The share that mentions it with displeasure through time, oldest first.
    pub steps: Vec<ThemeStep>,
    /// The property of the groups.
    pub group: Option<Dimension>,
    /// The share that mentions it with displeasure by group, the highest first.
    pub groups: Vec<ThemeGroup>,
    /// What to call it by now, of all questionnaires together; absent when nobody ever complained.
    pub verdict: Option<ThemeVerdict>,
    /// What was found of it before and now, the newest first.
    pub signals: Vec<Signal>,
}

/// One step through time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThemeStep {
    /// First day.
    pub start: LocalDay,
    /// Last day.
    pub end: LocalDay,
    /// The share with displeasure; absent when it is of too few people, or nobody answered.
    pub negative: Option<Share>,
    /// Whether anyone answered.
    pub has_answers: bool,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeGroup {
    /// The value; absent when it is not known.
    pub value: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// The share with displeasure; absent when it is of too few people.
    pub negative: Option<Share>,
}

impl App {
    /// Looks at one theme in the answers to a questionnaire.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the organisation has no such theme.
    pub async fn get_theme(
        &self,
        actor: &Actor,
        slug: &Slug,
        code: &str,
        query: ResultsQuery,
    ) -> Result<ThemeFound, AppError> {
        demand(actor, Right::ReadResults)?;
        let started = self.clock.now();
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        let query = query
            .without(&Dimension::Theme)
            .without(&Dimension::ThemePart)
            .without(&Dimension::Tone);
        let (mut head, selection) = self.themes_head(&session, actor, survey, query).await?;
        if code.contains('.') || !head.names.has(code) {
            return Err(AppError::NotFound);
        }
        let mut among = Among {
            session: &session,
            selection: &selection,
            by: Dimension::Theme,
            within: Vec::new(),
        };
        let group = head.query.group.clone();
        let group = group.or_else(|| default_group(&head.dimensions));
        let mut found = ThemeFound {
            code: code.to_owned(),
            figure: None,
            parts: Vec::new(),
            parts_too_few: 0,
            bucket: Period::Month,
            steps: Vec::new(),
            group: group.clone(),
            groups: Vec::new(),
            verdict: self.theme_verdict(&session, code).await?,
            signals: self.signals_of(&session, code).await?,
            head: head.clone(),
        };
        if !head.is_closed {
            let (figures, _) = theme_figures(&among, &head).await?;
            found.figure = figures.into_iter().find(|figure| figure.code == code);
        }
        if found.figure.is_some() {
            (found.bucket, found.steps) = steps(&among, &head, code).await?;
            if let Some(group) = group {
                found.groups = groups(&among, &head, code, &group).await?;
            }
            among.by = Dimension::ThemePart;
            among.within = vec![(Dimension::Theme, vec![code.to_owned()])];
            (found.parts, found.parts_too_few) = theme_figures(&among, &head).await?;
        }
        head.as_of = session.as_of();
        head.took = self.clock.now().duration_since(started);
        found.head = head;
        Ok(found)
    }
}

/// Who mentions the theme with displeasure.
fn displeased(code: &str) -> Vec<(Dimension, Vec<String>)> {
    vec![
        (Dimension::Theme, vec![code.to_owned()]),
        (Dimension::Tone, vec!["-1".to_owned()]),
    ]
}

/// A share that may be told: of nobody, or of enough people among enough.
fn told(about: (u64, u64), all: (u64, u64)) -> Result<Option<Share>, AppError> {
    let is_told = |people: u64| people == 0 || people >= MINIMUM_PEOPLE;
    if all.1 >= MINIMUM_PEOPLE && is_told(about.1) {
        Share::of(about.0, all.0)
    } else {
        Ok(None)
    }
}

async fn steps<S: Counting>(
    among: &Among<'_, S>,
    head: &ThemesHead,
    code: &str,
) -> Result<(Period, Vec<ThemeStep>), AppError> {
    let selection = among.selection;
    let bucket = head.query.bucket.unwrap_or_else(|| {
        let days = head.halves.map_or(0, |halves| {
            let from = selection.from.unwrap_or(halves.first);
            halves.last.0 - from.0
        });
        if days > 120 {
            Period::Month
        } else {
            Period::Week
        }
    });
    let of = |within: Vec<(Dimension, Vec<String>)>| TableQuery {
        survey: selection.survey.id,
        subject: TableSubject::Submissions,
        filters: selection.filters.iter().cloned().chain(within).collect(),
        excluded: selection.excluded.clone(),
        from: selection.from,
        until: selection.until,
        by: Vec::new(),
        period: Some(bucket),
        include_automatic: selection.includes_automatic,
    };
    let all = table(among.session, &of(Vec::new())).await?;
    let about = table(among.session, &of(displeased(code))).await?;
    let about: BTreeMap<LocalDay, (u64, u64)> = about
        .iter()
        .filter_map(|cell| Some((cell.start?, (cell.n, cell.people))))
        .collect();
    let mut steps: Vec<ThemeStep> = Vec::new();
    for cell in &all {
        let Some(start) = cell.start else { continue };
        while let Some(before) = steps.last()
            && bucket.next(before.start) < start
            && steps.len() < 10 * MOST_STEPS
        {
            let start = bucket.next(before.start);
            steps.push(ThemeStep {
                start,
                end: LocalDay(bucket.next(start).0 - 1),
                negative: None,
                has_answers: false,
            });
        }
        let found = about.get(&start).copied().unwrap_or_default();
        steps.push(ThemeStep {
            start,
            end: LocalDay(bucket.next(start).0 - 1),
            negative: told(found, (cell.n, cell.people))?,
            has_answers: true,
        });
    }
    let older = steps.len().saturating_sub(MOST_STEPS);
    steps.drain(..older);
    Ok((bucket, steps))
}

async fn groups<S: Counting>(
    among: &Among<'_, S>,
    head: &ThemesHead,
    code: &str,
    group: &Dimension,
) -> Result<Vec<ThemeGroup>, AppError> {
    let days = (among.selection.from, among.selection.until);
    let by = || vec![group.clone()];
    let all = among.cells(by(), days, &[]).await?;
    let about = among.cells(by(), days, &displeased(code)).await?;
    let names = names_of(&head.dimensions, group);
    let asked = among.selection.people_query(
        crate::results::Answered::Anything,
        Vec::new(),
        &[Dimension::Theme, group.clone()],
    );
    let guard = crate::results::Guard::read(
        among.session,
        asked,
        crate::results::Detail::Never,
        MINIMUM_PEOPLE,
    )
    .await?;
    let mut found = Vec::new();
    for cell in &all {
        let value = cell.groups.first().cloned().flatten();
        let same = about.iter().find(|other| other.groups == cell.groups);
        let counts = same.map_or((0, 0), |same| (same.n, same.people));
        let mut filters = among.selection.selected();
        filters.push((Dimension::Theme, vec![code.to_owned()]));
        filters.push((group.clone(), vec![value.clone().unwrap_or_default()]));
        let may_tell = guard.opens(&filters, None, None);
        let negative = told(counts, (cell.n, cell.people))?.filter(|_| may_tell);
        let name = names
            .iter()
            .find(|(known, _)| Some(known) == value.as_ref())
            .and_then(|(_, name)| name.clone());
        found.push(ThemeGroup {
            value,
            name,
            negative,
        });
    }
    found.sort_by(|a, b| {
        let key = |group: &ThemeGroup| group.negative.map_or(-1.0, |share| share.value);
        key(b).total_cmp(&key(a))
    });
    found.truncate(MOST_GROUPS);
    Ok(found)
}
