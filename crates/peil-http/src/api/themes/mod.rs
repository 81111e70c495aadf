//! What customers talk about, as programs read it.

mod mentions;
mod proposals;
mod readings;
mod taxonomy;
mod taxonomy_change;

use axum::{
    Json,
    extract::{Path, State},
};
use peil_app::{
    AppError,
    results::{ResultsQuery, dimension_code},
    themes::{Share, Spoken, ThemeFigure, ThemesHead},
};
use peil_domain::{
    shared::{Language, Slug},
    themes::Signal,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::Outcome,
    caller::Caller,
    refusals::Reading,
    results::{SelectionFields, selection_of},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    edge::{fields::Fields, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_themes))
        .merge(mentions::routes())
        .routes(routes!(get_theme))
        .merge(readings::routes())
        .merge(taxonomy::routes())
        .merge(proposals::routes())
}

/// A theme that is mentioned, and how.
#[derive(Serialize, ToSchema)]
pub(super) struct MentionView {
    /// Code of the theme; behind a point that of its part.
    theme: String,
    /// -1 with displeasure, 1 with pleasure, 0 neither.
    tone: i8,
}

/// What is mentioned in an answer.
pub(super) fn mentions(spoken: Option<&Spoken>) -> Vec<MentionView> {
    let all = spoken.iter().flat_map(|spoken| &spoken.mentions);
    all.map(|(theme, tone)| MentionView {
        theme: theme.clone(),
        tone: *tone,
    })
    .collect()
}

/// A number of submissions as a share of all of the selection.
#[derive(Serialize, ToSchema)]
struct ShareView {
    /// How many.
    n: u64,
    /// Of how many.
    of: u64,
    /// The share, a fraction.
    value: f64,
    /// Lower end of its 95 % interval.
    low: f64,
    /// Upper end of its 95 % interval.
    high: f64,
}

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        Self {
            n: share.n,
            of: share.of,
            value: share.value,
            low: share.low,
            high: share.high,
        }
    }
}

/// A difference with its interval.
#[derive(Serialize, ToSchema)]
struct ChangeView {
    /// The share of the last weeks less that of before, a fraction.
    difference: f64,
    /// Lower end of its 95 % interval.
    low: f64,
    /// Upper end of its 95 % interval.
    high: f64,
    /// Whether it is more than chance, given how many themes are looked at.
    is_real: bool,
}

/// What goes with a theme for the score: all answers less those that do not mention it.
#[derive(Serialize, ToSchema)]
struct ImpactView {
    /// In the unit of the score.
    value: f64,
    /// Lower end of its 95 % interval.
    low: f64,
    /// Upper end of its 95 % interval.
    high: f64,
    /// The score of those who mention no theme: the impacts of all themes add up to the score of
    /// everyone less this one.
    without: f64,
}

/// A theme, or a part of one.
#[derive(Serialize, ToSchema)]
struct ThemeView {
    /// Its code.
    code: String,
    /// Its Dutch name.
    name_nl: String,
    /// Its English name.
    name_en: String,
    /// Submissions that mention it.
    mentions: ShareView,
    /// Submissions that mention it with displeasure.
    negative: ShareView,
    /// Submissions that mention it with pleasure.
    positive: ShareView,
    /// Change in the share with displeasure in the last weeks; absent when too little came before.
    change: Option<ChangeView>,
    /// What goes with it for the score; absent without a score.
    impact: Option<ImpactView>,
}

fn theme(head: &ThemesHead, figure: &ThemeFigure) -> ThemeView {
    ThemeView {
        code: figure.code.clone(),
        name_nl: head.names.name(&figure.code, Language::Nl),
        name_en: head.names.name(&figure.code, Language::En),
        mentions: figure.mentions.into(),
        negative: figure.negative.into(),
        positive: figure.positive.into(),
        change: figure.change.map(|change| ChangeView {
            difference: change.difference,
            low: change.low,
            high: change.high,
            is_real: change.is_real,
        }),
        impact: figure.impact.map(|impact| ImpactView {
            value: impact.value,
            low: impact.low,
            high: impact.high,
            without: impact.without,
        }),
    }
}

/// A verdict on a theme.
#[derive(Serialize, ToSchema)]
struct ThemeSignal {
    /// Code of the theme.
    theme: String,
    /// `theme_incident`, `theme_structural`, `theme_emerging` or `theme_resolved`.
    kind: &'static str,
    /// The signal.
    signal: Uuid,
}

fn theme_signal(signal: &Signal) -> ThemeSignal {
    ThemeSignal {
        theme: signal.subject.clone(),
        kind: signal.kind.code(),
        signal: signal.id.0,
    }
}

/// What customers talk about in answer to a questionnaire.
#[derive(Serialize, ToSchema)]
struct ThemesView {
    /// Address name of the questionnaire; absent when there is none.
    survey: Option<String>,
    /// Submissions in the selection; absent when they are of too few people.
    submissions: Option<u64>,
    /// Key of the question whose score impact is about.
    question: Option<String>,
    /// The themes, those with most displeasure first.
    themes: Vec<ThemeView>,
    /// What was found of themes and goes on, of all questionnaires together.
    signals: Vec<ThemeSignal>,
    /// Number of themes that too few people mention.
    too_few: usize,
    /// Old answers that are being read again: how many were looked at.
    read: Option<u64>,
    /// The same: of how many.
    to_read: Option<u64>,
    /// Moment at which this was true.
    as_of: String,
}

