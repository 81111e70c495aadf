//! Saving in the editor: every form names the revision that it was made on.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    survey::{Edit, NewQuestion, SurveyError, find_banked},
};
use peil_domain::{
    shared::{Language, QuestionKey, SurveyId},
    survey::{Definition, Survey},
};

use super::{
    editor::{Typed, show_refused},
    form::{QuestionForm, Texts, typed_texts, words},
    palette::new_kind,
    view::View,
};
use crate::{
    Web,
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe, survey_problem},
        signed::{Signed, SignedForm},
    },
};

/// A form of the editor.
struct Sent {
    signed: Signed,
    fields: Fields,
    view: View,
    revision: i32,
}

impl Sent {
    fn new(id: &str, form: SignedForm) -> Result<Self, AppError> {
        let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
        let SignedForm { signed, fields } = form;
        let view = View::of(id, &fields, signed.text.language);
        let revision = fields.get("revision").parse().unwrap_or(0);
        Ok(Self {
            signed,
            fields,
            view,
            revision,
        })
    }

    async fn edit(&self, web: &Web, edit: Edit) -> Result<Survey, AppError> {
        self.edit_at(web, self.revision, edit).await
    }

    async fn edit_at(&self, web: &Web, revision: i32, edit: Edit) -> Result<Survey, AppError> {
        web.app
            .edit_survey(&self.signed.identity.actor, self.view.id, revision, edit)
            .await
    }

    async fn draft(&self, web: &Web) -> Result<Definition, AppError> {
        let found = web
            .app
            .get_survey(&self.signed.identity.actor, self.view.id)
            .await?;
        Ok(found.survey.draft)
    }

    /// The editor again with what was typed, when a person can do something about the error.
    async fn refuse(
        self,
        web: &Web,
        error: AppError,
        keep: impl FnOnce(&Fields, &Definition) -> Typed,
    ) -> Result<Response, PageError> {
        let t = self.signed.text;
        let (status, errors) = match &error {
            AppError::Survey(SurveyError::Conflict { .. } | SurveyError::UnknownQuestion(_)) => {
                (StatusCode::CONFLICT, Vec::new())
            }
            AppError::Survey(SurveyError::TooMuch(found)) => {
                let said = found.iter().map(|problem| FormError {
                    field: String::new(),
                    message: survey_problem(problem, t).1,
                });
                (StatusCode::UNPROCESSABLE_ENTITY, said.collect())
            }
            AppError::Survey(SurveyError::NothingToUndo) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                vec![describe(&error, t).into()],
            ),
            _ => return Err(error.into()),
        };
        let Self {
            signed,
            fields,
            view,
            ..
        } = self;
        let is_conflict = status == StatusCode::CONFLICT;
        let typed = |draft: &Definition| Typed {
            is_conflict,
            ..keep(&fields, draft)
        };
        show_refused(web, &signed, view, status, typed, errors).await
    }
}

fn go(address: &str) -> Response {
    Redirect::to(address).into_response()
}

pub(super) async fn save_texts(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let Texts {
        title,
        intro,
        thanks,
        thanks_low,
    } = Texts::typed(&sent.fields, &sent.draft(&web).await?);
    match sent
        .edit(
            &web,
            Edit::Texts {
                title,
                intro,
                thanks,
                thanks_low,
            },
        )
        .await
    {
        Ok(_) => Ok(go(&sent.view.with_part("texts"))),
        Err(error) => {
            let keep = |fields: &Fields, draft: &Definition| Typed {
                texts: Some(Texts::typed(fields, draft)),
                ..Typed::default()
            };
            sent.refuse(&web, error, keep).await
        }
    }
}

pub(super) async fn save_languages(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let first: Option<Language> = sent.fields.get("first").parse().ok();
    let mut languages: Vec<Language> = sent
        .fields
        .all("languages")
        .filter_map(|code| code.parse().ok())
        .collect();
    languages.sort_by_key(|language| Some(*language) != first);
    if languages.is_empty() {
        let message = sent.signed.text.s("survey-problem-no-language");
        let errors = vec![FormError {
            field: "language-nl".to_owned(),
            message,
        }];
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let Sent { signed, view, .. } = sent;
        return show_refused(&web, &signed, view, status, |_| Typed::default(), errors).await;
    }
    match sent.edit(&web, Edit::Languages(languages)).await {
        Ok(_) => Ok(go(&sent.view.with_part("languages"))),
        Err(error) => sent.refuse(&web, error, |_, _| Typed::default()).await,
    }
}

