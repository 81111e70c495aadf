//! Files in and out: uploading, saying what columns mean, following an import, downloading.

mod answers_form;
mod contacts_form;
mod list;

use askama::Template;
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Multipart, Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use futures::TryStreamExt;
use peil_app::{
    AppError,
    exports::{AnswersExport, ExportFormat, ExportStream},
    imports::{
        ImportError, ImportKind, ImportPreview, ImportState, ImportView, MapProblem, NewImport,
        Plan, RefusedRow,
    },
    survey::SurveyOverview,
};
use peil_domain::{
    access::Right,
    shared::{ImportId, SurveyId},
};
use tokio_util::io::StreamReader;

use super::{done, frame::Frame, page};
use crate::{
    Web,
    edge::{
        fields::{Fields, encode},
        parts::FormError,
        problem::{PageError, describe, map_problem, refused_row},
        signed::{CSRF_FIELD, Signed, SignedForm},
        text::Text,
        upload::short,
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        // The use case counts the bytes of an upload itself.
        .route(
            "/imports",
            get(list::list)
                .post(upload)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/imports/new", get(new))
        .route("/imports/{id}", get(show))
        .route("/imports/{id}/start", post(start))
        .route("/imports/{id}/remove", post(remove))
        .route("/imports/{id}/refused", get(refused))
        .route("/surveys/{id}/export", post(export))
}

#[derive(Template)]
#[template(path = "imports/new.html")]
struct NewPage<'a> {
    t: Text,
    frame: Frame,
    kind: &'static str,
    surveys: &'a [SurveyOverview],
    survey: &'a str,
    name: &'a str,
    most: u64,
    errors: &'a [FormError],
}

#[derive(Template)]
#[template(path = "imports/show.html")]
struct ShowPage {
    t: Text,
    frame: Frame,
    view: ImportView,
    percent: Option<i64>,
    why: Option<String>,
    refused: Vec<(u64, String, String)>,
    survey: Option<String>,
}

/// How far a mapping page got.
struct Mapping<'a> {
    preview: &'a ImportPreview,
    fields: &'a Fields,
}

impl Mapping<'_> {
    /// The first values of a column.
    fn samples(&self, column: usize) -> String {
        let cells = self
            .preview
            .table
            .rows
            .iter()
            .filter_map(|row| row.cells.get(column));
        let filled = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty());
        let mut shown: Vec<String> = Vec::new();
        for cell in filled {
            let short: String = cell.chars().take(40).collect();
            let short = if short.len() < cell.len() {
                format!("{short}…")
            } else {
                short
            };
            if !shown.contains(&short) {
                shown.push(short);
            }
            if shown.len() == 3 {
                break;
            }
        }
        shown.join(" · ")
    }

    /// What was sent for this field, when the form was sent.
    fn sent(&self, name: &str) -> Option<&str> {
        self.fields.raw(name)
    }
}

async fn new(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let kind = kind_of(signed.query.get("kind"));
    let survey = signed.query.get("survey").to_owned();
    new_page(&web, &signed, kind, &survey, "", &[]).await
}

async fn new_page(
    web: &Web,
    signed: &Signed,
    kind: ImportKind,
    survey: &str,
    name: &str,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let (t, actor) = (signed.text, &signed.identity.actor);
    let (section, title, right, word) = match kind {
        ImportKind::Contacts => (
            "audience",
            "imports-new-contacts",
            Right::WriteAudience,
            "contacts",
        ),
        ImportKind::Answers => (
            "response",
            "imports-new-answers",
            Right::WriteResponses,
            "answers",
        ),
    };
    if !actor.has(right) {
        return Err(AppError::Forbidden(right).into());
    }
    let surveys = match kind {
        ImportKind::Contacts => Vec::new(),
        ImportKind::Answers => web.app.list_surveys(actor).await?,
    };
    page(&NewPage {
        t,
        frame: Frame::new(signed, section, t.s(title)),
        kind: word,
        surveys: &surveys,
        survey,
        name,
        most: web.config.upload_limit() / 1_000_000,
        errors,
    })
}

fn kind_of(word: &str) -> ImportKind {
    if word == "answers" {
        ImportKind::Answers
    } else {
        ImportKind::Contacts
    }
}

/// Takes a file in. The token stands before the file, so that nothing of a foreign form is kept.
async fn upload(
    State(web): State<Web>,
    signed: Signed,
    mut form: Multipart,
) -> Result<Response, PageError> {
    let (mut token, mut kind, mut survey, mut name) = (
        String::new(),
        ImportKind::Contacts,
        String::new(),
        String::new(),
    );
    while let Some(field) = form.next_field().await.map_err(|_| PageError::TooLarge)? {
        match field.name().unwrap_or_default() {
            "file" => {
                if !signed.confirms(&token) {
                    return Err(PageError::ForeignForm);
                }
                let file_name = field.file_name().unwrap_or_default().to_owned();
                let new = NewImport {
                    kind,
                    file_name,
                    most_bytes: web.config.upload_limit(),
                };
                let content = StreamReader::new(field.map_err(std::io::Error::other));
                return match web
                    .app
                    .upload_import(&signed.identity.actor, new, content)
                    .await
                {
                    Ok(view) => {
                        let id = view.import.id;
                        let about = format!("?survey={}&name={}", encode(&survey), encode(&name));
                        let about = if kind == ImportKind::Answers {
                            about
                        } else {
                            String::new()
                        };
                        Ok(Redirect::to(&format!("/imports/{id}{about}")).into_response())
                    }
                    Err(error @ AppError::Import(_)) => {
                        let errors = [describe(&error, signed.text).into()];
                        new_page(&web, &signed, kind, &survey, &name, &errors).await
                    }
                    Err(error) => Err(error.into()),
                };
            }
            CSRF_FIELD => token = short(field).await?,
            "kind" => kind = kind_of(&short(field).await?),
            "survey" => survey = short(field).await?,
            "name" => name = short(field).await?,
            _ => {}
        }
    }
    if !signed.confirms(&token) {
        return Err(PageError::ForeignForm);
    }
    let message = signed.text.s("problem-table-empty");
    let errors = [FormError {
        field: "file".into(),
        message,
    }];
    new_page(&web, &signed, kind, &survey, &name, &errors).await
}