fn survey_of(fields: &Fields) -> Result<Option<Slug>, AppError> {
    match fields.some("survey") {
        Some(text) => text.parse().map(Some).map_err(|_| AppError::NotFound),
        None => Ok(None),
    }
}

/// Sums up what customers talk about; in answer to the questionnaire that most was written to when none
/// is named.
#[utoipa::path(get, path = "/themes", operation_id = "list_themes", tag = "themes",
    params(("survey" = Option<String>, Query, description = "Address name of the questionnaire."),
        SelectionFields),
    responses((status = 200, body = ThemesView), Reading))]
async fn list_themes(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ThemesView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = survey_of(&visitor.query).map_err(say)?;
    let query = selection_of(&visitor.query).map_err(say)?;
    let actor = &caller.identity.actor;
    let found = web.app.list_themes(actor, slug.as_ref(), query).await;
    let Some(found) = found.map_err(say)? else {
        return Ok(Json(ThemesView {
            survey: None,
            submissions: None,
            question: None,
            themes: Vec::new(),
            signals: Vec::new(),
            too_few: 0,
            read: None,
            to_read: None,
            as_of: web.app.now().to_string(),
        }));
    };
    let head = &found.head;
    Ok(Json(ThemesView {
        survey: Some(head.survey.slug.to_string()),
        submissions: head.submissions,
        question: head
            .score
            .as_ref()
            .map(|(question, _)| question.key.to_string()),
        themes: found
            .themes
            .iter()
            .map(|figure| theme(head, figure))
            .collect(),
        signals: found.signals.iter().map(theme_signal).collect(),
        too_few: found.too_few,
        read: head.reading.map(|(done, _)| done),
        to_read: head.reading.map(|(_, total)| total),
        as_of: head.as_of.to_string(),
    }))
}

/// The share with displeasure in one step.
#[derive(Serialize, ToSchema)]
struct ThemeStepView {
    /// First day.
    start: String,
    /// Last day.
    end: String,
    /// The share; absent when it is of too few people, or nobody answered.
    negative: Option<ShareView>,
}

/// The share with displeasure in one group.
#[derive(Serialize, ToSchema)]
struct ThemeGroupView {
    /// The value; absent when it is not known.
    value: Option<String>,
    /// The share; absent when it is of too few people.
    negative: Option<ShareView>,
}

/// One theme.
#[derive(Serialize, ToSchema)]
struct ThemeDetailView {
    /// Its code.
    code: String,
    /// Its figures; absent when too few people mention it.
    theme: Option<ThemeView>,
    /// Its parts, those with most displeasure first.
    parts: Vec<ThemeView>,
    /// Through time, oldest first.
    steps: Vec<ThemeStepView>,
    /// The property of the groups.
    group: Option<String>,
    /// By group, the highest share first.
    groups: Vec<ThemeGroupView>,
    /// What it is called by now, of all questionnaires together: `theme_incident`, `theme_structural`,
    /// `theme_emerging` or `theme_resolved`; absent when complaints are no more than chance explains.
    verdict: Option<&'static str>,
    /// First day of what it is called.
    since: Option<String>,
    /// What was found of it before and now, the newest first.
    signals: Vec<ThemeSignal>,
    /// Moment at which this was true.
    as_of: String,
}

/// Reads one theme in the answers to a questionnaire.
#[utoipa::path(get, path = "/themes/{code}", operation_id = "get_theme", tag = "themes",
    params(("code" = String, Path, description = "Code of the theme."),
        ("survey" = String, Query, description = "Address name of the questionnaire."),
        ("bucket" = Option<String>, Query, description = "`week`, `month` or `quarter`."),
        ("group" = Option<String>, Query, description = "`channel`, `language`, `version`, `touchpoint`, `account` or `segment.KEY`."),
        SelectionFields),
    responses((status = 200, body = ThemeDetailView), Reading))]
async fn get_theme(
    State(web): State<Web>,
    caller: Caller,
    Path(code): Path<String>,
    visitor: Visitor,
) -> Outcome<Json<ThemeDetailView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = survey_of(&visitor.query).map_err(say)?;
    let slug = slug.ok_or(AppError::Invalid {
        field: "survey",
        code: "missing",
    });
    let slug = slug.map_err(say)?;
    let query: ResultsQuery = selection_of(&visitor.query).map_err(say)?;
    let actor = &caller.identity.actor;
    let found = web.app.get_theme(actor, &slug, &code, query).await;
    let found = found.map_err(say)?;
    let head = &found.head;
    let steps = found.steps.iter().map(|step| ThemeStepView {
        start: step.start.date().to_string(),
        end: step.end.date().to_string(),
        negative: step.negative.map(Into::into),
    });
    let groups = found.groups.iter().map(|group| ThemeGroupView {
        value: group.value.clone(),
        negative: group.negative.map(Into::into),
    });
    let verdict = found.verdict.as_ref();
    let since = verdict.and_then(|verdict| verdict.evidence.since);
    Ok(Json(ThemeDetailView {
        verdict: verdict.and_then(|verdict| Some(verdict.kind?.code())),
        since: since.map(|day| day.date().to_string()),
        signals: found.signals.iter().map(theme_signal).collect(),
        theme: found.figure.as_ref().map(|figure| theme(head, figure)),
        parts: found.parts.iter().map(|part| theme(head, part)).collect(),
        steps: steps.collect(),
        group: found.group.as_ref().map(dimension_code),
        groups: groups.collect(),
        as_of: head.as_of.to_string(),
        code: found.code,
    }))
}
