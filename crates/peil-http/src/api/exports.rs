//! Answers as files.

use axum::{extract::State, response::Response};
use peil_app::{AppError, exports::AnswersExport};
use peil_domain::shared::{Language, SurveyId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::{At, Body, Outcome},
    caller::Caller,
    refusals::Writing,
};
use crate::{
    api::operations::{Operations, routes},
    {Web, admin::imports::download},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(export_responses))
}

/// What kind of file is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantedFile {
    /// `csv`, `csv-excel` (as a Dutch Excel opens it), `xlsx` or `json`; `json` when absent.
    format: Option<String>,
    /// Language of labels, `nl` or `en`; that of the token's owner when absent.
    language: Option<String>,
}

/// Writes every submission of a questionnaire to a file, streamed, and notes in the audit log that it
/// left the house. Who answered, and what is known of them, is in it for a token that may read
/// customers. An `Idempotency-Key` is not looked at.
#[utoipa::path(post, path = "/surveys/{id}/export", operation_id = "export_responses",
    tag = "response", params(("id" = Uuid, Path, description = "The questionnaire")),
    request_body = WantedFile,
    responses(
        (status = 200, description = "The file", content(
            (Vec<serde_json::Value> = "application/json"),
            (String = "text/csv; charset=utf-8"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Writing))]
async fn export_responses(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
    Body(wanted): Body<WantedFile>,
) -> Outcome<Response> {
    let unknown = |field| {
        caller.problem(&AppError::Invalid {
            field,
            code: "unknown",
        })
    };
    let format = wanted.format.as_deref().unwrap_or("json");
    let format = format.parse().map_err(|_| unknown("format"))?;
    let language = match wanted.language.as_deref() {
        Some(word) => word.parse::<Language>().map_err(|_| unknown("language"))?,
        None => caller.identity.user.language,
    };
    let actor = &caller.identity.actor;
    let made = web
        .app
        .export_responses(actor, SurveyId(id), format, language)
        .await;
    let AnswersExport { file_name, content } = made.map_err(|error| caller.problem(&error))?;
    Ok(download(format, &file_name, content))
}
