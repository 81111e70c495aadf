//! What a file of another program would become, before it becomes it, for programs.

use axum::{
    Json,
    body::Body as RawBody,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use peil_app::survey::{Joining, PreviewedSurvey, SurveyFile};
use peil_domain::shared::SurveyId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    body::{Tagged, VersionChange, asked_revision, refuse},
    file::{FileFormat, FileReport, bytes_of},
    show,
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{Asked, Body, Outcome},
        caller::Caller,
        refusals::{Changing, Reading, Writing},
    },
};

pub(super) fn routes() -> Operations {
    Operations::new()
        // The bytes of a file are counted while they come in.
        .merge(
            Operations::new()
                .routes(routes!(
                    preview_survey_file,
                    get_previewed_survey,
                    drop_previewed_survey
                ))
                .without_body_limit(),
        )
        .routes(routes!(accept_previewed_survey))
}

/// What a file would become.
#[derive(Serialize, ToSchema)]
struct SurveyPreview {
    /// By which exactly this file is named.
    mark: String,
    /// Name for colleagues.
    name: String,
    /// The questionnaire whose draft it is meant for.
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<Uuid>,
    /// What would change about that draft.
    changes: Vec<VersionChange>,
    /// What would become of every part of the file.
    report: FileReport,
    /// What would be asked.
    #[schema(value_type = super::definition::Definition)]
    definition: peil_domain::survey::Definition,
}

impl SurveyPreview {
    fn of(found: PreviewedSurvey) -> Self {
        let pending = found.pending;
        Self {
            mark: pending.mark,
            name: pending.name,
            into: pending.into.map(|id| id.0),
            changes: found.changes.iter().map(VersionChange::new).collect(),
            report: FileReport::of(None, pending.report),
            definition: pending.definition,
        }
    }
}

/// What a file is, and what for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PreviewQuery {
    /// What the file is; recognised by what stands in it when absent.
    format: Option<FileFormat>,
    /// Name for colleagues; the title of the questionnaire when absent.
    name: Option<String>,
    /// The questionnaire whose draft it is meant for; a new one when absent.
    into: Option<Uuid>,
}

/// Which file is made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptBody {
    /// The mark of the file that was looked at.
    mark: String,
    /// Name for colleagues, when another one is wanted.
    name: Option<String>,
    /// What becomes of the draft that it is meant for; the file takes its place when absent.
    #[serde(default)]
    how: How,
}

/// What becomes of the draft that a file is meant for.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum How {
    /// The file takes its place.
    #[default]
    Replace,
    /// What the file asks comes behind it; names that both use get a number.
    Append,
}

/// Reads a file and keeps what it would become, without making it. One file per person waits.
#[utoipa::path(post, path = "/surveys/import/preview", operation_id = "preview_survey_file",
    tag = "survey", params(PreviewQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = SurveyPreview), Writing))]
async fn preview_survey_file(
    State(web): State<Web>,
    caller: Caller,
    Asked(query): Asked<PreviewQuery>,
    body: RawBody,
) -> Outcome<Json<SurveyPreview>> {
    let file = SurveyFile {
        name: query.name,
        format: query.format.map(FileFormat::format),
        content: bytes_of(body).await,
        language: caller.text.language,
    };
    let into = query.into.map(SurveyId);
    let actor = &caller.identity.actor;
    let found = web.app.preview_survey_file(actor, file, into).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(SurveyPreview::of(found)))
}

/// Reads what waits to be made.
#[utoipa::path(get, path = "/surveys/import/preview", operation_id = "get_previewed_survey",
    tag = "survey", responses((status = 200, body = SurveyPreview), Reading))]
async fn get_previewed_survey(
    State(web): State<Web>,
    caller: Caller,
) -> Outcome<Json<SurveyPreview>> {
    let found = web.app.get_previewed_survey(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(SurveyPreview::of(found)))
}

/// Throws away what waits to be made.
#[utoipa::path(delete, path = "/surveys/import/preview", operation_id = "drop_previewed_survey",
    tag = "survey", responses((status = 204), Reading))]
async fn drop_previewed_survey(State(web): State<Web>, caller: Caller) -> Outcome<StatusCode> {
    let done = web.app.drop_previewed_survey(&caller.identity.actor).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes what waits: a new questionnaire, or the draft of the one that it is meant for. A draft that
/// is replaced has to be at the revision of `If-Match`.
#[utoipa::path(post, path = "/surveys/import/accept", operation_id = "accept_previewed_survey",
    tag = "survey", params(("If-Match" = Option<String>, Header)), request_body = AcceptBody,
    responses((status = 201, body = super::body::SurveyDetail, headers(("ETag" = String))), Changing))]
async fn accept_previewed_survey(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Body(body): Body<AcceptBody>,
) -> Outcome<Tagged> {
    let revision = asked_revision(&headers).unwrap_or(0);
    let actor = &caller.identity.actor;
    let name = body.name.as_deref();
    let joining = match body.how {
        How::Replace => Joining::Replaces,
        How::Append => Joining::Follows,
    };
    let made = web
        .app
        .accept_previewed_survey(actor, &body.mark, name, (joining, revision))
        .await;
    let made = made.map_err(|error| refuse(&caller, &error))?;
    show(&web, &caller, made.id, StatusCode::CREATED).await
}
