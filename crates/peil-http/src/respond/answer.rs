//! Takes a page that came back.

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use peil_app::{
    AppError,
    collect::{Accepted, CollectError, Sheet, Turn},
};
use peil_domain::{
    response::{Move, RawAnswers},
    shared::Language,
};

use super::{
    fields::read_sheet,
    friendly, guard,
    link::Link,
    show::{Shown, form_page},
};
use crate::{
    Web,
    edge::{fields::Fields, problem::PageError, visitor::Visitor},
};

pub(super) async fn answer_public(
    State(web): State<Web>,
    Path(slug): Path<String>,
    Extension(crowd): Extension<guard::Crowd>,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Result<Fields, PageError>,
) -> Result<Response, PageError> {
    let link = Link::public(&slug);
    let Ok(fields) = fields else {
        return friendly::too_large(&web, &visitor, &link).await;
    };
    let Link::Public(Some(slug)) = &link else {
        return friendly::refuse(&web, &visitor, &link, CollectError::UnknownLink.into()).await;
    };
    let mut sheet = read_sheet(&fields);
    sheet.answered_before = guard::answered_before(&headers);
    if sheet.chosen == Move::Next
        && let Ok(open) = web.app.public_survey(slug).await
    {
        sheet.is_one_too_many = crowd.is_one_too_many(&open.survey, &visitor.address);
    }
    let answers = sheet.answers.clone();
    let turn = web.app.answer_public(slug, sheet).await;
    show_turn(&web, &visitor, &link, turn, &answers).await
}

pub(super) async fn answer_personal(
    State(web): State<Web>,
    Path(token): Path<String>,
    visitor: Visitor,
    fields: Result<Fields, PageError>,
) -> Result<Response, PageError> {
    let link = Link::Personal(token.clone());
    let Ok(fields) = fields else {
        return friendly::too_large(&web, &visitor, &link).await;
    };
    let sheet: Sheet = read_sheet(&fields);
    let answers = sheet.answers.clone();
    let turn = web.app.answer_personal(&token, sheet).await;
    show_turn(&web, &visitor, &link, turn, &answers).await
}

async fn show_turn(
    web: &Web,
    visitor: &Visitor,
    link: &Link,
    turn: Result<Turn, AppError>,
    answers: &RawAnswers,
) -> Result<Response, PageError> {
    match turn {
        Ok(Turn::Show { form, page, why }) => form_page(&Shown {
            link,
            form: &form,
            page,
            answers,
            why: &why,
        }),
        Ok(Turn::Done {
            accepted,
            form,
            language,
            only_once,
        }) => {
            let mut response = to_thanks(link, &accepted, &form, language);
            let cookie =
                only_once.and_then(|survey| guard::remember(survey, &link.path(), &web.config));
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error) => friendly::refuse(web, visitor, link, error).await,
    }
}

/// Leads to the thank-you page; only called after the answers are on disk.
fn to_thanks(link: &Link, accepted: &Accepted, form: &str, language: Language) -> Response {
    let full = accepted.over_quota.as_ref();
    let full = full
        .map(|quota| format!("&full={quota}"))
        .unwrap_or_default();
    let to = format!("{}/done?lang={language}&form={form}{full}", link.path());
    Redirect::to(&to).into_response()
}
