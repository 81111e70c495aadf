//! Saving what is typed in the editor: texts, languages, headings and questions.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use peil_app::{
    AppError,
    survey::{Edit, LogicEdit, SurveyError},
};
use peil_domain::{
    shared::{Language, QuestionKey},
    survey::{Definition, Question},
};

use super::{
    editor::{Typed, show_refused},
    finding::{named, reason_field},
    form::{QuestionForm, Texts, typed_texts, words},
    saving::Sent,
};
use crate::{
    Web,
    edge::{fields::Fields, parts::FormError, problem::PageError, signed::SignedForm},
};

pub(super) async fn save_texts(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let mut sent = Sent::new(&id, form)?;
    "texts".clone_into(&mut sent.view.part);
    let draft = sent.draft(&web).await?;
    let texts = Texts::typed(&sent.fields, &draft);
    let edit = Edit::Texts {
        title: texts.title,
        intro: texts.intro,
        thanks: texts.thanks,
        thanks_low: texts.thanks_low,
    };
    match sent.edit(&web, edit).await {
        Ok(survey) => {
            let address = sent.view.with_part("texts");
            sent.saved(&web, &survey, &address).await
        }
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
        Ok(survey) => Ok(sent.go_on(&survey, &sent.view.with_part("languages"))),
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
    let index = number.checked_sub(1).ok_or(AppError::NotFound)?;
    let before = draft.pages.get(index).map(|page| &page.title);
    let typed = words(
        &sent.fields,
        "heading",
        &before.cloned().unwrap_or_default(),
    );
    let edit = Edit::PageTitle {
        page: number,
        title: typed.clone(),
    };
    match sent.edit(&web, edit).await {
        Ok(survey) => {
            let address = sent.view.with_part(&format!("page-{number}"));
            sent.saved(&web, &survey, &address).await
        }
        Err(error) => {
            let keep = |_: &Fields, _: &Definition| Typed {
                page_title: Some(typed),
                ..Typed::default()
            };
            sent.refuse(&web, error, keep).await
        }
    }
}

pub(super) async fn save_question(
    State(web): State<Web>,
    Path((id, key)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let mut sent = Sent::new(&id, form)?;
    let key: QuestionKey = key.parse().map_err(|_| AppError::NotFound)?;
    sent.view.open = Some(key.clone());
    let draft = sent.draft(&web).await?;
    let Some(question) = draft.question(&key) else {
        let gone = SurveyError::UnknownQuestion(key.to_string());
        return sent.refuse(&web, gone.into(), keep_question).await;
    };
    let mut typed = QuestionForm::typed(&sent.fields, question);
    typed.arrange(sent.fields.get("do"));
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
    let edit = whole_edit(&sent, question);
    let survey = match sent.edit(&web, edit).await {
        Ok(survey) => survey,
        Err(error) => return sent.refuse(&web, error, keep_question).await,
    };
    if let Err(error) = put_aside(&web, &sent).await {
        return sent.refuse(&web, error, keep_question).await;
    }
    let address = sent.view.with_open(&key);
    sent.saved(&web, &survey, &address).await
}

/// The question as it was typed, with what the button adds to it.
fn whole_edit(sent: &Sent, question: Question) -> Edit {
    let key = question.key.clone();
    let mut edits = vec![Edit::Question(Box::new(question))];
    match sent.fields.get("do") {
        "add-option" => edits.push(Edit::AddOption(key)),
        "break" => edits.push(Edit::BreakBefore(key)),
        "why" => edits.push(Edit::Logic(Box::new(LogicEdit::AskWhy(key)))),
        _ => {}
    }
    let taken = sent.fields.raw("take").and_then(named);
    edits.extend(taken.map(Edit::Take));
    Edit::All(edits)
}

/// Puts aside what the button names, when it names something. What was typed is saved by then.
///
/// # Errors
/// [`SurveyError::FindingGone`] when the text says something else by now.
async fn put_aside(web: &Web, sent: &Sent) -> Result<(), AppError> {
    let Some(code) = sent.fields.raw("dismiss") else {
        return Ok(());
    };
    let finding = named(code).ok_or(AppError::NotFound)?;
    let reason = sent.fields.get(&reason_field(code));
    let actor = &sent.signed.identity.actor;
    let done = web
        .app
        .dismiss_finding(actor, sent.view.id, finding, reason);
    match done.await {
        Ok(_) => Ok(()),
        Err(AppError::NotFound) => Err(SurveyError::FindingGone.into()),
        Err(error) => Err(error),
    }
}

/// What was typed into a question, or, when someone took the question out, only the texts.
fn keep_question(fields: &Fields, draft: &Definition) -> Typed {
    let key: Option<QuestionKey> = fields.get("key").parse().ok();
    match key.and_then(|key| draft.question(&key)) {
        Some(question) => Typed {
            question: Some(QuestionForm::typed(fields, question)),
            reason: fields.raw("dismiss").map(|code| {
                let reason = fields.get(&reason_field(code));
                (code.to_owned(), reason.to_owned())
            }),
            ..Typed::default()
        },
        None => Typed {
            lost: typed_texts(fields),
            ..Typed::default()
        },
    }
}
