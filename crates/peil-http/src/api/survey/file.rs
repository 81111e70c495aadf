//! Questionnaires from files and to files.

use axum::{
    Json,
    body::Body as RawBody,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use peil_app::{
    AppError,
    ports::{SurveyFileEffect, SurveyFileReport, SurveyFormat},
    survey::SurveyFile,
};
use peil_domain::shared::SurveyId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{Asked, At, Outcome},
        caller::Caller,
        refusals::{Reading, Writing},
    },
};

pub(super) fn routes() -> Operations {
    Operations::new()
        // The bytes of a file are counted while they come in.
        .merge(
            Operations::new()
                .routes(routes!(import_survey))
                .without_body_limit(),
        )
        .routes(routes!(get_survey_import))
        .routes(routes!(export_survey))
}

/// What a file with a questionnaire is.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = SurveyFormat)]
#[serde(rename_all = "lowercase")]
pub(super) enum FileFormat {
    /// Peil's own format.
    Json,
    /// LimeSurvey's survey structure.
    Lss,
    /// Qualtrics' survey file.
    Qsf,
    /// SurveyJS' survey model.
    SurveyJs,
    /// XLSForm, a workbook.
    XlsForm,
}

impl FileFormat {
    const fn of(format: SurveyFormat) -> Self {
        match format {
            SurveyFormat::Json => Self::Json,
            SurveyFormat::Lss => Self::Lss,
            SurveyFormat::Qsf => Self::Qsf,
            SurveyFormat::SurveyJs => Self::SurveyJs,
            SurveyFormat::XlsForm => Self::XlsForm,
        }
    }

    pub(super) const fn format(self) -> SurveyFormat {
        match self {
            Self::Json => SurveyFormat::Json,
            Self::Lss => SurveyFormat::Lss,
            Self::Qsf => SurveyFormat::Qsf,
            Self::SurveyJs => SurveyFormat::SurveyJs,
            Self::XlsForm => SurveyFormat::XlsForm,
        }
    }
}

/// What became of a part of a questionnaire.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[schema(as = SurveyFileEffect)]
#[serde(rename_all = "snake_case")]
pub(super) enum FileEffect {
    /// A question is not there any more.
    Dropped,
    /// Something about a question or the questionnaire is not there any more.
    Lost,
    /// It is there in another form.
    Changed,
    /// It is there; whether it is meant so has to be looked at.
    Check,
}

/// One thing that is not as it was in the file.
#[derive(Serialize, ToSchema)]
#[schema(as = SurveyFileItem)]
pub(super) struct FileItem {
    /// Where it stands in the file.
    path: String,
    /// What became of it.
    effect: FileEffect,
    /// Why, as a stable word.
    code: String,
    /// What stands there, or what became of it; empty when the path says it all.
    detail: String,
}

/// What became of every part of a file.
#[derive(Serialize, ToSchema)]
#[schema(as = SurveyFileReport)]
pub(super) struct FileReport {
    /// The questionnaire that was made of it; absent as long as none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    survey: Option<Uuid>,
    /// The format of the file.
    format: FileFormat,
    /// How many questions the file has; parts of a question count with it.
    questions_in: usize,
    /// How many of them are asked or calculated in the questionnaire.
    questions_kept: usize,
    /// Everything that is not as it was, in reading order.
    items: Vec<FileItem>,
    /// How many more there are than could be listed.
    items_left_out: usize,
}

impl FileReport {
    pub(super) fn of(survey: Option<SurveyId>, report: SurveyFileReport) -> Self {
        let items = report.items.into_iter().map(|item| FileItem {
            path: item.path,
            effect: match item.effect {
                SurveyFileEffect::Dropped => FileEffect::Dropped,
                SurveyFileEffect::Lost => FileEffect::Lost,
                SurveyFileEffect::Changed => FileEffect::Changed,
                SurveyFileEffect::Check => FileEffect::Check,
            },
            code: item.code,
            detail: item.detail,
        });
        Self {
            survey: survey.map(|id| id.0),
            format: FileFormat::of(report.format),
            questions_in: report.questions_in,
            questions_kept: report.questions_kept,
            items: items.collect(),
            items_left_out: report.items_left_out,
        }
    }
}

/// What a file is.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FileQuery {
    /// What the file is; recognised by what stands in it when absent.
    format: Option<FileFormat>,
    /// Name for colleagues; the title of the questionnaire when absent.
    name: Option<String>,
}

/// Makes a questionnaire of a file of LimeSurvey, Qualtrics, SurveyJS, XLSForm or Peil, and tells
/// what became of every part of it.
#[utoipa::path(post, path = "/surveys/import", operation_id = "import_survey", tag = "survey",
    params(FileQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = FileReport), Writing))]
async fn import_survey(
    State(web): State<Web>,
    caller: Caller,
    Asked(query): Asked<FileQuery>,
    body: RawBody,
) -> Outcome<(StatusCode, Json<FileReport>)> {
    let file = SurveyFile {
        name: query.name,
        format: query.format.map(FileFormat::format),
        content: bytes_of(body).await,
        language: caller.text.language,
    };
    let made = web.app.import_survey(&caller.identity.actor, file).await;
    let (survey, report) = made.map_err(|error| caller.problem(&error))?;
    Ok((
        StatusCode::CREATED,
        Json(FileReport::of(Some(survey.id), report)),
    ))
}

/// The bytes of a file, one more than may be taken in at most: the use case says that it is too
/// large then. What breaks off is no questionnaire.
pub(super) async fn bytes_of(body: RawBody) -> Vec<u8> {
    let mut pieces = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(Ok(piece)) = pieces.next().await {
        let room = (SurveyFile::MOST_BYTES + 1).saturating_sub(bytes.len());
        bytes.extend_from_slice(piece.get(..room.min(piece.len())).unwrap_or_default());
        if bytes.len() > SurveyFile::MOST_BYTES {
            break;
        }
    }
    bytes
}

/// Reads what became of the file that a questionnaire was made of.
#[utoipa::path(get, path = "/surveys/{survey}/import", operation_id = "get_survey_import",
    tag = "survey", params(("survey" = Uuid, Path)),
    responses((status = 200, body = FileReport), Reading))]
async fn get_survey_import(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Json<FileReport>> {
    let found = web.app.get_survey_import(&caller.identity.actor, id).await;
    let found = found.and_then(|report| report.ok_or(AppError::NotFound));
    let report = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(FileReport::of(Some(id), report)))
}

/// Writes the draft of a questionnaire as a file in Peil's own format.
#[utoipa::path(get, path = "/surveys/{survey}/file", operation_id = "export_survey",
    tag = "survey", params(("survey" = Uuid, Path)),
    responses((status = 200, body = serde_json::Value, content_type = "application/json"), Reading))]
async fn export_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Response> {
    let written = web.app.export_survey(&caller.identity.actor, id).await;
    let text = written.map_err(|error| caller.problem(&error))?;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kind, text).into_response())
}
