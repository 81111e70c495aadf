//! What one does with a signal.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::AppError;

use super::{show::signal_page, signal_id};
use crate::{
    Web,
    admin::done,
    edge::{
        problem::{PageError, describe},
        signed::SignedForm,
    },
};

pub(super) async fn see(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let actor = &form.signed.identity.actor;
    web.app.see_signal(actor, signal_id(&id)?).await?;
    Ok(done(&format!("/signals/{id}"), "signal-seen"))
}

pub(super) async fn accept(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let actor = &form.signed.identity.actor;
    web.app.accept_signal(actor, signal_id(&id)?).await?;
    Ok(done(&format!("/signals/{id}"), "signal-accepted"))
}

pub(super) async fn dismiss(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let actor = &signed.identity.actor;
    let because = fields.get("because");
    match web
        .app
        .dismiss_signal(actor, signal_id(&id)?, because)
        .await
    {
        Ok(_) => Ok(done(&format!("/signals/{id}"), "signal-dismissed")),
        Err(error @ AppError::Invalid { .. }) => {
            let errors = [describe(&error, signed.text).into()];
            let shown = signal_page(&web, &signed, &id, &errors, because.to_owned()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn mail(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let is_wanted = form.fields.some("wanted").is_some();
    let actor = &form.signed.identity.actor;
    web.app.set_signal_mail(actor, is_wanted).await?;
    let notice = if is_wanted {
        "signal-mail-on"
    } else {
        "signal-mail-off"
    };
    Ok(done("/signals", notice))
}