async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = import_id(&id)?;
    let (view, refused) = web.app.get_import(&signed.identity.actor, id).await?;
    match (view.import.state, view.import.kind) {
        (ImportState::Uploaded, ImportKind::Contacts) => {
            contacts_form::show(&web, &signed, id, &Fields::default(), &[]).await
        }
        (ImportState::Uploaded, ImportKind::Answers) => {
            let query = signed.query.clone();
            answers_form::show(&web, &signed, id, &query, &[]).await
        }
        _ => progress_page(&signed, view, &refused),
    }
}

fn progress_page(
    signed: &Signed,
    view: ImportView,
    refused: &[RefusedRow],
) -> Result<Response, PageError> {
    let t = signed.text;
    let import = &view.import;
    let section = match import.kind {
        ImportKind::Contacts => "audience",
        ImportKind::Answers => "response",
    };
    let is_running = import.state == ImportState::Running;
    let percent =
        (is_running && import.total > 0).then(|| (import.done * 100 / import.total).min(99));
    let why = import.last_error.as_ref().map(|code| {
        let key = format!("problem-{}", code.replace(['.', '_'], "-"));
        t.find(&key).unwrap_or_else(|| t.s("imports-stopped-text"))
    });
    let words = |row: &RefusedRow| (row.row, refused_row(row, t), row.cells.join(" · "));
    page(&ShowPage {
        t,
        frame: Frame::new(signed, section, import.file_name.clone()),
        percent,
        why,
        refused: refused.iter().map(words).collect(),
        survey: slug_of(&view),
        view,
    })
}

async fn start(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id = import_id(&id)?;
    let (view, _) = web.app.get_import(&form.signed.identity.actor, id).await?;
    match view.import.kind {
        ImportKind::Contacts => contacts_form::start(&web, form, id).await,
        ImportKind::Answers => answers_form::start(&web, form, id).await,
    }
}

/// Name in addresses of the questionnaire that answers went to.
fn slug_of(view: &ImportView) -> Option<String> {
    match view.plan.as_ref()? {
        Plan::Answers(map) => Some(map.survey.slug.to_string()),
        Plan::Contacts(_) => None,
    }
}

/// The errors of a refused start beside the columns that they are about.
fn form_errors(problems: &[MapProblem], header: &[String], t: Text) -> Vec<FormError> {
    let at = |problem: &MapProblem| {
        let column = header.iter().position(|name| *name == problem.word);
        column.map_or_else(String::new, |column| format!("target-{column}"))
    };
    let error = |problem: &MapProblem| FormError {
        field: at(problem),
        message: map_problem(problem, t),
    };
    problems.iter().map(error).collect()
}

/// What a refused start has to say, or the error itself when it is no refusal.
fn refusal(error: AppError, header: &[String], t: Text) -> Result<Vec<FormError>, PageError> {
    match error {
        AppError::Import(ImportError::Map(problems)) => Ok(form_errors(&problems, header, t)),
        AppError::Survey(_) | AppError::Invalid { .. } => Ok(vec![FormError {
            field: String::new(),
            message: describe(&error, t).message,
        }]),
        other => Err(other.into()),
    }
}

async fn remove(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    web.app
        .remove_import(&form.signed.identity.actor, import_id(&id)?)
        .await?;
    Ok(done("/imports", "import-removed"))
}

async fn refused(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let (t, id) = (signed.text, import_id(&id)?);
    let names = [t.s("imports-row"), t.s("imports-reason")];
    let say = move |row: &RefusedRow| refused_row(row, t);
    let content = web
        .app
        .export_refused_rows(&signed.identity.actor, id, names, say)
        .await?;
    Ok(download(ExportFormat::CsvExcel, "refused.csv", content))
}

async fn export(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let format = form.fields.some("format").unwrap_or("xlsx");
    let format: ExportFormat = format.parse().map_err(|_| AppError::NotFound)?;
    let actor = &form.signed.identity.actor;
    let made = web
        .app
        .export_responses(actor, id, format, form.signed.text.language)
        .await?;
    let AnswersExport { file_name, content } = made;
    Ok(download(format, &file_name, content))
}

/// A file to be kept, sent while it is made.
pub(crate) fn download(format: ExportFormat, file_name: &str, content: ExportStream) -> Response {
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{file_name}\""),
        ),
    ];
    (headers, Body::from_stream(content)).into_response()
}

fn import_id(text: &str) -> Result<ImportId, PageError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}
