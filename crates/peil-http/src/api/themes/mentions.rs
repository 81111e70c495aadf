//! What is mentioned through time.

use axum::{Json, extract::State};
use peil_app::AppError;
use serde::Serialize;
use utoipa::ToSchema;

use super::survey_of;
use crate::{
    Web,
    api::{
        body::Outcome,
        caller::Caller,
        operations::{Operations, routes},
        refusals::Reading,
        results::{SelectionFields, selection_of},
    },
    edge::visitor::Visitor,
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(list_mentions))
}

/// A theme in one step. Numbers are absent when they are of too few people.
#[derive(Serialize, ToSchema)]
struct MentionPointView {
    /// Code of the theme.
    theme: String,
    /// First day.
    start: String,
    /// Submissions that mention it.
    mentions: Option<u64>,
    /// Those that mention it with displeasure.
    negative: Option<u64>,
    /// Those that mention it with pleasure.
    positive: Option<u64>,
}

/// Submissions of one step.
#[derive(Serialize, ToSchema)]
struct SubmissionsView {
    /// First day.
    start: String,
    /// How many.
    submissions: u64,
}

/// What is mentioned through time.
#[derive(Serialize, ToSchema)]
struct MentionsView {
    /// All submissions by step, whatever they mention.
    submissions: Vec<SubmissionsView>,
    /// Mentions by theme and step.
    mentions: Vec<MentionPointView>,
}

/// Counts what is mentioned through time, in answer to one questionnaire or to all of them.
#[utoipa::path(get, path = "/mentions", operation_id = "list_mentions", tag = "themes",
    params(("survey" = Option<String>, Query, description = "Address name of the questionnaire; all of them when absent."),
        ("bucket" = Option<String>, Query, description = "`week`, `month` or `quarter`."),
        SelectionFields),
    responses((status = 200, body = MentionsView), Reading))]
async fn list_mentions(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<MentionsView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = survey_of(&visitor.query).map_err(say)?;
    let query = selection_of(&visitor.query).map_err(say)?;
    let actor = &caller.identity.actor;
    let found = web.app.list_mentions(actor, slug.as_ref(), &query).await;
    let found = found.map_err(say)?;
    let submissions = found.submissions.iter().map(|(start, n)| SubmissionsView {
        start: start.date().to_string(),
        submissions: *n,
    });
    let points = found.points.into_iter().map(|point| MentionPointView {
        theme: point.theme,
        start: point.start.date().to_string(),
        mentions: point.mentions,
        negative: point.negative,
        positive: point.positive,
    });
    Ok(Json(MentionsView {
        submissions: submissions.collect(),
        mentions: points.collect(),
    }))
}
