//! The page on which is said what can be answered to a question: rows, options, ranges and rules.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    survey::{Edit, LogicEdit, SurveyError, SurveyOverview},
};
use peil_domain::{
    shared::QuestionKey,
    survey::{ContactField, Direction, Question, QuestionKind, Row},
};

use super::{Head, answers_form::AnswersForm, find, words};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        parts::FormError,
        problem::{PageError, survey_problem},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/answers.html")]
struct AnswersPage {
    t: Text,
    frame: Frame,
    head: Head,
    revision: i32,
    languages: Vec<words::Tongue>,
    key: QuestionKey,
    name: String,
    kind: String,
    form: AnswersForm,
    errors: Vec<FormError>,
    is_conflict: bool,
}

impl AnswersPage {
    fn back(&self) -> String {
        format!("{0}?open={1}#q-{1}", self.head.path(""), self.key)
    }

    fn rows(&self) -> &[Row] {
        self.form.question.kind.rows()
    }

    /// Whether there is an order that can be another one for everyone.
    fn has_order(&self) -> bool {
        self.form.question.kind.has_rows()
            || matches!(self.form.question.kind, QuestionKind::Choice { .. })
    }

    fn is_lower_better(&self) -> bool {
        let lower = Direction::LowerIsBetter;
        matches!(&self.form.question.kind, QuestionKind::Matrix { direction, .. } if *direction == lower)
    }

    /// Fields of a person: name in the form, words, whether it is asked.
    fn contact_fields(&self) -> Vec<(&'static str, String, bool)> {
        let asked = match &self.form.question.kind {
            QuestionKind::Contact { fields } => fields.clone(),
            _ => Vec::new(),
        };
        ContactField::ALL
            .into_iter()
            .map(|field| {
                let words = self.t.s(&format!("answers-contact-{}", field.code()));
                (field.code(), words, asked.contains(&field))
            })
            .collect()
    }

    /// Whether "why?" can be asked by score.
    fn has_score(&self) -> bool {
        let kind = &self.form.question.kind;
        kind.scale().is_some() && !kind.has_rows() && !matches!(kind, QuestionKind::YesNo)
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    Path((id, key)): Path<(String, String)>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let question = question_of(&overview, &key)?;
    answers_page(
        &signed,
        &overview,
        AnswersForm::of(question),
        Vec::new(),
        false,
    )
}

fn question_of<'a>(overview: &'a SurveyOverview, key: &str) -> Result<&'a Question, AppError> {
    let key: QuestionKey = key.parse().map_err(|_| AppError::NotFound)?;
    let question = overview.survey.draft.question(&key);
    question.ok_or(AppError::NotFound)
}

fn answers_page(
    signed: &Signed,
    overview: &SurveyOverview,
    form: AnswersForm,
    errors: Vec<FormError>,
    is_conflict: bool,
) -> Result<Response, PageError> {
    let t = signed.text;
    let draft = &overview.survey.draft;
    page(&AnswersPage {
        t,
        frame: Frame::new(signed, "survey", t.s("answers-title")),
        head: Head::new(signed, overview, "editor"),
        revision: overview.survey.revision,
        languages: words::Tongue::used(t, draft),
        key: form.question.key.clone(),
        name: words::short(form.question.text.get(t.language)),
        kind: words::kind(t, &form.question.kind),
        form,
        errors,
        is_conflict,
    })
}

pub(super) async fn save(
    State(web): State<Web>,
    Path((id, key)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let overview = find(&web, &signed, &id).await?;
    let question = question_of(&overview, &key)?;
    let what = fields.get("do").to_owned();
    let mut typed = AnswersForm::typed(&fields, question);
    typed.arrange(&what);
    let changed = match typed.read(signed.text) {
        Ok(changed) => changed,
        Err(errors) => {
            let page = answers_page(&signed, &overview, typed, errors, false)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let revision = fields.get("revision").parse().unwrap_or(0);
    let key = changed.key.clone();
    let actor = &signed.identity.actor;
    let (app, survey) = (&web.app, overview.survey.id);
    let mut done = app
        .edit_survey(actor, survey, revision, Edit::Question(Box::new(changed)))
        .await;
    // Both build on what was just saved.
    let further = match what.as_str() {
        "add" => Some(Edit::AddOption(key.clone())),
        "why" => Some(Edit::Logic(Box::new(LogicEdit::AskWhy(key.clone())))),
        _ => None,
    };
    if let (Ok(saved), Some(further)) = (&done, further) {
        done = app
            .edit_survey(actor, survey, saved.revision, further)
            .await;
    }
    let (status, errors) = match done {
        Ok(_) if what == "save" || what == "why" => {
            let back = format!("/surveys/{survey}?open={key}&done=logic-saved#q-{key}");
            return Ok(Redirect::to(&back).into_response());
        }
        Ok(_) => {
            let here = format!("/surveys/{survey}/questions/{key}/answers#list");
            return Ok(Redirect::to(&here).into_response());
        }
        Err(AppError::Survey(SurveyError::Conflict { .. })) => (StatusCode::CONFLICT, Vec::new()),
        Err(AppError::Survey(SurveyError::TooMuch(found))) => {
            let said = found.iter().map(|problem| FormError {
                field: String::new(),
                message: survey_problem(problem, signed.text).1,
            });
            (StatusCode::UNPROCESSABLE_ENTITY, said.collect())
        }
        Err(error) => return Err(error.into()),
    };
    let overview = find(&web, &signed, &id).await?;
    let is_conflict = status == StatusCode::CONFLICT;
    let page = answers_page(&signed, &overview, typed, errors, is_conflict)?;
    Ok((status, page).into_response())
}
