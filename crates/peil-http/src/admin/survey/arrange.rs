//! Adding, moving, copying and taking out questions and pages, and taking changes back.

use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::{
    AppError,
    survey::{Edit, NewQuestion, Spot, SurveyError, Turned, Upon, find_banked},
};
use peil_domain::{
    shared::QuestionKey,
    survey::{Definition, Survey},
};

use super::{
    editor::Typed,
    palette::new_kind,
    saving::{Sent, go},
    view::View,
};
use crate::{
    Web,
    edge::{fields::Fields, problem::PageError, signed::SignedForm},
};

/// Where a form wants something: behind a question, else at the end of a page.
fn spot(fields: &Fields) -> Option<Spot> {
    let behind = fields.get("after").parse().ok().map(Spot::Behind);
    behind.or_else(|| fields.get("page").parse().ok().map(Spot::EndOf))
}

/// The key that one has and the other had not.
fn new_key(before: &Definition, survey: &Survey) -> Option<QuestionKey> {
    let mut now = survey.draft.questions();
    now.find(|question| before.question(&question.key).is_none())
        .map(|question| question.key.clone())
}

fn opened(view: &View, key: Option<&QuestionKey>) -> String {
    key.map_or_else(|| view.closed(), |key| view.with_open(key))
}

pub(super) async fn add(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let kind = new_kind(sent.fields.get("kind")).ok_or(AppError::NotFound)?;
    let new = NewQuestion {
        kind,
        to: spot(&sent.fields),
    };
    add_question(&web, sent, Edit::Add(Box::new(new))).await
}

/// Puts a question of the bank into the draft.
pub(super) async fn add_banked(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let question = find_banked(sent.fields.get("question")).ok_or(AppError::NotFound)?;
    let edit = Edit::AddReady {
        question: Box::new(question.clone()),
        to: spot(&sent.fields),
    };
    add_question(&web, sent, edit).await
}

async fn add_question(web: &Web, sent: Sent, edit: Edit) -> Result<Response, PageError> {
    let before = sent.draft(web).await?;
    match sent.edit(web, edit).await {
        Ok(survey) => {
            let key = new_key(&before, &survey);
            Ok(sent.go_on(&survey, &opened(&sent.view, key.as_ref())))
        }
        Err(error) => sent.refuse(web, error, |_, _| Typed::default()).await,
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
    let page = || {
        sent.fields
            .get("page")
            .parse()
            .map_err(|_| AppError::NotFound)
    };
    let place = |to| Edit::Place {
        key: key.clone(),
        to,
    };
    let step = |up| Edit::Move {
        key: key.clone(),
        up,
    };
    let edit = match what.as_str() {
        "up" => step(true),
        "down" => step(false),
        "behind" => {
            let behind = sent.fields.get("after").parse();
            place(Spot::Behind(behind.map_err(|_| AppError::NotFound)?))
        }
        "start" => place(Spot::StartOf(page()?)),
        "end" => place(Spot::EndOf(page()?)),
        "copy" => Edit::Duplicate(key.clone()),
        "break" => Edit::BreakBefore(key.clone()),
        "remove" => Edit::Remove(key.clone()),
        _ => return Err(AppError::NotFound.into()),
    };
    let before = sent.draft(&web).await?;
    match sent.edit(&web, edit).await {
        Ok(survey) => {
            let address = match what.as_str() {
                "copy" => opened(&sent.view, new_key(&before, &survey).as_ref()),
                "remove" => format!("{}&removed={}", sent.view.closed(), survey.revision),
                _ if sent.view.open.is_some() => opened(&sent.view, sent.view.open.as_ref()),
                _ if sent.view.part.is_empty() => format!("{}#q-{key}", sent.view.closed()),
                _ => sent.view.with_part(&sent.view.part),
            };
            Ok(sent.go_on(&survey, &address))
        }
        Err(error) => sent.refuse(&web, error, |_, _| Typed::default()).await,
    }
}

/// Adds, joins, moves or takes out a page.
pub(super) async fn place_page(
    State(web): State<Web>,
    Path((id, number)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let page: usize = number.parse().map_err(|_| AppError::NotFound)?;
    let (edit, then) = match sent.fields.get("do") {
        "add" => (Edit::AddPage(page), page.saturating_add(1)),
        "join" => (Edit::JoinPage(page), page.saturating_sub(1)),
        "up" => (Edit::MovePage { page, up: true }, page.saturating_sub(1)),
        "down" => (Edit::MovePage { page, up: false }, page.saturating_add(1)),
        "remove" => (Edit::RemovePage(page), 0),
        _ => return Err(AppError::NotFound.into()),
    };
    match sent.edit(&web, edit).await {
        Ok(survey) if then == 0 => {
            let address = format!("{}&removed={}", sent.view.closed(), survey.revision);
            Ok(sent.go_on(&survey, &address))
        }
        Ok(survey) => {
            let address = sent.view.with_part(&format!("page-{then}"));
            Ok(sent.go_on(&survey, &address))
        }
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
    let upon = Upon::Since(sent.revision);
    let turned = web.app.undo_survey_edit(actor, sent.view.id, upon).await;
    show_turned(&web, sent, turned, "undone").await
}

pub(super) async fn redo(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let sent = Sent::new(&id, form)?;
    let actor = &sent.signed.identity.actor;
    let upon = Upon::Since(sent.revision);
    let turned = web.app.redo_survey_edit(actor, sent.view.id, upon).await;
    show_turned(&web, sent, turned, "redone").await
}

/// The editor at what was taken back or made again.
async fn show_turned(
    web: &Web,
    sent: Sent,
    turned: Result<Turned, AppError>,
    way: &str,
) -> Result<Response, PageError> {
    let turned = match turned {
        Ok(turned) => turned,
        Err(error @ AppError::Survey(SurveyError::NothingToUndo)) => {
            return sent.refuse(web, error, |_, _| Typed::default()).await;
        }
        Err(error) => return Err(error.into()),
    };
    let draft = &turned.survey.draft;
    let about = turned.step.key.filter(|key| draft.question(key).is_some());
    let still = sent.view.open.clone();
    let still = still.filter(|key| draft.question(key).is_some());
    let address = match about.or(still) {
        Some(key) => sent.view.with_open(&key),
        None if sent.view.part.is_empty() => sent.view.closed(),
        None => sent.view.with_part(&sent.view.part),
    };
    let rest = if turned.has_rest { "-rest" } else { "" };
    let (path, place) = address.split_once('#').unwrap_or((&address, ""));
    let revision = turned.step.revision;
    Ok(go(&format!(
        "{path}&turned={way}{rest}&step={revision}#{place}"
    )))
}
