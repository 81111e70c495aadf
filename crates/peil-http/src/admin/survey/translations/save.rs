//! Saving translations: the whole screen at once, or with script each field when it is left.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::{
    AppError,
    survey::{Edit, NewText, SurveyError, Translated},
};
use peil_domain::{
    shared::{Language, SurveyId},
    survey::Survey,
};
use serde::Serialize;

use super::{Beside, View, show_again};
use crate::{
    Web,
    admin::done,
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe, survey_problem},
        signed::SignedForm,
        text::Text,
    },
};

/// What the script is told of one field.
#[derive(Serialize)]
struct Said {
    /// Revision of the draft now.
    revision: i32,
    /// Whether it stands there.
    is_saved: bool,
    /// What someone else wrote in between.
    now: Option<String>,
    /// What to tell the translator.
    words: String,
    /// How far the language is, in words.
    coverage: String,
}

pub(super) async fn save(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let survey: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let unknown = AppError::Invalid {
        field: "into",
        code: "unknown",
    };
    let view = View::of(&fields);
    let language = view.language.ok_or(unknown)?;
    let revision = fields.get("revision").parse().unwrap_or(0);
    let texts = typed_texts(&fields);
    let actor = &signed.identity.actor;
    let result = web
        .app
        .translate_survey(actor, survey, language, revision, &texts)
        .await;
    let t = signed.text;
    if fields.get("answer") == "json" {
        return said(t, language, result);
    }
    let typed = || {
        let texts = texts.iter();
        texts
            .map(|text| (text.place.to_string(), text.text.clone()))
            .collect()
    };
    let path = format!(
        "/surveys/{survey}/translations?into={language}&show={}&screen={}",
        view.code(),
        view.screen
    );
    match result {
        Ok(saved) if saved.conflicts.is_empty() => Ok(done(&path, "survey-texts-saved")),
        Ok(saved) => {
            let kept = typed();
            let mut beside = Beside {
                errors: conflict_errors(t, &saved),
                conflicts: saved.conflicts,
                ..Beside::default()
            };
            // Everything else was saved: only what clashes stands there as it was typed.
            beside.typed = kept;
            let clashes = &beside.conflicts;
            beside
                .typed
                .retain(|(name, _)| clashes.iter().any(|one| one.place.to_string() == *name));
            show_again(&web, &signed, &id, view, StatusCode::CONFLICT, beside).await
        }
        Err(error @ AppError::Survey(SurveyError::TooMuch(_))) => {
            let beside = Beside {
                typed: typed(),
                errors: refusals(t, &error),
                ..Beside::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show_again(&web, &signed, &id, view, status, beside).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The texts of a form: `text.PLACE` as typed, `before.PLACE` as it was, `sure.PLACE` ticked.
fn typed_texts(fields: &Fields) -> Vec<NewText> {
    let texts = fields.iter().filter_map(|(name, typed)| {
        let name = name.strip_prefix("text.")?;
        Some(NewText {
            place: name.parse().ok()?,
            before: fields.raw(&format!("before.{name}")).map(ToOwned::to_owned),
            text: typed.to_owned(),
            is_checked: fields.is_on(&format!("sure.{name}")),
        })
    });
    texts.collect()
}

fn conflict_errors(t: Text, saved: &Translated) -> Vec<FormError> {
    let clashes = saved.conflicts.iter();
    clashes
        .map(|one| FormError {
            field: one.place.to_string(),
            message: t.s("survey-texts-conflict"),
        })
        .collect()
}

fn refusals(t: Text, error: &AppError) -> Vec<FormError> {
    match error {
        AppError::Survey(SurveyError::TooMuch(found)) => found
            .iter()
            .map(|problem| FormError {
                field: String::new(),
                message: survey_problem(problem, t).1,
            })
            .collect(),
        other => vec![describe(other, t).into()],
    }
}

/// The answer for the script.
fn said(
    t: Text,
    language: Language,
    result: Result<Translated, AppError>,
) -> Result<Response, PageError> {
    let (status, said) = match result {
        Ok(saved) => {
            let now = saved.conflicts.first().map(|one| one.now.clone());
            let words = match now {
                Some(_) => t.s("survey-texts-conflict"),
                None => t.s("survey-texts-field-saved"),
            };
            let status = match now {
                Some(_) => StatusCode::CONFLICT,
                None => StatusCode::OK,
            };
            let said = Said {
                revision: saved.survey.revision,
                is_saved: now.is_none(),
                now,
                words,
                coverage: coverage(t, &saved.survey, language),
            };
            (status, said)
        }
        Err(error @ AppError::Survey(SurveyError::TooMuch(_))) => {
            let words = refusals(t, &error).into_iter().next();
            let said = Said {
                revision: 0,
                is_saved: false,
                now: None,
                words: words.map(|error| error.message).unwrap_or_default(),
                coverage: String::new(),
            };
            (StatusCode::UNPROCESSABLE_ENTITY, said)
        }
        Err(error) => return Err(error.into()),
    };
    Ok((status, Json(said)).into_response())
}

fn coverage(t: Text, survey: &Survey, language: Language) -> String {
    let coverage = survey.draft.coverage();
    let found = coverage.iter().find(|one| one.language == language);
    let (done, total) = found.map_or((0, 0), |one| (one.done, one.total));
    t.a(
        "survey-texts-done",
        &[("done", done.into()), ("n", total.into())],
    )
}

/// Adds a language, or makes one the first.
pub(super) async fn save_languages(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let survey: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let actor = &signed.identity.actor;
    let found = web.app.get_survey(actor, survey).await?;
    let mut languages = found.survey.draft.languages;
    if let Ok(first) = fields.get("first").parse::<Language>() {
        languages.retain(|language| *language != first);
        languages.insert(0, first);
    }
    if let Ok(added) = fields.get("add").parse::<Language>() {
        languages.push(added);
    }
    let revision = fields.get("revision").parse().unwrap_or(0);
    let edit = Edit::Languages(languages);
    web.app.edit_survey(actor, survey, revision, edit).await?;
    let path = format!("/surveys/{survey}/translations");
    Ok(done(&path, "survey-languages-saved"))
}