pub(super) async fn save_page(
    State(web): State<Web>,
    Path((id, number)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let number: usize = number.parse().map_err(|_| AppError::NotFound)?;
    let draft = sent.draft(&web).await?;
    let before = number
        .checked_sub(1)
        .and_then(|index| draft.pages.get(index));
    let title = words(
        &sent.fields,
        "heading",
        &before.map(|page| page.title.clone()).unwrap_or_default(),
    );
    match sent
        .edit(
            &web,
            Edit::PageTitle {
                page: number,
                title: title.clone(),
            },
        )
        .await
    {
        Ok(_) => Ok(go(&sent.view.with_part(&format!("page-{number}")))),
        Err(error) => {
            let keep = |_: &Fields, _: &Definition| Typed {
                page_title: Some(title),
                ..Typed::default()
            };
            sent.refuse(&web, error, keep).await
        }
    }
}

pub(super) async fn add(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let kind = new_kind(sent.fields.get("kind")).ok_or(AppError::NotFound)?;
    let after: Option<QuestionKey> = sent.fields.get("after").parse().ok();
    let new = NewQuestion {
        kind,
        after: after.clone(),
    };
    match sent.edit(&web, Edit::Add(Box::new(new))).await {
        Ok(survey) => Ok(go(&next_open(&sent.view, &survey, after.as_ref()))),
        Err(error) => sent.refuse(&web, error, |_, _| Typed::default()).await,
    }
}

/// Puts a question of the bank into the draft.
pub(super) async fn add_banked(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let question = find_banked(sent.fields.get("question")).ok_or(AppError::NotFound)?;
    let after: Option<QuestionKey> = sent.fields.get("after").parse().ok();
    let edit = Edit::AddReady {
        question: Box::new(question.clone()),
        after: after.clone(),
    };
    match sent.edit(&web, edit).await {
        Ok(survey) => Ok(go(&next_open(&sent.view, &survey, after.as_ref()))),
        Err(error) => sent.refuse(&web, error, |_, _| Typed::default()).await,
    }
}

/// The editor with the question open that stands behind `after`, or the last one.
fn next_open(view: &View, survey: &Survey, after: Option<&QuestionKey>) -> String {
    let mut behind = survey
        .draft
        .questions()
        .skip_while(|question| Some(&question.key) != after);
    let new = behind.nth(1).or_else(|| survey.draft.questions().last());
    new.map_or_else(|| view.closed(), |question| view.with_open(&question.key))
}

pub(super) async fn save_question(
    State(web): State<Web>,
    Path((id, key)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let mut sent = Sent::new(&id, form)?;
    let key: QuestionKey = key.parse().map_err(|_| AppError::NotFound)?;
    sent.view.open = Some(key.clone());
    let what = sent.fields.get("do").to_owned();
    let Some(question) = sent.draft(&web).await?.question(&key).cloned() else {
        let gone = SurveyError::UnknownQuestion(key.to_string());
        return sent.refuse(&web, gone.into(), keep_question).await;
    };
    let mut typed = QuestionForm::typed(&sent.fields, &question);
    typed.arrange_options(&what);
    let question = match typed.read(sent.signed.text) {
        Ok(question) => question,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let Sent { signed, view, .. } = sent;
            let keep = |_: &Definition| Typed {
                question: Some(typed),
                ..Typed::default()
            };
            return show_refused(&web, &signed, view, status, keep, errors).await;
        }
    };
    let mut saved = sent.edit(&web, Edit::Question(Box::new(question))).await;
    // Both build on what was just saved.
    let further = match what.as_str() {
        "add-option" => Some(Edit::AddOption(key.clone())),
        "break" => Some(Edit::BreakBefore(key.clone())),
        _ => None,
    };
    if let (Ok(survey), Some(further)) = (&saved, further) {
        saved = sent.edit_at(&web, survey.revision, further).await;
    }
    match saved {
        Ok(_) => Ok(go(&sent.view.with_open(&key))),
        Err(error) => sent.refuse(&web, error, keep_question).await,
    }
}

/// What was typed into a question, or, when someone took the question out, only the texts.
fn keep_question(fields: &Fields, draft: &Definition) -> Typed {
    let key: Option<QuestionKey> = fields.get("key").parse().ok();
    match key.and_then(|key| draft.question(&key)) {
        Some(question) => Typed {
            question: Some(QuestionForm::typed(fields, question)),
            ..Typed::default()
        },
        None => Typed {
            lost: typed_texts(fields),
            ..Typed::default()
        },
    }
}

pub(super) async fn place_question(
    State(web): State<Web>,
    Path((id, key)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let key: QuestionKey = key.parse().map_err(|_| AppError::NotFound)?;
    let what = sent.fields.get("do").to_owned();
    let edit = match what.as_str() {
        "up" => Edit::Move {
            key: key.clone(),
            up: true,
        },
        "down" => Edit::Move {
            key: key.clone(),
            up: false,
        },
        "copy" => Edit::Duplicate(key.clone()),
        "break" => Edit::BreakBefore(key.clone()),
        "remove" => Edit::Remove(key.clone()),
        _ => return Err(AppError::NotFound.into()),
    };
    match sent.edit(&web, edit).await {
        Ok(survey) => Ok(go(&match what.as_str() {
            "copy" => next_open(&sent.view, &survey, Some(&key)),
            "remove" => format!("{}&removed={}", sent.view.closed(), survey.revision),
            _ if sent.view.open.is_some() => sent.view.with_open(&key),
            _ => format!("{}#q-{key}", sent.view.closed()),
        })),
        Err(error) => sent.refuse(&web, error, |_, _| Typed::default()).await,
    }
}

pub(super) async fn undo(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let actor = &sent.signed.identity.actor;
    match web
        .app
        .undo_survey_edit(actor, sent.view.id, sent.revision)
        .await
    {
        Ok(_) => Ok(go(&format!("{}&done=survey-undone", sent.view.closed()))),
        Err(error) => sent.refuse(&web, error, |_, _| Typed::default()).await,
    }
}
