//! What one does with a signal.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::AppError;

use super::{list::list_page, show::signal_page, signal_id};
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

pub(super) async fn limit(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let typed = fields.get("chronic_share");
    let share = share_of(typed);
    let set = match share {
        Ok(share) => {
            let actor = &signed.identity.actor;
            web.app.set_chronic_share(actor, share).await
        }
        Err(error) => Err(error),
    };
    match set {
        Ok(()) => Ok(done("/signals", "signal-limit")),
        Err(error @ AppError::Invalid { .. }) => {
            let errors = [describe(&error, signed.text).into()];
            let shown = list_page(&web, &signed, &errors, Some(typed)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// The share that someone typed in percent, with a comma or a point; nothing when the field is empty.
fn share_of(typed: &str) -> Result<Option<f64>, AppError> {
    let typed = typed.trim().trim_end_matches('%').trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let percent: Result<f64, _> = typed.replace(',', ".").parse();
    percent.map(|percent| Some(percent / 100.0)).map_err(|_| {
        let (field, code) = ("chronic_share", "share_out_of_range");
        AppError::Invalid { field, code }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_typed_in_percent() {
        let share = |typed| share_of(typed).ok().flatten();
        assert_eq!(share("12,5 %"), Some(0.125));
        assert_eq!(share("20"), Some(0.2));
        assert!(share_of(" ").is_ok_and(|share| share.is_none()));
        assert!(share_of("veel").is_err());
    }
}
