//! Publishing: what is still missing, what will change, and the button.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::{
    AppError,
    survey::{SurveyError, SurveyOverview},
};
use peil_domain::survey::{Place, Problem};

use super::{
    Head, find,
    versions::{Step, draft_step, size},
    words,
};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        problem::{PageError, survey_problem},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/publish.html")]
struct PublishPage {
    t: Text,
    frame: Frame,
    head: Head,
    revision: i32,
    problems: Vec<Todo>,
    size: String,
    languages: String,
    step: Option<Step>,
    is_conflict: bool,
}

/// Something to be put right, with the place where that is done.
struct Todo {
    message: String,
    place: String,
    href: String,
}

impl Todo {
    fn new(t: Text, head: &Head, overview: &SurveyOverview, problem: &Problem) -> Self {
        let draft = &overview.survey.draft;
        let (_, message) = survey_problem(problem, t);
        let (place, href) = match problem.place() {
            Place::Survey => {
                let part = match problem {
                    Problem::NoLanguage | Problem::LanguageTwice => "?part=languages",
                    Problem::TextMissing { .. } | Problem::TextTooLong { .. } => "?part=texts",
                    _ => "",
                };
                (t.s("survey-whole"), format!("{}{part}", head.path("")))
            }
            Place::Page(number) => (
                t.a("survey-page-named", &[("n", number.into())]),
                format!("{}?part=page-{number}#o-page-{number}", head.path("")),
            ),
            Place::Calculation(_) | Place::Quota(_) | Place::Ending(_) => {
                (t.s("survey-whole"), head.path(""))
            }
            Place::Question(key) | Place::Option(key, _) | Place::Row(key, _) => {
                let number = draft.questions().position(|question| question.key == key);
                let text = draft
                    .question(&key)
                    .map(|question| question.text.get(t.language));
                let args = [
                    ("n", number.map_or(0, |index| index + 1).into()),
                    ("text", words::short(text.unwrap_or_default()).into()),
                ];
                (
                    t.a("survey-question-named", &args),
                    format!("{}?open={key}#q-{key}", head.path("")),
                )
            }
        };
        // What is wrong with a condition is put right where the condition is written.
        let href = super::logic::address_of(problem).map_or(href, |page| head.path(&page));
        Self {
            message,
            place,
            href,
        }
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    publish_page(&web, &signed, &id, false).await
}

async fn publish_page(
    web: &Web,
    signed: &Signed,
    id: &str,
    is_conflict: bool,
) -> Result<Response, PageError> {
    let overview = find(web, signed, id).await?;
    let found = web
        .app
        .check_survey(&signed.identity.actor, overview.survey.id)
        .await?;
    let t = signed.text;
    let draft = &overview.survey.draft;
    let head = Head::new(signed, &overview, "publish");
    page(&PublishPage {
        t,
        frame: Frame::new(signed, "survey", t.s("survey-publish-title")),
        problems: found
            .iter()
            .map(|problem| Todo::new(t, &head, &overview, problem))
            .collect(),
        head,
        revision: overview.survey.revision,
        size: size(t, draft),
        languages: words::languages(t, &draft.languages),
        step: draft_step(t, draft, overview.newest.as_ref()),
        is_conflict,
    })
}

pub(super) async fn publish(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let survey = id.parse().map_err(|_| AppError::NotFound)?;
    let revision = fields.get("revision").parse().unwrap_or(0);
    match web
        .app
        .publish_survey(&signed.identity.actor, survey, Some(revision))
        .await
    {
        Ok(_) => Ok(done(
            &format!("/surveys/{survey}/share"),
            "survey-published",
        )),
        Err(AppError::Survey(SurveyError::NotReady(_))) => {
            let page = publish_page(&web, &signed, &id, false).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(AppError::Survey(SurveyError::Conflict { .. })) => {
            let page = publish_page(&web, &signed, &id, true).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
