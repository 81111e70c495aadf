//! Questionnaires from files and to files: sending a file, what became of every part of it, and
//! downloading.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    ports::{SurveyFileEffect, SurveyFileItem, SurveyFileReport},
    survey::{SurveyError, SurveyFile, SurveyOverview},
};
use peil_domain::shared::SurveyId;

use super::{find, gallery::may_write};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        parts::FormError,
        problem::{PageError, describe},
        signed::Signed,
        text::Text,
        upload::Upload,
    },
};

#[derive(Template)]
#[template(path = "survey/file.html")]
struct FilePage<'a> {
    t: Text,
    frame: Frame,
    name: &'a str,
    /// The questionnaire whose draft it is meant for: its name in addresses, and for people.
    into: Option<(String, String)>,
    most: usize,
    errors: &'a [FormError],
}

#[derive(Template)]
#[template(path = "survey/file_report.html")]
struct ReportPage {
    t: Text,
    frame: Frame,
    overview: SurveyOverview,
    format: String,
    report: SurveyFileReport,
    groups: Vec<Group>,
}

/// Parts of the file to which the same happened.
pub(super) struct Group {
    pub(super) code: &'static str,
    pub(super) heading: String,
    pub(super) note: String,
    pub(super) count: usize,
    pub(super) reasons: Vec<Reason>,
}

/// Parts of the file to which the same happened for the same reason.
pub(super) struct Reason {
    pub(super) words: String,
    pub(super) items: Vec<SurveyFileItem>,
}

pub(super) async fn new(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let into = target(&web, &signed, signed.query.get("into")).await?;
    file_page(&signed, into, "", &[])
}

/// The questionnaire whose draft a file is meant for.
async fn target(web: &Web, signed: &Signed, id: &str) -> Result<Option<SurveyOverview>, PageError> {
    if id.is_empty() {
        return Ok(None);
    }
    Ok(Some(find(web, signed, id).await?))
}

fn file_page(
    signed: &Signed,
    into: Option<SurveyOverview>,
    name: &str,
    errors: &[FormError],
) -> Result<Response, PageError> {
    may_write(signed)?;
    let t = signed.text;
    page(&FilePage {
        t,
        frame: Frame::new(signed, "survey", t.s("survey-file-title")),
        name,
        into: into.map(|found| (found.survey.id.to_string(), found.survey.name)),
        most: SurveyFile::MOST_BYTES / 1_000_000,
        errors,
    })
}

/// Takes a file in.
pub(super) async fn upload(
    State(web): State<Web>,
    signed: Signed,
    form: Multipart,
) -> Result<Response, PageError> {
    may_write(&signed)?;
    let upload = Upload::read(&signed, form, SurveyFile::MOST_BYTES).await?;
    let name = upload.fields.get("name").to_owned();
    let file = SurveyFile {
        name: Some(name.clone()).filter(|name| !name.is_empty()),
        format: None,
        content: upload.content,
        language: signed.text.language,
    };
    let target = target(&web, &signed, upload.fields.get("into")).await?;
    let id = target.as_ref().map(|found| found.survey.id);
    let actor = &signed.identity.actor;
    match web.app.preview_survey_file(actor, file, id).await {
        Ok(_) => Ok(Redirect::to("/surveys/import/preview").into_response()),
        Err(
            error @ (AppError::Invalid { .. }
            | AppError::Survey(SurveyError::File(_) | SurveyError::TooMuch(_))),
        ) => {
            let errors = [describe(&error, signed.text).into()];
            let page = file_page(&signed, target, &name, &errors)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows what became of the file that a questionnaire was made of.
pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let actor = &signed.identity.actor;
    let found = web.app.get_survey_import(actor, overview.survey.id).await?;
    let mut report = found.ok_or(AppError::NotFound)?;
    let t = signed.text;
    let items = std::mem::take(&mut report.items);
    page(&ReportPage {
        t,
        frame: Frame::new(&signed, "survey", &overview.survey.name),
        overview,
        format: t.s(&format!("survey-file-format-{}", report.format.code())),
        report,
        groups: groups(t, items),
    })
}

/// What is not as it was, the worst first, and within that what happened most.
pub(super) fn groups(t: Text, items: Vec<SurveyFileItem>) -> Vec<Group> {
    let mut found: BTreeMap<SurveyFileEffect, BTreeMap<String, Vec<SurveyFileItem>>> =
        BTreeMap::new();
    for item in items {
        let reasons = found.entry(item.effect).or_default();
        reasons.entry(item.code.clone()).or_default().push(item);
    }
    let group = |(effect, reasons): (SurveyFileEffect, BTreeMap<String, Vec<_>>)| {
        let mut reasons: Vec<Reason> = reasons
            .into_iter()
            .map(|(code, items)| Reason {
                words: reason_words(t, &code),
                items,
            })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.items.len()));
        let key = format!("survey-file-effect-{}", effect.code());
        Group {
            code: effect.code(),
            heading: t.s(&key),
            note: t.s(&format!("{key}-text")),
            count: reasons.iter().map(|reason| reason.items.len()).sum(),
            reasons,
        }
    };
    found.into_iter().map(group).collect()
}

/// Why something is not as it was, in words. Reports that were kept by a later release may have
/// reasons that are not known here.
fn reason_words(t: Text, code: &str) -> String {
    let key = format!("survey-file-reason-{}", code.replace('_', "-"));
    t.find(&key).unwrap_or_else(|| code.replace('_', " "))
}

/// The draft as a file in Peil's own format.
pub(super) async fn download(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let actor = &signed.identity.actor;
    let slug = web.app.get_survey(actor, id).await?.survey.slug;
    let text = web.app.export_survey(actor, id).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{slug}.json\""),
        ),
    ];
    Ok((headers, text).into_response())
}
