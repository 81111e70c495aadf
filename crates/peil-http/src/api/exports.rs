//! Answers as files.

use axum::{extract::State, response::Response};
use peil_app::{AppError, exports::AnswersExport};
use peil_domain::shared::{Language, SurveyId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    body::{Asked, At, Outcome},
    caller::Caller,
    refusals::Reading,
};
use crate::{Web, admin::imports::download};

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(export_responses))
}

/// What kind of file is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// `csv`, `csv-excel` (as a Dutch Excel opens it), `xlsx` or `json`; `json` when absent.
    format: Option<String>,
    /// Language of labels, `nl` or `en`; that of the token's owner when absent.
    language: Option<String>,
}

/// Writes every submission of a questionnaire to a file, streamed.
#[utoipa::path(get, path = "/surveys/{id}/export", operation_id = "export_responses",
    tag = "response", params(("id" = Uuid, Path, description = "The questionnaire"), Wanted),
    responses(
        (status = 200, description = "The file", content(
            (Vec<serde_json::Value> = "application/json"),
            (String = "text/csv; charset=utf-8"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Reading))]
async fn export_responses(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
    Asked(wanted): Asked<Wanted>,
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
