//! Texts to a translator and back.

use axum::{
    extract::{Multipart, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use peil_app::{
    AppError,
    ports::TextsFormat,
    survey::{SurveyError, SurveyFile},
};
use peil_domain::shared::SurveyId;

use super::{Beside, ReportView, View, show_again};
use crate::{
    Web,
    edge::{
        problem::{PageError, describe},
        signed::Signed,
        upload::Upload,
    },
};

/// Every text with its translation, as a file.
pub(super) async fn download(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let survey: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let actor = &signed.identity.actor;
    let unknown = || AppError::Invalid {
        field: "into",
        code: "unknown",
    };
    let language = View::of(&signed.query).language.ok_or_else(unknown)?;
    let (format, kind) = match signed.query.get("format") {
        "csv" => (TextsFormat::Csv, "text/csv; charset=utf-8"),
        _ => (TextsFormat::Xliff, "application/xliff+xml"),
    };
    let slug = web.app.get_survey(actor, survey).await?.survey.slug;
    let text = web
        .app
        .export_texts(actor, survey, language, format)
        .await?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!(
                "attachment; filename=\"{slug}-{language}.{}\"",
                format.code()
            ),
        ),
    ];
    Ok((headers, text).into_response())
}

/// Takes a translator's file in.
pub(super) async fn upload(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
    form: Multipart,
) -> Result<Response, PageError> {
    let survey: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let Upload { fields, content } = Upload::read(&signed, form, SurveyFile::MOST_BYTES).await?;
    let view = View::of(&fields);
    let unknown = || AppError::Invalid {
        field: "into",
        code: "unknown",
    };
    let language = view.language.ok_or_else(unknown)?;
    let revision = fields.get("revision").parse().unwrap_or(0);
    let actor = &signed.identity.actor;
    let done = web
        .app
        .import_texts(actor, survey, language, revision, content)
        .await;
    let t = signed.text;
    let (status, beside) = match done {
        Ok(report) => {
            let report = Some(ReportView::of(t, report));
            let beside = Beside {
                report,
                ..Beside::default()
            };
            (StatusCode::OK, beside)
        }
        Err(
            error @ AppError::Survey(
                SurveyError::File(_) | SurveyError::Conflict { .. } | SurveyError::TooMuch(_),
            ),
        ) => {
            let status = match error {
                AppError::Survey(SurveyError::Conflict { .. }) => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let mut described = describe(&error, t);
            described.field = Some("file".to_owned());
            let beside = Beside {
                errors: vec![described.into()],
                ..Beside::default()
            };
            (status, beside)
        }
        Err(error) => return Err(error.into()),
    };
    show_again(&web, &signed, &id, view, status, beside).await
}
