//! Figures, comments and what needs attention, as programs read them.

mod accounts;
mod compare;
mod drivers;
mod explore;
mod numbers;
mod planner;
mod representation;
mod representation_view;
mod signal_origins;
mod signals;
mod turnout;
mod verdicts;
mod view;

use axum::{Json, extract::State};
use peil_app::{
    AppError,
    results::{Comments, CommentsAsked, ResultsQuery, ScoreZone, dimension_code},
};
use peil_domain::shared::Slug;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use self::view::{HeadlineView, ResultsView};
use super::{
    body::{ListOf, Outcome},
    caller::Caller,
    refusals::Reading,
    themes::{MentionView, mentions},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    edge::{fields::Fields, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(get_results))
        .routes(routes!(list_comments))
        .routes(routes!(list_dimensions))
        .routes(routes!(list_headlines))
        .routes(routes!(get_overview))
        .merge(accounts::routes())
        .merge(compare::routes())
        .merge(drivers::routes())
        .merge(explore::routes())
        .merge(planner::routes())
        .merge(representation::routes())
        .merge(signals::routes())
        .merge(turnout::routes())
}

/// Which answers. Besides these, `segment.KEY` selects by an attribute. Selecting fields may be
/// repeated: one of the values must hold. An empty value stands for "not known".
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the fields for OpenAPI; they are read by ResultsQuery"
)]
pub(super) struct SelectionFields {
    /// Channel: `email`, `link`, `qr`, `api` or `import`.
    channel: Option<String>,
    /// Language, two letters.
    language: Option<String>,
    /// Number of a version.
    version: Option<String>,
    /// Key of a touchpoint.
    touchpoint: Option<String>,
    /// Name of an account; needs `audience:read`.
    account: Option<String>,
    /// Code of a theme that is mentioned.
    theme: Option<String>,
    /// Code of a part of a theme that is mentioned, such as `delivery.late`.
    theme_part: Option<String>,
    /// Tone of that mention: `-1`, `0` or `1`.
    tone: Option<String>,
    /// What lists of answers are narrowed to: `positive`, `negative`, `neutral` or `mixed`.
    polarity: Option<String>,
    /// The same: `needs_reply`, `urgency`, `suggestion`, `praise`, `effort` or `no_content`.
    label: Option<String>,
    /// `this-month`, `last-month`, `this-quarter`, `last-quarter`, `this-year`, `12-months` or `all`.
    period: Option<String>,
    /// First day, such as `2026-01-31`; goes before `period`.
    from: Option<String>,
    /// Last day.
    until: Option<String>,
    /// Key of a question; the headline when absent.
    question: Option<String>,
    /// `include` counts what is marked as automatic too; `exclude`, or nothing, leaves it out.
    /// Lists of single answers hold it anyway.
    automatic: Option<String>,
    /// `same-question` puts only versions together in which a question is the very same;
    /// `same-scale`, or nothing, those in which its scale is.
    versions: Option<String>,
}

/// Reads the selection; a known field that cannot be read is refused.
pub(super) fn selection_of(fields: &Fields) -> Result<ResultsQuery, AppError> {
    let (query, refused) = ResultsQuery::read(fields.iter());
    match refused.first() {
        Some(field) => Err(AppError::Invalid {
            field,
            code: "unknown",
        }),
        None => Ok(query),
    }
}

/// The questionnaire that must be named.
fn slug_of(fields: &Fields) -> Result<Slug, AppError> {
    let text = fields.some("survey").ok_or(AppError::Invalid {
        field: "survey",
        code: "missing",
    })?;
    text.parse().map_err(|_| AppError::NotFound)
}

/// Cursor and size of the page that is wanted.
pub(super) fn page_of(fields: &Fields) -> Result<(Option<String>, u64), AppError> {
    let limit = match fields.some("limit") {
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| (1..=200).contains(limit))
            .ok_or(AppError::Invalid {
                field: "limit",
                code: "out_of_range",
            })?,
        None => 50,
    };
    let after = fields.some("after");
    if after.is_some_and(|text| text.chars().any(char::is_control)) {
        return Err(AppError::Invalid {
            field: "after",
            code: "unknown",
        });
    }
    Ok((after.map(ToOwned::to_owned), limit))
}

/// Reads the figures of a questionnaire.
#[utoipa::path(get, path = "/results", operation_id = "get_results", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("bucket" = Option<String>, Query, description = "`week`, `month` or `quarter`."),
        ("group" = Option<String>, Query, description = "`channel`, `language`, `version`, `touchpoint`, `account` or `segment.KEY`."),
        SelectionFields),
    responses((status = 200, body = ResultsView), Reading))]
async fn get_results(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ResultsView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let query = selection_of(&visitor.query).map_err(say)?;
    let found = web
        .app
        .get_results(&caller.identity.actor, &slug, query)
        .await;
    Ok(Json(found.map_err(say)?.into()))
}

