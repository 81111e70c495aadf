//! What one can do with a wave.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::{
    AppError,
    outreach::{OutreachError, WaveChange},
};
use peil_domain::{
    outreach::WaveState,
    shared::{Language, Localized},
    survey::{Piece, pieces},
};

use super::{wave, wave_id};
use crate::{
    Web,
    admin::done,
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe},
        signed::SignedForm,
        text::Text,
    },
};

/// Characters beyond which a subject is the likely one to be too long.
const LONG: usize = 150;

pub(super) async fn save(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id = wave_id(&id)?;
    let (signed, fields) = (form.signed, form.fields);
    let Ok(segment) = fields.some("segment").map(str::parse).transpose() else {
        return Err(AppError::NotFound.into());
    };
    let change = WaveChange {
        name: fields.get("name").to_owned(),
        segment,
        subject: localized(&fields, "subject"),
        message: localized(&fields, "message"),
    };
    match web
        .app
        .update_wave(&signed.identity.actor, id, change)
        .await
    {
        Ok(_) => Ok(done(&format!("/outreach/{id}"), "wave-saved")),
        Err(error) => {
            let errors = [at_language(&error, &fields, signed.text)];
            refused(
                wave::wave_page(&web, &signed, id, Some(&fields), &errors).await,
                error,
            )
        }
    }
}

pub(super) async fn test(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (id, language) = (wave_id(&id)?, form.fields.get("language").parse().ok());
    let signed = form.signed;
    match web.app.send_wave_test(&signed.identity, id, language).await {
        Ok(()) => Ok(done(&format!("/outreach/{id}"), "wave-test-sent")),
        Err(error) => {
            let errors = [describe(&error, signed.text).into()];
            refused(
                wave::wave_page(&web, &signed, id, None, &errors).await,
                error,
            )
        }
    }
}

pub(super) async fn start(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (id, signed) = (wave_id(&id)?, form.signed);
    match web.app.start_wave(&signed.identity.actor, id).await {
        Ok(wave) => {
            let notice = match wave.state {
                WaveState::Sending => "wave-tried-again",
                _ => "wave-started",
            };
            Ok(done(&format!("/outreach/{id}"), notice))
        }
        Err(error) => {
            let errors = [describe(&error, signed.text).into()];
            refused(
                wave::wave_page(&web, &signed, id, None, &errors).await,
                error,
            )
        }
    }
}

pub(super) async fn stop(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (id, signed) = (wave_id(&id)?, form.signed);
    match web.app.stop_wave(&signed.identity.actor, id).await {
        Ok(_) => Ok(done(&format!("/outreach/{id}"), "wave-stopped")),
        Err(error) => {
            let errors = [describe(&error, signed.text).into()];
            refused(
                wave::wave_page(&web, &signed, id, None, &errors).await,
                error,
            )
        }
    }
}

pub(super) async fn again(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (id, signed) = (wave_id(&id)?, form.signed);
    match web.app.resend_wave(&signed.identity.actor, id).await {
        Ok(_) => Ok(done(&format!("/outreach/{id}"), "wave-resent")),
        Err(error) => {
            let errors = [describe(&error, signed.text).into()];
            refused(
                wave::wave_page(&web, &signed, id, None, &errors).await,
                error,
            )
        }
    }
}

/// Shows the page with what is wrong; a refusal that no form can mend has a page of its own.
fn refused(shown: Result<Response, PageError>, error: AppError) -> Result<Response, PageError> {
    match error {
        AppError::Outreach(_) | AppError::Invalid { .. } => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown?).into_response())
        }
        other => Err(other.into()),
    }
}

fn localized(fields: &Fields, name: &str) -> Localized {
    let mut text = Localized::default();
    for language in Language::ALL {
        let typed = fields.get(&format!("{name}_{language}"));
        text.set(language, typed.replace("\r\n", "\n"));
    }
    text
}

/// The error beside the text in the language that it is about.
fn at_language(error: &AppError, fields: &Fields, t: Text) -> FormError {
    let said: FormError = describe(error, t).into();
    let name = said.field.clone();
    if name != "subject" && name != "message" {
        return said;
    }
    let is_wrong = |language: &Language| {
        let text = fields.get(&format!("{name}_{language}"));
        match error {
            AppError::Outreach(OutreachError::UnknownPlaceholder { name, .. }) => pieces(text)
                .iter()
                .any(|piece| matches!(piece, Piece::Blank { name: own, .. } if own == name)),
            _ => text.chars().count() > LONG,
        }
    };
    let language = Language::ALL
        .into_iter()
        .find(is_wrong)
        .unwrap_or(t.language);
    FormError {
        field: format!("{name}_{language}"),
        message: said.message,
    }
}
