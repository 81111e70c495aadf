//! What was read in one answer, and putting it right, for programs.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use peil_app::AppError;
use peil_domain::shared::{QuestionKey, ResponseId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MentionView, mentions};
use crate::api::{
    body::{Body, Outcome},
    caller::Caller,
    refusals::{Reading, Writing},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(get_reading, correct_reading, undo_correction))
}

/// What was read in an answer.
#[derive(Serialize, ToSchema)]
struct ReadingView {
    /// The words, without personal data where the reader does not follow up.
    words: String,
    /// What is mentioned in them; empty until they were read.
    mentions: Vec<MentionView>,
    /// `positive`, `negative`, `neutral` or `mixed`; absent until they were read.
    polarity: Option<String>,
    /// What they are besides.
    labels: Vec<String>,
    /// Whether a person had the last word about it.
    is_corrected: bool,
}

/// What an answer mentions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Mentioned {
    /// Code of the theme; behind a point that of its part.
    #[schema(max_length = 200)]
    theme: String,
    /// -1 with displeasure, 1 with pleasure, 0 neither.
    #[schema(minimum = -1, maximum = 1)]
    tone: i8,
}

/// What an answer mentions, and nothing else.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Correction {
    /// The themes; at most twelve.
    #[schema(max_items = 12)]
    mentions: Vec<Mentioned>,
}

fn ids((id, question): &(String, String)) -> Result<(ResponseId, QuestionKey), AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let question = question.parse().map_err(|_| AppError::NotFound)?;
    Ok((id, question))
}

/// Reads what was read in one answer.
#[utoipa::path(get, path = "/responses/{id}/readings/{question}", operation_id = "get_reading", tag = "themes",
    params(("id" = String, Path, description = "The submission."),
        ("question" = String, Path, description = "Key of the question.")),
    responses((status = 200, body = ReadingView), Reading))]
async fn get_reading(
    State(web): State<Web>,
    caller: Caller,
    Path(path): Path<(String, String)>,
) -> Outcome<Json<ReadingView>> {
    let say = |error: AppError| caller.problem(&error);
    let (id, question) = ids(&path).map_err(say)?;
    let found = web
        .app
        .get_reading(&caller.identity.actor, id, &question)
        .await;
    let spoken = found.map_err(say)?.spoken;
    Ok(Json(ReadingView {
        words: spoken.text(),
        mentions: mentions(Some(&spoken)),
        polarity: spoken.polarity,
        labels: spoken.labels,
        is_corrected: spoken.is_corrected,
    }))
}

/// Says what an answer mentions, and nothing else; that counts until it is taken back.
#[utoipa::path(put, path = "/responses/{id}/readings/{question}", operation_id = "correct_reading", tag = "themes",
    params(("id" = String, Path, description = "The submission."),
        ("question" = String, Path, description = "Key of the question.")),
    request_body = Correction,
    responses((status = 204), Writing))]
async fn correct_reading(
    State(web): State<Web>,
    caller: Caller,
    Path(path): Path<(String, String)>,
    Body(body): Body<Correction>,
) -> Outcome<StatusCode> {
    let say = |error: AppError| caller.problem(&error);
    let (id, question) = ids(&path).map_err(say)?;
    let wanted = body.mentions.into_iter();
    let wanted = wanted.map(|one| (one.theme, one.tone)).collect();
    let actor = &caller.identity.actor;
    let done = web.app.correct_reading(actor, id, &question, wanted).await;
    done.map_err(say)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the last correction of an answer back.
#[utoipa::path(delete, path = "/responses/{id}/readings/{question}", operation_id = "undo_correction", tag = "themes",
    params(("id" = String, Path, description = "The submission."),
        ("question" = String, Path, description = "Key of the question.")),
    responses((status = 204), Writing))]
async fn undo_correction(
    State(web): State<Web>,
    caller: Caller,
    Path(path): Path<(String, String)>,
) -> Outcome<StatusCode> {
    let say = |error: AppError| caller.problem(&error);
    let (id, question) = ids(&path).map_err(say)?;
    let done = web
        .app
        .undo_correction(&caller.identity.actor, id, &question)
        .await;
    done.map_err(say)?;
    Ok(StatusCode::NO_CONTENT)
}