/// What someone wrote.
#[derive(Serialize, ToSchema)]
struct CommentView {
    /// The submission.
    response: String,
    /// Key of the question.
    question: String,
    /// The words, without personal data where the reader does not follow up.
    words: String,
    /// What is mentioned in them; empty until they were read.
    mentions: Vec<MentionView>,
    /// `positive`, `negative`, `neutral` or `mixed`; absent until they were read.
    polarity: Option<String>,
    /// What they are besides: `needs_reply`, `urgency`, `suggestion`, `praise`, `effort`, `no_content`.
    labels: Vec<String>,
    /// When they were sent.
    submitted_at: String,
    /// Channel through which they came.
    channel: &'static str,
    /// Language in which was answered.
    language: &'static str,
    /// Score on the question of the selection.
    score: Option<i32>,
    /// `low`, `mid` or `high`.
    zone: Option<&'static str>,
    /// Who wrote them; absent when not known or when the token may not read customers.
    contact: Option<String>,
}

/// Lists comments, the newest first. Where fewer than eight people share what is selected by, only
/// those of known customers are listed, and none to a token that may not read customers.
#[utoipa::path(get, path = "/comments", operation_id = "list_comments", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("zone" = Option<String>, Query, description = "Part of the scale: `low`, `mid` or `high`."),
        ("score" = Option<String>, Query, description = "Exactly this score on the question."),
        ("search" = Option<String>, Query, description = "Part of the words."),
        ("after" = Option<String>, Query, description = "The `next` of the page before."),
        ("limit" = Option<String>, Query, description = "Items per page, 1 to 200."),
        SelectionFields),
    responses((status = 200, body = ListOf<CommentView>), Reading))]
async fn list_comments(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ListOf<CommentView>>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let query = selection_of(&visitor.query).map_err(say)?;
    let (after, limit) = page_of(&visitor.query).map_err(say)?;
    let asked = CommentsAsked {
        query,
        about: None,
        after,
        limit,
    };
    let found = web
        .app
        .list_comments(&caller.identity.actor, &slug, asked)
        .await;
    let Comments { lines, next, .. } = found.map_err(say)?;
    let items = lines.into_iter().map(|line| CommentView {
        response: line.response.to_string(),
        question: line.question.to_string(),
        words: line.spoken.text(),
        mentions: mentions(Some(&line.spoken)),
        polarity: line.spoken.polarity,
        labels: line.spoken.labels,
        submitted_at: line.submitted_at.to_string(),
        channel: line.channel.code(),
        language: line.language.code(),
        score: line.score.map(|(score, _)| score),
        zone: line.score.map(|(_, zone): (i32, ScoreZone)| zone.code()),
        contact: line.contact.map(|(id, _)| id.to_string()),
    });
    Ok(Json(ListOf {
        items: items.collect(),
        next,
    }))
}

/// A property by which answers can be selected.
#[derive(Serialize, ToSchema)]
struct DimensionView {
    /// Name of the field.
    field: String,
    /// Values that occur, the most frequent first.
    values: Vec<String>,
}

/// Lists the properties by which answers to a questionnaire can be selected.
#[utoipa::path(get, path = "/results/dimensions", operation_id = "list_dimensions", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire.")),
    responses((status = 200, body = ListOf<DimensionView>), Reading))]
async fn list_dimensions(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ListOf<DimensionView>>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let found = web
        .app
        .list_dimensions(&caller.identity.actor, &slug)
        .await
        .map_err(say)?;
    let items = found.into_iter().map(|known| DimensionView {
        field: dimension_code(&known.dimension),
        values: known.values.into_iter().map(|(value, _)| value).collect(),
    });
    Ok(Json(ListOf {
        items: items.collect(),
        next: None,
    }))
}

/// Lists published questionnaires with their first figure.
#[utoipa::path(get, path = "/headlines", operation_id = "list_headlines", tag = "results",
    responses((status = 200, body = ListOf<HeadlineView>), Reading))]
async fn list_headlines(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<ListOf<HeadlineView>>> {
    let found = web.app.list_headlines(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(ListOf {
        items: found.iter().map(HeadlineView::from).collect(),
        next: None,
    }))
}

/// What needs attention.
#[derive(Serialize, ToSchema)]
struct OverviewView {
    /// Published questionnaires with their first figure.
    headlines: Vec<HeadlineView>,
    /// Number of answers by day, oldest first.
    days: Vec<DayCount>,
    /// Submissions with the latest comments that go with a low score.
    low_comments: Vec<String>,
    /// Moment at which this was true.
    as_of: String,
}

/// Answers of one day.
#[derive(Serialize, ToSchema)]
struct DayCount {
    /// The day.
    day: String,
    /// Number of answers.
    answers: u64,
}

/// Reads what needs attention.
#[utoipa::path(get, path = "/overview", operation_id = "get_overview", tag = "results",
    responses((status = 200, body = OverviewView), Reading))]
async fn get_overview(State(web): State<Web>, caller: Caller) -> Outcome<Json<OverviewView>> {
    let found = web.app.get_overview(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let days = found.days.iter();
    Ok(Json(OverviewView {
        headlines: found.headlines.iter().map(HeadlineView::from).collect(),
        days: days
            .map(|(day, answers)| DayCount {
                day: day.date().to_string(),
                answers: *answers,
            })
            .collect(),
        low_comments: found
            .low_comments
            .iter()
            .map(|(_, line)| line.response.to_string())
            .collect(),
        as_of: found.as_of.to_string(),
    }))
}
